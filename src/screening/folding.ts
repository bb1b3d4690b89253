/**
 * Reads a text as comparisons see it, in order and piece by piece: `folded` is what the units from `start` up to,
 * not including, `end` are compared as. Joined, the pieces are the text in NFKC (UAX #15), caseless in no locale's
 * way (ß is ss; ı, İ and I are i), without default-ignorable characters, strokes laid over letters and skin tones,
 * its digits those of ASCII. No piece is empty, and each either parts words or is of a word. For comparing only, never
 * for storing. Takes any string, in linear time; marks beyond a hundred in a row, which no stored text has, may fold one
 * by one.
 */
export function eachFolded(text: string, tell: (folded: string, start: number, end: number) => void): void {
  for (let start = 0; start < text.length; ) {
    const end = pieceEnd(text, start)
    for (const folded of fold(text.slice(start, end))) tell(folded, start, end)
    start = end
  }
}

/** Whether a folded piece only parts words: white space, punctuation, accents that stand alone. */
export function isSeparator(folded: string): boolean {
  return startsWithSeparator.test(folded)
}

const separators = String.raw`\s\p{P}\p{Sk}\p{Cc}~\u2800`
const startsWithSeparator = new RegExp(`^[${separators}]`, 'u')
const parts = new RegExp(String.raw`[${separators}][${separators}\p{M}]*|[^${separators}]+`, 'gu')

function pieceEnd(text: string, start: number): number {
  if (isPlain(text.charCodeAt(start)) && isPlain(text.charCodeAt(start + 1))) return start + 1
  piece.lastIndex = start
  piece.test(text)
  return piece.lastIndex
}

/** ASCII, and nothing behind it can change that. NaN, the end of the text, is no less plain. */
function isPlain(unit: number): boolean {
  return !(unit >= 0x80)
}

// A piece ends where nothing that follows can combine with it under NFKC: behind a character and its marks, or a
// Hangul syllable in two or three letters (conjoining, compatible, half-width or circled). Kirat Rai has vowels that
// combine and are no marks. What is dropped stands between any of them without parting them.
const dropped = String.raw`[\p{Default_Ignorable_Code_Point}\p{Emoji_Modifier}]*`
const between = String.raw`[\p{Default_Ignorable_Code_Point}\p{Emoji_Modifier}\u0334-\u0338\u20D0-\u20FF]*`
const leading = String.raw`[\u1100-\u1112\u3131-\u314E\uFFA1-\uFFBE\u3260-\u326D]`
const vowel = String.raw`[\u1161-\u1175\u314F-\u3163\uFFC2-\uFFC7\uFFCA-\uFFCF\uFFD2-\uFFD7\uFFDA-\uFFDC]`
const trailing = String.raw`[\u11A8-\u11C2\u3131-\u314E\uFFA1-\uFFBE]`
const open = String.raw`[\uAC00-\uD7A3\u326E-\u327E]`
const mark = String.raw`(?!\p{Default_Ignorable_Code_Point})[\p{M}\uFF9E\uFF9F]`
const piece = new RegExp(
  [
    String.raw`[\p{Default_Ignorable_Code_Point}\p{Emoji_Modifier}]+`,
    `(?:${[
      `${leading}${between}${vowel}(?:${between}${trailing})?`,
      `${open}${between}${trailing}`,
      String.raw`[\u{16D63}\u{16D67}-\u{16D6A}](?:${between}[\u{16D67}-\u{16D6A}]){1,30}`,
      '[^]',
    ].join('|')})(?:${dropped}${mark}){0,100}`,
  ].join('|'),
  'uy',
)

// Texts are made of few different pieces; folding each of them once is what makes this fast. Han and Hangul, which
// are many and fold to themselves, are not worth a place; and a part of 13 units or more would keep its whole text in
// memory (V8).
const known = new Map<string, readonly string[]>()
const mostKnown = 20_000
const longestKnown = 12
const foldsToItself = /^[\u4E00-\u9FFF\uAC00-\uD7A3]$/

function fold(written: string): readonly string[] {
  if (foldsToItself.test(written)) return [written]
  const before = known.get(written)
  if (before !== undefined) return before
  const folded = foldAnew(written).match(parts) ?? []
  if (written.length > longestKnown) return folded
  if (known.size >= mostKnown) known.clear()
  known.set(written, folded)
  return folded
}

function foldAnew(written: string): string {
  const seen = written.replace(ignorable, '')
  if (sentence.test(seen)) return seen.normalize('NFC')
  // Strokes go before the second NFKC, because marks that they kept apart may combine; and after the first, because
  // some belong to a character (≠).
  const plain = seen.normalize('NFKC').replace(laidOver, '')
  return caseless(plain).normalize('NFKC').replace(digit, asciiDigit)
}

const ignorable = /[\p{Default_Ignorable_Code_Point}\p{Emoji_Modifier}]+/gu
// These stand for eighteen characters and for eight, so that a text of them would be compared as one six times as long.
const sentence = /^[\uFDFA\uFDFB]/
const laidOver = /[\u0334-\u0338\u20D0-\u20FF]+/gu
const digit = /(?![0-9])\p{Nd}/gu

/** Unicode's full case folding, which JavaScript lacks: down for ẞ, up for ß, ı and ς, down again. */
function caseless(text: string): string {
  const folded = text.toLowerCase().toUpperCase().toLowerCase()
  return folded.replaceAll('i\u0307', 'i')
}

/** Unicode encodes the digits of every script in order, so that a digit's place in its run is its value. */
function asciiDigit(found: string): string {
  const code = Number(found.codePointAt(0))
  let zero = code
  while (isDigit.test(String.fromCodePoint(zero - 1))) zero -= 1
  return String((code - zero) % 10)
}

const isDigit = /\p{Nd}/u
