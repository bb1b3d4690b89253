import type { FastifyReply, FastifyRequest } from 'fastify'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { demand } from '../access/auth.ts'
import type { Database } from '../database/client.ts'
import { noStore } from '../http/headers.ts'
import { asModerator } from '../http/openapi.ts'
import { answers, Problem } from '../http/problems.ts'
import { inPath, inQuery, sitePath } from './article.ts'
import { pauseArticle, pauseSite } from './pause-store.ts'

const Pause = z
  .strictObject({ paused: z.boolean() })
  .meta({ id: 'Pause', description: 'While paused, what is published stays, and nothing new is taken.' })

/** Pauses: of an article by its editors, of a whole site by them as well. */
export const pauseRoutes: FastifyPluginAsyncZod<{ db: Database }> = async (app, { db }) => {
  const shared = { tags: ['moderation'], security: asModerator, body: Pause }
  const refusals = [
    'malformed_body',
    'unauthenticated',
    'forbidden',
    'body_too_large',
    'unsupported_media_type',
  ] as const

  app.put(
    '/v1/sites/:site/pause',
    {
      config: { budget: 'moderating' },
      schema: {
        operationId: 'pauseSite',
        summary: 'Take no comments on the whole site for a while, or go on',
        ...shared,
        params: sitePath,
        response: { 200: Pause, ...answers(...refusals, 'site_not_found') },
      },
    },
    async (request, reply) => {
      const { site } = request.params
      demand(await app.identify(request), 'pause', site)
      if (!(await pauseSite(db.desk, site, request.body.paused))) throw new Problem('site_not_found')
      return reply.headers(noStore).send(request.body)
    },
  )

  const ofArticle = {
    summary: 'Take no comments on an article for a while, or go on',
    ...shared,
    response: { 200: Pause, ...answers(...refusals, 'article_not_found') },
  }
  const pause = async (
    request: FastifyRequest & { body: z.infer<typeof Pause> },
    reply: FastifyReply,
    { site, article }: { site: string; article: string },
  ) => {
    demand(await app.identify(request), 'pause', site)
    if (!(await pauseArticle(db.desk, site, article, request.body.paused)))
      throw new Problem('article_not_found')
    return reply.headers(noStore).send(request.body)
  }
  app.put(
    '/v1/sites/:site/articles/:article/pause',
    {
      config: { budget: 'moderating' },
      schema: { operationId: 'pauseArticle', ...ofArticle, params: inPath },
    },
    (request, reply) => pause(request, reply, request.params),
  )
  app.put(
    '/v1/sites/:site/pause/articles',
    {
      config: { budget: 'moderating' },
      schema: {
        operationId: 'pauseArticleByQuery',
        ...ofArticle,
        params: sitePath,
        querystring: inQuery,
      },
    },
    (request, reply) => pause(request, reply, { ...request.params, ...request.query }),
  )
}
