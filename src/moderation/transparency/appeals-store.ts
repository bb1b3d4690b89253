import type { ReportScope, Section, Tally } from './section.ts'

/** Appeals against decisions, by the language of the comment and the rules that the decision cites. */
export const appeals: Section = {
  name: 'appeals',
  measures: ['filed', 'upheld', 'reversed', 'partly_reversed'],
  async tallies(db, { site, from, to, languages }: ReportScope): Promise<Tally[]> {
    const { rows } = await db.query<Tally>(
      `with happened as (
         select p.comment_id, p.seq, c.language, what.measure, what.at at time zone 'UTC' as at
           from appeal p
           join comment c on c.id = p.comment_id
          cross join lateral (values ('filed', p.filed_at), (p.outcome, p.reviewed_at)) as what (measure, at)
          where p.site = $1 and what.measure is not null
            and what.at >= $2::date::timestamp at time zone 'UTC' and what.at < $3::date::timestamp at time zone 'UTC'
            and ($4::text[] is null or c.language = any ($4) or split_part(c.language, '-', 1) = any ($4))
       )
       select to_char(h.at, 'YYYY-MM') as month, h.measure, k.by, k.key, count(*)::int as count
         from happened h
        cross join lateral (
          select 'all' as by, '' as key
          union all select 'language', h.language
          union all
          select cell.by, cell.key from citation t join rule u on u.id = t.rule_id
           cross join lateral (values ('rule', u.code), ('rule_language', concat(u.code, ' ', h.language))) as cell (by, key)
           where t.comment_id = h.comment_id and t.seq = h.seq) as k
        group by 1, 2, 3, 4 order by 1, 2, 3, 4`,
      [site, from, to, languages],
    )
    return rows
  },
}
