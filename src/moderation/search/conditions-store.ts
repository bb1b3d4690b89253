import type { Sql } from '../../database/client.ts'

/** The articles to which this key leads, each with what was merged into it, by site. */
export async function articlesCalled(db: Sql, sites: string[], key: string): Promise<Map<string, string[]>> {
  const { rows } = await db.query<{ site: string; ids: string[] }>(
    `select s.site, article_parts(article_called(s.site, $2)) as ids from unnest($1::text[]) as s (site)`,
    [sites, key],
  )
  return new Map(rows.map(({ site, ids }) => [site, ids]))
}

/** The rules of every version of these sites' terms that have this code. */
export async function rulesCalled(db: Sql, sites: string[], code: string): Promise<string[]> {
  const { rows } = await db.query<{ id: string }>(
    `select r.id from terms t join rule r on r.site = t.site and r.version = t.version and r.code = $2
      where t.site = any ($1)`,
    [sites, code],
  )
  return rows.map(({ id }) => id)
}

export async function personCalled(db: Sql, pseudonym: string): Promise<string | undefined> {
  const { rows } = await db.query<{ id: string }>('select id from person where pseudonym = $1', [pseudonym])
  return rows[0]?.id
}

/** The languages that there are comments in, by site. Reads one row of the index for each. */
export async function languagesIn(db: Sql, sites: string[]): Promise<Map<string, string[]>> {
  const { rows } = await db.query<{ site: string; languages: string[] }>(
    `with recursive tag (language) as (
       select (select language from comment order by language limit 1)
       union all
       select (select language from comment where language > tag.language order by language limit 1)
         from tag where tag.language is not null
     )
     select s.site, array(select t.language from tag t
                           where t.language is not null
                             and exists (select from comment c where c.language = t.language and c.site = s.site)
                           order by t.language) as languages
       from unnest($1::text[]) as s (site)`,
    [sites],
  )
  return new Map(rows.map(({ site, languages }) => [site, languages]))
}

/** Positions between which comments lie, both included. */
export interface Places {
  lowest: string
  highest: string
}

/**
 * Where the comments of some days lie, site by site. Days that may not be counted yet bound nothing: the last two, and
 * all of them while a site's counting is far behind.
 */
export async function placesOfDays(
  db: Sql,
  sites: string[],
  { from, to }: { from?: string | undefined; to?: string | undefined },
): Promise<({ site: string } & Places)[]> {
  const { rows } = await db.query<{ site: string } & Places>(
    `select s.key as site,
            case when $2::date is null or behind.far then 0
                 else coalesce((select min(d.lowest) from submission_day d where d.site = s.key and d.day >= $2::date), 0)
            end::text as lowest,
            case when $3::date is null or $3::date > (moment() at time zone 'UTC')::date - 1 or behind.far
                 then 9223372036854775807
                 else coalesce((select max(d.highest) from submission_day d
                                 where d.site = s.key and d.day < $3::date and ($2::date is null or d.day >= $2::date)), 0)
            end::text as highest
       from site s
      cross join lateral (
        select (select count(*) from (select from sealed_move m
                                       where m.site = s.key
                                         and m.position > coalesce((select k.position from counted k
                                                                     where k.site = s.key), 0)
                                       limit 10000) as uncounted) = 10000
               or (select count(*) from (select from unsealed u where u.site = s.key limit 10000) as unsealed) = 10000
               as far) as behind
      where s.key = any ($1)`,
    [sites, from ?? null, to ?? null],
  )
  return rows
}
