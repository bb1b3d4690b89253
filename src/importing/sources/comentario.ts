import { z } from 'zod'
import type { SourceFile } from '../file.ts'
import { dropsOf, type Found, instant } from '../found.ts'
import { membersOf } from '../json.ts'
import { Flag, Text } from '../json-fields.ts'

const Page = z.object({ id: z.string().min(1), path: z.string(), title: Text, isReadonly: Flag })

const Comment = z.object({
  id: z.string().min(1),
  parentId: Text,
  pageId: z.string(),
  markdown: Text,
  html: Text,
  score: z.number().optional().catch(undefined),
  isApproved: Flag,
  isPending: Flag,
  isDeleted: Flag,
  createdTime: Text,
  userCreated: Text,
  authorName: Text,
  authorIp: Text,
})

const Commenter = z.object({ id: z.string().min(1), name: Text })

const anonymous = '00000000-0000-0000-0000-000000000000'

/** Version 3 of Comentario's JSON: pages, comments and commenters, in whatever order. */
export async function* readComentario3(file: SourceFile): AsyncGenerator<Found> {
  for await (const { list, nth, value } of membersOf(file, ['$.pages', '$.comments', '$.commenters'])) {
    if (list === '$.pages') yield pageOf(value, nth)
    else if (list === '$.comments') yield commentOf(value, nth)
    else {
      const commenter = Commenter.safeParse(value)
      if (commenter.success) yield { kind: 'author', ref: commenter.data.id, name: commenter.data.name ?? '' }
    }
  }
}

function pageOf(value: unknown, nth: number): Found {
  const page = Page.safeParse(value)
  if (!page.success)
    return { kind: 'skipped', place: `page ${nth}`, reason: 'a page without an id or a path' }
  const { id, path, title, isReadonly } = page.data
  return {
    kind: 'article',
    ref: id,
    url: path.startsWith('/') ? path : `/${path}`,
    title,
    isOpen: !isReadonly,
  }
}

function commentOf(value: unknown, nth: number): Found {
  const found = Comment.safeParse(value)
  if (!found.success)
    return { kind: 'skipped', place: `comment ${nth}`, reason: 'a comment without an id or a page' }
  const {
    id,
    parentId,
    pageId,
    markdown,
    html = '',
    userCreated,
    authorName,
    isApproved,
    isPending,
    isDeleted,
  } = found.data
  const isNamed = userCreated !== undefined && userCreated !== anonymous
  return {
    kind: 'comment',
    place: `comment ${nth}, ${id}`,
    id,
    parent: parentId === '' ? undefined : parentId,
    article: pageId,
    name: authorName === '' ? undefined : authorName,
    author: isNamed ? userCreated : undefined,
    body: markdown === undefined || markdown === '' ? { html } : { text: markdown },
    // Neither approved nor pending is what was rejected.
    status: isDeleted ? 'gone' : isPending ? 'pending' : isApproved ? 'published' : 'gone',
    at: instant(found.data.createdTime),
    drops: dropsOf({ account: isNamed, ip: found.data.authorIp, votes: found.data.score }),
  }
}
