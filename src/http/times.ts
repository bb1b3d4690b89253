import { z } from 'zod'

/** As fine as a site lets times leave. */
export const Precision = z.enum(['minute', 'hour', 'day'])
export type Precision = z.infer<typeof Precision>

/** A moment as ISO 8601 text in UTC. */
export const Instant = z.iso
  .datetime()
  .meta({ id: 'Instant', description: 'ISO 8601, UTC, as coarse as the site says.' })

const ms: Record<Precision, number> = { minute: 60_000, hour: 3_600_000, day: 86_400_000 }

/** A coarse moment for people to read, in UTC, showing no more than is known. */
export function spoken(instant: string, precision: Precision): string {
  return precision === 'day' ? instant.slice(0, 10) : `${instant.slice(0, 10)} ${instant.slice(11, 16)} UTC`
}

/** Rounds a moment down to the site's precision, so that it cannot be matched to what somebody saw on a network. */
export function coarse(moment: Date, precision: Precision): string {
  return new Date(Math.floor(moment.getTime() / ms[precision]) * ms[precision]).toISOString()
}
