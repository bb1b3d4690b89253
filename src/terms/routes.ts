import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { demand } from '../access/auth.ts'
import type { Database } from '../database/client.ts'
import { noStore } from '../http/headers.ts'
import { asModerator } from '../http/openapi.ts'
import { answers } from '../http/problems.ts'
import { sitePath } from '../sites/article.ts'
import { publish } from './publish.ts'
import { Terms, TermsSettings } from './terms.ts'

/** Publishing terms of use. (Reading them is for everybody: reading/routes.ts.) */
export const termsRoutes: FastifyPluginAsyncZod<{ db: Database }> = async (app, { db }) => {
  app.post(
    '/v1/sites/:site/terms',
    {
      config: { budget: 'moderating' },
      schema: {
        operationId: 'publishTerms',
        summary: 'Publish the next version of the terms',
        description:
          'A version is frozen once published; comments are judged under the version in force when they were sent.',
        tags: ['administration'],
        security: asModerator,
        params: sitePath,
        body: TermsSettings,
        response: { 201: Terms, ...answers('unauthenticated', 'forbidden', 'site_not_found') },
      },
    },
    async (request, reply) => {
      const { site } = request.params
      demand(await app.identify(request), 'publish_terms', site)
      const terms = await publish(db, site, request.body)
      const location = `/v1/sites/${site}/terms/${terms.version}`
      return reply
        .code(201)
        .headers({ ...noStore, location })
        .send(terms)
    },
  )
}
