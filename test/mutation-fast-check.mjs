import { assert as assertOfMany } from 'the-real-fast-check'

export * from 'the-real-fast-check'

/** In a mutation run each property is tried with few values, the same ones each time: tables kill mutants quicker. */
export function assert(property, { numRuns = 100, ...parameters } = {}) {
  return assertOfMany(property, {
    ...parameters,
    seed: 1,
    endOnFailure: true,
    numRuns: Math.min(numRuns, 10),
  })
}
