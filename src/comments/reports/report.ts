import { z } from 'zod'
import { Instant } from '../../http/times.ts'
import { line, words } from '../../http/words.ts'
import { OwnAppeal } from '../comment.ts'

/** Why somebody objects: because of a rule of the terms, or of a law. */
export const ReportKind = z.enum(['rule', 'law'])

const shared = {
  explanation: words(4_000).meta({ description: 'What is wrong with it, in plain words.' }),
  danger: z
    .boolean()
    .default(false)
    .meta({ description: "Somebody's life or safety is threatened; such a report is read first." }),
}

/**
 * A reader's objection to a published comment (Regulation (EU) 2022/2065, article 16). Who reports under a rule stays
 * unknown; who reports under a law may say who they are, because some laws ask for it.
 */
export const NewReport = z
  .discriminatedUnion('kind', [
    z.strictObject({
      kind: z.literal('rule'),
      rule: z.string().max(40).meta({ description: "The code of a rule of the site's terms." }),
      ...shared,
    }),
    z.strictObject({
      kind: z.literal('law'),
      country: z
        .string()
        .regex(/^[A-Z]{2}$/, 'It is a country code of two capitals, such as DE')
        .meta({
          description: 'Whose law it is: ISO 3166-1, two letters.',
        }),
      law: words(500).optional().meta({ description: 'Which law, as well as you know it.' }),
      name: line(200).optional().meta({ description: 'Only where that law needs it. Erased soon after.' }),
      email: z
        .email()
        .max(254)
        .optional()
        .meta({ description: 'Only where that law needs it. Erased soon after.' }),
      goodFaith: z
        .literal(true)
        .meta({ description: 'You believe in good faith that what you say is accurate and complete.' }),
      ...shared,
    }),
  ])
  .meta({
    id: 'NewReport',
    examples: [{ kind: 'rule', rule: 'respect', explanation: 'It insults a reader.' }],
  })
export type NewReport = z.infer<typeof NewReport>

/** The answer to every accepted report. */
export const ReportAccepted = z
  .strictObject({
    id: z.uuid(),
    status: z.literal('open'),
    receipt: z.string().meta({ description: 'The only way to learn what became of it. Shown once.' }),
    receivedAt: Instant,
  })
  .meta({ id: 'ReportAccepted' })
export type ReportAccepted = z.infer<typeof ReportAccepted>

export const ReportStatus = z.enum(['open', 'resolved'])
export const ReportOutcome = z.enum(['keep', 'unpublish', 'edit', 'gone', 'taken_back'])

/** What the holder of a report's receipt may see. */
export const ReportAnswer = z
  .strictObject({
    id: z.uuid(),
    site: z.string(),
    comment: z.uuid(),
    kind: ReportKind,
    rule: z.string().nullable(),
    country: z.string().nullable(),
    danger: z.boolean(),
    receivedAt: Instant,
    status: ReportStatus,
    outcome: ReportOutcome.nullable().meta({
      description: '`gone`: the comment no longer shows, for another reason; `taken_back`: by you.',
    }),
    resolvedAt: Instant.nullable(),
    explanation: z
      .string()
      .nullable()
      .meta({ description: "The moderator's; null while open, or once erased." }),
    reported: z.string().nullable().meta({ description: 'What you wrote; null once erased.' }),
    appealUntil: Instant.optional().meta({
      description: 'Until when you can appeal against keeping the comment; only while you can.',
    }),
    appeal: OwnAppeal.optional().meta({ description: 'Your appeal against keeping the comment.' }),
  })
  .meta({ id: 'ReportAnswer' })
export type ReportAnswer = z.infer<typeof ReportAnswer>
