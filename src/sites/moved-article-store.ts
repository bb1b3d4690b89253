import type { Sql } from '../database/client.ts'
import type { ArticleMoved } from './article.ts'

/**
 * Joins `a`, the article of a comment `c`: where that was merged into another, the other. It is looked up for each
 * comment (`offset 0` says so): PostgreSQL cannot tell how many comments an article has by such a condition, guesses
 * few, and would begin with the comments of all articles.
 */
export const articleOfComment = `
  join lateral (
    select whole.* from article whole
     where whole.id = coalesce((select part.into_id from merged_article part where part.article_id = c.article_id),
                               c.article_id)
    offset 0
  ) a on true`

/** What came of moving an article; see the function `move_article`. */
type Moved = ArticleMoved['outcome'] | 'unknown' | 'same' | 'taken'

/** Gives an article another key, or makes it part of the article that has it. */
export async function moveArticleRow(
  db: Sql,
  { site, from, to, personId }: { site: string; from: string; to: string; personId: string },
): Promise<Moved> {
  const { rows } = await db.query<{ moved: Moved }>('select move_article($1, $2, $3, $4) as moved', [
    site,
    from,
    to,
    personId,
  ])
  return rows[0]?.moved ?? 'unknown'
}

/** The key that an article has now, if this one is an older one of it. */
export async function keySince(db: Sql, site: string, key: string): Promise<string | undefined> {
  const { rows } = await db.query<{ key: string }>(
    'select a.key from article a where a.id = article_called($1, $2) and a.key <> $2',
    [site, key],
  )
  return rows[0]?.key
}
