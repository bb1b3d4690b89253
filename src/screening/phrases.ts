import { z } from 'zod'
import { Language, primaryLanguage } from '../http/language.ts'
import { atOnce } from '../http/steps.ts'
import { words } from '../http/words.ts'
import { searchFor } from './automaton.ts'
import { Signal } from './signal.ts'
import { canBeginWord, canEndWord } from './word-edges.ts'
import { foldWords } from './word-folding.ts'

const longestPhrase = 100

/** Something that a site wants its moderators to be told of: a word, or several. */
export const Phrase = z
  .strictObject({
    phrase: words(longestPhrase)
      .refine(canBeFound, { message: 'It has a letter, a digit or a symbol' })
      .meta({
        description:
          'Matches whole words, whatever their case and width and the white space and punctuation between them; ' +
          'a * at an end matches the rest of a word. Scripts without spaces are matched anywhere.',
      }),
    language: Language.optional().meta({ description: 'Only for texts in this language, or in none known.' }),
    note: words(500).optional().meta({ description: 'Why it is here; moderators see it.' }),
    severity: Signal.shape.severity.default('notice'),
  })
  .meta({ id: 'Phrase', examples: [{ phrase: 'casino*', severity: 'notice' }] })
export type Phrase = z.infer<typeof Phrase>

/** Whether anything is left of it when it is folded; what is too long is refused for that. */
function canBeFound(written: string): boolean {
  return written.length > longestPhrase || plainWord.test(written) || foldWords(written).folded !== ''
}

/** Most phrases have these, and need not be folded to know it. */
const plainWord = /[a-z0-9\u4E00-\u9FFF\uAC00-\uD7A3]/i

/** How many phrases a list may have. */
export const mostPhrases = 10_000

/** A site's own phrases, in the order of its list. */
export const PhraseList = z.preprocess(
  untilManyAreWrong,
  z.array(Phrase).max(mostPhrases).meta({ id: 'PhraseList' }),
)
export type PhraseList = z.infer<typeof PhraseList>

/** Nobody reads ten thousand faults, and to tell them takes long. */
const mostWrong = 20

function untilManyAreWrong(list: unknown): unknown {
  if (!Array.isArray(list) || list.length > mostPhrases) return list
  let wrong = 0
  const end = list.findIndex((one) => {
    if (!Phrase.safeParse(one).success) wrong += 1
    return wrong === mostWrong
  })
  return end < 0 ? list : list.slice(0, end + 1)
}

/** A phrase, and where it stands in the text as it is stored: from `start` up to `end`, in UTF-16 units. */
export interface PhraseMatch {
  phrase: Phrase
  start: number
  end: number
}

/** Finds phrases in a text, ordered by where they end. A language is that of the text, where it is known. */
export type FindPhrases = (text: string, language?: string) => PhraseMatch[]

/**
 * Makes ready to look for all phrases at once, so that the time a text takes depends on its length and not on the
 * length of the list. Matches may overlap; after about a thousand the search ends. Ranges cover
 * whole characters.
 */
export function compilePhrases(phrases: readonly Phrase[]): FindPhrases {
  return atOnce(compiling(phrases))
}

/** The same in short steps: ten thousand phrases take long together. */
export function* compiling(phrases: readonly Phrase[]): Generator<undefined, FindPhrases> {
  const all: Sought[] = []
  for (const phrase of phrases) {
    all.push(soughtFor(phrase))
    if (all.length % phrasesInAStep === 0) yield
  }
  const search = yield* searchFor(groupedByText(all))

  return (text, language) => {
    const { folded, starts, ends } = foldWords(text)
    const begins = remembered(folded.length, (at) => canBeginWord(folded, at))
    const finishes = remembered(folded.length + 1, (at) => canEndWord(folded, at))
    const matches: PhraseMatch[] = []
    search(folded, (sought, end) => {
      for (const { phrase, units, openStart, openEnd } of sought) {
        const start = end - units
        if (!(openEnd || finishes(end)) || !(openStart || begins(start))) continue
        if (!mayConcern(phrase, language)) continue
        matches.push({ phrase, start: Number(starts[start]), end: Number(ends[end - 1]) })
      }
      return matches.length < mostMatches
    })
    return matches
  }
}

const mostMatches = 1000
const phrasesInAStep = 500

/** A phrase as it is looked for. An end is open where a * stood. */
interface Sought {
  phrase: Phrase
  folded: string
  units: number
  openStart: boolean
  openEnd: boolean
}

function soughtFor(phrase: Phrase): Sought {
  const { phrase: written } = phrase
  const { folded } = foldWords(written)
  return {
    phrase,
    folded,
    units: folded.length,
    openStart: written.startsWith('*'),
    openEnd: written.endsWith('*'),
  }
}

function groupedByText(sought: Sought[]): Map<string, Sought[]> {
  const groups = new Map<string, Sought[]>()
  for (const one of sought) {
    const group = groups.get(one.folded)
    if (group) group.push(one)
    else if (one.folded !== '') groups.set(one.folded, [one])
  }
  return groups
}

/** Languages are compared by their first part; an unknown one (`und`) may be any. */
function mayConcern(phrase: Phrase, language: string | undefined): boolean {
  if (phrase.language === undefined || language === undefined || language === 'und') return true
  return primaryLanguage(phrase.language) === primaryLanguage(language)
}

/** Many phrases can begin or end at one place, which is looked at once. */
function remembered(places: number, ask: (at: number) => boolean): (at: number) => boolean {
  const answers = new Uint8Array(places)
  return (at) => {
    if (answers[at] === 0) answers[at] = ask(at) ? yes : no
    return answers[at] === yes
  }
}

const yes = 1
const no = 2
