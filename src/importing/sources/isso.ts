import { z } from 'zod'
import type { SourceFile } from '../file.ts'
import { dropsOf, type Found, type FoundComment, sensible } from '../found.ts'
import { issoRows } from './isso-store.ts'

const Thread = z.object({ id: z.number(), uri: z.string(), title: z.string().nullable() })

const Comment = z.object({
  id: z.number(),
  tid: z.number(),
  parent: z.number().nullable(),
  created: z.number(),
  mode: z.number(),
  text: z.string().nullable(),
  author: z.string().nullable(),
  email: z.string().nullable(),
  website: z.string().nullable(),
  remote_addr: z.string().nullable(),
  likes: z.number().nullable(),
  dislikes: z.number().nullable(),
})

/** The SQLite database of Isso, of any version: read row by row, and never written to. */
export async function* readIsso(file: SourceFile): AsyncGenerator<Found> {
  if (!file.start.toString('latin1').startsWith('SQLite format 3')) {
    throw new Error('The file is no SQLite database: give comments.db itself, while Isso does not run.')
  }
  for (const { table, row } of issoRows(file.path)) {
    if (table === 'comments') {
      yield commentOf(Comment.parse(row))
      continue
    }
    const { id, uri, title } = Thread.parse(row)
    yield { kind: 'article', ref: String(id), url: uri, title: title ?? undefined }
  }
}

/** Text is Markdown as it was typed; names may be escaped in rows from before 0.14. */
function commentOf(comment: z.infer<typeof Comment>): FoundComment {
  const { id, tid, parent, created, mode, text, author } = comment
  return {
    kind: 'comment',
    place: `comment ${id}`,
    id: String(id),
    parent: parent === null ? undefined : String(parent),
    article: String(tid),
    name: author === null ? undefined : unescaped(author),
    body: { text: text ?? '' },
    status: mode === 1 ? 'published' : mode === 2 ? 'pending' : 'gone',
    at: sensible(Math.round(created * 1_000)),
    drops: dropsOf({
      email: comment.email,
      website: comment.website,
      ip: comment.remote_addr,
      votes: (comment.likes ?? 0) + (comment.dislikes ?? 0),
    }),
  }
}

const entities: Record<string, string> = {
  '&lt;': '<',
  '&gt;': '>',
  '&quot;': '"',
  '&#34;': '"',
  '&#39;': "'",
  '&#x27;': "'",
  '&amp;': '&',
}

function unescaped(name: string): string {
  return name.replace(/&(?:lt|gt|quot|amp|#34|#39|#x27);/g, (entity) => entities[entity] ?? entity)
}
