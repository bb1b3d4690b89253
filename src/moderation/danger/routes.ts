import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import type { Database } from '../../database/client.ts'
import { noStore } from '../../http/headers.ts'
import { asModerator } from '../../http/openapi.ts'
import { answers } from '../../http/problems.ts'
import { DangerReported, NewDanger } from './danger.ts'
import { reportDanger } from './report-danger.ts'

/** A threat to somebody's life or safety. */
export const dangerRoutes: FastifyPluginAsyncZod<{ db: Database }> = async (app, { db }) => {
  app.post(
    '/v1/moderation/comments/:id/danger',
    {
      config: { budget: 'moderating' },
      schema: {
        operationId: 'reportDanger',
        summary: "Say that somebody's life or safety is threatened",
        description:
          'The comment comes before all others for as long as it waits, and whenever it waits again; your note stands with it. The answer says what to do next. It decides nothing.',
        tags: ['law'],
        security: asModerator,
        params: z.strictObject({ id: z.uuid() }),
        body: NewDanger,
        response: {
          201: DangerReported,
          ...answers(
            'malformed_body',
            'unauthenticated',
            'forbidden',
            'comment_not_found',
            'illegal_move',
            'body_too_large',
            'unsupported_media_type',
          ),
        },
      },
    },
    async (request, reply) => {
      const caller = await app.identify(request)
      const reported = await reportDanger(db, caller, request.params.id, request.body)
      return reply.code(201).headers(noStore).send(reported)
    },
  )
}
