import type { Sql } from '../../database/client.ts'
import type { Hold } from './hold.ts'

interface HoldRow extends Omit<Hold, 'placedAt' | 'endedAt'> {
  placedAt: Date
  endedAt: Date | null
}

/** The holds on a comment, the standing ones and those that have ended, oldest first. */
export async function holdsOn(db: Sql, commentId: string): Promise<Hold[]> {
  const { rows } = await db.query<HoldRow>(
    `select h.id, h.comment_id as comment, h.reason, h.order_id as order, p.pseudonym as by, h.placed_at as "placedAt",
            h.ended_at as "endedAt", e.pseudonym as "endedBy"
       from hold h join person p on p.id = h.person_id left join person e on e.id = h.ended_by
      where h.comment_id = $1 order by h.placed_at, h.id`,
    [commentId],
  )
  return rows.map((row) => ({
    ...row,
    placedAt: row.placedAt.toISOString(),
    endedAt: row.endedAt?.toISOString() ?? null,
  }))
}

/** Places a hold; its id. Fails with `hold_of_words` once the words are erased, `hold_order_fkey` without the order. */
export async function insertHold(
  db: Sql,
  hold: { commentId: string; reason: string; orderId: string | null; personId: string },
): Promise<string> {
  const { rows } = await db.query<{ id: string }>(
    'insert into hold (comment_id, reason, order_id, person_id) values ($1, $2, $3, $4) returning id',
    [hold.commentId, hold.reason, hold.orderId, hold.personId],
  )
  return rows[0]?.id ?? ''
}

/** Ends a hold; false where it has ended already. */
export async function endHold(tx: Sql, id: string, personId: string): Promise<boolean> {
  const { rowCount } = await tx.query('update hold set ended_by = $2 where id = $1 and ended_by is null', [
    id,
    personId,
  ])
  return rowCount === 1
}

/** Erases what readers asked for while holds stood that have ended since: of one comment, or (null) of at most so many. */
export async function eraseWished(db: Sql, commentId: string | null, most: number): Promise<number> {
  const { rows } = await db.query<{ erased: boolean }>(
    `select erase_comment(free.comment_id, 'reader', null) as erased
       from (select w.comment_id from erasure_wish w
              where ($1::uuid is null or w.comment_id = $1) and not is_held(w.comment_id) limit $2) as free`,
    [commentId, most],
  )
  return rows.filter(({ erased }) => erased).length
}
