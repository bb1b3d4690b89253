import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import type { ReceiptAnswer } from '../comments/comment.ts'
import { erase, readReceipt, resubmit, withdraw } from '../comments/reader.ts'
import { noStore } from '../http/headers.ts'
import { Problem } from '../http/problems.ts'
import { sitePath } from '../sites/article.ts'
import { existingSite } from '../sites/existing-site.ts'
import { contentPolicy, html } from './layout.tsx'
import { ownPage } from './receipt.tsx'
import type { PageRouteOptions } from './routes.ts'

/** What the page's forms send: the receipt, and what to do. */
const SentReceipt = z.object({
  receipt: z.string().max(100).default(''),
  action: z.enum(['see', 'resubmit', 'withdraw', 'erase']).default('see'),
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

  app.get('/:site/my-comment', { schema: { params: sitePath } }, async (request, reply) => {
    const site = await existingSite(db, request.params.site)
    return reply.type(html).send(ownPage({ site, receipt: '', held: null, problem: null, typed: null }))
  })

  app.post(
    '/:site/my-comment',
    { config: { budget: 'submitting' }, schema: { params: sitePath, body: SentReceipt } },
    async (request, reply) => {
      const site = await existingSite(db, request.params.site)
      const { receipt, text } = request.body
      try {
        const held = await act(request.body)
        return reply.type(html).send(ownPage({ site, receipt, held, problem: null, typed: null }))
      } catch (error) {
        if (!(error instanceof Problem) || error.status >= 500) throw error
        const held = await readReceipt(db, receipt).catch(() => null)
        const problem = { field: held ? ('text' as const) : ('receipt' as const), detail: error.message }
        return reply
          .code(error.status)
          .type(html)
          .send(ownPage({ site, receipt, held, problem, typed: text }))
      }
    },
  )

  async function act({ receipt, action, text, name }: SentReceipt): Promise<ReceiptAnswer> {
    if (action === 'resubmit') return resubmit(intake, receipt, { text, name })
    if (action === 'withdraw') await withdraw(db, receipt)
    if (action === 'erase') await erase(db, receipt).catch(isTold)
    return readReceipt(db, receipt)
  }
}

/** That the words have to be kept for now is told by the page itself. */
function isTold(error: unknown): void {
  if (!(error instanceof Problem && error.code === 'held')) throw error
}
