import type { Sql } from '../../database/client.ts'
import type { Period } from '../statistics/period.ts'

/** What of a site to report on; null for all languages. */
export interface ReportScope extends Period {
  site: string
  languages: string[] | null
}

/** By what a measure is broken down; `all` for the measure as a whole. */
export const breakdowns = ['language', 'rule', 'country'] as const
export type Breakdown = (typeof breakdowns)[number]

/** By both at once: a table, of which the keys are those of a rule and a language, with a space between. */
export const table = 'rule_language'

/** A smaller number of people could be found out; none at all tells of nobody. */
export const smallest = 5

/** How many there were in a month (of those days that were asked for). */
export interface Tally {
  /** such as 2026-11 */
  month: string
  measure: string
  by: 'all' | Breakdown | typeof table
  /** a language, the code of a rule, a country, a rule and a language; '' for all */
  key: string
  count: number
}

/** A part of the report: what is counted, and how. To add one is to write its file and to name it in sections.ts. */
export interface Section {
  name: string
  /** in the order in which they are told, whether there was anything or not */
  measures: readonly string[]
  tallies(db: Sql, scope: ReportScope): Promise<Tally[]>
}
