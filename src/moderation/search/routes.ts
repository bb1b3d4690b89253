import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import type { Database } from '../../database/client.ts'
import { noStore } from '../../http/headers.ts'
import type { Keyring } from '../../http/keyring.ts'
import { asModerator } from '../../http/openapi.ts'
import { answers } from '../../http/problems.ts'
import { Found, Search, search } from './search.ts'

/** Finding any comment. A POST, so that what readers wrote stands in no address. */
export const searchRoutes: FastifyPluginAsyncZod<{ db: Database; keys: Keyring }> = async (
  app,
  { db, keys },
) => {
  app.post(
    '/v1/moderation/searches',
    {
      config: { budget: 'moderating', showsNothing: true },
      schema: {
        operationId: 'searchComments',
        summary: 'Find comments in any state, the newest first',
        description:
          'Only what is on your sites, in the languages that you read. All conditions hold, and there is at least one. A page can have fewer comments than you asked for, or none, while `next` leads to more: of rare combinations only so much is looked at for a page.',
        tags: ['moderation'],
        security: asModerator,
        body: Search,
        response: {
          200: Found,
          ...answers(
            'malformed_body',
            'unauthenticated',
            'forbidden',
            'invalid_cursor',
            'body_too_large',
            'unsupported_media_type',
          ),
        },
      },
    },
    async (request, reply) => {
      const caller = await app.identify(request)
      return reply.headers(noStore).send(await search(db, keys.cursors, caller, request.body))
    },
  )
}
