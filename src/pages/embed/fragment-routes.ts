import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import type { Sql } from '../../database/client.ts'
import { articlePath } from '../../reading/addresses.ts'
import { publishedList } from '../../reading/list.ts'
import { sendPage } from '../../reading/routes.ts'
import type { Body, Shown } from '../../reading/shown.ts'
import { inPath } from '../../sites/article.ts'
import { existingSite } from '../../sites/existing-site.ts'
import { findArticle } from '../../sites/store.ts'
import type { PageLanguage } from '../languages.ts'
import { contentPolicy, html } from '../layout.tsx'
import type { PageRouteOptions } from '../routes.ts'
import { LanguageQuery, siteVoice } from '../site-voice.ts'
import { inLanguage } from '../voice.ts'
import { commentsFragment } from './fragment.tsx'

/** A page of the list, as the article's own page has it. */
const firstPage = { order: 'newest', limit: 50 } as const

/** The list as a part of a publisher's page. */
export const fragmentRoutes: FastifyPluginAsyncZod<PageRouteOptions> = async (
  app,
  { db, keys, memory, baseUrl },
) => {
  app.get(
    '/:site/articles/:article/fragment',
    { schema: { params: inPath, querystring: LanguageQuery } },
    async (request, reply) => {
      const { site, article } = request.params
      const { lang } = request.query
      const address = `fragment ${inLanguage(articlePath(site, article), lang)}`
      const page = await memory.read(address, (reader) => fragmentForAll(site, article, lang, reader))
      return sendPage(request, reply.headers(page.headers), page, memory.age(page))
    },
  )

  async function fragmentForAll(
    siteKey: string,
    key: string,
    lang: PageLanguage | undefined,
    reader: Sql,
  ): Promise<Shown<Body>> {
    const site = await existingSite(db, siteKey)
    const { answer: list, ...shown } = await publishedList(
      { ...db, reader },
      keys.cursors,
      siteKey,
      key,
      firstPage,
    )
    const found = await findArticle(db.desk, siteKey, key)
    const voice = await siteVoice(db, siteKey, lang, found?.language ?? site.language, site.language)
    const parts: Buffer[] = []
    for await (const part of commentsFragment({ site, list, voice, baseUrl })) parts.push(Buffer.from(part))
    // Found by itself, it is no page that anybody wants to find.
    const headers = { ...contentPolicy([]), 'x-robots-tag': 'noindex' }
    return { ...shown, answer: { bytes: Buffer.concat(parts), type: html, headers } }
  }
}
