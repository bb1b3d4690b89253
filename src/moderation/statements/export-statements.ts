import type { Database } from '../../database/client.ts'
import { csvRecord } from '../../http/csv.ts'
import type { StatementPeriod } from './statement.ts'
import { listStatements, type StatementPlace } from './store.ts'
import { type TransparencyFields, transparencyFields, transparencyNames } from './transparency.ts'

const atOnce = 500

/**
 * A site's statements under the names of the DSA Transparency Database, in the order of their decisions, as a CSV file:
 * lists as JSON, nothing as an empty field. Decisions that were undone, or still can be, are left out.
 */
export async function* statementsAsCsv(
  db: Database,
  baseUrl: string,
  period: StatementPeriod,
): AsyncGenerator<string> {
  yield csvRecord(transparencyNames)
  for await (const page of pages(db, baseUrl, period)) {
    yield page.map((fields) => csvRecord(transparencyNames.map((name) => inCsv(fields[name])))).join('')
  }
}

/** The same as NDJSON: one JSON object a line. */
export async function* statementsAsLines(
  db: Database,
  baseUrl: string,
  period: StatementPeriod,
): AsyncGenerator<string> {
  for await (const page of pages(db, baseUrl, period)) {
    yield page.map((fields) => `${JSON.stringify(fields)}\n`).join('')
  }
}

function inCsv(value: string | readonly string[] | null): string {
  return value === null ? '' : typeof value === 'string' ? value : JSON.stringify(value)
}

async function* pages(
  db: Database,
  baseUrl: string,
  { site, from, to }: StatementPeriod,
): AsyncGenerator<TransparencyFields[]> {
  let after: StatementPlace | null = null
  do {
    const rows = await listStatements(db.desk, {
      site,
      from: from ?? null,
      to: to ?? null,
      after,
      limit: atOnce,
      isFinalOnly: true,
    })
    if (rows.length > 0) yield rows.map((row) => transparencyFields(row, baseUrl))
    const last = rows[atOnce - 1]
    after = last ? { decidedAt: last.decidedAt.toISOString(), id: last.id } : null
  } while (after)
}
