import { randomUUID } from 'node:crypto'
import type { Importer } from '../database/importer.ts'
import { sourceFile } from './file.ts'
import type { SourceName } from './found.ts'
import { layDownAll, type Told } from './lay-down.ts'
import { count, emptyReport, ImportReport } from './report.ts'
import type { Ground, KeyedBy } from './rows.ts'
import { readSource } from './sources.ts'
import {
  endImport,
  endReading,
  findTarget,
  foresee,
  isLeft,
  keepPlace,
  keepReport,
  layAside,
  makeArticlesOf,
  type Target,
  takeUp,
  type WrittenRows,
  withoutArticle,
  writeRows,
} from './store.ts'

/** What is asked of an import. */
export interface Asked {
  source: SourceName
  path: string
  site: string
  /** the login or pseudonym of the admin who vouches for it */
  by: string
  keyedBy: KeyedBy
  base: string | undefined
  /** without this nothing is written: what would be is told */
  writes: boolean
}

export interface BroughtIn {
  report: ImportReport
  /** some of the keys that articles have here */
  keys: string[]
  by: string
  /** whether it went on with what an earlier run had left */
  isResumed: boolean
}

/** Rows that are written in one transaction. */
const atOnce = 500

/**
 * Brings the comments of another service in, or tells what that would do. What was public there is published here, in the
 * name of the admin who vouches for it; what waited there waits here; of what is gone a place remains where it was
 * answered. Nobody is told. Throws a sentence for the operator.
 */
export async function bringIn(importer: Importer, asked: Asked, told: Told): Promise<BroughtIn> {
  const target = await targetOf(importer, asked)
  const { now } = target
  const ground: Ground = { ...asked, language: target.language, limits: target.limits }
  const file = await sourceFile(asked.path)
  if (!asked.writes) {
    await layAside(importer.sql)
    const report = emptyReport()
    const laying = { importer, importId: randomUUID(), ground, report, done: 0, keeps: false, told, now }
    await layDownAll(laying, readSource(asked.source, file))
    await leaveOutWithoutArticle(importer, laying.importId, report, told)
    const foreseen = await foresee(importer.sql, laying.importId, asked.site)
    report.articles = { found: foreseen.articles, made: foreseen.newArticles }
    report.here = foreseen.here
    report.orphaned = foreseen.orphaned
    return { report, keys: foreseen.keys, by: target.pseudonym, isResumed: false }
  }

  const options = JSON.stringify([asked.keyedBy, asked.base ?? null])
  const of = { ...asked, personId: target.personId, fileHash: file.hash, options }
  const { id, records, report: kept, isRead, isNew } = await takeUp(importer.sql, of)
  const report = isNew || records === 0 ? emptyReport() : ImportReport.parse(kept)
  if (!isRead) {
    const laying = { importer, importId: id, ground, report, done: records, keeps: true, told, now }
    const all = await layDownAll(laying, readSource(asked.source, file))
    await leaveOutWithoutArticle(importer, id, report, told)
    await importer.together(async () => {
      await keepPlace(importer.sql, id, all, report)
      await endReading(importer.sql, id)
    })
  }
  const { articles, keys } = await foresee(importer.sql, id, asked.site)
  report.articles.found = Math.max(report.articles.found, articles)
  report.articles.made += await makeArticlesOf(importer.sql, id)
  await writeAll(importer, id, report, told)
  await importer.together(() => endImport(importer.sql, id, report))
  return { report, keys, by: target.pseudonym, isResumed: !isNew }
}

async function targetOf(importer: Importer, { site, by }: Asked): Promise<Target> {
  const found = await findTarget(importer.sql, site, by)
  if (!found.site) throw new Error(`There is no site ${site}.`)
  if (!found.target) throw new Error(`No admin who is active signs in as "${by}", or is called that.`)
  if (!found.target.hasTerms)
    throw new Error(`The site ${site} has no published terms yet, under which texts stand.`)
  return found.target
}

async function leaveOutWithoutArticle(
  importer: Importer,
  id: string,
  report: ImportReport,
  told: Told,
): Promise<void> {
  const reason = 'a comment whose page is not in the file'
  for (;;) {
    const places = await withoutArticle(importer.sql, id, 1_000)
    if (places.length === 0) return
    count(report.skipped, reason, places.length)
    for (const place of places) told.skipped(place, reason)
  }
}

/** Round after round, until nothing waits for its parent but in a circle; then that is cut. */
async function writeAll(importer: Importer, id: string, report: ImportReport, told: Told): Promise<void> {
  let done = 0
  let settles = false
  while (await isLeft(importer.sql, id)) {
    const before = done
    for (let after: number | null = 0; after !== null; ) {
      const wrote = await writeSome(importer, id, after, settles, report)
      done += wrote.published + wrote.pending + wrote.gone + wrote.here + wrote.useless
      after = wrote.last
      told.progress('write', done)
    }
    settles = done === before
  }
}

/** A part of them, with what the report says of it, in one transaction. */
function writeSome(
  importer: Importer,
  id: string,
  after: number,
  settles: boolean,
  report: ImportReport,
): Promise<WrittenRows> {
  return importer.together(async () => {
    const wrote = await writeRows(importer.sql, id, after, atOnce, settles)
    report.written.published += wrote.published
    report.written.pending += wrote.pending
    report.written.places += wrote.gone
    report.here += wrote.here
    report.orphaned += wrote.orphaned
    if (wrote.useless > 0) count(report.skipped, 'deleted, and not answered', wrote.useless)
    await keepReport(importer.sql, id, report)
    return wrote
  })
}
