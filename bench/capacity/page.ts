import type { Copy } from './copies.ts'

/** Something that shows on a page, or shows no more. */
export interface Change {
  /** since when it is so */
  at: number
  /** since when the origin answers so: later than that by what a process takes to be told of it */
  atOrigin: number
  /** since when it is known that it will be: publications before they are due */
  knownAt: number
  /** whether something was taken down */
  isRemoval: boolean
}

/** A page at its origin, and what is wrong with copies of it. */
export interface Origin {
  answer(now: number): Copy
  /** since when a copy is out of date; Infinity while it is not known to be */
  outdatedSince(copy: Copy): number
  /** since when a copy shows something that was taken down */
  removedSince(copy: Copy): number
}

/** Fresh for whole seconds, and not beyond the next change that is known; `changes` in the order of `atOrigin`. */
export function origin(changes: readonly Change[], maxAge: number): Origin {
  const removals = nextRemovals(changes)
  let version = 0
  return {
    answer(now) {
      while ((changes[version]?.atOrigin ?? Infinity) <= now) version += 1
      let freshFor = maxAge
      for (let next = version; (changes[next]?.atOrigin ?? Infinity) < now + maxAge; next += 1) {
        const change = changes[next]
        if (!change || change.knownAt > now) continue
        freshFor = Math.max(0, Math.floor(change.atOrigin - now))
        break
      }
      return { version, asOf: now, freshFor }
    },
    outdatedSince: (copy) => changes[copy.version]?.at ?? Infinity,
    removedSince: (copy) => changes[removals[copy.version] ?? Infinity]?.at ?? Infinity,
  }
}

/** Of each change, which one from it on is a removal. */
function nextRemovals(changes: readonly Change[]): number[] {
  const next: number[] = []
  for (let at = changes.length - 1; at >= 0; at -= 1)
    next[at] = changes[at]?.isRemoval ? at : (next[at + 1] ?? Infinity)
  return next
}
