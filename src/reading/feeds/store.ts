import type { Sql } from '../../database/client.ts'
import type { Precision } from '../../http/times.ts'
import type { CitedRule } from '../../terms/terms.ts'

/** What a feed or a sitemap needs to know of a site. */
export interface FeedSite {
  key: string
  name: string
  language: string
  times: Precision
  origins: string[]
  automaticArticles: boolean
  createdAt: Date
}

export async function findFeedSite(db: Sql, key: string): Promise<FeedSite | undefined> {
  const { rows } = await db.query<FeedSite>({
    name: 'feed_site',
    text: `select key, name, language, times, origins, automatic_articles as "automaticArticles", created_at as "createdAt"
             from site where key = $1`,
    values: [key],
  })
  return rows[0]
}

/** A comment as a feed tells of it, with the article under which it is now. */
export interface NewestRow {
  id: string
  parent_id: string | null
  name: string | null
  text: string
  /** BCP 47 */
  language: string
  edited: CitedRule[] | null
  staff: boolean
  /** since when it is there, and since when it shows what it shows */
  first_shown_at: Date
  changed_at: Date
  article: ArticleOfFeed
}

export interface ArticleOfFeed {
  key: string
  title: string | null
  url: string | null
  language: string
}

const newestColumns = `
  n.id, n.parent_id, n.name, n.text, n.language, n.edited, n.staff, n.first_shown_at, n.changed_at,
  jsonb_build_object('key', a.key, 'title', a.title, 'url', a.url, 'language', a.language) as article`

/** The newest comments of a site, newest first. */
export async function newestOfSite(db: Sql, site: string, most: number): Promise<NewestRow[]> {
  const { rows } = await db.query<NewestRow>({
    name: 'newest_of_site',
    text: `select ${newestColumns}
             from public_newest($1, null, $2) n join public_article a on a.id = n.article_id
            order by n.first_shown_at desc, n.id desc`,
    values: [site, most],
  })
  return rows
}

/** An article, and what a feed of it hangs on. */
export interface FeedArticle extends ArticleOfFeed {
  id: string
  parts: string[]
  /** milliseconds until it shows something else by itself; null where it never does */
  changesIn: number | null
}

export async function findFeedArticle(db: Sql, site: string, key: string): Promise<FeedArticle | undefined> {
  const { rows } = await db.query<FeedArticle>({
    name: 'feed_article',
    text: `select a.id, a.key, a.title, a.url, a.language, part.ids as parts,
                  (extract(epoch from shown_until(part.ids) - moment()) * 1000)::float8 as "changesIn"
             from public_article a cross join lateral (select article_parts(a.id) as ids) as part
            where a.id = article_called($1, $2)`,
    values: [site, key],
  })
  return rows[0]
}

/** The newest comments under these parts of an article, newest first. */
export async function newestOfArticle(
  db: Sql,
  site: string,
  parts: string[],
  most: number,
): Promise<NewestRow[]> {
  const { rows } = await db.query<NewestRow>({
    name: 'newest_of_article',
    text: `select ${newestColumns}
             from public_newest($1, $2, $3) n join public_article a on a.id = n.article_id
            order by n.first_shown_at desc, n.id desc`,
    values: [site, parts, most],
  })
  return rows
}
