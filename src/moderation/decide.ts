import { demand } from '../access/auth.ts'
import { type Caller, languagesOf } from '../access/roles.ts'
import { recordMove } from '../comments/move-store.ts'
import type { Database } from '../database/client.ts'
import { errorCode } from '../database/faults.ts'
import { versionTag } from '../http/conditional.ts'
import { reads } from '../http/language.ts'
import { Problem } from '../http/problems.ts'
import type { CommentToJudge, Decision, DecisionMade, LastMove, ModeratedComment } from './decision.ts'
import { judge } from './judge.ts'
import { moderated } from './moderated.ts'
import { commentToJudge, type JudgedRow } from './store.ts'

/** Decides about the version that the moderator judged; one of several who decide at once wins, the others get 412. */
export async function decide(
  db: Database,
  caller: Caller,
  id: string,
  version: number,
  asked: Decision,
): Promise<DecisionMade> {
  const comment = await readable(db, caller, id)
  demand(caller, 'decide', comment.site)
  if (version !== comment.version) throw stale(comment)
  const move = judge(comment, asked, caller)
  const recorded = await recordMove(db.desk, move).catch(explain)
  if (!recorded) throw stale(await readable(db, caller, id))

  const { transition } = move
  return {
    id: recorded.id,
    action: asked.action,
    from: comment.status,
    to: transition.to,
    version: version + 1,
    rules: comment.rules.filter((rule) => move.rules.includes(rule.id)).map((rule) => rule.code),
    decidedAt: recorded.decidedAt.toISOString(),
    ...(recorded.showsFrom && { visibleAt: recorded.showsFrom.toISOString() }),
    by: caller.person?.pseudonym ?? '',
    next: [],
  }
}

/** One comment with what a moderator needs to judge it. */
export async function readToJudge(db: Database, caller: Caller, id: string): Promise<CommentToJudge> {
  const comment = await readable(db, caller, id)
  const { submitted, proposed } = comment
  const rules = comment.rules.map(({ id: _id, ...rule }) => rule)
  return { ...moderated(comment), rules, submitted, proposed }
}

/** The comment, if the caller may see it: on a site of theirs, in a language that they read. */
export async function readable(db: Database, caller: Caller, id: string): Promise<JudgedRow> {
  const comment = await commentToJudge(db.desk, id)
  if (!comment) throw new Problem('comment_not_found')
  demand(caller, 'read_queue', comment.site)
  const languages = languagesOf(caller, comment.site)
  if (languages && !reads(languages, comment.language)) {
    throw new Problem(
      'forbidden',
      `This comment is in a language that you do not read here (${comment.language}).`,
    )
  }
  return comment
}

interface Current {
  version: number
  status: ModeratedComment['status']
  last: LastMove
}

function stale(comment: JudgedRow): Problem {
  const { version, status, last } = moderated(comment)
  const who = last.by ?? (last.action === 'expire' ? 'The service' : 'The reader')
  const current: Current = { version, status, last }
  return new Problem('stale_version', `${who} came first: ${last.action}. The comment is now ${status}.`, {
    headers: { etag: versionTag(version) },
    members: { current },
  })
}

/** PostgreSQL refuses an undo that would come too late to go unseen (PB001). */
function explain(error: unknown): never {
  if (errorCode(error) === 'PB001') throw new Problem('too_late_to_undo')
  throw error
}
