import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import type { Database } from '../../database/client.ts'
import { judgedVersion } from '../../http/conditional.ts'
import { noStore } from '../../http/headers.ts'
import { asModerator } from '../../http/openapi.ts'
import { answers } from '../../http/problems.ts'
import { erase, readErasure } from './erase-for.ts'
import { Erasure, ErasureAsked, ErasureMade } from './erasure.ts'

const ById = z.strictObject({ id: z.uuid() })

/** Erasing for somebody else than whoever wrote the comment. */
export const erasureRoutes: FastifyPluginAsyncZod<{ db: Database }> = async (app, { db }) => {
  const shared = { tags: ['law'], security: asModerator, params: ById }

  app.get(
    '/v1/moderation/comments/:id/erasure',
    {
      config: { budget: 'moderating' },
      schema: {
        operationId: 'readErasure',
        summary: 'Why and when the words of a comment were erased',
        ...shared,
        response: {
          200: Erasure,
          ...answers('unauthenticated', 'forbidden', 'comment_not_found', 'not_erased'),
        },
      },
    },
    async (request, reply) => {
      const caller = await app.identify(request)
      return reply.headers(noStore).send(await readErasure(db, caller, request.params.id))
    },
  )

  app.post(
    '/v1/moderation/comments/:id/erasure',
    {
      config: { budget: 'moderating' },
      schema: {
        operationId: 'eraseFor',
        summary: 'Erase every word of a comment for somebody who is named in it, or by order',
        description:
          'If-Match names the version that you judged. What shows is unpublished first, and what waits rejected, under the rules or by the order that you cite, together with the erasure or not at all. The moves stay, and the receipt tells why in general words. Where a passage is enough, edit the comment instead.',
        ...shared,
        headers: z.looseObject({
          'if-match': z
            .string()
            .max(200)
            .optional()
            .meta({ description: 'The ETag of the comment as you read it.' }),
        }),
        body: ErasureAsked,
        response: {
          201: ErasureMade,
          ...answers(
            'malformed_body',
            'unauthenticated',
            'forbidden',
            'comment_not_found',
            'illegal_move',
            'claimed',
            'held',
            'second_person_needed',
            'second_person_missing',
            'stale_version',
            'body_too_large',
            'unsupported_media_type',
            'rule_missing',
            'rule_unknown',
            'rule_does_not_permit',
            'order_unknown',
            'order_does_not_act',
            'precondition_required',
          ),
        },
      },
    },
    async (request, reply) => {
      const caller = await app.identify(request)
      const version = judgedVersion(request.headers['if-match'])
      const made = await erase(db, caller, request.params.id, version, request.body)
      return reply.code(201).headers(noStore).send(made)
    },
  )
}
