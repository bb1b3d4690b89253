import type { Sql } from '../database/client.ts'
import type { NewSlowMode, SlowMode } from './slow-mode.ts'

/** Slows an article down, or ends that; undefined without the article. */
export async function slowArticle(
  db: Sql,
  site: string,
  article: string,
  { minutes, hours }: NewSlowMode,
): Promise<SlowMode | undefined> {
  const { rows } = await db.query<{ minutes: number | null; until: Date | null }>(
    `update article set slow_minutes = $3, slow_until = moment() + $4 * interval '1 hour'
      where id = article_called($1, $2) returning slow_minutes as minutes, slow_until as until`,
    [site, article, minutes, hours],
  )
  return rows[0] && { minutes: rows[0].minutes, until: rows[0].until && rows[0].until.toISOString() }
}
