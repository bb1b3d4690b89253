import { type Caller, can, keyAllows, languagesOf } from '../../access/roles.ts'
import type { Database } from '../../database/client.ts'
import { primaryLanguage, reads } from '../../http/language.ts'
import { Problem } from '../../http/problems.ts'
import { siteKeys } from '../../sites/store.ts'
import type { Lane } from './lane.ts'

/** What of the queue the caller may read, narrowed to the site and the languages that were asked for. */
export async function lanes(
  db: Database,
  caller: Caller,
  wanted: { site?: string | undefined; languages?: string[] | undefined },
): Promise<Lane[]> {
  if (!keyAllows(caller, 'read_queue')) throw new Problem('forbidden', 'This key is for other things.')
  if (wanted.site !== undefined && !can(caller, 'read_queue', wanted.site)) throw new Problem('forbidden')
  return (await sitesOf(db, caller, wanted.site))
    .map((site) => ({ site, languages: narrowed(languagesOf(caller, site), wanted.languages) }))
    .filter(({ languages }) => languages?.length !== 0)
}

/** The sites whose queue the caller may read; only those who may read every one need the list of all. */
async function sitesOf(db: Database, caller: Caller, wanted: string | undefined): Promise<string[]> {
  if (wanted !== undefined) return [wanted]
  if (caller.person && !caller.person.admin) return caller.person.memberships.map(({ site }) => site)
  return siteKeys(db.desk)
}

/** The languages to show: what both were asked for and are read, where `zh` stands for `zh-Hant` too; null for all. */
function narrowed(mine: string[] | undefined, wanted: string[] | undefined): string[] | null {
  if (wanted === undefined) return mine ?? null
  return wanted.flatMap((one) => {
    if (mine === undefined || reads(mine, one)) return [one]
    return mine.filter((language) => primaryLanguage(language) === one)
  })
}
