import { z } from 'zod'
import type { SourceFile } from '../file.ts'
import { dropsOf, type Found, instant } from '../found.ts'
import { membersOf } from '../json.ts'
import { Flag, Id, Text } from '../json-fields.ts'

const Comment = z
  .object({
    objectId: Id,
    _id: Id,
    id: Id,
    url: Text,
    comment: Text,
    nick: Text,
    mail: Text,
    link: Text,
    ip: Text,
    ua: Text,
    user_id: Id,
    like: z.unknown().optional(),
    pid: Id,
    rid: Id,
    status: Text,
    insertedAt: Text,
    createdAt: Text,
    sticky: Flag,
  })
  .transform(({ _id: mongoId, ...more }) => ({ ...more, mongoId }))

/** The JSON that Waline exports. Its Users hold hashes of passwords, and are not looked at. */
export async function* readWaline(file: SourceFile): AsyncGenerator<Found> {
  let page: string | undefined
  for await (const { nth, value } of membersOf(file, ['$.data.Comment'])) {
    const comment = Comment.safeParse(value)
    const id = comment.data?.objectId ?? comment.data?.mongoId ?? comment.data?.id
    const place = `comment ${nth}${id === undefined ? '' : `, ${id}`}`
    if (!comment.success || id === undefined || !comment.data.url) {
      yield { kind: 'skipped', place, reason: 'a comment without an id or a page' }
      continue
    }
    const { url, nick, comment: text = '', pid, rid, status, insertedAt, createdAt } = comment.data
    if (url !== page) yield { kind: 'article', ref: url, url }
    page = url
    yield {
      kind: 'comment',
      place,
      id,
      parent: pid ?? rid,
      article: url,
      name: nick,
      body: { text },
      // Data from before there was a status has none, and was public.
      status: status === 'waiting' ? 'pending' : status === 'spam' ? 'gone' : 'published',
      at: instant(insertedAt) ?? instant(createdAt),
      drops: dropsOf({
        email: comment.data.mail,
        website: comment.data.link,
        ip: comment.data.ip,
        userAgent: comment.data.ua,
        account: comment.data.user_id,
        votes: comment.data.like,
      }),
    }
  }
}
