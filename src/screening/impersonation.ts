import { skeleton } from './confusables.ts'
import { after, before } from './places.ts'
import { staffWords, staffWordsAlone } from './staff-words.ts'

/**
 * Which name of the house a reader's name resembles, whatever look-alike letters, case, digits, spaces and signs dress
 * it up: one of `reserved` (the site, its staff, the author of an article), as it is given there, or a word for staff
 * in the ten languages. Undefined for a name of one's own, whichever scripts it is in. Reads the first 1,000 units,
 * which hold any name.
 */
export function impersonates(name: string, reserved: readonly string[]): string | undefined {
  const readings = readingsOf(name.slice(0, longestName))
  const others = reserved.map((other) => named(other, ownWords(wordsOf(skeleton(other)))))
  const taken = others.find((other) => readings.some((words) => isTaken(words, other)))
  if (taken) return taken.name
  const written = readings.map((words) => ({ words, bare: once(words.join('')) }))
  return staff.find((word) => written.some(({ words, bare }) => isStaff(words, bare, word)))?.name
}

const longestName = 1000

interface Named {
  name: string
  /** Its words as they look. */
  words: string[]
  joined: string
  /** The same without letters repeated for show. */
  bare: string
  /** In a script that puts no spaces between words, and long enough to be more than a syllable of another word. */
  findable: boolean
}

interface StaffWord extends Named {
  alone: boolean
  /** Long enough, in Latin letters, that one slip does not make another word of it. */
  recognizable: boolean
}

function named(name: string, words: string[]): Named {
  const joined = words.join('')
  return { name, words, joined, bare: once(joined), findable: unspaced.test(joined) }
}

const unspaced =
  /^(?:\p{Script=Han}{2,}|\p{Script=Hangul}{3,}|[\p{Script=Myanmar}\p{Script=Khmer}\p{Script=Lao}\p{Script=Thai}\p{Script=Tibetan}o]{4,})$/u

/** What people put before or behind a name without making it another's. */
const dressing = new Set(wordsOf(skeleton('the real official mr mrs ms dr team not account page fan')))

const staff: StaffWord[] = [
  ...Object.values(staffWords).flatMap((words) => words.map((word) => staffWord(word, false))),
  ...staffWordsAlone.map((word) => staffWord(word, true)),
]

function staffWord(word: string, alone: boolean): StaffWord {
  return { ...named(word, wordsOf(skeleton(word))), alone, recognizable: !alone && /^[a-z]{6,}$/.test(word) }
}

/** The words of a name, in each way that a reader may take its capitals, digits and signs. */
function readingsOf(name: string): string[][] {
  // Some characters are whole sentences in NFKC.
  const shape = name
    .normalize('NFKC')
    .slice(0, longestName)
    .replace(/\p{Default_Ignorable_Code_Point}+/gu, '')
  const numberless = shape.replace(/\p{N}+/gu, (digits, at: number) => {
    return [before(shape, at), after(shape, at + digits.length)].every((side) => letter.test(side))
      ? digits
      : ' '
  })
  const letters = shape.replace(/[!¡$+†34578@€Λ]/g, (sign) => lettersOfSigns.charAt(signs.indexOf(sign)))
  return [numberless, numberless.replace(/(\p{Ll})(?=\p{Lu})/gu, '$1 '), letters].map((way) =>
    wordsOf(skeleton(way)),
  )
}

const letter = /[\p{L}\p{M}]/u
const signs = '!¡$+†34578@€Λ'
const lettersOfSigns = 'iistteastbaea'

function wordsOf(text: string): string[] {
  return text.match(/[\p{L}\p{M}\p{N}]+/gu) ?? []
}

/** The same name, in any order of its words, or with no more than one word of another's beside it. */
function isTaken(words: string[], taken: Named): boolean {
  if (taken.joined === '') return false
  const own = ownWords(words)
  const whole = own.join('').replace(courtesy, '')
  if (isSame(whole, taken.joined) || isSame(own.toSorted().join(''), taken.words.toSorted().join('')))
    return true
  if (taken.findable && taken.joined.length > 2 && whole.includes(taken.joined)) return true
  const among = stretchOf(own, once(own.join('')), taken)
  const telling = taken.words.length > 1 || taken.joined.length > 4
  return telling && among > 0 && own.length - among <= 1
}

function ownWords(words: string[]): string[] {
  const own = words.filter((word) => !dressing.has(word))
  return own.length > 0 ? own : words
}

const courtesy = /(?:先生|小姐|女士|本人|님|씨)$/u

function isStaff(words: string[], bare: string, word: StaffWord): boolean {
  if (word.alone) return isSame(words.join(''), word.joined)
  if (stretchOf(words, bare, word) > 0) return true
  // 记者的粉丝 is somebody else, whom the word only tells apart.
  if (word.findable) return words.join('').replaceAll(`${word.joined}的`, '').includes(word.joined)
  return word.recognizable && words.some((written) => isOneSlipFrom(word.joined, written))
}

/** How many words in a row make up a name; 0 if none do. `bare` is what `once` makes of all of them. */
function stretchOf(words: string[], bare: string, { joined, bare: bareName }: Named): number {
  if (!bare.includes(bareName)) return 0
  for (let from = 0; from < words.length; from += 1) {
    let sofar = ''
    for (let to = from; to < words.length && sofar.length <= joined.length; to += 1) {
      sofar += words[to]
      if (isSame(sofar, joined)) return to - from + 1
    }
  }
  return 0
}

/** Equal, but for letters repeated for show. */
function isSame(written: string, joined: string): boolean {
  return written === joined || (written.length > joined.length && once(written) === once(joined))
}

function once(text: string): string {
  return text.replace(/(.)\1+/gu, '$1')
}

/** One letter left out, put in or changed, or two in a row exchanged. */
function isOneSlipFrom(word: string, written: string): boolean {
  let front = 0
  while (front < word.length && word[front] === written[front]) front += 1
  let back = 0
  while (back < Math.min(word.length, written.length) - front && word.at(-1 - back) === written.at(-1 - back))
    back += 1
  const [left, leftWritten] = [
    word.slice(front, word.length - back),
    written.slice(front, written.length - back),
  ]
  const exchanged = left.length === 2 && leftWritten === left.charAt(1) + left.charAt(0)
  return exchanged || (left.length <= 1 && leftWritten.length <= 1)
}
