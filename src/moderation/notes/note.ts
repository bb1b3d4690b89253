import { z } from 'zod'
import { Instant } from '../../http/times.ts'
import { words } from '../../http/words.ts'

/** What a moderator tells the others about a comment. */
export const NewNote = z.strictObject({ text: words(4_000) }).meta({ id: 'NewNote' })
export type NewNote = z.infer<typeof NewNote>

export const Note = z
  .strictObject({
    id: z.uuid(),
    by: z.string().meta({ description: "The moderator's pseudonym." }),
    at: Instant,
    text: z.string(),
  })
  .meta({ id: 'Note' })
export type Note = z.infer<typeof Note>
