import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { bearer } from '../access/auth.ts'
import { noStore } from '../http/headers.ts'
import { IdempotencyHeaders } from '../http/idempotency.ts'
import { asReader } from '../http/openapi.ts'
import { answers } from '../http/problems.ts'
import { inPath, inQuery, sitePath } from '../sites/article.ts'
import { eraseAny, readAnyReceipt, withdrawAny } from './any-receipt.ts'
import { Accepted, ReceiptAnswer, Resubmission, Submission } from './comment.ts'
import { resubmit } from './reader.ts'
import { ReportAnswer } from './reports/report.ts'
import { type Intake, type Sent, submit } from './submit.ts'
import type { WayIn } from './way-in.ts'

declare module 'fastify' {
  interface FastifyContextConfig {
    /** whether what screening noticed shows in its answer, or decides what is in it */
    showsSignals?: boolean
  }
}

/** Lets what shows signals wait a moment for those of texts that came many at once. */
export function waitForSignals(app: FastifyInstance, { settled }: WayIn): void {
  app.addHook('preHandler', async ({ routeOptions }) => {
    if (routeOptions.config.showsSignals) await settled()
  })
}

/** What readers send, and what the holder of a receipt may do. */
export const commentRoutes: FastifyPluginAsyncZod<Intake> = async (app, intake) => {
  const { db } = intake
  const describesSubmission = {
    summary: 'Send a comment',
    description:
      'It waits until a moderator has read it. The answer is the same whatever was noticed about it, and holds the receipt.',
    tags: ['submitting'],
    security: [],
    headers: IdempotencyHeaders,
    body: Submission,
    response: {
      202: Accepted,
      ...answers(
        'malformed_body',
        'origin_not_allowed',
        'site_not_found',
        'article_not_found',
        'article_closed',
        'parent_not_published',
        'still_running',
        'body_too_large',
        'unsupported_media_type',
        'text_empty',
        'text_too_long',
        'text_too_large',
        'name_too_long',
        'replies_too_deep',
        'idempotency_key_reused',
        'too_many_articles',
        'slow_mode',
      ),
    },
  }
  const take = async (request: FastifyRequest, reply: FastifyReply, sent: Sent) => {
    const slow = (where: string, minutes: number) => app.limitSlow(request, where, minutes)
    const { accepted, again } = await submit(intake, { ...sent, slow })
    if (again) reply.header('idempotency-replayed', 'true')
    return reply
      .code(202)
      .headers({ ...noStore, location: '/v1/receipt' })
      .send(accepted)
  }

  app.post(
    '/v1/sites/:site/articles/:article/comments',
    {
      config: { budget: 'submitting', showsNothing: true },
      schema: { operationId: 'submitComment', ...describesSubmission, params: inPath },
    },
    (request, reply) =>
      take(request, reply, {
        ...request.params,
        submission: request.body,
        idempotencyKey: request.headers['idempotency-key'],
      }),
  )
  app.post(
    '/v1/sites/:site/comments',
    {
      config: { budget: 'submitting', showsNothing: true },
      schema: {
        operationId: 'submitCommentByQuery',
        ...describesSubmission,
        params: sitePath,
        querystring: inQuery,
      },
    },
    (request, reply) =>
      take(request, reply, {
        ...request.params,
        ...request.query,
        submission: request.body,
        idempotencyKey: request.headers['idempotency-key'],
      }),
  )

  app.get(
    '/v1/receipt',
    {
      schema: {
        operationId: 'readReceipt',
        summary: 'How your comment, or your report, stands',
        description: 'Until a decision shows, the status of a comment is `pending`.',
        tags: ['receipt'],
        security: asReader,
        response: {
          200: z.union([ReceiptAnswer, ReportAnswer]),
          ...answers('unauthenticated', 'receipt_unknown'),
        },
      },
    },
    async (request, reply) => reply.headers(noStore).send(await readAnyReceipt(db, bearer(request))),
  )

  app.put(
    '/v1/receipt/text',
    {
      config: { budget: 'submitting', showsNothing: true },
      schema: {
        operationId: 'resubmitText',
        summary: 'Send a new text for a returned comment',
        tags: ['receipt'],
        security: asReader,
        body: Resubmission,
        response: {
          200: ReceiptAnswer,
          ...answers(
            'malformed_body',
            'unauthenticated',
            'receipt_unknown',
            'not_returned',
            'body_too_large',
            'unsupported_media_type',
            'text_empty',
            'text_too_long',
            'text_too_large',
            'name_too_long',
          ),
        },
      },
    },
    async (request, reply) =>
      reply.headers(noStore).send(await resubmit(intake, bearer(request), request.body)),
  )

  app.delete(
    '/v1/receipt',
    {
      config: { budget: 'submitting' },
      schema: {
        operationId: 'withdrawComment',
        summary: 'Withdraw your comment, at once; or take your report back',
        tags: ['receipt'],
        security: asReader,
        response: {
          204: z.null().meta({ description: 'Withdrawn.' }),
          ...answers('unauthenticated', 'receipt_unknown'),
        },
      },
    },
    async (request, reply) => {
      await withdrawAny(db, bearer(request))
      return reply.code(204).headers(noStore).send(null)
    },
  )

  app.post(
    '/v1/receipt/erasure',
    {
      config: { budget: 'submitting' },
      schema: {
        operationId: 'eraseComment',
        summary: 'Withdraw your comment, or report, and erase every word of it, for good',
        tags: ['receipt'],
        security: asReader,
        response: {
          204: z.null().meta({ description: 'Erased.' }),
          ...answers('unauthenticated', 'receipt_unknown', 'held'),
        },
      },
    },
    async (request, reply) => {
      await eraseAny(db, bearer(request))
      return reply.code(204).headers(noStore).send(null)
    },
  )
}
