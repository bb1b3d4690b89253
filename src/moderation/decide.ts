import { demand } from '../access/auth.ts'
import { type Caller, can } from '../access/roles.ts'
import { type NewMove, type RecordedMove, recordMove } from '../comments/move-store.ts'
import { type Database, type Sql, transaction } from '../database/client.ts'
import { errorCode, violatedConstraint } from '../database/faults.ts'
import { versionTag } from '../http/conditional.ts'
import { Problem } from '../http/problems.ts'
import { claim } from './claims/claim.ts'
import type { Decision, DecisionMade, LastMove, ModeratedComment } from './decision.ts'
import { anotherReads, erased, judge, outcomeStands } from './judge.ts'
import { moderated } from './moderated.ts'
import { readable, readableBy } from './read-comment.ts'
import { commentToJudge, type JudgedRow } from './store.ts'

/** What belongs to a decision besides what is decided. */
interface Circumstances {
  /** done in the transaction of the decision, or not at all: before the move is written, or after it */
  before?: (tx: Sql) => Promise<void>
  after?: (tx: Sql) => Promise<void>
  /** whether the person decides about this comment alone, so that it tells how long that takes from the claim on */
  isTimed?: boolean
  /** the comment, where it was looked for already */
  found?: { comment: JudgedRow | undefined }
}

/** Decides about the version that the moderator judged; one of several who decide at once wins, the others get 412. */
export async function decide(
  db: Database,
  caller: Caller,
  id: string,
  version: number,
  asked: Decision,
  circumstances: Circumstances = {},
): Promise<DecisionMade> {
  const { isTimed, found = { comment: await commentToJudge(db.desk, id) } } = circumstances
  const comment = readableBy(caller, found.comment)
  demand(caller, 'decide', comment.site)
  if (version !== comment.version) throw stale(comment)
  refuseHeld(comment, caller)
  const move = { ...judge(comment, asked, caller), isTimed }
  const recorded = await record(db, move, circumstances).catch(explain)
  if (!recorded) throw stale(await readable(db, caller, id))

  return { ...made(comment, asked, move, recorded, caller), next: await nextOf(db, caller, asked) }
}

/** A decision as it was made. */
export function made(
  comment: JudgedRow,
  { action }: Pick<Decision, 'action'>,
  move: NewMove,
  recorded: RecordedMove,
  caller: Caller,
): Omit<DecisionMade, 'next'> {
  return {
    id: recorded.id,
    action,
    from: comment.status,
    to: move.transition.to,
    version: move.version + 1,
    rules: comment.rules.filter((rule) => move.rules.includes(rule.id)).map((rule) => rule.code),
    decidedAt: recorded.decidedAt.toISOString(),
    ...(recorded.showsFrom && { visibleAt: recorded.showsFrom.toISOString() }),
    by: caller.person?.pseudonym ?? '',
  }
}

async function record(db: Database, move: NewMove, { before, after }: Circumstances) {
  if (!before && !after) return recordMove(db.desk, move)
  return transaction(db.desk, async (tx) => {
    await before?.(tx)
    const recorded = await recordMove(tx, move)
    // Where another move came first, PostgreSQL has given up the transaction, and all of it is undone.
    if (recorded) await after?.(tx)
    return recorded
  })
}

/** What the moderator reads next, so that they need no other request for it. */
export async function nextOf(
  db: Database,
  caller: Caller,
  { next = 0, nextFrom = {} }: Pick<Decision, 'next' | 'nextFrom'>,
) {
  if (next === 0) return []
  // The decision stands, whatever becomes of this; nobody may think that it failed.
  const held = await claim(db, caller, { ...nextFrom, limit: next }).catch(() => undefined)
  return held?.comments ?? []
}

/** A lease is a courtesy: the version decides who was first, and an editor may take over. */
function refuseHeld({ claim: held, site }: JudgedRow, caller: Caller): void {
  if (!held || held.personId === caller.person?.id || can(caller, 'take_over', site)) return
  throw claimed(`${held.by} holds this comment until ${new Date(held.until).toISOString()}.`, held.until)
}

function claimed(detail?: string, until?: string): Problem {
  return new Problem('claimed', detail, {
    members: until === undefined ? {} : { until: new Date(until).toISOString() },
  })
}

/** What the service does by itself, where it is nobody's. */
function isOwn(action: LastMove['action']): boolean {
  return action === 'expire' || action === 'unpublish'
}

interface Current {
  version: number
  status: ModeratedComment['status']
  last: LastMove
}

/** That somebody else came first: who, and with what. */
export function stale(comment: JudgedRow): Problem {
  const { version, status, last } = moderated(comment)
  const who = last.by ?? (isOwn(last.action) ? 'The service' : 'The reader')
  const current: Current = { version, status, last }
  return new Problem('stale_version', `${who} came first: ${last.action}. The comment is now ${status}.`, {
    headers: { etag: versionTag(version) },
    members: { current },
  })
}

/**
 * PostgreSQL refuses an undo that would come too late to go unseen (PB001), to decide what another holds (PB002), and to
 * undo the outcome of an appeal (PB003), and to publish what one wrote oneself (PB006); and nothing that is erased shows or waits again.
 */
function explain(error: unknown): never {
  if (errorCode(error) === 'PB001') throw new Problem('too_late_to_undo')
  if (errorCode(error) === 'PB002') throw claimed()
  if (errorCode(error) === 'PB003') throw new Problem('illegal_move', outcomeStands)
  if (errorCode(error) === 'PB006') throw anotherReads()
  if (violatedConstraint(error) === 'comment_erased_is_settled') throw new Problem('illegal_move', erased)
  throw error
}
