import { type Database, transaction } from '../../database/client.ts'
import { Problem } from '../../http/problems.ts'
import type { SavedReason } from './saved-reasons.ts'
import { writeSavedReasons } from './store.ts'

/** Replaces a site's saved reasons: all of them, or none. */
export async function putSavedReasons(
  db: Database,
  site: string,
  reasons: readonly SavedReason[],
): Promise<void> {
  const written = await transaction(db.desk, (tx) => writeSavedReasons(tx, site, reasons))
  if (!written) throw new Problem('site_not_found')
}
