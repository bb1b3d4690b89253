import { array, constantFrom, integer, oneof, uniqueArray } from 'fast-check'

const anyUnit = integer({ min: 0, max: 0xffff }).map((unit) => String.fromCharCode(unit))
const anyCodePoint = integer({ min: 0, max: 0x10ffff }).map((point) => String.fromCodePoint(point))

/** Characters that act on their neighbours, by what they do; strings of few kinds find more than strings of all. */
const kinds = {
  letters: ['a', 'e', 'b', '好', 'က', '한', 'ស', 'བ', 'ي', '\u{20BB7}'],
  spaces: [' ', '  ', '\t', '\u3000', '\u00A0', '\u2001', '\u200A'],
  lines: ['\n', '\n', '\r', '\r\n', '\u0085', '\u2028', '\u000B', '\u000C', '\n \n'],
  controls: ['\0', '\u001B', '\u0008', '\u001C', '\u007F', '\u009F'],
  bidi: '\u202A\u202B\u202C\u202D\u202E\u2066\u2067\u2068\u2069\u200E\u200F\u061C'.split(''),
  marks: '\u0301\u0316\u0323\u0338\u0344\u0F71\u0F73\u20E3\u034F\u17B4'.split(''),
  stacks: [
    '\u0301'.repeat(15),
    '\u0316\u0301'.repeat(14),
    '\u0344'.repeat(16),
    '\u035C\u0489\u031B'.repeat(12),
  ],
  selectors: ['\uFE00', '\uFE0F', '\u180B', '\u{E0100}', '\u{E0121}\u{E01EF}\uFE05', '❤'],
  tags: [
    '\u{1F3F4}',
    '\u{E0067}\u{E0062}\u{E0065}',
    '\u{E006E}\u{E0067}',
    '\u{E007F}',
    '\u{E0001}',
    '\u{E0049}'.repeat(9),
    '\u{1F3F4}\u{E0067}\u{E0062}\u{E0073}\u{E0063}\u{E0074}\u{E007F}',
    `\u{1F3F4}${'\u{E0068}'.repeat(8)}\u{E007F}`,
  ],
  zeroWidth: '\u200B\u200C\u200D\u2060\u00AD\u180E'.split(''),
  blanks: '\u115F\u1160\u3164\uFFA0\u2800'.split(''),
  jamo: '\u1100\u1161\u11A8\uAC00'.split(''),
  halves: ['\uD83D', '\uDE00', '\uD83C', '\uDFF4'],
  emoji: ['👩', '🏽', '🇰', '🇷', '🔥'],
  composing: [
    '\u0958',
    '\uFB2C',
    '\u1025',
    '\u102E',
    '\u0DD9',
    '\u0DCA',
    '\u0DCF',
    '\u{1D160}',
    '\u0915\u094D',
  ],
  special: ['\uFEFF', '\uFFF9', '\uFFFC', '\uFFFD', '\u206A', '\uFFFF', '\uFDD0', '\u{1FFFE}'],
  unknown: ['\uE000', '\u0378', '\u{E0080}', '\u{F0000}', '\u0600'],
}

const kindOfUnit = [...Object.values(kinds).map((units) => constantFrom(...units)), anyUnit, anyCodePoint]

export const hostileUnits = Object.values(kinds).flat()

/** Any string at all, lone surrogates included, and mostly strings made to break a normaliser. */
export const hostileText = uniqueArray(constantFrom(...kindOfUnit), { minLength: 1, maxLength: 4 })
  .chain((chosen) => array(oneof(...chosen), { maxLength: 60 }))
  .map((units) => units.join(''))
