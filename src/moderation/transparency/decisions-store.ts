import type { ReportScope, Section, Tally } from './section.ts'

const measures = {
  submit: 'received',
  approve: 'approved',
  edit: 'edited',
  return: 'returned',
  reject: 'rejected',
  unpublish: 'unpublished',
  expire: 'expired',
  withdraw: 'withdrawn',
}

/** What was received and decided; decisions that were undone before they showed are left out. */
export const decisions: Section = {
  name: 'decisions',
  measures: [...Object.values(measures), 'overturned'],
  async tallies(db, { site, from, to, languages }: ReportScope): Promise<Tally[]> {
    const { rows } = await db.query<Tally>(
      `with own as (
         select to_char(day, 'YYYY-MM') as month, language, rule, overturned, made - undone as made,
                $5::jsonb ->> action as measure
           from statistic_day
          where site = $1 and day >= $2::date and day < $3::date
            and ($4::text[] is null or language = any ($4) or split_part(language, '-', 1) = any ($4))
       ), counted as (
         select month, language, rule, measure, made as count from own where measure is not null
         union all
         select month, language, rule, 'overturned', overturned from own
       )
       select month, measure,
              case when grouping(language) = 1 then case rule when '' then 'all' else 'rule' end
                   else case rule when '' then 'language' else 'rule_language' end end as by,
              concat_ws(' ', nullif(rule, ''), language) as key, sum(count)::int as count
         from counted
        group by grouping sets ((month, measure, rule), (month, measure, rule, language))
       having sum(count) > 0
        order by month, measure, by, key`,
      [site, from, to, languages, JSON.stringify(measures)],
    )
    return rows
  },
}
