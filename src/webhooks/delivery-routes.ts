import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { demand } from '../access/auth.ts'
import type { Database } from '../database/client.ts'
import { noStore } from '../http/headers.ts'
import type { Keyring } from '../http/keyring.ts'
import { asModerator } from '../http/openapi.ts'
import { answers } from '../http/problems.ts'
import { Deliveries, DeliveriesQuery, Delivery } from './delivery.ts'
import { ping, readDeliveries, readWebhook, replayDelivery } from './read-webhooks.ts'
import { askReplay } from './store.ts'
import { Replay, Webhook } from './webhook.ts'

const ById = z.strictObject({ id: z.uuid() })

/** What endpoints were told, and telling it again; for admins. */
export const deliveryRoutes: FastifyPluginAsyncZod<{ db: Database; keys: Keyring }> = async (
  app,
  { db, keys },
) => {
  const shared = { tags: ['webhooks'], security: asModerator }
  const config = { budget: 'moderating', showsNothing: true } as const
  const reading = ['unauthenticated', 'forbidden', 'webhook_not_found'] as const

  app.get(
    '/v1/webhooks/:id/deliveries',
    {
      config,
      schema: {
        operationId: 'listDeliveries',
        summary: 'What an endpoint was told, or is to be, newest first',
        description: 'Kept for 30 days; without anything that was sent or answered.',
        ...shared,
        params: ById,
        querystring: DeliveriesQuery,
        response: { 200: Deliveries, ...answers(...reading, 'invalid_cursor') },
      },
    },
    async (request, reply) => {
      demand(await app.identify(request), 'manage_webhooks', null)
      const { id } = request.params
      return reply.headers(noStore).send(await readDeliveries(db, keys.cursors, id, request.query))
    },
  )

  app.post(
    '/v1/webhooks/:id/deliveries/:delivery/replay',
    {
      config,
      schema: {
        operationId: 'replayDelivery',
        summary: 'Tell an endpoint one thing again',
        description:
          'At once, with the same id, and what stands about it now. What is not due yet stays as it is.',
        ...shared,
        params: ById.extend({ delivery: z.uuid() }),
        response: { 202: Delivery, ...answers(...reading, 'delivery_not_found') },
      },
    },
    async (request, reply) => {
      demand(await app.identify(request), 'manage_webhooks', null)
      const { id, delivery } = request.params
      return reply
        .code(202)
        .headers(noStore)
        .send(await replayDelivery(db, id, delivery))
    },
  )

  app.post(
    '/v1/webhooks/:id/replay',
    {
      config,
      schema: {
        operationId: 'replayEvents',
        summary: 'Tell an endpoint again what happened since a time',
        description:
          'Every event that it asks for now, from before it was made as well, oldest first and as it stands now; `replaying` says how long they are being gathered. What caches are told is not kept and not told again.',
        ...shared,
        params: ById,
        body: Replay,
        response: {
          202: Webhook,
          ...answers(...reading, 'malformed_body', 'body_too_large', 'unsupported_media_type'),
        },
      },
    },
    async (request, reply) => {
      demand(await app.identify(request), 'manage_webhooks', null)
      const { id } = request.params
      await askReplay(db.desk, id, request.body.since)
      return reply
        .code(202)
        .headers(noStore)
        .send(await readWebhook(db, id))
    },
  )

  app.post(
    '/v1/webhooks/:id/ping',
    {
      config,
      schema: {
        operationId: 'pingWebhook',
        summary: 'Send an endpoint a message that tells nothing',
        description: 'Within a second or so; its deliveries say how it went.',
        ...shared,
        params: ById,
        response: { 202: Delivery, ...answers(...reading) },
      },
    },
    async (request, reply) => {
      demand(await app.identify(request), 'manage_webhooks', null)
      return reply
        .code(202)
        .headers(noStore)
        .send(await ping(db, request.params.id))
    },
  )
}
