const most = 65_536

/** Texts as large as a body may be, each made to be slow for something that normalises, segments, escapes or folds. */
export const heaviest: [what: string, text: string][] = [
  ['letters', 'a'.repeat(most)],
  ['words', upTo('The quick brown fox jumps over it. ')],
  ['letters without an end in sight', upTo('abcdefghijklmnopqrstuvwxyz0123456789'.split('').join('é'))],
  ['spaces between two letters', `a${' '.repeat(most - 2)}b`],
  ['line feeds', '\n'.repeat(most)],
  ['marks', upTo('\u0301')],
  ['marks in two orders', upTo(`a${'\u0301\u0316'.repeat(40)}`)],
  ['Vietnamese, decomposed', upTo('tiếng Việt đẹp quá '.normalize('NFD'))],
  ['Greek, composed', upTo('ά')],
  ['Han, ever another one', range(0x4e00, 21_800)],
  ['rare characters, ever another one', `${range(0x1200, 0x1b00)}${range(0xa000, 0x2ba4)}`],
  ['pairs of a letter and a mark', pairs()],
  ['Korean in letters', upTo('한국어'.normalize('NFD'))],
  ['sentences that are one character', upTo('\uFDFA')],
  ['sentences that are one character and a mark', upTo('\uFDFA\u0301')],
  ['characters of six', upTo('\u33FF㌀㌖')],
  ['Khmer with spaces of no width', upTo('ថ្ងៃនេះ\u200Bភ្លៀង\u200Bខ្លាំង\u200B')],
  ['spaces of no width', upTo('\u200B')],
  ['letters between spaces of no width', upTo('a\u200B')],
  ['joined emoji', upTo('👩\u200D')],
  ['flags of tags that never end', upTo(`\u{1F3F4}${'\u{E0067}'.repeat(9)}`)],
  ['isolates', upTo('\u2067')],
  ['embeddings, one in the other', '\u202A'.repeat(10_000) + '\u202C'.repeat(10_000)],
  ['escapes', '\u001B'.repeat(most)],
  ['halves of pairs', upTo('\uD800')],
  ['private use', range(0xe000, 0x1900)],
  ['two alphabets in one word', upTo('aб')],
  ['two alphabets in every word', upTo('aб ')],
  ['less-than signs', '<'.repeat(most)],
  ['per cent', '%'.repeat(most)],
  ['quotation marks', '"'.repeat(most)],
  ['punctuation', upTo('.,;—')],
]

function upTo(part: string) {
  return part.repeat(Math.floor(most / Buffer.byteLength(part)))
}

function range(first: number, count: number) {
  return Array.from({ length: count }, (_, index) => String.fromCharCode(first + index)).join('')
}

function pairs() {
  const letters = Array.from({ length: 200 }, (_, index) => String.fromCharCode(0x250 + index))
  const marks = Array.from({ length: 70 }, (_, index) => String.fromCharCode(0x300 + index))
  return letters.flatMap((letter) => marks.map((mark) => letter + mark)).join('')
}
