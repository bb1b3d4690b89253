import { array, assert, integer, property } from 'fast-check'
import { percentile, spanOf, type Wait, waitingTime } from '../../../src/moderation/statistics/waits.ts'
import { found } from '../../support/attacks.ts'
import { type House, openHouse } from '../../support/house.ts'

let house: House
beforeAll(async () => {
  house = await openHouse()
})
afterAll(() => house.close())

describe('a bucket', () => {
  test('holds what the database puts into it, and is at most a thirty-second part wide', async () => {
    const rows = await found(
      house,
      `select seconds::text, wait_bucket(seconds) as bucket from (
         select generate_series(0, 5000)::bigint as seconds
         union select (2::numeric ^ power + more)::bigint from generate_series(0, 40) as power, generate_series(-1, 1) as more
       ) as all_of_them where seconds >= 0 order by all_of_them.seconds`,
    )
    expect(rows.length).toBeGreaterThan(5_000)
    let last = -1
    for (const { seconds, bucket } of rows) {
      const span = spanOf(Number(bucket))
      expect(Number(seconds)).toBeGreaterThanOrEqual(span.from)
      expect(Number(seconds)).toBeLessThan(span.from + span.seconds)
      expect(span.seconds).toBeLessThanOrEqual(Math.max(1, span.from / 32))
      expect(Number(bucket)).toBeGreaterThanOrEqual(last)
      last = Number(bucket)
    }
  })

  test('is the first one for a clock that ran backwards', async () => {
    expect(await found(house, 'select wait_bucket(-5) as bucket')).toEqual([{ bucket: 0 }])
  })
})

describe('a percentile', () => {
  test('is none of nothing, and exact of short waits', () => {
    expect(waitingTime([])).toEqual({ decisions: 0, median: null, p95: null })
    const waits = [30, 10, 20, 50].map((bucket) => ({ bucket, decisions: 1 }))
    expect(waitingTime(waits)).toEqual({ decisions: 4, median: 25, p95: 47 })
  })

  test('leaves out what was taken away again', () => {
    expect(
      percentile(
        [
          { bucket: 5, decisions: 1 },
          { bucket: 9, decisions: 0 },
        ],
        1,
      ),
    ).toBe(5)
  })

  test('is within a thirty-second part of that of the waits themselves', () => {
    assert(
      property(array(integer({ min: 0, max: 5_000_000 }), { minLength: 1, maxLength: 60 }), (seconds) => {
        const sorted = seconds.toSorted((one, other) => one - other)
        for (const share of [0, 0.5, 0.95, 1]) {
          const rank = share * (sorted.length - 1)
          const [below, above] = [Number(sorted[Math.floor(rank)]), Number(sorted[Math.ceil(rank)])]
          const exact = below + (above - below) * (rank - Math.floor(rank))
          const about = Number(percentile(seconds.map(bucketOf), share))
          expect(Math.abs(about - exact)).toBeLessThanOrEqual(exact / 32 + 1)
        }
      }),
    )
  })
})

function bucketOf(seconds: number): Wait {
  let bucket = 0
  while (spanOf(bucket).from + spanOf(bucket).seconds <= seconds) bucket += 1
  return { bucket, decisions: 1 }
}
