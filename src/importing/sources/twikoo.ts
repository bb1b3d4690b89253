import { z } from 'zod'
import { entriesOf } from '../entries.ts'
import type { SourceFile } from '../file.ts'
import { dropsOf, type Found } from '../found.ts'
import { Flag, Id, Milliseconds, Text } from '../json-fields.ts'

const Comment = z
  .object({
    _id: Id,
    id: Id,
    url: Text,
    nick: Text,
    mail: Text,
    mailMd5: Text,
    link: Text,
    ua: Text,
    ip: Text,
    comment: Text,
    pid: Id,
    rid: Id,
    isSpam: Flag,
    created: Milliseconds,
    avatar: Text,
    like: z.array(z.unknown()).optional().catch(undefined),
  })
  .transform(({ _id: mongoId, ...more }) => ({ ...more, mongoId }))

/**
 * The JSON that Twikoo exports, as an array or one object a line. Its one mark says of a comment that it is hidden,
 * because it waits or because it is spam: nobody can tell which, so it waits here.
 */
export async function* readTwikoo(file: SourceFile): AsyncGenerator<Found> {
  let page: string | undefined
  for await (const { value, place } of entriesOf(file)) {
    const comment = Comment.safeParse(value)
    const id = comment.data?.mongoId ?? comment.data?.id
    if (!comment.success || id === undefined || !comment.data.url) {
      yield { kind: 'skipped', place, reason: 'a comment without an id or a page' }
      continue
    }
    const { url, nick, comment: html = '', pid, rid, isSpam, created } = comment.data
    if (url !== page) yield { kind: 'article', ref: url, url }
    page = url
    yield {
      kind: 'comment',
      place: `${place}, ${id}`,
      id,
      parent: pid ?? rid,
      article: url,
      name: nick,
      body: { html },
      status: isSpam ? 'pending' : 'published',
      at: created,
      drops: dropsOf({
        email: comment.data.mail ?? comment.data.mailMd5,
        website: comment.data.link,
        ip: comment.data.ip,
        userAgent: comment.data.ua,
        avatar: comment.data.avatar,
        votes: comment.data.like?.length,
      }),
    }
  }
}
