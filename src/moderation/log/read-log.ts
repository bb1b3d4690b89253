import type { Database } from '../../database/client.ts'
import { openCursor, sealCursor } from '../../http/paging.ts'
import { coarse } from '../../http/times.ts'
import type { SealedMove, SiteLog } from './log.ts'
import { type SealedRow, sealedMoves } from './store.ts'

/** A page of a site's log, oldest first. */
export async function readLog(
  db: Database,
  cursorKey: Buffer,
  { site, limit, cursor }: { site: string; limit: number; cursor?: string | undefined },
): Promise<SiteLog> {
  const list = JSON.stringify(['log', site])
  const [after = '0'] = cursor === undefined ? [] : openCursor(cursorKey, list, cursor)
  const rows = await sealedMoves(db.desk, site, Number(after), limit + 1)
  const page = rows.slice(0, limit)
  const last = page[page.length - 1]
  const next = rows.length > limit && last ? sealCursor(cursorKey, list, [String(last.position)]) : null
  return { moves: page.map(shown), next }
}

/** When a reader acted is as coarse as the site says. */
function shown({ times, at, source, ...row }: SealedRow): SealedMove {
  return {
    ...row,
    ...(source !== null && { source }),
    at: row.by === null ? coarse(at, times) : at.toISOString(),
  }
}
