import { normalizeName, normalizeText } from '../../src/comments/text.ts'
import { defaultLimits } from '../../src/sites/site.ts'

describe('P12 a text may be as long as the site allows', () => {
  test.each([
    ['letters', 'a'],
    ['plane-2 Cantonese', '𨋢'],
    ['Burmese syllables', 'ကျွ'],
    ['emoji', '👍🏽'],
    ['families of seven code points', '👩\u200D👩\u200D👧\u200D👦'],
    ['letters typed in three parts', 'e\u0323\u0302'],
  ])('in %s', (_kind, character) => {
    const limits = { graphemes: 10, bytes: 1000 }
    expect(normalizeText(character.repeat(10), limits).refusal).toBeUndefined()
    expect(normalizeText(character.repeat(11), limits)).toEqual({
      text: '',
      removed: {},
      refusal: { code: 'too_long', detail: 'A comment may have at most 10 characters; this one has 11.' },
    })
  })

  test('measured after what is removed, trimmed and composed', () => {
    const limits = { graphemes: 3, bytes: 6 }
    expect(normalizeText(' a\0e\u0301\r\nb ', limits).refusal?.code).toBe('too_long')
    expect(normalizeText(' a\0e\u0301b ', limits).text).toBe('aéb')
  })

  test('and no longer is counted than twice that', () => {
    const { refusal } = normalizeText('a'.repeat(2001), { graphemes: 1000, bytes: 4000 })
    expect(refusal?.detail).toBe('A comment may have at most 1,000 characters; this one has more than 2,000.')
  })

  test('and every line break of a form, CRLF, counts once', () => {
    const lines = 'a\r\n'.repeat(3000)
    expect(normalizeText(lines, { graphemes: 6000, bytes: 6000 }).text).toHaveLength(5999)
  })
})

describe('P12 a text may take as many bytes of UTF-8 as the site allows', () => {
  test.each([
    ['one byte', 'a', 1],
    ['two bytes', 'é', 2],
    ['three bytes', '漢', 3],
    ['four bytes', '👍', 4],
    ['three bytes each after NFC, two before', '\u0958', 6],
  ])('in characters of %s', (_kind, character, bytes) => {
    const limits = { graphemes: 100, bytes: bytes * 5 }
    expect(normalizeText(character.repeat(5), limits).refusal).toBeUndefined()
    expect(normalizeText(character.repeat(6), limits)).toEqual({
      text: '',
      removed: {},
      refusal: {
        code: 'too_large',
        detail: `A comment may have at most 100 characters and take at most ${bytes * 5} bytes; this one takes ${bytes * 6} bytes.`,
      },
    })
  })

  test('though one long character is made of them', () => {
    const chain = '👩\u200D'.repeat(10_000)
    expect(normalizeText(chain, { graphemes: 5000, bytes: 32_768 }).refusal?.code).toBe('too_large')
  })

  test('and far more than that is refused before anything is done to it', () => {
    const { text, removed, refusal } = normalizeText('\0'.repeat(65_537), { graphemes: 5000, bytes: 32_768 })
    expect(text).toBe('')
    expect(removed).toEqual({})
    expect(refusal).toEqual({
      code: 'too_large',
      detail:
        'A comment may have at most 5,000 characters and take at most 32,768 bytes; this one takes more than twice as many.',
    })
  })

  test('so the default room for text holds 5,000 characters of four bytes', () => {
    const limits = { graphemes: defaultLimits.textGraphemes, bytes: defaultLimits.textBytes }
    expect(normalizeText('𨋢'.repeat(5000), limits).refusal).toBeUndefined()
  })
})

test('an empty text is refused with a sentence', () => {
  expect(normalizeText('\u200B', { graphemes: 1, bytes: 9 }).refusal?.detail).toBe(
    'There is nothing to read in this comment. Please write at least one visible character.',
  )
})

describe('P13 a name', () => {
  const limits = { graphemes: defaultLimits.nameGraphemes, bytes: 2048 }

  test.each([
    ['keeps an apostrophe', 'O’Brien', 'O’Brien'],
    ['keeps markup as typed', '<b>Anna</b> & Co', '<b>Anna</b> & Co'],
    ['keeps Han and Latin together', '陳大文 Peter', '陳大文 Peter'],
    ['keeps an ideographic space', '陳　大文', '陳　大文'],
    ['keeps ZWNJ', 'علی\u200Cرضا', 'علی\u200Cرضا'],
    ['puts line breaks into one line', 'Anna\r\nMaria', 'Anna Maria'],
    ['puts a tab into one space', 'Anna\tMaria', 'Anna Maria'],
    ['makes one space of a run', ' Anna  \n\n\u3000 Maria ', 'Anna Maria'],
    ['makes one space where an override parted two', 'Anna \u202E Maria', 'Anna Maria'],
    ['is composed', 'Ho\u0302\u0300', 'Hồ'],
    ['loses controls and overrides', '\u202EAn\0na', 'Anna'],
    ['may be empty', '', ''],
    ['may be the word null', 'null', 'null'],
  ])('%s', (_reason, typed, stored) => {
    expect(normalizeName(typed, limits).text).toBe(stored)
    expect(normalizeName(typed, limits).refusal).toBeUndefined()
  })

  test('has at most 80 user-perceived characters', () => {
    expect(normalizeName('👍🏽'.repeat(80), limits).refusal).toBeUndefined()
    expect(normalizeName('👍🏽'.repeat(93), limits).refusal).toEqual({
      code: 'too_long',
      detail: 'A name may have at most 80 characters; this one has 93.',
    })
  })

  test('takes at most as many bytes as its limit says', () => {
    expect(normalizeName('漢'.repeat(700), limits).refusal?.code).toBe('too_large')
    expect(normalizeName('漢'.repeat(5000), limits).refusal?.detail).toBe(
      'A name may have at most 80 characters and take at most 2,048 bytes; this one takes more than twice as many.',
    )
  })
})
