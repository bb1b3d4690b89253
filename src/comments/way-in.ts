import { type Database, transaction } from '../database/client.ts'
import { isDatabaseAway } from '../database/faults.ts'
import { type Door, door } from '../http/door.ts'
import { Problem } from '../http/problems.ts'
import { together } from '../http/together.ts'
import type { Screening } from '../screening/screened.ts'
import { automaticArticlesPerHour } from '../sites/article.ts'
import { type Place, type SubmissionFacts, submissionFacts } from './facts-store.ts'
import { type LaterScreening, laterScreening } from './screen-later.ts'
import { insertSubmissions, makeArticles, type NewComment, type Written } from './submission-store.ts'

/** The way in for all submissions of a process, which are looked at and written together with those beside them. */
export interface WayIn extends Pick<Door, 'enter'> {
  /** whether so many come that being screened first would keep each waiting for the others */
  isCrowded: () => boolean
  /** screens what was taken in unscreened, right after */
  screenLater: LaterScreening['add']
  /** Waits a moment for the screening of what was taken in, so that whoever reads next sees what it noticed. */
  settled: LaterScreening['settled']
  /** Waits until nobody is inside, and nothing is being screened. */
  close: () => Promise<void>
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

/** Up to so many do not yet keep each other waiting. */
const mostAtEase = 8

/** More rows together make each hardly cheaper, and all of them wait longer. */
const mostTogether = 256

/**
 * A statement that waits for a lock, or on a connection that is dead without having said so, holds up the others for a
 * quarter of a second. Half of the pool's connections are left to everybody else.
 */
const slow = { after: 250, lanes: 8 }

/** Bytes of texts that are written together: half a second's work, where a statement may take four and a half. */
const heaviest = 262_144

/** How many are inside at most, and up to how many are still screened before they are written. */
export interface WayInLimits {
  inside?: number | undefined
  atEase?: number | undefined
}

export function wayIn(
  screening: Screening,
  { inside: most = mostInside, atEase = mostAtEase }: WayInLimits = {},
): WayIn {
  const { db, onTaken } = screening
  const inside = door(
    most,
    () => new Problem('unavailable', 'More comments arrive than can be taken in now.'),
  )
  const isFull = () => inside.count() > atEase
  const later = laterScreening({ ...screening, isCrowded: isFull, onScreened: onTaken })
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
    enter: inside.enter,
    isCrowded: () => isFull() || later.isBehind(),
    screenLater: later.add,
    settled: later.settled,
    async close() {
      await inside.empty()
      await later.stop()
    },
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
