import { type Database, type Sql, transaction } from '../database/client.ts'
import { existingSite } from './existing-site.ts'
import type { Site, SiteSettings } from './site.ts'
import { writeSite } from './store.ts'

/** Gives a new site its first terms, in the transaction that makes it: no site is ever without. */
export type Begin = (tx: Sql, site: string) => Promise<void>

/** Makes a site, or changes its settings. */
export async function putSite(
  db: Database,
  begin: Begin,
  key: string,
  settings: SiteSettings,
): Promise<{ site: Site; isNew: boolean }> {
  const isNew = await transaction(db.desk, async (tx) => {
    const made = await writeSite(tx, key, settings)
    if (made) await begin(tx, key)
    return made
  })
  return { site: await existingSite(db, key), isNew }
}
