import type { Readable } from 'node:stream'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { visitorOf } from '../access/auth.ts'
import type { Caller } from '../access/roles.ts'
import { Action, Proposal } from '../comments/status.ts'
import { noStore } from '../http/headers.ts'
import { Problem } from '../http/problems.ts'
import { decide } from '../moderation/decide.ts'
import { Decision, mostRemark } from '../moderation/decision.ts'
import { readQueue } from '../moderation/queue/read-queue.ts'
import { readHistory } from '../moderation/read-history.ts'
import { findTerms } from '../terms/store.ts'
import type { Rule } from '../terms/terms.ts'
import { type DeskPage, deskPage } from './desk.tsx'
import { contentPolicy, html } from './layout.tsx'
import type { PageRouteOptions } from './routes.ts'
import { signInPage } from './sign-in.tsx'

/** What the desk's form sends: a button's action, with an escalation's proposal behind a colon. */
const SentDecision = z.object({
  version: z.coerce.number().int(),
  action: z.string().max(40),
  rule: z.string().max(40).default(''),
  reason: z.string().default(''),
  text: z.string().default(''),
})
type SentDecision = z.infer<typeof SentDecision>

/** The moderators' desk by forms alone, for whoever runs no script; framed by nobody. */
export const deskRoutes: FastifyPluginAsyncZod<PageRouteOptions> = async (app, { db, keys, issuer }) => {
  app.addHook('onSend', async (_request, reply) => {
    reply.headers({ ...noStore, ...contentPolicy([]) })
  })

  app.get(
    '/desk/forms',
    {
      config: { budget: 'moderating', showsSignals: true },
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
      const caller = await visitorOf(app, request)
      if (caller === 'enrolling') return reply.redirect('/desk/second-factor', 303)
      if (!caller) {
        return reply.type(html).send(signInPage({ problem: null, outside: issuer !== undefined }))
      }
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
        const made = await decide(db, caller, id, version, decisionOf(request.body), { isTimed: true })
        const query = new URLSearchParams({ done: id, action: made.action, version: String(made.version) })
        return reply.redirect(`/desk/forms?${query}`, 303)
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

  async function desk(
    caller: Caller,
    shown: Pick<DeskPage, 'done' | 'problem' | 'kept'> & { cursor: string | undefined },
  ): Promise<Readable> {
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
