import { randomBytes } from 'node:crypto'

// Nobody can know it, and so no text of anybody's has it.
const unknown = randomBytes(16).toString('hex')
const standIn = new RegExp(`${unknown}-(\\d+)-`, 'g')

/** Stands in for people's words while somebody else writes the document around them. */
export interface StandIns {
  /** what to write in the place of these words */
  of(words: string): string
  /** the document with every word in its place, written by `as` */
  replacedIn(document: string, as: (words: string) => string): string
}

/**
 * A library that writes XML trims words, wraps them in CDATA with white space around it, and takes `&apos;` for an
 * apostrophe. It never sees them: they are put in after it, by the one renderer that is proven for them.
 */
export function standIns(): StandIns {
  const kept: string[] = []
  return {
    of: (words) => `${unknown}-${kept.push(words) - 1}-`,
    replacedIn: (document, as) => document.replace(standIn, (_, place) => as(kept[Number(place)] ?? '')),
  }
}
