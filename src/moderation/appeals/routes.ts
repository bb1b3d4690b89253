import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { bearer } from '../../access/auth.ts'
import { ReceiptAnswer } from '../../comments/comment.ts'
import { ReportAnswer } from '../../comments/reports/report.ts'
import type { Database } from '../../database/client.ts'
import { noStore } from '../../http/headers.ts'
import type { Keyring } from '../../http/keyring.ts'
import { asModerator, asReader } from '../../http/openapi.ts'
import { answers } from '../../http/problems.ts'
import { Appeal, AppealList, NewAppeal } from './appeal.ts'
import { fileAppeal } from './file-appeal.ts'
import { AppealQuery, appealFor, appealOf, readAppeals } from './read-appeals.ts'
import { AppealResolved, Resolution } from './resolution.ts'
import { resolveAppeal } from './resolve-appeal.ts'

const ById = z.strictObject({ id: z.uuid() })

/** Objections of readers to decisions, and what another person makes of them. */
export const appealRoutes: FastifyPluginAsyncZod<{ db: Database; keys: Keyring }> = async (
  app,
  { db, keys },
) => {
  app.post(
    '/v1/receipt/appeal',
    {
      config: { budget: 'submitting', showsNothing: true },
      schema: {
        operationId: 'fileAppeal',
        summary: 'Appeal against the decision about your comment, or to keep what you reported',
        description:
          'Once for each decision, until `appealUntil` of the receipt. A person who had no part in it decides; the receipt tells the outcome. It lapses when you withdraw the comment or send it again, or when it is decided about anew. With the receipt of a report it is against keeping the comment, while that shows as it was kept, and lapses when that changes or you take it back.',
        tags: ['receipt'],
        security: asReader,
        body: NewAppeal,
        response: {
          202: z.union([ReceiptAnswer, ReportAnswer]),
          ...answers(
            'malformed_body',
            'unauthenticated',
            'receipt_unknown',
            'nothing_to_appeal',
            'appeal_too_late',
            'already_appealed',
            'body_too_large',
            'unsupported_media_type',
            'text_empty',
            'text_too_long',
            'text_too_large',
          ),
        },
      },
    },
    async (request, reply) =>
      reply
        .code(202)
        .headers(noStore)
        .send(await fileAppeal(db, bearer(request), request.body)),
  )

  app.get(
    '/v1/moderation/appeals',
    {
      config: { budget: 'moderating' },
      schema: {
        operationId: 'listAppeals',
        summary: 'Appeals that you may decide, oldest first',
        description:
          'By default the open ones, of readers who wrote a comment and of readers who reported one (those have `report`). None is against a decision of yours.',
        tags: ['moderation'],
        security: asModerator,
        querystring: AppealQuery,
        response: { 200: AppealList, ...answers('unauthenticated', 'forbidden', 'invalid_cursor') },
      },
    },
    async (request, reply) => {
      const caller = await app.identify(request)
      return reply.headers(noStore).send(await readAppeals(db, keys.cursors, caller, request.query))
    },
  )

  app.get(
    '/v1/moderation/appeals/:id',
    {
      config: { budget: 'moderating' },
      schema: {
        operationId: 'readAppeal',
        summary: 'One appeal',
        tags: ['moderation'],
        security: asModerator,
        params: ById,
        response: { 200: Appeal, ...answers('unauthenticated', 'forbidden', 'appeal_not_found') },
      },
    },
    async (request, reply) => {
      const caller = await app.identify(request)
      return reply.headers(noStore).send(appealOf(await appealFor(db, caller, request.params.id)))
    },
  )

  app.post(
    '/v1/moderation/appeals/:id/resolution',
    {
      config: { budget: 'moderating' },
      schema: {
        operationId: 'resolveAppeal',
        summary: 'Decide about an appeal',
        description:
          'As another person than those who decided. `upheld` leaves the comment as it is; `reversed` restores what was judged; `partly_reversed` restores it in the edited form that you give. Where whoever reported the comment appeals (`report`), `reversed` unpublishes it under the rules that you cite, `partly_reversed` edits it, and its writer gets a statement of reasons and can appeal in turn. The outcome is final: it cannot be undone.',
        tags: ['moderation'],
        security: asModerator,
        params: ById,
        body: Resolution,
        response: {
          200: AppealResolved,
          ...answers(
            'malformed_body',
            'unauthenticated',
            'forbidden',
            'not_your_appeal',
            'appeal_not_found',
            'appeal_settled',
            'illegal_move',
            'body_too_large',
            'unsupported_media_type',
            'text_empty',
            'text_too_long',
            'text_too_large',
            'name_too_long',
            'rule_missing',
            'rule_unknown',
            'rule_does_not_permit',
            'reason_unfinished',
            'nothing_changed',
            'edits_not_allowed',
            'revision_unknown',
          ),
        },
      },
    },
    async (request, reply) => {
      const caller = await app.identify(request)
      return reply.headers(noStore).send(await resolveAppeal(db, caller, request.params.id, request.body))
    },
  )
}
