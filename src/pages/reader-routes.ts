import type { Readable } from 'node:stream'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { submit } from '../comments/submit.ts'
import type { Sql } from '../database/client.ts'
import { noStore } from '../http/headers.ts'
import { Problem } from '../http/problems.ts'
import { articlePath } from '../reading/addresses.ts'
import { type PublishedList, publishedList } from '../reading/list.ts'
import type { Body, Shown } from '../reading/shown.ts'
import { inPath, sitePath } from '../sites/article.ts'
import { demoArticle } from '../sites/demo-texts.ts'
import { existingSite } from '../sites/existing-site.ts'
import type { Site } from '../sites/site.ts'
import { findArticle } from '../sites/store.ts'
import { findTerms } from '../terms/store.ts'
import { type ArticlePage, articlePage, receiptPage } from './article.tsx'
import { articleHead } from './article-head.tsx'
import { anyNonce, type FormState } from './comment-form.tsx'
import { ageOf, formNonce } from './form-nonce.ts'
import type { PageLanguage } from './languages.ts'
import { contentPolicy, html } from './layout.tsx'
import type { PageRouteOptions } from './routes.ts'
import { LanguageQuery, siteVoice } from './site-voice.ts'
import { termsPage } from './terms.tsx'
import { told } from './told.ts'
import { inLanguage } from './voice.ts'

/** What a reader's browser sends from the form. */
const SentForm = z.object({
  nonce: z.string().regex(/^[\w-]{22,64}$/),
  text: z.string().default(''),
  name: z.string().default(''),
  parent: z.uuid().optional(),
  subject: z.string().default('').meta({ description: 'what people do not see' }),
})

const PageQuery = LanguageQuery.extend({
  cursor: z.string().max(1_000).optional(),
  reply: z.uuid().optional(),
})
type PageQuery = z.infer<typeof PageQuery>

/** Pages for readers: an article with its comments and the form, the receipt, the terms. */
export const readerRoutes: FastifyPluginAsyncZod<PageRouteOptions> = async (app, intake) => {
  const { db, keys, memory, baseUrl } = intake
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
      const address = `page ${addressOf(site, article, request.query)}`
      const { headers, ready } = await memory.read(address, (reader) =>
        articleForAll(site, article, request.query, reader),
      )
      if (headers['location'] !== undefined) return reply.redirect(headers['location'], 308)
      return reply
        .headers({ ...noStore, ...headers })
        .type(html)
        .send(withNonce(ready.identity?.bytes ?? Buffer.alloc(0), formNonce(keys.forms)))
    },
  )

  app.post(
    '/:site/articles/:article/comments',
    {
      config: { budget: 'submitting', showsNothing: true },
      schema: { params: inPath, querystring: LanguageQuery, body: SentForm },
    },
    async (request, reply) => {
      const { site: siteKey, article } = request.params
      const site = await existingSite(db, siteKey)
      const { nonce, text, name, parent, subject } = request.body
      const age = ageOf(keys.forms, nonce)
      const sent = {
        site: siteKey,
        article,
        submission: { text, name, parent: parent ?? null },
        idempotencyKey: nonce,
        form: { filledUnseen: subject !== '', seconds: age && age.seconds },
        slow: (where: string, minutes: number) => app.limitSlow(request, where, minutes),
      }
      const discussed = await discussedOn(site, article, request.query.lang)
      const { voice } = discussed
      reply.headers({ ...noStore, ...contentPolicy(site.origins) }).type(html)
      try {
        const { accepted } = await submit(intake, sent)
        return reply.send(receiptPage(site, discussed.article, accepted.receipt, baseUrl, voice))
      } catch (error) {
        const field = error instanceof Problem ? fieldToMend(error) : undefined
        if (field === undefined || !(error instanceof Problem)) throw error
        const { answer: list } = await listOf(siteKey, article)
        const problem = { field, told: told(voice, error.code, site.limits, list.article.slow) }
        const again = formNonce(keys.forms, age?.made)
        const form = { nonce: again, text, name, parent: parent ?? null, problem }
        return reply
          .code(error.code === 'slow_mode' ? 429 : 422)
          .headers(error.extras.headers ?? {})
          .send(pageOf(discussed, list, form))
      }
    },
  )

  const termsSchema = { params: sitePath, querystring: LanguageQuery }
  app.get('/:site/terms', { schema: termsSchema }, async (request, reply) => {
    const site = await existingSite(db, request.params.site)
    const terms = await findTerms(db.desk, site.key)
    if (!terms) throw new Problem('terms_not_found')
    const voice = await siteVoice(db, site.key, request.query.lang, site.language, terms.language)
    return reply
      .headers({ 'cache-control': 'public, max-age=60', ...contentPolicy([]) })
      .type(html)
      .send(termsPage(site, terms, voice))
  })

  /** The article's page as everybody gets it, but for the nonce; or where it is now. */
  async function articleForAll(
    siteKey: string,
    key: string,
    query: PageQuery,
    reader: Sql,
  ): Promise<Shown<Body>> {
    const { cursor, reply, lang } = query
    const site = await existingSite(db, siteKey)
    const { answer: list, ...shown } = await listOf(siteKey, key, cursor, reader)
    const since = list.article.key
    if (since !== key) {
      const location = inLanguage(articlePath(siteKey, since), lang)
      return { ...shown, answer: { bytes: Buffer.alloc(0), type: html, headers: { location } } }
    }
    const form = { nonce: anyNonce, text: '', name: '', parent: reply ?? null }
    const parts: Buffer[] = []
    const whole = pageOf(await discussedOn(site, key, lang), list, form, { cursor, reply })
    for await (const part of whole) parts.push(Buffer.from(part))
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

  async function discussedOn(site: Site, key: string, lang: PageLanguage | undefined): Promise<Discussed> {
    const found = await findArticle(db.desk, site.key, key)
    const article = found ?? { key, title: null, url: key, language: site.language }
    const voice = await siteVoice(db, site.key, lang, article.language, site.language)
    return { site, article, voice }
  }

  function pageOf(
    discussed: Discussed,
    list: PublishedList,
    form: FormState,
    asked: ArticlePage['asked'] = null,
  ): Readable {
    const { site, article } = discussed
    const story = site.key === 'demo' && article.key === 'welcome' ? demoArticle.paragraphs : []
    const isFirst = asked !== null && asked.cursor === undefined
    const head = isFirst ? articleHead({ ...discussed, list, baseUrl }) : {}
    return articlePage({ ...discussed, story, list, asked, form: list.article.open ? form : null, ...head })
  }
}

/** An article, its site, and the voice in which its page speaks. */
type Discussed = Pick<ArticlePage, 'site' | 'article' | 'voice'>

/** What a page is asked for with, in one way of writing it: whatever else is asked makes no further page. */
function addressOf(site: string, article: string, query: PageQuery): string {
  const asked = Object.entries(query).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]]))
  return `${articlePath(site, article)}?${new URLSearchParams(asked)}`
}

/** Puts a nonce into the form that was rendered for everybody, if there is one. */
function withNonce(page: Buffer, nonce: string): Buffer {
  const at = page.indexOf(anyNonce)
  if (at < 0) return page
  return Buffer.concat([page.subarray(0, at), Buffer.from(nonce), page.subarray(at + anyNonce.length)])
}

/** The field to mend, for problems that the reader can do something about; null where that is to wait. */
function fieldToMend(problem: Problem): 'text' | 'name' | 'parent' | null | undefined {
  if (problem.code === 'slow_mode') return null
  const pointer = problem.extras.errors?.[0]?.pointer
  if (pointer === undefined) return undefined
  return pointer === '#/name' ? 'name' : pointer === '#/parent' ? 'parent' : 'text'
}
