import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { costs } from '../costs.ts'
import { type Results, resultsFolder } from '../figures.ts'
import type { ReadingCosts } from './serving.ts'
import type { WritingCosts } from './writing.ts'

/** What `npm run bench -- costs` found last. */
export function measuredCosts(): ReadingCosts & WritingCosts {
  const { figures }: Results = JSON.parse(readFileSync(join(resultsFolder, 'costs.json'), 'utf8'))
  const of = (what: string) => {
    const found = figures.find((figure) => figure.what === what)
    if (!found) throw new Error(`It is not known what this costs: ${what}. npm run bench -- costs`)
    return found
  }
  const seconds = (what: string) => ({
    service: Number(of(what).details['of the service']) / 1_000,
    postgres: Number(of(what).details['of PostgreSQL']) / 1_000,
  })
  return {
    page: seconds(costs.page).service,
    known: seconds(costs.known).service,
    built: seconds(costs.built),
    comment: seconds(costs.comment),
    decision: seconds(costs.decision),
    bytes: of(costs.room).figure * 1_000,
    logBytes: of(costs.log).figure * 1_000,
  }
}
