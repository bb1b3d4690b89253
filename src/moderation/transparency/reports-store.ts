import type { ReportScope, Section, Tally } from './section.ts'

/** Readers' reports, by the language of the comment and the rule that they name; `law` where they name a law. */
export const reports: Section = {
  name: 'reports',
  measures: ['filed', 'keep', 'unpublish', 'edit', 'gone', 'taken_back'],
  async tallies(db, { site, from, to, languages }: ReportScope): Promise<Tally[]> {
    const { rows } = await db.query<Tally>(
      `with happened as (
         select coalesce(r.rule, 'law') as rule, c.language, what.measure, what.at at time zone 'UTC' as at
           from report r
           join comment c on c.id = r.comment_id
          cross join lateral (values ('filed', r.filed_at), (r.outcome, r.resolved_at)) as what (measure, at)
          where r.site = $1 and what.measure is not null
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
