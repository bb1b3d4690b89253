import { type Database, transaction } from '../database/client.ts'
import { isDatabaseAway } from '../database/faults.ts'
import { type Door, door } from '../http/door.ts'
import { Problem } from '../http/problems.ts'
import { together } from '../http/together.ts'
import { automaticArticlesPerHour } from '../sites/article.ts'
import { type Place, type SubmissionFacts, submissionFacts } from './facts-store.ts'
import { insertSubmissions, makeArticles, type NewComment, type Written } from './submission-store.ts'

/** The way in for all submissions of a process, which are looked at and written together with those beside them. */
export interface WayIn extends Door {
  /** undefined without the site */
  look: (place: Place) => Promise<SubmissionFacts | undefined>
  /** what became of it, once that is committed */
  write: (comment: NewComment) => Promise<Written>
}

/**
 * How many submissions are inside at most. At the five hundred a second or more that two cores take in, the last of them
 * waits two seconds: whoever comes then is better off with an answer and another try than with a page that hangs.
 */
const mostInside = 1_000

/** More rows together make each hardly cheaper, and all of them wait longer. */
const mostTogether = 256

/**
 * A statement that waits for a lock, or on a connection that is dead without having said so, holds up the others for a
 * quarter of a second. Half of the pool's connections are left to everybody else.
 */
const slow = { after: 250, lanes: 8 }

/** Bytes of texts that are written together: half a second's work, where a statement may take four and a half. */
const heaviest = 262_144

export function wayIn(db: Database, most = mostInside): WayIn {
  const look = together((places: readonly Place[]) => submissionFacts(db.desk, places), {
    lanes: 1,
    slow,
    most: mostTogether,
    isOfOne,
  })
  const write = together((comments: readonly NewComment[]) => writeAll(db, comments), {
    lanes: 1,
    slow,
    most: mostTogether,
    weight: { of: ({ wording }) => wording.bytes, most: heaviest },
    keyOf: ({ once }) => once?.keyHash.toString('base64'),
    isOfOne,
  })
  return {
    ...door(most, () => new Problem('unavailable', 'More comments arrive than can be taken in now.')),
    look,
    async write(comment) {
      const written = await write(comment)
      if (written !== 'in_use') return written
      const [alone = written] = await insertSubmissions(db.desk, [comment], { waits: true })
      return alone
    },
  }
}

/** Writes them all or, where PostgreSQL refuses one, none; with the articles that are still to be made. */
async function writeAll(db: Database, comments: readonly NewComment[]): Promise<Written[]> {
  const first = comments.filter(({ articleId }) => articleId === null)
  if (first.length === 0) return insertSubmissions(db.desk, comments)
  return transaction(db.desk, async (tx) => {
    const idOf = await makeArticles(tx, first, automaticArticlesPerHour)
    const placed = comments.map((one) => ({ ...one, articleId: one.articleId ?? idOf(one) }))
    return insertSubmissions(tx, placed)
  })
}

/** A database that is away, or too busy, is so for all of them. */
function isOfOne(fault: unknown): boolean {
  return !isDatabaseAway(fault)
}
