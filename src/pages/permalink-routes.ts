import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import type { Sql } from '../database/client.ts'
import { Problem } from '../http/problems.ts'
import { commentPath } from '../reading/addresses.ts'
import { publicComment } from '../reading/list.ts'
import { shownComment } from '../reading/one-comment-store.ts'
import { sendPage } from '../reading/routes.ts'
import type { Body, Shown } from '../reading/shown.ts'
import { inPath } from '../sites/article.ts'
import { existingSite } from '../sites/existing-site.ts'
import type { PageLanguage } from './languages.ts'
import { contentPolicy, html } from './layout.tsx'
import { commentPage } from './permalink.tsx'
import type { PageRouteOptions } from './routes.ts'
import { LanguageQuery, siteVoice } from './site-voice.ts'
import { inLanguage } from './voice.ts'

/** The page of one comment, to link to. */
export const permalinkRoutes: FastifyPluginAsyncZod<PageRouteOptions> = async (
  app,
  { db, memory, baseUrl },
) => {
  app.get(
    '/:site/articles/:article/comments/:id',
    { schema: { params: inPath.extend({ id: z.uuid() }), querystring: LanguageQuery } },
    async (request, reply) => {
      const { site, article, id } = request.params
      const { lang } = request.query
      const address = `page ${inLanguage(commentPath(site, article, id), lang)}`
      const page = await memory.read(address, (reader) => commentForAll(site, article, id, lang, reader))
      const { location, ...headers } = page.headers
      if (location !== undefined) return reply.redirect(location, 308)
      return sendPage(request, reply.headers(headers), page, memory.age(page))
    },
  )

  /** The page, or where it is now. What never was and what is not to be seen are told the same of. */
  async function commentForAll(
    siteKey: string,
    key: string,
    id: string,
    lang: PageLanguage | undefined,
    reader: Sql,
  ): Promise<Shown<Body>> {
    const site = await existingSite(db, siteKey)
    const found = await shownComment(reader, siteKey, key, id)
    if (!found) throw new Problem('comment_not_found')
    const { article, times, count, parts, changesIn } = found
    const comment = publicComment(found.comment, times)
    const parent = found.parent && publicComment(found.parent, times)
    const shown = { site: siteKey, articles: parts, about: [key], lacks: false, changesIn }
    if (article.key !== key) {
      const location = inLanguage(commentPath(siteKey, article.key, comment.id), lang)
      return { ...shown, answer: { bytes: Buffer.alloc(0), type: html, headers: { location } } }
    }
    const voice = await siteVoice(db, siteKey, lang, article.language, site.language)
    const bytes = Buffer.from(commentPage({ site, article, comment, parent, count, baseUrl, voice }))
    return { ...shown, answer: { bytes, type: html, headers: contentPolicy(site.origins) } }
  }
}
