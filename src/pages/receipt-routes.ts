import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { eraseAny, readAnyReceipt, withdrawAny } from '../comments/any-receipt.ts'
import { resubmit } from '../comments/reader.ts'
import { noStore } from '../http/headers.ts'
import { Problem } from '../http/problems.ts'
import { appealLimits } from '../moderation/appeals/appeal.ts'
import { fileAppeal } from '../moderation/appeals/file-appeal.ts'
import { sitePath } from '../sites/article.ts'
import { existingSite } from '../sites/existing-site.ts'
import { contentPolicy, html } from './layout.tsx'
import { ownPage, type ReceiptPage } from './receipt.tsx'
import type { PageRouteOptions } from './routes.ts'
import { LanguageQuery, siteVoice } from './site-voice.ts'
import { told } from './told.ts'
import { fieldOf, nameField, type Typed } from './typed.ts'

/** What the page's forms send: the receipt, and what to do. What cannot be undone is asked about first. */
const SentReceipt = z.object({
  receipt: z.string().max(100).default(''),
  action: z
    .enum(['see', 'resubmit', 'appeal', 'ask-withdraw', 'ask-erase', 'withdraw', 'erase'])
    .default('see'),
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
      const place = await placeOf(request.params.site, request.query.lang)
      return reply.type(html).send(ownPage({ ...place, receipt: '', held: null }))
    },
  )

  app.post(
    '/:site/my-comment',
    {
      config: { budget: 'submitting' },
      schema: { params: sitePath, querystring: LanguageQuery, body: SentReceipt },
    },
    async (request, reply) => {
      const { receipt } = request.body
      const { lang } = request.query
      const asked = await placeOf(request.params.site, lang)
      try {
        const held = await act(request.body)
        const place = await placeHeld(asked, held, lang)
        return reply
          .type(html)
          .send(ownPage({ ...place, receipt, held, unsure: unsureOf(request.body, held) }))
      } catch (error) {
        if (!(error instanceof Problem) || error.status >= 500) throw error
        const held = await readAnyReceipt(db, receipt).catch(() => null)
        const place = await placeHeld(asked, held, lang)
        const typed = typedIn(request.body)
        const limits = typed?.action === 'appeal' ? appealLimits : place.site.limits
        const problem = {
          field: fieldToMend(error, held, typed),
          told: told(place.voice, error.code, limits),
        }
        return reply
          .code(error.status)
          .type(html)
          .send(ownPage({ ...place, receipt, held, problem, typed }))
      }
    },
  )

  type Lang = z.infer<typeof LanguageQuery>['lang']
  type Place = Pick<ReceiptPage, 'site' | 'voice'>

  async function placeOf(key: string, lang: Lang): Promise<Place> {
    const site = await existingSite(db, key)
    return { site, voice: await siteVoice(db, site.key, lang, site.language) }
  }

  /** A receipt is known wherever it is typed; what it is of is told as a page of its own site. */
  async function placeHeld(asked: Place, held: ReceiptPage['held'], lang: Lang): Promise<Place> {
    return held === null || held.site === asked.site.key ? asked : placeOf(held.site, lang)
  }

  async function act({
    receipt,
    action,
    text,
    name,
  }: SentReceipt): Promise<NonNullable<ReceiptPage['held']>> {
    if (action === 'resubmit') return resubmit(intake, receipt, { text, name })
    if (action === 'appeal') return fileAppeal(db, receipt, { text })
    if (action === 'withdraw') await withdrawAny(db, receipt)
    if (action === 'erase') await eraseAny(db, receipt).catch(isTold)
    return readAnyReceipt(db, receipt)
  }
}

/** What is still to be asked about; nothing where it is done already. */
function unsureOf(
  { action }: SentReceipt,
  held: NonNullable<ReceiptPage['held']>,
): 'withdraw' | 'erase' | null {
  const isReport = 'reported' in held
  const words = isReport ? held.reported : held.submitted
  const canWithdraw = isReport ? held.status === 'open' : held.status !== 'withdrawn'
  if (action === 'ask-withdraw' && canWithdraw) return 'withdraw'
  return action === 'ask-erase' && words !== null ? 'erase' : null
}

function typedIn({ action, text, name }: SentReceipt): Typed | null {
  return action === 'resubmit' || action === 'appeal' ? { action, text, name } : null
}

/** Where the fault can be mended, if the page still has the field. */
function fieldToMend(problem: Problem, held: ReceiptPage['held'], typed: Typed | null): string | null {
  if (!held) return 'receipt'
  if (!typed) return null
  const isThere = typed.action === 'resubmit' ? held.status === 'returned' : held.appealUntil !== undefined
  if (!isThere) return null
  return problem.code === 'name_too_long' ? nameField : fieldOf[typed.action]
}

/** That the words have to be kept for now is told by the page itself. */
function isTold(error: unknown): void {
  if (!(error instanceof Problem && error.code === 'held')) throw error
}
