import { z } from 'zod'

/** How many decisions came after a wait of about so long: see the function `wait_bucket` of the database. */
export interface Wait {
  bucket: number
  decisions: number
}

/** How long comments waited from being sent to the decision. */
export const WaitingTime = z
  .strictObject({
    decisions: z.int(),
    median: z.int().nullable().meta({ description: 'Seconds, within 3 %; null without a decision.' }),
    p95: z.int().nullable().meta({ description: 'Seconds, within 3 %: 19 of 20 waited no longer.' }),
  })
  .meta({ id: 'WaitingTime' })
export type WaitingTime = z.infer<typeof WaitingTime>

export function waitingTime(waits: readonly Wait[]): WaitingTime {
  return {
    decisions: waits.reduce((sum, { decisions }) => sum + decisions, 0),
    median: percentile(waits, 0.5),
    p95: percentile(waits, 0.95),
  }
}

/**
 * What PostgreSQL's percentile_cont gives of the waits, in whole seconds and as exact as the buckets; null of none. Of
 * several in a bucket, one is taken to follow the other at equal distances.
 */
export function percentile(waits: readonly Wait[], share: number): number | null {
  const sorted = together(waits)
  const count = sorted.reduce((sum, { decisions }) => sum + decisions, 0)
  if (count === 0) return null
  const rank = share * (count - 1)
  const [below, above] = [valueAt(sorted, Math.floor(rank)), valueAt(sorted, Math.ceil(rank))]
  return Math.round(below + (above - below) * (rank - Math.floor(rank)))
}

/** The seconds at which a bucket begins, and how many it spans. */
export function spanOf(bucket: number): { from: number; seconds: number } {
  if (bucket < 64) return { from: bucket, seconds: 1 }
  const power = Math.floor((bucket - 64) / 32) + 1
  return { from: (32 + ((bucket - 64) % 32)) * 2 ** power, seconds: 2 ** power }
}

function together(waits: readonly Wait[]): Wait[] {
  const counts = new Map<number, number>()
  for (const { bucket, decisions } of waits) counts.set(bucket, (counts.get(bucket) ?? 0) + decisions)
  return [...counts]
    .map(([bucket, decisions]) => ({ bucket, decisions }))
    .filter(({ decisions }) => decisions > 0)
    .toSorted((one, other) => one.bucket - other.bucket)
}

/** The wait at a place in the order of all, counted from 0. */
function valueAt(sorted: readonly Wait[], place: number): number {
  let before = 0
  for (const { bucket, decisions } of sorted) {
    if (place < before + decisions) {
      const { from, seconds } = spanOf(bucket)
      return seconds === 1 ? from : from + (seconds * (place - before + 0.5)) / decisions
    }
    before += decisions
  }
  return 0
}
