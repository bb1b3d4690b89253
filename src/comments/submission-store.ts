import { inHex } from '../database/bytes.ts'
import type { Sql } from '../database/client.ts'
import { eventTypes } from '../delivery/event.ts'
import type { Screened } from '../screening/screened.ts'
import type { ArrivalCode } from '../screening/signal.ts'
import type { EarlierSubmission } from './facts-store.ts'
import { newSalt } from './move-store.ts'
import type { UsableProof } from './proof.ts'
import { noticed } from './store.ts'
import type { Wording } from './wording.ts'

export interface NewComment {
  id: string
  site: string
  /** the key of the article to which it was sent, and its id; none where it is still to be made */
  article: string
  sentTo: string | null
  /** the article in which it stands: that, or for a reply the part of it in which its parent stands */
  articleId: string | null
  parentId: string | null
  language: string
  receiptHash: Buffer
  termsVersion: number
  wording: Wording
  /** what its words are searched in; null where it is still to be made */
  searchKey: string | null
  /** null where it is still to be done */
  screened: Screened | null
  /** what was noticed about how it came */
  arrival?: readonly ArrivalCode[]
  /** the proof of work with which it came */
  proof?: UsableProof | undefined
  /** who wrote it, where that is somebody who moderates; closed articles take that as well */
  staff?: { personId: string; keyId: string | null }
  /** the Idempotency-Key with which it came, and what the request was: both as hashes */
  once?: { keyHash: Buffer; fingerprint: Buffer } | undefined
}

/**
 * What became of one: `taken`, or the problem that came up since it was looked at. `repeated`: its key was used within
 * the last day. `proof_spent`: its proof of work was used, and it may come without. `in_use`: somebody holds the row of its article or site, and it was not to wait for them.
 */
export type Written =
  | 'taken'
  | 'too_many_articles'
  | 'article_closed'
  | 'parent_not_published'
  | 'still_running'
  | 'repeated'
  | 'proof_spent'
  | 'in_use'

/**
 * Writes submissions, each with all that belongs to it, in one statement and so in one transaction: the first move, the
 * comment, its first revision and so on; in their order. What became of each. Whatever PostgreSQL refuses of one is
 * refused of all. No two of them may have the same key. One `waits` for whoever holds a row that it needs, or does not.
 */
export async function insertSubmissions(
  db: Sql,
  comments: readonly NewComment[],
  { waits = false } = {},
): Promise<Written[]> {
  const { rows } = await db.query<{ written: Written }>({
    name: 'insert_submissions',
    text: insertSubmissionsSql,
    values: [JSON.stringify(comments.map(rowOf)), eventTypes.submit, waits],
  })
  return rows.map(({ written }) => written)
}

function rowOf(comment: NewComment, nth: number) {
  const { wording, screened, staff, once, arrival = [], proof } = comment
  return {
    nth,
    id: comment.id,
    site: comment.site,
    article_id: comment.articleId,
    sent_to: comment.sentTo ?? comment.articleId,
    parent_id: comment.parentId,
    language: comment.language,
    receipt_hash: inHex(comment.receiptHash),
    terms_version: comment.termsVersion,
    graphemes: wording.graphemes,
    bytes: wording.bytes,
    removed: wording.removed,
    salt: inHex(newSalt()),
    name: wording.name,
    text: wording.text,
    search_key: comment.searchKey,
    arrival,
    ...(proof && { proof_hash: inHex(proof.hash), proof_until: proof.until }),
    ...(screened && noticed(screened)),
    ...(staff && { person_id: staff.personId, key_id: staff.keyId }),
    ...(once && {
      key_hash: inHex(once.keyHash),
      key_lock: String(once.keyHash.readBigInt64BE(0)),
      fingerprint: inHex(once.fingerprint),
    }),
  }
}

// Rows come as JSON because of that PostgreSQL makes one plan for few and for many. What is looked up by its key is
// looked up row by row, however small a table was when that plan was made.
// An Idempotency-Key is held by a lock until the transaction ends. What whoever held it before has committed may be newer
// than what this statement sees, but never newer than what `on conflict` meets.
const insertSubmissionsSql = `
  with sent as materialized (
    select sent.*, words_hash(salt, name, text) as text_hash
      from json_to_recordset($1::json) as sent (
             nth integer, id uuid, site text, article_id uuid, sent_to uuid, parent_id uuid, language text,
             receipt_hash bytea, terms_version integer, graphemes integer, bytes integer, removed jsonb, salt bytea,
             name text, text text, search_key text, arrival text[], proof_hash bytea, proof_until timestamptz, signals jsonb, match_hash bigint, simhash bigint,
             to_classify boolean, person_id uuid, key_id uuid, key_hash bytea, key_lock bigint, fingerprint bytea)
  ), free as materialized (
    select found.id
      from (select distinct article_id from sent) as one
     cross join lateral (
       select a.id from article a join site s on s.key = a.site
        where a.id = one.article_id limit 1 for key share skip locked) as found
  ), judged as materialized (
    select sent.*, case when p.id is null then '{}' else p.ancestors || p.id end as ancestors,
           case when sent.person_id is null and (s.paused or not coalesce(a.open, true)) then 'article_closed'
                when sent.article_id is null then 'too_many_articles'
                when f.id is null and not $3 then 'in_use'
                when sent.parent_id is not null and p.id is null then 'parent_not_published'
                when sent.key_lock is not null and not pg_try_advisory_xact_lock(sent.key_lock) then 'still_running'
                else 'taken' end as written
      from sent
     cross join lateral (select paused from site where key = sent.site limit 1) as s
      left join free f on f.id = sent.article_id
      left join lateral (select open from public_article where id = sent.sent_to limit 1) as a on true
      left join lateral (
        select * from comment p
         where p.id = sent.parent_id and p.status = 'published'
           and (p.shows_from <= moment() or p.earlier_revision is not null) limit 1) as p on true
  ), spent as (
    insert into spent_proof (hash, until)
    select proof_hash, proof_until from judged where written = 'taken' and proof_hash is not null
    on conflict do nothing returning hash
  ), proven as materialized (
    select *, written = 'taken' and proof_hash is not null
              and (proof_hash not in (select hash from spent)
                   or row_number() over (partition by proof_hash order by nth) > 1) as proof_is_spent
      from judged
  ), kept as (
    insert into idempotency_key (hash, fingerprint, comment_id)
    select key_hash, fingerprint, id from proven
     where written = 'taken' and not proof_is_spent and key_hash is not null
    on conflict (hash) do update
      set fingerprint = excluded.fingerprint, comment_id = excluded.comment_id, created_at = moment()
      where idempotency_key.created_at <= moment() - interval '1 day'
    returning comment_id
  ), taken as materialized (
    select * from proven
     where written = 'taken' and not proof_is_spent and (key_hash is null or id in (select comment_id from kept))
  ), made as (
    insert into move (comment_id, seq, site, action, from_status, to_status, actor, person_id, key_id, cites,
                      judged_revision, revision, text_hash)
    select id, 1, site, 'submit', 'none', 'pending', case when person_id is null then 'reader' else 'person' end,
           person_id, key_id, false, 1, 1, text_hash
      from taken order by nth
    returning comment_id, hash, decided_at
  ), commented as (
    insert into comment (id, site, article_id, parent_id, root_id, ancestors, language, receipt_hash, head_hash,
                         submitted_at, staff)
    select id, site, article_id, parent_id, ancestors[1], ancestors, language, receipt_hash, hash, decided_at,
           person_id is not null
      from taken join made on made.comment_id = taken.id order by nth
  ), revised as (
    insert into revision (comment_id, seq, site, terms_version, graphemes, bytes, removed, arrival, text_hash)
    select id, 1, site, terms_version, graphemes, bytes, removed, arrival, text_hash from taken
  ), worded as (
    insert into revision_text (comment_id, seq, salt, name, text) select id, 1, salt, name, text from taken
  ), searchable as (
    insert into search_key (comment_id, seq, key) select id, 1, search_key from taken where search_key is not null
  ), screened as (
    insert into screening (comment_id, seq, site, signals, match_hash, simhash)
    select id, 1, site, signals, match_hash, simhash from taken where signals is not null
  ), to_classify as (
    insert into unclassified (comment_id, seq) select id, 1 from taken where to_classify
  ), announced as (
    insert into event (site, type, comment_id, seq, due_at)
    select site, $2, id, 1, decided_at from taken join made on made.comment_id = taken.id
  )
  select case when proof_is_spent then 'proof_spent'
              when written = 'taken' and id not in (select id from taken) then 'repeated'
              else written end as written
    from proven order by nth`

/** The article that a first submission makes. */
export type NewArticle = Pick<NewComment, 'site' | 'article'>

/**
 * Makes the articles of first submissions, in the order in which these came, and gives a function that tells the id of
 * each; null of those that are more than a site may have within an hour, or whose site is paused. One that is there
 * meanwhile counts for nothing.
 */
export async function makeArticles(
  tx: Sql,
  wanted: readonly NewArticle[],
  mostPerHour: number,
): Promise<(one: NewArticle) => string | null> {
  // Written in the order of their keys, so that two processes that make the same ones never wait in a circle.
  const { rows } = await tx.query<NewArticle & { id: string }>(
    `with wanted as materialized (
       select site, article, min(nth) as nth, article_called(site, article) as id
         from unnest($1::text[], $2::text[]) with ordinality as one (site, article, nth) group by site, article
     ), made as (
       insert into article (site, key, url, automatic)
       select site, article, article, true
         from (select w.*, row_number() over (partition by w.site order by w.nth) as place
                 from wanted w join site s on s.key = w.site where w.id is null and not s.paused) as w
        where place + (select count(*) from article a
                        where a.site = w.site and a.automatic and a.created_at > moment() - interval '1 hour') <= $3
        order by site, article
       on conflict (site, key) do update set key = excluded.key
       returning id, site, key
     )
     select id, site, key as article from made
     union all select id, site, article from wanted where id is not null`,
    [wanted.map(({ site }) => site), wanted.map(({ article }) => article), mostPerHour],
  )
  return ({ site, article }) =>
    rows.find((made) => made.site === site && made.article === article)?.id ?? null
}

/** What was submitted with this key within the last day. */
export async function submittedWith(db: Sql, keyHash: Buffer): Promise<EarlierSubmission | undefined> {
  const { rows } = await db.query<EarlierSubmission>(
    `select comment_id as "commentId", fingerprint from idempotency_key
      where hash = $1 and created_at > moment() - interval '1 day'`,
    [keyHash],
  )
  return rows[0]
}

/** Forgets proofs that could not be used again anyway; an hour later, as no two clocks are the same. */
export async function forgetProofs(db: Sql): Promise<void> {
  await db.query(`delete from spent_proof where until < moment() - interval '1 hour'`)
}

/** Lets those catch up that wait behind the rest for want of a proof: of each site so many that have waited so long. */
export async function letUnprovenCatchUp(db: Sql, seconds: number, most: number): Promise<void> {
  await db.query('select let_unproven_catch_up(make_interval(secs => $1), $2)', [seconds, most])
}
