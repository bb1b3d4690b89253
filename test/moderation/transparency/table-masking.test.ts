import { array, assert, constantFrom, integer, property, tuple } from 'fast-check'
import { atOnce } from '../../../src/http/steps.ts'
import { type ToldMeasure, telling } from '../../../src/moderation/transparency/masking.ts'
import { smallest, type Tally } from '../../../src/moderation/transparency/section.ts'
import { placeOf } from '../../../src/moderation/transparency/table-masking.ts'
import { canFlow, type Edge } from '../../support/flow.ts'

const told = (tallies: Tally[], isMasked: boolean) => atOnce(telling(tallies, isMasked))

type Row = [rule: string, language: string, count: number]

/** Decisions of one month, each under one rule: then whoever reads the report knows most. */
function talliesOf(rows: readonly Row[], month = '2026-01'): Tally[] {
  const tallies = new Map<string, Tally>()
  for (const [rule, language, count] of rows) {
    for (const [by, key] of [
      ['all', ''],
      ['rule', rule],
      ['language', language],
      ['rule_language', `${rule} ${language}`],
    ] as const) {
      const before = tallies.get(`${by} ${key}`)?.count ?? 0
      if (before + count > 0)
        tallies.set(`${by} ${key}`, { month, measure: 'rejected', by, key, count: before + count })
    }
  }
  return [...tallies.values()]
}

/** The table as it is told: a number, null for a hidden one. */
function tableOf({ table }: ToldMeasure): Record<string, number | null> | undefined {
  return table && Object.fromEntries([...table].map(([name, { count }]) => [name, count]))
}

/** More than there is of anything. */
const plenty = 1_000

/**
 * Whether a cell, or a line such as `rule topic`, could have this number, by all that is told of a month. Of decisions
 * that cite several rules, a line of a language has as many as there are decisions or more, and none of its cells more.
 */
function isPossible(report: ToldMeasure, what: string, value: number, areSeveral = false): boolean {
  const { total, by, table } = report
  const all = areSeveral ? plenty : Number(total.count)
  const within = (name: string, bounds: Omit<Edge, 'from' | 'to'>) =>
    name === what ? exactly(value) : bounds
  const edges: Edge[] = [{ from: 'end', to: 'begin', least: areSeveral ? 1 : all, most: all }]
  for (const [key, { count }] of by.rule ?? []) {
    const rule = `rule ${key}`
    const bounds = count === null ? { least: 1, most: all } : exactly(count)
    edges.push({ from: 'begin', to: rule, ...within(rule, bounds) })
  }
  for (const [key, { count }] of by.language ?? []) {
    const language = `language ${key}`
    const bounds = { least: count ?? 1, most: areSeveral ? all : (count ?? all) }
    edges.push({ from: language, to: 'end', ...within(language, bounds) })
    for (const [rule, sum] of by.rule ?? []) {
      const cell = `${rule} ${key}`
      const tells = table?.get(cell)
      const most = count ?? all
      const untold = { least: tells ? 1 : 0, most: tells || sum.count === null || count === null ? most : 0 }
      const known = typeof tells?.count === 'number' ? exactly(tells.count) : untold
      edges.push({ from: `rule ${rule}`, to: language, ...within(cell, known) })
    }
  }
  return canFlow(edges)
}

function exactly(count: number): Omit<Edge, 'from' | 'to'> {
  return { least: count, most: count }
}

const tables = array(
  tuple(
    constantFrom('facts', 'form', 'respect', 'topic'),
    constantFrom('bo', 'en', 'my', 'vi'),
    integer({ min: 1, max: 14 }),
  ),
  { maxLength: 14 },
)

describe('the table of rules and languages', () => {
  test('is told as it is where no number is small', () => {
    const rows: Row[] = [
      ['facts', 'en', 9],
      ['facts', 'my', 5],
      ['topic', 'en', 40],
    ]
    expect(tableOf(told(talliesOf(rows), true))).toEqual({ 'facts en': 9, 'facts my': 5, 'topic en': 40 })
  })

  test('hides with a small number the corners of a rectangle, the smallest there is', () => {
    const rows: Row[] = [
      ['facts', 'en', 30],
      ['facts', 'my', 3],
      ['facts', 'vi', 8],
      ['topic', 'en', 40],
      ['topic', 'my', 20],
      ['topic', 'vi', 9],
      ['form', 'my', 50],
      ['form', 'vi', 60],
    ]
    expect(tableOf(told(talliesOf(rows), true))).toEqual({
      'facts en': 30,
      'facts my': null,
      'facts vi': null,
      'topic en': 40,
      'topic my': null,
      'topic vi': null,
      'form my': 50,
      'form vi': 60,
    })
  })

  test('is left out where a small number could be told from its line', () => {
    const rows: Row[] = [
      ['facts', 'en', 30],
      ['facts', 'my', 2],
      ['topic', 'my', 50],
    ]
    const { by, table } = told(talliesOf(rows), true)
    expect(by.language?.get('my')).toEqual({ count: 52, more: false })
    expect(table).toBeUndefined()
  })

  test('has no line whose sum is hidden, and hides what would tell of it', () => {
    const rows: Row[] = [
      ['facts', 'en', 20],
      ['facts', 'my', 3],
      ['topic', 'en', 30],
      ['topic', 'vi', 4],
      ['form', 'en', 90],
    ]
    const report = told(talliesOf(rows), true)
    expect([...(report.by.language ?? [])].map(([key, { count }]) => [key, count])).toEqual([
      ['en', 140],
      ['my', null],
      ['vi', null],
    ])
    // The sum of a rule without its comments in English would be those in the other two languages.
    expect(tableOf(report)).toEqual({
      'facts en': null,
      'form en': 90,
      'topic en': null,
    })
  })

  test('is told whole to editors', () => {
    assert(
      property(tables, (rows) => {
        const tallies = talliesOf(rows)
        const cells = tallies.filter(({ by }) => by === 'rule_language')
        expect(tableOf(told(tallies, false)) ?? {}).toEqual(
          Object.fromEntries(cells.map(({ key, count }) => [key, count])),
        )
      }),
    )
  })

  test('tells no small number, nor lets one be computed: each could be anything from 1 to 4', () => {
    let looked = 0
    assert(
      property(tables, (rows) => {
        const tallies = talliesOf(rows)
        const report = told(tallies, true)
        const cells = tallies.filter(({ by }) => by === 'rule_language')
        for (const [name, { count }] of report.table ?? []) {
          expect(count === null || count >= smallest).toBe(true)
          expect(count === null || cells.some(({ key, count: is }) => key === name && is === count)).toBe(
            true,
          )
        }
        for (const { key, count } of cells) {
          const isListed = report.table?.has(key)
          if (!isListed || count >= smallest) continue
          looked += 1
          for (const value of [1, 2, 3, 4]) {
            expect({ key, value, isPossible: isPossible(report, key, value) }).toMatchObject({
              isPossible: true,
            })
          }
        }
      }),
      { numRuns: 1_500 },
    )
    expect(looked).toBeGreaterThan(100)
  })

  test('of decisions that cite two rules, too', () => {
    let looked = 0
    const decisions = array(
      tuple(
        constantFrom('facts', 'form', 'respect'),
        constantFrom('facts', 'form', 'respect'),
        constantFrom('bo', 'en', 'my'),
      ),
      { minLength: 30, maxLength: 120 },
    )
    assert(
      property(decisions, (cited) => {
        const tallies = talliesOf(
          cited.flatMap(([one, other, language]): Row[] =>
            [...new Set([one, other])].map((rule) => [rule, language, 1]),
          ),
        ).filter(({ by }) => by === 'rule' || by === 'rule_language')
        const made = talliesOf(cited.map(([, , language]): Row => ['', language, 1]))
        tallies.push(...made.filter(({ by }) => by === 'all' || by === 'language'))
        const report = told(tallies, true)
        for (const { by, key, count } of tallies) {
          if (by !== 'rule_language' || count >= smallest || !report.table?.has(key)) continue
          looked += 1
          for (const value of [1, 2, 3, 4]) expect(isPossible(report, key, value, true)).toBe(true)
        }
      }),
      { numRuns: 500 },
    )
    expect(looked).toBeGreaterThan(20)
  })

  test('nor does it tell more of a line whose sum is hidden', () => {
    assert(
      property(tables, (rows) => {
        const tallies = talliesOf(rows)
        const report = told(tallies, true)
        if (!report.table) return
        for (const place of ['rule', 'language'] as const) {
          for (const [line, { count }] of report.by[place] ?? []) {
            if (count !== null) continue
            expect([...report.table.keys()].filter((name) => placeOf(name)[place] === line)).toEqual([])
            for (const value of [1, 2, 3, 4]) {
              expect(isPossible(report, `${place} ${line}`, value)).toBe(true)
            }
          }
        }
      }),
      { numRuns: 1_000 },
    )
  })

  test('of several months is the sum of what is told of each', () => {
    assert(
      property(tables, tables, (first, second) => {
        const months = [talliesOf(first, '2026-01'), talliesOf(second, '2026-02')]
        const parts = months.map((month) => told(month, true))
        const both = told(months.flat(), true)
        for (const [name, { count, more }] of both.table ?? []) {
          const cells = parts.flatMap(({ table }) => table?.get(name) ?? [])
          expect(Number(count)).toBe(cells.reduce((sum, cell) => sum + Number(cell.count), 0))
          const is = months.flat().reduce((sum, tally) => (tally.key === name ? sum + tally.count : sum), 0)
          expect(more || count === is).toBe(true)
        }
      }),
    )
  })
})
