import type { SourceFile } from '../file.ts'
import { dropsOf, type Found, type FoundArticle, type FoundComment, instant } from '../found.ts'
import { childOf, childText, type Element, elementsOf } from '../xml.ts'

/** The XML that Disqus exports: threads, then posts (disqus.com/api/schemas/1.0/disqus.xsd). */
export async function* readDisqus(file: SourceFile): AsyncGenerator<Found> {
  for await (const element of elementsOf(file, { thread: 'disqus', post: 'disqus' })) {
    yield element.name === 'thread' ? threadOf(element) : postOf(element)
  }
}

function threadOf(thread: Element): FoundArticle | Found {
  const ref = thread.attributes.get('id')
  const url = childText(thread, 'link')
  const id = childText(thread, 'id')
  const place = `line ${thread.line}, thread ${ref ?? 'without an id'}`
  if (ref === undefined || (url === undefined && id === undefined)) {
    return { kind: 'skipped', place, reason: 'a thread without an address' }
  }
  return {
    kind: 'article',
    ref,
    url: url ?? id ?? '',
    id,
    title: childText(thread, 'title'),
    isOpen: !isTrue(thread, 'isClosed') && !isTrue(thread, 'isDeleted'),
    at: instant(childText(thread, 'createdAt')),
  }
}

function postOf(post: Element): FoundComment | Found {
  const id = post.attributes.get('id')
  const article = referenceOf(post, 'thread')
  const place = `line ${post.line}, post ${id ?? 'without an id'}`
  if (id === undefined || article === undefined) {
    return { kind: 'skipped', place, reason: 'a post without an id or a thread' }
  }
  const author = childOf(post, 'author')
  const isGone = isTrue(post, 'isDeleted') || isTrue(post, 'isSpam')
  return {
    kind: 'comment',
    place,
    id,
    parent: referenceOf(post, 'parent'),
    article,
    name: author && childText(author, 'name'),
    body: { html: childText(post, 'message') ?? '' },
    status: isGone ? 'gone' : childText(post, 'isApproved') === 'false' ? 'pending' : 'published',
    at: instant(childText(post, 'createdAt')),
    drops: dropsOf({
      email: author && childText(author, 'email'),
      account: author && childText(author, 'username'),
      ip: childText(post, 'ipAddress'),
    }),
  }
}

function referenceOf(element: Element, name: string): string | undefined {
  return childOf(element, name)?.attributes.get('id')
}

function isTrue(element: Element, name: string): boolean {
  return childText(element, name) === 'true'
}
