import type { Database } from '../database/client.ts'
import { Problem } from '../http/problems.ts'
import type { ReceiptAnswer } from './comment.ts'
import { erase, readReceipt, withdraw } from './reader.ts'
import { eraseOwnReport, readReport, withdrawReport } from './reports/hold-report.ts'
import type { ReportAnswer } from './reports/report.ts'

/** What the holder of a receipt sees, be it a comment's or a report's. */
export function readAnyReceipt(
  db: Database,
  receipt: string | undefined,
): Promise<ReceiptAnswer | ReportAnswer> {
  return ofEither(readReceipt(db, receipt), () => readReport(db, receipt ?? ''))
}

/** Withdraws a comment, or takes a report back. Doing it again changes nothing. */
export async function withdrawAny(db: Database, receipt: string | undefined): Promise<void> {
  await ofEither(withdraw(db, receipt), () => withdrawReport(db, receipt ?? ''))
}

/** The same, and erases every word of it. */
export async function eraseAny(db: Database, receipt: string | undefined): Promise<void> {
  await ofEither(erase(db, receipt), () => eraseOwnReport(db, receipt ?? ''))
}

/** Asks for a comment, and only where no comment has this receipt for a report. */
export async function ofEither<C, R>(
  comment: Promise<C>,
  report: () => Promise<R>,
): Promise<C | NonNullable<R>> {
  try {
    return await comment
  } catch (error) {
    const isUnknown = error instanceof Problem && error.code === 'receipt_unknown'
    const found = isUnknown ? await report() : undefined
    if (!found) throw error
    return found
  }
}
