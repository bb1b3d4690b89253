/**
 * Whether a word can begin at `at` of a folded text: nothing before it belongs to the same word. Between the letters
 * of scripts that are written without spaces a word can begin anywhere, but not inside a syllable's marks.
 */
export function canBeginWord(folded: string, at: number): boolean {
  return !areJoined(characterBefore(folded, at), characterAt(folded, at))
}

/** Whether a word can end at `at`, with nothing behind it, or only a particle that Korean or Tibetan writes onto it. */
export function canEndWord(folded: string, at: number): boolean {
  if (!areJoined(characterBefore(folded, at), characterAt(folded, at))) return true
  particle.lastIndex = at
  return particle.test(folded)
}

/** Whether a piece of text is in a script that is written without spaces between words. */
export function isUnspaced(piece: string): boolean {
  return unspaced.test(piece)
}

function areJoined(left: string, right: string): boolean {
  if (left === '' || right === '' || left === ' ' || right === ' ') return false
  if (mark.test(right) || stacker.test(left)) return true
  return ofWords.test(left) && ofWords.test(right) && !unspaced.test(left) && !unspaced.test(right)
}

function characterAt(text: string, at: number): string {
  const code = text.codePointAt(at)
  return code === undefined ? '' : String.fromCodePoint(code)
}

function characterBefore(text: string, at: number): string {
  const isPair = isLowHalf(text.charCodeAt(at - 1)) && !isLowHalf(text.charCodeAt(at - 2))
  return characterAt(text, isPair ? at - 2 : at - 1)
}

function isLowHalf(unit: number): boolean {
  return unit >= 0xdc00 && unit <= 0xdfff
}

const unspacedScripts =
  'Han Hiragana Katakana Bopomofo Yi Thai Lao Khmer Myanmar Tai_Tham Tai_Le Tai_Viet New_Tai_Lue Javanese Balinese'
const unspaced = new RegExp(`[${unspacedScripts.replaceAll(/(\w+) ?/g, String.raw`\p{scx=$1}`)}]`, 'u')
const mark = /^\p{M}/u
const ofWords = /^[\p{L}\p{M}\p{N}]/u
// What puts the next consonant below: Myanmar virama, Khmer coeng, Tai Tham sakot, Javanese and Balinese signs.
const stacker = /^[\u1039\u17D2\u1A60\uA9C0\u1B44]/

// Particles are written onto nouns without a space, two or three of them at times: 바보들에게만.
const korean =
  '이라고는|이라고|이라는|라고|라는|입니다|입니까|이에요|예요|이다|이야|에서는|에서|에게|한테|께서|께|부터|까지|처럼|보다|마다|조차|' +
  '마저|밖에|이나|이랑|하고|으로|이며|이여|은|는|이|가|을|를|의|에|도|만|와|과|로|나|랑|며|야|아|여|다|요|님'
const tibetan = 'འིས|འི|འོ|འང|འམ|འུ|ས|ར'
const particle = new RegExp(
  [
    String.raw`(?=\p{Script=Hangul})들?(?:${korean}){0,2}(?!\p{Script=Hangul})`,
    String.raw`(?:${tibetan})(?![\p{L}\p{M}])`,
  ].join('|'),
  'uy',
)
