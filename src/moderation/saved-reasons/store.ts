import type { Sql } from '../../database/client.ts'
import type { SavedReason } from './saved-reasons.ts'

/** A site's saved reasons, in their order. */
export async function savedReasonsOf(db: Sql, site: string): Promise<SavedReason[]> {
  const { rows } = await db.query<SavedReason>(
    'select title, rule, language, text from saved_reason where site = $1 order by position',
    [site],
  )
  return rows
}

/** Replaces a site's saved reasons, within a transaction; false without the site. */
export async function writeSavedReasons(
  tx: Sql,
  site: string,
  reasons: readonly SavedReason[],
): Promise<boolean> {
  // Whoever writes at the same time waits for the row of the site.
  const { rowCount } = await tx.query('select from site where key = $1 for no key update', [site])
  if (rowCount !== 1) return false
  await tx.query('delete from saved_reason where site = $1', [site])
  await tx.query(
    `insert into saved_reason (site, position, title, rule, language, text)
     select $1, r.position, r.reason ->> 'title', r.reason ->> 'rule', r.reason ->> 'language', r.reason ->> 'text'
       from jsonb_array_elements($2::jsonb) with ordinality as r (reason, position)`,
    [site, JSON.stringify(reasons)],
  )
  return true
}
