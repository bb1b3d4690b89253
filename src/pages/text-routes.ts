import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { demand } from '../access/auth.ts'
import type { Database } from '../database/client.ts'
import { noStore } from '../http/headers.ts'
import { asModerator } from '../http/openapi.ts'
import { answers } from '../http/problems.ts'
import { sitePath } from '../sites/article.ts'
import { existingSite } from '../sites/existing-site.ts'
import { NewTexts, SiteTexts, siteTexts, TextLanguage } from './own-texts.ts'
import { putTexts } from './put-texts.ts'
import { ownTexts } from './site-text-store.ts'

/** The texts of a site's pages, and what its publisher writes instead of them. */
export const textRoutes: FastifyPluginAsyncZod<{ db: Database }> = async (app, { db }) => {
  const shared = {
    tags: ['administration'],
    security: asModerator,
    params: sitePath.extend({ language: TextLanguage }),
    response: { 200: SiteTexts, ...answers('unauthenticated', 'forbidden', 'site_not_found') },
  }

  app.get(
    '/v1/sites/:site/texts/:language',
    {
      config: { budget: 'moderating' },
      schema: {
        operationId: 'readTexts',
        summary: "The texts of a site's pages in one language",
        ...shared,
      },
    },
    async (request, reply) => {
      const { site, language } = request.params
      demand(await app.identify(request), 'write_texts', site)
      await existingSite(db, site)
      return reply.headers(noStore).send(siteTexts(language, await ownTexts(db.desk, site, language)))
    },
  )

  app.put(
    '/v1/sites/:site/texts/:language',
    {
      config: { budget: 'moderating' },
      schema: {
        operationId: 'putTexts',
        summary: "Replace texts of a site's pages in one language",
        description:
          'Takes the place of all that was written before; an empty object brings every standard text back. A text is an ICU message with exactly the placeholders of the standard one.',
        body: NewTexts,
        ...shared,
      },
    },
    async (request, reply) => {
      const { site, language } = request.params
      demand(await app.identify(request), 'write_texts', site)
      await putTexts(db, site, language, request.body)
      return reply.headers(noStore).send(siteTexts(language, request.body))
    },
  )
}
