import type { Sql } from '../../database/client.ts'

/** The sites of whose sealed log something is not counted yet. */
export async function uncountedSites(db: Sql): Promise<string[]> {
  const { rows } = await db.query<{ key: string }>(
    `select s.key from site s
      where exists (select from sealed_move m
                     where m.site = s.key
                       and m.position > coalesce((select k.position from counted k where k.site = s.key), 0))
      order by s.key`,
  )
  return rows.map(({ key }) => key)
}

/** Counts at most so many moves of a site more; how many it was. */
export async function countMoves(db: Sql, site: string, most: number): Promise<number> {
  const { rows } = await db.query<{ counted: number }>('select count_moves($1, $2) as counted', [site, most])
  return rows[0]?.counted ?? 0
}

/** Counts at most so much of what was handled; how much it was. */
export async function countMostHandled(db: Sql, most: number): Promise<number> {
  const { rows } = await db.query<{ counted: number }>('select count_handled($1) as counted', [most])
  return rows[0]?.counted ?? 0
}
