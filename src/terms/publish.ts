import { type Database, type Sql, transaction } from '../database/client.ts'
import { Problem } from '../http/problems.ts'
import { defaultTerms } from './default.ts'
import { findTerms, publishTerms } from './store.ts'
import type { Terms, TermsSettings } from './terms.ts'

/** Publishes the next version of a site's terms. From here on it is frozen, and new texts are sent under it. */
export async function publish(db: Database, site: string, settings: TermsSettings): Promise<Terms> {
  const version = await transaction(db.desk, (tx) => publishTerms(tx, site, settings))
  const terms = version === undefined ? undefined : await findTerms(db.desk, site, version)
  if (!terms) throw new Problem('site_not_found')
  return terms
}

/** The terms that a new site begins with, written in the transaction that makes it. */
export async function beginWithDefaultTerms(tx: Sql, site: string): Promise<void> {
  await publishTerms(tx, site, defaultTerms)
}
