import type { Chance } from '../../test/support/newsroom/chance.ts'

/** From this second on, so many readers a second. */
export interface Rate {
  from: number
  perSecond: number
}

/** Readers who come independently of each other (a Poisson process), at rates that change at given times. */
export interface Crowd {
  /** how many are expected between two times */
  between(from: number, to: number): number
  /** when the first one after a time comes; Infinity if nobody does */
  firstAfter(from: number, chance: Chance): number
}

/** `share` of the readers of these rates, which begin at 0 or earlier and are in order. */
export function crowd(rates: readonly Rate[], share: number): Crowd {
  const pieces = rates.map(({ from, perSecond }, at) => ({
    from,
    to: rates[at + 1]?.from ?? Infinity,
    rate: perSecond * share,
  }))
  return {
    between(from, to) {
      let readers = 0
      for (const piece of pieces)
        readers += piece.rate * Math.max(0, Math.min(to, piece.to) - Math.max(from, piece.from))
      return readers
    },
    firstAfter(from, chance) {
      // Nobody remembers how long nobody came: at each change of the rate it is drawn anew.
      for (const piece of pieces) {
        if (piece.to <= from || piece.rate <= 0) continue
        const time = Math.max(from, piece.from) + exponential(chance, piece.rate)
        if (time < piece.to) return time
      }
      return Infinity
    },
  }
}

/** The seconds between two of so many a second that come independently of each other. */
function exponential(chance: Chance, perSecond: number): number {
  return -Math.log(1 - chance.below(2 ** 32) / 2 ** 32) / perSecond
}

/** The times at which so many a second come, independently of each other, before `end`. */
export function timesOf(chance: Chance, perSecond: number, end: number): number[] {
  const times: number[] = []
  if (perSecond <= 0) return times
  for (let time = exponential(chance, perSecond); time < end; time += exponential(chance, perSecond))
    times.push(time)
  return times
}

/** The share of each of so many, where the nth is met as often as 1 / n to the power of `exponent` (Zipf). */
export function zipf(many: number, exponent: number): number[] {
  const weights = Array.from({ length: many }, (_, at) => (at + 1) ** -exponent)
  const sum = weights.reduce((all, weight) => all + weight, 0)
  return weights.map((weight) => weight / sum)
}
