import { graphemeEnds } from '../src/comments/graphemes.ts'
import { normalizeText } from '../src/comments/text.ts'
import { mostOf } from '../src/sites/site.ts'
import { heaviest } from '../test/support/heaviest.ts'

/** A text that is made to be slow for something, grown to a size. */
export interface Hostile {
  what: string
  /** at most so many bytes of UTF-8, as a text that was taken has */
  ofBytes: (most: number) => string
  /** at most so many UTF-16 units, as a text that arrives has */
  ofUnits: (most: number) => string
}

/** As large as a text may arrive before its length alone refuses it. */
export const rawUnits = mostOf.textBytes * 2

/** Texts of test/support/heaviest.ts, and worse ones for each thing that reads a text. */
export function hostileTexts(): Hostile[] {
  const known = heaviest.map(([what, text]) => grown(what, text))
  return [...known, ...patterns.map(([what, part]) => grown(what, part)), ...mixes()]
}

function grown(what: string, part: string): Hostile {
  const fill = (most: number, size: number) =>
    part.repeat(Math.ceil(most / size)).slice(0, Math.floor((most / size) * part.length))
  return {
    what,
    ofBytes: (most) => fill(most, Buffer.byteLength(part)),
    ofUnits: (most) => fill(most, part.length),
  }
}

/** Marks of many classes, the highest first: each must travel past all that came before it (UAX #15, D109). */
const descending = '\u0345\u035D\u0362\u035C\u0301\u0323\u0327\u0F39\u05B9\u05B4\u05B0\u3099\u093C\u0334'

const patterns: [what: string, part: string][] = [
  ['marks in descending classes, without an end', descending],
  ['letters under thirty marks in descending classes', `a${descending.repeat(3).slice(0, 30)}`],
  ['letters under thirty-one marks', `a${descending.repeat(3).slice(0, 31)}`],
  ['marks and joiners', '\u0301\u200D'],
  ['leading letters of Hangul', '\u1100'],
  ['syllables of Hangul in letters', '\u1112\u1161\u11AB'],
  ['vowels of Hangul', '\u1161'],
  ['compatible letters of Hangul', 'ㅋㅏㄴ'],
  ['a family without an end', '👩🏽\u200D❤\uFE0F\u200D'],
  ['families of a hundred units', `${'👩\u200D'.repeat(33)}👩`],
  ['regional indicators', '\u{1F1F0}'],
  ['flags', '🇰🇷'],
  ['number signs that join what follows', '\u0600'],
  ['signs that join, and a digit', '\u0600\u06DD\u{110BD}1'],
  ['conjuncts of Devanagari without an end', 'क\u094D'],
  ['conjuncts with joiners', 'क\u094D\u200Dष\u094D'],
  ['Tibetan stacks', 'ཀྐྐྐྐྐྐྐྐ'],
  ['variation selectors', 'a\uFE0F\uFE0E'],
  ['selectors of ideographs', '葛\u{E0100}\u{E0101}'],
  ['flags of tags', '\u{1F3F4}\u{E0067}\u{E0062}\u{E0073}\u{E0063}\u{E0074}\u{E007F}'],
  ['flags of tags, one too long', `\u{1F3F4}${'\u{E0067}'.repeat(8)}`],
  ['isolates and their ends', '\u2067\u2069'],
  ['embeddings that an isolate cuts', '\u2066\u202A\u202B\u2069\u202C'],
  ['overrides', '\u202E\u202C'],
  ['isolates, a line each', '\u2067\n'],
  ['joiners in pairs', 'a\u200D\u200C'],
  ['fillers', 'a\u3164'],
  ['blank lines', 'a\n\n\n\n'],
  ['lines of what is invisible', '\u200B\n'],
  ['CRLF', '\r\n'],
  ['controls between letters', 'a\u0001'],
  ['lone halves between letters', 'a\uDC00'],
  ['private use between letters', 'a\uE000'],
  ['tags that never end', '<a '],
  ['tags with an attribute that never ends', '<a href='],
  ['tags of every kind', '<b></b>'],
  ['closing tags that never end', '</a x'],
  ['entities', '&amp;'],
  ['numbers of entities', '&#1'],
  ['ampersands', '&'],
  ['brackets', '['],
  ['links of Markdown that never end', '[a]('],
  ['links of Markdown', '[a](/b)'],
  ['labels of Markdown', '[a]'],
  ['BBCode that never ends', '[url='],
  ['digits', '7'],
  ['digits of mathematics', '𝟿'],
  ['digits of Thai', '๗'],
  ['keycaps', '7\uFE0F\u20E3'],
  ['digits apart', '7 '],
  ['digits apart by three', '7-. '],
  ['digits of Han', '七'],
  ['phone numbers', '0712345678 '],
  ['phone numbers of seven digits', '7123456 '],
  ['phone numbers behind a word', 'tel 7123456 '],
  ['phone numbers with a plus', '+447911123456 '],
  ['phone numbers spelled', '0-7-1-2-3-4-5-6-7-8 '],
  ['dates', '2026-11-24 '],
  ['pairs of digits', '01 02 03 04 05 '],
  ['at signs', '@'],
  ['letters and at signs', 'a@'],
  ['at signs in words', 'a at '],
  ['mail addresses', 'a@b.cd '],
  ['mail addresses that never end', 'a@a.a.a.a.a.a.a.a.a.'],
  ['local parts of sixty-four', `${'a.'.repeat(32)}a@`],
  ['local parts of marks', 'é̱.@'],
  ['disguised mail addresses', 'a (at) b (dot) '],
  ['domains', 'a.com '],
  ['labels without an end', 'a.'],
  ['labels of sixty-three', `${'a'.repeat(63)}.`],
  ['dots', '.'],
  ['schemes', 'http://'],
  ['schemes and letters', 'http://a'],
  ['addresses', 'http://a.b '],
  ['addresses with a query', 'http://a/?"&<>\' '],
  ['one address without an end', 'https://a.b/c?d=e&'],
  ['addresses in brackets', 'http://a/)))((( '],
  ['www', 'www.'],
  ['handles', 't.me/abc '],
  ['names of messengers', 'telegram '],
  ['messengers and accounts', 'line id: ab_1 '],
  ['introductions of accounts', 'qq号号号号号号a'],
  ['street addresses', '12 Aa Bb Cc '],
  ['street addresses of long words', `1 ${'Aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa '.repeat(3)}`],
  ['roads', '中山路1'],
  ['roads of Burma', `အမှတ် 1${'က'.repeat(30)}`],
  ['houses of Vietnam', 'số 1/1/1/1 đường Aa Bb Cc '],
  ['capitals', 'A'],
  ['capital words', 'AB '],
  ['one word of Latin letters', 'abcdefghijklmnopqrstuvwxyz'],
  ['Vietnamese', 'đường phố đẹp quá '],
  ['laughter', 'haha'],
  ['laughter that goes on', 'ahah'],
  ['hash signs', '#'],
  ['Greek and Latin', 'αa'],
  ['Cyrillic and Latin, a word each', 'aа '],
  ['Cyrillic', 'привет мир '],
  ['Arabic', 'سلام دنيا '],
  ['Burmese', 'မြန်မာစာ '],
  ['Zawgyi', 'ေျမွာက္ပါ '],
  ['Zawgyi without spaces', 'ျမန္မာျပည္'],
  ['vowels of Burmese', 'ေ'],
  ['medials of Burmese', 'ျြွှ'],
  ['Khmer', 'ភាសាខ្មែរ'],
  ['Lao', 'ພາສາລາວ'],
  ['Thai', 'ภาษาไทย'],
  ['Tibetan', 'བོད་སྐད་'],
  ['Devanagari', 'है नहीं और '],
  ['simplified Chinese', '国语书'],
  ['Cantonese', '我哋嘅嘢'],
  ['Japanese', 'カタカナの'],
  ['curly quotation marks', '“”‘’'],
  ['apostrophes', "'"],
  ['backslashes', '\\'],
  ['dollar signs', '$&'],
  ['long s', 'ſ'],
  ['capital I with a dot', 'İ'],
  ['ligatures', 'ﬃ'],
  ['fractions', '⅒'],
  ['squared words', '㌖'],
  ['circled Hangul', '㉮'],
]

/** Texts that repeat nothing, for what remembers or compares. */
function mixes(): Hostile[] {
  const words = Array.from({ length: 60_000 }, (_, index) => index.toString(36)).join(' ')
  const letters = Array.from({ length: 40_000 }, (_, index) => String.fromCodePoint(0x20000 + index)).join('')
  const marked = Array.from(
    { length: 12_000 },
    (_, index) => `${String.fromCharCode(0x61 + (index % 26))}${markAt(index)}${markAt(index >> 4)}`,
  )
  return [
    cut('words, ever another one', words),
    cut('rare Han, ever another one', letters),
    cut('letters under two marks, ever another pair', marked.join('').repeat(3)),
  ]
}

function markAt(index: number): string {
  return String.fromCharCode(0x300 + (index % 0x34))
}

function cut(what: string, text: string): Hostile {
  const repeated = text.repeat(3)
  return {
    what,
    ofBytes: (most) =>
      Buffer.from(repeated)
        .subarray(0, most)
        .toString()
        .replace(/\uFFFD+$/, ''),
    ofUnits: (most) => repeated.slice(0, most),
  }
}

/** The longest beginning that a site with the largest limits takes, as it is stored. */
export function acceptable({ ofBytes }: Hostile): string {
  const limits = { graphemes: mostOf.textGraphemes, bytes: mostOf.textBytes }
  const whole = ofBytes(limits.bytes).toWellFormed()
  const ends = graphemeEnds(whole)
  // What is cleaned may have more characters than before, or other ones.
  for (let share = 1; share > 0.01; share *= 0.95) {
    const units = ends[Math.floor(Math.min(ends.length, limits.graphemes) * share) - 1]
    const { text, refusal } = normalizeText(whole.slice(0, units), limits)
    if (!refusal) return text
  }
  return 'There is nothing to read in it.'
}
