import type { FastifyReply, FastifyRequest } from 'fastify'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import type { Database } from '../../database/client.ts'
import type { Keyring } from '../../http/keyring.ts'
import { answers } from '../../http/problems.ts'
import type { PublicMemory } from '../../reading/memory.ts'
import { sendPage } from '../../reading/routes.ts'
import { asJson } from '../../reading/shown.ts'
import { inPath, inQuery, sitePath } from '../../sites/article.ts'
import { readEmbedView } from './read-view.ts'
import { EmbedQuery, EmbedView } from './view.ts'

export interface EmbedRouteOptions {
  db: Database
  keys: Keyring
  memory: PublicMemory
}

/** What the embed on a publisher's page asks for, in one request: readable by everybody, kept in memory as the lists are. */
export const embedRoutes: FastifyPluginAsyncZod<EmbedRouteOptions> = async (app, { db, keys, memory }) => {
  const describes = {
    summary: 'What the embed shows of an article',
    description:
      'A page of the published comments, with every word that the embed says around them, in the language asked for, else in that of the article or the site.',
    tags: ['reading'],
    security: [],
    response: {
      200: EmbedView,
      ...answers('site_not_found', 'article_not_found', 'comment_not_found', 'invalid_cursor'),
    },
  }

  app.get(
    '/v1/sites/:site/articles/:article/embed',
    { schema: { operationId: 'readEmbed', ...describes, params: inPath, querystring: EmbedQuery } },
    async (request, reply) => {
      const { site, article } = request.params
      return show(request, reply, site, article, request.query)
    },
  )
  app.get(
    '/v1/sites/:site/embed',
    {
      schema: {
        operationId: 'readEmbedByQuery',
        ...describes,
        params: sitePath,
        querystring: EmbedQuery.extend(inQuery.shape),
      },
    },
    async (request, reply) => {
      const { article, ...query } = request.query
      return show(request, reply, request.params.site, article, query)
    },
  )

  async function show(
    request: FastifyRequest,
    reply: FastifyReply,
    site: string,
    article: string,
    query: EmbedQuery,
  ): Promise<FastifyReply> {
    const page = await memory.read(request.raw.url ?? '', async (reader) =>
      asJson(await readEmbedView({ ...db, reader }, keys.cursors, site, article, query)),
    )
    return sendPage(request, reply, page, memory.age(page))
  }
}
