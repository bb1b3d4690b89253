import type { FastifyReply, FastifyRequest } from 'fastify'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { giveSession, justSignedIn, sessionOf, signedInPerson } from '../access/auth.ts'
import {
  accountIn,
  beginEnrolment,
  confirmEnrolment,
  removeSecondFactor,
  renewRecoveryCodes,
} from '../access/enrol.ts'
import { Code } from '../access/second-factor.ts'
import { secondFactorOf } from '../access/second-factor-store.ts'
import { noStore } from '../http/headers.ts'
import { Problem } from '../http/problems.ts'
import { plain } from '../http/words.ts'
import { contentPolicy, html } from './layout.tsx'
import type { PageRouteOptions } from './routes.ts'
import { type SecondFactorPage, secondFactorPage } from './second-factor.tsx'

const SentAction = z.object({
  action: z.enum(['begin', 'confirm', 'renew', 'remove']),
  code: plain(z.string().max(40)).default(''),
})

type Made = Partial<Pick<SecondFactorPage, 'enrolment' | 'recoveryCodes'>>

/** The page on which a second factor is set up, by forms alone. */
export const secondFactorPageRoutes: FastifyPluginAsyncZod<PageRouteOptions> = async (
  app,
  { db, keys, baseUrl, secondFactor: rule },
) => {
  const checking = { db, keys }
  app.addHook('onSend', async (_request, reply) => {
    reply.headers({ ...noStore, ...contentPolicy([]) })
  })

  app.get(
    '/desk/second-factor',
    { config: { budget: 'moderating', enrolling: true } },
    async (request, reply) => {
      const { id } = signedInPerson(await app.identify(request))
      return reply.type(html).send(await shown(id, {}, null))
    },
  )

  app.post(
    '/desk/second-factor',
    { config: { budget: 'signing_in', enrolling: true }, schema: { body: SentAction } },
    async (request, reply) => {
      const { id } = signedInPerson(await app.identify(request))
      try {
        return reply.type(html).send(await shown(id, await act(request, reply, request.body), null))
      } catch (error) {
        if (!(error instanceof Problem) || error.status >= 500) throw error
        return reply
          .code(error.status)
          .headers(error.extras.headers ?? {})
          .type(html)
          .send(await shown(id, {}, error.message))
      }
    },
  )

  async function act(
    request: FastifyRequest,
    reply: FastifyReply,
    { action, code: sent }: z.infer<typeof SentAction>,
  ): Promise<Made> {
    const caller = await app.identify(request)
    const { id, pseudonym } =
      action === 'begin' || action === 'confirm' ? justSignedIn(caller) : signedInPerson(caller)
    if (action === 'begin') {
      return { enrolment: await beginEnrolment(checking, id, accountIn(baseUrl, pseudonym)) }
    }
    const { data: code } = Code.safeParse(sent)
    if (code === undefined) throw new Problem('code_wrong')
    if (action === 'renew') return renewRecoveryCodes(checking, id, code)
    const from = sessionOf(request)
    const { codes = {}, session } =
      action === 'confirm'
        ? await confirmEnrolment(checking, id, code, from)
        : { session: await removeSecondFactor(checking, id, code, from) }
    if (session !== undefined) giveSession(reply, session)
    return codes
  }

  async function shown(personId: string, made: Made, problem: string | null): Promise<string> {
    const has = { ...(await secondFactorOf(db.desk, personId)), required: rule === 'required' }
    return secondFactorPage({ has, enrolment: null, recoveryCodes: null, ...made, problem })
  }
}
