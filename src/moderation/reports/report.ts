import { z } from 'zod'
import { AppealOutcome, AppealStatus } from '../../comments/comment.ts'
import { ReportKind, ReportOutcome, ReportStatus } from '../../comments/reports/report.ts'
import { NextCursor } from '../../http/paging.ts'
import { Instant } from '../../http/times.ts'
import { words } from '../../http/words.ts'
import { Decision, DecisionMade, ModeratedComment } from '../decision.ts'

/** A report as moderators see it. */
export const Report = z
  .strictObject({
    id: z.uuid(),
    site: z.string(),
    kind: ReportKind,
    rule: z.string().nullable(),
    country: z.string().nullable(),
    law: z.string().nullable(),
    danger: z.boolean(),
    explanation: z.string().nullable().meta({ description: "The reader's; null once erased." }),
    contact: z
      .strictObject({ name: z.string().nullable(), email: z.string().nullable() })
      .nullable()
      .meta({ description: 'Only of a report under a law, and not for long.' }),
    receivedAt: Instant,
    status: ReportStatus,
    outcome: ReportOutcome.nullable(),
    by: z.string().nullable().meta({ description: 'Who resolved it.' }),
    resolvedAt: Instant.nullable(),
    answer: z.string().nullable().meta({ description: 'What the reader was told.' }),
    appeal: z
      .strictObject({ id: z.uuid(), status: AppealStatus, outcome: AppealOutcome.nullable() })
      .nullable()
      .meta({ description: 'The newest appeal of whoever reported against keeping the comment.' }),
    reported: z
      .strictObject({ revision: z.int(), name: z.string().nullable(), text: z.string().nullable() })
      .meta({ description: 'What stood when it was reported; null once erased.' }),
    comment: ModeratedComment.meta({ description: 'What stands now.' }),
  })
  .meta({ id: 'Report' })
export type Report = z.infer<typeof Report>

export const Reports = z.strictObject({ reports: z.array(Report), next: NextCursor }).meta({ id: 'Reports' })
export type Reports = z.infer<typeof Reports>

/** What a moderator makes of a report: the comment stays, goes, or is edited, and the reader is told why. */
export const Resolution = Decision.pick({ text: true, name: true, rules: true, reason: true, note: true })
  .extend({
    outcome: z.enum(['keep', 'unpublish', 'edit']),
    explanation: words(4_000).meta({ description: 'For whoever reported.' }),
    version: z
      .int()
      .min(1)
      .optional()
      .meta({ description: 'With `unpublish` and `edit`: the version of the comment that you judged.' }),
  })
  .meta({
    id: 'ReportResolution',
    examples: [{ outcome: 'unpublish', version: 2, rules: ['respect'], explanation: 'You are right.' }],
  })
export type Resolution = z.infer<typeof Resolution>

/** A report as it was resolved, with the decision that this made. */
export const ResolutionMade = z
  .strictObject({ report: Report, decision: DecisionMade.omit({ next: true }).nullable() })
  .meta({ id: 'ReportResolved' })
export type ResolutionMade = z.infer<typeof ResolutionMade>
