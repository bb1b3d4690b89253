import type { Sql } from '../../database/client.ts'

/** With which article a part of a sitemap begins. */
export interface PartBegin {
  /** an instant, as PostgreSQL writes it in JSON */
  madeAt: string
  id: string
}

/** Where the parts of a site's sitemap begin, of which each has so many articles; those without comments are left out. */
export async function sitemapParts(db: Sql, site: string, each: number): Promise<PartBegin[]> {
  const { rows } = await db.query<PartBegin>({
    name: 'sitemap_parts',
    text: `select to_jsonb(p.made_at) #>> '{}' as "madeAt", p.id from sitemap_parts($1, $2) as p order by p.made_at, p.id`,
    values: [site, each],
  })
  return rows
}

/** An article that shows comments. */
export interface ListedArticle {
  key: string
  url: string | null
  changedAt: Date
}

/** Of so many articles from one on, those that show comments. */
export async function listedArticles(
  db: Sql,
  site: string,
  { madeAt, id }: PartBegin,
  each: number,
): Promise<ListedArticle[]> {
  const { rows } = await db.query<ListedArticle>({
    name: 'sitemap_part',
    text: `select a.key, a.url, p.changed_at as "changedAt"
             from sitemap_part($1, $2, $3, $4) as p join public_article a on a.id = p.id
            order by a.key`,
    values: [site, madeAt, id, each],
  })
  return rows
}
