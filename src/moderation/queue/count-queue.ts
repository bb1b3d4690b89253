import { z } from 'zod'
import type { Caller } from '../../access/roles.ts'
import type { Database } from '../../database/client.ts'
import { SiteKey } from '../../sites/site.ts'
import { countWaiting, mostCounted, whoHolds } from './counts-store.ts'
import { lanes } from './lanes.ts'

/** How much waits for somebody, and who is at work on it. */
export const QueueCounts = z
  .strictObject({
    sites: z.array(
      z.strictObject({
        site: SiteKey,
        pending: z.int(),
        secondReview: z.int(),
      }),
    ),
    here: z
      .array(z.strictObject({ by: z.string().meta({ description: 'A pseudonym.' }), holds: z.int() }))
      .meta({ description: 'Who holds comments of these sites now.' }),
  })
  .meta({ id: 'QueueCounts', description: `Each is counted up to ${mostCounted}.` })
export type QueueCounts = z.infer<typeof QueueCounts>

/** Counts what waits on the caller's sites in the languages that they read. */
export async function countQueue(db: Database, caller: Caller): Promise<QueueCounts> {
  const mine = await lanes(db, caller, {})
  const sites = [...new Set(mine.map(({ site }) => site))]
  const [counts, here] = await Promise.all([countWaiting(db.desk, mine), whoHolds(db.desk, sites)])
  return { sites: counts, here }
}
