import type { Sql } from '../../database/client.ts'

/** Puts a comment before all others, now and whenever it waits; who does it again changes nothing. */
export async function insertDanger(tx: Sql, commentId: string, personId: string): Promise<void> {
  await tx.query('insert into danger (comment_id, person_id) values ($1, $2) on conflict do nothing', [
    commentId,
    personId,
  ])
}

/** What a site asks its moderators to do; null where it wrote nothing of its own. */
export async function dangerPathOf(db: Sql, site: string): Promise<string | null> {
  const { rows } = await db.query<{ path: string | null }>(
    'select danger_path as path from site where key = $1',
    [site],
  )
  return rows[0]?.path ?? null
}
