import { z } from 'zod'
import { type Caller, can, keyAllows, languagesOf } from '../access/roles.ts'
import { Status } from '../comments/status.ts'
import type { Database } from '../database/client.ts'
import { Language, primaryLanguage, reads } from '../http/language.ts'
import { NextCursor, openCursor, Page, sealCursor } from '../http/paging.ts'
import { Problem } from '../http/problems.ts'
import { SignalCode } from '../screening/signal.ts'
import { SiteKey } from '../sites/site.ts'
import { listSites } from '../sites/store.ts'
import { ModeratedComment } from './decision.ts'
import { moderated } from './moderated.ts'
import { queue } from './store.ts'

export const QueueQuery = Page.extend({
  site: SiteKey.optional(),
  language: Language.optional(),
  signal: SignalCode.optional(),
  status: Status.optional().meta({
    description: 'By default what waits for a decision: pending and second_review.',
  }),
  q: z
    .string()
    .normalize('NFC')
    .min(1)
    .max(200)
    .refine((words) => words.isWellFormed() && !/\p{Cc}/u.test(words), {
      message: 'It has no control characters',
    })
    .optional()
    .meta({ description: 'Words to find in text and name, as they are.' }),
})
export type QueueQuery = z.infer<typeof QueueQuery>

export const Queue = z
  .strictObject({ comments: z.array(ModeratedComment), next: NextCursor })
  .meta({ id: 'Queue' })
export type Queue = z.infer<typeof Queue>

/** A page of what waits on the caller's sites in the languages that they read, oldest first. */
export async function readQueue(
  db: Database,
  cursorKey: Buffer,
  caller: Caller,
  query: QueueQuery,
): Promise<Queue> {
  const { site, language, signal, status, q, limit, cursor } = query
  const list = JSON.stringify(['queue', site, language, signal, status, q])
  const [after = '0'] = cursor === undefined ? [] : openCursor(cursorKey, list, cursor)
  const rows = await queue(db.desk, {
    sites: await sitesToRead(db, caller, site, language),
    statuses: status ? [status] : ['pending', 'second_review'],
    signal: signal ?? null,
    words: q ?? null,
    after,
    limit: limit + 1,
  })
  const page = rows.slice(0, limit)
  const last = page[page.length - 1]
  const next = rows.length > limit && last ? sealCursor(cursorKey, list, [last.position]) : null
  return { comments: page.map(moderated), next }
}

/** The sites whose queue the caller may read, narrowed to what was asked for, each with its languages. */
async function sitesToRead(
  db: Database,
  caller: Caller,
  wanted: string | undefined,
  language: string | undefined,
) {
  if (!keyAllows(caller, 'read_queue')) throw new Problem('forbidden', 'This key is for other things.')
  if (wanted !== undefined && !can(caller, 'read_queue', wanted)) throw new Problem('forbidden')
  const known = (await listSites(db.prisma))
    .map((site) => site.key)
    .filter((key) => can(caller, 'read_queue', key))
  return known
    .filter((site) => wanted === undefined || site === wanted)
    .map((site) => ({ site, languages: narrowed(languagesOf(caller, site), language) }))
    .filter(({ languages }) => languages?.length !== 0)
}

/** The languages to show: what both were asked for and are read, where `zh` stands for `zh-Hant` too; null for all. */
function narrowed(mine: string[] | undefined, wanted: string | undefined): string[] | null {
  if (wanted === undefined) return mine ?? null
  if (mine === undefined || reads(mine, wanted)) return [wanted]
  return mine.filter((one) => primaryLanguage(one) === wanted)
}
