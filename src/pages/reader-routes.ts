import { randomBytes } from 'node:crypto'
import type { Readable } from 'node:stream'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { submit } from '../comments/submit.ts'
import { noStore } from '../http/headers.ts'
import { Problem } from '../http/problems.ts'
import { publishedList } from '../reading/list.ts'
import { inPath, sitePath } from '../sites/article.ts'
import { demoArticle } from '../sites/demo-texts.ts'
import { existingSite } from '../sites/existing-site.ts'
import { keySince } from '../sites/moved-article-store.ts'
import type { Site } from '../sites/site.ts'
import { findArticle } from '../sites/store.ts'
import { findTerms } from '../terms/store.ts'
import { articlePage, type FormState, receiptPage } from './article.tsx'
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

/** Pages for readers: an article with its comments and the form, the receipt, the terms. */
export const readerRoutes: FastifyPluginAsyncZod<PageRouteOptions> = async (app, intake) => {
  const { db, keys } = intake
  app.get(
    '/:site/articles/:article',
    {
      schema: {
        params: inPath,
        querystring: z.object({ cursor: z.string().max(1_000).optional(), reply: z.uuid().optional() }),
      },
    },
    async (request, reply) => {
      const { site: siteKey, article } = request.params
      const site = await existingSite(db, siteKey)
      const since = await keySince(db.desk, siteKey, article)
      if (since !== undefined) return reply.redirect(`/${siteKey}/articles/${encodeURIComponent(since)}`, 308)
      const form = { nonce: newNonce(), text: '', name: '', parent: request.query.reply ?? null }
      const page = await pageOf(site, article, form, request.query.cursor)
      return reply
        .headers({ ...noStore, ...contentPolicy(site.origins) })
        .type(html)
        .send(page)
    },
  )

  app.post(
    '/:site/articles/:article/comments',
    { config: { budget: 'submitting' }, schema: { params: inPath, body: SentForm } },
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
        return reply.code(422).send(await pageOf(site, article, form))
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

  async function pageOf(site: Site, key: string, form: FormState, cursor?: string): Promise<Readable> {
    const found = await findArticle(db.desk, site.key, key)
    const query = { order: 'newest', limit: 50, ...(cursor !== undefined && { cursor }) } as const
    const list = await publishedList(db, keys.cursors, site.key, key, query)
    const article = found ?? { key, title: null, url: key, language: site.language }
    const story = site.key === 'demo' && key === 'welcome' ? demoArticle.paragraphs : []
    return articlePage({ site, article, story, list, form: list.article.open ? form : null })
  }
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
