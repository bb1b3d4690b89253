import { constant, double, integer, oneof, record } from 'fast-check'
import { type Lifetimes, lifetimesIn, useOf } from '../../bench/capacity/copies.ts'
import { crowd, timesOf, zipf } from '../../bench/capacity/crowd.ts'
import { deliver, type Network, type Purging, type Story } from '../../bench/capacity/delivering.ts'
import { asksPerSecond, mostAsksPerSecond } from '../../bench/capacity/expected.ts'
import { assumed, play, sample } from '../../bench/capacity/newspapers.ts'
import type { Change } from '../../bench/capacity/page.ts'
import { type Counted, lateness, step, tally } from '../../bench/capacity/tally.ts'
import { sentLifetimes } from '../../bench/capacity.ts'
import { chanceOf } from '../support/newsroom/chance.ts'
import { holds } from '../support/properties.ts'

const usual: Lifetimes = { maxAge: 10, staleWhileRevalidate: 10, staleIfError: 60 }
const noPurge: Purging = { of: 'nothing', after: 0, spread: 0 }
const noWay = { toShield: 0.03, fromShieldToOrigin: 0.01, toOrigin: 0.04 }

function played(
  story: Story,
  network: Partial<Network> = {},
  purging = noPurge,
  lifetimes = usual,
  seed = 1,
): Counted {
  const counting = tally(0, story.until)
  counting.of(1)
  const whole: Network = { ...noWay, edges: [1], hasShield: false, ...network }
  deliver(story, whole, purging, lifetimes, chanceOf(seed, 'a test'), counting)
  return counting.counted()
}

const asked = ({ origin }: Counted) => origin.new + origin.known
const served = ({ fresh, stale, waited, failed }: Counted) => fresh + stale + waited + failed
const constantly = (perSecond: number) => [{ from: 0, perSecond }]

describe('what a cache may do with a copy', () => {
  test('is what our answers really say', () => {
    expect(sentLifetimes()).toEqual(usual)
    expect(lifetimesIn('private, no-store')).toEqual({ maxAge: 0, staleWhileRevalidate: 0, staleIfError: 0 })
  })

  test('goes by its age', () => {
    const copy = { version: 0, asOf: 100, freshFor: 10 }
    expect([100, 109.9, 110, 119.9, 120, 169.9, 170].map((now) => useOf(copy, now, usual))).toEqual([
      'fresh',
      'fresh',
      'while asking',
      'while asking',
      'if nobody answers',
      'if nobody answers',
      'none',
    ])
    expect(useOf(undefined, 0, usual)).toBe('none')
  })
})

describe('readers', () => {
  test('come as often as they are expected, whenever their rate changes', () => {
    holds(
      record({
        early: double({ min: 20, max: 200, noNaN: true }),
        late: double({ min: 20, max: 200, noNaN: true }),
        seed: integer(),
      }),
      ({ early, late, seed }) => {
        const readers = crowd(
          [
            { from: 0, perSecond: early },
            { from: 10, perSecond: late },
          ],
          0.5,
        )
        const chance = chanceOf(seed, 'readers')
        let came = 0
        for (let at = readers.firstAfter(0, chance); at < 20; at = readers.firstAfter(at, chance)) came += 1
        const expected = readers.between(0, 20)
        expect(expected).toBeCloseTo(5 * (early + late), 6)
        expect(Math.abs(came - expected)).toBeLessThan(6 * Math.sqrt(expected))
      },
      200,
    )
  })

  test('who come at no rate never come', () => {
    expect(crowd([{ from: 0, perSecond: 0 }], 1).firstAfter(0, chanceOf(1, 'nobody'))).toBe(Infinity)
    expect(timesOf(chanceOf(1, 'nobody'), 0, 100)).toEqual([])
  })

  test('are shared out wholly, the first most', () => {
    const shares = zipf(1_000, 1)
    expect(shares.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 9)
    expect((shares[0] ?? 0) / (shares[9] ?? 0)).toBeCloseTo(10, 9)
  })
})

describe('the origin', () => {
  test('is asked by one cache as often as the formula says', () => {
    holds(
      record({
        perSecond: double({ min: 0.02, max: 50, noNaN: true }),
        maxAge: integer({ min: 1, max: 30 }),
        seed: integer(),
      }),
      ({ perSecond, maxAge, seed }) => {
        const lifetimes = { ...usual, maxAge }
        const expected = asksPerSecond(perSecond, lifetimes, noWay.toOrigin)
        const rounds = 400
        const until = rounds / expected
        const counted = played(
          { readers: constantly(perSecond), changes: [], until },
          {},
          noPurge,
          lifetimes,
          seed,
        )
        // Of the sum of so many waits for a reader, six times what it strays, and the one that has only begun.
        const strays = (6 * Math.sqrt(rounds)) / perSecond
        expect(Math.abs(asked(counted) - rounds)).toBeLessThan(strays * expected + 2)
      },
      60,
    )
  })

  test('is asked by a shield once a lifetime at most, however many points of presence there are', () => {
    holds(
      record({
        points: integer({ min: 1, max: 40 }),
        perSecond: double({ min: 1, max: 1e6, noNaN: true }),
        seed: integer(),
      }),
      ({ points, perSecond, seed }) => {
        const until = 200
        const network = { edges: zipf(points, 0.5), hasShield: true }
        const counted = played(
          { readers: constantly(perSecond), changes: [], until },
          network,
          noPurge,
          usual,
          seed,
        )
        expect(asked(counted)).toBeLessThanOrEqual(until * mostAsksPerSecond(10, 0.02) + 1)
        expect(asked(counted)).toBeLessThanOrEqual(counted.asked)
        expect(counted.asked).toBeLessThanOrEqual(served(counted) + points)
      },
      40,
    )
  })

  test('is asked one at a time where something changes all the time', () => {
    const changes = changing(200, 10, false)
    const network = { edges: zipf(40, 0.5), hasShield: true }
    const counted = played({ readers: constantly(1e6), changes, until: 200 }, network)
    expect(asked(counted)).toBeLessThanOrEqual(200 * mostAsksPerSecond(0, 0.02) + 1)
    expect(asked(counted)).toBeGreaterThan(200 * 10 * 0.5)
  })

  test('is told that a cache knows what it has, while nothing changes', () => {
    const counted = played({ readers: constantly(100), changes: [], until: 300 })
    expect(counted.origin.new).toBe(1)
    expect(counted.origin.known).toBeGreaterThan(20)
  })
})

describe('every reader', () => {
  test('is told of once', () => {
    holds(
      record({
        perSecond: double({ min: 0.1, max: 1e5, noNaN: true }),
        hasShield: oneof(constant(true), constant(false)),
        of: oneof(
          constant('nothing' as const),
          constant('removals' as const),
          constant('everything' as const),
        ),
        outage: oneof(constant(undefined), constant({ from: 50, until: 130 })),
        seed: integer(),
      }),
      ({ perSecond, hasShield, of, outage, seed }) => {
        const [until, network] = [200, { edges: zipf(5, 0.5), hasShield }]
        const story = { readers: constantly(perSecond), changes: changing(until, 0.2, true), until, outage }
        const purging = { of, after: 0.1, spread: 0.2, again: 2 }
        const counted = played(story, network, purging, usual, seed)
        const expected = perSecond * until
        expect(Math.abs(served(counted) - expected)).toBeLessThan(
          6 * Math.sqrt(expected) + 0.01 * expected + 5,
        )
      },
      60,
    )
  })

  test('is shown nothing outdated for longer than both lifetimes and the ways, though nothing be purged', () => {
    holds(
      record({
        perSecond: double({ min: 0.5, max: 1e4, noNaN: true }),
        hasShield: oneof(constant(true), constant(false)),
        seed: integer(),
      }),
      ({ perSecond, hasShield, seed }) => {
        const [until, network] = [300, { edges: zipf(5, 0.5), hasShield }]
        const story = { readers: constantly(perSecond), changes: changing(until, 0.1, true), until }
        const counted = played(story, network, noPurge, usual, seed)
        expect(lateness(counted.outdated, 1)).toBeLessThanOrEqual(20 + 0.2 + 2 * step)
      },
      40,
    )
  })

  test('is shown what was taken down for as long as the purge takes, and not longer', () => {
    const story = { readers: constantly(5_000), changes: changing(300, 0.13, true), until: 300 }
    const network = { edges: zipf(20, 0.5), hasShield: true }
    const purged = played(story, network, { of: 'removals', after: 0.1, spread: 0.2 })
    const kept = played(story, network)
    expect(lateness(purged.removed, 1)).toBeLessThanOrEqual(0.5)
    expect(lateness(kept.removed, 1)).toBeGreaterThan(2)
  })

  test('gets what was known for a minute after it was fresh, and then nothing', () => {
    const until = 200
    const story = { readers: constantly(1_000), changes: [], until, outage: { from: 50, until: 150 } }
    const counted = played(story)
    // From 50 s on nothing is new; what was made just before is fresh until 60 s, and used until 120 s.
    expect(counted.failed).toBeGreaterThan(1_000 * (150 - 121))
    expect(counted.failed).toBeLessThan(1_000 * (150 - 109))
    expect(played({ ...story, outage: { from: 50, until: 95 } }).failed).toBe(0)
  })
})

describe('a whole newspaper', () => {
  test('is played by a sample that stands for all articles', () => {
    const ranks = sample(100_000, { each: 200, sampled: 150 })
    expect(ranks.reduce((sum, { weight }) => sum + weight, 0)).toBeCloseTo(100_000, 6)
    const shares = zipf(100_000, 1)
    const read = ranks.reduce((sum, { rank, weight }) => sum + weight * (shares[rank] ?? 0), 0)
    expect(read).toBeGreaterThan(0.995)
    expect(read).toBeLessThan(1.005)
  })

  test('is played the same twice', () => {
    const quick = { seed: 7, before: 12, counted: 15, each: 3, sampled: 2 }
    const scenario = { readers: 20_000, breaking: { readers: 10_000, decisions: 2 } }
    expect(play(scenario, usual, quick)).toEqual(play(scenario, usual, quick))
    expect(play(scenario, usual, { ...quick, seed: 8 })).not.toEqual(play(scenario, usual, quick))
    expect(assumed.articles).toBe(100_000)
  })
})

/** So many changes a second, one after the other; every other one a removal, of which the origin is told a moment later. */
function changing(until: number, perSecond: number, withRemovals: boolean): Change[] {
  return Array.from({ length: Math.floor(until * perSecond) }, (_, nth) => {
    const at = (nth + 0.5) / perSecond
    const isRemoval = withRemovals && nth % 2 === 1
    const atOrigin = isRemoval ? at + 0.01 : at
    return { at, atOrigin, knownAt: isRemoval ? atOrigin : at - 30, isRemoval }
  })
}
