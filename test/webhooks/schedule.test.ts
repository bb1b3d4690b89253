import * as fc from 'fast-check'
import { isForCaches, longestPause, pauseAfter } from '../../src/webhooks/schedule.ts'
import { messages } from '../../src/webhooks/told.ts'

const day = 86_400
const types = fc.constantFrom(...messages.map(({ type }) => type))
const chance = fc.double({ min: 0, max: 1, noNaN: true })

/** The pauses of a delivery that never arrives, by what chance says each time. */
function pausesOf(type: string, chances: number[]): number[] {
  const pauses: number[] = []
  for (let tries = 1; tries < 100; tries += 1) {
    const pause = pauseAfter(type, tries, chances[tries % chances.length] ?? 0)
    if (pause === undefined) return pauses
    pauses.push(pause)
  }
  throw new Error('it is tried for ever')
}

describe('the pauses between tries', () => {
  test('grow, whatever chance says', () => {
    fc.assert(
      fc.property(types, fc.array(chance, { minLength: 1, maxLength: 12 }), (type, chances) => {
        const pauses = pausesOf(type, chances)
        for (const [at, pause] of pauses.entries()) expect(pause).toBeGreaterThanOrEqual(pauses[at - 1] ?? 0)
      }),
    )
  })

  test('begin with seconds and last for days, but for caches, which need it soon or never', () => {
    fc.assert(
      fc.property(types, fc.array(chance, { minLength: 1, maxLength: 12 }), (type, chances) => {
        const pauses = pausesOf(type, chances)
        const all = pauses.reduce((sum, pause) => sum + pause, 0)
        expect(pauses[0]).toBeLessThanOrEqual(6)
        const [least, most] = isForCaches(type) ? [300, 600] : [3 * day, 4.2 * day]
        expect(all).toBeGreaterThan(least)
        expect(all).toBeLessThan(most)
      }),
    )
  })

  test('differ by chance, so that what failed at once is not tried at once', () => {
    expect(pauseAfter('comment.published', 3, 0)).toBe(1_800)
    expect(pauseAfter('comment.published', 3, 1)).toBe(2_160)
  })

  test('are as long as the receiver asks, within a day, and never shorter for that', () => {
    fc.assert(
      fc.property(
        types,
        fc.integer({ min: 1, max: 6 }),
        chance,
        fc.nat(999_999),
        (type, tries, by, asked) => {
          const usual = pauseAfter(type, tries, by) ?? 0
          const pause = pauseAfter(type, tries, by, asked)
          expect(pause).toBe(Math.max(usual, Math.min(asked, longestPause)))
        },
      ),
    )
  })
})
