import type { FastifyReply, FastifyRequest } from 'fastify'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import type { Database } from '../database/client.ts'
import { noStore } from '../http/headers.ts'
import { asModerator } from '../http/openapi.ts'
import { answers } from '../http/problems.ts'
import { ArticleMoved, inPath, inQuery, NewArticleKey, sitePath } from './article.ts'
import { moveArticle } from './move-article.ts'

/** Articles that get another key, or become part of another article. */
export const articleMoveRoutes: FastifyPluginAsyncZod<{ db: Database }> = async (app, { db }) => {
  const describesMove = {
    summary: 'Give an article another key, or merge it into the article that has it',
    description:
      'All comments come along, with their answers. The old key leads to the article from then on, for reading and for sending alike; what was merged is not parted again. Whether it is open, and its title, are those of the article that was there.',
    tags: ['administration'],
    security: asModerator,
    body: NewArticleKey,
    response: {
      201: ArticleMoved,
      ...answers(
        'malformed_body',
        'unauthenticated',
        'forbidden',
        'site_not_found',
        'article_not_found',
        'article_moved',
        'already_taken',
        'body_too_large',
        'unsupported_media_type',
      ),
    },
  }
  const move = async (
    request: FastifyRequest & { body: NewArticleKey },
    reply: FastifyReply,
    { site, article }: { site: string; article: string },
  ) => {
    const caller = await app.identify(request)
    const moved = await moveArticle(db, caller, site, article, request.body.to)
    return reply.code(201).headers(noStore).send(moved)
  }

  app.post(
    '/v1/sites/:site/articles/:article/moves',
    {
      config: { budget: 'moderating' },
      schema: { operationId: 'moveArticle', ...describesMove, params: inPath },
    },
    (request, reply) => move(request, reply, request.params),
  )
  app.post(
    '/v1/sites/:site/moves/articles',
    {
      config: { budget: 'moderating' },
      schema: {
        operationId: 'moveArticleByQuery',
        ...describesMove,
        params: sitePath,
        querystring: inQuery,
      },
    },
    (request, reply) => move(request, reply, { ...request.params, ...request.query }),
  )
}
