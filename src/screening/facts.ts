import type { DetectedLanguage } from './language.ts'
import type { PhraseMatch } from './phrases.ts'
import type { ArrivalCode } from './signal.ts'

/** A name that a reader should not go by: the site's, a moderator's pseudonym, or that of an author of the article. */
export interface Reserved {
  name: string
  whose: 'site' | 'moderator' | 'author'
}

/** What signals look at: the words, and what was found out about them. */
export interface Facts {
  text: string
  name: string
  /** what the text pipeline took out of the text and the name, by kind */
  removed: Record<string, number>
  reserved: readonly Reserved[]
  /** what was noticed about how it came */
  arrival: readonly ArrivalCode[]
  /** BCP 47 tag of the article's language, and what the text's seems to be */
  expectedLanguage: string
  detected: DetectedLanguage
  /** the site's own phrases that were found */
  phrases: readonly PhraseMatch[]
  /** other texts of the last week: that count as the same, and that are nearly the same */
  repeats: { same: number; nearlySame: number }
}
