import { demand } from '../../access/auth.ts'
import type { Caller } from '../../access/roles.ts'
import type { Database, Sql } from '../../database/client.ts'
import { errorCode, violatedConstraint } from '../../database/faults.ts'
import { Problem } from '../../http/problems.ts'
import { coarse } from '../../http/times.ts'
import { refuseOrder } from '../cited.ts'
import { decide, stale } from '../decide.ts'
import { Decision, type DecisionMade } from '../decision.ts'
import { readable } from '../read-comment.ts'
import type { JudgedRow } from '../store.ts'
import type { Erasure, ErasureAsked, ErasureMade } from './erasure.ts'
import { eraseFor, erasureOf } from './store.ts'

/** The erasure of a comment's words; throws `not_erased` while they are there. */
export async function readErasure(db: Database, caller: Caller, id: string): Promise<Erasure> {
  return shown(db, await erasable(db, caller, id))
}

/**
 * Erases every word of a comment for somebody else than its reader. What shows is unpublished first, and what waits
 * rejected, in the same transaction; the log stays.
 */
export async function erase(
  db: Database,
  caller: Caller,
  id: string,
  version: number,
  asked: ErasureAsked,
): Promise<ErasureMade> {
  const comment = await erasable(db, caller, id)
  const { person } = caller
  if (!person) throw new Problem('forbidden', 'Only a person erases.')
  if (version !== comment.version) throw stale(comment)
  if (await erasureOf(db.desk, id)) throw new Problem('illegal_move', 'The words of this comment are erased.')
  refuseOrder(comment, asked, caller)
  const carryOut = async (tx: Sql) => void (await eraseFor(tx, id, person.id, asked))
  const decision = await goFirst(db, caller, comment, asked, carryOut).catch(async (error: unknown) => {
    // Somebody restored it at this moment.
    if (violatedConstraint(error) === 'comment_erased_is_settled') throw stale(await readable(db, caller, id))
    throw errorCode(error) === 'PB005' ? new Problem('held', standsHold) : error
  })
  return { erasure: await shown(db, comment), decision }
}

const standsHold =
  'A hold stands on this comment, so nothing is done. End the hold first, or unpublish it without erasing.'

async function goFirst(
  db: Database,
  caller: Caller,
  { id, version, status }: JudgedRow,
  { rules, order }: ErasureAsked,
  carryOut: (tx: Sql) => Promise<void>,
): Promise<Omit<DecisionMade, 'next'> | null> {
  if (status === 'returned') {
    throw new Problem(
      'illegal_move',
      'It was returned to its reader; it is erased when they withdraw it or it has expired.',
    )
  }
  const shows = status === 'published'
  if (!shows && status !== 'pending' && status !== 'second_review') {
    if (rules.length > 0)
      throw new Problem('rule_does_not_permit', 'It is settled, so it goes under no rule.')
    await carryOut(db.desk)
    return null
  }
  const action = shows ? 'unpublish' : 'reject'
  const going = Decision.parse({ action, rules, ...(shows && order !== undefined && { order }) })
  const { next: _next, ...decision } = await decide(db, caller, id, version, going, { after: carryOut })
  return decision
}

async function erasable(db: Database, caller: Caller, id: string): Promise<JudgedRow> {
  const comment = await readable(db, caller, id)
  demand(caller, 'erase', comment.site)
  return comment
}

/** When its reader had it erased is as coarse as the site says. */
async function shown(db: Database, { id, times }: JudgedRow): Promise<Erasure> {
  const erasure = await erasureOf(db.desk, id)
  if (!erasure) throw new Problem('not_erased')
  const { erasedAt, by } = erasure
  return { ...erasure, erasedAt: by === null ? coarse(erasedAt, times) : erasedAt.toISOString() }
}
