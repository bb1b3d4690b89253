import { ofEither } from '../../comments/any-receipt.ts'
import type { ReceiptAnswer } from '../../comments/comment.ts'
import { newSalt } from '../../comments/move-store.ts'
import { held, readReceipt } from '../../comments/reader.ts'
import { readReport, reportOf } from '../../comments/reports/hold-report.ts'
import type { ReportAnswer } from '../../comments/reports/report.ts'
import type { HeldReport } from '../../comments/reports/store.ts'
import type { Database } from '../../database/client.ts'
import { violatedConstraint } from '../../database/faults.ts'
import { Problem } from '../../http/problems.ts'
import { turn } from '../../http/turns.ts'
import { appealText, type NewAppeal } from './appeal.ts'
import { insertReportersAppeal } from './reporters-store.ts'
import { insertAppeal } from './store.ts'

/**
 * Files the appeal of a receipt's holder: against the decision about their comment that stands, or against keeping the
 * comment that they reported. Once, in time; of two at once, one is filed.
 */
export function fileAppeal(
  db: Database,
  receipt: string | undefined,
  written: NewAppeal,
): Promise<ReceiptAnswer | ReportAnswer> {
  return ofEither(againstDecision(db, receipt, written), () => againstKeeping(db, receipt ?? '', written))
}

async function againstDecision(
  db: Database,
  receipt: string | undefined,
  written: NewAppeal,
): Promise<ReceiptAnswer> {
  const comment = await held(db, receipt)
  const { seq } = appealableIn(comment)
  await turn()
  const text = appealText(written)
  await insertAppeal(db.desk, { commentId: comment.id, seq, text, salt: newSalt() }).catch(explain)
  return readReceipt(db, receipt)
}

/** Undefined for a receipt that is none of a report's. */
async function againstKeeping(
  db: Database,
  receipt: string,
  written: NewAppeal,
): Promise<ReportAnswer | undefined> {
  const report = await reportOf(db, receipt)
  if (!report) return undefined
  appealableIn(report, whyNothing(report))
  await turn()
  const text = appealText(written)
  await insertReportersAppeal(db.desk, { reportId: report.id, text, salt: newSalt() }).catch(explain)
  return readReport(db, receipt)
}

/** What can be appealed, or the problem that nothing can. */
function appealableIn<A extends { isOver: boolean; wasAppealed: boolean }>(
  { appealable }: { appealable: A | null },
  whyNot?: string,
): A {
  if (!appealable) throw new Problem('nothing_to_appeal', whyNot)
  if (appealable.wasAppealed) throw new Problem('already_appealed')
  if (appealable.isOver) throw new Problem('appeal_too_late')
  return appealable
}

function whyNothing({ status, outcome }: HeldReport): string {
  if (status === 'open') return 'Nobody has decided about your report yet.'
  if (outcome !== 'keep') return 'Only a decision to keep what you reported can be appealed.'
  return changed
}

const changed = 'What you reported, or your report, is no longer as it was when that was decided.'

/** Something may have come first since the receipt was read. */
function explain(error: unknown): never {
  const constraint = violatedConstraint(error)
  if (constraint === 'appeal_once_key' || constraint === 'report_appeal_once_key') {
    throw new Problem('already_appealed')
  }
  if (constraint === 'appeal_of_what_stands') throw new Problem('nothing_to_appeal')
  if (constraint === 'report_appeal_of_what_was_kept') throw new Problem('nothing_to_appeal', changed)
  if (constraint === 'appeal_in_time' || constraint === 'report_appeal_in_time') {
    throw new Problem('appeal_too_late')
  }
  throw error
}
