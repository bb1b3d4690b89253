import { z } from 'zod'
import type { Caller } from '../../access/roles.ts'
import { SearchedWords } from '../../comments/searched-words.ts'
import { Status } from '../../comments/status.ts'
import type { Database } from '../../database/client.ts'
import { Language } from '../../http/language.ts'
import { NextCursor, openCursor, Page, sealCursor } from '../../http/paging.ts'
import { searchTerms } from '../../screening/search-key.ts'
import { SignalCode } from '../../screening/signal.ts'
import { SiteKey } from '../../sites/site.ts'
import { ModeratedComment } from '../decision.ts'
import { moderated } from '../moderated.ts'
import { lanes } from './lanes.ts'
import { queue } from './store.ts'

export const QueueQuery = Page.extend({
  site: SiteKey.optional(),
  language: Language.optional(),
  signal: SignalCode.optional(),
  status: Status.optional().meta({
    description: 'By default what waits for a decision: pending and second_review.',
  }),
  q: SearchedWords.optional(),
})
export type QueueQuery = z.infer<typeof QueueQuery>

export const Queue = z
  .strictObject({ comments: z.array(ModeratedComment), next: NextCursor })
  .meta({ id: 'Queue' })
export type Queue = z.infer<typeof Queue>

/** A page of what waits on the caller's sites in the languages that they read, oldest first within priority. */
export async function readQueue(
  db: Database,
  cursorKey: Buffer,
  caller: Caller,
  query: QueueQuery,
): Promise<Queue> {
  const { site, language, signal, status, q, limit, cursor } = query
  const list = JSON.stringify(['queue', site, language, signal, status, q])
  const [priority, position] = cursor === undefined ? [] : openCursor(cursorKey, list, cursor)
  const rows = await queue(db.desk, {
    lanes: await lanes(db, caller, { site, languages: language === undefined ? undefined : [language] }),
    statuses: status ? [status] : ['pending', 'second_review'],
    signal: signal ?? null,
    words: q === undefined ? null : (searchTerms(q) ?? null),
    after: position === undefined ? null : { priority: Number(priority), position },
    limit: limit + 1,
  })
  const page = rows.slice(0, limit)
  const last = page[page.length - 1]
  const next =
    rows.length > limit && last ? sealCursor(cursorKey, list, [String(last.priority), last.position]) : null
  return { comments: page.map(moderated), next }
}
