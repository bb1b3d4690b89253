import type { Caller } from '../access/roles.ts'
import type { Database } from '../database/client.ts'
import { isDatabaseAway } from '../database/faults.ts'
import { Problem, type ProblemDetails } from '../http/problems.ts'
import { decide, nextOf } from './decide.ts'
import type { DecisionResult, DecisionResults, Decisions, OneDecision } from './decision.ts'

/** How a problem is told, without the request that it would have been the answer to. */
type Tell = (problem: Problem) => ProblemDetails

/**
 * Makes up to 100 decisions, in the order in which they are asked, each by its version and each for itself: one that
 * cannot be made keeps no other from being made.
 */
export async function decideMany(
  db: Database,
  caller: Caller,
  { decisions, ...claims }: Decisions,
  tell: Tell,
): Promise<DecisionResults> {
  const results: DecisionResult[] = []
  for (const one of decisions) results.push(await resultOf(db, caller, one, tell))
  return { results, next: await nextOf(db, caller, claims) }
}

async function resultOf(
  db: Database,
  caller: Caller,
  { id, version, ...asked }: OneDecision,
  tell: Tell,
): Promise<DecisionResult> {
  try {
    const { next: _next, ...decision } = await decide(db, caller, id, version, asked)
    return { id, status: 201, decision }
  } catch (error) {
    const problem = isDatabaseAway(error) ? new Problem('unavailable') : error
    if (!(problem instanceof Problem)) throw error
    return { id, status: problem.status, problem: tell(problem) }
  }
}
