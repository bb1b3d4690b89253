import type { Caller } from '../../access/roles.ts'
import { newSalt, recordMove } from '../../comments/move-store.ts'
import { type Database, type Sql, transaction } from '../../database/client.ts'
import { Problem } from '../../http/problems.ts'
import { made } from '../decide.ts'
import type { Decision } from '../decision.ts'
import { judge } from '../judge.ts'
import { unfilled } from '../saved-reasons/saved-reasons.ts'
import { commentToJudge } from '../store.ts'
import { appealFor, appealOf } from './read-appeals.ts'
import type { AppealResolved, Resolution } from './resolution.ts'
import { type AppealRow, settleAppeal } from './store.ts'

/**
 * Decides about an appeal, as another person than those who made the decision. Upheld, the comment stays as it is;
 * reversed, what was judged is restored; partly reversed, it is restored in an edited form. All of it in one transaction.
 */
export async function resolveAppeal(
  db: Database,
  caller: Caller,
  id: string,
  asked: Resolution,
): Promise<AppealResolved> {
  const appeal = await appealFor(db, caller, id)
  refuseOwn(appeal, caller)
  if (appeal.status !== 'open') throw new Problem('appeal_settled')
  refuseStray(asked)
  refuseUnfinished(asked)
  const decision = await transaction(db.desk, (tx) => carryOut(tx, caller, appeal, asked))
  return { ...appealOf(await appealFor(db, caller, id)), ...(decision && { decision }) }
}

function refuseOwn({ deciderId, firstPersonId }: AppealRow, { person }: Caller): void {
  if (person?.id === deciderId) throw new Problem('not_your_appeal', 'It is about your own decision.')
  if (person?.id === firstPersonId) {
    throw new Problem('not_your_appeal', 'You were the first of the two who made this decision.')
  }
}

/** A field that the outcome has no use for was meant to do something: nothing is done in its stead. */
function refuseStray({ outcome, text, name, rules, note }: Resolution): void {
  const edits = { text, name, rules: rules.length > 0 ? rules : undefined }
  const stray = { ...(outcome !== 'partly_reversed' && edits), ...(outcome === 'upheld' && { note }) }
  const errors = Object.entries(stray)
    .filter(([, value]) => value !== undefined && value !== null)
    .map(([field]) => ({
      pointer: `#/${field}`,
      code: 'unexpected',
      detail: `The outcome ${outcome} has no use for it.`,
    }))
  if (errors.length > 0) throw new Problem('invalid_request', errors[0]?.detail, { errors })
}

function refuseUnfinished({ explanation }: Resolution): void {
  if (!unfilled(explanation)) return
  const detail = 'A place that was to be filled in still stands in it.'
  throw new Problem('reason_unfinished', undefined, {
    errors: [{ pointer: '#/explanation', code: 'reason_unfinished', detail }],
  })
}

/** The moves come before what they are for, in the order in which every other move takes its locks. */
async function carryOut(tx: Sql, caller: Caller, appeal: AppealRow, asked: Resolution) {
  const { outcome, explanation, note, text, name, rules } = asked
  const isPartly = outcome === 'partly_reversed'
  const restored =
    outcome === 'upheld'
      ? undefined
      : await makeMove(tx, caller, appeal, {
          action: 'restore',
          revision: appeal.judgedRevision,
          rules: [],
          note: isPartly ? null : note,
        })
  const settled = await settleAppeal(tx, {
    id: appeal.id,
    outcome,
    reviewerId: caller.person?.id ?? '',
    keyId: caller.key?.id ?? null,
    explanation,
    salt: newSalt(),
  })
  if (!settled) throw new Problem('appeal_settled')
  return isPartly ? makeMove(tx, caller, appeal, { action: 'edit', text, name, rules, note }) : restored
}

async function makeMove(tx: Sql, caller: Caller, appeal: AppealRow, asked: Decision) {
  const comment = await commentToJudge(tx, appeal.comment)
  const expected = asked.action === 'restore' ? appeal.version : appeal.version + 1
  if (comment?.version !== expected) throw new Problem('appeal_settled')
  const move = judge(comment, asked, caller, { isOutcome: true })
  const recorded = await recordMove(tx, move)
  if (!recorded) throw new Problem('appeal_settled')
  return made(comment, asked, move, recorded, caller)
}
