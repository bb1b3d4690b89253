import type { ReportScope, Section, Tally } from './section.ts'

/** Appeals against keeping a comment, by its language and the rule that the report names; `law` where it names a law. */
export const reportAppeals: Section = {
  name: 'report_appeals',
  measures: ['filed', 'upheld', 'reversed', 'partly_reversed'],
  async tallies(db, { site, from, to, languages }: ReportScope): Promise<Tally[]> {
    const { rows } = await db.query<Tally>(
      `with happened as (
         select coalesce(r.rule, 'law') as rule, c.language, what.measure, what.at at time zone 'UTC' as at
           from report_appeal p
           join report r on r.id = p.report_id
           join comment c on c.id = p.comment_id
          cross join lateral (values ('filed', p.filed_at), (p.outcome, p.reviewed_at)) as what (measure, at)
          where p.site = $1 and what.measure is not null
            and what.at >= $2::date::timestamp at time zone 'UTC' and what.at < $3::date::timestamp at time zone 'UTC'
            and ($4::text[] is null or c.language = any ($4) or split_part(c.language, '-', 1) = any ($4))
       )
       select to_char(h.at, 'YYYY-MM') as month, h.measure, k.by, k.key, count(*)::int as count
         from happened h
        cross join lateral (values ('all', ''), ('language', h.language), ('rule', h.rule),
                                    ('rule_language', concat(h.rule, ' ', h.language))) as k (by, key)
        group by 1, 2, 3, 4 order by 1, 2, 3, 4`,
      [site, from, to, languages],
    )
    return rows
  },
}
