import type { Sql } from '../database/client.ts'

/** A row of what changed of what everybody sees. */
export interface ChangeRow {
  id: string
  what: 'article' | 'site' | 'absent'
  site: string
  article: string | null
  /** how many more of the article's comments are published */
  published: number
}

/** What changed since somebody looked last. */
export interface Changes {
  /** to be given the next time */
  position: string
  /** up to which position changes are forgotten: whoever looked last before that has missed some */
  summedUpTo: string
  /** the database's clock, in milliseconds */
  now: number
  /** how far its log reached when the changes were looked at, or later; null unless asked for */
  lsn: string | null
  changes: ChangeRow[]
}

/**
 * What transactions changed that were not committed at `position`, as an earlier call told it (null: nothing is listed).
 * Some may be listed twice: transactions end in another order than they begin. `withLsn` is for who reads from replicas.
 */
export async function changesSince(db: Sql, position: string | null, withLsn = false): Promise<Changes> {
  const { rows } = await db.query<Changes>({
    name: 'public_changes',
    text: `select pg_snapshot_xmin(pg_current_snapshot())::text as position,
                  (select s.tx::text from public_sum s) as "summedUpTo",
                  (extract(epoch from moment()) * 1000)::float8 as now,
                  case when $2::boolean and not pg_is_in_recovery()
                       then pg_current_wal_insert_lsn()::text end as lsn,
                  coalesce((select jsonb_agg(jsonb_build_object('id', c.id::text, 'what', c.what, 'site', c.site,
                                                                'article', c.article_id, 'published', c.published)
                                             order by c.id)
                              from public_change c where c.tx >= $1::bigint), '[]') as changes`,
    values: [position, withLsn],
  })
  const [changes] = rows
  if (!changes) throw new Error('a query of one row gave none')
  return changes
}

/** Sums up changes that every process has seen. */
export async function sumUpChanges(db: Sql): Promise<void> {
  await db.query('select sum_up_public_changes()')
}
