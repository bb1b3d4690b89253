import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { demand } from '../../access/auth.ts'
import type { Database } from '../../database/client.ts'
import { noStore } from '../../http/headers.ts'
import { asModerator } from '../../http/openapi.ts'
import { answers } from '../../http/problems.ts'
import { SiteKey } from '../../sites/site.ts'
import { putSavedReasons } from './put-saved-reasons.ts'
import { NewReasons, SavedReasons } from './saved-reasons.ts'
import { savedReasonsOf } from './store.ts'

const OfSite = z.strictObject({ site: SiteKey })

/** Reasons that moderators need again and again. */
export const savedReasonRoutes: FastifyPluginAsyncZod<{ db: Database }> = async (app, { db }) => {
  app.get(
    '/v1/moderation/saved-reasons',
    {
      config: { budget: 'moderating' },
      schema: {
        operationId: 'readSavedReasons',
        summary: "A site's saved reasons",
        tags: ['moderation'],
        security: asModerator,
        querystring: OfSite,
        response: { 200: SavedReasons, ...answers('unauthenticated', 'forbidden') },
      },
    },
    async (request, reply) => {
      const { site } = request.query
      demand(await app.identify(request), 'read_queue', site)
      return reply.headers(noStore).send({ reasons: await savedReasonsOf(db.desk, site) })
    },
  )

  app.put(
    '/v1/moderation/saved-reasons',
    {
      config: { budget: 'moderating' },
      schema: {
        operationId: 'putSavedReasons',
        summary: "Replace a site's saved reasons",
        description: 'A decision whose reason still has a `{{place}}` to fill in is refused.',
        tags: ['moderation'],
        security: asModerator,
        querystring: OfSite,
        body: NewReasons,
        response: {
          200: SavedReasons,
          ...answers(
            'malformed_body',
            'unauthenticated',
            'forbidden',
            'site_not_found',
            'body_too_large',
            'unsupported_media_type',
          ),
        },
      },
    },
    async (request, reply) => {
      const { site } = request.query
      demand(await app.identify(request), 'write_saved_reasons', site)
      await putSavedReasons(db, site, request.body.reasons)
      return reply.headers(noStore).send(request.body)
    },
  )
}
