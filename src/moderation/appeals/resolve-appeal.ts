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
import { type ReportersAppealRow, settleReportersAppeal } from './reporters-store.ts'
import type { AppealResolved, Resolution } from './resolution.ts'
import { type AppealRow, type SettledAppeal, settleAppeal } from './store.ts'

/**
 * Decides about an appeal, as another person than those who made the decision. Upheld, the comment stays as it is;
 * reversed, what was judged is restored; partly reversed, it is restored in an edited form. Where whoever reported the
 * comment appeals, it is unpublished instead, or edited. All of it in one transaction.
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
  refuseStray(appeal, asked)
  refuseUnfinished(asked)
  const decision = await transaction(db.desk, (tx) =>
    appeal.report ? carryOutOnReport(tx, caller, appeal, asked) : carryOut(tx, caller, appeal, asked),
  )
  return { ...appealOf(await appealFor(db, caller, id)), ...(decision && { decision }) }
}

function refuseOwn(appeal: AppealRow | ReportersAppealRow, { person }: Caller): void {
  const why = appeal.report
    ? [
        { id: appeal.resolverId, detail: 'It is about your own resolution of the report.' },
        { id: appeal.writerId, detail: 'It is about a comment that you wrote.' },
      ]
    : [
        { id: appeal.deciderId, detail: 'It is about your own decision.' },
        { id: appeal.firstPersonId, detail: 'You were the first of the two who made this decision.' },
      ]
  const own = why.find(({ id }) => id === person?.id)
  if (own) throw new Problem('not_your_appeal', own.detail)
}

/** A field that the outcome has no use for was meant to do something: nothing is done in its stead. */
function refuseStray(
  { report }: AppealRow | ReportersAppealRow,
  { outcome, text, name, rules, reason, note }: Resolution,
): void {
  const isUpheld = outcome === 'upheld'
  const takesRules = outcome === 'partly_reversed' || (report && !isUpheld)
  const stray = {
    ...(outcome !== 'partly_reversed' && { text, name }),
    ...(!takesRules && { rules: rules.length > 0 ? rules : undefined }),
    ...((isUpheld || !report) && { reason }),
    ...(isUpheld && { note }),
  }
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
  const { outcome, note, text, name, rules } = asked
  const isPartly = outcome === 'partly_reversed'
  const restored =
    outcome === 'upheld'
      ? undefined
      : await makeMove(tx, caller, appeal, appeal.version, {
          action: 'restore',
          revision: appeal.judgedRevision,
          rules: [],
          note: isPartly ? null : note,
        })
  if (!(await settleAppeal(tx, settled(appeal, caller, asked)))) throw new Problem('appeal_settled')
  const edit = { action: 'edit', text, name, rules, note } as const
  return isPartly ? makeMove(tx, caller, appeal, appeal.version + 1, edit) : restored
}

/** The same where whoever reported the comment appeals: what was kept goes, or is edited. */
async function carryOutOnReport(tx: Sql, caller: Caller, appeal: ReportersAppealRow, asked: Resolution) {
  const { outcome, text, name, rules, reason, note } = asked
  const action = outcome === 'reversed' ? 'unpublish' : 'edit'
  const decision =
    outcome === 'upheld'
      ? undefined
      : await makeMove(tx, caller, appeal, appeal.version, { action, text, name, rules, reason, note })
  if (!(await settleReportersAppeal(tx, settled(appeal, caller, asked)))) throw new Problem('appeal_settled')
  return decision
}

function settled({ id }: { id: string }, caller: Caller, asked: Resolution): SettledAppeal {
  return {
    id,
    outcome: asked.outcome,
    reviewerId: caller.person?.id ?? '',
    keyId: caller.key?.id ?? null,
    explanation: asked.explanation,
    salt: newSalt(),
  }
}

async function makeMove(
  tx: Sql,
  caller: Caller,
  appeal: { comment: string },
  version: number,
  asked: Decision,
) {
  const comment = await commentToJudge(tx, appeal.comment)
  if (comment?.version !== version) throw new Problem('appeal_settled')
  const move = judge(comment, asked, caller, { isOutcome: true })
  const recorded = await recordMove(tx, move)
  if (!recorded) throw new Problem('appeal_settled')
  return made(comment, asked, move, recorded, caller)
}
