import type { Importer } from '../database/importer.ts'
import type { Found } from './found.ts'
import { count, type ImportReport } from './report.ts'
import {
  type ArticleRow,
  type AuthorRow,
  articleRow,
  authorRow,
  type CommentRow,
  commentRow,
  type Ground,
  Unusable,
} from './rows.ts'
import { keepPlace, layDown } from './store.ts'

/** Rows that are laid down together. */
const atOnce = 1_000

/** What an import tells while it is under way. */
export interface Told {
  skipped: (place: string, reason: string) => void
  progress: (step: 'read' | 'write', done: number) => void
}

export interface Laying {
  importer: Importer
  importId: string
  ground: Ground
  report: ImportReport
  /** what was laid down before this began */
  done: number
  /** whether to keep how far it came */
  keeps: boolean
  told: Told
  now: Date
}

/**
 * Lays down what is found in a file, in batches of one transaction each, with how far that came: whatever ends it, the
 * next time goes on behind the last batch. How much was found.
 */
export async function layDownAll(laying: Laying, found: AsyncIterable<Found>): Promise<number> {
  const { importer, importId, report, done, keeps, told } = laying
  let nth = 0
  let time = laying.now
  let batch = emptyBatch()
  const flush = async () => {
    const { doubles } = await importer.together(async () => {
      const laid = await layDown(importer.sql, importId, batch)
      report.doubles += laid.doubles
      if (keeps) await keepPlace(importer.sql, importId, nth, report)
      return laid
    })
    batch = emptyBatch()
    told.progress('read', nth)
    return doubles
  }
  for await (const one of found) {
    nth += 1
    if (one.kind === 'comment') time = one.at ?? time
    if (nth <= done) continue
    await add(laying, batch, one, nth, time)
    if (++batch.size >= atOnce) await flush()
  }
  await flush()
  return nth
}

interface Batch {
  articles: ArticleRow[]
  authors: AuthorRow[]
  comments: CommentRow[]
  size: number
}

function emptyBatch(): Batch {
  return { articles: [], authors: [], comments: [], size: 0 }
}

async function add(
  { ground, report, told }: Laying,
  batch: Batch,
  found: Found,
  nth: number,
  time: Date,
): Promise<void> {
  if (found.kind === 'skipped') {
    count(report.skipped, found.reason)
    told.skipped(found.place, found.reason)
  } else if (found.kind === 'author') {
    batch.authors.push(authorRow(ground, found.ref, found.name))
  } else if (found.kind === 'article') {
    const row = usable(() => articleRow(ground, found))
    if (typeof row !== 'string') batch.articles.push(row)
    else {
      count(report.skipped, row)
      told.skipped(`entry ${nth}`, row)
    }
  } else {
    report.found[found.status] += 1
    for (const drop of found.drops) count(report.dropped, drop)
    const { row, refused, flaws } = await commentRow(ground, found, nth, time)
    for (const flaw of flaws) count(report.flawed, flaw)
    if (refused !== undefined) {
      count(report.skipped, refused)
      told.skipped(found.place, refused)
    }
    batch.comments.push(row)
  }
}

function usable(make: () => ArticleRow): ArticleRow | string {
  try {
    return make()
  } catch (fault) {
    if (fault instanceof Unusable) return fault.message
    throw fault
  }
}
