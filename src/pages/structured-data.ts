import type { PublicComment } from '../comments/comment.ts'
import { articlePath, commentPath } from '../reading/addresses.ts'
import type { PublishedList } from '../reading/list.ts'

/** What is discussed, and where. */
export interface Discussion {
  site: string
  article: { key: string; title: string | null; language: string }
  /** where the article itself is */
  canonical: string
  baseUrl: string
  list: PublishedList
  /** in the place of a name */
  unnamed: string
}

/** Bytes of readers' words that are said twice on a page, for people and for search engines. */
const mostBytes = 65_536

/**
 * An article with its comments as schema.org has them, written as JSON for a `<script type="application/ld+json">`: an
 * Article, because a DiscussionForumPosting is what a reader begins, and each reply within what it answers. Search engines
 * ask of a Comment for its text, its author's name and its date. Of a long page it tells the beginning.
 */
export function discussionData({ site, article, canonical, baseUrl, list, unnamed }: Discussion): string {
  const addressOf = (id: string) => `${baseUrl}${commentPath(site, article.key, id)}`
  const told = beginning(list.comments)
  const nodes = new Map(told.map((comment) => [comment.id, nodeOf(comment, addressOf(comment.id), unnamed)]))
  const roots: CommentNode[] = []
  for (const { id, parent } of told) {
    const node = nodes.get(id)
    const siblings = (parent !== undefined && nodes.get(parent)?.comment) || roots
    if (node) siblings.push(node)
  }
  return inScript({
    '@context': 'https://schema.org',
    '@type': 'Article',
    '@id': canonical,
    url: canonical,
    headline: article.title ?? article.key,
    inLanguage: article.language,
    discussionUrl: `${baseUrl}${articlePath(site, article.key)}`,
    commentCount: list.article.count,
    comment: roots,
  })
}

/** JSON that can stand in a script element: nothing in it ends the element, or begins a comment or another one in it. */
export function inScript(value: unknown): string {
  return JSON.stringify(value).replaceAll('<', '\\u003c')
}

interface CommentNode {
  '@type': 'Comment'
  '@id': string
  comment: CommentNode[]
  [property: string]: unknown
}

function nodeOf(
  { name, text, language, publishedAt }: PublicComment,
  address: string,
  unnamed: string,
): CommentNode {
  const place = { '@type': 'Comment' as const, '@id': address, datePublished: publishedAt }
  // A place without words, which is there for the sake of the answers to it.
  if (text === null) return { ...place, creativeWorkStatus: 'Deleted', comment: [] }
  return {
    ...place,
    url: address,
    text,
    inLanguage: language,
    author: { '@type': 'Person', name: name ?? unnamed },
    comment: [],
  }
}

function beginning(comments: readonly PublicComment[]): PublicComment[] {
  let bytes = 0
  return comments.filter(({ text }) => {
    bytes += Buffer.byteLength(text ?? '')
    return bytes <= mostBytes
  })
}
