import { z } from 'zod'
import type { SourceFile } from '../file.ts'
import { dropsOf, type Found, instant } from '../found.ts'
import { membersOf } from '../json.ts'
import { Flag, Id, Text } from '../json-fields.ts'
import { htmlToText } from '../plain-text.ts'
import { readComentario3 } from './comentario.ts'

const Comment = z.object({
  commentHex: z.string().min(1),
  domain: Text,
  host: Text,
  url: Text,
  path: Text,
  commenterHex: Text,
  markdown: Text,
  html: Text,
  parentHex: Text,
  score: z.number().optional().catch(undefined),
  state: Text,
  creationDate: Text,
  deleted: Flag,
})

const Commenter = z.object({ commenterHex: z.string().min(1), name: Text })

const Version = z.object({ version: Id })

/**
 * The JSON of Commento and of Comentario: version 1 of both, version 3 of Comentario. Commenters may stand before or
 * behind the comments that name them, and more than once.
 */
export async function* readCommento(file: SourceFile): AsyncGenerator<Found> {
  const version = await versionOf(file)
  if (version === '3') yield* readComentario3(file)
  else if (version === '1') yield* readCommento1(file)
  else
    throw new Error(`The file says that it is of version ${version ?? 'none'}: those of 1 and 3 can be read.`)
}

async function versionOf(file: SourceFile): Promise<string | undefined> {
  for await (const { value, list } of membersOf(file, ['$.comments', '$.pages', '$.*'])) {
    const isVersion = list === '$' && (typeof value === 'number' || typeof value === 'string')
    if (isVersion) return Version.parse({ version: value }).version
  }
  return undefined
}

async function* readCommento1(file: SourceFile): AsyncGenerator<Found> {
  let page: string | undefined
  for await (const { list, nth, value } of membersOf(file, ['$.comments', '$.commenters'])) {
    if (list === '$.commenters') {
      const commenter = Commenter.safeParse(value)
      if (commenter.success) {
        yield { kind: 'author', ref: commenter.data.commenterHex, name: commenter.data.name ?? '' }
      }
      continue
    }
    const comment = Comment.safeParse(value)
    if (!comment.success) {
      yield { kind: 'skipped', place: `comment ${nth}`, reason: 'a comment without an id' }
      continue
    }
    const url = addressOf(comment.data)
    if (url !== page) yield { kind: 'article', ref: url, url }
    page = url
    yield commentOf(comment.data, url, nth)
  }
}

/** The page: its path may lack the slash, and its domain the scheme. */
function addressOf({ domain, host, url, path }: z.infer<typeof Comment>): string {
  const under = url ?? path ?? ''
  if (/^https?:\/\//.test(under)) return under
  const where = domain ?? host
  const rooted = under.startsWith('/') ? under : `/${under}`
  return where === undefined ? rooted : `https://${where}${rooted}`
}

function commentOf(comment: z.infer<typeof Comment>, article: string, nth: number): Found {
  const { commentHex: id, parentHex, markdown = '', html = '', commenterHex = '' } = comment
  const text = markdown === '' ? htmlToText(html) : markdown
  // The export leaves out that a comment was deleted, but for what stands in its place.
  const isGone = comment.deleted || text.trim() === '' || text.trim() === '[deleted]'
  const isAnonymous = commenterHex === '' || commenterHex === 'anonymous' || /^0+$/.test(commenterHex)
  return {
    kind: 'comment',
    place: `comment ${nth}, ${id}`,
    id,
    parent: parentHex === undefined || parentHex === '' || parentHex === 'root' ? undefined : parentHex,
    article,
    author: isAnonymous ? undefined : commenterHex,
    body: { text },
    status: isGone
      ? 'gone'
      : comment.state === 'approved' || comment.state === undefined
        ? 'published'
        : 'pending',
    at: instant(comment.creationDate),
    drops: dropsOf({ account: !isAnonymous, votes: comment.score }),
  }
}
