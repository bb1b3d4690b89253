import { type Breakdown, breakdowns, type Tally } from './section.ts'

/** A smaller number of people could be found out; none at all tells of nobody. */
export const smallest = 5

/** A number as it is told. */
export interface Told {
  /** null where nothing is told but that there was something */
  count: number | null
  /** whether there was more, which is not told */
  more: boolean
}

/** A measure over all months that were asked for. */
export interface ToldMeasure {
  total: Told
  by: Partial<Record<Breakdown, Map<string, Told>>>
}

/**
 * What is told of a measure. Each month is masked for itself, and what is told of several months is told by their
 * sums: so no two reports, however they overlap, tell by their difference what neither does.
 */
export function told(tallies: readonly Tally[], isMasked: boolean): ToldMeasure {
  const months = [...new Set(tallies.map(({ month }) => month))].map((month) =>
    toldOfMonth(
      tallies.filter((tally) => tally.month === month),
      isMasked,
    ),
  )
  const by: ToldMeasure['by'] = {}
  for (const breakdown of breakdowns) {
    const parts = months.map((month) => month.by[breakdown])
    const keys = [...new Set(parts.flatMap((part) => [...(part?.keys() ?? [])]))].toSorted()
    if (keys.length === 0) continue
    // A month of which the breakdown is withheld may have some of each.
    by[breakdown] = new Map(keys.map((key) => [key, together(parts.map((part) => toldOf(part, key)))]))
  }
  return { total: together(months.map(({ total }) => total)), by }
}

/** What a month tells of a key: 0 where there was none, null where it is hidden. */
function toldOf(part: Map<string, number | null> | undefined, key: string): number | null {
  const count = part ? part.get(key) : null
  return count === undefined ? 0 : count
}

function together(counts: readonly (number | null)[]): Told {
  const more = counts.includes(null)
  const count = counts.reduce<number>((sum, one) => sum + (one ?? 0), 0)
  return { count: more && count === 0 ? null : count, more }
}

interface ToldOfMonth {
  total: number | null
  /** without a breakdown that is withheld */
  by: Partial<Record<Breakdown, Map<string, number | null>>>
}

function toldOfMonth(tallies: readonly Tally[], isMasked: boolean): ToldOfMonth {
  const total = tallies.reduce((sum, { by, count }) => (by === 'all' ? sum + count : sum), 0)
  const isSmall = isMasked && total > 0 && total < smallest
  const by: ToldOfMonth['by'] = {}
  for (const breakdown of breakdowns) {
    const own = tallies.filter((tally) => tally.by === breakdown)
    const hidden = isMasked ? hiddenOf(own.map(({ count }) => count)) : new Set<number>()
    if (isSmall || !hidden) continue
    by[breakdown] = new Map(own.map(({ key, count }, at) => [key, hidden.has(at) ? null : count]))
  }
  return { total: isSmall ? null : total, by }
}

/**
 * Which numbers of a breakdown are not told, so that the others and their sum do not tell them: every small one; and
 * then, the smallest first, others, until two at least are hidden, each of which could be anything from 1 to 4 by what
 * is told. Undefined where that cannot be had: then no number of the breakdown is told.
 */
export function hiddenOf(counts: readonly number[]): Set<number> | undefined {
  const places = [...counts.keys()].filter((at) => countAt(at) > 0)
  const hidden = new Set(places.filter((at) => countAt(at) < smallest))
  if (hidden.size === 0) return hidden
  const others = places
    .filter((at) => !hidden.has(at))
    .toSorted((one, other) => countAt(one) - countAt(other))
  for (;;) {
    const sum = [...hidden].reduce((all, at) => all + countAt(at), 0)
    // If all the others were 1, one could still be 4.
    if (hidden.size >= 2 && sum - (hidden.size - 1) >= smallest - 1) return hidden
    const next = others.shift()
    if (next === undefined) return undefined
    hidden.add(next)
  }

  function countAt(at: number): number {
    return counts[at] ?? 0
  }
}
