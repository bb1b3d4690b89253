import { once } from 'node:events'
import { parse } from 'csv-parse'
import { z } from 'zod'
import { entriesOf, isJson } from '../entries.ts'
import { type SourceFile, textOf } from '../file.ts'
import { dropsOf, type Found, type FoundStatus, instant } from '../found.ts'
import { MongoDate, Text } from '../json-fields.ts'

const Story = z.object({
  id: z.string().min(1),
  url: z.string().min(1),
  metadata: z.object({ title: Text, publishedAt: MongoDate }).optional().catch(undefined),
  createdAt: MongoDate,
  closedAt: z.unknown().optional(),
})

const User = z.object({ id: z.string().min(1), username: z.string() })

const Comment = z.object({
  id: z.string().min(1),
  parentID: Text.nullish(),
  authorID: Text.nullish(),
  storyID: z.string().min(1),
  revisions: z.array(z.object({ body: Text })).catch([]),
  status: Text,
  tags: z.array(z.object({ type: Text })).catch([]),
  createdAt: MongoDate,
  deletedAt: z.unknown().optional(),
  actionCounts: z.record(z.string(), z.unknown()).optional().catch(undefined),
})

/**
 * What mongoexport makes of Coral's collections `stories`, `users` and `comments`, in one file: one JSON object a line,
 * or an array. The text is that of the last revision. Or the three files of CSV that coral-importer takes, put together.
 */
export async function* readCoral(file: SourceFile): AsyncGenerator<Found> {
  if (await isJson(file)) for await (const { value, place } of entriesOf(file)) yield foundIn(value, place)
  else yield* readCsv(file)
}

/** Their columns have no names; how many there are tells what they are of. */
async function* readCsv(file: SourceFile): AsyncGenerator<Found> {
  const rows = parse({ bom: true, relax_column_count: true, skip_empty_lines: true, info: true })
  const feeding = (async () => {
    for await (const piece of textOf(file)) if (!rows.write(piece)) await once(rows, 'drain')
    rows.end()
  })().catch((fault: unknown) => rows.destroy(fault instanceof Error ? fault : new Error('unreadable')))
  for await (const row of rows) {
    const { record, info } = CsvRow.parse(row)
    yield rowOf(record, `line ${info.lines}`)
  }
  await feeding
}

const CsvRow = z.object({ record: z.array(z.string()), info: z.object({ lines: z.number() }) })

function rowOf(row: string[], place: string): Found {
  const [id = '', second = '', third = '', fourth = '', fifth = '', sixth = '', seventh = ''] = row
  if (id !== '' && row.length === 6) return { kind: 'author', ref: id, name: third }
  if (id !== '' && row.length === 7) {
    return { kind: 'article', ref: id, url: second, title: third, isOpen: sixth === '', at: instant(fifth) }
  }
  if (id === '' || row.length !== 8)
    return { kind: 'skipped', place, reason: 'no story, user or comment of Coral' }
  return {
    kind: 'comment',
    place: `${place}, comment ${id}`,
    id,
    parent: sixth || undefined,
    article: third,
    author: second || undefined,
    body: { html: fifth },
    status: coralStatus(seventh),
    at: instant(fourth),
    drops: dropsOf({ account: second, votes: row[7] }),
  }
}

function foundIn(value: unknown, place: string): Found {
  const comment = Comment.safeParse(value)
  if (comment.success) return commentOf(comment.data, place)
  const story = Story.safeParse(value)
  if (story.success) {
    const { id, url, metadata, createdAt, closedAt } = story.data
    const at = metadata?.publishedAt ?? createdAt
    const isOpen = closedAt === undefined || closedAt === null || closedAt === false
    return { kind: 'article', ref: id, url, title: metadata?.title, isOpen, at }
  }
  const user = User.safeParse(value)
  if (user.success) return { kind: 'author', ref: user.data.id, name: user.data.username }
  return { kind: 'skipped', place, reason: 'no story, user or comment of Coral' }
}

function commentOf(comment: z.infer<typeof Comment>, place: string): Found {
  const { id, parentID, authorID, storyID, revisions, status, createdAt, deletedAt } = comment
  const isDeleted = deletedAt !== undefined && deletedAt !== null
  return {
    kind: 'comment',
    place: `${place}, comment ${id}`,
    id,
    parent: parentID || undefined,
    article: storyID,
    author: authorID || undefined,
    body: { html: revisions[revisions.length - 1]?.body ?? '' },
    status: isDeleted ? 'gone' : coralStatus(status),
    at: createdAt,
    drops: dropsOf({ account: authorID, votes: Object.keys(comment.actionCounts ?? {}).length }),
  }
}

/** NONE was public without anybody having looked at it. */
function coralStatus(status: string | undefined): FoundStatus {
  if (status === undefined || status === '' || status === 'NONE' || status === 'APPROVED') return 'published'
  return status === 'PREMOD' || status === 'SYSTEM_WITHHELD' ? 'pending' : 'gone'
}
