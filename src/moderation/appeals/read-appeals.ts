import { z } from 'zod'
import { demand } from '../../access/auth.ts'
import { type Caller, can, languagesOf } from '../../access/roles.ts'
import { AppealStatus } from '../../comments/comment.ts'
import type { Database } from '../../database/client.ts'
import { reads } from '../../http/language.ts'
import { openCursor, Page, sealCursor } from '../../http/paging.ts'
import { Problem } from '../../http/problems.ts'
import { coarse } from '../../http/times.ts'
import { SiteKey } from '../../sites/site.ts'
import { lanes } from '../queue/lanes.ts'
import type { Appeal, AppealList } from './appeal.ts'
import { findReportersAppeal, listReportersAppeals, type ReportersAppealRow } from './reporters-store.ts'
import { type AppealFilter, type AppealRow, findAppeal, listAppeals } from './store.ts'

export const AppealQuery = Page.extend({
  site: SiteKey.optional(),
  status: AppealStatus.default('open'),
})
export type AppealQuery = z.infer<typeof AppealQuery>

/** A page of the appeals of either kind that the caller may decide, oldest first; none against a decision of their own. */
export async function readAppeals(
  db: Database,
  cursorKey: Buffer,
  caller: Caller,
  { site, status, limit, cursor }: AppealQuery,
): Promise<AppealList> {
  const list = JSON.stringify(['appeals', site, status])
  const [after = '0'] = cursor === undefined ? [] : openCursor(cursorKey, list, cursor)
  const mine = (await lanes(db, caller, { site })).filter((lane) => can(caller, 'resolve_appeals', lane.site))
  const { person } = caller
  if (!person || (site !== undefined && mine.length === 0)) throw new Problem('forbidden')
  const rows = await listBoth(db, {
    lanes: mine,
    status,
    reviewerId: person.id,
    after,
    limit: limit + 1,
  })
  const page = rows.slice(0, limit)
  const last = page[page.length - 1]
  const next = rows.length > limit && last ? sealCursor(cursorKey, list, [last.position]) : null
  return { appeals: page.map(appealOf), next }
}

/** Appeals of both kinds have one order, and each page has the first of both. */
async function listBoth(db: Database, filter: AppealFilter): Promise<(AppealRow | ReportersAppealRow)[]> {
  const rows = [...(await listAppeals(db.desk, filter)), ...(await listReportersAppeals(db.desk, filter))]
  return rows
    .toSorted((one, other) => Number(BigInt(one.position) - BigInt(other.position)))
    .slice(0, filter.limit)
}

/** One appeal, if the caller may decide appeals on its site, in a language that they read. */
export async function appealFor(
  db: Database,
  caller: Caller,
  id: string,
): Promise<AppealRow | ReportersAppealRow> {
  const appeal = (await findAppeal(db.desk, id)) ?? (await findReportersAppeal(db.desk, id))
  if (!appeal) throw new Problem('appeal_not_found')
  demand(caller, 'resolve_appeals', appeal.site)
  const languages = languagesOf(caller, appeal.site)
  if (languages && !reads(languages, appeal.language)) {
    throw new Problem(
      'forbidden',
      `This comment is in a language that you do not read here (${appeal.language}).`,
    )
  }
  return appeal
}

/** An appeal as moderators see it; when readers acted is as coarse as the site says. */
export function appealOf(row: AppealRow | ReportersAppealRow): Appeal {
  const { report } = row
  return {
    id: row.id,
    site: row.site,
    comment: row.comment,
    language: row.language,
    status: row.status,
    filedAt: coarse(row.filedAt, row.times),
    text: row.text,
    ...(report && {
      report: { ...report, receivedAt: coarse(new Date(report.receivedAt), row.times) },
    }),
    against: { ...row.against, at: new Date(row.against.at).toISOString() },
    ...(row.outcome && { outcome: row.outcome, explanation: row.explanation }),
    ...(row.by !== null && { by: row.by }),
    ...(row.decidedAt && { decidedAt: row.decidedAt.toISOString() }),
  }
}
