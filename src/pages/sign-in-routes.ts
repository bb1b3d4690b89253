import type { FastifyReply, FastifyRequest } from 'fastify'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import {
  giveHandshake,
  giveSession,
  handshakeOf,
  refuseForeignPages,
  sessionOf,
  takeHandshake,
  takeSession,
} from '../access/auth.ts'
import { findByAccount } from '../access/find-by-account.ts'
import type { Issuer } from '../access/issuer.ts'
import { Code } from '../access/second-factor.ts'
import { endSession } from '../access/session-store.ts'
import { personWithPassword, signInProven, signInWithLink } from '../access/sign-in.ts'
import { noStore } from '../http/headers.ts'
import { Problem } from '../http/problems.ts'
import { plain } from '../http/words.ts'
import { contentPolicy, html } from './layout.tsx'
import type { PageRouteOptions } from './routes.ts'
import { codePage, signedInPage, signInPage } from './sign-in.tsx'

const SentSignIn = z.object({
  link: z.string().max(200).optional(),
  code: plain(z.string().max(40)).optional(),
  login: plain(z.string().max(120)).optional(),
  password: z.string().max(200).optional(),
})

/** Signing in and out by forms, and by an organisation's accounts (OpenID Connect). */
export const signInPageRoutes: FastifyPluginAsyncZod<PageRouteOptions> = async (
  app,
  { db, keys, baseUrl, issuer },
) => {
  app.addHook('onSend', async (_request, reply) => {
    reply.headers({ ...noStore, ...contentPolicy([]) })
  })

  app.post(
    '/desk/sign-in',
    { config: { budget: 'signing_in' }, schema: { body: SentSignIn } },
    async (request, reply) => {
      refuseForeignPages(request, baseUrl)
      const { link, code, login = '', password = '' } = request.body
      try {
        if (link) return await enterByLink(request, reply, link.replace(/^.*#/, ''), code)
        const name = login.trim().toLowerCase()
        await app.limitSignIn(request, name)
        const proven = await signInProven(
          db,
          await personWithPassword(db, name, password),
          sessionOf(request),
        )
        if ('link' in proven) return reply.type(html).send(codePage(proven.link, null))
        giveSession(reply, proven.session)
        return reply.redirect('/desk', 303)
      } catch (error) {
        return refuse(reply, error)
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

  app.get('/v1/session/oidc', { config: { budget: 'signing_in' } }, async (_request, reply) => {
    const { url, handshake } = await demandIssuer(issuer).begin()
    giveHandshake(reply, handshake)
    return reply.redirect(url, 303)
  })

  app.get(
    '/v1/session/oidc/callback',
    { config: { budget: 'signing_in' }, schema: { querystring: z.looseObject({}) } },
    async (request, reply) => {
      const query = /\?(.*)$/.exec(request.url)?.[1] ?? ''
      const handshake = handshakeOf(request)
      takeHandshake(reply)
      try {
        const personId = await findByAccount(db, await demandIssuer(issuer).finish(query, handshake))
        const proven = await signInProven(db, personId, sessionOf(request))
        if ('link' in proven) return reply.type(html).send(codePage(proven.link, null))
        giveSession(reply, proven.session)
        return reply.header('refresh', '0; url=/desk').type(html).send(signedInPage())
      } catch (error) {
        return refuse(reply, error)
      }
    },
  )

  async function enterByLink(
    request: FastifyRequest,
    reply: FastifyReply,
    link: string,
    sent: string | undefined,
  ): Promise<FastifyReply> {
    const code = sent === undefined ? undefined : (Code.safeParse(sent).data ?? 'no code')
    try {
      giveSession(reply, await signInWithLink({ db, keys }, link, { code, from: sessionOf(request) }))
      return reply.redirect('/desk', 303)
    } catch (error) {
      if (!(error instanceof Problem)) throw error
      const { code: kind, message, status, extras } = error
      if (kind !== 'second_factor_needed' && kind !== 'too_many_requests') throw error
      const problem = sent === undefined ? null : message
      return reply
        .code(problem === null ? 200 : status)
        .headers(extras.headers ?? {})
        .type(html)
        .send(codePage(link, problem))
    }
  }

  function refuse(reply: FastifyReply, error: unknown): FastifyReply {
    if (!(error instanceof Problem) || error.code !== 'sign_in_failed') throw error
    const page = signInPage({ problem: error.message, outside: issuer !== undefined })
    return reply.code(401).type(html).send(page)
  }
}

function demandIssuer(issuer: Issuer | undefined): Issuer {
  if (!issuer) throw new Problem('not_found')
  return issuer
}
