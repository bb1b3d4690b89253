import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import type { Database } from '../../database/client.ts'
import { noStore } from '../../http/headers.ts'
import { asModerator } from '../../http/openapi.ts'
import { answers } from '../../http/problems.ts'
import { Claim, ClaimRequest, claim, readClaims, release, renew, skip } from './claim.ts'

const ById = z.strictObject({ id: z.uuid() })

/** Who reads what at the moment: leases on waiting comments. */
export const claimRoutes: FastifyPluginAsyncZod<{ db: Database }> = async (app, { db }) => {
  app.post(
    '/v1/moderation/claims',
    {
      config: { budget: 'moderating', showsSignals: true, showsNothing: true },
      schema: {
        operationId: 'claimComments',
        summary: 'Lease the next comments, oldest first within priority',
        description:
          'For five minutes, or until you decide, skip, or give them back. You are not given what you skipped, what you escalated, or a language that you do not read; and you hold at most 20.',
        tags: ['moderation'],
        security: asModerator,
        body: ClaimRequest,
        response: {
          200: Claim,
          ...answers(
            'malformed_body',
            'unauthenticated',
            'forbidden',
            'body_too_large',
            'unsupported_media_type',
          ),
        },
      },
    },
    async (request, reply) => {
      const caller = await app.identify(request)
      return reply.headers(noStore).send(await claim(db, caller, request.body))
    },
  )

  app.get(
    '/v1/moderation/claims',
    {
      config: { budget: 'moderating' },
      schema: {
        operationId: 'readClaims',
        summary: 'What you hold',
        tags: ['moderation'],
        security: asModerator,
        response: { 200: Claim, ...answers('unauthenticated', 'forbidden') },
      },
    },
    async (request, reply) => {
      const caller = await app.identify(request)
      return reply.headers(noStore).send(await readClaims(db, caller))
    },
  )

  app.post(
    '/v1/moderation/claims/renewal',
    {
      config: { budget: 'moderating', showsNothing: true },
      schema: {
        operationId: 'renewClaims',
        summary: 'Hold for another five minutes all that you still hold',
        tags: ['moderation'],
        security: asModerator,
        response: { 200: Claim, ...answers('unauthenticated', 'forbidden') },
      },
    },
    async (request, reply) => {
      const caller = await app.identify(request)
      return reply.headers(noStore).send(await renew(db, caller))
    },
  )

  app.delete(
    '/v1/moderation/claims',
    {
      config: { budget: 'moderating', showsNothing: true },
      schema: {
        operationId: 'releaseClaims',
        summary: 'Give back all that you hold',
        tags: ['moderation'],
        security: asModerator,
        response: {
          204: z.null().meta({ description: 'Given back.' }),
          ...answers('unauthenticated', 'forbidden'),
        },
      },
    },
    async (request, reply) => {
      await release(db, await app.identify(request), null)
      return reply.code(204).headers(noStore).send(null)
    },
  )

  app.delete(
    '/v1/moderation/claims/:id',
    {
      config: { budget: 'moderating', showsNothing: true },
      schema: {
        operationId: 'releaseClaim',
        summary: 'Give one comment back',
        tags: ['moderation'],
        security: asModerator,
        params: ById,
        response: {
          204: z.null().meta({ description: 'Given back, or not held.' }),
          ...answers('unauthenticated', 'forbidden'),
        },
      },
    },
    async (request, reply) => {
      await release(db, await app.identify(request), request.params.id)
      return reply.code(204).headers(noStore).send(null)
    },
  )

  app.post(
    '/v1/moderation/comments/:id/skip',
    {
      config: { budget: 'moderating', showsNothing: true },
      schema: {
        operationId: 'skipComment',
        summary: 'Pass a comment on to others',
        description: 'You give it back and are not given it again while it waits.',
        tags: ['moderation'],
        security: asModerator,
        params: ById,
        response: {
          204: z.null().meta({ description: 'Passed on.' }),
          ...answers('unauthenticated', 'forbidden', 'comment_not_found', 'illegal_move'),
        },
      },
    },
    async (request, reply) => {
      await skip(db, await app.identify(request), request.params.id)
      return reply.code(204).headers(noStore).send(null)
    },
  )
}
