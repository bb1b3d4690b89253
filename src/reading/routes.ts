import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import type { Database, Sql } from '../database/client.ts'
import { matches } from '../http/conditional.ts'
import { encodingFor } from '../http/encodings.ts'
import type { Keyring } from '../http/keyring.ts'
import { inDigits } from '../http/paging.ts'
import { answers, Problem } from '../http/problems.ts'
import { ArticleKey, inPath, inQuery, sitePath } from '../sites/article.ts'
import { Site, SiteKey, standardNotice } from '../sites/site.ts'
import { findSite } from '../sites/store.ts'
import { findTerms } from '../terms/store.ts'
import { Terms } from '../terms/terms.ts'
import { secondsLeft } from './front.ts'
import { ListQuery, PublishedList, publishedList } from './list.ts'
import type { PublicMemory } from './memory.ts'
import { type Page as KeptPage, keptFor, representation } from './page.ts'
import { asJson, type Shown, sooner } from './shown.ts'
import { shownCounts } from './store.ts'

declare module 'fastify' {
  interface FastifyContextConfig {
    /** for requests that are no reads, and yet change nothing of what everybody sees */
    showsNothing?: boolean
  }
}

export interface ReadingRouteOptions {
  db: Database
  keys: Keyring
  memory: PublicMemory
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
export const readingRoutes: FastifyPluginAsyncZod<ReadingRouteOptions> = async (
  app,
  { db, keys, memory },
) => {
  /** Sends an answer from memory, where it is there, and from the database where it is not. */
  async function show(
    request: FastifyRequest,
    reply: FastifyReply,
    build: (reader: Sql) => Promise<Shown<unknown>>,
  ): Promise<FastifyReply> {
    const page = await memory.read(request.raw.url ?? '', async (reader) => asJson(await build(reader)))
    return sendPage(request, reply, page, memory.age(page))
  }

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
      const { site } = request.params
      return show(request, reply, async () => ofSite(site, await publicSite(db, site)))
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
      const { site } = request.params
      return show(request, reply, async () => ofSite(site, await termsOf(db, site)))
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
      const { site, version } = request.params
      return show(request, reply, async () => ofSite(site, await termsOf(db, site, version)))
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
      return show(request, reply, (reader) =>
        publishedList({ ...db, reader }, keys.cursors, site, article, request.query),
      )
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
      const { site } = request.params
      return show(request, reply, (reader) =>
        publishedList({ ...db, reader }, keys.cursors, site, article, query),
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
      const { site } = request.params
      return show(request, reply, (reader) => countsOf(reader, site, request.query.article))
    },
  )
}

/** What a form needs to know of a site. */
async function publicSite(db: Database, siteKey: string): Promise<z.infer<typeof PublicSite>> {
  const site = await findSite(db.prisma, siteKey)
  const terms = site && (await findTerms(db.desk, site.key))
  if (!terms) throw new Problem('site_not_found')
  const { key, name, language, direction, limits, replyDepth, times } = site
  const notice = site.notice ?? standardNotice
  return { key, name, language, direction, limits, replyDepth, times, notice, terms }
}

async function termsOf(db: Database, site: string, version?: number): Promise<Terms> {
  const terms = await findTerms(db.desk, site, version)
  if (!terms) throw new Problem('terms_not_found')
  return terms
}

/** What hangs on a site's settings and terms, and on no article. */
function ofSite<T>(site: string, answer: T): Shown<T> {
  return { answer, site, articles: [], about: [], lacks: false, changesIn: null }
}

/** Articles that are not there show none. */
async function countsOf(reader: Sql, site: string, keys: string[]): Promise<Shown<z.infer<typeof Counts>>> {
  const found = await shownCounts(reader, site, keys)
  const counts = new Map(found.map(({ key, count }) => [key, count]))
  return {
    answer: { counts: Object.fromEntries(keys.map((key) => [key, counts.get(key) ?? 0])) },
    site,
    articles: found.flatMap(({ parts }) => parts),
    about: keys,
    lacks: counts.size < new Set(keys).size,
    changesIn: found.reduce<number | null>((soonest, { changesIn }) => sooner(soonest, changesIn), null),
  }
}

/** Nothing is taken for known after a request that may have changed what everybody sees. */
export function suspectChanges(app: FastifyInstance, memory: PublicMemory): void {
  app.addHook('onSend', async ({ method, routeOptions }, { statusCode }) => {
    const isRead = method === 'GET' || method === 'HEAD' || method === 'OPTIONS'
    if (!isRead && statusCode < 400 && !routeOptions.config.showsNothing) memory.suspect()
  })
}

/** Sends a page; 304 to whoever has it already. `age` is for how many seconds nobody could say whether it holds. */
export async function sendPage(
  { headers }: FastifyRequest,
  reply: FastifyReply,
  page: KeptPage,
  age: number,
): Promise<FastifyReply> {
  const form = await representation(page, encodingFor(headers['accept-encoding']?.toString()))
  const isKnown = matches(headers['if-none-match'], form.tag)
  reply.headers({
    ...(isKnown ? form.headersIfKnown : form.headers),
    ...keptFor(secondsLeft(page)),
    ...(age > 0 && { age: String(age) }),
  })
  return isKnown ? reply.code(304).send() : reply.send(form.bytes)
}
