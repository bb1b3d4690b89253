import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import type { Database } from '../database/client.ts'
import { noStore } from '../http/headers.ts'
import type { Keyring } from '../http/keyring.ts'
import { answers } from '../http/problems.ts'
import { inQuery, sitePath } from '../sites/article.ts'
import { existingSite } from '../sites/existing-site.ts'
import { Challenge, newChallenge } from './proof.ts'

interface ChallengeRouteOptions {
  db: Database
  keys: Keyring
}

/** Work for a browser, where a site asks for it. */
export const challengeRoutes: FastifyPluginAsyncZod<ChallengeRouteOptions> = async (app, { db, keys }) => {
  app.get(
    '/v1/sites/:site/challenge',
    {
      schema: {
        operationId: 'readChallenge',
        summary: 'Work that a comment is better sent with',
        description:
          'Send the solution as `proof`: a comment without waits longer, and is taken all the same. A solution is good for one comment under this article, within an hour. `null` where the site asks for none.',
        tags: ['submitting'],
        security: [],
        params: sitePath,
        querystring: inQuery,
        response: {
          200: z.strictObject({ challenge: Challenge.nullable() }).meta({ id: 'OfferedChallenge' }),
          ...answers('site_not_found'),
        },
      },
    },
    async (request, reply) => {
      const { key, floods } = await existingSite(db, request.params.site)
      const place = { site: key, article: request.query.article }
      const challenge =
        floods.proofTries === null ? null : await newChallenge(keys.challenges, place, floods.proofTries)
      return reply.headers(noStore).send({ challenge })
    },
  )
}
