import type { FastifyReply, FastifyRequest } from 'fastify'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { demand } from '../access/auth.ts'
import type { Database } from '../database/client.ts'
import { noStore } from '../http/headers.ts'
import { asModerator } from '../http/openapi.ts'
import { answers, Problem } from '../http/problems.ts'
import { inPath, inQuery, sitePath } from './article.ts'
import { NewSlowMode, SlowMode } from './slow-mode.ts'
import { slowArticle } from './slow-mode-store.ts'

/** Slow discussions: as an editor wants an article, short of a pause. */
export const slowModeRoutes: FastifyPluginAsyncZod<{ db: Database }> = async (app, { db }) => {
  const described = {
    summary: 'Slow an article down: from each sender one comment in so many minutes',
    description:
      'Senders are told apart by a hash of their address that is kept with the rate limits, for so long at most. Whoever comes too soon is told when to come again.',
    tags: ['moderation'],
    security: asModerator,
    body: NewSlowMode,
    response: {
      200: SlowMode,
      ...answers(
        'malformed_body',
        'unauthenticated',
        'forbidden',
        'body_too_large',
        'unsupported_media_type',
        'article_not_found',
      ),
    },
  }
  const slow = async (
    request: FastifyRequest & { body: NewSlowMode },
    reply: FastifyReply,
    { site, article }: { site: string; article: string },
  ) => {
    demand(await app.identify(request), 'pause', site)
    const slowed = await slowArticle(db.desk, site, article, request.body)
    if (!slowed) throw new Problem('article_not_found')
    return reply.headers(noStore).send(slowed)
  }

  app.put(
    '/v1/sites/:site/articles/:article/slow-mode',
    {
      config: { budget: 'moderating' },
      schema: { operationId: 'slowArticle', ...described, params: inPath },
    },
    (request, reply) => slow(request, reply, request.params),
  )
  app.put(
    '/v1/sites/:site/slow-mode/articles',
    {
      config: { budget: 'moderating' },
      schema: { operationId: 'slowArticleByQuery', ...described, params: sitePath, querystring: inQuery },
    },
    (request, reply) => slow(request, reply, { ...request.params, ...request.query }),
  )
}
