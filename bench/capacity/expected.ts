import type { Lifetimes } from './copies.ts'

/** What is known of caches without playing anything; each is a check of what is played. */

/**
 * How often a second one cache asks for a page that never changes: it keeps it for its lifetime, waits for the next of its
 * readers, and asks; the answer is made when the question arrives, `way` seconds later.
 */
export function asksPerSecond(
  readersPerSecond: number,
  { maxAge }: Pick<Lifetimes, 'maxAge'>,
  way: number,
): number {
  return 1 / (maxAge + 1 / readersPerSecond + way)
}

/** The most that one cache, or a shield before all others, can ask: once a lifetime, if a lifetime is longer than a round trip. */
export function mostAsksPerSecond(freshFor: number, roundTrip: number): number {
  return 1 / Math.max(freshFor, roundTrip)
}

/**
 * Which share of the questions a memory with room for so many pages answers, that forgets what was asked for least lately:
 * it remembers a page for about the time in which as many different ones are asked for (Che, Tung, Wang 2002).
 * `pages` are kinds of pages: how often a second one is asked for, and how many there are.
 */
export function hitRatio(pages: readonly { perSecond: number; weight: number }[], room: number): number {
  const all = pages.reduce((sum, { perSecond, weight }) => sum + perSecond * weight, 0)
  if (all === 0) return 1
  const filledIn = (seconds: number) =>
    pages.reduce((sum, { perSecond, weight }) => sum + weight * -Math.expm1(-perSecond * seconds), 0)
  const asked = pages.reduce((sum, { perSecond, weight }) => sum + (perSecond > 0 ? weight : 0), 0)
  if (asked <= room) return 1
  let [least, most] = [0, 1]
  while (filledIn(most) < room) most *= 2
  for (let halved = 0; halved < 60; halved += 1) {
    const middle = (least + most) / 2
    if (filledIn(middle) < room) least = middle
    else most = middle
  }
  const hits = pages.reduce(
    (sum, { perSecond, weight }) => sum + weight * perSecond * -Math.expm1(-perSecond * most),
    0,
  )
  return Math.min(1, hits / all)
}
