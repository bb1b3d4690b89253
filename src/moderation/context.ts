import { z } from 'zod'
import { Status } from '../comments/status.ts'
import { Instant } from '../http/times.ts'
import { LastMove, LoggedMove } from './decision.ts'
import { Note } from './notes/note.ts'

/** Another comment, by which one is understood. */
export const ContextComment = z
  .strictObject({
    id: z.uuid(),
    article: z.string(),
    status: Status,
    language: z.string(),
    name: z.string().nullable(),
    text: z.string().nullable().meta({
      description: 'null once erased, or while it is not published and in a language that you do not read.',
    }),
    submittedAt: Instant,
    decision: LastMove.nullable().meta({ description: 'The last decision about it that was not undone.' }),
  })
  .meta({ id: 'ContextComment' })
export type ContextComment = z.infer<typeof ContextComment>

export const Context = z.strictObject({
  notes: z.array(Note).meta({ description: 'What moderators told each other about it, oldest first.' }),
  thread: z.array(ContextComment).meta({ description: 'What it answers, from the first comment down.' }),
  alike: z.array(ContextComment).meta({
    description: 'Up to ten earlier comments of the site that say the same, the newest first.',
  }),
})
export type Context = z.infer<typeof Context>

export const History = z
  .strictObject({ moves: z.array(LoggedMove), ...Context.shape })
  .meta({ id: 'History' })
export type History = z.infer<typeof History>
