import type { Database } from '../database/client.ts'
import { Problem } from '../http/problems.ts'
import type { Site } from './site.ts'
import { findSite } from './store.ts'

/** A site that has to be there; throws `site_not_found`. */
export async function existingSite({ prisma }: Pick<Database, 'prisma'>, key: string): Promise<Site> {
  const site = await findSite(prisma, key)
  if (!site) throw new Problem('site_not_found')
  return site
}
