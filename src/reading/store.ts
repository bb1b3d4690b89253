import type { Sql } from '../database/client.ts'
import type { Precision } from '../http/times.ts'
import type { CitedRule } from '../terms/terms.ts'

/** An article as everybody sees it, under the key that it has now. */
export interface ArticleRow {
  id: string
  key: string
  title: string | null
  language: string
  open: boolean
  times: Precision
  notice: string | null
  count: number
}

/** What everybody sees of a comment: a row of the only view that readers' connections can see. */
export interface PublicRow {
  id: string
  parent_id: string | null
  first_shown_at: Date
  gone: boolean
  name: string | null
  text: string | null
  /** BCP 47; null where the text is gone */
  language: string | null
  edited: CitedRule[] | null
  /** whether somebody who moderates wrote it */
  staff: boolean
}

// Named one by one: a column that a later release adds changes nothing for connections that have this prepared.
const publicColumns = 'id, parent_id, first_shown_at, gone, name, text, language, edited, staff'

export interface ThreadRow extends PublicRow {
  /** the first replies, one more than are shown if there are more */
  replies: (Omit<PublicRow, 'first_shown_at'> & { first_shown_at: string })[]
}

/** Where a page starts: behind this comment. */
export interface Place {
  shownAt: string
  id: string
}

export async function findPublicArticle(db: Sql, site: string, key: string): Promise<ArticleRow | undefined> {
  const { rows } = await db.query<ArticleRow>({
    name: 'public_article',
    text: `select a.id, a.key, a.title, a.language, a.open, a.times, a.notice,
                  (select count(*)::int from public_comment c
                    where c.article_id = any (article_parts(a.id)) and not c.gone) as count
             from public_article a where a.id = article_called($1, $2)`,
    values: [site, key],
  })
  return rows[0]
}

/** A page of an article's threads, newest or oldest first, each with its first replies. */
export async function threads(
  db: Sql,
  articleId: string,
  order: 'newest' | 'oldest',
  after: Place | null,
  limit: number,
  repliesEach: number,
): Promise<ThreadRow[]> {
  const { rows } = await db.query<ThreadRow>({
    name: 'public_threads',
    text: `
      select ${publicColumns},
             coalesce((select jsonb_agg(to_jsonb(reply)) from public_replies(thread.id, null, null, $6) as reply), '[]') as replies
        from public_threads($1, $2, $3, $4, $5) as thread`,
    values: [articleId, order === 'newest', after?.shownAt ?? null, after?.id ?? null, limit, repliesEach],
  })
  return rows
}

/** A page of the replies under a top-level comment, at any depth, oldest first. */
export async function replies(
  db: Sql,
  root: string,
  after: Place | null,
  limit: number,
): Promise<PublicRow[]> {
  const { rows } = await db.query<PublicRow>({
    name: 'public_replies',
    text: `select ${publicColumns} from public_replies($1, $2, $3, $4)`,
    values: [root, after?.shownAt ?? null, after?.id ?? null, limit],
  })
  return rows
}

/** Whether a top-level comment of the article is public, be it only as a place where it was. */
export async function isPublicRoot(db: Sql, articleId: string, id: string): Promise<boolean> {
  const { rowCount } = await db.query(
    'select from public_comment c where c.article_id = any (article_parts($1)) and c.id = $2 and c.root_id is null',
    [articleId, id],
  )
  return rowCount === 1
}

/** How many comments each of these articles shows. Articles that are not there show none. */
export async function counts(db: Sql, site: string, keys: string[]): Promise<Map<string, number>> {
  const { rows } = await db.query<{ key: string; count: number }>({
    name: 'public_counts',
    text: `select asked.key, (select count(*)::int from public_comment c
                               where c.article_id = any (article_parts(article_called($1, asked.key)))
                                 and not c.gone) as count
             from unnest($2::text[]) as asked (key)`,
    values: [site, keys],
  })
  return new Map(rows.map(({ key, count }) => [key, count]))
}
