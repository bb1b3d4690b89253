import type { Sql } from '../../database/client.ts'
import type { Scope } from './store.ts'

export interface AppealFigures {
  filed: number
  /** answered in these days, whenever filed */
  upheld: number
  reversed: number
  partlyReversed: number
  /** by the rules that the decisions cite against which they were */
  byRule: { code: string; answered: number; reversed: number }[]
  /** that wait for an answer now */
  open: number
}

/** SQL for a moment that lies on the days of a scope, as they are given to its queries. */
export const isOnDay = (moment: string) =>
  `${moment} >= $2::date::timestamp at time zone 'UTC' and ${moment} < $3::date::timestamp at time zone 'UTC'`

/** What became of appeals: all that the statistics know of them. */
export async function appealFigures(db: Sql, { site, from, to, languages }: Scope): Promise<AppealFigures> {
  const { rows } = await db.query<AppealFigures>(
    `with own as (
       select p.status, p.outcome, p.filed_at, p.reviewed_at, p.comment_id, p.seq
         from appeal p join comment c on c.id = p.comment_id
        where p.site = $1
          and ($4::text[] is null or c.language = any ($4) or split_part(c.language, '-', 1) = any ($4))
     ), answered as (
       select * from own where status = 'decided' and ${isOnDay('reviewed_at')}
     )
     select (select count(*) from own where ${isOnDay('filed_at')})::int as filed,
            (select count(*) from own where status = 'open')::int as open,
            (select count(*) from answered where outcome = 'upheld')::int as upheld,
            (select count(*) from answered where outcome = 'reversed')::int as reversed,
            (select count(*) from answered where outcome = 'partly_reversed')::int as "partlyReversed",
            coalesce((select jsonb_agg(jsonb_build_object('code', code, 'answered', many, 'reversed', reversed)
                                       order by code)
                        from (select u.code, count(*) as many,
                                     count(*) filter (where a.outcome <> 'upheld') as reversed
                                from answered a
                                join citation t on t.comment_id = a.comment_id and t.seq = a.seq
                                join rule u on u.id = t.rule_id
                               group by u.code) as ruled), '[]') as "byRule"`,
    [site, from, to, languages],
  )
  return rows[0] ?? { filed: 0, open: 0, upheld: 0, reversed: 0, partlyReversed: 0, byRule: [] }
}
