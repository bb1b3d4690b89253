import type { FastifyRequest } from 'fastify'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { giveSession, refuseForeignPages, sessionOf, takeSession } from '../access/auth.ts'
import type { Caller } from '../access/roles.ts'
import { signInWithLink, signInWithPassword } from '../access/sign-in.ts'
import { endSession } from '../access/store.ts'
import { Action, Proposal } from '../comments/status.ts'
import { noStore } from '../http/headers.ts'
import { Problem } from '../http/problems.ts'
import { plain } from '../http/words.ts'
import { decide } from '../moderation/decide.ts'
import { Decision, mostRemark } from '../moderation/decision.ts'
import { readHistory } from '../moderation/read-history.ts'
import { readQueue } from '../moderation/read-queue.ts'
import { findTerms } from '../terms/store.ts'
import type { Rule } from '../terms/terms.ts'
import { type DeskPage, deskPage, signInPage } from './desk.tsx'
import { contentPolicy, html } from './layout.tsx'
import type { PageRouteOptions } from './routes.ts'

/** What the desk's form sends: a button's action, with an escalation's proposal behind a colon. */
const SentDecision = z.object({
  version: z.coerce.number().int(),
  action: z.string().max(40),
  rule: z.string().max(40).default(''),
  reason: z.string().default(''),
  text: z.string().default(''),
})
type SentDecision = z.infer<typeof SentDecision>

/** The moderators' desk: works by forms alone; framed by nobody. */
export const deskRoutes: FastifyPluginAsyncZod<PageRouteOptions> = async (app, { db, keys, baseUrl }) => {
  app.addHook('onSend', async (_request, reply) => {
    reply.headers({ ...noStore, ...contentPolicy([]) })
  })

  app.get(
    '/desk',
    {
      config: { budget: 'moderating' },
      schema: {
        querystring: z.object({
          cursor: z.string().max(1_000).optional(),
          done: z.uuid().optional(),
          action: Action.optional(),
          version: z.coerce.number().int().optional(),
        }),
      },
    },
    async (request, reply) => {
      const caller = await signedIn(request)
      if (!caller) return reply.type(html).send(signInPage(null))
      const { cursor, done, action, version } = request.query
      const note =
        done && action && version
          ? {
              id: done,
              version,
              text: sayDone[action],
              undoable: action !== 'undo' && action !== 'unpublish',
            }
          : null
      return reply.type(html).send(await desk(caller, { cursor, done: note, problem: null, kept: null }))
    },
  )

  app.post(
    '/desk/comments/:id',
    {
      config: { budget: 'moderating' },
      schema: { params: z.strictObject({ id: z.uuid() }), body: SentDecision },
    },
    async (request, reply) => {
      const caller = await app.identify(request)
      const { id } = request.params
      const { version, reason, text } = request.body
      try {
        const made = await decide(db, caller, id, version, decisionOf(request.body))
        const query = new URLSearchParams({ done: id, action: made.action, version: String(made.version) })
        return reply.redirect(`/desk?${query}`, 303)
      } catch (error) {
        if (!(error instanceof Problem) || error.status >= 500) throw error
        const shown = { cursor: undefined, done: null, problem: error.message, kept: { id, text, reason } }
        return reply
          .code(error.status)
          .type(html)
          .send(await desk(caller, shown))
      }
    },
  )

  app.post(
    '/desk/sign-in',
    {
      config: { budget: 'signing_in' },
      schema: {
        body: z.object({
          link: z.string().max(200).optional(),
          login: plain(z.string().max(120)).optional(),
          password: z.string().max(200).optional(),
        }),
      },
    },
    async (request, reply) => {
      refuseForeignPages(request, baseUrl)
      try {
        giveSession(reply, await signIn(request, request.body))
        return reply.redirect('/desk', 303)
      } catch (error) {
        if (!(error instanceof Problem) || error.code !== 'sign_in_failed') throw error
        return reply.code(401).type(html).send(signInPage(error.message))
      }
    },
  )

  app.post('/desk/sign-out', { config: { budget: 'moderating' } }, async (request, reply) => {
    refuseForeignPages(request, baseUrl)
    const session = sessionOf(request)
    if (session) await endSession(db.desk, session)
    takeSession(reply)
    return reply.redirect('/desk', 303)
  })

  async function signIn(
    request: FastifyRequest,
    {
      link,
      login,
      password,
    }: { link?: string | undefined; login?: string | undefined; password?: string | undefined },
  ) {
    if (link) return signInWithLink(db, link.replace(/^.*#/, ''))
    const name = (login ?? '').trim().toLowerCase()
    await app.limitSignIn(request, name)
    return signInWithPassword(db, name, password ?? '')
  }

  async function signedIn(request: FastifyRequest): Promise<Caller | undefined> {
    return app.identify(request).catch((error: unknown) => {
      if (error instanceof Problem && error.status === 401) return undefined
      throw error
    })
  }

  async function desk(
    caller: Caller,
    shown: Pick<DeskPage, 'done' | 'problem' | 'kept'> & { cursor: string | undefined },
  ): Promise<string> {
    const { comments, next } = await readQueue(db, keys.cursors, caller, { limit: 20, cursor: shown.cursor })
    return deskPage({
      ...shown,
      pseudonym: caller.person?.pseudonym ?? 'a service',
      comments,
      next,
      moves: await movesOf(caller, comments),
      rules: await rulesFor(comments),
    })
  }

  async function movesOf(caller: Caller, comments: DeskPage['comments']): Promise<DeskPage['moves']> {
    const moves: DeskPage['moves'] = new Map()
    for (const { id, version } of comments) {
      if (version > 1) moves.set(id, await readHistory(db, caller, id))
    }
    return moves
  }

  async function rulesFor(comments: DeskPage['comments']): Promise<Map<string, Rule[]>> {
    const rules = new Map<string, Rule[]>()
    for (const { site, termsVersion } of comments) {
      const key = `${site} ${termsVersion}`
      if (!rules.has(key)) rules.set(key, (await findTerms(db.desk, site, termsVersion))?.rules ?? [])
    }
    return rules
  }
}

const sayDone: Record<Action, string> = {
  approve: 'Approved.',
  edit: 'Edited and approved.',
  reject: 'Rejected.',
  return: 'Returned to the reader.',
  escalate: 'Waiting for a second person.',
  undo: 'Undone.',
  unpublish: 'Unpublished.',
  restore: 'Restored.',
}

function decisionOf({ action, rule, reason, text }: SentDecision): Decision {
  const [move = '', proposal] = action.split(':', 2)
  const asked = Decision.safeParse({
    action: move,
    ...(proposal !== undefined && { proposal: Proposal.safeParse(proposal).data }),
    rules: rule === '' || move === 'approve' || move === 'undo' || proposal === 'approve' ? [] : [rule],
    reason: reason.trim() === '' ? null : reason,
    ...(move === 'edit' && { text }),
  })
  if (!asked.success) {
    const isReason = asked.error.issues.some(({ path }) => path[0] === 'reason')
    throw new Problem(
      'invalid_request',
      isReason
        ? `A reason has something to read, and at most ${mostRemark.toLocaleString('en')} characters.`
        : 'The desk does not know this decision.',
    )
  }
  return asked.data
}
