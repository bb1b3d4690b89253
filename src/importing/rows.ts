import { wording } from '../comments/wording.ts'
import { Problem } from '../http/problems.ts'
import { languageOf } from '../screening/language.ts'
import { ArticleKey } from '../sites/article.ts'
import type { Limits } from '../sites/site.ts'
import { type Found, type FoundArticle, type FoundComment, type SourceName, stableId } from './found.ts'
import { htmlToText } from './plain-text.ts'

/** By what an article is called here: its address, the path of that, or the publisher's own id. */
export type KeyedBy = 'url' | 'path' | 'id'

/** Where an import goes, and how. */
export interface Ground {
  site: string
  source: SourceName
  language: string
  limits: Limits
  keyedBy: KeyedBy
  /** what stands before the paths of a source that knows no host */
  base: string | undefined
}

export interface ArticleRow {
  ref: string
  key: string
  title: string | null
  url: string | null
  open: boolean
  madeAt: Date | null
}

export interface AuthorRow {
  ref: string
  name: string | null
}

export interface CommentRow {
  /** its place among all that was found, from 1 */
  nth: number
  place: string
  commentId: string
  parentId: string | null
  article: string
  author: string | null
  status: 'published' | 'pending' | 'gone'
  writtenAt: Date
  name: string | null
  text: string | null
  language: string
  graphemes: number
  bytes: number
  removed: Record<string, number>
  edited: string[]
  staff: boolean
}

/** Where the key of an article, or an address, is none that can be used: why. */
export class Unusable extends Error {}

/** An article as it is laid down. Throws `Unusable`. */
export function articleRow(ground: Ground, found: FoundArticle): ArticleRow {
  const url = addressOf(found.url, ground.base)
  const key = ArticleKey.safeParse(keyOf(ground, found, url))
  if (!key.success) throw new Unusable('an address that is too long, or has control characters')
  const title = (found.title?.replace(/\p{Cc}+/gu, ' ') ?? '').slice(0, 500).trim()
  return {
    ref: refOf(ground, 'article', found.ref),
    key: key.data,
    title: title === '' ? null : title.toWellFormed(),
    url: url !== undefined && url.length <= 2_048 ? url : null,
    open: found.isOpen ?? true,
    madeAt: found.at ?? null,
  }
}

/** The address with which everybody comes to a page: without its fragment. Undefined for what is none. */
function addressOf(written: string, base: string | undefined): string | undefined {
  const whole = /^https?:\/\//i.test(written)
    ? written
    : base === undefined
      ? undefined
      : `${base}${rooted(written)}`
  if (whole === undefined || !URL.canParse(whole)) return undefined
  const url = new URL(whole)
  url.hash = ''
  url.username = ''
  url.password = ''
  return url.href
}

function rooted(path: string): string {
  return path.startsWith('/') ? path : `/${path}`
}

function keyOf(
  { source, keyedBy }: Ground,
  { id, url: written }: FoundArticle,
  url: string | undefined,
): string {
  if (source === 'postbag') return written
  if (keyedBy === 'id' && id !== undefined) return id.replace(/\s+/g, ' ')
  if (keyedBy === 'path' && url !== undefined) {
    const { pathname, search } = new URL(url)
    return `${pathname}${search}`
  }
  if (keyedBy === 'url' && url === undefined && written.startsWith('/'))
    throw new Unusable(`a page without a host`)
  return url ?? written
}

export function authorRow(ground: Ground, ref: string, name: string): AuthorRow {
  return { ref: refOf(ground, 'author', ref), name: wordsOf(ground.limits, 'x', name).name ?? null }
}

/** Characters by which a language is told: of a million comments, reading all of each would be most of the work. */
const enoughToTell = 200

/** What became of a comment on its way: the row, and why there are no words of it, or no name, or no time. */
export interface Prepared {
  row: CommentRow
  /** the code of the refusal */
  refused?: string
  flaws: ('name_refused' | 'no_time')[]
}

/**
 * A comment as it is laid down: its text as plain text, through the same pipeline as what readers send. What that refuses
 * leaves its place behind, so that answers to it stay where they are.
 */
export async function commentRow(
  ground: Ground,
  found: FoundComment,
  nth: number,
  time: Date,
): Promise<Prepared> {
  const { id, parent, article, author, name, place, status, at, edited = [], staff = false } = found
  const flaws: Prepared['flaws'] = at === undefined ? ['no_time'] : []
  const row: CommentRow = {
    nth,
    place,
    commentId: refOf(ground, 'comment', id),
    parentId: parent === undefined ? null : refOf(ground, 'comment', parent),
    article: refOf(ground, 'article', article),
    author: author === undefined ? null : refOf(ground, 'author', author),
    status: 'gone',
    writtenAt: at ?? time,
    name: null,
    text: null,
    language: ground.language,
    graphemes: 1,
    bytes: 1,
    removed: {},
    edited,
    staff,
  }
  if (status === 'gone') return { row, flaws }
  const text = 'html' in found.body ? htmlToText(found.body.html) : found.body.text
  const words = wordsOf(ground.limits, text, name)
  if (words.refused !== undefined) return { row, refused: words.refused, flaws }
  const { graphemes, bytes, removed } = words
  const language = found.language ?? (await languageOf(words.text.slice(0, enoughToTell), ground.language))
  return {
    row: { ...row, status, name: words.name, text: words.text, language, graphemes, bytes, removed },
    flaws: words.isNameRefused ? [...flaws, 'name_refused'] : flaws,
  }
}

type Words =
  | { refused: string; name?: undefined }
  | (ReturnType<typeof wording> & { refused?: undefined; isNameRefused: boolean })

/** Words within the site's limits; a name that is not leaves the text without one. */
function wordsOf(limits: Limits, text: string, name: string | undefined): Words {
  try {
    return { ...wording({ text, name }, limits), isNameRefused: false }
  } catch (fault) {
    if (!(fault instanceof Problem)) throw fault
    if (fault.code !== 'name_too_long') return { refused: fault.code }
    const unnamed = wordsOf(limits, text, undefined)
    return unnamed.refused === undefined ? { ...unnamed, isNameRefused: true } : unnamed
  }
}

function refOf({ site, source, base = '' }: Ground, kind: Found['kind'], ref: string): string {
  return stableId(site, source, countsItsRows.has(source) ? base : '', kind, ref)
}

/** Their ids are numbers, which another one of their kind has as well. */
const countsItsRows: ReadonlySet<SourceName> = new Set(['isso', 'waline'])
