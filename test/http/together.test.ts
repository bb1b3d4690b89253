import { setTimeout as delay, setImmediate as nextTurn } from 'node:timers/promises'
import { array, assert, asyncProperty, constantFrom, integer, option, record } from 'fast-check'
import { type TogetherLimits, together } from '../../src/http/together.ts'

/** Somebody who asks: after so many turns of the loop, under a key, of some weight; a bad one fails all that it is with. */
interface Guest {
  pause: number
  key: string | undefined
  weight: number
  isBad: boolean
}

const guests = array(
  record({
    pause: integer({ min: 0, max: 3 }),
    key: option(constantFrom('a', 'b'), { nil: undefined, freq: 3 }),
    weight: integer({ min: 0, max: 6 }),
    isBad: integer({ min: 0, max: 9 }).map((one) => one === 0),
  }),
  { maxLength: 40 },
)
const bounds = record({ lanes: integer({ min: 1, max: 3 }), most: integer({ min: 1, max: 8 }) })
const heaviest = 8

class Bad extends Error {}
class Away extends Error {}

/** Lets everybody ask, and watches the work; every `awayEvery`th time, it fails for a reason of nobody's. */
async function play(all: Guest[], { lanes, most }: { lanes: number; most: number }, awayEvery = 0) {
  const batches: number[][] = []
  const done: number[] = []
  const faults: string[] = []
  let times = 0
  let underWay = 0
  const keysUnderWay = new Set<string>()
  const limits: TogetherLimits<number> = {
    lanes,
    most,
    weight: { of: (at) => all[at]?.weight ?? 0, most: heaviest },
    keyOf: (at) => all[at]?.key,
    isOfOne: (fault) => fault instanceof Bad,
  }
  const ask = together(async (asked: readonly number[]) => {
    batches.push([...asked])
    times += 1
    const isAway = awayEvery > 0 && times % awayEvery === 0
    const keys = asked.flatMap((at) => all[at]?.key ?? [])
    underWay += 1
    if (underWay > lanes) faults.push('more at a time than there are lanes')
    for (const key of keys) {
      if (keysUnderWay.has(key)) faults.push('two of a key under way')
      keysUnderWay.add(key)
    }
    for (let turns = asked.length % 3; turns >= 0; turns -= 1) await nextTurn()
    underWay -= 1
    for (const key of keys) keysUnderWay.delete(key)
    if (isAway) throw new Away()
    if (asked.some((at) => all[at]?.isBad)) throw new Bad(`bad among ${asked.join()}`)
    done.push(...asked)
    return asked.map((at) => `answer to ${at}`)
  }, limits)

  const asking: Promise<string>[] = []
  for (const [at, { pause }] of all.entries()) {
    for (let turns = 0; turns < pause; turns += 1) await nextTurn()
    asking.push(ask(at))
  }
  return { settled: await Promise.allSettled(asking), batches, done, faults }
}

describe('what is done together', () => {
  test('answers each once with its own answer, and fails a bad one alone', async () => {
    await assert(
      asyncProperty(guests, bounds, async (all, bound) => {
        const { settled, done, faults } = await play(all, bound)
        expect(faults).toEqual([])
        const told = settled.map((one) => (one.status === 'fulfilled' ? one.value : one.reason.message))
        expect(told).toEqual(all.map(({ isBad }, at) => (isBad ? `bad among ${at}` : `answer to ${at}`)))
        expect(done.toSorted((a, b) => a - b)).toEqual(all.flatMap(({ isBad }, at) => (isBad ? [] : [at])))
      }),
      { numRuns: 300 },
    )
  })

  test('is no more at a time than may be, and no heavier', async () => {
    await assert(
      asyncProperty(guests, bounds, async (all, bound) => {
        const { batches } = await play(all, bound)
        for (const batch of batches) {
          const weight = batch.reduce((sum, at) => sum + (all[at]?.weight ?? 0), 0)
          expect(batch.length).toBeLessThanOrEqual(bound.most)
          expect(weight <= heaviest || batch.length === 1).toBe(true)
          const keys = batch.flatMap((at) => all[at]?.key ?? [])
          expect(new Set(keys).size).toBe(keys.length)
        }
      }),
      { numRuns: 200 },
    )
  })

  test('is done in the order in which it came, where there is one lane; and so are those of one key', async () => {
    await assert(
      asyncProperty(guests, bounds, async (all, bound) => {
        const { done } = await play(all, { ...bound, lanes: 1 })
        for (const key of [undefined, 'a', 'b']) {
          const ofKey = done.filter((at) => all[at]?.key === key)
          expect(ofKey).toEqual(ofKey.toSorted((one, other) => one - other))
        }
      }),
      { numRuns: 200 },
    )
  })

  test('fails for all of them when the fault is of none, and nothing of it is tried again or lost', async () => {
    await assert(
      asyncProperty(guests, bounds, integer({ min: 1, max: 4 }), async (all, bound, awayEvery) => {
        const { settled, batches, faults } = await play(all, bound, awayEvery)
        expect(faults).toEqual([])
        expect(settled).toHaveLength(all.length)
        const away = settled.flatMap((one, at) =>
          one.status === 'rejected' && one.reason instanceof Away ? [at] : [],
        )
        const failed = batches.filter((_, at) => (at + 1) % awayEvery === 0).flat()
        expect(away).toEqual(failed.toSorted((a, b) => a - b))
      }),
      { numRuns: 200 },
    )
  })

  test('begins at once when nothing is under way, and takes all that comes in the same turn', async () => {
    const batches: number[][] = []
    const ask = together(
      async (asked: readonly number[]) => {
        batches.push([...asked])
        await nextTurn()
        return [...asked]
      },
      { lanes: 1, most: 100 },
    )
    const first = ask(1)
    await nextTurn()
    expect(batches).toEqual([[1]])
    const rest = Promise.all([ask(2), ask(3), ask(4)])
    expect([await first, await rest]).toEqual([1, [2, 3, 4]])
    expect(batches).toEqual([[1], [2, 3, 4]])
  })

  test('holds up nobody for long, and is done beside itself only so often', async () => {
    const begun: number[] = []
    const goOn = new Map<number, () => void>()
    const ask = together(
      async (asked: readonly number[]) => {
        begun.push(...asked)
        await Promise.all(asked.map((at) => new Promise<void>((resolve) => goOn.set(at, resolve))))
        return [...asked]
      },
      { lanes: 1, slow: { after: 200, lanes: 2 }, most: 1 },
    )
    const all = [0, 1, 2, 3].map((at) => ask(at))
    await untilBegun(1)
    expect(begun).toEqual([0])
    await untilBegun(2)
    expect(begun).toEqual([0, 1])
    await delay(300)
    expect(begun).toEqual([0, 1])
    for (const at of [1, 0, 2, 3]) {
      await untilBegun(at + 1)
      goOn.get(at)?.()
    }
    expect(await Promise.all(all)).toEqual([0, 1, 2, 3])
    expect(begun).toEqual([0, 1, 2, 3])

    async function untilBegun(many: number): Promise<void> {
      for (let tries = 0; tries < 1_000 && begun.length < many; tries += 1) await delay(2)
    }
  })

  test('tells whoever is left without an answer', async () => {
    const ask = together(async () => ['only one'], { lanes: 1, most: 10 })
    const told = await Promise.allSettled([ask(1), ask(2)])
    expect(told).toMatchObject([
      { status: 'fulfilled', value: 'only one' },
      { status: 'rejected', reason: { message: 'nothing became of it' } },
    ])
  })
})
