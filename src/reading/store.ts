import type { Sql } from '../database/client.ts'
import type { Precision } from '../http/times.ts'
import type { CitedRule } from '../terms/terms.ts'

/** An article as everybody sees it. */
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
  edited: CitedRule[] | null
}

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
                  (select count(*)::int from public_comment c where c.article_id = a.id and not c.gone) as count
             from public_article a where a.site = $1 and a.key = $2`,
    values: [site, key],
  })
  return rows[0]
}

const columns = 'c.id, c.parent_id, c.first_shown_at, c.gone, c.name, c.text, c.edited'

/** A page of an article's threads, newest or oldest first, each with its first replies. */
export async function threads(
  db: Sql,
  articleId: string,
  order: 'newest' | 'oldest',
  after: Place | null,
  limit: number,
  repliesEach: number,
): Promise<ThreadRow[]> {
  const [before, direction] = order === 'newest' ? ['<', 'desc'] : ['>', 'asc']
  const { rows } = await db.query<ThreadRow>({
    name: `threads_${order}_${after ? 'after' : 'first'}`,
    text: `
      select ${columns},
             coalesce((select jsonb_agg(to_jsonb(r) order by r.first_shown_at, r.id)
                         from (select ${columns} from public_comment c
                                where c.article_id = $1 and c.root_id = page.id
                                order by c.first_shown_at, c.id limit $3) as r), '[]') as replies
        from (select ${columns} from public_comment c
               where c.article_id = $1 and c.root_id is null
                 ${after ? `and (c.first_shown_at, c.id) ${before} ($4::timestamptz, $5::uuid)` : ''}
               order by c.first_shown_at ${direction}, c.id ${direction} limit $2) as page
       cross join lateral (select page.*) as c
       order by c.first_shown_at ${direction}, c.id ${direction}`,
    values: [articleId, limit, repliesEach, ...(after ? [after.shownAt, after.id] : [])],
  })
  return rows
}

/** A page of the replies under a top-level comment, at any depth, oldest first. */
export async function replies(
  db: Sql,
  articleId: string,
  root: string,
  after: Place | null,
  limit: number,
): Promise<PublicRow[]> {
  const { rows } = await db.query<PublicRow>({
    name: `replies_${after ? 'after' : 'first'}`,
    text: `select ${columns} from public_comment c
            where c.article_id = $1 and c.root_id = $2
              ${after ? 'and (c.first_shown_at, c.id) > ($4::timestamptz, $5::uuid)' : ''}
            order by c.first_shown_at, c.id limit $3`,
    values: [articleId, root, limit, ...(after ? [after.shownAt, after.id] : [])],
  })
  return rows
}

/** Whether a top-level comment of the article is public, be it only as a place where it was. */
export async function isPublicRoot(db: Sql, articleId: string, id: string): Promise<boolean> {
  const { rowCount } = await db.query(
    'select from public_comment c where c.article_id = $1 and c.id = $2 and c.root_id is null',
    [articleId, id],
  )
  return rowCount === 1
}

/** How many comments each of these articles shows. Articles that are not there show none. */
export async function counts(db: Sql, site: string, keys: string[]): Promise<Map<string, number>> {
  const { rows } = await db.query<{ key: string; count: number }>({
    name: 'public_counts',
    text: `select a.key, (select count(*)::int from public_comment c where c.article_id = a.id and not c.gone) as count
             from public_article a where a.site = $1 and a.key = any ($2)`,
    values: [site, keys],
  })
  return new Map(rows.map(({ key, count }) => [key, count]))
}
