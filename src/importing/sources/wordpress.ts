import type { SourceFile } from '../file.ts'
import { dropsOf, type Found, type FoundComment, instant } from '../found.ts'
import { childText, type Element, elementsOf } from '../xml.ts'

const parts = { item: 'channel', comment: 'item', base_blog_url: 'channel' }

/**
 * WXR, the XML that WordPress exports, of any version: what counts is how elements are called, not the address of their
 * namespace. Comments stand within their item and come before its end, so they name it by its place.
 */
export async function* readWordPress(file: SourceFile): AsyncGenerator<Found> {
  let item = 1
  let blog = ''
  for await (const element of elementsOf(file, parts)) {
    if (element.name === 'base_blog_url')
      blog = element.text.trim().replace(/^https?:\/\/(?:www\.)?|\/+$/g, '')
    else if (element.name === 'comment') yield commentOf(element, String(item), blog)
    else {
      yield itemOf(element, String(item))
      item += 1
    }
  }
}

function itemOf(item: Element, ref: string): Found {
  const id = childText(item, 'post_id')
  const url = childText(item, 'link')
  const place = `line ${item.line}, item ${id ?? ref}`
  if (url === undefined) return { kind: 'skipped', place, reason: 'an item without an address' }
  const date = childText(item, 'post_date_gmt')
  return {
    kind: 'article',
    ref,
    url,
    id,
    title: childText(item, 'title'),
    isOpen: childText(item, 'comment_status') !== 'closed',
    at: instant(date),
  }
}

function commentOf(comment: Element, article: string, blog: string): FoundComment | Found {
  const id = childText(comment, 'comment_id')
  const place = `line ${comment.line}, comment ${id ?? 'without an id'}`
  const type = childText(comment, 'comment_type') ?? 'comment'
  if (type !== 'comment')
    return { kind: 'skipped', place, reason: `a ${/^\w+$/.test(type) ? type : 'thing'}` }
  if (id === undefined) return { kind: 'skipped', place, reason: 'a comment without an id' }
  const parent = childText(comment, 'comment_parent')
  return {
    kind: 'comment',
    place,
    id: `${blog} ${id}`,
    parent: parent === undefined || parent === '0' ? undefined : `${blog} ${parent}`,
    article,
    name: childText(comment, 'comment_author'),
    body: { html: comment.children.find(({ name }) => name === 'comment_content')?.text ?? '' },
    status: statusOf(childText(comment, 'comment_approved')),
    // Of what was not published at once, WordPress leaves the one in UTC empty.
    at: instant(childText(comment, 'comment_date_gmt')) ?? instant(childText(comment, 'comment_date')),
    drops: dropsOf({
      email: childText(comment, 'comment_author_email'),
      website: childText(comment, 'comment_author_url'),
      ip: childText(comment, 'comment_author_IP'),
      account: Number(childText(comment, 'comment_user_id') ?? 0),
    }),
  }
}

function statusOf(approved: string | undefined): FoundComment['status'] {
  if (approved === '1' || approved === 'approve' || approved === 'approved') return 'published'
  return approved === '0' || approved === 'hold' ? 'pending' : 'gone'
}
