import type { Sql } from '../../database/client.ts'
import type { Period } from '../statistics/period.ts'
import type { Pair, RulePair, Same } from './agreement.ts'

interface AgreementRow {
  pairs: Pair[]
  rules: RulePair[]
  languages: (Same & { language: string })[]
  moderators: (Same & { pseudonym: string })[]
}

/** The second verdicts of some days beside the first ones, counted. */
export async function secondVerdicts(
  db: Sql,
  { site, from, to, languages }: Period & { site: string; languages: string[] | null },
): Promise<AgreementRow> {
  const { rows } = await db.query<AgreementRow>(
    `with verdict as materialized (
       select s.language, s.person_id, s.action as first, v.action as second, v.rules as second_rules,
              array(select u.code from citation t join rule u on u.id = t.rule_id
                     where t.comment_id = s.comment_id and t.seq = s.seq) as first_rules
         from sample_verdict v join sample s on s.id = v.sample_id
        where v.site = $1 and v.judged_at >= $2::date::timestamp at time zone 'UTC'
          and v.judged_at < $3::date::timestamp at time zone 'UTC'
          and ($4::text[] is null or s.language = any ($4) or split_part(s.language, '-', 1) = any ($4))
     ), cited as (
       select code, code = any (first_rules) as first, code = any (second_rules) as second
         from verdict cross join lateral (select unnest(first_rules) union select unnest(second_rules)) as codes (code)
     )
     select coalesce((select jsonb_agg(told order by told.first, told.second)
                        from (select first, second, count(*) from verdict group by 1, 2) as told), '[]') as pairs,
            coalesce((select jsonb_agg(told order by told.code)
                        from (select code, count(*) filter (where first and second) as both,
                                     count(*) filter (where not second) as first,
                                     count(*) filter (where not first) as second
                                from cited group by code) as told), '[]') as rules,
            coalesce((select jsonb_agg(told order by told.language)
                        from (select language, count(*) as verdicts, count(*) filter (where first = second) as same
                                from verdict group by 1) as told), '[]') as languages,
            coalesce((select jsonb_agg(told order by told.pseudonym)
                        from (select p.pseudonym, count(*) as verdicts, count(*) filter (where first = second) as same
                                from verdict v join person p on p.id = v.person_id group by 1) as told), '[]') as moderators`,
    [site, from, to, languages],
  )
  return rows[0] ?? { pairs: [], rules: [], languages: [], moderators: [] }
}
