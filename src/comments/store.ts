import type { Sql } from '../database/client.ts'
import { eventTypes } from '../delivery/event.ts'
import type { Screened, TextToScreen } from '../screening/screened.ts'
import { articleOfComment } from '../sites/moved-article-store.ts'
import type { Limits } from '../sites/site.ts'
import { newSalt } from './move-store.ts'
import type { Wording } from './wording.ts'

/** What decides whether and how a submission is taken: the site, the article if it is there, the parent if it shows. */
export interface SubmissionFacts {
  language: string
  notice: string | null
  origins: string[]
  limits: Limits
  replyDepth: number
  automaticArticles: boolean
  paused: boolean
  termsVersion: number
  article: { id: string; open: boolean } | null
  /** where a reply hangs, it is: in the part of the article that its parent is in */
  parent: { id: string; articleId: string; ancestors: string[] } | null
}

/** Undefined without the site. One query. */
export async function submissionFacts(
  db: Sql,
  site: string,
  articleKey: string,
  parent: string | null,
): Promise<SubmissionFacts | undefined> {
  const { rows } = await db.query<SubmissionFacts>({
    name: 'submission_facts',
    text: `select coalesce(a.language, s.language) as language, s.notice, s.origins,
                  jsonb_build_object('textGraphemes', s.text_graphemes, 'textBytes', s.text_bytes,
                                     'nameGraphemes', s.name_graphemes) as limits,
                  s.reply_depth as "replyDepth", s.automatic_articles as "automaticArticles", s.paused,
                  (select max(t.version) from terms t where t.site = s.key and t.published_at is not null) as "termsVersion",
                  case when a.id is not null then jsonb_build_object('id', a.id, 'open', a.open) end as article,
                  case when p.id is not null then jsonb_build_object('id', p.id, 'articleId', p.article_id,
                                                                  'ancestors', p.ancestors) end as parent
             from site s
             left join public_article a on a.id = article_called($1, $2)
             left join comment p on p.id = $3 and p.article_id = any (article_parts(a.id)) and p.status = 'published'
                                and (p.shows_from <= moment() or p.earlier_revision is not null)
            where s.key = $1`,
    values: [site, articleKey, parent],
  })
  return rows[0]
}

/** Makes the article of a first submission; undefined when the site has had enough of them within the hour. */
export async function makeArticle(
  tx: Sql,
  site: string,
  url: string,
  mostPerHour: number,
): Promise<string | undefined> {
  const { rows } = await tx.query<{ id: string }>(
    `insert into article (site, key, url, automatic)
     select $1, $2, $2, true
      where (select count(*) from article
              where site = $1 and automatic and created_at > moment() - interval '1 hour') < $3
     on conflict (site, key) do update set key = excluded.key
     returning id`,
    [site, url, mostPerHour],
  )
  return rows[0]?.id
}

export interface NewComment {
  id: string
  site: string
  articleId: string
  parent: SubmissionFacts['parent']
  language: string
  receiptHash: Buffer
  termsVersion: number
  wording: Wording
  /** what its words are searched in */
  searchKey: string
  /** null where it is still to be done */
  screened: Screened | null
  /** who wrote it, where that is somebody who moderates */
  staff?: { personId: string; keyId: string | null }
}

/** Writes a submission with all that belongs to it, in one statement: the first move, the comment, its first revision. */
export async function insertSubmission(tx: Sql, comment: NewComment): Promise<void> {
  const { parent, wording } = comment
  const ancestors = parent ? [...parent.ancestors, parent.id] : []
  await tx.query({
    name: 'insert_submission',
    text: insertSubmissionSql,
    values: [
      comment.id,
      comment.site,
      comment.articleId,
      parent?.id ?? null,
      ancestors[0] ?? null,
      ancestors,
      comment.language,
      comment.receiptHash,
      comment.termsVersion,
      wording.graphemes,
      wording.bytes,
      JSON.stringify(wording.removed),
      newSalt(),
      wording.name,
      wording.text,
      comment.screened && JSON.stringify(comment.screened.signals),
      eventTypes.submit,
      comment.screened?.matchHash ?? null,
      comment.screened?.simhash ?? null,
      comment.screened?.toClassify ?? false,
      comment.searchKey,
      comment.staff?.personId ?? null,
      comment.staff?.keyId ?? null,
    ],
  })
}

const insertSubmissionSql = `
  with made as (
    insert into move (comment_id, seq, site, action, from_status, to_status, actor, person_id, key_id, cites, judged_revision, revision, text_hash)
    values ($1, 1, $2, 'submit', 'none', 'pending', case when $22::uuid is null then 'reader' else 'person' end, $22, $23,
            false, 1, 1, words_hash($13, $14, $15))
    returning hash, text_hash, decided_at
  ), commented as (
    insert into comment (id, site, article_id, parent_id, root_id, ancestors, language, receipt_hash, head_hash, submitted_at, staff)
    select $1, $2, $3, $4, $5, $6::uuid[], $7, $8, hash, decided_at, $22::uuid is not null from made
  ), revised as (
    insert into revision (comment_id, seq, site, terms_version, graphemes, bytes, removed, text_hash)
    select $1, 1, $2, $9, $10, $11, $12, text_hash from made
  ), worded as (
    insert into revision_text (comment_id, seq, salt, name, text) values ($1, 1, $13, $14, $15)
  ), searchable as (
    insert into search_key (comment_id, seq, key) values ($1, 1, $21)
  ), screened as (
    insert into screening (comment_id, seq, site, signals, match_hash, simhash)
    select $1, 1, $2, $16::jsonb, $18::bigint, $19::bigint where $16 is not null
  ), to_classify as (
    insert into unclassified (comment_id, seq) select $1, 1 where $20
  )
  insert into event (site, type, comment_id, seq, due_at) select $2, $17, $1, 1, decided_at from made`

export interface EarlierSubmission {
  commentId: string
  fingerprint: Buffer
}

/** Takes hold of an Idempotency-Key until the transaction ends; false while another request holds it. */
export async function holdIdempotencyKey(tx: Sql, hash: Buffer): Promise<boolean> {
  const { rows } = await tx.query<{ held: boolean }>('select pg_try_advisory_xact_lock($1) as held', [
    hash.readBigInt64BE(0).toString(),
  ])
  return rows[0]?.held ?? false
}

/** What was submitted with this key within the last day. */
export async function submittedWith(tx: Sql, hash: Buffer): Promise<EarlierSubmission | undefined> {
  const { rows } = await tx.query<EarlierSubmission>(
    `select comment_id as "commentId", fingerprint from idempotency_key
      where hash = $1 and created_at > moment() - interval '1 day'`,
    [hash],
  )
  return rows[0]
}

/** Keeps the key for a day; an outlived one of the same value makes place. */
export async function keepIdempotencyKey(
  tx: Sql,
  hash: Buffer,
  fingerprint: Buffer,
  commentId: string,
): Promise<void> {
  await tx.query(
    `insert into idempotency_key (hash, fingerprint, comment_id) values ($1, $2, $3)
     on conflict (hash) do update
       set fingerprint = excluded.fingerprint, comment_id = excluded.comment_id, created_at = moment()`,
    [hash, fingerprint, commentId],
  )
}

/** Forgets keys that are older than a day. */
export async function forgetIdempotencyKeys(db: Sql): Promise<void> {
  await db.query(`delete from idempotency_key where created_at < moment() - interval '1 day'`)
}

export interface Unscreened extends TextToScreen {
  commentId: string
  seq: number
}

/** Waiting texts without a screening, oldest first. */
export async function unscreened(db: Sql, limit: number): Promise<Unscreened[]> {
  const { rows } = await db.query<Unscreened>(
    `select c.id as "commentId", c.revision as seq, c.site, a.key as article, coalesce(a.language, s.language) as language,
            t.name, t.text, r.removed
       from comment c
       ${articleOfComment}
       join site s on s.key = c.site
       join revision r on r.comment_id = c.id and r.seq = c.revision
       join revision_text t on t.comment_id = c.id and t.seq = c.revision
      where c.status = 'pending'
        and not exists (select from screening n where n.comment_id = c.id and n.seq = c.revision)
      order by c.position limit $1`,
    [limit],
  )
  return rows
}

/** Writes what was noticed, unless somebody else did. */
export async function insertScreening(
  db: Sql,
  { commentId, seq, site, screened }: Pick<Unscreened, 'commentId' | 'seq' | 'site'> & { screened: Screened },
): Promise<void> {
  await db.query(
    `with screened as (
       insert into screening (comment_id, seq, site, signals, match_hash, simhash) values ($1, $2, $3, $4, $5, $6)
       on conflict do nothing returning comment_id, seq
     )
     insert into unclassified (comment_id, seq) select comment_id, seq from screened where $7`,
    [
      commentId,
      seq,
      site,
      JSON.stringify(screened.signals),
      screened.matchHash,
      screened.simhash,
      screened.toClassify ?? false,
    ],
  )
}
