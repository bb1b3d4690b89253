import type { Sql } from '../database/client.ts'
import type { Precision } from '../http/times.ts'
import type { CitedRule } from '../terms/terms.ts'

/** An article as everybody sees it, under the key that it has now, with one page of what it shows. */
export interface ShownArticle<Row> {
  id: string
  key: string
  open: boolean
  /** in how many minutes each sender may send one comment, for the moment; null where there is no such limit */
  slow: number | null
  times: Precision
  notice: string | null
  count: number
  /** articles of whose comments it is made: itself, and those that became part of it */
  parts: string[]
  /** milliseconds until it shows something else by itself; null where it never does */
  changesIn: number | null
  rows: Row[]
}

/** What everybody sees of a comment: a row of the only view that readers' connections can see. */
export interface PublicRow {
  id: string
  parent_id: string | null
  /** an instant, as PostgreSQL writes it in JSON */
  first_shown_at: string
  gone: boolean
  name: string | null
  text: string | null
  /** BCP 47; null where the text is gone */
  language: string | null
  edited: CitedRule[] | null
  /** whether somebody who moderates wrote it */
  staff: boolean
}

export interface ThreadRow extends PublicRow {
  /** the first replies, one more than are shown if there are more */
  replies: PublicRow[]
}

/** Where a page starts: behind this comment. */
export interface Place {
  shownAt: string
  id: string
}

/** SQL for an article `a`, whatever of it is listed. */
const articleColumns = `
  a.id, a.key, a.open, a.slow_minutes as slow, a.times, a.notice, part.ids as parts, shown_count(part.ids) as count,
  (extract(epoch from least(shown_until(part.ids), case when a.open then a.closes_at end, a.slow_until) - moment())
   * 1000)::float8 as "changesIn"`

const articleTables = `
  public_article a cross join lateral (select article_parts(a.id) as ids) as part
  where a.id = article_called($1, $2)`

/** An article with a page of its threads, newest or oldest first, each with its first replies. One query. */
export async function shownThreads(
  db: Sql,
  site: string,
  key: string,
  order: 'newest' | 'oldest',
  after: Place | null,
  limit: number,
  repliesEach: number,
): Promise<ShownArticle<ThreadRow> | undefined> {
  const { rows } = await db.query<ShownArticle<ThreadRow>>({
    name: 'shown_threads',
    text: `select ${articleColumns},
                  coalesce((select jsonb_agg(to_jsonb(thread) || jsonb_build_object('replies', coalesce(
                                     (select jsonb_agg(to_jsonb(reply)) from public_replies(thread.id, null, null, $7) as reply),
                                     '[]')))
                              from public_threads(a.id, $3, $4, $5, $6) as thread), '[]') as rows
             from ${articleTables}`,
    values: [site, key, order === 'newest', after?.shownAt ?? null, after?.id ?? null, limit, repliesEach],
  })
  return rows[0]
}

/**
 * An article with a page of the replies under one of its top-level comments, at any depth, oldest first; `rows` is null
 * where there is no such comment, be it only as a place where it was. One query.
 */
export async function shownReplies(
  db: Sql,
  site: string,
  key: string,
  root: string,
  after: Place | null,
  limit: number,
): Promise<ShownArticle<PublicRow> | (Omit<ShownArticle<PublicRow>, 'rows'> & { rows: null }) | undefined> {
  const { rows } = await db.query<ShownArticle<PublicRow>>({
    name: 'shown_replies',
    text: `select ${articleColumns},
                  (select coalesce((select jsonb_agg(to_jsonb(reply)) from public_replies(c.id, $4, $5, $6) as reply), '[]')
                     from public_comment c
                    where c.article_id = any (part.ids) and c.id = $3 and c.root_id is null) as rows
             from ${articleTables}`,
    values: [site, key, root, after?.shownAt ?? null, after?.id ?? null, limit],
  })
  return rows[0]
}

/** How many comments an article shows, and what that hangs on. */
export interface ShownCount {
  key: string
  count: number
  parts: string[]
  changesIn: number | null
}

/** How many comments each of these articles shows; those that are not there are not told of. */
export async function shownCounts(db: Sql, site: string, keys: string[]): Promise<ShownCount[]> {
  const { rows } = await db.query<ShownCount>({
    name: 'shown_counts',
    text: `select asked.key, shown_count(part.ids) as count, part.ids as parts,
                  (extract(epoch from shown_until(part.ids) - moment()) * 1000)::float8 as "changesIn"
             from unnest($2::text[]) as asked (key)
            cross join lateral (select article_called($1, asked.key) as id) as called
            cross join lateral (select article_parts(called.id) as ids) as part
            where called.id is not null`,
    values: [site, keys],
  })
  return rows
}
