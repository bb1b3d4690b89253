import { eachFolded } from '../../src/screening/folding.ts'

/** A text as comparisons see it, in one. */
export function folded(text: string) {
  let all = ''
  eachFolded(text, (piece) => {
    all += piece
  })
  return all
}

/** What `eachFolded` promises, without the pieces that make it fast and keep the places. */
export function foldedAtOnce(text: string) {
  const seen = text.replace(/[\p{Default_Ignorable_Code_Point}\p{Emoji_Modifier}]/gu, '').normalize('NFKC')
  const plain = seen.replace(/[\u0334-\u0338\u20D0-\u20FF]/gu, '')
  const small = plain
    .toLowerCase()
    .toUpperCase()
    .toLowerCase()
    .replaceAll('ς', 'σ')
    .replaceAll('i\u0307', 'i')
  return small.normalize('NFKC').replace(/\p{Nd}/gu, (digit) => folded(digit))
}

/** Whether something stays one character that NFKC would make a sentence. */
export function isSentence(text: string) {
  return /[\uFDFA\uFDFB]/.test(text)
}
