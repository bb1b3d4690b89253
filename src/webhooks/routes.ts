import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { demand } from '../access/auth.ts'
import { noStore } from '../http/headers.ts'
import { asModerator } from '../http/openapi.ts'
import { Page } from '../http/paging.ts'
import { answers, Problem } from '../http/problems.ts'
import { type ChangeOptions, changeWebhook, createWebhook, rotate } from './change-webhook.ts'
import { readWebhook, readWebhooks } from './read-webhooks.ts'
import { deleteWebhook } from './store.ts'
import {
  CreatedWebhook,
  NewWebhook,
  Rotated,
  Rotation,
  Webhook,
  WebhookSettings,
  Webhooks,
} from './webhook.ts'

const ById = z.strictObject({ id: z.uuid() })

/** Where publishers are told of events; for admins. */
export const webhookRoutes: FastifyPluginAsyncZod<ChangeOptions> = async (app, options) => {
  const { db, keys } = options
  const shared = { tags: ['webhooks'], security: asModerator }
  const config = { budget: 'moderating', showsNothing: true } as const
  const reading = ['unauthenticated', 'forbidden'] as const
  const writing = [...reading, 'malformed_body', 'body_too_large', 'unsupported_media_type'] as const

  app.get(
    '/v1/webhooks',
    {
      config,
      schema: {
        operationId: 'listWebhooks',
        summary: 'Every endpoint, newest first, without its secrets',
        ...shared,
        querystring: Page,
        response: { 200: Webhooks, ...answers(...reading, 'invalid_cursor') },
      },
    },
    async (request, reply) => {
      demand(await app.identify(request), 'manage_webhooks', null)
      return reply.headers(noStore).send(await readWebhooks(db, keys.cursors, request.query))
    },
  )

  app.post(
    '/v1/webhooks',
    {
      config,
      schema: {
        operationId: 'createWebhook',
        summary: 'Make an endpoint that is told of events from now on',
        description:
          'Messages follow Standard Webhooks 1.0 and are signed with the secret that is in this answer and nowhere else.',
        ...shared,
        body: NewWebhook,
        response: {
          201: CreatedWebhook,
          ...answers(...writing, 'site_not_found', 'too_many_webhooks', 'address_refused'),
        },
      },
    },
    async (request, reply) => {
      demand(await app.identify(request), 'manage_webhooks', null)
      return reply
        .code(201)
        .headers(noStore)
        .send(await createWebhook(options, request.body))
    },
  )

  app.get(
    '/v1/webhooks/:id',
    {
      config,
      schema: {
        operationId: 'readWebhook',
        summary: 'One endpoint',
        ...shared,
        params: ById,
        response: { 200: Webhook, ...answers(...reading, 'webhook_not_found') },
      },
    },
    async (request, reply) => {
      demand(await app.identify(request), 'manage_webhooks', null)
      return reply.headers(noStore).send(await readWebhook(db, request.params.id))
    },
  )

  app.put(
    '/v1/webhooks/:id',
    {
      config,
      schema: {
        operationId: 'changeWebhook',
        summary: 'Change an endpoint',
        description:
          'Replaces every setting; what is left out gets its default. One that was disabled is enabled by this as well.',
        ...shared,
        params: ById,
        body: WebhookSettings,
        response: { 200: Webhook, ...answers(...writing, 'webhook_not_found', 'address_refused') },
      },
    },
    async (request, reply) => {
      demand(await app.identify(request), 'manage_webhooks', null)
      return reply.headers(noStore).send(await changeWebhook(options, request.params.id, request.body))
    },
  )

  app.delete(
    '/v1/webhooks/:id',
    {
      config,
      schema: {
        operationId: 'deleteWebhook',
        summary: 'Tell an endpoint nothing more, and forget it',
        ...shared,
        params: ById,
        response: {
          204: z.null().meta({ description: 'It is told nothing more.' }),
          ...answers(...reading, 'webhook_not_found'),
        },
      },
    },
    async (request, reply) => {
      demand(await app.identify(request), 'manage_webhooks', null)
      if (!(await deleteWebhook(db.desk, request.params.id))) throw new Problem('webhook_not_found')
      return reply.code(204).headers(noStore).send(null)
    },
  )

  app.post(
    '/v1/webhooks/:id/secret',
    {
      config,
      schema: {
        operationId: 'rotateWebhookSecret',
        summary: 'Make a new secret for an endpoint',
        description:
          'For a while messages are signed with the old one as well, so that the receiver can be changed in the meantime.',
        ...shared,
        params: ById,
        body: Rotation,
        response: { 201: Rotated, ...answers(...writing, 'webhook_not_found') },
      },
    },
    async (request, reply) => {
      demand(await app.identify(request), 'manage_webhooks', null)
      return reply
        .code(201)
        .headers(noStore)
        .send(await rotate(options, request.params.id, request.body.keepOldHours))
    },
  )
}
