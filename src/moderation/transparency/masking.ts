import { type Breakdown, breakdowns, smallest, type Tally, table } from './section.ts'
import { hiddenInTable, placeOf } from './table-masking.ts'

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
  /** by rule and language */
  table?: Map<string, Told>
}

/**
 * What is told of a measure, a month a turn. Each month is masked for itself, and what is told of several months is told
 * by their sums: so no two reports, however they overlap, tell by their difference what neither does.
 */
export function* telling(tallies: readonly Tally[], isMasked: boolean): Generator<undefined, ToldMeasure> {
  const months: ToldOfMonth[] = []
  for (const month of new Set(tallies.map((tally) => tally.month))) {
    yield
    const own = tallies.filter((tally) => tally.month === month)
    months.push(toldOfMonth(own, isMasked))
  }
  const by: ToldMeasure['by'] = {}
  for (const breakdown of breakdowns) {
    const parts = months.map((month) => month.by[breakdown])
    const keys = [...new Set(parts.flatMap((part) => [...(part?.keys() ?? [])]))].toSorted()
    if (keys.length === 0) continue
    // A month of which the breakdown is withheld may have some of each.
    by[breakdown] = new Map(keys.map((key) => [key, together(parts.map((part) => toldOf(part, key)))]))
  }
  const total = together(months.map((month) => month.total))
  const cells = [...new Set(months.flatMap((month) => [...(month.table?.keys() ?? [])]))].toSorted()
  if (cells.length === 0) return { total, by }
  return {
    total,
    by,
    table: new Map(cells.map((name) => [name, together(months.map((month) => toldInTable(month, name)))])),
  }
}

/** What a month tells of a key: 0 where there was none, null where it is hidden. */
function toldOf(part: Map<string, number | null> | undefined, key: string): number | null {
  const count = part ? part.get(key) : null
  return count === undefined ? 0 : count
}

/** The same of a cell of the table: 0 in a line of which there was none, null in a line whose sum is hidden. */
function toldInTable({ by, table: cells }: ToldOfMonth, name: string): number | null {
  const { rule, language } = placeOf(name)
  const sums = new Set([toldOf(by.rule, rule), toldOf(by.language, language)])
  if (sums.has(0)) return 0
  return sums.has(null) ? null : toldOf(cells, name)
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
  /** without the lines whose sum is hidden; not there where it is withheld */
  table?: Map<string, number | null>
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
  const cells = tableOf(tallies, by, isMasked)
  return { total: isSmall ? null : total, by, ...(cells && { table: cells }) }
}

function tableOf(
  tallies: readonly Tally[],
  { rule: rules, language: languages }: ToldOfMonth['by'],
  isMasked: boolean,
): ToldOfMonth['table'] {
  if (!rules || !languages) return undefined
  const cells = tallies.filter(({ by }) => by === table)
  const most = new Map(tallies.flatMap(({ by, key, count }) => (by === 'language' ? [[key, count]] : [])))
  const hidden = isMasked
    ? hiddenInTable(
        cells.map(({ key, count }) => ({ ...placeOf(key), count })),
        { rules, languages, most },
      )
    : new Set<string>()
  if (!hidden) return undefined
  const isTold = ({ rule, language }: ReturnType<typeof placeOf>) =>
    typeof rules.get(rule) === 'number' && typeof languages.get(language) === 'number'
  return new Map(
    cells
      .filter(({ key }) => isTold(placeOf(key)))
      .map(({ key, count }) => [key, hidden.has(key) ? null : count]),
  )
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
