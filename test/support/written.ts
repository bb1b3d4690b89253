import type { House } from './house.ts'

/** What is there of the database's rows at a moment, and what of them came since an earlier one. */
export interface Written {
  /** the moment, to be given to the next look */
  moment: string
  /** rows of each table */
  counts: Record<string, number>
  /** of each table, rows that are new or other since the earlier moment; only tables with some */
  fresh: Record<string, number>
}

/** Looks at every table, as the owner of all. Without an earlier moment nothing is fresh. */
export async function written(house: House, since?: Pick<Written, 'moment'>): Promise<Written> {
  const from = since?.moment ?? 'null'
  const all = (await tablesOf(house)).map(
    (name) =>
      `select '${name}' as name, count(*)::integer as rows, pg_current_xact_id()::text as moment,
              (count(*) filter (where xmin::text::bigint >= ${from}))::integer as fresh from "${name}"`,
  )
  const { rows } = await house.owner.query<{ name: string; rows: number; fresh: number; moment: string }>(
    all.join(' union all '),
  )
  return {
    moment: rows[0]?.moment ?? '0',
    counts: Object.fromEntries(rows.map(({ name, rows: number }) => [name, number])),
    fresh: Object.fromEntries(rows.filter(({ fresh }) => fresh > 0).map(({ name, fresh }) => [name, fresh])),
  }
}

const tables = new Map<string, string[]>()

/** Every table but the test's own clock, which says nothing about a request. */
async function tablesOf({ owner, url }: House): Promise<string[]> {
  const known = tables.get(url)
  if (known) return known
  const { rows } = await owner.query<{ name: string }>(
    `select tablename as name from pg_tables where schemaname = 'public' and tablename <> 'clock' order by 1`,
  )
  const names = rows.map(({ name }) => name)
  tables.set(url, names)
  return names
}

/** By how many rows each table grew or shrank; only those that did. */
export function growth(before: Written, after: Written): Record<string, number> {
  return Object.fromEntries(
    Object.entries(after.counts)
      .map(([name, rows]) => [name, rows - (before.counts[name] ?? 0)] as const)
      .filter(([, grown]) => grown !== 0),
  )
}
