import { z } from 'zod'
import { inDigits, NextCursor, Page } from '../../http/paging.ts'
import { Instant } from '../../http/times.ts'
import { SiteKey } from '../../sites/site.ts'
import { Rule } from '../../terms/terms.ts'
import { RestrictiveAction } from '../appeals/appeal.ts'
import { StatementOrder } from './statement-order.ts'
import { TransparencyFields } from './transparency.ts'

/** Why a decision against what a reader wrote was made, and what they can do (DSA, Article 17). */
export const Statement = z
  .strictObject({
    id: z.uuid().meta({ description: 'Random: it says nothing of the comment.' }),
    site: z.string(),
    comment: z.uuid(),
    version: z.int().meta({ description: 'Of the decision.' }),
    action: RestrictiveAction,
    decidedBy: z.literal('a person'),
    decidedAt: Instant,
    appliesFrom: Instant,
    annulled: z.boolean().meta({ description: 'The decision was undone: it holds no longer.' }),
    termsVersion: z.int(),
    termsUrl: z.string(),
    rules: z.array(Rule.pick({ code: true, title: true, text: true })),
    order: StatementOrder.optional(),
    reason: z
      .string()
      .nullable()
      .meta({ description: 'What the moderator wrote; null for nothing, or once erased.' }),
    redress: z.strictObject({
      appealUntil: Instant.nullable().meta({
        description:
          'null for the outcome of an appeal by whoever wrote it, which is final, and for an order.',
      }),
      appealUrl: z.string().meta({ description: 'Where the holder of the receipt appeals.' }),
      text: z.string(),
    }),
    fields: TransparencyFields,
  })
  .meta({ id: 'Statement' })
export type Statement = z.infer<typeof Statement>

/** The same without what a person wrote. */
export const ListedStatement = Statement.omit({ reason: true }).meta({ id: 'ListedStatement' })
export type ListedStatement = z.infer<typeof ListedStatement>

export const StatementList = z
  .strictObject({ statements: z.array(ListedStatement), next: NextCursor })
  .meta({ id: 'StatementList' })
export type StatementList = z.infer<typeof StatementList>

const Day = z.iso.date().refine((day) => day >= '1970-01-01', { message: 'It is a day after 1969' })

/** Decisions of a site, on days in UTC of which both are included; without them, all. */
export const StatementPeriod = z.strictObject({
  site: SiteKey,
  from: Day.optional(),
  to: Day.optional(),
})
export type StatementPeriod = z.infer<typeof StatementPeriod>

export const StatementQuery = Page.extend(StatementPeriod.shape)
export type StatementQuery = z.infer<typeof StatementQuery>

/** Which of a comment's statements; without a version the newest. */
export const StatementVersion = z.strictObject({
  version: inDigits(z.int().min(1).max(2_147_483_647))
    .optional()
    .meta({ description: 'Of the decision; by default of the newest one that has a statement.' }),
})
