/** Something that everybody may see, and what it hangs on: whoever keeps it forgets it when one of these changes. */
export interface Shown<T> {
  answer: T
  site: string
  /** ids of the articles of whose comments it is made */
  articles: readonly string[]
  /** whether it is made of all comments of the site, whatever the article */
  everyArticle?: boolean
  /** keys of articles that it is about, there or not: by these, caches are told what to forget */
  about: readonly string[]
  /** whether one of these articles is not there yet */
  lacks: boolean
  /** milliseconds until it shows something else by itself, by the database's clock; null where it never does */
  changesIn: number | null
}

/** What is sent. */
export interface Body {
  bytes: Buffer
  type: string
  /** besides those that every answer has */
  headers?: Record<string, string>
}

/** An answer as the JSON that is sent. */
export function asJson({ answer, ...shown }: Shown<unknown>): Shown<Body> {
  const bytes = Buffer.from(JSON.stringify(answer))
  return { ...shown, answer: { bytes, type: 'application/json; charset=utf-8' } }
}

/**
 * What a transaction changed: an article's comments, all of a site, or which articles it has. `onlyAdds`: nothing that
 * was there is gone, or another.
 */
export type Change =
  | { what: 'article'; article: string; site: string; onlyAdds?: boolean }
  | { what: 'site'; site: string }
  | { what: 'absent'; site: string }

/** The earlier of two times to come, where null is never. */
export function sooner(one: number | null, other: number | null): number | null {
  if (one === null || other === null) return one ?? other
  return Math.min(one, other)
}
