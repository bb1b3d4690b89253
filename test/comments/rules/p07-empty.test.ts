import { normalizeName, normalizeText } from '../../../src/comments/text.ts'
import { asStored, kept, nameLimits, type Row, submitted, textLimits } from './rows.ts'

const nothingToSee: Row[] = [
  { why: 'nothing', input: '' },
  { why: 'white space', input: ' \t\r\n\u3000\u00A0\u2028' },
  { why: 'VT and FF', input: '\u000B\u000C' },
  { why: 'zero-width spaces', input: '\u200B\u200B' },
  { why: 'joiners', input: '\u200C\u200D\u2060' },
  { why: 'a soft hyphen', input: '\u00AD' },
  { why: 'the Hangul filler', input: '\u3164' },
  { why: 'the other Hangul fillers', input: '\u115F\u1160\uFFA0' },
  { why: 'the Braille blank', input: '\u2800' },
  { why: 'the Khitan filler', input: '\u{16FE4}' },
  { why: 'an Egyptian blank', input: '\u{13441}' },
  { why: 'the other Egyptian blank', input: '\u{13442}' },
  { why: 'a musical head without a note', input: '\u{1D159}' },
  { why: 'direction marks', input: '\u200E\u200F\u061C' },
  { why: 'direction controls', input: '\u202B\u202C\u2066\u2069\u202E' },
  { why: 'variation selectors', input: '\uFE0F\u{E0100}\u180B' },
  { why: 'tags', input: '\u{E0061}\u{E007F}' },
  { why: 'controls', input: '\0\u001B\u0085' },
  { why: 'special code points', input: '\uFEFF\uFFFC\u206A\uFFFF' },
  { why: 'marks that are ignorable', input: '\u034F\u17B4\u17B5' },
  { why: 'ignorable code points that are not assigned', input: '\u2065\u{E0FFF}' },
  {
    why: 'all of these in a mix',
    input: ' \u200B\n\u3164\u2800\u200E\0\uFE0F\u{E0061}\u00AD\u2066 \u2069',
  },
].map(({ why, input }) => ({ why, input, expected: '' }))

describe('P7 a text with nothing to see is refused, and says so:', () => {
  test.each(nothingToSee)('$why', ({ input, expected }) => {
    expect(normalizeText(input, textLimits)).toMatchObject({
      text: expected,
      refusal: {
        code: 'empty',
        detail: 'There is nothing to read in this comment. Please write at least one visible character.',
      },
    })
  })
})

describe('P7 a name with nothing to see is none, and no refusal:', () => {
  test.each(nothingToSee)('$why', ({ input, expected }) => {
    const { text, refusal } = normalizeName(input, nameLimits)
    expect({ text, refusal }).toEqual({ text: expected, refusal: undefined })
  })
})

describe('P7 one visible character is a comment:', () => {
  test.each([
    kept('a question mark', '?'),
    kept('a full stop', '.'),
    kept('a letter', 'k'),
    kept('a digit', '1'),
    kept('an ideograph', '好'),
    kept('an ideograph of plane 2', '𨋢'),
    kept('an emoji', '👍'),
    kept('a flag', '🇱🇦'),
    kept('a mark alone', '\u0301'),
    kept('a private-use character', '\uE000'),
    kept('a replacement character', '\uFFFD'),
    kept('a syllable mark of Tibetan', '་'),
    kept('a Braille cell with a dot', '\u2801'),
    kept('one among invisible ones', '\u200E.\u200E'),
  ])('$why', ({ input, expected }) => {
    expect(submitted(input)).toEqual(asStored(expected))
  })
})
