import type { Figure } from './figures.ts'
import { quantile } from './quantiles.ts'

/** Milliseconds for which nothing may hold the event loop. */
const mostHold = 50

/** How long the event loop was held, in milliseconds. */
export interface Hold {
  /** by the clock, with what other programs took */
  wall: number
  /** of those, how many this process had a processor: what counts on a machine that others use */
  busy: number
}

/** What was measured, in milliseconds: the median of the runs, and the longest of them. */
export interface Measured {
  what: string
  median: number
  longest: number
  /** the median by the clock */
  wall: number
}

/** Runs at least once, and five times what is not far from the limit: the first run of anything is a slow one. */
export async function measured(what: string, run: () => Promise<Hold>): Promise<Measured> {
  const holds = [await run()]
  while (holds.length < 5 && Math.max(...holds.map(({ busy }) => busy)) > mostHold / 3)
    holds.push(await run())
  return summary(what, holds)
}

export function summary(what: string, holds: Hold[]): Measured {
  const busy = holds.map((hold) => hold.busy)
  return {
    what,
    median: quantile(busy, 0.5),
    longest: Math.max(...busy),
    wall: quantile(
      holds.map((hold) => hold.wall),
      0.5,
    ),
  }
}

/** How long the longest step of something takes: all of it, unless it gives its steps one by one. */
export async function longestStep(work: () => unknown): Promise<Hold> {
  let before = now()
  const result = await work()
  let longest = since(before)
  while (isIterator(result)) {
    before = now()
    const { done } = result.next()
    const step = since(before)
    if (step.busy > longest.busy) longest = step
    if (done) break
  }
  return longest
}

/** What has passed since then. */
export function since(before: Hold): Hold {
  const after = now()
  const wall = after.wall - before.wall
  return { wall, busy: Math.min(wall, after.busy - before.busy) }
}

function isIterator(value: unknown): value is Iterator<unknown> {
  return typeof value === 'object' && value !== null && 'next' in value && typeof value.next === 'function'
}

/** The clock, and the time that this process had a processor; both in milliseconds from any moment on. */
export function now(): Hold {
  const { user, system } = process.cpuUsage()
  return { wall: performance.now(), busy: (user + system) / 1_000 }
}

/** Prints the worst, worst first; gives the very worst, where anything was measured. */
export function report(title: string, rows: Measured[]): Figure[] {
  const sorted = rows.toSorted((one, other) => other.median - one.median)
  const over = sorted.filter((row) => row.median > mostHold).length
  const [worst] = sorted
  if (!worst) return []
  print(`\n${title}: ${rows.length} measured, ${over} over ${mostHold} ms. The worst:\n`)
  print('| median | longest | by the clock | what |\n|---:|---:|---:|---|')
  for (const row of sorted.slice(0, Math.max(rowsShown, over))) {
    print(`| ${inWords(row.median)} | ${inWords(row.longest)} | ${inWords(row.wall)} | ${row.what} |`)
  }
  return [
    {
      what: title,
      figure: worst.median,
      unit: 'ms',
      aim: { atMost: mostHold },
      details: { measured: rows.length, over, worst: worst.what },
    },
  ]
}

const rowsShown = 30

function inWords(milliseconds: number): string {
  return `${milliseconds.toFixed(1)} ms`
}

export function print(line: string): void {
  process.stdout.write(`${line}\n`)
}
