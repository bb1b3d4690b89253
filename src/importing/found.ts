import { createHash } from 'node:crypto'
import { z } from 'zod'

/** What we can read, as its name is typed. */
export const SourceName = z.enum([
  'disqus',
  'wordpress',
  'isso',
  'remark42',
  'commento',
  'comentario',
  'coral',
  'waline',
  'twikoo',
  'postbag',
])
export type SourceName = z.infer<typeof SourceName>

/** A page of the source, by what its comments call it. */
export interface FoundArticle {
  kind: 'article'
  ref: string
  /** the page's address, or its path where the source knows no host */
  url: string
  /** the publisher's own id of it */
  id?: string | undefined
  title?: string | undefined
  isOpen?: boolean | undefined
  at?: Date | undefined
}

/** The name of somebody whose comments name them by an id alone. */
interface FoundAuthor {
  kind: 'author'
  ref: string
  name: string
}

/** As it stood there. `gone`: it was deleted, or refused; answers may still hang on it. */
export type FoundStatus = 'published' | 'pending' | 'gone'

export interface FoundComment {
  kind: 'comment'
  /** where in the file, for people: never a word of it */
  place: string
  /** unique within the source, and the same in its next export */
  id: string
  parent?: string | undefined
  article: string
  author?: string | undefined
  name?: string | undefined
  body: { html: string } | { text: string }
  status: FoundStatus
  /** undefined where the source does not say, or not in a way that can be read */
  at: Date | undefined
  /** what comes with it and is not taken over */
  drops: Dropped[]
  /** codes of the rules under which it was edited, of Postbag's own export */
  edited?: string[] | undefined
  staff?: boolean | undefined
  /** what it is written in, where the source knows */
  language?: string | undefined
}

/** What is no comment, or none that can be read. */
interface FoundNothing {
  kind: 'skipped'
  place: string
  reason: string
}

export type Found = FoundArticle | FoundAuthor | FoundComment | FoundNothing

/** Personal data, and what has no place here. */
export type Dropped = 'email' | 'ip' | 'website' | 'avatar' | 'account' | 'votes' | 'userAgent'

/** The names of those fields that hold something. */
export function dropsOf(fields: Partial<Record<Dropped, unknown>>): Dropped[] {
  return Object.entries(fields).flatMap(([name, value]) => {
    const dropped = droppable.find((one) => one === name)
    return dropped && held(value) ? [dropped] : []
  })
}

function held(value: unknown): boolean {
  return value !== undefined && value !== null && value !== '' && value !== 0 && value !== false
}

const droppable: readonly Dropped[] = ['email', 'ip', 'website', 'avatar', 'account', 'votes', 'userAgent']

/**
 * The id here of what has an id there: the same for the same site, source and id, so that whatever is imported again is
 * known again. A UUID of version 8 (RFC 9562) from SHA-256.
 */
export function stableId(...names: string[]): string {
  const hex = createHash('sha256')
    .update(JSON.stringify(['postbag import', ...names]))
    .digest('hex')
  const variant = '89ab'[Number.parseInt(hex.charAt(16), 16) % 4] ?? '8'
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-${variant}${hex.slice(17, 20)}-${hex.slice(20, 32)}`
}

/** An instant written in ISO 8601; without a zone it is in UTC. Undefined for what is none, and for years before 1990. */
export function instant(written: string | undefined): Date | undefined {
  const bare = written?.trim().replace(/^(\d{4}-\d\d-\d\d) (\d\d:\d\d)/, '$1T$2') ?? ''
  const zoned = bare.replace(/ ?([+-]\d\d):?(\d\d)$/, '$1:$2')
  const hasZone = /(?:z|[+-]\d\d:\d\d)$/i.test(zoned) && zoned.includes('T')
  return sensible(Date.parse(hasZone || !zoned.includes('T') ? zoned : `${zoned}Z`))
}

/** An instant from milliseconds since 1970. */
export function sensible(milliseconds: number): Date | undefined {
  return milliseconds >= Date.UTC(1990, 0, 1) && milliseconds < Date.UTC(2200, 0, 1)
    ? new Date(milliseconds)
    : undefined
}
