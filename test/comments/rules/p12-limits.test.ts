import { normalizeName, normalizeText, type Refusal } from '../../../src/comments/text.ts'
import { nameLimits, type Row, textLimits } from './rows.ts'

type Verdict = Refusal['code'] | 'accepted'

function verdict({ refusal }: { refusal?: Refusal }): Verdict {
  return refusal?.code ?? 'accepted'
}

/** Each a user-perceived character: ten of them fit into ten, and eleven do not. */
const characters = [
  { why: 'a letter', input: 'a' },
  { why: 'an ideograph', input: '好' },
  { why: 'an ideograph of plane 2, which has two units', input: '𨋢' },
  { why: 'an ideograph with its variation', input: '葛\u{E0100}' },
  { why: 'a Burmese syllable of four code points', input: 'ကျွ' },
  { why: 'a Khmer cluster', input: 'ក្រុ' },
  { why: 'a Tibetan stack', input: 'རྒྱུ' },
  { why: 'a Lao letter with two signs', input: 'ນ້ຳ' },
  { why: 'a Hangul syllable typed in letters', input: '\u1112\u1161\u11AB' },
  { why: 'a Vietnamese letter typed in three parts', input: 'e\u0323\u0302' },
  { why: 'a Uyghur letter with its carrier', input: 'ئ' },
  { why: 'an emoji with a skin tone', input: '👍🏽' },
  { why: 'a family of seven code points', input: '👩\u200D👩\u200D👧\u200D👦' },
  { why: 'a flag', input: '🇰🇭' },
  { why: 'a keycap', input: '1\uFE0F\u20E3' },
]

describe('P12 a limit counts what readers see:', () => {
  const limits = { graphemes: 10, bytes: 1000 }

  test.each(characters)('$why is one', ({ input }) => {
    expect(verdict(normalizeText(input.repeat(10), limits))).toBe('accepted')
    expect(normalizeText(input.repeat(11), limits)).toEqual({
      text: '',
      removed: {},
      refusal: { code: 'too_long', detail: 'A comment may have at most 10 characters; this one has 11.' },
    })
  })
})

/** Against ten characters and thirty bytes. */
const measured: Row<Verdict>[] = [
  { why: 'white space at the ends is not counted', input: `  ${'a'.repeat(10)}\n\n`, expected: 'accepted' },
  { why: 'nor is what is removed', input: 'a\0'.repeat(10), expected: 'accepted' },
  {
    why: 'a letter counts once though it was typed in two parts',
    input: 'e\u0301'.repeat(10),
    expected: 'accepted',
  },
  { why: 'a form’s line break counts once', input: 'a\r\nb\r\nc\r\nd\r\ne\r\n', expected: 'accepted' },
  { why: 'a line break counts', input: 'a\nb\nc\nd\ne\nf', expected: 'too_long' },
  { why: 'ten characters of three bytes fit', input: '好'.repeat(10), expected: 'accepted' },
  { why: 'ten of four do not', input: '𨋢'.repeat(10), expected: 'too_large' },
  { why: 'seven of four do', input: '𨋢'.repeat(7), expected: 'accepted' },
  { why: 'eight of four do not', input: '𨋢'.repeat(8), expected: 'too_large' },
  { why: 'fifteen of two bytes are too many', input: 'é'.repeat(15), expected: 'too_long' },
  {
    why: 'sixteen of two bytes are too large as well, which is said',
    input: 'é'.repeat(16),
    expected: 'too_large',
  },
  { why: 'one long character can be too large', input: '👩\u200D'.repeat(10), expected: 'too_large' },
  { why: 'NFC can make a text larger than it was', input: '\u0958'.repeat(6), expected: 'too_large' },
  {
    why: 'sixty units may come to thirty bytes',
    input: `${'\0'.repeat(50)}${'a'.repeat(10)}`,
    expected: 'accepted',
  },
  {
    why: 'sixty-one cannot, and are not looked at',
    input: `${'\0'.repeat(51)}${'a'.repeat(10)}`,
    expected: 'too_large',
  },
  { why: 'nothing is empty before it is anything else', input: ' '.repeat(60), expected: 'empty' },
]

describe('P12 it counts what will be stored, in characters and in bytes:', () => {
  test.each(measured)('$why', ({ input, expected }) => {
    expect(verdict(normalizeText(input, { graphemes: 10, bytes: 30 }))).toBe(expected)
  })
})

describe('P12 bytes are those of UTF-8:', () => {
  test.each([
    { why: 'one of ASCII', input: '~', expected: 1 },
    { why: 'two up to U+07FF', input: '\u07FF', expected: 2 },
    { why: 'two from U+00A1 on', input: '\u00A1', expected: 2 },
    { why: 'three from U+0800 on', input: '\u0800', expected: 3 },
    { why: 'three up to U+D7A3', input: '\uD7A3', expected: 3 },
    { why: 'three from U+E000 on', input: '\uE000', expected: 3 },
    { why: 'four of other planes', input: '\u{10000}', expected: 4 },
    { why: 'four, whatever the halves of its pair', input: '\u{1F3FF}', expected: 4 },
    { why: 'four of the last private plane', input: '\u{10FFFD}', expected: 4 },
  ])('$why', ({ input, expected }) => {
    const limits = { graphemes: 100, bytes: expected * 5 }
    expect(Buffer.byteLength(input)).toBe(expected)
    expect(verdict(normalizeText(input.repeat(5), limits))).toBe('accepted')
    expect(normalizeText(input.repeat(6), limits).refusal).toEqual({
      code: 'too_large',
      detail: `A comment may have at most 100 characters and take at most ${expected * 5} bytes; this one takes ${expected * 6} bytes.`,
    })
  })
})

/** What a reader is told, in figures as English writes them. */
const told: Row[] = [
  {
    why: 'how many there are',
    input: 'a'.repeat(1001),
    expected: 'A comment may have at most 1,000 characters; this one has 1,001.',
  },
  {
    why: 'twice as many are still counted',
    input: 'a'.repeat(2000),
    expected: 'A comment may have at most 1,000 characters; this one has 2,000.',
  },
  {
    why: 'but no more than that',
    input: 'a'.repeat(2001),
    expected: 'A comment may have at most 1,000 characters; this one has more than 2,000.',
  },
  {
    why: 'how many bytes it takes',
    input: 'a'.repeat(4001),
    expected:
      'A comment may have at most 1,000 characters and take at most 4,000 bytes; this one takes 4,001 bytes.',
  },
  {
    why: 'and that it is not even looked at',
    input: 'a'.repeat(8001),
    expected:
      'A comment may have at most 1,000 characters and take at most 4,000 bytes; this one takes more than twice as many.',
  },
]

describe('P12 a refusal says by how much:', () => {
  test.each(told)('$why', ({ input, expected }) => {
    expect(normalizeText(input, { graphemes: 1000, bytes: 4000 })).toEqual({
      text: '',
      removed: {},
      refusal: { code: expected.includes('bytes') ? 'too_large' : 'too_long', detail: expected },
    })
  })

  test('and what was removed all the same', () => {
    expect(normalizeText('a\0'.repeat(3), { graphemes: 2, bytes: 30 }).removed).toEqual({ controls: 3 })
    expect(normalizeText('a\0'.repeat(3), { graphemes: 2, bytes: 2 })).toMatchObject({ removed: {} })
  })
})

/** Against the limits that a site has unless it says otherwise. */
const ofNames: Row<Verdict>[] = [
  { why: 'eighty characters are a name', input: '👍🏽'.repeat(80), expected: 'accepted' },
  { why: 'eighty-one are not', input: '👍🏽'.repeat(81), expected: 'too_long' },
  {
    why: 'eighty of a family each are',
    input: '👩\u200D👩\u200D👧\u200D👦'.repeat(80),
    expected: 'accepted',
  },
  { why: 'not what takes too many bytes', input: '漢'.repeat(900), expected: 'too_large' },
  { why: 'nor what cannot be looked at', input: '漢'.repeat(6000), expected: 'too_large' },
]

describe('P12 a name has its own limit:', () => {
  test.each(ofNames)('$why', ({ input, expected }) => {
    expect(verdict(normalizeName(input, nameLimits))).toBe(expected)
  })

  test('which a refusal says', () => {
    expect(normalizeName('a'.repeat(93), nameLimits).refusal?.detail).toBe(
      'A name may have at most 80 characters; this one has 93.',
    )
    expect(normalizeName('漢'.repeat(6000), nameLimits).refusal?.detail).toBe(
      'A name may have at most 80 characters and take at most 2,560 bytes; this one takes more than twice as many.',
    )
  })
})

test('P12 a site has room for 5,000 characters of four bytes unless it says otherwise', () => {
  expect(verdict(normalizeText('𨋢'.repeat(5000), textLimits))).toBe('accepted')
  expect(verdict(normalizeText('𨋢'.repeat(5001), textLimits))).toBe('too_long')
})
