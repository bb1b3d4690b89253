import { z } from 'zod'
import { Action, Proposal, Status } from '../comments/status.ts'
import { normalizeText } from '../comments/text.ts'
import { Instant } from '../http/times.ts'
import { Signal } from '../screening/signal.ts'
import { CitedRule, Rule } from '../terms/terms.ts'

/** What a person says about a decision: plain text like a reader's, with something to read in it. */
const Remark = z
  .string()
  .overwrite((written) => normalizeText(written, { graphemes: Infinity, bytes: Infinity }).text)
  .min(1)
  .max(4_000)
  .nullable()

/** What a moderator decides about the version that If-Match names. */
export const Decision = z
  .strictObject({
    action: Action,
    text: z.string().optional().meta({ description: 'With `edit`, or proposing one: the new text.' }),
    name: z.string().nullable().optional().meta({ description: 'With `edit`: the new name; null for none.' }),
    rules: z
      .array(z.string().max(40))
      .max(20)
      .default([])
      .meta({ description: 'Codes of the rules of the terms under which this is decided.' }),
    reason: Remark.optional().meta({ description: 'For the reader; with `return`, what to change.' }),
    note: Remark.optional().meta({ description: 'For moderators only.' }),
    revision: z.int().min(1).optional().meta({ description: 'With `restore`: which revision to publish.' }),
    proposal: Proposal.optional().meta({ description: 'With `escalate`: what you would decide.' }),
  })
  .meta({ id: 'Decision', examples: [{ action: 'approve' }, { action: 'reject', rules: ['promotion'] }] })
export type Decision = z.infer<typeof Decision>

/** A decision as it was made. */
export const DecisionMade = z
  .strictObject({
    id: z.uuid(),
    action: Action,
    from: Status,
    to: Status,
    version: z.int(),
    rules: z.array(z.string()),
    decidedAt: Instant,
    visibleAt: Instant.optional().meta({ description: 'When it shows; until then it can be undone.' }),
    by: z.string().meta({ description: "The moderator's pseudonym." }),
    next: z.array(z.never()).meta({ description: 'The comments that you hold next.' }),
  })
  .meta({ id: 'DecisionMade' })
export type DecisionMade = z.infer<typeof DecisionMade>

/** Who did what last; told to whoever judged an older version. */
export const LastMove = z
  .strictObject({
    action: z.string(),
    by: z
      .string()
      .nullable()
      .meta({ description: 'A pseudonym; null for the reader or the service itself.' }),
    at: Instant,
    rules: z.array(CitedRule),
    proposal: Proposal.optional(),
  })
  .meta({ id: 'LastMove' })
export type LastMove = z.infer<typeof LastMove>

/** A comment as moderators see it. */
export const ModeratedComment = z
  .strictObject({
    id: z.uuid(),
    site: z.string(),
    article: z.string(),
    articleTitle: z.string().nullable(),
    articleUrl: z.string().nullable(),
    parent: z.uuid().nullable(),
    status: Status,
    version: z.int(),
    revision: z.int(),
    name: z.string().nullable(),
    text: z.string().nullable().meta({ description: 'null once erased' }),
    language: z.string(),
    submittedAt: Instant,
    visibleAt: Instant.nullable(),
    termsVersion: z.int(),
    signals: z.array(Signal),
    screened: z.boolean().meta({ description: 'false while the signals are still to come.' }),
    removed: z.record(z.string(), z.int()).meta({ description: 'What the text pipeline removed, by kind.' }),
    last: LastMove,
  })
  .meta({ id: 'ModeratedComment' })
export type ModeratedComment = z.infer<typeof ModeratedComment>

/** One comment, with the rules under which it is judged and its own words as they were sent. */
export const CommentToJudge = ModeratedComment.extend({
  rules: z.array(Rule),
  submitted: z.strictObject({ name: z.string().nullable(), text: z.string() }).nullable(),
  proposed: z
    .strictObject({ name: z.string().nullable(), text: z.string() })
    .nullable()
    .meta({ description: 'The text that whoever escalated proposes.' }),
}).meta({ id: 'CommentToJudge' })
export type CommentToJudge = z.infer<typeof CommentToJudge>

/** A row of the log, with the words that belong to it unless they are erased. */
export const LoggedMove = z
  .strictObject({
    id: z.uuid(),
    version: z.int(),
    action: z.string(),
    proposal: Proposal.optional(),
    from: z.string(),
    to: Status,
    by: z.string().nullable(),
    at: Instant,
    visibleAt: Instant.nullable(),
    rules: z.array(CitedRule),
    reason: z.string().nullable(),
    note: z.string().nullable(),
    revision: z.int(),
    wrote: z
      .strictObject({ name: z.string().nullable(), text: z.string() })
      .nullable()
      .meta({ description: 'The revision that this move made, unless erased.' }),
  })
  .meta({ id: 'LoggedMove' })
export type LoggedMove = z.infer<typeof LoggedMove>
