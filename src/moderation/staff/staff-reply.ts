import { z } from 'zod'
import { Submission } from '../../comments/comment.ts'

/** What somebody who moderates answers to a published comment. */
export const NewStaffReply = z
  .strictObject({
    text: Submission.shape.text,
    name: z.string().nullable().optional().meta({
      description: 'What to sign with besides the mark of the staff; leave it out to stay unnamed.',
    }),
  })
  .meta({
    id: 'NewStaffReply',
    examples: [{ text: 'We have corrected the figure. Thank you.', name: 'The desk' }],
  })
export type NewStaffReply = z.infer<typeof NewStaffReply>

/** An answer that waits until another person has read it. It has no receipt. */
export const StaffReplySent = z
  .strictObject({ id: z.uuid(), status: z.literal('pending'), by: z.string() })
  .meta({ id: 'StaffReplySent' })
export type StaffReplySent = z.infer<typeof StaffReplySent>
