import type { Sql } from '../database/client.ts'
import type { Screened, TextToScreen } from '../screening/screened.ts'
import { articleOfComment } from '../sites/moved-article-store.ts'

/** Forgets keys that are older than a day. */
export async function forgetIdempotencyKeys(db: Sql): Promise<void> {
  await db.query(`delete from idempotency_key where created_at < moment() - interval '1 day'`)
}

export interface Unscreened extends TextToScreen {
  commentId: string
  seq: number
}

/** Waiting texts without a screening that have waited for so many seconds, oldest first. */
export async function unscreened(db: Sql, limit: number, seconds: number): Promise<Unscreened[]> {
  const { rows } = await db.query<Unscreened>(
    `select c.id as "commentId", c.revision as seq, c.site, a.key as article, coalesce(a.language, s.language) as language,
            t.name, t.text, r.removed, r.arrival
       from waiting w
       join comment c on c.id = w.comment_id
       ${articleOfComment}
       join site s on s.key = c.site
       join revision r on r.comment_id = c.id and r.seq = c.revision
       join revision_text t on t.comment_id = c.id and t.seq = c.revision
      where w.match_hash is null and c.status = 'pending' and w.since <= moment() - make_interval(secs => $2)
        and not exists (select from screening n where n.comment_id = c.id and n.seq = c.revision)
      order by w.position limit $1`,
    [limit, seconds],
  )
  return rows
}

/** What was noticed about a text that was kept before. */
export type LaterScreened = Pick<Unscreened, 'commentId' | 'seq' | 'site'> & { screened: Screened }

/**
 * Writes what was noticed about texts that still wait, but not where somebody else did. The words of what waits cannot be
 * erased, so that nothing is left of those that were; about which somebody decides at this moment is left out.
 */
export async function insertScreenings(db: Sql, all: readonly LaterScreened[]): Promise<void> {
  await db.query({
    name: 'insert_screenings',
    text: `
      with noticed as materialized (
        select * from json_to_recordset($1::json) as noticed (
          comment_id uuid, seq integer, site text, signals jsonb, match_hash bigint, simhash bigint, to_classify boolean)
      ), standing as materialized (
        select w.comment_id from noticed join waiting w on w.comment_id = noticed.comment_id
           for key share of w skip locked
      ), screened as (
        insert into screening (comment_id, seq, site, signals, match_hash, simhash)
        select comment_id, seq, site, signals, match_hash, simhash
          from noticed join standing using (comment_id)
        on conflict do nothing returning comment_id, seq
      )
      insert into unclassified (comment_id, seq)
      select comment_id, seq from screened join noticed using (comment_id, seq) where to_classify`,
    values: [
      JSON.stringify(
        all.map(({ commentId, seq, site, screened }) => ({
          comment_id: commentId,
          seq,
          site,
          ...noticed(screened),
        })),
      ),
    ],
  })
}

/** What was noticed about a text, as statements take it in JSON, which has no large integers. */
export function noticed({ signals, matchHash, simhash, toClassify = false }: Screened) {
  return { signals, match_hash: String(matchHash), simhash: String(simhash), to_classify: toClassify }
}
