import { z } from 'zod'
import { AppealOutcome, AppealStatus } from '../comments/comment.ts'
import { ReportOutcome } from '../comments/reports/report.ts'
import { Action, Status } from '../comments/status.ts'
import { eventTypes } from '../delivery/event.ts'
import { Instant } from '../http/times.ts'

const forModeration = 'Only for endpoints for moderation, and only while it is not erased.'

const TellingComment = z
  .strictObject({
    id: z.uuid(),
    site: z.string(),
    article: z.strictObject({ key: z.string(), title: z.string().optional(), url: z.string().optional() }),
    parent: z.uuid().optional(),
    language: z.string(),
    version: z.int().min(1).meta({
      description:
        'Of the comment after what is told; it grows with every move. Messages come in any order: leave out what is older than what you have.',
    }),
    from: z.union([Status, z.literal('none')]).optional(),
    status: Status.meta({ description: 'After what is told.' }),
    publishedAt: Instant.optional().meta({ description: 'Since when it shows, where it does.' }),
    text: z.string().optional().meta({
      description:
        'As everybody sees it when this is sent, where it shows. Endpoints for moderation get it in any case, until it is erased.',
    }),
    name: z.string().optional().meta({ description: 'With the text, where it is signed.' }),
  })
  .meta({ id: 'TellingComment' })

const TellingDecision = z
  .strictObject({
    action: Action,
    rules: z.array(z.string()).meta({ description: 'Codes of the rules that were cited.' }),
    reason: z.string().optional().meta({ description: forModeration }),
    by: z
      .string()
      .optional()
      .meta({ description: `A pseudonym. ${forModeration}` }),
  })
  .meta({ id: 'TellingDecision' })

const TellingReport = z
  .strictObject({
    id: z.uuid(),
    kind: z.enum(['rule', 'law']),
    rule: z.string().optional(),
    country: z.string().optional(),
    danger: z.boolean(),
    outcome: ReportOutcome.optional(),
    explanation: z.string().optional().meta({ description: forModeration }),
  })
  .meta({ id: 'TellingReport' })

const TellingAppeal = z
  .strictObject({
    id: z.uuid(),
    report: z.uuid().optional().meta({ description: 'Where whoever reported appeals.' }),
    status: AppealStatus,
    outcome: AppealOutcome.optional(),
    text: z.string().optional().meta({ description: forModeration }),
  })
  .meta({ id: 'TellingAppeal' })

const ofComment = z.strictObject({ comment: TellingComment, decision: TellingDecision.optional() })
const ofReport = z.strictObject({ comment: TellingComment, report: TellingReport })
const ofAppeal = z.strictObject({ comment: TellingComment, appeal: TellingAppeal })
const tags = z.array(z.string()).meta({
  description: 'What the reading routes send as Surrogate-Key, Cache-Tag and Cache-Groups.',
})

/** What each kind of message says, and when it is sent. */
const kinds = {
  [eventTypes.submit]: ['A reader sent a comment, or a member of staff did.', ofComment],
  [eventTypes.resubmit]: ['A reader sent a new text of a comment that was returned.', ofComment],
  [eventTypes.approve]: ['A comment shows.', ofComment],
  [eventTypes.edit]: ['A comment shows with a text that a moderator edited.', ofComment],
  [eventTypes.reject]: ['A comment was refused.', ofComment],
  [eventTypes.return]: ['A comment was returned to its reader.', ofComment],
  [eventTypes.escalate]: ['A comment waits for a second person.', ofComment],
  [eventTypes.unpublish]: ['A comment that showed was taken down.', ofComment],
  [eventTypes.restore]: ['A comment shows again.', ofComment],
  [eventTypes.expire]: ['Nobody reviewed a comment in time.', ofComment],
  [eventTypes.withdraw]: ['A reader withdrew a comment.', ofComment],
  'comment.erased': ['The words of a comment were erased; erase your copy.', ofComment],
  'report.created': ['A reader reported a comment.', ofReport],
  'report.resolved': ['A report was resolved.', ofReport],
  'appeal.created': ['Somebody appealed.', ofAppeal],
  'appeal.decided': ['An appeal was decided.', ofAppeal],
  'article.changed': [
    'The comments of an article show something else: caches are to forget them.',
    z.strictObject({
      site: z.string(),
      article: z.string().meta({ description: 'Its key.' }),
      tags,
      urls: z.array(z.string()).meta({ description: 'What to forget, for caches that know no tags.' }),
    }),
  ],
  'site.changed': [
    'The settings, terms or texts of a site changed, or articles moved: caches are to forget all of it.',
    z.strictObject({ site: z.string(), tags }),
  ],
  'webhook.disabled': [
    'Another endpoint is told nothing more.',
    z.strictObject({
      webhook: z.strictObject({ id: z.uuid(), url: z.string(), reason: z.enum(['gone', 'failing']) }),
    }),
  ],
  ping: ['Somebody wants to know whether messages arrive.', z.strictObject({ webhook: z.uuid() })],
} as const

/** What an endpoint can ask to be told; a ping comes in any case. */
export const ToldType = z
  .enum([
    'comment.submitted',
    'comment.resubmitted',
    'comment.published',
    'comment.edited',
    'comment.rejected',
    'comment.returned',
    'comment.escalated',
    'comment.unpublished',
    'comment.restored',
    'comment.expired',
    'comment.withdrawn',
    'comment.erased',
    'report.created',
    'report.resolved',
    'appeal.created',
    'appeal.decided',
    'article.changed',
    'site.changed',
    'webhook.disabled',
  ])
  .meta({ id: 'WebhookEvent' })
export type ToldType = z.infer<typeof ToldType>

/** The body of each kind of message, by its type. */
export const messages = Object.entries(kinds).map(([type, [summary, data]]) => ({
  type,
  summary,
  body: z
    .strictObject({
      type: z.literal(type),
      timestamp: Instant.meta({ description: 'When it happened, as coarse as the site says.' }),
      data,
    })
    .meta({ id: `${nameOf(type)}Message`, description: summary }),
}))

export type TellingComment = z.infer<typeof TellingComment>
export type TellingReport = z.infer<typeof TellingReport>
export type TellingAppeal = z.infer<typeof TellingAppeal>
export type TellingDecision = z.infer<typeof TellingDecision>

/** `comment.published` as CommentPublished. */
function nameOf(type: string): string {
  return type
    .split('.')
    .map((word) => `${word.charAt(0).toUpperCase()}${word.slice(1)}`)
    .join('')
}
