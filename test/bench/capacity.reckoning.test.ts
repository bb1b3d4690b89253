import { array, constant, double, integer, oneof, record } from 'fast-check'
import { LRUCache } from 'lru-cache'
import { zipf } from '../../bench/capacity/crowd.ts'
import { hitRatio } from '../../bench/capacity/expected.ts'
import { busiestShare, busiestShareByDirectory, primaryOf } from '../../bench/capacity/primaries.ts'
import { bytesKept, planned, type ReadingCosts, serving } from '../../bench/capacity/serving.ts'
import { tally } from '../../bench/capacity/tally.ts'
import { assumedOfWriting, limitsOf, type WritingCosts, writing } from '../../bench/capacity/writing.ts'
import { pageOf, weightOf } from '../../src/reading/page.ts'
import { chanceOf } from '../support/newsroom/chance.ts'
import { holds } from '../support/properties.ts'

const cost = double({ min: 1e-5, max: 0.1, noNaN: true })
const bytes = double({ min: 100, max: 1e6, noNaN: true })
const writingCosts = record<WritingCosts>({
  comment: record({ service: cost, postgres: cost }),
  decision: record({ service: cost, postgres: cost }),
  bytes,
  logBytes: bytes,
})

describe('a memory with less room than there are pages', () => {
  test('answers as much as one that is played', () => {
    holds(
      record({
        room: integer({ min: 20, max: 400 }),
        exponent: double({ min: 0, max: 1.2, noNaN: true }),
        seed: integer(),
      }),
      ({ room, exponent, seed }) => {
        const shares = zipf(500, exponent)
        const expected = hitRatio(
          shares.map((perSecond) => ({ perSecond, weight: 1 })),
          room,
        )
        const chance = chanceOf(seed, 'a memory')
        const choices = shares.map((share, at) => [at, share] as const)
        const memory = new LRUCache<number, true>({ max: room })
        let hits = 0
        for (let asked = 0; asked < 4_000; asked += 1) {
          const page = chance.weighed(choices.map(([at, share]): [number, number] => [at, share]))
          if (asked >= 2_000 && memory.has(page)) hits += 1
          memory.get(page)
          memory.set(page, true)
        }
        expect(Math.abs(hits / 2_000 - expected)).toBeLessThan(0.06)
      },
      8,
    )
  })

  test('answers more with more room, and all with room for all', () => {
    holds(
      record({
        pages: array(
          record({
            perSecond: oneof(constant(0), double({ min: 1e-6, max: 100, noNaN: true })),
            weight: integer({ min: 1, max: 50 }),
          }),
          { minLength: 1, maxLength: 30 },
        ),
        room: integer({ min: 1, max: 500 }),
      }),
      ({ pages, room }) => {
        const [less, more] = [hitRatio(pages, room), hitRatio(pages, room + 10)]
        expect(less).toBeGreaterThanOrEqual(0)
        expect(more).toBeLessThanOrEqual(1)
        expect(more).toBeGreaterThanOrEqual(less - 1e-9)
        expect(hitRatio(pages, 1_500)).toBe(1)
      },
      300,
    )
  })

  test('has as much room for a page as the service gives it', () => {
    const shown = { site: 'demo', articles: [], about: [], lacks: false, changesIn: null }
    const answer = { bytes: Buffer.alloc(22_000), type: 'application/json' }
    expect(weightOf(pageOf({ answer, ...shown }, 0))).toBe(bytesKept)
  })
})

describe('processes that answer', () => {
  const costs: ReadingCosts = { page: 2e-5, known: 1e-5, built: { service: 1e-3, postgres: 3e-3 } }
  const counting = tally(0, 10)
  counting.of(2_000)
  for (let nth = 0; nth < 10; nth += 1) counting.atOrigin(nth, nth % 2 === 0)

  test('are as few as have half of their time to spare', () => {
    const { processes, built, postgres } = serving(counting.counted(), 10, costs, 64, 'any process')
    const busy = 1_000 * (costs.page + costs.known) + built * costs.built.service
    expect(busy).toBeLessThanOrEqual(processes * planned)
    expect(busy).toBeGreaterThan((processes - 1) * planned)
    expect(postgres).toBe(Math.ceil((built * costs.built.postgres) / planned))
  })

  test('need no more where each has pages of its own, nor with more memory', () => {
    const [little, own, much] = [
      serving(counting.counted(), 10, costs, 64, 'any process'),
      serving(counting.counted(), 10, costs, 64, 'by address'),
      serving(counting.counted(), 10, costs, 1_024, 'any process'),
    ]
    expect(own.built).toBeLessThanOrEqual(little.built)
    expect(much).toMatchObject({ hits: 1, built: 10 })
  })
})

describe('comments that come and are decided about', () => {
  test('need as much of everything as there are more of them', () => {
    holds(
      record({ perSecond: double({ min: 1, max: 1e4, noNaN: true }), costs: writingCosts }),
      ({ perSecond, costs }) => {
        const [one, ten] = [writing(perSecond, costs), writing(10 * perSecond, costs)]
        expect(one.deciding).toBe(Math.ceil(perSecond * assumedOfWriting.secondsEach))
        expect(ten.log).toBeCloseTo(10 * one.log, 3)
        expect(ten.primaries).toBeGreaterThanOrEqual(one.primaries)
        expect(one.moderators).toBeGreaterThan(one.deciding)
        expect(one.bytesKept / one.bytesPerDay).toBeCloseTo(220, 9)
      },
      300,
    )
  })

  test('reach one limit after the other, at each of which that one is used up', () => {
    const house = { moderators: 200, processes: 8, primaryProcessors: 16, logBytes: 1e8, disk: 4e12 }
    holds(
      writingCosts,
      (costs) => {
        const limits = limitsOf(house, costs)
        expect(limits).toHaveLength(5)
        expect(limits.map(({ perSecond }) => perSecond)).toEqual(
          limits.map(({ perSecond }) => perSecond).toSorted((one, other) => one - other),
        )
        const at = (word: string) => {
          const limit = limits.find(({ what }) => what.includes(word))
          return writing(limit?.perSecond ?? Number.NaN, costs)
        }
        expect(Math.abs(at('people').moderators - house.moderators)).toBeLessThanOrEqual(5)
        expect(at('the disk, before').bytesKept / house.disk).toBeCloseTo(1, 6)
        expect(at('write-ahead').log / house.logBytes).toBeCloseTo(1, 6)
        expect(Math.abs(at("primary's").postgres - house.primaryProcessors)).toBeLessThanOrEqual(1)
        expect(Math.abs(at("service's").processes - house.processes)).toBeLessThanOrEqual(1)
      },
      300,
    )
  })
})

describe('sites on several primaries', () => {
  test('stay where they are when there is one more, but for those that go there', () => {
    holds(
      record({ site: integer({ min: 0, max: 1e9 }), primaries: integer({ min: 1, max: 30 }) }),
      ({ site, primaries }) => {
        const [before, after] = [
          primaryOf(`site-${site}`, primaries),
          primaryOf(`site-${site}`, primaries + 1),
        ]
        expect(before).toBeLessThan(primaries)
        expect([before, primaries]).toContain(after)
      },
      500,
    )
  })

  test('are spread evenly, if all are alike; a great one is too much for any', () => {
    const alike = new Map(Array.from({ length: 4_000 }, (_, at) => [`site-${at}`, 1 / 4_000]))
    expect(busiestShare(alike, 8)).toBeLessThan(1.2 / 8)
    expect(busiestShareByDirectory(alike, 8)).toBeCloseTo(1 / 8, 9)
    const great = new Map([...alike, ['great', 1]])
    expect(busiestShareByDirectory(great, 8)).toBe(1)
  })
})
