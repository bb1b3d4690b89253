import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import type { Database } from '../../database/client.ts'
import { noStore } from '../../http/headers.ts'
import { asModerator } from '../../http/openapi.ts'
import { answers } from '../../http/problems.ts'
import { readStatistics } from './read-statistics.ts'
import { Statistics, StatisticsQuery } from './statistics.ts'

/** Figures about a site, for its editors. */
export const statisticsRoutes: FastifyPluginAsyncZod<{ db: Database }> = async (app, { db }) => {
  app.get(
    '/v1/moderation/statistics',
    {
      config: { budget: 'moderating' },
      schema: {
        operationId: 'readStatistics',
        summary: 'What was received and decided on a site, and what waits',
        description:
          'For editors. Days are UTC, `from` included, `to` not; by default the last thirty. Counted from the log some seconds after it is written.',
        tags: ['moderation'],
        security: asModerator,
        querystring: StatisticsQuery,
        response: { 200: Statistics, ...answers('unauthenticated', 'forbidden', 'site_not_found') },
      },
    },
    async (request, reply) => {
      const caller = await app.identify(request)
      return reply.headers(noStore).send(await readStatistics(db, caller, request.query))
    },
  )
}
