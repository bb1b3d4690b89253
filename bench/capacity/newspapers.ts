import { chanceOf } from '../../test/support/newsroom/chance.ts'
import type { Lifetimes } from './copies.ts'
import { type Rate, timesOf, zipf } from './crowd.ts'
import { deliver, type Network, type Purging } from './delivering.ts'
import type { Change } from './page.ts'
import { type Counted, tally } from './tally.ts'

/** What is taken for granted of readers, articles and the network; nobody has measured it. */
export const assumed = {
  articles: 100_000,
  /** the nth article is read as often as 1 / n to the power of this */
  zipf: 1,
  pointsOfPresence: 60,
  /** the nth point of presence has as many readers as 1 / n to the power of this */
  pointsZipf: 0.5,
  /** seconds one way */
  toShield: 0.03,
  fromShieldToOrigin: 0.01,
  toOrigin: 0.04,
  /** decisions a second on all articles: a thousand moderators who take twenty seconds each */
  decisions: 50,
  /** of a hundred decisions, so many publish or edit, and so many take down; the others nobody sees */
  publishing: 0.7,
  removing: 0.04,
  /** seconds, as it is by default */
  publishDelay: 30,
  /** seconds until a process of the service is told of a change by another */
  untilTold: 0.01,
  /** seconds from a change to the purge, and until all points of presence have it */
  purge: { after: 0.1, spread: 0.2 },
  /** bytes of a page of fifty comments of 300 characters, as Brotli, and of a 304; with their headers */
  pageBytes: 8_400,
  knownBytes: 500,
} as const

/** A time of day, or a day, at a newspaper or at all newspapers of one service. */
export interface Scenario {
  readers: number
  decisions?: number
  hasShield?: boolean
  purging?: Partial<Purging>
  /** one article more, which nobody reads before, and so many a second all at once */
  breaking?: { readers: number; decisions: number }
  /** seconds for which the origin is away, from the beginning of what is counted; nothing changes meanwhile */
  outage?: number
  /** seconds until a process is told of a change, where that is not as it usually is */
  untilTold?: number
}

/** How exactly it is played. */
export interface Effort {
  seed: number
  /** seconds before anything is counted, and those in which it is */
  before: number
  counted: number
  /** so many of the articles that are read most are played each, and of each power of ten behind so many for all of theirs */
  each: number
  sampled: number
}

/** Seconds of what is counted before the news breaks. */
const untilNews = 10

export const usualEffort: Effort = { seed: 1, before: 45, counted: 60, each: 200, sampled: 150 }

/** Plays a scenario, article by article, and adds up what is counted. */
export function play(scenario: Scenario, lifetimes: Lifetimes, effort: Effort = usualEffort): Counted {
  const { readers, decisions = assumed.decisions, hasShield = true, breaking, outage } = scenario
  const end = effort.before + effort.counted
  const network: Network = {
    ...assumed,
    edges: zipf(assumed.pointsOfPresence, assumed.pointsZipf),
    hasShield,
  }
  const purging: Purging = { of: 'removals', again: 2, ...assumed.purge, ...scenario.purging }
  const counting = tally(effort.before, end)
  const shares = zipf(assumed.articles, assumed.zipf)

  function article(name: string, readersOf: Rate, decided: number, weight: number): void {
    counting.of(weight)
    const chance = chanceOf(effort.seed, name)
    const story = {
      readers: [readersOf],
      changes: changesOf(
        (share) => timesOf(chance, decided * share, outage === undefined ? end : effort.before),
        scenario.untilTold ?? assumed.untilTold,
      ),
      until: end,
      ...(outage !== undefined && { outage: { from: effort.before, until: effort.before + outage } }),
    }
    deliver(story, network, purging, lifetimes, chance, counting)
  }

  for (const { rank, weight } of sample(assumed.articles, effort)) {
    const share = shares[rank] ?? 0
    // Not all at once, or all of them would be asked for at once ever after.
    const from = chanceOf(effort.seed, `beginning ${rank}`).below(10_000) / 1_000
    article(`article ${rank}`, { from, perSecond: readers * share }, decisions * share, weight)
  }
  if (breaking) {
    const from = effort.before + untilNews
    article('breaking', { from, perSecond: breaking.readers }, breaking.decisions, 1)
  }
  return counting.counted()
}

/** Which ranks are played, from 0, and for how many each stands. */
export function sample(
  articles: number,
  { each, sampled }: Pick<Effort, 'each' | 'sampled'>,
): { rank: number; weight: number }[] {
  const ranks = Array.from({ length: Math.min(each, articles) }, (_, rank) => ({ rank, weight: 1 }))
  for (let from = each; from < articles; from *= 10) {
    const behind = Math.min(articles, from * 10) - from
    const many = Math.min(sampled, behind)
    for (let nth = 0; nth < many; nth += 1)
      ranks.push({ rank: from + Math.floor(((nth + 0.5) * behind) / many), weight: behind / many })
  }
  return ranks
}

/** Publications are known before they are due; removals are not, and each process is told of them. */
function changesOf(timesOfShare: (share: number) => number[], untilTold: number): Change[] {
  const published = timesOfShare(assumed.publishing).map((at) => ({
    at,
    atOrigin: at,
    knownAt: at - assumed.publishDelay,
    isRemoval: false,
  }))
  const removed = timesOfShare(assumed.removing).map((at) => {
    const atOrigin = at + untilTold
    return { at, atOrigin, knownAt: atOrigin, isRemoval: true }
  })
  return [...published, ...removed].toSorted((one, other) => one.atOrigin - other.atOrigin)
}
