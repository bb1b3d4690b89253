import type { Sql } from '../../database/client.ts'
import type { Erasure, ErasureAsked } from './erasure.ts'

interface ErasureRow extends Omit<Erasure, 'erasedAt'> {
  erasedAt: Date
}

/** The erasure of a comment's words, if they are erased. */
export async function erasureOf(db: Sql, commentId: string): Promise<ErasureRow | undefined> {
  const { rows } = await db.query<ErasureRow>(
    `select e.comment_id as comment, e.asked_by as "askedBy", p.pseudonym as by, e.reason, e.order_id as order, e.note,
            e.erased_at as "erasedAt"
       from erasure e left join person p on p.id = e.person_id where e.comment_id = $1`,
    [commentId],
  )
  return rows[0]
}

/**
 * Erases a comment that is settled and not shown, for somebody else than its reader; false where that is done already.
 * Fails with PB005 while a hold stands, and with `comment_erased_is_settled` where it is not settled.
 */
export async function eraseFor(
  tx: Sql,
  commentId: string,
  personId: string,
  { reason, order, note }: ErasureAsked,
): Promise<boolean> {
  const { rows } = await tx.query<{ erased: boolean }>(
    'select erase_comment_for($1, $2, $3, $4, $5) as erased',
    [commentId, personId, reason, order ?? null, note],
  )
  return rows[0]?.erased ?? false
}
