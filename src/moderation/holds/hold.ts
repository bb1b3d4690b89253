import { z } from 'zod'
import { Instant } from '../../http/times.ts'
import { words } from '../../http/words.ts'

/** Why the words of a comment have to be kept. */
export const NewHold = z
  .strictObject({
    reason: words(2_000).meta({ description: 'For admins; erased with the words of the comment.' }),
    order: z.uuid().optional().meta({ description: 'The order that asks for it, if it names this comment.' }),
  })
  .meta({ id: 'NewHold' })
export type NewHold = z.infer<typeof NewHold>

/** While one stands, nobody erases the words of the comment: not its reader, not an admin, not time. */
export const Hold = z
  .strictObject({
    id: z.uuid(),
    comment: z.uuid(),
    reason: z.string().nullable().meta({ description: 'null once erased' }),
    order: z.uuid().nullable(),
    by: z.string().meta({ description: 'The pseudonym of who placed it.' }),
    placedAt: Instant,
    endedAt: Instant.nullable().meta({ description: 'null while it stands' }),
    endedBy: z.string().nullable(),
  })
  .meta({ id: 'Hold' })
export type Hold = z.infer<typeof Hold>

export const Holds = z.strictObject({ holds: z.array(Hold) }).meta({ id: 'Holds' })
