import { z } from 'zod'
import { Instant } from '../http/times.ts'
import { CitedRule, Rule } from '../terms/terms.ts'
import { Difference } from './difference.ts'
import { Status } from './status.ts'

/** What a reader sends. Sizes are checked against the site's limits, by what a reader counts, after normalising. */
export const Submission = z
  .strictObject({
    text: z.string().meta({ description: "Plain text, within the site's limits. Markup is shown as typed." }),
    name: z
      .string()
      .nullable()
      .optional()
      .meta({ description: 'What to sign with; leave it out to stay unnamed.' }),
    parent: z.uuid().nullable().optional().meta({ description: 'The published comment that this answers.' }),
    proof: z.string().max(4_000).nullable().optional().meta({
      description:
        "The solution of a challenge, where the site asks for one: base64 of `{challenge, solution}` in JSON, as ALTCHA's widget makes it. What is wrong with it refuses nothing; the comment waits as long as one without.",
    }),
  })
  .meta({ id: 'Submission', examples: [{ text: 'The evening boat matters most.', name: 'Wren' }] })
export type Submission = z.infer<typeof Submission>

/** The answer to every accepted submission, whatever screening noticed. */
export const Accepted = z
  .strictObject({
    id: z.uuid(),
    status: z.literal('pending'),
    receipt: z.string().meta({
      description:
        'The only way to see, change, withdraw or erase this comment. Shown once; write it down and tell nobody.',
    }),
    notice: z.string(),
  })
  .meta({ id: 'Accepted' })
export type Accepted = z.infer<typeof Accepted>

const Words = z.strictObject({ name: z.string().nullable(), text: z.string() })

/** The moves of which a reader is told as decisions. */
export const ToldAction = z.enum(['approve', 'edit', 'reject', 'return', 'unpublish', 'restore', 'expire'])

/** An appeal is open until another person decides about it, or something else happens to the comment. */
export const AppealStatus = z.enum(['open', 'decided', 'lapsed']).meta({ id: 'AppealStatus' })
export type AppealStatus = z.infer<typeof AppealStatus>

export const AppealOutcome = z
  .enum(['upheld', 'reversed', 'partly_reversed'])
  .meta({ id: 'AppealOutcome', description: 'What became of the decision.' })
export type AppealOutcome = z.infer<typeof AppealOutcome>

/** An appeal as whoever filed it sees it. */
export const OwnAppeal = z
  .strictObject({
    status: AppealStatus,
    filedAt: Instant,
    outcome: AppealOutcome.optional(),
    explanation: z.string().nullable().optional().meta({ description: 'null once erased' }),
    decidedAt: Instant.optional(),
  })
  .meta({ id: 'OwnAppeal' })

/** Why the words are gone, in general words. */
export const ErasedFor = z.enum(['you', 'time', 'named_person', 'order', 'other']).meta({
  id: 'ErasedFor',
  description:
    'Who or what had every word erased: you; the end of the time for which words are kept; somebody who is named in it; the order of an authority; or something else.',
})
export type ErasedFor = z.infer<typeof ErasedFor>

/** What the holder of a receipt may see. Until a decision is due it says `pending`. */
export const ReceiptAnswer = z
  .strictObject({
    id: z.uuid(),
    site: z.string(),
    article: z.string(),
    language: z.string().meta({ description: 'BCP 47 tag of the language that the text seems to be in.' }),
    status: Status.exclude(['second_review']),
    submitted: Words.nullable().meta({ description: 'The words as they were last sent; null once erased.' }),
    erased: ErasedFor.optional(),
    erasureWaits: z.literal(true).optional().meta({
      description: 'You asked to have every word erased; they have to be kept for now, and are erased then.',
    }),
    published: Words.extend({ at: Instant }).optional(),
    decision: z
      .strictObject({
        action: ToldAction,
        rules: z.array(Rule.pick({ code: true, title: true, text: true })),
        order: z
          .strictObject({ country: z.string(), authority: z.string(), summary: z.string().nullable() })
          .optional()
          .meta({
            description: 'In the place of rules: the order of an authority, unless that forbids to tell.',
          }),
        reason: z.string().nullable(),
      })
      .optional(),
    difference: Difference.optional().meta({ description: 'What an edit changed.' }),
    appealUntil: Instant.optional().meta({
      description: 'Until when the decision can be appealed; only while it can.',
    }),
    appeal: OwnAppeal.optional().meta({ description: 'Your appeal against the newest decision.' }),
  })
  .meta({ id: 'ReceiptAnswer' })
export type ReceiptAnswer = z.infer<typeof ReceiptAnswer>

/** A new text for a returned comment. */
export const Resubmission = Submission.pick({ text: true, name: true }).meta({ id: 'Resubmission' })
export type Resubmission = z.infer<typeof Resubmission>

/** A comment as everybody sees it. Where it is gone but was answered, a place without words remains. */
export const PublicComment = z
  .strictObject({
    id: z.uuid(),
    name: z.string().nullable(),
    text: z.string().nullable(),
    language: z.string().nullable().meta({
      description:
        'BCP 47 tag of the language that the text seems to be in, for `lang`; null where the text is gone.',
    }),
    publishedAt: Instant,
    parent: z.uuid().optional(),
    edited: z
      .strictObject({ rules: z.array(CitedRule) })
      .optional()
      .meta({ description: 'A moderator edited it, under these rules.' }),
    staff: z.literal(true).optional().meta({ description: 'Somebody who moderates wrote it.' }),
    gone: z
      .literal(true)
      .optional()
      .meta({ description: 'It was withdrawn or unpublished; answers to it remain.' }),
    moreReplies: z
      .string()
      .optional()
      .meta({ description: 'The `cursor` of further replies, with `parent`.' }),
  })
  .meta({ id: 'PublicComment' })
export type PublicComment = z.infer<typeof PublicComment>
