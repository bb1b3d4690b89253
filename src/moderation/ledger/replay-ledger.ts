import { plainMove, recordMove } from '../../comments/move-store.ts'
import { wishErasure } from '../../comments/receipt-store.ts'
import { eraseReport, takeReportBack } from '../../comments/reports/store.ts'
import { type Status, type Transition, transitionFrom } from '../../comments/status.ts'
import type { Database } from '../../database/client.ts'
import { errorCode } from '../../database/faults.ts'
import { type LedgerEntry, type Told, toldBy } from './ledger.ts'
import { readLedger } from './ledger-file.ts'
import { eraseAgain, reportsWithWords, standings } from './store.ts'

const atOnce = 5_000

/** What a replay did, in numbers of comments and reports. */
export interface Replayed {
  erased: number
  takenDown: number
  /** lines that were cut off while they were written */
  torn: number
}

/**
 * Does again what the ledger says was done and a restored database does not know of, so that nothing shows or is kept that
 * was gone before. Once done, it finds nothing to do.
 */
export async function replayLedger(db: Database, path: string): Promise<Replayed> {
  const told = new Map<string, Told>()
  const replayed: Replayed = { erased: 0, takenDown: 0, torn: 0 }
  replayed.torn = await readLedger(path, atOnce, async (entries) => {
    replayed.erased += await eraseReports(db, entries)
    for (const entry of await unknownTo(db, entries)) {
      told.set(entry.comment, toldBy(told.get(entry.comment), entry))
    }
  })
  for (const [id, one] of told) {
    const done = await catchUp(db, id, one)
    if (done) replayed[done] += 1
  }
  return replayed
}

type OfComment = Exclude<LedgerEntry, { kind: 'report_erased' }>

/** What happened to comments after all that the database knows of them. */
async function unknownTo(db: Database, entries: LedgerEntry[]): Promise<OfComment[]> {
  const ofComments = entries.filter((entry) => entry.kind !== 'report_erased')
  const found = await standings(db.desk, [...new Set(ofComments.map(({ comment }) => comment))])
  const known = new Map(found.map((standing) => [standing.id, standing]))
  return ofComments.filter((entry) => {
    const standing = known.get(entry.comment)
    if (!standing || standing.isErased) return false
    const isErasure = entry.kind === 'erased' || entry.kind === 'erased_for'
    return isErasure || Date.parse(entry.at) > standing.movedAt.getTime()
  })
}

async function catchUp(
  db: Database,
  id: string,
  { last, erased }: Told,
): Promise<'erased' | 'takenDown' | undefined> {
  if (erased) {
    await leave(db, id, erased === 'erased' ? asItsReader : outOfTheWay)
    return (await eraseOrWish(db, id, erased)) ? 'erased' : undefined
  }
  if (last === 'shown') return undefined
  return (await leave(db, id, last === 'withdrawn' ? asItsReader : fromSight)) ? 'takenDown' : undefined
}

type Way = (status: Status) => Transition | undefined

const asItsReader: Way = (status) => transitionFrom(status, 'withdraw')
const fromSight: Way = (status) => transitionFrom(status, 'unpublish', { actor: 'system' })
/** What waits has to be settled before its words go. Of a second review there is no other way than its reader's. */
const outOfTheWay: Way = (status) =>
  fromSight(status) ??
  transitionFrom(status, 'expire') ??
  (status === 'second_review' ? asItsReader(status) : undefined)

/** A hold that stands in the backup keeps the words, until it ends. */
async function eraseOrWish(db: Database, id: string, erased: 'erased' | 'erased_for'): Promise<boolean> {
  try {
    await eraseAgain(db.desk, id, erased === 'erased' ? 'reader' : 'system')
    return true
  } catch (error) {
    if (errorCode(error) !== 'PB005') throw error
    await wishErasure(db.desk, id)
    return false
  }
}

/** Makes the move that leads away from where a comment stands, by its reader or by the service for a person; whether there is one. */
async function leave(db: Database, id: string, way: Way): Promise<boolean> {
  for (let attempt = 0; attempt < 10; attempt += 1) {
    const [standing] = await standings(db.desk, [id])
    const transition = standing && way(standing.status)
    if (!standing || !transition) return false
    if (await recordMove(db.desk, plainMove(standing, transition))) return true
  }
  throw new Error('A comment of the ledger is decided again and again: replay it while nobody is served.')
}

async function eraseReports(db: Database, entries: LedgerEntry[]): Promise<number> {
  const ids = entries.flatMap((entry) => (entry.kind === 'report_erased' ? [entry.report] : []))
  if (ids.length === 0) return 0
  const left = await reportsWithWords(db.desk, [...new Set(ids)])
  for (const id of left) {
    await takeReportBack(db.desk, id)
    await eraseReport(db.desk, id)
  }
  return left.length
}
