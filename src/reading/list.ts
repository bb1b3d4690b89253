import { z } from 'zod'
import { PublicComment } from '../comments/comment.ts'
import type { Database } from '../database/client.ts'
import { NextCursor, notOfThisList, openCursor, Page, sealCursor } from '../http/paging.ts'
import { Problem } from '../http/problems.ts'
import { coarse, type Precision } from '../http/times.ts'
import { liesWithin } from '../sites/article.ts'
import { existingSite } from '../sites/existing-site.ts'
import { standardNotice } from '../sites/site.ts'
import type { Shown } from './shown.ts'
import {
  type Place,
  type PublicRow,
  type ShownArticle,
  shownReplies,
  shownThreads,
  type ThreadRow,
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
    article: z.strictObject({
      key: z.string(),
      open: z.boolean(),
      count: z.int().min(0),
      slow: z.int().optional().meta({
        description:
          'While an editor has slowed it down: each sender may send one comment in so many minutes.',
      }),
    }),
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
): Promise<Shown<PublishedList>> {
  const page =
    query.parent === undefined
      ? await threadsPage(db, cursorKey, site, key, query)
      : await repliesPage(db, cursorKey, site, key, query.parent, query)
  if (!page) return nothingYet(db, site, key)
  const { article, comments, next } = page
  const { open, slow, count, parts, changesIn } = article
  return {
    answer: {
      comments,
      next,
      article: { key: article.key, open, count, ...(slow !== null && { slow }) },
      notice: article.notice ?? standardNotice,
    },
    site,
    articles: parts,
    about: [key],
    lacks: false,
    changesIn,
  }
}

interface CommentsPage extends Pick<PublishedList, 'comments' | 'next'> {
  article: Omit<ShownArticle<PublicRow>, 'rows'>
}

async function threadsPage(
  db: Database,
  cursorKey: Buffer,
  site: string,
  key: string,
  { order, cursor, limit }: ListQuery,
): Promise<CommentsPage | undefined> {
  const list = `threads ${order}`
  const [of, ...after] = cursor === undefined ? [] : openCursor(cursorKey, list, cursor)
  const place = of === undefined ? null : placeIn(after)
  const article = await shownThreads(db.reader, site, key, order, place, limit + 1, repliesEach + 1)
  if (!article) return undefined
  if (of !== undefined && of !== article.id) throw notOfThisList()
  const comments = article.rows
    .slice(0, limit)
    .flatMap((thread) => threadOf(thread, article.times, cursorKey))
  const last = article.rows.length > limit ? article.rows[limit - 1] : undefined
  return {
    article,
    comments,
    next: last ? sealCursor(cursorKey, list, [article.id, ...placeOf(last)]) : null,
  }
}

function threadOf(thread: ThreadRow, times: Precision, cursorKey: Buffer): PublicComment[] {
  const under = thread.replies.slice(0, repliesEach)
  const more = thread.replies.length > repliesEach ? under[under.length - 1] : undefined
  const moreReplies = more && sealCursor(cursorKey, repliesOf(thread.id), placeOf(more))
  return [
    { ...publicComment(thread, times), ...(moreReplies !== undefined && { moreReplies }) },
    ...under.map((reply) => publicComment(reply, times)),
  ]
}

async function repliesPage(
  db: Database,
  cursorKey: Buffer,
  site: string,
  key: string,
  root: string,
  { cursor, limit }: ListQuery,
): Promise<CommentsPage | undefined> {
  const list = repliesOf(root)
  const after = cursor === undefined ? null : placeIn(openCursor(cursorKey, list, cursor))
  const article = await shownReplies(db.reader, site, key, root, after, limit + 1)
  if (!article) return undefined
  const { rows, times } = article
  if (!rows) throw new Problem('comment_not_found')
  const last = rows.length > limit ? rows[limit - 1] : undefined
  return {
    article,
    comments: rows.slice(0, limit).map((row) => publicComment(row, times)),
    next: last ? sealCursor(cursorKey, list, placeOf(last)) : null,
  }
}

function repliesOf(root: string): string {
  return `replies ${root}`
}

function placeOf({ first_shown_at, id }: PublicRow): string[] {
  return [first_shown_at, id]
}

function placeIn([shownAt = '', id = '']: string[]): Place {
  return { shownAt, id }
}

/** A comment as everybody sees it, by its row. */
export function publicComment(row: PublicRow, times: Precision): PublicComment {
  return {
    id: row.id,
    name: row.name,
    text: row.text,
    language: row.language,
    publishedAt: coarse(new Date(row.first_shown_at), times),
    ...(row.parent_id !== null && { parent: row.parent_id }),
    ...(row.edited !== null && { edited: { rules: row.edited } }),
    ...(row.staff && { staff: true as const }),
    ...(row.gone && { gone: true as const }),
  }
}

/** An article that a first submission would make shows an empty list. */
async function nothingYet(db: Database, site: string, key: string): Promise<Shown<PublishedList>> {
  const found = await existingSite(db, site)
  if (!found.automaticArticles || !liesWithin(key, found.origins)) throw new Problem('article_not_found')
  return {
    answer: {
      comments: [],
      next: null,
      article: { key, open: true, count: 0 },
      notice: found.notice ?? standardNotice,
    },
    site,
    articles: [],
    about: [key],
    lacks: true,
    changesIn: null,
  }
}
