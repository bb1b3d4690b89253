import { assert, nat, property } from 'fast-check'
import { countGraphemes, graphemeEnds } from '../../src/comments/graphemes.ts'
import { hostileText } from './hostile.ts'

const segmenter = new Intl.Segmenter('en', { granularity: 'grapheme' })

function segmented(text: string): number {
  return [...segmenter.segment(text)].length
}

function segmentEnds(text: string): number[] {
  return Array.from(segmenter.segment(text), ({ index, segment }) => index + segment.length)
}

describe('what a reader calls one character counts once:', () => {
  test.each([
    ['a letter', 'a'],
    ['a letter in two parts', 'e\u0301'],
    ['a Burmese syllable with medials', 'ကျွ'],
    ['a Khmer cluster', 'ក្រុ'],
    ['a Tibetan stack', 'རྒྱུ'],
    ['a Lao letter with two signs', 'ນ້ຳ'],
    ['a Hangul syllable in three parts', '\u1112\u1161\u11AB'],
    ['a plane-2 ideograph', '𨋢'],
    ['an ideograph with its variation', '葛\u{E0100}'],
    ['an emoji with a skin tone', '👍🏽'],
    ['a family', '👩\u200D👩\u200D👧\u200D👦'],
    ['a flag', '🇰🇭'],
    ['the flag of Scotland', '\u{1F3F4}\u{E0067}\u{E0062}\u{E0073}\u{E0063}\u{E0074}\u{E007F}'],
    ['a keycap', '1\uFE0F\u20E3'],
  ])('%s', (_what, character) => {
    expect(countGraphemes(character)).toBe(1)
    expect(countGraphemes(character.repeat(500))).toBe(500)
  })
})

describe('the count of a text longer than a chunk is right', () => {
  test.each([
    ['nothing', '', 0],
    ['letters', 'a'.repeat(10_000), 10_000],
    ['a chain of joiners, which is one character', '👩\u200D'.repeat(20_000), 1],
    [
      'a chain of joiners between letters',
      `${'a'.repeat(100)}${'👩\u200D'.repeat(999)}${'b'.repeat(100)}`,
      201,
    ],
    ['ten thousand marks on one letter', `a${'\u0489'.repeat(10_000)}b`, 2],
    ['an odd number of regional indicators', '🇰'.repeat(1001), 501],
    ['leading jamo', '\u1100'.repeat(5000), 1],
    ['halves of emoji', '\uD83D'.repeat(1000), 1000],
  ])('for %s', (_what, text, count) => {
    expect(countGraphemes(text)).toBe(count)
  })

  test.each([120, 121, 122, 123, 124, 125, 126, 127, 128])(
    'where a chunk could end inside a character: %d',
    (before) => {
      for (const character of [
        'e\u0301',
        '葛\u{E0100}',
        '👍🏽',
        '👩\u200D👧',
        '🇰🇭',
        '\r\n',
        'ក្រុ',
        '𨋢',
        'e\u{101FD}',
      ]) {
        const text = `${'x'.repeat(before)}${character.repeat(3)}y`
        expect(countGraphemes(text)).toBe(segmented(text))
        expect(graphemeEnds(text)).toEqual(segmentEnds(text))
      }
    },
  )
})

describe('counting stops', () => {
  test('one past the limit, which means more', () => {
    expect(countGraphemes('a'.repeat(1000), 999)).toBe(1000)
    expect(countGraphemes('a'.repeat(1000), 1000)).toBe(1000)
    expect(countGraphemes('a'.repeat(1000), 10)).toBe(11)
    expect(countGraphemes('a', 0)).toBe(1)
    expect(countGraphemes('', 0)).toBe(0)
  })

  test('at the same number as a segmenter of the whole text, for any string and limit', () => {
    assert(
      property(hostileText, nat(20), (text, limit) => {
        expect(countGraphemes(text, limit)).toBe(Math.min(segmented(text), limit + 1))
      }),
      { numRuns: 50 },
    )
  })
})

test('the count is that of a segmenter of the whole text, for any string', () => {
  assert(
    property(hostileText, nat(9), (text, times) => {
      const repeated = text.repeat(times + 1)
      expect(countGraphemes(repeated)).toBe(segmented(repeated))
    }),
    { numRuns: 150 },
  )
})

test('the count is right for every unit beside letters of four scripts and itself', () => {
  const wrong: string[] = []
  for (let unit = 0; unit < 0x1_0000; unit += 1) {
    const character = String.fromCharCode(unit)
    const text = `a${character}가${character}${character}が${character}一`
    if (countGraphemes(text) !== segmented(text)) wrong.push(unit.toString(16))
  }
  expect(wrong).toEqual([])
})

describe('the ends of characters are', () => {
  test.each([
    ['none in nothing', '', []],
    ['behind each letter', 'abc', [1, 2, 3]],
    ['behind a letter and its mark', 'e\u0301a', [2, 3]],
    ['behind a flag', '🇰🇭🇲🇲', [4, 8]],
    ['one behind a character that is longer than a chunk', '👩\u200D'.repeat(1000), [3000]],
    ['also behind what follows such a one', `a${'👩\u200D'.repeat(1000)}b`, [1, 3001, 3002]],
  ])('%s', (_what, text, ends) => {
    expect(graphemeEnds(text)).toEqual(ends)
  })

  test('those of a segmenter of the whole text, for any string', () => {
    assert(
      property(hostileText, nat(9), (text, times) => {
        const repeated = text.repeat(times + 1)
        expect(graphemeEnds(repeated)).toEqual(segmentEnds(repeated))
      }),
      { numRuns: 150 },
    )
  })
})
