import { z } from 'zod'
import { Difference } from '../comments/difference.ts'
import { Action, Proposal, Status } from '../comments/status.ts'
import { normalizeText } from '../comments/text.ts'
import { ProblemDetails } from '../http/problems.ts'
import { Instant } from '../http/times.ts'
import { Signal } from '../screening/signal.ts'
import { CitedRule, Rule } from '../terms/terms.ts'
import { Appeal } from './appeals/appeal.ts'
import { Note } from './notes/note.ts'
import { ClaimFilter } from './queue/lane.ts'

/** In UTF-16 units; what arrives with twice as many is refused unread. */
export const mostRemark = 4_000

/** What a person says about a decision: plain text like a reader's, with something to read in it. */
export const Remark = z
  .string()
  .overwrite((written) => (written.length > 2 * mostRemark ? written : asStored(written)))
  .min(1)
  .max(mostRemark)
  .nullable()

function asStored(written: string): string {
  return normalizeText(written, { graphemes: Infinity, bytes: Infinity }).text
}

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
    order: z.uuid().optional().meta({
      description:
        'With `unpublish`, in the place of rules: the order of an authority that names this comment.',
    }),
    next: z.int().min(0).max(10).optional().meta({ description: 'How many comments to claim next.' }),
    nextFrom: ClaimFilter.optional().meta({ description: 'Where to claim them from.' }),
  })
  .meta({ id: 'Decision', examples: [{ action: 'approve' }, { action: 'reject', rules: ['promotion'] }] })
export type Decision = z.infer<typeof Decision>

/** One of several decisions: the same, with the comment and the version that was judged. */
export const OneDecision = Decision.omit({ next: true, nextFrom: true })
  .extend({ id: z.uuid(), version: z.int().min(1) })
  .meta({ id: 'OneDecision' })
export type OneDecision = z.infer<typeof OneDecision>

/** Several decisions, each by its version, each with a result of its own. */
export const Decisions = z
  .strictObject({
    decisions: z.array(OneDecision).min(1).max(100),
    next: Decision.shape.next,
    nextFrom: Decision.shape.nextFrom,
  })
  .meta({ id: 'Decisions' })
export type Decisions = z.infer<typeof Decisions>

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
    screened: z.boolean().meta({ description: 'false while signals are still to come.' }),
    removed: z.record(z.string(), z.int()).meta({ description: 'What the text pipeline removed, by kind.' }),
    last: LastMove,
    staff: z
      .literal(true)
      .optional()
      .meta({ description: 'Somebody who moderates wrote it; another person decides about it.' }),
    danger: z
      .literal(true)
      .optional()
      .meta({ description: "Somebody's life is threatened, a moderator says; see the notes." }),
    claim: z
      .strictObject({ by: z.string().meta({ description: "A moderator's pseudonym." }), until: Instant })
      .optional()
      .meta({ description: 'Who is reading it, and until when they hold it.' }),
    cluster: z.strictObject({ key: z.string(), size: z.int() }).optional().meta({
      description: 'Where several that say the same wait: how many (counted up to 100), and their key.',
    }),
  })
  .meta({ id: 'ModeratedComment' })
export type ModeratedComment = z.infer<typeof ModeratedComment>

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
    next: z
      .array(ModeratedComment)
      .meta({ description: 'The comments that you hold next, if you asked for some.' }),
  })
  .meta({ id: 'DecisionMade' })
export type DecisionMade = z.infer<typeof DecisionMade>

/** What became of one of several decisions: made, or the problem why not. */
export const DecisionResult = z
  .strictObject({
    id: z.uuid(),
    status: z.int().meta({ description: 'What a request for this one alone would have answered.' }),
    decision: DecisionMade.omit({ next: true }).optional(),
    problem: ProblemDetails.optional(),
  })
  .meta({ id: 'DecisionResult' })
export type DecisionResult = z.infer<typeof DecisionResult>

/** One result for each decision, in the order in which they were asked. */
export const DecisionResults = z
  .strictObject({ results: z.array(DecisionResult), next: DecisionMade.shape.next })
  .meta({ id: 'DecisionResults' })
export type DecisionResults = z.infer<typeof DecisionResults>

/** A text as it would be in Unicode. It is shown beside the text as it was typed, and never takes its place. */
export const Converted = z
  .strictObject({ encoding: z.literal('zawgyi'), text: z.string() })
  .meta({ id: 'Converted' })
export type Converted = z.infer<typeof Converted>

/** One comment, with the rules under which it is judged and its own words as they were sent. */
export const CommentToJudge = ModeratedComment.extend({
  rules: z.array(Rule),
  submitted: z.strictObject({ name: z.string().nullable(), text: z.string() }).nullable(),
  proposed: z
    .strictObject({ name: z.string().nullable(), text: z.string() })
    .nullable()
    .meta({ description: 'The text that whoever escalated proposes.' }),
  difference: Difference.nullable().meta({
    description:
      'From the text as it was sent to the one that is proposed, else to the one that stands; null where they are equal.',
  }),
  notes: z.array(Note).meta({ description: 'What moderators told each other about it.' }),
  appeals: z.array(Appeal).meta({ description: 'What its reader says against decisions, oldest first.' }),
  converted: Converted.nullable().meta({
    description: 'With the signal `zawgyi`: the text in Unicode, to be read.',
  }),
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
    order: z.uuid().optional().meta({ description: 'The order of an authority that it cites.' }),
    reason: z.string().nullable(),
    note: z.string().nullable(),
    revision: z.int(),
    wrote: z
      .strictObject({ name: z.string().nullable(), text: z.string() })
      .nullable()
      .meta({ description: 'The revision that this move made, unless erased.' }),
    difference: Difference.nullable().meta({
      description:
        'From the text that was judged to the one that this move made; null where they are equal or erased, and in the older moves of a long history.',
    }),
    signals: z.array(Signal).nullable().meta({
      description: 'What was noticed about the revision that this move made; null where that is not kept.',
    }),
  })
  .meta({ id: 'LoggedMove' })
export type LoggedMove = z.infer<typeof LoggedMove>
