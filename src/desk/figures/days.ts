const day = 86_400_000

/** The day (UTC) so many days ago, as `2026-11-24`. */
export function daysAgo(now: number, days: number): string {
  return new Date(now - days * day).toISOString().slice(0, 10)
}

/** The first day of the month so many months ago. */
export function monthsAgo(now: number, months: number): string {
  const today = new Date(now)
  return new Date(Date.UTC(today.getUTCFullYear(), today.getUTCMonth() - months, 1))
    .toISOString()
    .slice(0, 10)
}
