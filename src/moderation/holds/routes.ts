import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import type { Database } from '../../database/client.ts'
import { noStore } from '../../http/headers.ts'
import { asModerator } from '../../http/openapi.ts'
import { answers } from '../../http/problems.ts'
import { Hold, Holds, NewHold } from './hold.ts'
import { liftHold, placeHold, readHolds } from './place-hold.ts'

const ById = z.strictObject({ id: z.uuid() })

/** Legal holds: words that have to be kept for the time being. */
export const holdRoutes: FastifyPluginAsyncZod<{ db: Database }> = async (app, { db }) => {
  const shared = { tags: ['law'], security: asModerator }

  app.get(
    '/v1/moderation/comments/:id/holds',
    {
      config: { budget: 'moderating' },
      schema: {
        operationId: 'readHolds',
        summary: 'The holds on a comment, oldest first',
        ...shared,
        params: ById,
        response: { 200: Holds, ...answers('unauthenticated', 'forbidden', 'comment_not_found') },
      },
    },
    async (request, reply) => {
      const caller = await app.identify(request)
      return reply.headers(noStore).send({ holds: await readHolds(db, caller, request.params.id) })
    },
  )

  app.post(
    '/v1/moderation/comments/:id/holds',
    {
      config: { budget: 'moderating' },
      schema: {
        operationId: 'placeHold',
        summary: 'Keep the words of a comment from being erased',
        description:
          'Its reader can still withdraw it. What they ask to be erased is erased when the last hold has ended.',
        ...shared,
        params: ById,
        body: NewHold,
        response: {
          201: Hold,
          ...answers(
            'malformed_body',
            'unauthenticated',
            'forbidden',
            'comment_not_found',
            'illegal_move',
            'body_too_large',
            'unsupported_media_type',
            'order_unknown',
          ),
        },
      },
    },
    async (request, reply) => {
      const caller = await app.identify(request)
      const hold = await placeHold(db, caller, request.params.id, request.body)
      return reply.code(201).headers(noStore).send(hold)
    },
  )

  app.delete(
    '/v1/moderation/comments/:id/holds/:hold',
    {
      config: { budget: 'moderating' },
      schema: {
        operationId: 'liftHold',
        summary: 'End a hold',
        description: 'The hold stays to be read, as one that has ended. Ending it again changes nothing.',
        ...shared,
        params: ById.extend({ hold: z.uuid() }),
        response: {
          200: Hold,
          ...answers('unauthenticated', 'forbidden', 'comment_not_found', 'hold_not_found'),
        },
      },
    },
    async (request, reply) => {
      const caller = await app.identify(request)
      const { id, hold } = request.params
      return reply.headers(noStore).send(await liftHold(db, caller, id, hold))
    },
  )
}
