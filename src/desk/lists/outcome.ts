import { problemOf } from '../api/problem.ts'
import type { Action, Comment, DecisionResult } from '../api/shapes.ts'

/** One of many that were decided together. */
interface BatchMade {
  comment: Comment
  version: number
}

/** What became of many that were decided together. */
export interface BatchOutcome {
  action: Action
  made: BatchMade[]
  /** what was not made, and why */
  left: { comment: Comment; why: string }[]
}

/** Sorts results; what is stale by this very decision, whose answer was lost, was made. */
export function outcomeOf(
  comments: readonly Comment[],
  action: Action,
  results: readonly DecisionResult[],
  pseudonym: string,
): BatchOutcome {
  const outcome: BatchOutcome = { action, made: [], left: [] }
  for (const [at, comment] of comments.entries()) {
    const result = results[at]
    const ours = oursIn(result, comment, action, pseudonym)
    if (result?.decision) outcome.made.push({ comment, version: result.decision.version })
    else if (ours !== undefined) outcome.made.push({ comment, version: ours })
    else outcome.left.push({ comment, why: result?.problem?.detail ?? '' })
  }
  return outcome
}

function oursIn(
  result: DecisionResult | undefined,
  comment: Comment,
  action: Action,
  pseudonym: string,
): number | undefined {
  const standing = result?.problem && problemOf(result.problem, result.status).current
  const isOurs = standing?.last.by === pseudonym && standing.last.action === action
  return isOurs && standing.version === comment.version + 1 ? standing.version : undefined
}
