import { z } from 'zod'

/** What screening can notice; every signal has one code. A code is advice for a moderator, never a verdict. */
export const SignalCode = z
  .enum([
    'links',
    'contact_details',
    'repeat',
    'phrase',
    'shouting',
    'impersonation',
    'invisible_characters',
    'bidi_controls',
    'private_use',
    'replacement_character',
    'stacked_marks',
    'zawgyi',
    'mixed_script',
    'markup',
    'language',
    'honeypot',
    'quick',
    'unproven',
    'classifier',
  ])
  .meta({ id: 'SignalCode' })
export type SignalCode = z.infer<typeof SignalCode>

/** What can be noticed about how a text came, whatever it says; it is kept with the text until that is screened, and after. */
export const ArrivalCode = SignalCode.extract(['honeypot', 'quick', 'unproven'])
export type ArrivalCode = z.infer<typeof ArrivalCode>

/** Lists of ranges end here: a moderator who has seen this many places has seen the pattern. */
export const mostRanges = 50

/** A place in the stored text: from `start` up to, not including, `end`, in UTF-16 code units (what `slice` takes). */
export const Range = z.strictObject({ start: z.int().min(0), end: z.int().min(0) }).meta({
  id: 'Range',
  description: 'From start up to, not including, end; in UTF-16 units of the stored text.',
})
export type Range = z.infer<typeof Range>

/**
 * One thing that screening noticed, said to a moderator in one English sentence.
 * `ranges` are ordered places in the stored text, at most 50, in UTF-16 code units; they are empty where the
 * signal concerns the name or something that is no longer in the text.
 */
export const Signal = z
  .strictObject({
    code: SignalCode,
    severity: z.enum(['info', 'notice', 'warning']),
    message: z.string().min(1),
    ranges: z.array(Range).max(mostRanges),
  })
  .meta({ id: 'Signal', description: 'What screening noticed: advice for the moderator, never a verdict.' })
export type Signal = z.infer<typeof Signal>
