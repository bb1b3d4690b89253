/** For how many seconds a cache may use what it keeps, as Cache-Control says it (RFC 9111, RFC 5861). */
export interface Lifetimes {
  maxAge: number
  staleWhileRevalidate: number
  staleIfError: number
}

/** Reads the three of them from a Cache-Control or CDN-Cache-Control; what is not there is 0. */
export function lifetimesIn(cacheControl: string): Lifetimes {
  const secondsOf = (directive: string) =>
    Number(new RegExp(`(?:^|[ ,])${directive}=(\\d+)`).exec(cacheControl)?.[1] ?? 0)
  return {
    maxAge: secondsOf('max-age'),
    staleWhileRevalidate: secondsOf('stale-while-revalidate'),
    staleIfError: secondsOf('stale-if-error'),
  }
}

/** An answer that a cache keeps. Whoever gets it from a cache counts on from its `asOf`, because of `Age` (RFC 9111 §4.2.3). */
export interface Copy {
  /** how many changes of the page it shows */
  version: number
  /** when the origin made it, in seconds */
  asOf: number
  freshFor: number
}

/** Without asking; while the next one is asked for; only if nobody answers; not at all. */
export type Use = 'fresh' | 'while asking' | 'if nobody answers' | 'none'

export function useOf(copy: Copy | undefined, now: number, lifetimes: Lifetimes): Use {
  if (!copy) return 'none'
  const staleFor = now - freshUntil(copy)
  if (staleFor < 0) return 'fresh'
  if (staleFor < lifetimes.staleWhileRevalidate) return 'while asking'
  return staleFor < lifetimes.staleIfError ? 'if nobody answers' : 'none'
}

export function freshUntil({ asOf, freshFor }: Copy): number {
  return asOf + freshFor
}
