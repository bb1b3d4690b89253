import { z } from 'zod'
import { parsed } from '../entries.ts'
import { linesOf, type SourceFile } from '../file.ts'
import { dropsOf, type Found, type FoundComment, instant } from '../found.ts'
import { Flag, Text } from '../json-fields.ts'

const Comment = z.object({
  id: z.string().min(1),
  pid: Text,
  text: Text,
  orig: Text,
  title: Text,
  time: Text,
  delete: Flag,
  locator: z.object({ site: Text, url: z.string().min(1) }),
  user: z
    .object({ name: Text, id: Text, picture: Text, ip: Text })
    .catch({ name: undefined, id: undefined, picture: undefined, ip: undefined }),
  votes: z.record(z.string(), z.unknown()).nullish().catch(undefined),
  score: z.number().optional().catch(undefined),
})

/**
 * The backup of Remark42: one JSON object a line, among them lines about readers and pages, of which backups that were
 * put together have several or none. Comments name their page by its address.
 */
export async function* readRemark42(file: SourceFile): AsyncGenerator<Found> {
  let page: string | undefined
  for await (const { line, number } of linesOf(file)) {
    const entry = parsed(line, number)
    const place = `line ${number}`
    if (isMeta(entry)) {
      yield { kind: 'skipped', place, reason: 'a line about readers and pages' }
      continue
    }
    const comment = Comment.safeParse(entry)
    if (!comment.success) {
      yield { kind: 'skipped', place, reason: 'no comment of Remark42' }
      continue
    }
    const { url } = comment.data.locator
    // Pages come one after the other; one that comes again changes nothing.
    if (url !== page) yield { kind: 'article', ref: url, url, title: comment.data.title }
    page = url
    yield commentOf(comment.data, place)
  }
}

function isMeta(entry: unknown): boolean {
  return typeof entry === 'object' && entry !== null && 'version' in entry && 'users' in entry
}

function commentOf(comment: z.infer<typeof Comment>, place: string): FoundComment {
  const { id, pid, text = '', orig, user, locator } = comment
  const scope = locator.site ?? ''
  return {
    kind: 'comment',
    place: `${place}, comment ${id}`,
    id: `${scope} ${id}`,
    parent: pid === undefined || pid === '' ? undefined : `${scope} ${pid}`,
    article: locator.url,
    name: user.name,
    body: orig === undefined || orig === '' ? { html: text } : { text: orig },
    status: comment.delete ? 'gone' : 'published',
    at: instant(comment.time),
    drops: dropsOf({
      account: user.id,
      avatar: user.picture,
      ip: user.ip,
      votes: Object.keys(comment.votes ?? {}).length || comment.score,
    }),
  }
}
