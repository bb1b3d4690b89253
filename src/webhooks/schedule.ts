/** Seconds from each try that failed to the next one, at least; they span three days (Standard Webhooks 1.0). */
const usualPauses = [5, 300, 1_800, 7_200, 18_000, 36_000, 50_400, 72_000, 86_400]

/** What a cache forgets late it need not forget at all: it has asked anew by then. */
const cachePauses = [1, 2, 5, 15, 60, 300]

/** Up to so much longer, so that what failed at once is not tried at once; less than any two pauses differ. */
const jitter = 0.2

/** The most that a receiver can put off the next try by Retry-After, in seconds. */
export const longestPause = 86_400

/** Days after which an endpoint that nothing has reached is told nothing more. */
export const failingDays = 5

/** Days for which it is kept what was delivered, and how. */
export const keptDays = 30

/** Whether a delivery makes caches forget. */
export function isForCaches(type: string): boolean {
  return type === 'article.changed' || type === 'site.changed'
}

/**
 * Seconds until the next try, after so many that failed (1: the first); undefined where there is none. `chance` is from 0
 * to 1; `asked` is what the receiver asked for, in seconds.
 */
export function pauseAfter(
  type: string,
  tries: number,
  chance: number,
  asked: number | null = null,
): number | undefined {
  const pause = (isForCaches(type) ? cachePauses : usualPauses)[tries - 1]
  if (pause === undefined) return undefined
  return Math.max(pause * (1 + jitter * chance), Math.min(asked ?? 0, longestPause))
}
