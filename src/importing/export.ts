import type { Database } from '../database/client.ts'
import { findSite } from '../sites/store.ts'
import { findTerms } from '../terms/store.ts'
import {
  exportedArticles,
  exportedComments,
  exportedPhrases,
  exportedReasons,
  exportTime,
  termsVersions,
} from './export-store.ts'
import type { ExportedLine } from './exported.ts'

/** Rows that are read in one statement. */
const atOnce = 250

/**
 * Everything of a site, as lines of NDJSON without their ends: its settings, terms, phrases, saved reasons, articles, and
 * its comments with every text, move, note, report and appeal. No secrets, and no hashes of any; no data about who
 * moderates but their pseudonyms. Throws a sentence where there is no such site.
 */
export async function* exportLines(db: Database, site: string): AsyncGenerator<string> {
  const settings = await findSite(db.prisma, site)
  if (!settings) throw new Error(`There is no site ${site}.`)
  yield lineOf({ kind: 'site', version: 1, exportedAt: await exportTime(db.desk), site: settings })
  for (const version of await termsVersions(db.desk, site)) {
    const terms = await findTerms(db.desk, site, version)
    if (terms) yield lineOf({ kind: 'terms', terms })
  }
  yield* await exportedPhrases(db.desk, site)
  yield* await exportedReasons(db.desk, site)
  for (let after: string | null = null; ; ) {
    const rows: { id: string; line: string }[] = await exportedArticles(db.desk, site, after, atOnce)
    yield* rows.map(({ line }) => line)
    const last = rows[rows.length - 1]
    if (!last) break
    after = last.id
  }
  for (let after = '0'; ; ) {
    const rows = await exportedComments(db.desk, site, after, atOnce)
    yield* rows.map(({ line }) => line)
    const last = rows[rows.length - 1]
    if (!last) break
    after = last.position
  }
}

function lineOf(line: ExportedLine): string {
  return JSON.stringify(line)
}
