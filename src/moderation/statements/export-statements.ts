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
export function statementsAsCsv(
  db: Database,
  baseUrl: string,
  period: StatementPeriod,
): Promise<AsyncGenerator<string>> {
  const header = csvRecord(transparencyNames)
  return begun(pages(db, baseUrl, period), header, (fields) =>
    csvRecord(transparencyNames.map((name) => inCsv(fields[name]))),
  )
}

/** The same as NDJSON: one JSON object a line. */
export function statementsAsLines(
  db: Database,
  baseUrl: string,
  period: StatementPeriod,
): Promise<AsyncGenerator<string>> {
  return begun(pages(db, baseUrl, period), '', (fields) => `${JSON.stringify(fields)}\n`)
}

/** A file whose beginning is read already: where that fails, nothing of an answer has gone out. */
async function begun(
  all: AsyncGenerator<TransparencyFields[]>,
  header: string,
  line: (fields: TransparencyFields) => string,
): Promise<AsyncGenerator<string>> {
  const first = await all.next()
  return (async function* write() {
    if (header !== '') yield header
    if (first.done !== true) yield first.value.map(line).join('')
    for await (const page of all) yield page.map(line).join('')
  })()
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
