import { setTimeout as delay } from 'node:timers/promises'
import type { Driven } from './driving.ts'
import { type Figure, ratioOf } from './figures.ts'
import { quantile } from './quantiles.ts'

/** What came of one turn. */
export type Turn = Pick<Driven, 'done' | 'seconds' | 'p50' | 'p99'>

/** The service, what it is compared with, and as how much of that it ought to do at least. */
export interface Comparison {
  what: string
  atLeast?: number
  ours: () => Promise<Turn>
  theirs: () => Promise<Turn>
}

/** So many turns of each, one after the other, so that what else the machine does meets both. */
export async function compared(rounds: number, { what, atLeast, ours, theirs }: Comparison): Promise<Figure> {
  const [mine, yours]: [Turn[], Turn[]] = [[], []]
  for (let round = 0; round < rounds; round += 1) {
    mine.push(await ours())
    yours.push(await theirs())
  }
  return {
    what,
    ...ratioOf(mine.map(rateOf), yours.map(rateOf)),
    ...(atLeast !== undefined && { aim: { atLeast } }),
    details: {
      'a second': middle(mine, rateOf).toFixed(0),
      'p50, p99 ms': times(mine),
      "yardstick's a second": middle(yours, rateOf).toFixed(0),
      "yardstick's p50, p99 ms": times(yours),
    },
  }
}

function rateOf({ done, seconds }: Turn): number {
  return done / seconds
}

function times(turns: Turn[]): string {
  return `${middle(turns, ({ p50 }) => p50).toFixed(1)}, ${middle(turns, ({ p99 }) => p99).toFixed(1)}`
}

function middle(turns: Turn[], of: (turn: Turn) => number): number {
  return quantile(turns.map(of), 0.5)
}

/** Refuses a turn in which anything was answered otherwise. */
export function onlyAnswered<T extends Driven>(status: number, driven: T): T {
  if (Object.keys(driven.statuses).join() !== String(status) || driven.done === 0)
    throw new Error(`Not only answered with ${status}: ${JSON.stringify(driven.statuses)}`)
  return driven
}

/** Does something ten times a second while something else lasts. */
export async function meanwhile<T>(lasting: () => Promise<T>, again: () => Promise<void>): Promise<T> {
  const over = new AbortController()
  const repeated = (async () => {
    while (!over.signal.aborted) {
      const until = performance.now() + 100
      await again()
      await delay(Math.max(0, until - performance.now()))
    }
  })()
  const result = await lasting().finally(() => over.abort())
  await repeated
  return result
}
