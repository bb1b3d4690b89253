import type { CitedRule } from '../../terms/terms.ts'

/** The newest comments of a site or of an article, whatever the format in which they are told. Times are coarse already. */
export interface Feed {
  /** an IRI that stays */
  id: string
  title: string
  /** BCP 47, of the title */
  language: string
  /** the address of the feed in its format, and of the page that it is about */
  self: string
  home: string | null
  /** ISO 8601 */
  updated: string
  words: FeedWords
  entries: FeedEntry[]
}

/** What a feed says in words of its own, in one language. */
export interface FeedWords {
  comments: string
  /** in the place of a name */
  unnamed: string
  /** that somebody who moderates wrote it */
  staff: string
  /** that a moderator edited it under rules of these titles */
  edited(titles: readonly string[]): string
}

export interface FeedEntry {
  id: string
  /** null for a reader who signed with nothing */
  name: string | null
  text: string
  /** BCP 47, of the text */
  language: string
  /** under which the comment stands */
  article: { title: string; language: string }
  /** the comment's own page */
  url: string
  /** what it answers: a comment, or the article itself */
  inReplyTo: { id: string; url: string }
  published: string
  updated: string
  edited: CitedRule[] | null
  staff: boolean
}

/** Comments that a feed tells of at most. */
export const mostEntries = 50

/** What stands over an entry: who wrote it, and under what. */
export function titleOf({ name, article }: FeedEntry, { unnamed }: FeedWords): string {
  return `${name ?? unnamed} · ${article.title}`
}

/** What is to be known of an entry besides what it says, by a term that stays. */
export function marksOf({ staff, edited }: FeedEntry, words: FeedWords): { term: string; label: string }[] {
  return [
    ...(staff ? [{ term: 'staff', label: words.staff }] : []),
    ...(edited ? [{ term: 'edited', label: words.edited(edited.map(({ title }) => title)) }] : []),
  ]
}

/** The IRI of a comment, the same in every feed and for ever (RFC 9562). */
export function urnOf(id: string): string {
  return `urn:uuid:${id}`
}
