import type { FastifyReply, FastifyRequest } from 'fastify'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import type { Database } from '../../database/client.ts'
import { bytesTag, matches } from '../../http/conditional.ts'
import { noStore } from '../../http/headers.ts'
import { asModerator } from '../../http/openapi.ts'
import { answers } from '../../http/problems.ts'
import { sitePath } from '../../sites/article.ts'
import { publicTransparency, wholeTransparency } from './read-transparency.ts'
import { Transparency, TransparencyPeriod, TransparencyQuery, transparencyAsCsv } from './transparency.ts'

const csv = { 'text/csv': { schema: z.unknown().meta({ type: 'string' }) } }

/** What everybody may know of how a site moderates. */
export const transparencyRoutes: FastifyPluginAsyncZod<{ db: Database }> = async (app, { db }) => {
  const forAll = {
    description:
      'Whole months (UTC) that are over, so that a report never changes: the last day is at least one whole day ago. Small numbers are masked; `method` says how.',
    tags: ['reading'],
    security: [],
    params: sitePath,
    querystring: TransparencyPeriod,
  }
  app.get(
    '/v1/sites/:site/transparency',
    {
      schema: {
        operationId: 'readTransparency',
        summary: 'How a site moderates, in figures',
        ...forAll,
        response: { 200: Transparency, ...answers('site_not_found') },
      },
    },
    async (request, reply) => {
      const report = await publicTransparency(db, request.params.site, request.query)
      return sendFinal(request, reply, 'application/json', JSON.stringify(report))
    },
  )
  app.get(
    '/v1/sites/:site/transparency.csv',
    {
      schema: {
        operationId: 'readTransparencyCsv',
        summary: 'How a site moderates, in figures, as a CSV file',
        ...forAll,
        response: { 200: { description: 'The file.', content: csv }, ...answers('site_not_found') },
      },
    },
    async (request, reply) => {
      const report = await publicTransparency(db, request.params.site, request.query)
      return sendFinal(request, reply, 'text/csv', transparencyAsCsv(report))
    },
  )

  const forEditors = {
    description: 'For editors: every number, of any days (UTC), `from` included, `to` not.',
    tags: ['moderation'],
    security: asModerator,
    querystring: TransparencyQuery,
  }
  app.get(
    '/v1/moderation/transparency',
    {
      config: { budget: 'moderating' },
      schema: {
        operationId: 'readWholeTransparency',
        summary: 'The transparency report with every number',
        ...forEditors,
        response: { 200: Transparency, ...answers('unauthenticated', 'forbidden', 'site_not_found') },
      },
    },
    async (request, reply) => {
      const caller = await app.identify(request)
      return reply.headers(noStore).send(await wholeTransparency(db, caller, request.query))
    },
  )
  app.get(
    '/v1/moderation/transparency.csv',
    {
      config: { budget: 'moderating' },
      schema: {
        operationId: 'readWholeTransparencyCsv',
        summary: 'The transparency report with every number, as a CSV file',
        ...forEditors,
        response: {
          200: { description: 'The file.', content: csv },
          ...answers('unauthenticated', 'forbidden', 'site_not_found'),
        },
      },
    },
    async (request, reply) => {
      const caller = await app.identify(request)
      const report = await wholeTransparency(db, caller, request.query)
      return reply.headers(noStore).type('text/csv; charset=utf-8').send(transparencyAsCsv(report))
    },
  )
}

/** Sends what is final: caches may keep it for a day. */
function sendFinal(request: FastifyRequest, reply: FastifyReply, type: string, body: string): FastifyReply {
  const tag = bytesTag(body)
  reply.headers({ etag: tag, 'cache-control': 'public, max-age=86400, stale-if-error=604800' })
  if (matches(request.headers['if-none-match'], tag)) return reply.code(304).send()
  return reply.type(`${type}; charset=utf-8`).send(body)
}
