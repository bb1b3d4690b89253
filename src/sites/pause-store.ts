import type { Sql } from '../database/client.ts'

/** Pauses a site, or goes on; false without the site. */
export async function pauseSite(db: Sql, site: string, paused: boolean): Promise<boolean> {
  const { rowCount } = await db.query('update site set paused = $2 where key = $1', [site, paused])
  return rowCount === 1
}

/** The same for one article. */
export async function pauseArticle(
  db: Sql,
  site: string,
  article: string,
  paused: boolean,
): Promise<boolean> {
  const { rowCount } = await db.query('update article set paused = $3 where id = article_called($1, $2)', [
    site,
    article,
    paused,
  ])
  return rowCount === 1
}
