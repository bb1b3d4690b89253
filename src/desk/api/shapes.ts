import type { components } from '../generated/api.ts'

type Shapes = components['schemas']

export type Appeal = Shapes['Appeal']
export type Comment = Shapes['ModeratedComment']
export type CommentToJudge = Shapes['CommentToJudge']
export type ContextComment = Shapes['ContextComment']
export type Decision = Shapes['Decision']
export type DecisionMade = Shapes['DecisionMade']
export type DecisionResult = Shapes['DecisionResult']
export type Difference = Shapes['Difference']
export type Action = Shapes['Action']
export type History = Shapes['History']
export type LoggedMove = Shapes['LoggedMove']
export type Me = Shapes['Me']
export type Person = Shapes['Person']
export type PersonSettings = Shapes['PersonSettings']
export type Phrase = Shapes['Phrase']
export type Rule = Shapes['Rule']
export type SavedReason = Shapes['SavedReason']
export type SignalCode = Shapes['SignalCode']
export type Site = Shapes['Site']
export type Terms = Shapes['Terms']
export type Status = Shapes['Status']

/** A problem (RFC 9457) as far as the desk reads it. */
export interface Problem {
  status: number
  code: string
  detail: string
  /** with `stale_version`: how the comment stands now */
  current?: Standing
}

/** How a comment stands, and by whose move. */
export interface Standing {
  version: number
  status: string
  last: { action: string; by: string | null }
}
