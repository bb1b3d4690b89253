import { z } from 'zod'

/**
 * What an edit kept, removed and added, in reading order. The kept and removed pieces, joined, are the text before
 * it; the kept and added ones the text after it. No piece is empty, and what was removed precedes what replaces it.
 */
export const Difference = z
  .array(z.strictObject({ kind: z.enum(['kept', 'removed', 'added']), text: z.string().min(1) }))
  .meta({
    id: 'Difference',
    description: 'kept + removed is the text before an edit, kept + added the one after.',
  })
export type Difference = z.infer<typeof Difference>
