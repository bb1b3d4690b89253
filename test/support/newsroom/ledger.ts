import type { Words } from './words.ts'

/** A comment that was taken from a reader, and what they were told about it since. */
export interface SentComment {
  id: string
  receipt: string
  site: string
  article: string
  parent: string | null
  words: Words
  /** texts that were taken in the place of a returned one, in their order */
  sentAgain: Words[]
  withdrawn: boolean
  erased: boolean
}

/** What somebody asked for about a comment as they had read it. */
export interface AskedMove {
  by: string
  comment: string
  action: string
  /** of the comment as it was judged */
  version: number
  read: Words
  /** the words that were to be published in the place of those */
  wrote: Words | null
}

/** A decision that was acknowledged. */
export interface AcknowledgedMove extends AskedMove {
  id: string
  from: string
  to: string
  made: number
}

interface ClusterAcknowledged {
  id: string
  key: string
  by: string
  action: string
  read: Words
  /** who asked for it to be undone, and was told that it is */
  undoers: string[]
}

/** Time in milliseconds by the database's clock. */
export interface Lease {
  person: string
  comment: string
  /** of the comment as it was given */
  version: number
  from: number
  until: number
}

/** Somebody gave back what they held: one comment, or (null) all. Between these times. */
export interface GivenBack {
  person: string
  comment: string | null
  from: number
  to: number
}

/** What everybody could see of a comment, at some moment between these times. */
interface Glimpse {
  comment: string
  from: number
  to: number
  words: Words | null
}

interface FiledReport {
  id: string
  receipt: string
  comment: string
  takenBack: boolean
}

interface FiledAppeal {
  comment: string
  receipt: string
  text: string
}

interface FiledReportersAppeal {
  report: string
  comment: string
}

/** What a person made of a report or of an appeal. */
export interface Settled {
  id: string
  by: string
  outcome: string
}

/** What every actor wrote down of what they were told, and nothing that they were not. */
export interface Ledger {
  comments: Map<string, SentComment>
  moves: AcknowledgedMove[]
  /** asked by clients that crashed before they heard an answer */
  unheard: AskedMove[]
  /** acknowledged with the edit that follows each, as the outcome of an appeal */
  restoredFirst: AskedMove[]
  clusters: ClusterAcknowledged[]
  leases: Lease[]
  givenBack: GivenBack[]
  glimpses: Glimpse[]
  reports: FiledReport[]
  appeals: FiledAppeal[]
  reportsSettled: Settled[]
  appealsSettled: Settled[]
  reportersAppeals: FiledReportersAppeal[]
  reportersAppealsSettled: Settled[]
  /** how often each request had which answer: `decide 412 stale_version` */
  answers: Map<string, number>
}

export function emptyLedger(): Ledger {
  return {
    comments: new Map(),
    moves: [],
    unheard: [],
    restoredFirst: [],
    clusters: [],
    leases: [],
    givenBack: [],
    glimpses: [],
    reports: [],
    appeals: [],
    reportsSettled: [],
    appealsSettled: [],
    reportersAppeals: [],
    reportersAppealsSettled: [],
    answers: new Map(),
  }
}
