import type { Sql } from '../../database/client.ts'
import { type AppealFigures, isOnDay } from './appeals-store.ts'
import type { Scope } from './store.ts'

/** What became of appeals against keeping a comment, by the rule that the report names; `law` where it names a law. */
export async function reportAppealFigures(
  db: Sql,
  { site, from, to, languages }: Scope,
): Promise<AppealFigures> {
  const { rows } = await db.query<AppealFigures>(
    `with own as (
       select p.status, p.outcome, p.filed_at, p.reviewed_at, coalesce(r.rule, 'law') as code
         from report_appeal p
         join report r on r.id = p.report_id
         join comment c on c.id = p.comment_id
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
                        from (select code, count(*) as many, count(*) filter (where outcome <> 'upheld') as reversed
                                from answered group by code) as named), '[]') as "byRule"`,
    [site, from, to, languages],
  )
  return rows[0] ?? { filed: 0, open: 0, upheld: 0, reversed: 0, partlyReversed: 0, byRule: [] }
}
