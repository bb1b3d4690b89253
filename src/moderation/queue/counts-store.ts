import type { Sql } from '../../database/client.ts'
import type { Lane } from './lane.ts'
import { rangesOf } from './waiting-store.ts'

/** Nobody needs to know of more than so many, and to count them takes as long as there are. */
export const mostCounted = 1_000

interface Waiting {
  site: string
  pending: number
  secondReview: number
}

/** How many wait in some lanes, by site; read from the index of each range, of none further than is counted. */
export async function countWaiting(db: Sql, lanes: readonly Lane[]): Promise<Waiting[]> {
  const arm = (isToo: string, isTheRange: string) => `
    select mine.site, wanted.status, counted.many from mine
     cross join unnest(array['pending', 'second_review']) as wanted (status)
     cross join lateral (
       select count(*)::int as many
         from (select from waiting w
                where w.site = mine.site and w.status = wanted.status ${isToo}
                limit ${mostCounted}) as few) as counted
     where mine."primary" ${isTheRange}`
  const { rows } = await db.query<Waiting>(
    `with mine as (
       select * from jsonb_to_recordset($1::jsonb) as given (site text, "primary" text, languages text[])
     ), ranges as (
       ${arm('', 'is null')}
       union all
       ${arm(
         `and w.primary_language = mine."primary"
                and (w.language = any (mine.languages) or w.primary_language = any (mine.languages))`,
         'is not null',
       )}
     )
     select site,
            least(${mostCounted}, coalesce(sum(many) filter (where status = 'pending'), 0))::int as pending,
            least(${mostCounted}, coalesce(sum(many) filter (where status = 'second_review'), 0))::int as "secondReview"
       from ranges group by site order by site`,
    [rangesOf(lanes)],
  )
  return rows
}

/** Who holds comments of some sites now, and how many. */
export async function whoHolds(db: Sql, sites: readonly string[]): Promise<{ by: string; holds: number }[]> {
  const { rows } = await db.query<{ by: string; holds: number }>(
    `select p.pseudonym as by, count(*)::int as holds
       from waiting w join person p on p.id = w.claimed_by
      where w.claimed_by is not null and w.claimed_until > moment() and w.site = any ($1::text[])
      group by p.pseudonym order by p.pseudonym`,
    [sites],
  )
  return rows
}
