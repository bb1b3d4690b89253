import type { Status } from '../../comments/status.ts'
import type { Sql } from '../../database/client.ts'
import { LedgerEntry } from './ledger.ts'

/** Whether something is still to be written down. */
export async function isWaiting(db: Sql): Promise<boolean> {
  const { rows } = await db.query<{ waits: boolean }>('select exists (select from to_ledger) as waits')
  return rows[0]?.waits === true
}

/**
 * Takes what is to be written down, the oldest first; it is gone once the transaction commits. Waits for whoever takes the
 * same, so that what they took is written down when this comes back.
 */
export async function takeEntries(tx: Sql, most: number): Promise<LedgerEntry[]> {
  const { rows } = await tx.query<{
    kind: string
    comment_id: string | null
    report_id: string | null
    at: Date
  }>(
    `with taken as (
       delete from to_ledger
        where position <= (select max(position) from (select position from to_ledger order by position limit $1) as oldest)
       returning *)
     select kind, comment_id, report_id, at from taken order by position`,
    [most],
  )
  return rows.map(({ kind, comment_id: comment, report_id: report, at }) =>
    LedgerEntry.parse({
      kind,
      ...(comment !== null && { comment }),
      ...(report !== null && { report }),
      at: at.toISOString(),
    }),
  )
}

/** Forgets what is to be written down, where there is no ledger. */
export async function forgetEntries(db: Sql): Promise<void> {
  await db.query('delete from to_ledger')
}

/** A comment as the database has it. */
export interface Standing {
  id: string
  version: number
  status: Status
  revision: number
  isErased: boolean
  /** when its newest move was made */
  movedAt: Date
}

export async function standings(db: Sql, ids: string[]): Promise<Standing[]> {
  const { rows } = await db.query<Standing>(
    `select c.id, c.seq as version, c.status, c.revision, c.erased_at is not null as "isErased",
            m.decided_at as "movedAt"
       from comment c join move m on m.comment_id = c.id and m.seq = c.seq where c.id = any ($1)`,
    [ids],
  )
  return rows
}

/** Those of some reports whose words are there. */
export async function reportsWithWords(db: Sql, ids: string[]): Promise<string[]> {
  const { rows } = await db.query<{ id: string }>(
    'select report_id as id from report_text where report_id = any ($1)',
    [ids],
  )
  return rows.map(({ id }) => id)
}

/** Erases the words of a comment that is settled, as its reader or somebody else had it done; the ledger knows no more. */
export async function eraseAgain(db: Sql, id: string, by: 'reader' | 'system'): Promise<void> {
  await db.query('select erase_comment($1, $2, null)', [id, by])
}
