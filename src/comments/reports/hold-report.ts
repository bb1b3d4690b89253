import type { Database } from '../../database/client.ts'
import { coarse } from '../../http/times.ts'
import { appealing } from '../own-appeal.ts'
import { receiptHash } from '../receipt.ts'
import type { ReportAnswer } from './report.ts'
import { eraseReport, type HeldReport, heldReport, takeReportBack } from './store.ts'

/** What became of a report, for the holder of its receipt; undefined for a receipt that is none of a report's. */
export async function readReport(db: Database, receipt: string): Promise<ReportAnswer | undefined> {
  const held = await reportOf(db, receipt)
  if (!held) return undefined
  const { times, filedAt, resolvedAt, appealable, appeal, ...report } = held
  return {
    ...report,
    receivedAt: coarse(filedAt, times),
    resolvedAt: resolvedAt && coarse(resolvedAt, times),
    ...appealing({ appealable, appeal, times }),
  }
}

/** Takes a report back, and an appeal that is open; false for a receipt that is none of a report's. */
export async function withdrawReport(db: Database, receipt: string): Promise<boolean> {
  const held = await reportOf(db, receipt)
  if (held) await takeReportBack(db.desk, held.id)
  return held !== undefined
}

/** Takes a report back and erases what was written in it; false for a receipt that is none of a report's. */
export async function eraseOwnReport(db: Database, receipt: string): Promise<boolean> {
  const held = await reportOf(db, receipt)
  if (!held) return false
  await takeReportBack(db.desk, held.id)
  await eraseReport(db.desk, held.id)
  return true
}

/** The report of a receipt; undefined for a receipt that is none of a report's. */
export async function reportOf(db: Database, receipt: string): Promise<HeldReport | undefined> {
  const hash = receiptHash(receipt)
  return hash && heldReport(db.desk, hash)
}
