import { z } from 'zod'
import { AppealOutcome, AppealStatus } from '../../comments/comment.ts'
import { ReportKind } from '../../comments/reports/report.ts'
import { wording } from '../../comments/wording.ts'
import { NextCursor } from '../../http/paging.ts'
import { Instant } from '../../http/times.ts'
import { CitedRule } from '../../terms/terms.ts'

/** What a reader says against a decision: up to 2,000 user-perceived characters (UAX #29), and 32 KiB. */
export const appealLimits = { textGraphemes: 2_000, textBytes: 32_768, nameGraphemes: 1 }

/** What a reader files. */
export const NewAppeal = z
  .strictObject({
    text: z.string().meta({ description: 'Why the decision is wrong: up to 2,000 characters.' }),
  })
  .meta({ id: 'NewAppeal', examples: [{ text: 'I named nobody: please read the second sentence again.' }] })
export type NewAppeal = z.infer<typeof NewAppeal>

/** The text of an appeal as it is stored, after the same pipeline as a comment's; a refusal is thrown as a problem. */
export function appealText({ text }: NewAppeal): string {
  return wording({ text }, appealLimits).text
}

/** The decisions against what a reader wrote, which have a statement of reasons and can be appealed. */
export const RestrictiveAction = z.enum(['edit', 'reject', 'return', 'unpublish'])

/** The report that was resolved by keeping its comment, where whoever reported appeals. */
const AppealedReport = z
  .strictObject({
    id: z.uuid(),
    kind: ReportKind,
    rule: z.string().nullable().meta({ description: 'The code of the rule that it names.' }),
    country: z.string().nullable(),
    law: z.string().nullable(),
    danger: z.boolean(),
    explanation: z.string().nullable().meta({ description: "The reporter's; null once erased." }),
    receivedAt: Instant,
  })
  .meta({ id: 'AppealedReport' })

/** An appeal as moderators see it: by the reader who wrote the comment, or by one who reported it. */
export const Appeal = z
  .strictObject({
    id: z.uuid(),
    site: z.string(),
    comment: z.uuid(),
    language: z.string(),
    status: AppealStatus,
    filedAt: Instant,
    text: z.string().nullable().meta({ description: 'The words of whoever appeals; null once erased.' }),
    report: AppealedReport.optional().meta({
      description: 'Where somebody appeals who reported the comment: their report. It was kept.',
    }),
    against: z
      .strictObject({
        version: z.int().meta({ description: 'Of the decision; with `keep`, of the comment that was kept.' }),
        action: z.enum([...RestrictiveAction.options, 'keep']),
        by: z.string().meta({ description: "The moderator's pseudonym." }),
        at: Instant,
        rules: z.array(CitedRule),
        reason: z.string().nullable().meta({ description: 'What whoever appeals was told.' }),
      })
      .meta({ description: 'The decision that it is about; `keep` where a report was resolved so.' }),
    outcome: AppealOutcome.optional(),
    explanation: z
      .string()
      .nullable()
      .optional()
      .meta({ description: 'For whoever appeals; null once erased.' }),
    by: z.string().optional().meta({ description: "The reviewer's pseudonym." }),
    decidedAt: Instant.optional(),
  })
  .meta({ id: 'Appeal' })
export type Appeal = z.infer<typeof Appeal>

export const AppealList = z
  .strictObject({ appeals: z.array(Appeal), next: NextCursor })
  .meta({ id: 'AppealList' })
export type AppealList = z.infer<typeof AppealList>
