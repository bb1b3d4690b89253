import type { Database } from '../../database/client.ts'
import { Problem } from '../../http/problems.ts'
import { coarse, type Precision } from '../../http/times.ts'
import { newReceipt, receiptHash } from '../receipt.ts'
import type { NewReport, ReportAccepted } from './report.ts'
import { insertReport, type ReportedComment, reportedComment } from './store.ts'

/** A report is told to the minute to whoever filed it, and to nobody else. */
const precision: Precision = 'minute'

/** Takes a reader's report about a comment that shows. It changes nothing by itself; a person will read it. */
export async function fileReport(
  db: Database,
  site: string,
  commentId: string,
  asked: NewReport,
): Promise<ReportAccepted> {
  const receipt = newReceipt()
  const hash = receiptHash(receipt)
  if (!hash) throw new Error('a receipt that is none')

  // What shows may change at this moment; then the report is about what shows instead, if anything does.
  for (let attempt = 0; attempt < 10; attempt += 1) {
    const comment = await reportedComment(db.desk, site, commentId)
    if (!comment) throw new Problem('comment_not_found')
    refuseRule(comment, asked)
    const filed = await insertReport(db.desk, {
      site,
      commentId,
      revision: comment.revision,
      receiptHash: hash,
      kind: asked.kind,
      rule: asked.kind === 'rule' ? asked.rule : null,
      country: asked.kind === 'law' ? asked.country : null,
      danger: asked.danger,
      explanation: asked.explanation,
      law: asked.kind === 'law' ? (asked.law ?? null) : null,
      contact: asked.kind === 'law' ? { name: asked.name ?? null, email: asked.email ?? null } : null,
    })
    if (filed) return { id: filed.id, status: 'open', receipt, receivedAt: coarse(filed.filedAt, precision) }
  }
  throw new Problem('unavailable')
}

function refuseRule({ rules }: ReportedComment, asked: NewReport): void {
  if (asked.kind !== 'rule' || rules.includes(asked.rule)) return
  const detail = `The terms have: ${rules.join(', ')}.`
  throw new Problem('rule_unknown', detail, { errors: [{ pointer: '#/rule', code: 'rule_unknown', detail }] })
}
