import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import type { Database } from '../../database/client.ts'
import { noStore } from '../../http/headers.ts'
import type { Keyring } from '../../http/keyring.ts'
import { asModerator } from '../../http/openapi.ts'
import { answers } from '../../http/problems.ts'
import { NewOrder, Order, OrderOutcome, Orders, OrdersQuery } from './order.ts'
import { readOrder, readOrders } from './read-orders.ts'
import { concludeOrder, registerOrder } from './register-order.ts'

const ById = z.strictObject({ id: z.uuid() })

/** What authorities order, what became of it, and who was told. */
export const orderRoutes: FastifyPluginAsyncZod<{ db: Database; keys: Keyring }> = async (
  app,
  { db, keys },
) => {
  const shared = { tags: ['law'], security: asModerator }
  const writing = [
    'malformed_body',
    'unauthenticated',
    'forbidden',
    'body_too_large',
    'unsupported_media_type',
  ] as const

  app.get(
    '/v1/moderation/orders',
    {
      config: { budget: 'moderating' },
      schema: {
        operationId: 'readOrders',
        summary: 'Orders and requests of authorities, newest first',
        ...shared,
        querystring: OrdersQuery,
        response: { 200: Orders, ...answers('unauthenticated', 'forbidden', 'invalid_cursor') },
      },
    },
    async (request, reply) => {
      const caller = await app.identify(request)
      return reply.headers(noStore).send(await readOrders(db, keys.cursors, caller, request.query))
    },
  )

  app.post(
    '/v1/moderation/orders',
    {
      config: { budget: 'moderating' },
      schema: {
        operationId: 'registerOrder',
        summary: 'Write down what an authority orders or asks for',
        description:
          'It changes nothing about the comments that it names. A decision to unpublish names the order in the place of rules, and so does an erasure; both only by an order of the kind `art9`.',
        ...shared,
        body: NewOrder,
        response: { 201: Order, ...answers(...writing, 'site_not_found', 'comment_not_found') },
      },
    },
    async (request, reply) => {
      const caller = await app.identify(request)
      return reply
        .code(201)
        .headers(noStore)
        .send(await registerOrder(db, caller, request.body))
    },
  )

  app.get(
    '/v1/moderation/orders/:id',
    {
      config: { budget: 'moderating' },
      schema: {
        operationId: 'readOrder',
        summary: 'One order',
        ...shared,
        params: ById,
        response: { 200: Order, ...answers('unauthenticated', 'forbidden', 'order_not_found') },
      },
    },
    async (request, reply) => {
      const caller = await app.identify(request)
      return reply.headers(noStore).send(await readOrder(db, caller, request.params.id))
    },
  )

  app.put(
    '/v1/moderation/orders/:id/outcome',
    {
      config: { budget: 'moderating' },
      schema: {
        operationId: 'concludeOrder',
        summary: 'Write down what became of an order, and who was told',
        description: 'Replaces all of it; the order itself stays as it was received.',
        ...shared,
        params: ById,
        body: OrderOutcome,
        response: { 200: Order, ...answers(...writing, 'order_not_found') },
      },
    },
    async (request, reply) => {
      const caller = await app.identify(request)
      return reply.headers(noStore).send(await concludeOrder(db, caller, request.params.id, request.body))
    },
  )
}
