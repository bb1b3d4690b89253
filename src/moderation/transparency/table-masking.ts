import { smallest } from './section.ts'

/** A number of the table of rules and languages. */
interface Cell {
  rule: string
  language: string
  count: number
}

/** The sums of the table's lines, each null where it is not told. */
interface Margins {
  rules: ReadonlyMap<string, number | null>
  languages: ReadonlyMap<string, number | null>
  /** how many there are in each language, told or not: no cell of it is larger */
  most: ReadonlyMap<string, number>
}

/** What is not told itself, all together: nobody is told its cells, but they can be computed from the rest. */
const others = ''

/**
 * Which cells are not told (by `nameOf`), so that no small number of the table can be told from the others and the sums of
 * its lines: every small one, and with each of them three others at the corners of a rectangle. Whatever is added to two
 * opposite corners and taken from the other two leaves each sum as it is; and it can be so much that the small number
 * becomes anything from 1 to 4. Undefined where there is no such rectangle: then nothing of the table is told. The lines
 * whose sums are not told are no part of what is told, and one line each here.
 */
export function hiddenInTable(cells: readonly Cell[], margins: Margins): Set<string> | undefined {
  const grid = gridOf(cells, margins)
  const small = grid.flat().filter(({ count }) => count > 0 && count < smallest)
  const hidden = new Set(small)
  for (const cell of small) {
    const corners = cheapest(rectangles(grid, cell), hidden)
    if (!corners) return undefined
    for (const corner of corners) hidden.add(corner)
  }
  return new Set([...hidden].map(nameOf))
}

/** The name of a cell: no code of a rule has a space in it. */
function nameOf({ rule, language }: Pick<Cell, 'rule' | 'language'>): string {
  return `${rule} ${language}`
}

/** Which cell has this name. */
export function placeOf(name: string): Pick<Cell, 'rule' | 'language'> {
  const end = name.indexOf(' ')
  return { rule: name.slice(0, end), language: name.slice(end + 1) }
}

/** A place of the table, and how much there can be in it at most and at least, as far as is told. */
interface Place extends Cell {
  column: number
  least: number
  most: number
}

/** Every place, rule by rule, those with nothing in them too. */
function gridOf(cells: readonly Cell[], { rules, languages, most }: Margins): Place[][] {
  const counts = new Map<string, number>()
  for (const { count, ...cell } of cells) {
    add(counts, nameOf({ rule: lineOf(cell.rule, rules), language: lineOf(cell.language, languages) }), count)
  }
  const bounds = new Map<string, number>()
  for (const [language, count] of most) add(bounds, lineOf(language, languages), count)
  return linesOf(rules).map((rule) =>
    linesOf(languages).map((language, column) => {
      const count = counts.get(nameOf({ rule, language })) ?? 0
      const isAmongOthers = rule === others || language === others
      // That there is something, or nothing, is told, but not of the others.
      const bound = isAmongOthers || count > 0 ? (bounds.get(language) ?? 0) : 0
      return { rule, language, column, count, least: isAmongOthers ? 0 : Math.min(1, count), most: bound }
    }),
  )
}

function add(sums: Map<string, number>, key: string, count: number): void {
  sums.set(key, (sums.get(key) ?? 0) + count)
}

function linesOf(sums: ReadonlyMap<string, number | null>): string[] {
  return [...new Set([...sums.keys()].map((key) => lineOf(key, sums)))]
}

function lineOf(key: string, sums: ReadonlyMap<string, number | null>): string {
  return typeof sums.get(key) === 'number' ? key : others
}

/** The three corners with which a small cell could be anything from 1 to 4, for each rectangle that allows it. */
function* rectangles(grid: readonly Place[][], cell: Place): Generator<Place[]> {
  const up = smallest - 1 - cell.count
  const down = cell.count - 1
  const beside = grid.find((line) => line.includes(cell)) ?? []
  for (const line of grid) {
    const below = line[cell.column]
    if (line === beside || !below || !has(below, { less: up, more: down })) continue
    for (const opposite of line) {
      const next = beside[opposite.column]
      if (!next || next === cell || !has(next, { less: up, more: down })) continue
      if (has(opposite, { less: down, more: up })) yield [next, below, opposite]
    }
  }
}

/** Whether there could be so much less in a place, and so much more. */
function has({ count, least, most }: Place, { less, more }: { less: number; more: number }): boolean {
  return count - less >= least && count + more <= most
}

/** The corners of which the least is hidden that would be told otherwise. */
function cheapest(choices: Iterable<Place[]>, hidden: ReadonlySet<Place>): Place[] | undefined {
  let best: { corners: Place[]; cost: number } | undefined
  for (const corners of choices) {
    const told = corners.filter(
      (corner) => !hidden.has(corner) && corner.rule !== others && corner.language !== others,
    )
    const cost = told.reduce((sum, { count }) => sum + count, 0)
    if (!best || cost < best.cost) best = { corners, cost }
    if (cost === 0) break
  }
  return best?.corners
}
