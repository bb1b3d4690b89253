import { z } from 'zod'
import { Instant } from '../../http/times.ts'
import { words } from '../../http/words.ts'
import { Decision, DecisionMade } from '../decision.ts'

/** Why somebody else than the reader has words erased. */
const ErasureReason = z.enum(['named_person', 'order', 'other']).meta({
  id: 'ErasureReason',
  description: 'Somebody who is named in it asked; an authority ordered it; or something else.',
})

/** What an admin asks for: the words of a comment are to be erased for good. */
export const ErasureAsked = z
  .strictObject({
    reason: ErasureReason,
    note: words(2_000).meta({
      description:
        'For admins, and kept: who asked and how you know it, but no name and no word of the comment.',
    }),
    rules: Decision.shape.rules.meta({
      description: 'Where it shows or waits: the rules under which it goes first.',
    }),
    order: z.uuid().optional().meta({
      description:
        'With the reason `order`: the order, which names the comment. What shows goes by it, under no rule.',
    }),
  })
  .refine(({ reason, order }) => (reason === 'order') === (order !== undefined), {
    path: ['order'],
    message: 'It is there with the reason `order`, and with no other',
  })
  .meta({
    id: 'ErasureAsked',
    examples: [
      { reason: 'named_person', rules: ['private_details'], note: 'By letter of 20 November; seen.' },
    ],
  })
export type ErasureAsked = z.infer<typeof ErasureAsked>

/** That the words of a comment are erased. Its moves stay. */
export const Erasure = z
  .strictObject({
    comment: z.uuid(),
    askedBy: z.enum(['reader', 'person', 'system']),
    by: z.string().nullable().meta({ description: 'The pseudonym of who erased them for somebody else.' }),
    reason: ErasureReason.nullable(),
    order: z.uuid().nullable(),
    note: z.string().nullable(),
    erasedAt: Instant,
  })
  .meta({ id: 'Erasure' })
export type Erasure = z.infer<typeof Erasure>

export const ErasureMade = z
  .strictObject({
    erasure: Erasure,
    decision: DecisionMade.omit({ next: true })
      .nullable()
      .meta({ description: 'By which it went before; null where it was settled already.' }),
  })
  .meta({ id: 'ErasureMade' })
export type ErasureMade = z.infer<typeof ErasureMade>
