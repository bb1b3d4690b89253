import type { Database } from '../database/client.ts'
import type { ArrivalCode, Signal } from './signal.ts'

/** A reader's text, and where it was sent. */
export interface TextToScreen {
  site: string
  /** its key; the article need not be there yet */
  article: string
  /** BCP 47 tag of the article's language */
  language: string
  name: string | null
  text: string
  removed: Record<string, number>
  /** what was noticed about how it came */
  arrival?: readonly ArrivalCode[] | undefined
}

/** What screening noticed and keeps. */
export interface Screened {
  /** the language that the text is in, where it could be told; else the article's */
  language: string
  signals: Signal[]
  matchHash: bigint
  simhash: bigint
  /** whether an outside classifier is to be asked as well, once the text is kept */
  toClassify?: boolean
}

/** What looking at a reader's words needs. */
export interface Screening {
  db: Database
  screen: Screen
  /** told of texts that were taken in and screened, once they are kept; never throws */
  onTaken?: (() => void) | undefined
}

/** Looks at a text; null when it failed or took too long: then it is done later, and nothing waits for it. */
export type Screen = (text: TextToScreen) => Promise<Screened | null>
