import { type Database, transaction } from '../database/client.ts'
import { Problem } from '../http/problems.ts'
import type { Phrase } from './phrases.ts'
import { writePhrases } from './store.ts'

/** Replaces a site's phrases: all of them, or none. Texts that are sent from now on are compared with them. */
export async function putPhrases(db: Database, site: string, phrases: readonly Phrase[]): Promise<void> {
  const written = await transaction(db.desk, (tx) => writePhrases(tx, site, phrases))
  if (!written) throw new Problem('site_not_found')
}
