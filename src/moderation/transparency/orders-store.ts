import type { ReportScope, Section, Tally } from './section.ts'

const measures = {
  art9: 'to_act_against_content',
  art10: 'to_give_information',
  informal_request: 'informal',
}

/**
 * Orders and requests of authorities, by country, on the day on which they were written down, which no later entry
 * changes. They are about a site, in whatever language.
 */
export const orders: Section = {
  name: 'orders',
  measures: Object.values(measures),
  async tallies(db, { site, from, to }: ReportScope): Promise<Tally[]> {
    const { rows } = await db.query<Tally>(
      `select to_char(o.registered_at at time zone 'UTC', 'YYYY-MM') as month, $4::jsonb ->> o.kind as measure,
              k.by, k.key, count(*)::int as count
         from legal_order o cross join lateral (values ('all', ''), ('country', o.country)) as k (by, key)
        where o.site = $1 and o.registered_at >= $2::date::timestamp at time zone 'UTC'
          and o.registered_at < $3::date::timestamp at time zone 'UTC'
        group by 1, 2, 3, 4 order by 1, 2, 3, 4`,
      [site, from, to, JSON.stringify(measures)],
    )
    return rows
  },
}
