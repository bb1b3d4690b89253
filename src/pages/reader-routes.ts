import { randomBytes } from 'node:crypto'
import type { Readable } from 'node:stream'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { submit } from '../comments/submit.ts'
import type { Sql } from '../database/client.ts'
import { noStore } from '../http/headers.ts'
import { Problem } from '../http/problems.ts'
import { type PublishedList, publishedList } from '../reading/list.ts'
import type { Body, Shown } from '../reading/shown.ts'
import { inPath, sitePath } from '../sites/article.ts'
import { demoArticle } from '../sites/demo-texts.ts'
import { existingSite } from '../sites/existing-site.ts'
import type { Site } from '../sites/site.ts'
import { findArticle } from '../sites/store.ts'
import { findTerms } from '../terms/store.ts'
import { anyNonce, articlePage, type FormState, receiptPage } from './article.tsx'
import { contentPolicy, html } from './layout.tsx'
import type { PageRouteOptions } from './routes.ts'
import { termsPage } from './terms.tsx'

/** What a reader's browser sends from the form. */
const SentForm = z.object({
  nonce: z.string().regex(/^[\w-]{22,64}$/),
  text: z.string().default(''),
  name: z.string().default(''),
  parent: z.uuid().optional(),
})

const PageQuery = z.object({ cursor: z.string().max(1_000).optional(), reply: z.uuid().optional() })
type PageQuery = z.infer<typeof PageQuery>

/** Pages for readers: an article with its comments and the form, the receipt, the terms. */
export const readerRoutes: FastifyPluginAsyncZod<PageRouteOptions> = async (app, intake) => {
  const { db, keys, memory } = intake
  app.get(
    '/:site/articles/:article',
    {
      schema: {
        params: inPath,
        querystring: PageQuery,
      },
    },
    async (request, reply) => {
      const { site, article } = request.params
      const address = `page ${request.raw.url}`
      const { headers, ready } = await memory.read(address, (reader) =>
        articleForAll(site, article, request.query, reader),
      )
      if (headers['location'] !== undefined) return reply.redirect(headers['location'], 308)
      return reply
        .headers({ ...noStore, ...headers })
        .type(html)
        .send(withNonce(ready.identity?.bytes ?? Buffer.alloc(0)))
    },
  )

  app.post(
    '/:site/articles/:article/comments',
    {
      config: { budget: 'submitting', showsNothing: true },
      schema: { params: inPath, body: SentForm },
    },
    async (request, reply) => {
      const { site: siteKey, article } = request.params
      const site = await existingSite(db, siteKey)
      const { nonce, text, name, parent } = request.body
      const sent = {
        site: siteKey,
        article,
        submission: { text, name, parent: parent ?? null },
        idempotencyKey: nonce,
      }
      reply.headers({ ...noStore, ...contentPolicy(site.origins) }).type(html)
      try {
        const { accepted } = await submit(intake, sent)
        return reply.send(receiptPage(site, article, accepted.receipt))
      } catch (error) {
        const problem = error instanceof Problem ? mendable(error) : undefined
        if (!problem) throw error
        const form = { nonce: newNonce(), text, name, parent: parent ?? null, problem }
        const { answer: list } = await listOf(siteKey, article)
        return reply.code(422).send(await pageOf(site, article, form, list))
      }
    },
  )

  app.get('/:site/terms', { schema: { params: sitePath } }, async (request, reply) => {
    const site = await existingSite(db, request.params.site)
    const terms = await findTerms(db.desk, site.key)
    if (!terms) throw new Problem('terms_not_found')
    return reply
      .headers({ 'cache-control': 'public, max-age=60', ...contentPolicy([]) })
      .type(html)
      .send(termsPage(site, terms))
  })

  /** The article's page as everybody gets it, but for the nonce; or where it is now. */
  async function articleForAll(
    siteKey: string,
    key: string,
    { cursor, reply }: PageQuery,
    reader: Sql,
  ): Promise<Shown<Body>> {
    const site = await existingSite(db, siteKey)
    const { answer: list, ...shown } = await listOf(siteKey, key, cursor, reader)
    const since = list.article.key
    if (since !== key) {
      const location = `/${siteKey}/articles/${encodeURIComponent(since)}`
      return { ...shown, answer: { bytes: Buffer.alloc(0), type: html, headers: { location } } }
    }
    const form = { nonce: anyNonce, text: '', name: '', parent: reply ?? null }
    const parts: Buffer[] = []
    for await (const part of await pageOf(site, key, form, list)) parts.push(Buffer.from(part))
    const headers = contentPolicy(site.origins)
    return { ...shown, answer: { bytes: Buffer.concat(parts), type: html, headers } }
  }

  function listOf(
    site: string,
    article: string,
    cursor?: string,
    reader: Sql = db.reader,
  ): Promise<Shown<PublishedList>> {
    const query = { order: 'newest', limit: 50, ...(cursor !== undefined && { cursor }) } as const
    return publishedList({ ...db, reader }, keys.cursors, site, article, query)
  }

  async function pageOf(site: Site, key: string, form: FormState, list: PublishedList): Promise<Readable> {
    const found = await findArticle(db.desk, site.key, key)
    const article = found ?? { key, title: null, url: key, language: site.language }
    const story = site.key === 'demo' && key === 'welcome' ? demoArticle.paragraphs : []
    return articlePage({ site, article, story, list, form: list.article.open ? form : null })
  }
}

/** Puts a nonce into the form that was rendered for everybody, if there is one. */
function withNonce(page: Buffer): Buffer {
  const at = page.indexOf(anyNonce)
  if (at < 0) return page
  return Buffer.concat([page.subarray(0, at), Buffer.from(newNonce()), page.subarray(at + anyNonce.length)])
}

/** Makes a refresh or a double click harmless: the same form is the same submission. */
function newNonce(): string {
  return randomBytes(24).toString('base64url')
}

/** The field to mend, for problems that the reader can do something about. */
function mendable(problem: Problem): FormState['problem'] {
  const pointer = problem.extras.errors?.[0]?.pointer
  const field = pointer === '#/name' ? 'name' : pointer === '#/parent' ? 'parent' : 'text'
  return pointer === undefined ? undefined : { field, detail: problem.message }
}
