import { z } from 'zod'
import { demand } from '../../access/auth.ts'
import { type Caller, can, keyAllows } from '../../access/roles.ts'
import { ReportStatus } from '../../comments/reports/report.ts'
import type { Database } from '../../database/client.ts'
import { openCursor, Page, sealCursor } from '../../http/paging.ts'
import { Problem } from '../../http/problems.ts'
import { SiteKey } from '../../sites/site.ts'
import { siteKeys } from '../../sites/store.ts'
import type { Reports } from './report.ts'
import { shown } from './resolve-report.ts'
import { listReports } from './store.ts'

export const ReportsQuery = Page.extend({ site: SiteKey.optional(), status: ReportStatus.default('open') })
export type ReportsQuery = z.infer<typeof ReportsQuery>

/** A page of the reports on the caller's sites: those that tell of danger first, then the oldest. */
export async function readReports(
  db: Database,
  cursorKey: Buffer,
  caller: Caller,
  { site, status, limit, cursor }: ReportsQuery,
): Promise<Reports> {
  const list = JSON.stringify(['reports', site, status])
  const [danger, position] = cursor === undefined ? [] : openCursor(cursorKey, list, cursor)
  const rows = await listReports(db.desk, {
    sites: await sitesOf(db, caller, site),
    status,
    after: position === undefined ? null : { danger: danger === 'true', position },
    limit: limit + 1,
  })
  const page = rows.slice(0, limit)
  const last = page[page.length - 1]
  const next =
    rows.length > limit && last ? sealCursor(cursorKey, list, [String(last.danger), last.position]) : null
  return { reports: page.map(shown), next }
}

async function sitesOf(db: Database, caller: Caller, wanted: string | undefined): Promise<string[]> {
  if (wanted !== undefined) {
    demand(caller, 'resolve_reports', wanted)
    return [wanted]
  }
  if (!keyAllows(caller, 'resolve_reports')) throw new Problem('forbidden', 'This key is for other things.')
  const sites = (await siteKeys(db.desk)).filter((site) => can(caller, 'resolve_reports', site))
  if (sites.length === 0 && !caller.person?.admin) throw new Problem('forbidden')
  return sites
}
