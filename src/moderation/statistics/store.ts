import type { Sql } from '../../database/client.ts'
import type { Precision } from '../../http/times.ts'
import type { Period } from './period.ts'
import type { Wait } from './waits.ts'

/** What of a site to tell: some days, in some languages; null for all of them. */
export interface Scope extends Period {
  site: string
  languages: string[] | null
}

/** SQL for the rows of a scope; its parameters are those of `values`. */
export const isWithin = `
  site = $1 and day >= $2::date and day < $3::date
  and ($4::text[] is null or language = any ($4) or split_part(language, '-', 1) = any ($4))`

export function values({ site, from, to, languages }: Scope): unknown[] {
  return [site, from, to, languages]
}

/** The days that were asked for; by default the last thirty, with today. */
export async function periodOf(db: Sql, from: string | undefined, to: string | undefined): Promise<Period> {
  const { rows } = await db.query<Period>(
    `select coalesce($1::date, least(coalesce($2::date, today + 1), today + 1) - 30)::text as from,
            coalesce($2::date, greatest($1::date, today) + 1)::text as to
       from (select (moment() at time zone 'UTC')::date as today) as clock`,
    [from ?? null, to ?? null],
  )
  return rows[0] ?? { from: '1970-01-01', to: '1970-01-02' }
}

/**
 * The day before which all that was decided is settled: what was decided the day before it can still be undone, since
 * a site shows what it decided within a day.
 */
export async function lastFinalDay(db: Sql): Promise<string> {
  const { rows } = await db.query<{ day: string }>(
    `select ((moment() at time zone 'UTC')::date - 1)::text as day`,
  )
  return rows[0]?.day ?? '1970-01-01'
}

/** How many moves of a kind were made. Under a rule, those that cite it; a move that cites two is under both. */
export interface Figure {
  language: string
  action: string
  /** '' for the moves themselves */
  rule: string
  made: number
  undone: number
  overturned: number
}

const sums = 'sum(made)::int as made, sum(undone)::int as undone, sum(overturned)::int as overturned'

export async function figures(db: Sql, scope: Scope): Promise<Figure[]> {
  const { rows } = await db.query<Figure>(
    `select language, action, rule, ${sums} from statistic_day where ${isWithin}
      group by language, action, rule order by language, action, rule`,
    values(scope),
  )
  return rows
}

export interface PersonFigure extends Omit<Figure, 'language' | 'rule'> {
  pseudonym: string
}

export async function figuresByPerson(db: Sql, scope: Scope): Promise<PersonFigure[]> {
  const { rows } = await db.query<PersonFigure>(
    `select p.pseudonym, f.action, f.made, f.undone, f.overturned
       from (select person_id, action, ${sums} from statistic_person_day where ${isWithin} and rule = ''
              group by person_id, action) as f
       join person p on p.id = f.person_id
      order by p.pseudonym, f.action`,
    values(scope),
  )
  return rows
}

export async function waits(db: Sql, scope: Scope): Promise<(Wait & { language: string })[]> {
  const { rows } = await db.query<Wait & { language: string }>(
    `select language, bucket, sum(decisions)::int as decisions from statistic_wait where ${isWithin}
      group by language, bucket`,
    values(scope),
  )
  return rows
}

export interface BacklogRow {
  language: string
  count: number
  oldest: Date
  times: Precision
}

/** What waits now, by language; the oldest since it is in the state in which it waits. */
export async function backlog(
  db: Sql,
  { site, languages }: Pick<Scope, 'site' | 'languages'>,
): Promise<BacklogRow[]> {
  const { rows } = await db.query<BacklogRow>(
    `select w.language, count(*)::int as count, min(w.since) as oldest, s.times
       from waiting w join site s on s.key = w.site
      where w.site = $1 and ($2::text[] is null or w.language = any ($2) or w.primary_language = any ($2))
      group by w.language, s.times order by w.language`,
    [site, languages],
  )
  return rows
}

/** So many moves that are not counted yet are looked at. */
const ahead = 1_000

/** Whether all that happened on a site before a day is counted. */
export async function isCounted(db: Sql, site: string, to: string): Promise<boolean> {
  const isEarlier = `join move m using (comment_id, seq) where m.decided_at < $2::date::timestamp at time zone 'UTC'`
  const { rows } = await db.query<{ counted: boolean }>(
    `select not exists (
              select from (select comment_id, seq from sealed_move
                            where site = $1
                              and position > coalesce((select position from counted where site = $1), 0)
                            order by position limit ${ahead}) as uncounted ${isEarlier})
            and not exists (
              select from (select comment_id, seq from unsealed where site = $1 order by place limit ${ahead}) as unsealed
              ${isEarlier}) as counted`,
    [site, to],
  )
  return rows[0]?.counted ?? false
}
