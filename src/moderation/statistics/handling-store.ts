import type { Sql } from '../../database/client.ts'
import { isWithin, type Scope, values } from './store.ts'
import type { Wait } from './waits.ts'

/** How many decisions of a person took about so long from the claim on. */
export interface HandledRow extends Wait {
  pseudonym: string
  language: string
}

export async function handledByPerson(db: Sql, scope: Scope): Promise<HandledRow[]> {
  const { rows } = await db.query<HandledRow>(
    `select p.pseudonym, f.language, f.bucket, f.decisions
       from (select person_id, language, bucket, sum(decisions)::int as decisions
               from statistic_handling where ${isWithin} group by person_id, language, bucket) as f
       join person p on p.id = f.person_id`,
    values(scope),
  )
  return rows
}

/** How much of what they held a person passed on. */
export interface SkippedRow {
  pseudonym: string
  language: string
  skips: number
}

export async function skippedByPerson(db: Sql, scope: Scope): Promise<SkippedRow[]> {
  const { rows } = await db.query<SkippedRow>(
    `select p.pseudonym, f.language, f.skips
       from (select person_id, language, sum(skips)::int as skips
               from statistic_skip where ${isWithin} group by person_id, language) as f
       join person p on p.id = f.person_id`,
    values(scope),
  )
  return rows
}

/** Whether all that was handled on a site before a day is counted. */
export async function isHandlingCounted(db: Sql, site: string, to: string): Promise<boolean> {
  const { rows } = await db.query<{ counted: boolean }>(
    `select not exists (select from handled where site = $1 and day < $2::date) as counted`,
    [site, to],
  )
  return rows[0]?.counted ?? false
}
