import type { Sql } from '../database/client.ts'
import type { Limits } from '../sites/site.ts'
import type { ArticleRow, AuthorRow, CommentRow } from './rows.ts'

/** The site that comments come to, and the person who vouches for them. */
export interface Target {
  language: string
  limits: Limits
  personId: string
  pseudonym: string
  /** whether there are published terms, under which every text stands */
  hasTerms: boolean
  /** by the database's clock */
  now: Date
}

/** Looks for the site and for an active admin who signs in, or is known, by this name. */
export async function findTarget(
  sql: Sql,
  site: string,
  by: string,
): Promise<{ site: boolean; target?: Target }> {
  const { rows } = await sql.query<Omit<Target, 'personId'> & { personId: string | null }>(
    `select s.language,
            jsonb_build_object('textGraphemes', s.text_graphemes, 'textBytes', s.text_bytes,
                               'nameGraphemes', s.name_graphemes) as limits,
            p.id as "personId", p.pseudonym, moment() as now,
            exists (select from terms t where t.site = s.key and t.published_at is not null) as "hasTerms"
       from site s
       left join person p on p.active and p.admin and (p.login = lower($2) or p.pseudonym = $2)
      where s.key = $1`,
    [site, by],
  )
  const [row] = rows
  return row?.personId
    ? { site: true, target: { ...row, personId: row.personId } }
    : { site: row !== undefined }
}

/** An import as far as it came. */
export interface Import {
  id: string
  /** how much of what the file holds was laid down */
  records: number
  report: unknown
  isRead: boolean
}

/** The import of this file that is under way, or a new one. Throws where another process is at it. */
export async function takeUp(
  sql: Sql,
  of: { site: string; personId: string; source: string; fileHash: Buffer; options: string },
): Promise<Import & { isNew: boolean }> {
  const values = [of.site, of.personId, of.source, of.fileHash, of.options]
  const { rows: locks } = await sql.query<{ free: boolean }>(
    `select pg_try_advisory_lock(hashtextextended('postbag import ' || $1, 0)) as free`,
    [of.site],
  )
  if (!locks[0]?.free) throw new Error('Another import into this site is under way.')
  const { rows: made } = await sql.query(
    `insert into import (site, person_id, source, file_hash, options) values ($1, $2, $3, $4, $5)
     on conflict do nothing returning id`,
    values,
  )
  const { rows } = await sql.query<Import>(
    `select id, records::float8 as records, report, read_at is not null as "isRead" from import
      where site = $1 and person_id = $2 and source = $3 and file_hash = $4 and options = $5 and finished_at is null`,
    values,
  )
  if (!rows[0]) throw new Error('The import is not there.')
  return { ...rows[0], isNew: made.length > 0 }
}

/** Tables of this connection alone in the place of those of imports, so that a dry run leaves nothing behind. */
export async function layAside(sql: Sql): Promise<void> {
  await sql.query(
    ['import_article', 'import_author', 'import_comment']
      .map(
        (table) =>
          `create temporary table ${table} (like public.${table} including indexes including generated)`,
      )
      .join('; '),
  )
}

/** Lays rows down; how many comments were there already, under the same id. */
export async function layDown(
  sql: Sql,
  importId: string,
  rows: { articles: ArticleRow[]; authors: AuthorRow[]; comments: CommentRow[] },
): Promise<{ doubles: number }> {
  if (rows.articles.length > 0) {
    await sql.query(
      `insert into import_article (import_id, ref, key, title, url, open, made_at)
       select distinct on (ref) $1::uuid, ref, key, title, url, open, "madeAt" from json_to_recordset($2::json)
              as one (ref uuid, key text, title text, url text, open boolean, "madeAt" timestamptz)
       on conflict do nothing`,
      [importId, JSON.stringify(rows.articles)],
    )
  }
  if (rows.authors.length > 0) {
    await sql.query(
      `insert into import_author (import_id, ref, name)
       select distinct on (ref) $1::uuid, ref, name from json_to_recordset($2::json) as one (ref uuid, name text)
       on conflict do nothing`,
      [importId, JSON.stringify(rows.authors)],
    )
  }
  if (rows.comments.length === 0) return { doubles: 0 }
  const { rowCount } = await sql.query(
    `insert into import_comment (import_id, nth, place, comment_id, parent_id, article, author, status, written_at, name,
                                 text, language, graphemes, bytes, removed, edited, staff)
     select $1::uuid, nth, place, "commentId", "parentId", article, author, status, "writtenAt", name,
            text, language, graphemes, bytes, removed, array(select jsonb_array_elements_text(edited)), staff
       from json_to_recordset($2::json) as one (
              nth bigint, place text, "commentId" uuid, "parentId" uuid, article uuid, author uuid, status text,
              "writtenAt" timestamptz, name text, text text, language text, graphemes integer, bytes integer,
              removed jsonb, edited jsonb, staff boolean)
      order by nth
     on conflict do nothing`,
    [importId, JSON.stringify(rows.comments)],
  )
  return { doubles: rows.comments.length - (rowCount ?? 0) }
}

/** Keeps how far the reading came, and what it found. */
export async function keepPlace(sql: Sql, importId: string, records: number, report: unknown): Promise<void> {
  await sql.query('update import set records = $2, report = $3 where id = $1', [
    importId,
    records,
    JSON.stringify(report),
  ])
}

/** Keeps what was found and done so far. */
export async function keepReport(sql: Sql, importId: string, report: unknown): Promise<void> {
  await sql.query('update import set report = $2 where id = $1', [importId, JSON.stringify(report)])
}

/** Comments whose article the file does not have: where they stand; so many at most are taken away at once. */
export async function withoutArticle(sql: Sql, importId: string, most: number): Promise<string[]> {
  const { rows } = await sql.query<{ place: string }>(
    `delete from import_comment c
      where c.import_id = $1
        and c.nth = any (array(select s.nth from import_comment s
                                where s.import_id = $1
                                  and not exists (select from import_article a
                                                   where a.import_id = $1 and a.ref = s.article)
                                order by s.nth limit $2))
     returning c.place`,
    [importId, most],
  )
  return rows.map(({ place }) => place)
}

/** What writing would do: how many comments are here already, articles are new, replies have no comment to answer. */
export interface Foreseen {
  here: number
  articles: number
  newArticles: number
  orphaned: number
  keys: string[]
}

export async function foresee(sql: Sql, importId: string, site: string): Promise<Foreseen> {
  const { rows } = await sql.query<Foreseen>(
    `with used as materialized (
       select distinct a.key from import_article a
        where a.import_id = $1 and exists (select from import_comment c where c.import_id = $1 and c.article = a.ref)
     )
     select (select count(*)::int from import_comment s
              where s.import_id = $1 and exists (select from comment c where c.id = s.comment_id)) as here,
            (select count(*)::int from used) as articles,
            (select count(*)::int from used where article_called($2, used.key) is null) as "newArticles",
            (select count(*)::int from import_comment s
              where s.import_id = $1 and s.parent_id is not null
                and not exists (select from comment c where c.id = s.comment_id)
                and not exists (select from import_comment p
                                 where p.import_id = $1 and p.comment_id = s.parent_id and p.article = s.article
                                   and p.status <> 'pending')
                and not exists (select from comment c where c.id = s.parent_id and c.first_shown_at is not null)) as orphaned,
            array(select key from used order by key limit 10) as keys`,
    [importId, site],
  )
  return rows[0] ?? { here: 0, articles: 0, newArticles: 0, orphaned: 0, keys: [] }
}

/** All was read: from now on it can be written. */
export async function endReading(sql: Sql, importId: string): Promise<void> {
  await sql.query('update import set read_at = moment() where id = $1', [importId])
}

/** Makes the articles that the site lacks; how many. */
export async function makeArticlesOf(sql: Sql, importId: string): Promise<number> {
  const { rows } = await sql.query<{ made: number }>('select make_imported_articles($1) as made', [importId])
  return rows[0]?.made ?? 0
}

/** What became of some rows. */
export interface WrittenRows {
  /** place of the last of them; null where there were none */
  last: number | null
  published: number
  pending: number
  gone: number
  here: number
  useless: number
  orphaned: number
}

/** Writes the rows behind a place, as far as their parents are there. One transaction. */
export async function writeRows(
  sql: Sql,
  importId: string,
  after: number,
  most: number,
  settles: boolean,
): Promise<WrittenRows> {
  const { rows } = await sql.query<WrittenRows>(
    `select last::float8 as last, published, pending, gone, here, useless, orphaned
       from write_imported($1, $2, $3, $4)`,
    [importId, after, most, settles],
  )
  const [written] = rows
  if (!written) throw new Error('nothing was said of what was written')
  return written
}

/** Whether rows are left that were not written. */
export async function isLeft(sql: Sql, importId: string): Promise<boolean> {
  const { rows } = await sql.query<{ left: boolean }>(
    'select exists (select from import_comment where import_id = $1) as left',
    [importId],
  )
  return rows[0]?.left === true
}

/** Ends an import; what was laid down for it goes. */
export async function endImport(sql: Sql, importId: string, report: unknown): Promise<void> {
  await sql.query('delete from import_author where import_id = $1', [importId])
  await sql.query('delete from import_article where import_id = $1', [importId])
  await sql.query('update import set finished_at = moment(), report = $2 where id = $1', [
    importId,
    JSON.stringify(report),
  ])
}
