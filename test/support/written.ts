import type { House } from './house.ts'

/** What of the database's rows is new, and how many there are. */
export interface Written {
  /** rows of each table */
  counts: Record<string, number>
  /** of each table, rows that are new or other since the mark; only tables with some */
  fresh: Record<string, number>
}

/** A moment after which everything that is written is told by `writtenSince`. */
export async function mark({ owner }: House): Promise<string> {
  const { rows } = await owner.query<{ mark: string }>('select pg_current_xact_id()::text as mark')
  return rows[0]?.mark ?? '0'
}

/** What is there of each table, and what was written since a mark. Looked at as the owner. */
export async function writtenSince({ owner }: House, since: string): Promise<Written> {
  const tables = await owner.query<{ name: string }>(
    `select tablename as name from pg_tables where schemaname = 'public' and tablename <> all ($1) order by 1`,
    [untold],
  )
  const { rows } = await owner.query<{ name: string; rows: number; fresh: number }>(
    tables.rows
      .map(
        ({ name }) =>
          `select '${name}' as name, count(*)::integer as rows,
                  (count(*) filter (where xmin::text::bigint >= ${since}))::integer as fresh from "${name}"`,
      )
      .join(' union all '),
  )
  return {
    counts: Object.fromEntries(rows.map(({ name, rows: number }) => [name, number])),
    fresh: Object.fromEntries(rows.filter(({ fresh }) => fresh > 0).map(({ name, fresh }) => [name, fresh])),
  }
}

/** The test's own clock, and when a session was seen last. */
const untold = ['clock']

/** By how many rows each table grew or shrank; only those that did. */
export function growth(before: Written, after: Written): Record<string, number> {
  return Object.fromEntries(
    Object.entries(after.counts)
      .map(([name, rows]) => [name, rows - (before.counts[name] ?? 0)] as const)
      .filter(([, grown]) => grown !== 0),
  )
}
