import type { FastifyReply, FastifyRequest } from 'fastify'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { demand } from '../access/auth.ts'
import { can } from '../access/roles.ts'
import type { Database } from '../database/client.ts'
import { noStore } from '../http/headers.ts'
import { asModerator } from '../http/openapi.ts'
import { answers } from '../http/problems.ts'
import { Article, ArticleSettings, inPath, inQuery, sitePath } from './article.ts'
import { putArticle } from './move-article.ts'
import { type Begin, putSite } from './put-site.ts'
import { Site, SiteSettings } from './site.ts'
import { listSites } from './store.ts'

export interface SiteRouteOptions {
  db: Database
  begin: Begin
}

/** Sites and articles, as their publisher writes them. */
export const siteRoutes: FastifyPluginAsyncZod<SiteRouteOptions> = async (app, { db, begin }) => {
  app.get(
    '/v1/sites',
    {
      config: { budget: 'moderating' },
      schema: {
        operationId: 'listSites',
        summary: 'The sites that you may work on, with their settings',
        tags: ['administration'],
        security: asModerator,
        response: {
          200: z.strictObject({ sites: z.array(Site) }).meta({ id: 'Sites' }),
          ...answers('unauthenticated', 'forbidden'),
        },
      },
    },
    async (request, reply) => {
      const caller = await app.identify(request)
      const sites = await listSites(db.prisma)
      return reply
        .headers(noStore)
        .send({ sites: sites.filter((site) => can(caller, 'read_queue', site.key)) })
    },
  )

  app.put(
    '/v1/sites/:site',
    {
      config: { budget: 'moderating' },
      schema: {
        operationId: 'putSite',
        summary: 'Make a site, or change its settings',
        description:
          'Replaces every setting; what is left out gets its default. A new site begins with the default terms.',
        tags: ['administration'],
        security: asModerator,
        params: sitePath,
        body: SiteSettings,
        response: { 200: Site, 201: Site, ...answers('unauthenticated', 'forbidden') },
      },
    },
    async (request, reply) => {
      demand(await app.identify(request), 'change_sites', null)
      const { site: key } = request.params
      const { site, isNew } = await putSite(db, begin, key, request.body)
      return reply
        .code(isNew ? 201 : 200)
        .headers(noStore)
        .send(site)
    },
  )

  const describesArticle = {
    summary: 'Register an article, or change it',
    tags: ['administration'],
    security: asModerator,
    body: ArticleSettings,
    response: {
      200: Article,
      201: Article,
      ...answers('unauthenticated', 'forbidden', 'site_not_found', 'article_moved'),
    },
  }
  const answerArticle = async (
    request: FastifyRequest & { body: ArticleSettings },
    reply: FastifyReply,
    { site, article: key }: { site: string; article: string },
  ) => {
    demand(await app.identify(request), 'register_articles', site)
    const written = await putArticle(db, site, key, request.body)
    return reply
      .code(written.made ? 201 : 200)
      .headers(noStore)
      .send(written.article)
  }

  app.put(
    '/v1/sites/:site/articles/:article',
    {
      config: { budget: 'moderating' },
      schema: { operationId: 'putArticle', ...describesArticle, params: inPath },
    },
    (request, reply) => answerArticle(request, reply, request.params),
  )
  app.put(
    '/v1/sites/:site/articles',
    {
      config: { budget: 'moderating' },
      schema: {
        operationId: 'putArticleByQuery',
        ...describesArticle,
        params: sitePath,
        querystring: inQuery,
      },
    },
    (request, reply) => answerArticle(request, reply, { ...request.params, ...request.query }),
  )
}
