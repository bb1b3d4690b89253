import { z } from 'zod'
import { PublicComment } from '../../comments/comment.ts'
import { NextCursor } from '../../http/paging.ts'
import type { ProblemCode } from '../../http/problems.ts'
import { ListQuery, PublishedList } from '../../reading/list.ts'
import { Direction, Limits } from '../../sites/site.ts'
import { CitedRule } from '../../terms/terms.ts'
import type { MessageKey } from '../messages/message-file.ts'
import { LanguageQuery } from '../site-voice.ts'

/** What the embed asks for: a page of the list, and the language of the reader. */
export const EmbedQuery = ListQuery.extend(LanguageQuery.shape)
export type EmbedQuery = z.infer<typeof EmbedQuery>

/** The texts that the embed says as they are. */
export const embedKeys = [
  'form.title',
  'form.replyTitle',
  'form.terms',
  'form.haveReceipt',
  'form.textLabel',
  'form.textHint',
  'form.nameLabel',
  'form.nameHint',
  'form.send',
  'form.sending',
  'form.cancel',
  'form.closed',
  'form.offline',
  'form.offlineMend',
  'list.empty',
  'list.older',
  'list.more',
  'list.moreReplies',
  'list.look',
  'list.noneNewer',
  'list.order',
  'list.newestFirst',
  'list.oldestFirst',
  'comment.unnamed',
  'comment.staff',
  'comment.gone',
  'comment.reply',
  'comment.report',
  'comment.inAnswerTo',
  'report.title',
  'report.why',
  'report.law',
  'report.country',
  'report.lawName',
  'report.goodFaith',
  'report.lawFault',
  'report.explanation',
  'report.danger',
  'report.send',
  'report.sent',
  'report.keep',
  'sent.title',
  'sent.waits',
  'sent.receiptTitle',
  'sent.keep',
  'sent.see',
  'own.pending',
  'page.error',
] as const satisfies readonly MessageKey[]

/** Those that hang on a number: `{}` stands for it, and the text for 1 is a text of its own, with `.one` behind its key. */
export const countedKeys = ['form.left', 'form.over', 'list.newer'] as const satisfies readonly MessageKey[]

/** What can go wrong for whoever sends something from a page; whatever else does is told as `other`. */
export const embedProblems = [
  'text_empty',
  'text_too_long',
  'text_too_large',
  'name_too_long',
  'replies_too_deep',
  'parent_not_published',
  'comment_not_found',
  'article_closed',
  'still_running',
  'body_too_large',
  'too_many_requests',
  'too_many_articles',
  'slow_mode',
  'internal',
  'unavailable',
] as const satisfies readonly ProblemCode[]

export type EmbedKey = (typeof embedKeys)[number]
export type CountedKey = (typeof countedKeys)[number]

/** A published comment with what the interface says of it, so that no browser needs the language for it. */
const EmbedComment = PublicComment.extend({
  when: z.string().meta({ description: '`publishedAt`, as the language has it.' }),
  note: z
    .string()
    .optional()
    .meta({ description: 'That it was edited, and under which rules; titles are isolated (UAX #9).' }),
}).meta({ id: 'EmbedComment' })
export type EmbedComment = z.infer<typeof EmbedComment>

const Told = z.strictObject({ what: z.string(), mend: z.string().nullable() })

/** What a form and a list say and need; the same for every page of the list, so only the first one brings it. */
const Interface = z
  .strictObject({
    language: z.string(),
    direction: Direction,
    notice: z.string(),
    noticeLanguage: z.string(),
    limits: Limits.required(),
    replyDepth: z.int(),
    proof: z.boolean().meta({ description: 'Whether a proof of work is asked for.' }),
    rules: z
      .array(CitedRule)
      .meta({ description: 'Of the terms that are in force: what a report may name.' }),
    addresses: z.strictObject({ page: z.string(), terms: z.string(), receipt: z.string() }).meta({
      description: 'Paths on the service: the article with its comments, the terms, the page for receipts.',
    }),
    texts: z.record(z.string(), z.string()),
    figures: z.string().meta({
      description: 'The digits from 0 to 9, and then what parts thousands: browsers know less of languages.',
    }),
    problems: z.record(z.string(), Told),
  })
  .meta({ id: 'EmbedInterface' })
export type Interface = z.infer<typeof Interface>

/** All that the embed shows, in one answer. */
export const EmbedView = z
  .strictObject({
    comments: z.array(EmbedComment),
    next: NextCursor,
    article: PublishedList.shape.article,
    heading: z.string().meta({ description: 'With the number of comments.' }),
    interface: Interface.optional().meta({ description: 'Without `cursor` and `parent`.' }),
  })
  .meta({ id: 'EmbedView' })
export type EmbedView = z.infer<typeof EmbedView>
