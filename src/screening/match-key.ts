import { eachFolded, isSeparator } from './folding.ts'
import { hash, joined } from './murmur.ts'

/**
 * The key under which two texts count as the same, whatever their case, width, accents' encoding, digits' script,
 * white space, punctuation and invisible characters. Punctuation is all that a key of nothing else is made of; ''
 * is the key of a text without any visible character. `skeleton` may unite further what looks alike (UTS #39's
 * confusables); it is given text that is folded already. Takes any string, never throws, in linear time. Keys of
 * keys are the same keys.
 */
export function matchKey(text: string, skeleton?: (folded: string) => string): string {
  const key = keyOf(text)
  return skeleton ? keyOf(skeleton(key)) : key
}

/**
 * A key in 64 bits, for an index: signed, as PostgreSQL's bigint is. Keys that are not the same may share one by
 * chance, and by intent; so whoever acts on a match compares the keys themselves.
 */
export function matchHash(key: string): bigint {
  return joined(hash(key))
}

function keyOf(text: string): string {
  const key = withoutSeparators(text)
  return combining.test(key) ? withoutSeparators(key) : key
}

// Letters of Hangul and Kirat Rai, which can combine with what came next to them when the space between them went.
const combining = /[\u1161-\u11C2\u{16D67}-\u{16D6A}]/u

function withoutSeparators(text: string): string {
  let words = ''
  let punctuation = ''
  eachFolded(text, (folded) => {
    if (isSeparator(folded)) punctuation += folded
    else words += folded
  })
  return words === '' ? punctuation.replace(/[\s\p{M}]+/gu, ' ').trim() : words
}
