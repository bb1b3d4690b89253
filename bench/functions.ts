import { comparing } from '../src/comments/comparing.ts'
import { countGraphemes } from '../src/comments/graphemes.ts'
import { highlighting } from '../src/comments/highlighted.ts'
import { textToHtml } from '../src/comments/html.ts'
import { mailHeader, mailText } from '../src/comments/mail.ts'
import { htmlAttribute, logText, terminalText, xmlText } from '../src/comments/renderers.ts'
import { normalizeName, normalizeText } from '../src/comments/text.ts'
import { visibleText } from '../src/comments/visible.ts'
import { wording } from '../src/comments/wording.ts'
import { csvField } from '../src/http/csv.ts'
import { isOnlyCuts } from '../src/moderation/removals.ts'
import { skeleton } from '../src/screening/confusables.ts'
import type { Facts } from '../src/screening/facts.ts'
import { impersonates } from '../src/screening/impersonation.ts'
import { detectLanguage } from '../src/screening/language.ts'
import { matchHash, matchKey } from '../src/screening/match-key.ts'
import { compilePhrases, compiling, type Phrase } from '../src/screening/phrases.ts'
import { likePattern, searchKey } from '../src/screening/search-key.ts'
import { screening } from '../src/screening/signals.ts'
import { nearlySame, simhash } from '../src/screening/simhash.ts'
import { toUnicode, zawgyiProbability } from '../src/screening/zawgyi.ts'
import { mostOf } from '../src/sites/site.ts'

/** Something that reads a text at once, or in steps between which others have their turn: then each step is measured. */
export interface Reader {
  name: string
  /** whether it reads what arrives, which may be twice as long as what is stored, and hold anything */
  readsArriving?: boolean
  read: (text: string) => unknown
}

const limits = { graphemes: mostOf.textGraphemes, bytes: mostOf.textBytes }
const nameLimits = { graphemes: mostOf.nameGraphemes, bytes: mostOf.nameGraphemes * 32 }
const findPhrases = compilePhrases(tenThousandPhrases())

/** Everything that reads a reader's text, by itself. */
export const readers: Reader[] = [
  { name: 'normalizeText', readsArriving: true, read: (text) => normalizeText(text, limits) },
  {
    name: 'normalizeName',
    readsArriving: true,
    read: (text) => normalizeName(text.slice(0, 2 * nameLimits.bytes), nameLimits),
  },
  {
    name: 'wording',
    readsArriving: true,
    read: (text) => tried(() => wording({ text, name: text }, mostOf)),
  },
  { name: 'countGraphemes', read: (text) => countGraphemes(text) },
  { name: 'matchKey with skeleton', read: (text) => matchKey(text, skeleton) },
  { name: 'matchHash', read: (text) => matchHash(text) },
  { name: 'simhash', read: (text) => simhash(text) },
  { name: 'nearlySame', read: (text) => nearlySame(text, `${text}a`) },
  { name: 'detectLanguage', read: (text) => detectLanguage(text, ['vi']) },
  {
    name: 'impersonates',
    read: (text) => impersonates(text, ['The Harbour Gazette', 'Wren of the harbour']),
  },
  { name: 'all signals', read: (text) => screening(factsOf(text)) },
  { name: 'phrases found', read: (text) => findPhrases(text) },
  { name: 'phrases compiled', read: (text) => compiling(cutIntoPhrases(text)) },
  { name: 'zawgyiProbability', read: zawgyiProbability },
  { name: 'toUnicode', read: toUnicode },
  { name: 'searchKey', read: searchKey },
  { name: 'likePattern', read: likePattern },
  { name: 'textToHtml', read: textToHtml },
  { name: 'htmlAttribute', read: htmlAttribute },
  { name: 'xmlText', read: xmlText },
  { name: 'mailText', read: mailText },
  { name: 'mailHeader', read: mailHeader },
  { name: 'terminalText', read: terminalText },
  { name: 'logText', read: logText },
  { name: 'csvField', read: csvField },
  { name: 'visibleText', read: visibleText },
  { name: 'highlighted', read: (text) => highlighting(text, [{ code: 'links', ranges: ranges(text) }]) },
  { name: 'difference to the same backwards', read: (text) => comparing(text, backwards(text)) },
  {
    name: 'difference of every ninth character',
    read: (text) => comparing(text, withEveryNinthChanged(text)),
  },
  { name: 'cuts', read: (text) => isOnlyCuts(text, `${Array.from(text).slice(0, 4_000).join('[…]')}[…]`) },
]

function tenThousandPhrases(): Phrase[] {
  return Array.from({ length: 10_000 }, (_, at) => ({
    phrase: at < 100 ? `${'a'.repeat(at + 1)}*` : `${String.fromCodePoint(0x4e00 + at)} word${at}*`,
    severity: 'notice',
  }))
}

function cutIntoPhrases(text: string): Phrase[] {
  return Array.from({ length: 10_000 }, (_, at) => ({
    phrase: `${text.slice(at, at + 6)}${at}`,
    severity: 'info',
  }))
}

function factsOf(text: string): Facts {
  return {
    text,
    name: text.slice(0, 1_000),
    removed: {},
    arrival: [],
    reserved: [{ name: 'The Harbour Gazette', whose: 'site' }],
    expectedLanguage: 'en',
    detected: { language: 'und', confidence: 0 },
    phrases: [],
    repeats: { same: 0, nearlySame: 0 },
  }
}

function ranges(text: string) {
  return Array.from({ length: 50 }, (_, at) => ({ start: at * 3, end: text.length - at * 2 }))
}

function backwards(text: string): string {
  return Array.from(text).toReversed().join('')
}

function withEveryNinthChanged(text: string): string {
  return Array.from(text)
    .map((character, at) => (at % 9 === 8 ? 'x' : character))
    .join('')
}

function tried(work: () => unknown): unknown {
  try {
    return work()
  } catch {
    return undefined
  }
}
