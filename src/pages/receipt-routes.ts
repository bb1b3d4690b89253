import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import type { ReceiptAnswer } from '../comments/comment.ts'
import { erase, readReceipt, resubmit, withdraw } from '../comments/reader.ts'
import { noStore } from '../http/headers.ts'
import { Problem } from '../http/problems.ts'
import { appealLimits } from '../moderation/appeals/appeal.ts'
import { fileAppeal } from '../moderation/appeals/file-appeal.ts'
import { sitePath } from '../sites/article.ts'
import { existingSite } from '../sites/existing-site.ts'
import { fieldOf } from './held.tsx'
import { contentPolicy, html } from './layout.tsx'
import { ownPage } from './receipt.tsx'
import type { PageRouteOptions } from './routes.ts'
import { LanguageQuery, siteVoice } from './site-voice.ts'
import { told } from './told.ts'

/** What the page's forms send: the receipt, and what to do. */
const SentReceipt = z.object({
  receipt: z.string().max(100).default(''),
  action: z.enum(['see', 'resubmit', 'appeal', 'withdraw', 'erase']).default('see'),
  text: z.string().default(''),
  name: z.string().default(''),
})
type SentReceipt = z.infer<typeof SentReceipt>

/** The reader's own page. The receipt comes in bodies only; no answer is kept by anybody. */
export const receiptRoutes: FastifyPluginAsyncZod<PageRouteOptions> = async (app, intake) => {
  const { db } = intake
  app.addHook('onSend', async (_request, reply) => {
    reply.headers({ ...noStore, ...contentPolicy([]) })
  })

  app.get(
    '/:site/my-comment',
    { schema: { params: sitePath, querystring: LanguageQuery } },
    async (request, reply) => {
      const site = await existingSite(db, request.params.site)
      const voice = await siteVoice(db, site.key, request.query.lang, site.language)
      return reply
        .type(html)
        .send(ownPage({ site, receipt: '', held: null, problem: null, typed: null, voice }))
    },
  )

  app.post(
    '/:site/my-comment',
    {
      config: { budget: 'submitting' },
      schema: { params: sitePath, querystring: LanguageQuery, body: SentReceipt },
    },
    async (request, reply) => {
      const site = await existingSite(db, request.params.site)
      const voice = await siteVoice(db, site.key, request.query.lang, site.language)
      const { receipt, action, text } = request.body
      try {
        const held = await act(request.body)
        return reply.type(html).send(ownPage({ site, receipt, held, problem: null, typed: null, voice }))
      } catch (error) {
        if (!(error instanceof Problem) || error.status >= 500) throw error
        const held = await readReceipt(db, receipt).catch(() => null)
        const typed = action === 'resubmit' || action === 'appeal' ? { action, text } : null
        const limits = action === 'appeal' ? appealLimits : site.limits
        const problem = { field: fieldToMend(held, typed), told: told(voice, error.code, limits) }
        return reply
          .code(error.status)
          .type(html)
          .send(ownPage({ site, receipt, held, problem, typed, voice }))
      }
    },
  )

  async function act({ receipt, action, text, name }: SentReceipt): Promise<ReceiptAnswer> {
    if (action === 'resubmit') return resubmit(intake, receipt, { text, name })
    // Nobody appeals here with the receipt of a report, of which the page could not tell.
    if (action === 'appeal') await readReceipt(db, receipt).then(() => fileAppeal(db, receipt, { text }))
    if (action === 'withdraw') await withdraw(db, receipt)
    if (action === 'erase') await erase(db, receipt).catch(isTold)
    return readReceipt(db, receipt)
  }
}

/** Where the fault can be mended, if the page still has the field. */
function fieldToMend(held: ReceiptAnswer | null, typed: { action: 'resubmit' | 'appeal' } | null) {
  if (!held) return 'receipt'
  if (!typed) return null
  const isThere = typed.action === 'resubmit' ? held.status === 'returned' : held.appealUntil !== undefined
  return isThere ? fieldOf[typed.action] : null
}

/** That the words have to be kept for now is told by the page itself. */
function isTold(error: unknown): void {
  if (!(error instanceof Problem && error.code === 'held')) throw error
}
