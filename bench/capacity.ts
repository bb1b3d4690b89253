import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { keptFor, longest } from '../src/reading/page.ts'
import { type Lifetimes, lifetimesIn } from './capacity/copies.ts'
import { zipf } from './capacity/crowd.ts'
import { curve } from './capacity/curve.ts'
import { measuredCosts } from './capacity/measured.ts'
import { assumed, type Effort as Exactness, play, type Scenario, usualEffort } from './capacity/newspapers.ts'
import { busiestShare, busiestShareByDirectory } from './capacity/primaries.ts'
import { type ReadingCosts, type Spreading, serving } from './capacity/serving.ts'
import { type Counted, lateness } from './capacity/tally.ts'
import { limitsOf, type WritingCosts, writing } from './capacity/writing.ts'
import { type Effort, type Figure, resultsFolder } from './figures.ts'

const million = 1_000_000
/** A million readers a second more, all at once, of one article, about which ten decisions a second are made. */
const breaking = { readers: million, decisions: 10 }

/** Times of day, and what may be otherwise. */
const scenarios = {
  'a night': { readers: 150_000, decisions: 8 },
  'a day, on average': { readers: 450_000, decisions: 23 },
  'the peak': { readers: million },
  'the peak, without a shield': { readers: million, hasShield: false },
  'the peak, nothing is purged': { readers: million, purging: { of: 'nothing' } },
  'the peak, everything is purged': { readers: million, purging: { of: 'everything' } },
  'the peak, told two seconds late, purged once': { readers: million, untilTold: 2, purging: { again: 0 } },
  'the peak, told two seconds late, purged twice': { readers: million, untilTold: 2 },
  'the peak, and breaking news': { readers: million, breaking },
  'the same without a shield': { readers: million, hasShield: false, breaking },
  'the peak, the origin is away for 45 seconds': { readers: million, outage: 45 },
} satisfies Record<string, Scenario>

/** Hardly anything is played: only to see whether it works. */
const quick: Exactness = { seed: 1, before: 15, counted: 5, each: 5, sampled: 3 }

/**
 * What a million readers a second and ten thousand comments a second take, by what one of each was measured to cost. Nothing
 * is measured here: readers and caches are played, people and disks are reckoned.
 */
export async function benchCapacity({ isSmoke }: Effort): Promise<Figure[]> {
  const lifetimes = sentLifetimes()
  const costs = measuredCosts()
  const exactness = isSmoke ? quick : usualEffort
  const played = new Map(
    Object.entries(scenarios).map(([name, scenario]) => [name, play(scenario, lifetimes, exactness)]),
  )
  const news = played.get('the peak, and breaking news')
  if (news && !isSmoke) await writeFile(join(resultsFolder, 'capacity.svg'), curve(news))
  return reckoned(played, costs)
}

/** One of the scenarios, as `npm run bench -- capacity` plays it. */
export function playedAs(name: keyof typeof scenarios, exactness = usualEffort): Counted {
  return play(scenarios[name], sentLifetimes(), exactness)
}

/** All that is told of what was played, and of what one of each costs. */
export function reckoned(played: ReadonlyMap<string, Counted>, costs: ReadingCosts & WritingCosts): Figure[] {
  return [
    ...[...played].map(([name, counted]) => reachesTheOrigin(name, counted)),
    ...[...played].map(([name, counted]) => showsLate(name, counted)),
    ...[...played].flatMap(([name, counted]) => (name === 'the peak' ? asksProcesses(counted, costs) : [])),
    ...[1, 10, 100, 1_000, 10_000].map((perSecond) => takesWriting(perSecond, costs)),
    ...breaksFirst(costs),
    ...[2, 4, 8, 16].map(spreadsSites),
  ]
}

/** What our answers really say. */
export function sentLifetimes(): Lifetimes {
  return lifetimesIn(keptFor(longest)['cdn-cache-control'] ?? '')
}

/** How much of what readers ask reaches us. */
function reachesTheOrigin(what: string, counted: Counted): Figure {
  const { seconds, fresh, stale, waited, failed, origin } = counted
  const readers = fresh + stale + waited + failed
  const percent = (many: number) => `${((100 * many) / readers).toFixed(1)} %`
  const megabytes = (origin.new * assumed.pageBytes + origin.known * assumed.knownBytes) / seconds / 1e6
  return {
    what,
    called: 'reaches the origin',
    figure: Math.round((origin.new + origin.known) / seconds),
    unit: 'a second',
    details: {
      'readers a second': grouped(readers / seconds),
      fresh: percent(fresh),
      stale: percent(stale),
      'waits for us': percent(waited),
      'gets nothing': percent(failed),
      'asked by points of presence': grouped(counted.asked / seconds),
      'of ours, 304': `${((100 * origin.known) / Math.max(1, origin.new + origin.known)).toFixed(0)} %`,
      'MB/s from us': megabytes.toFixed(1),
    },
  }
}

/** For how long something shows that has changed. */
function showsLate(what: string, counted: Counted): Figure {
  const readers = counted.fresh + counted.stale + counted.waited + counted.failed
  const shown = (histogram: readonly number[]) =>
    `${((100 * histogram.reduce((sum, many) => sum + (many ?? 0), 0)) / readers).toFixed(2)} %`
  return {
    what,
    called: 'the longest of these',
    figure: lateness(counted.removed, 1),
    unit: 's',
    details: {
      'shown something outdated': shown(counted.outdated),
      'half of these for at most, s': lateness(counted.outdated, 0.5),
      '99 % of these, s': lateness(counted.outdated, 0.99),
      'all of these, s': lateness(counted.outdated, 1),
      'shown what was taken down': shown(counted.removed),
    },
  }
}

/** How many processes answer what reaches us, by how much memory each has for pages. */
function asksProcesses(counted: Counted, costs: ReadingCosts): Figure[] {
  const changes = assumed.decisions * (assumed.publishing + assumed.removing)
  const kinds: [Spreading, number][] = [
    ['any process', 64],
    ['any process', 1_024],
    ['any process', 5_120],
    ['by address', 64],
    ['by address', 1_024],
    ['by address', 5_120],
  ]
  return kinds.map(([spreading, megabytes]) => {
    const { hits, built, processes, postgres } = serving(counted, changes, costs, megabytes, spreading)
    return {
      what: `${spreading}, POSTBAG_CACHE_MB=${megabytes}`,
      called: 'processes',
      figure: processes,
      unit: processes === 1 ? 'process' : 'processes',
      details: {
        'from memory': `${(100 * hits).toFixed(1)} %`,
        'pages from PostgreSQL a second': grouped(built),
        'processors of PostgreSQL': postgres,
      },
    }
  })
}

function takesWriting(perSecond: number, costs: WritingCosts): Figure {
  const taken = writing(perSecond, costs)
  return {
    what: `${grouped(perSecond)} a second, day and night`,
    called: 'decide at any moment',
    figure: taken.deciding,
    unit: 'people',
    details: {
      'to be employed for that': grouped(taken.moderators),
      'processes of the service': grouped(taken.processes),
      'processors of PostgreSQL': grouped(taken.postgres),
      'write-ahead log, MB/s': (taken.log / 1e6).toFixed(1),
      primaries: `${taken.primaries} (${taken.bound})`,
      'GB a day': grouped(taken.bytesPerDay / 1e9),
      'TB that are kept': (taken.bytesKept / 1e12).toFixed(1),
    },
  }
}

/** A large newspaper's house. */
const largeHouse = {
  moderators: 200,
  processes: 8,
  primaryProcessors: 16,
  logBytes: 100e6,
  disk: 4e12,
}

function breaksFirst(costs: WritingCosts): Figure[] {
  return limitsOf(largeHouse, costs).map(({ what, perSecond }, at) => ({
    what: `${at + 1}. ${what}`,
    called: 'comments',
    figure: perSecond,
    unit: 'a second',
    details: { 'comments a day': grouped(Math.round(perSecond * 86_400)) },
  }))
}

/** A thousand sites, of which the nth gets as many comments as 1 / n. */
function spreadsSites(primaries: number): Figure {
  const shares = new Map(zipf(1_000, 1).map((share, at) => [`site-${at + 1}`, share]))
  const busiest = busiestShare(shares, primaries)
  const byDirectory = busiestShareByDirectory(shares, primaries)
  return {
    what: `${primaries} primaries`,
    called: 'the busiest one’s load',
    figure: busiest * primaries,
    unit: 'times the average',
    details: {
      'the same by a directory': (byDirectory * primaries).toFixed(2),
      'one primary’s worth of all': `${(100 / primaries).toFixed(1)} %`,
      'the greatest site’s share': `${(100 * (shares.get('site-1') ?? 0)).toFixed(1)} %`,
    },
  }
}

function grouped(value: number): string {
  return Math.round(value).toLocaleString('en')
}
