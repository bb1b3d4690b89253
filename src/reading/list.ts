import { z } from 'zod'
import { PublicComment } from '../comments/comment.ts'
import type { Database } from '../database/client.ts'
import { NextCursor, openCursor, Page, sealCursor } from '../http/paging.ts'
import { Problem } from '../http/problems.ts'
import { coarse, type Precision } from '../http/times.ts'
import { liesWithin } from '../sites/article.ts'
import { existingSite } from '../sites/existing-site.ts'
import { standardNotice } from '../sites/site.ts'
import {
  type ArticleRow,
  findPublicArticle,
  isPublicRoot,
  type Place,
  type PublicRow,
  replies,
  threads,
} from './store.ts'

export const ListQuery = Page.extend({
  order: z.enum(['newest', 'oldest']).default('newest'),
  parent: z.uuid().optional().meta({
    description: 'Instead of the article’s threads, the replies under this top-level comment, oldest first.',
  }),
})
export type ListQuery = z.infer<typeof ListQuery>

/** What an article shows: whole threads, `limit` of them, each with its first replies behind it. */
export const PublishedList = z
  .strictObject({
    comments: z.array(PublicComment),
    next: NextCursor,
    article: z.strictObject({ key: z.string(), open: z.boolean(), count: z.int().min(0) }),
    notice: z.string(),
  })
  .meta({ id: 'PublishedList' })
export type PublishedList = z.infer<typeof PublishedList>

/** Replies that come with each thread; the rest is a page of its own. */
const repliesEach = 20

/** The published comments of an article, one page of them. */
export async function publishedList(
  db: Database,
  cursorKey: Buffer,
  site: string,
  key: string,
  query: ListQuery,
): Promise<PublishedList> {
  const article = await findPublicArticle(db.reader, site, key)
  if (!article) return nothingYet(db, site, key)
  const page = query.parent
    ? await repliesPage(db, cursorKey, article, query.parent, query)
    : await threadsPage(db, cursorKey, article, query)
  const { open, count } = article
  return { ...page, article: { key: article.key, open, count }, notice: article.notice ?? standardNotice }
}

type CommentsPage = Pick<PublishedList, 'comments' | 'next'>

async function threadsPage(
  db: Database,
  cursorKey: Buffer,
  article: ArticleRow,
  query: ListQuery,
): Promise<CommentsPage> {
  const list = `${article.id} ${query.order}`
  const after = query.cursor === undefined ? null : placeIn(openCursor(cursorKey, list, query.cursor))
  const rows = await threads(db.reader, article.id, query.order, after, query.limit + 1, repliesEach + 1)
  const shown = rows.slice(0, query.limit)
  const comments = shown.flatMap((thread) => {
    const under = thread.replies
      .slice(0, repliesEach)
      .map((reply) => ({ ...reply, first_shown_at: new Date(reply.first_shown_at) }))
    const more = thread.replies.length > repliesEach ? under[under.length - 1] : undefined
    const root = publicComment(thread, article.times)
    const moreReplies = more && sealCursor(cursorKey, repliesOf(article, thread.id), placeOf(more))
    return [
      { ...root, ...(moreReplies && { moreReplies }) },
      ...under.map((reply) => publicComment(reply, article.times)),
    ]
  })
  return { comments, next: nextOf(cursorKey, list, rows, query.limit) }
}

async function repliesPage(
  db: Database,
  cursorKey: Buffer,
  article: ArticleRow,
  root: string,
  { cursor, limit }: ListQuery,
): Promise<CommentsPage> {
  if (!(await isPublicRoot(db.reader, article.id, root))) throw new Problem('comment_not_found')
  const list = repliesOf(article, root)
  const after = cursor === undefined ? null : placeIn(openCursor(cursorKey, list, cursor))
  const rows = await replies(db.reader, root, after, limit + 1)
  return {
    comments: rows.slice(0, limit).map((row) => publicComment(row, article.times)),
    next: nextOf(cursorKey, list, rows, limit),
  }
}

function repliesOf(article: ArticleRow, root: string): string {
  return `${article.id} replies ${root}`
}

function nextOf(cursorKey: Buffer, list: string, rows: PublicRow[], limit: number): string | null {
  const last = rows[limit - 1]
  return rows.length > limit && last ? sealCursor(cursorKey, list, placeOf(last)) : null
}

function placeOf({ first_shown_at, id }: PublicRow): string[] {
  return [first_shown_at.toISOString(), id]
}

function placeIn([shownAt = '', id = '']: string[]): Place {
  return { shownAt, id }
}

function publicComment(row: PublicRow, times: Precision): PublicComment {
  return {
    id: row.id,
    name: row.name,
    text: row.text,
    language: row.language,
    publishedAt: coarse(row.first_shown_at, times),
    ...(row.parent_id !== null && { parent: row.parent_id }),
    ...(row.edited !== null && { edited: { rules: row.edited } }),
    ...(row.staff && { staff: true as const }),
    ...(row.gone && { gone: true as const }),
  }
}

/** An article that a first submission would make shows an empty list. */
async function nothingYet(db: Database, site: string, key: string): Promise<PublishedList> {
  const found = await existingSite(db, site)
  if (!found.automaticArticles || !liesWithin(key, found.origins)) throw new Problem('article_not_found')
  return {
    comments: [],
    next: null,
    article: { key, open: true, count: 0 },
    notice: found.notice ?? standardNotice,
  }
}
