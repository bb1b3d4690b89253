import type { FastifyReply, FastifyRequest } from 'fastify'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import type { Database, Sql } from '../../database/client.ts'
import type { Keyring } from '../../http/keyring.ts'
import { answers } from '../../http/problems.ts'
import { inPath, inQuery, sitePath } from '../../sites/article.ts'
import type { FeedForm } from '../addresses.ts'
import type { PublicMemory } from '../memory.ts'
import { sendPage } from '../routes.ts'
import type { Body, Shown } from '../shown.ts'
import { atomFeed, atomType } from './atom.ts'
import { type Feed, type FeedWords, mostEntries } from './feed.ts'
import { jsonFeed, jsonFeedType } from './json-feed.ts'
import { articleFeed, siteFeed } from './read-feed.ts'
import { readSitemap } from './read-sitemap.ts'
import { articlesInPart, sitemapType } from './sitemap.ts'

export interface FeedRouteOptions {
  db: Database
  keys: Keyring
  memory: PublicMemory
  baseUrl: string
  wordsIn: (language: string) => FeedWords
}

const formats = {
  atom: {
    suffix: 'Atom',
    named: 'Atom',
    standard: 'Atom (RFC 4287, with threads by RFC 4685)',
    type: atomType,
    media: 'application/atom+xml',
    write: atomFeed,
  },
  json: {
    suffix: 'Json',
    named: 'JSON Feed',
    standard: 'JSON Feed 1.1',
    type: jsonFeedType,
    media: 'application/feed+json',
    write: jsonFeed,
  },
} as const

/** What programs read: feeds of the newest comments, and which pages have comments. Of what is published, and nothing else. */
export const feedRoutes: FastifyPluginAsyncZod<FeedRouteOptions> = async (
  app,
  { db, keys, memory, baseUrl, wordsIn },
) => {
  async function show(
    request: FastifyRequest,
    reply: FastifyReply,
    build: (reader: Sql) => Promise<Shown<Body>>,
  ): Promise<FastifyReply> {
    const page = await memory.read(request.raw.url ?? '', build)
    return sendPage(request, reply, page, memory.age(page))
  }

  for (const form of ['atom', 'json'] as const) {
    const { suffix, named, standard, media } = formats[form]
    const described = {
      description: `The newest ${mostEntries}, newest first, in ${standard}; every entry says what it answers. Times are as coarse as the site says.`,
      tags: ['reading'],
      security: [],
    }
    app.get(
      `/v1/sites/:site/feed.${form}`,
      {
        schema: {
          operationId: `readSiteFeed${suffix}`,
          summary: `The newest comments of a site, or of an article, as ${named}`,
          ...described,
          params: sitePath,
          querystring: inQuery.partial(),
          response: { 200: file(media), ...answers('site_not_found', 'article_not_found') },
        },
      },
      async (request, reply) => {
        const { site } = request.params
        const { article } = request.query
        return show(request, reply, async (reader) => {
          const sources = { db, reader, baseUrl, wordsIn }
          if (article === undefined) return written(form, await siteFeed(sources, site, form))
          return written(form, await articleFeed(sources, site, article, form))
        })
      },
    )
    app.get(
      `/v1/sites/:site/articles/:article/feed.${form}`,
      {
        schema: {
          operationId: `readArticleFeed${suffix}`,
          summary: `The newest comments of an article as ${named}`,
          ...described,
          params: inPath,
          response: { 200: file(media), ...answers('site_not_found', 'article_not_found') },
        },
      },
      async (request, reply) => {
        const { site, article } = request.params
        return show(request, reply, async (reader) =>
          written(form, await articleFeed({ db, reader, baseUrl, wordsIn }, site, article, form)),
        )
      },
    )
  }

  app.get(
    '/:site/sitemap.xml',
    {
      schema: {
        operationId: 'readSitemap',
        summary: 'Which articles of a site show comments, for search engines',
        description:
          'As sitemaps.org has it; of a site with thousands of articles, an index of its parts. An article is listed with the address of its own page, where that lies within the site’s origins, and else with that of its page here.',
        tags: ['reading'],
        security: [],
        params: sitePath,
        querystring: z.strictObject({
          cursor: z.string().max(1_000).optional().meta({ description: 'A part, as the index names it.' }),
        }),
        response: {
          200: file('application/xml'),
          ...answers('site_not_found', 'not_found', 'invalid_cursor'),
        },
      },
    },
    async (request, reply) => {
      const { site } = request.params
      const { cursor } = request.query
      return show(request, reply, async (reader) => {
        const sources = { db, reader, baseUrl, cursorKey: keys.cursors, each: articlesInPart }
        const { answer, ...shown } = await readSitemap(sources, site, cursor)
        return { ...shown, answer: { bytes: Buffer.from(answer), type: sitemapType } }
      })
    },
  )
}

/** A feed in its format, as the bytes that are sent. */
function written(form: FeedForm, { answer, ...shown }: Shown<Feed>): Shown<Body> {
  const { write, type } = formats[form]
  return { ...shown, answer: { bytes: Buffer.from(write(answer)), type } }
}

/** An answer that is described by its type alone. */
function file(media: string) {
  return {
    description: 'The document.',
    content: { [media]: { schema: z.unknown().meta({ type: 'string' }) } },
  }
}
