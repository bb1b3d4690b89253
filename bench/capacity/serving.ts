import { hitRatio } from './expected.ts'
import type { Counted } from './tally.ts'

/** Seconds of processors that one of each costs. */
export interface ReadingCosts {
  page: number
  known: number
  built: { service: number; postgres: number }
}

/** What a page may come to hold of a process's memory: `weightOf` in src/reading/page.ts, of 22 kB. */
export const bytesKept = 2 * 22_000 + 2_000

/** No more of a processor than this is planned with: what is left is for bursts, and for when one is missing. */
export const planned = 0.5

export interface Serving {
  /** of what caches in front ask, which share is answered from memory */
  hits: number
  /** pages a second that have to be read from PostgreSQL */
  built: number
  /** processes, a processor for each */
  processes: number
  /** processors of PostgreSQL, primary and replicas together */
  postgres: number
}

/** Which processes are asked for a page: any of them, or the one to which its address leads. */
export type Spreading = 'any process' | 'by address'

/** How many processes it takes to answer what reaches the origin, each with so much memory for pages. */
export function serving(
  counted: Counted,
  changesPerSecond: number,
  costs: ReadingCosts,
  megabytes: number,
  spreading: Spreading,
): Serving {
  const perSecond = {
    new: counted.origin.new / counted.seconds,
    known: counted.origin.known / counted.seconds,
  }
  const all = perSecond.new + perSecond.known
  const room = Math.floor((megabytes * 2 ** 20) / bytesKept)
  for (let processes = 1; ; processes += 1) {
    // Each keeps all that it is asked for, or what is asked of it alone: then their memories add up.
    const hits =
      spreading === 'by address'
        ? hitRatio(counted.perArticle, room * processes)
        : hitRatio(
            counted.perArticle.map(({ perSecond: each, weight }) => ({
              perSecond: each / processes,
              weight,
            })),
            room,
          )
    const readers = spreading === 'by address' ? 1 : processes
    const built = Math.min(all, all * (1 - hits) + readers * changesPerSecond)
    const busy = perSecond.new * costs.page + perSecond.known * costs.known + built * costs.built.service
    if (busy <= processes * planned)
      return { hits, built, processes, postgres: Math.ceil((built * costs.built.postgres) / planned) }
  }
}
