import { z } from 'zod'
import type { HandledRow, SkippedRow } from './handling-store.ts'
import { WaitingTime, waitingTime } from './waits.ts'

/** How moderators dealt with what a claim gave them. */
export const Handling = WaitingTime.extend({
  skips: z.int().meta({ description: 'Comments that were passed on by whoever held them.' }),
  skipRate: z.number().min(0).max(1).nullable().meta({
    description: 'Of skips and decisions together, the skips; null without either.',
  }),
}).meta({
  id: 'Handling',
  description:
    'From the claim to the decision, however often the claim was renewed. Of decisions about one comment that the person held; those over many at once are left out. What was undone later counts as well.',
})
export type Handling = z.infer<typeof Handling>

/** What somebody did with what they held, or all of them. */
export interface Handled {
  decided: readonly HandledRow[]
  skipped: readonly SkippedRow[]
}

export function handlingOf({ decided, skipped }: Handled): Handling {
  const times = waitingTime(decided)
  const skips = skipped.reduce((sum, row) => sum + row.skips, 0)
  const all = skips + times.decisions
  return { ...times, skips, skipRate: all === 0 ? null : skips / all }
}

/** What of it concerns one language, or one person. */
export function only({ decided, skipped }: Handled, by: 'language' | 'pseudonym', key: string): Handled {
  return {
    decided: decided.filter((row) => row[by] === key),
    skipped: skipped.filter((row) => row[by] === key),
  }
}
