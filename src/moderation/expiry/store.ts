import type { Sql } from '../../database/client.ts'

/** A comment that nobody reviewed in the site's time. */
export interface Overdue {
  id: string
  version: number
  status: 'pending' | 'returned'
  revision: number
}

/**
 * What waits for longer than its site lets it, for a moderator or for its reader; what somebody holds is left to them,
 * and what was returned waits for the answer to an appeal.
 */
export async function overdue(db: Sql, most: number): Promise<Overdue[]> {
  const { rows } = await db.query<Overdue>(
    `select late.* from site s cross join lateral (
       (select c.id, c.seq as version, c.status, c.revision
          from waiting w join comment c on c.id = w.comment_id
         where w.site = s.key and w.status = 'pending'
           and w.since < moment() - s.expire_after * interval '1 day'
           and (w.claimed_until is null or w.claimed_until <= moment())
         order by w.since limit $1)
       union all
       (select c.id, c.seq as version, c.status, c.revision
          from comment c join move m on m.comment_id = c.id and m.seq = c.seq
         where c.site = s.key and c.status = 'returned'
           and m.decided_at < moment() - s.expire_after * interval '1 day'
           and not exists (select from appeal p where p.comment_id = c.id and p.status = 'open')
         limit $1)
     ) as late
      where s.expire_after is not null
      limit $1`,
    [most],
  )
  return rows
}

/** Comments that are settled and not shown, so many days after the last decision as their site keeps words. */
export async function keptTooLong(db: Sql, most: number): Promise<string[]> {
  const { rows } = await db.query<{ id: string }>(
    `select kept.id from site s cross join lateral (
       select c.id
         from comment c join move m on m.comment_id = c.id and m.seq = c.seq
        where c.site = s.key and c.erased_at is null
          and c.status in ('rejected', 'unpublished', 'expired', 'withdrawn')
          and c.submitted_at < moment() - s.retention_days * interval '1 day'
          and m.decided_at < moment() - s.retention_days * interval '1 day'
          and not words_are_needed(c.id) and not is_held(c.id) and not is_ordered(c.id)
        limit $1) as kept
     limit $1`,
    [most],
  )
  return rows.map(({ id }) => id)
}

/** Erases the words of one of them; false where something came first. */
export async function eraseKeptWords(db: Sql, id: string): Promise<boolean> {
  const { rows } = await db.query<{ erased: boolean }>('select erase_kept_words($1) as erased', [id])
  return rows[0]?.erased === true
}
