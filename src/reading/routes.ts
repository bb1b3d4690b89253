import type { FastifyReply, FastifyRequest } from 'fastify'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import type { Database } from '../database/client.ts'
import { bytesTag, matches } from '../http/conditional.ts'
import type { Keyring } from '../http/keyring.ts'
import { inDigits } from '../http/paging.ts'
import { answers, Problem } from '../http/problems.ts'
import { ArticleKey, inPath, inQuery, sitePath } from '../sites/article.ts'
import { Site, SiteKey, standardNotice } from '../sites/site.ts'
import { findSite } from '../sites/store.ts'
import { findTerms } from '../terms/store.ts'
import { Terms } from '../terms/terms.ts'
import { ListQuery, PublishedList, publishedList } from './list.ts'
import { counts } from './store.ts'

export interface ReadingRouteOptions {
  db: Database
  keys: Keyring
}

/** What a form needs to know of a site. */
const PublicSite = Site.pick({
  key: true,
  name: true,
  language: true,
  direction: true,
  limits: true,
  replyDepth: true,
  times: true,
})
  .extend({ notice: z.string(), terms: Terms })
  .meta({ id: 'PublicSite' })

const Counts = z
  .strictObject({ counts: z.record(z.string(), z.int().min(0)).meta({ description: 'By article.' }) })
  .meta({ id: 'Counts' })

/** Readable by everybody, and by caches between us and them. */
export const readingRoutes: FastifyPluginAsyncZod<ReadingRouteOptions> = async (app, { db, keys }) => {
  app.get(
    '/v1/sites/:site',
    {
      schema: {
        operationId: 'readSite',
        summary: 'What a form needs to know of a site',
        tags: ['reading'],
        security: [],
        params: sitePath,
        response: { 200: PublicSite, ...answers('site_not_found') },
      },
    },
    async (request, reply) => {
      const site = await findSite(db.prisma, request.params.site)
      const terms = site && (await findTerms(db.desk, site.key))
      if (!terms) throw new Problem('site_not_found')
      const { key, name, language, direction, limits, replyDepth, times } = site
      const notice = site.notice ?? standardNotice
      return sendPublic(request, reply, {
        key,
        name,
        language,
        direction,
        limits,
        replyDepth,
        times,
        notice,
        terms,
      })
    },
  )

  app.get(
    '/v1/sites/:site/terms',
    {
      schema: {
        operationId: 'readTerms',
        summary: 'The terms of use that are in force',
        tags: ['reading'],
        security: [],
        params: sitePath,
        response: { 200: Terms, ...answers('terms_not_found') },
      },
    },
    async (request, reply) => {
      const terms = await findTerms(db.desk, request.params.site)
      if (!terms) throw new Problem('terms_not_found')
      return sendPublic(request, reply, terms)
    },
  )

  app.get(
    '/v1/sites/:site/terms/:version',
    {
      schema: {
        operationId: 'readTermsVersion',
        summary: 'One version of the terms of use',
        tags: ['reading'],
        security: [],
        params: z.strictObject({ site: SiteKey, version: inDigits(z.int().min(1).max(1_000_000)) }),
        response: { 200: Terms, ...answers('terms_not_found') },
      },
    },
    async (request, reply) => {
      const terms = await findTerms(db.desk, request.params.site, request.params.version)
      if (!terms) throw new Problem('terms_not_found')
      return sendPublic(request, reply, terms)
    },
  )

  const describesList = {
    summary: 'The published comments of an article',
    description:
      'Pages of whole threads, newest or oldest first; each top-level comment is followed by its first replies, oldest first.',
    tags: ['reading'],
    security: [],
    response: {
      200: PublishedList,
      ...answers('site_not_found', 'article_not_found', 'comment_not_found', 'invalid_cursor'),
    },
  }
  app.get(
    '/v1/sites/:site/articles/:article/comments',
    { schema: { operationId: 'listComments', ...describesList, params: inPath, querystring: ListQuery } },
    async (request, reply) => {
      const { site, article } = request.params
      return sendPublic(request, reply, await publishedList(db, keys.cursors, site, article, request.query))
    },
  )
  app.get(
    '/v1/sites/:site/comments',
    {
      schema: {
        operationId: 'listCommentsByQuery',
        ...describesList,
        params: sitePath,
        querystring: ListQuery.extend(inQuery.shape),
      },
    },
    async (request, reply) => {
      const { article, ...query } = request.query
      return sendPublic(
        request,
        reply,
        await publishedList(db, keys.cursors, request.params.site, article, query),
      )
    },
  )

  app.get(
    '/v1/sites/:site/counts',
    {
      schema: {
        operationId: 'countComments',
        summary: 'How many comments each of these articles shows',
        tags: ['reading'],
        security: [],
        params: sitePath,
        querystring: z.strictObject({
          article: z
            .union([ArticleKey.transform((key) => [key]), z.array(ArticleKey).min(1).max(100)])
            .meta({ description: 'Up to 100 times.' }),
        }),
        response: { 200: Counts, ...answers() },
      },
    },
    async (request, reply) => {
      const { article: keysAsked } = request.query
      const found = await counts(db.reader, request.params.site, keysAsked)
      return sendPublic(request, reply, {
        counts: Object.fromEntries(keysAsked.map((key) => [key, found.get(key) ?? 0])),
      })
    },
  )
}

const cacheControl = 'public, max-age=10, stale-while-revalidate=10, stale-if-error=60'

/** Sends what everybody may keep for a moment, under a strong ETag; 304 to whoever has it already. */
function sendPublic(request: FastifyRequest, reply: FastifyReply, answer: object): FastifyReply {
  const bytes = JSON.stringify(answer)
  const tag = bytesTag(bytes)
  reply.headers({ etag: tag, 'cache-control': cacheControl })
  if (matches(request.headers['if-none-match'], tag)) return reply.code(304).send()
  return reply.type('application/json; charset=utf-8').send(bytes)
}
