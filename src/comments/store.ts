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
