import { asStored, kept, type Row, submitted } from './rows.ts'

const scotland = '\u{1F3F4}\u{E0067}\u{E0062}\u{E0073}\u{E0063}\u{E0074}\u{E007F}'

const removed: Row[] = [
  { why: 'a byte order mark is of a file', input: '\uFEFFa\uFEFFb', expected: 'ab' },
  { why: 'annotations are of a layout', input: '\uFFF9漢\uFFFAかん\uFFFB', expected: '漢かん' },
  { why: 'an object did not come along', input: 'see \uFFFC here', expected: 'see  here' },
  { why: 'deprecated formats do nothing', input: 'a\u206Ab\u206Fc', expected: 'abc' },
  {
    why: 'the last characters of planes are none',
    input: 'a\uFFFEb\uFFFFc\u{1FFFE}d\u{10FFFF}e',
    expected: 'abcde',
  },
  { why: 'nor are those in the middle of a block', input: 'a\uFDD0b\uFDEFc', expected: 'abc' },
  {
    why: 'tags outside of a flag are a hidden message',
    input: 'hi\u{E0068}\u{E0069}\u{E0001}\u{E007F}!',
    expected: 'hi!',
  },
  { why: 'a flag that does not end is none', input: '\u{1F3F4}\u{E0067}\u{E0062}x', expected: '🏴x' },
  { why: 'a code of two letters is none', input: '\u{1F3F4}\u{E0067}\u{E0062}\u{E007F}', expected: '🏴' },
  { why: 'nor is one of eight', input: `\u{1F3F4}${'\u{E0061}'.repeat(8)}\u{E007F}`, expected: '🏴' },
  { why: 'nor is one in capitals', input: '\u{1F3F4}\u{E0047}\u{E0042}\u{E0053}\u{E007F}', expected: '🏴' },
  { why: 'a message behind a flag is none', input: `${scotland}\u{E0041}\u{E007F}`, expected: scotland },
  { why: 'no other emoji has tags', input: '👍\u{E0067}\u{E0062}\u{E0073}\u{E007F}', expected: '👍' },
]

const replaced: Row[] = [
  { why: 'the first half of an emoji', input: 'cut \uD83D', expected: 'cut \uFFFD' },
  { why: 'the second half', input: '\uDC4D cut', expected: '\uFFFD cut' },
  { why: 'halves in the wrong order, each', input: '\uDC4D\uD83D', expected: '\uFFFD\uFFFD' },
  { why: 'a half beside a whole one', input: '👍\uD83D👍', expected: '👍\uFFFD👍' },
]

describe('P9 what is of no text is removed:', () => {
  test.each(removed)('$why', ({ input, expected }) => {
    expect(submitted(input)).toEqual(asStored(expected))
  })
})

describe('P9 half of a character becomes U+FFFD, and costs nobody the comment:', () => {
  test.each(replaced)('$why', ({ input, expected }) => {
    expect(submitted(input)).toEqual(asStored(expected))
  })
})

describe('P9 what may be a reader’s is kept:', () => {
  test.each([
    kept('U+FFFD tells that something was lost', 'caf\uFFFD'),
    kept('private use once held Cantonese words', '\uE000\uF8FF'),
    kept('there are private planes', '\u{F0000}\u{10FFFD}'),
    kept('what stands beside noncharacters is a character', '\uFDCF\uFDF0'),
    kept('what stands beside the deprecated formats is none of them', 'a\u2065b'),
    kept('seven letters are the longest code of a flag', `\u{1F3F4}${'\u{E0061}'.repeat(7)}\u{E007F}`),
    kept('a flag is whole with three', `\u{1F3F4}${'\u{E0061}'.repeat(3)}\u{E007F}`),
    kept('a code of a flag goes up to z and 9', '\u{1F3F4}\u{E007A}\u{E0030}\u{E0039}\u{E007F}'),
    kept('a black flag is an emoji', '🏴 🏴‍☠️'),
  ])('$why', ({ input, expected }) => {
    expect(submitted(input)).toEqual(asStored(expected))
  })
})
