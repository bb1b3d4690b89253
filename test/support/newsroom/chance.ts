/** A stream of choices that its seed and its owner's name alone decide. */
export interface Chance {
  /** a whole number from 0 to below `end` */
  below(end: number): number
  happens(probability: number): boolean
  one<T>(of: readonly T[]): T | undefined
  /** one of them, as often as the weight beside it says */
  weighed<T>(choices: readonly [choice: T, weight: number][]): T
}

/** One stream for each actor, so that nobody's choices hang on how far another one is. */
export function chanceOf(seed: number, who: string): Chance {
  let state = seed ^ hash(who)
  // mulberry32 (T. Ettinger, 2017)
  const next = (): number => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
  return {
    below: (end) => Math.floor(next() * end),
    happens: (probability) => next() < probability,
    one: (of) => of[Math.floor(next() * of.length)],
    weighed(choices) {
      let left = next() * choices.reduce((sum, [, weight]) => sum + weight, 0)
      for (const [choice, weight] of choices) {
        left -= weight
        if (left < 0) return choice
      }
      throw new Error('There is nothing to choose from.')
    },
  }
}

/** FNV-1a, 32 bits. */
function hash(text: string): number {
  let value = 0x811c9dc5
  for (const byte of Buffer.from(text)) value = Math.imul(value ^ byte, 0x01000193)
  return value
}
