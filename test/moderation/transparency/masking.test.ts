import { array, assert, constantFrom, integer, property, tuple } from 'fast-check'
import { atOnce } from '../../../src/http/steps.ts'
import { hiddenOf, telling } from '../../../src/moderation/transparency/masking.ts'
import { smallest, type Tally } from '../../../src/moderation/transparency/section.ts'

const told = (tallies: Tally[], isMasked: boolean) => atOnce(telling(tallies, isMasked))

const counts = array(integer({ min: 0, max: 12 }), { maxLength: 7 })

describe('the hidden numbers of a breakdown', () => {
  test.each([
    ['nothing where all are large enough', [5, 80, 0], []],
    ['two small ones', [2, 4, 60], [0, 1]],
    ['a small one and the smallest of the others', [3, 60, 7, 9], [0, 2]],
    ['one more where two small ones would be told by their sum', [1, 1, 60], [0, 1, 2]],
    ['nothing else than a zero', [0, 0], []],
  ])('are %s', (_what, numbers, hidden) => {
    expect(hiddenOf(numbers)).toEqual(new Set(hidden))
  })

  test.each([
    ['one small number alone', [3]],
    ['a small number among zeros', [3, 0, 0]],
    ['five times one', [1, 1, 1, 1, 1]],
    ['one and one', [1, 1]],
  ])('are all, where there is %s', (_what, numbers) => {
    expect(hiddenOf(numbers)).toBeUndefined()
  })

  test('are every small one, and are not told by the others and the sum of all', () => {
    assert(
      property(counts, (numbers) => {
        const hidden = hiddenOf(numbers)
        if (!hidden) return
        const small = numbers.flatMap((count, at) => (count > 0 && count < smallest ? [at] : []))
        expect(small.filter((at) => !hidden.has(at))).toEqual([])
        expect([...hidden].filter((at) => numbers[at] === 0)).toEqual([])
        if (hidden.size === 0) return
        const known = [...numbers.keys()].filter((at) => !hidden.has(at))
        const rest = sum(numbers) - sum(known.map((at) => Number(numbers[at])))
        for (const possible of [1, 2, 3, 4]) {
          expect(ways(rest - possible, hidden.size - 1)).toBe(true)
        }
      }),
      { numRuns: 2_000 },
    )
  })

  test('are no more than it takes', () => {
    assert(
      property(counts, (numbers) => {
        const small = numbers.filter((count) => count > 0 && count < smallest).length
        const hidden = hiddenOf(numbers)
        const large = numbers.filter((count) => count >= smallest).length
        const most = small === 0 ? 0 : large > 1 ? small + 1 : numbers.length
        expect(hidden?.size ?? numbers.length).toBeLessThanOrEqual(most)
      }),
    )
  })
})

describe('what is told', () => {
  const months = array(
    tuple(
      constantFrom('2026-01', '2026-02', '2026-03'),
      constantFrom('en', 'my', 'bo', 'vi'),
      integer({ min: 1, max: 9 }),
    ),
    { maxLength: 9 },
  )

  test('is everything, unless it is masked', () => {
    assert(
      property(months, (given) => {
        const tallies = talliesOf(given)
        const { total, by } = told(tallies, false)
        expect(total).toEqual({ count: sum(given.map(([, , count]) => count)), more: false })
        for (const [key, cell] of by.language ?? []) {
          expect(cell).toEqual({ count: sumOf(tallies, key), more: false })
        }
      }),
    )
  })

  test('of several months is what is told of each, added up, and is never too much', () => {
    assert(
      property(months, (given) => {
        const tallies = talliesOf(given)
        const whole = told(tallies, true)
        const parts = [...new Set(tallies.map(({ month }) => month))].map((month) =>
          told(
            tallies.filter((tally) => tally.month === month),
            true,
          ),
        )
        expect(Number(whole.total.count)).toBe(sum(parts.map(({ total }) => Number(total.count))))
        for (const [key, { count, more }] of whole.by.language ?? []) {
          const ofEach = parts.flatMap(({ by }) => by.language?.get(key) ?? [])
          expect(Number(count)).toBe(sum(ofEach.map((part) => Number(part.count))))
          expect(Number(count)).toBeLessThanOrEqual(sumOf(tallies, key))
          expect(more || count === sumOf(tallies, key)).toBe(true)
        }
      }),
    )
  })

  test('of one month has no small number, not even in a total', () => {
    assert(
      property(months, (given) => {
        const tallies = talliesOf(given).filter(({ month }) => month === '2026-01')
        const { total, by } = told(tallies, true)
        for (const { count } of [total, ...(by.language?.values() ?? [])]) {
          expect(count === null || count === 0 || count >= smallest).toBe(true)
        }
        expect(total.count !== null || Object.keys(by).length === 0).toBe(true)
      }),
    )
  })

  test('says that there was more where a month is withheld', () => {
    const tallies = [
      ...talliesOf([
        ['2026-01', 'en', 20],
        ['2026-01', 'my', 6],
        ['2026-02', 'my', 3],
      ]),
    ]
    expect(told(tallies, true)).toEqual({
      total: { count: 26, more: true },
      by: {
        language: new Map([
          ['en', { count: 20, more: true }],
          ['my', { count: 6, more: true }],
        ]),
      },
    })
  })
})

/** Whether so many numbers from 1 on can have this sum. */
function ways(total: number, many: number): boolean {
  return many === 0 ? total === 0 : total >= many
}

function talliesOf(given: [month: string, language: string, count: number][]): Tally[] {
  const byKey = new Map<string, Tally>()
  for (const [month, language, count] of given) {
    for (const [by, key] of [['all', ''] as const, ['language', language] as const]) {
      const tally = byKey.get(`${month} ${by} ${key}`) ?? { month, measure: 'received', by, key, count: 0 }
      byKey.set(`${month} ${by} ${key}`, { ...tally, count: tally.count + count })
    }
  }
  return [...byKey.values()]
}

function sumOf(tallies: Tally[], key: string): number {
  return sum(tallies.filter((tally) => tally.key === key).map(({ count }) => count))
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((all, one) => all + one, 0)
}
