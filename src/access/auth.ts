import fastifyCookie from '@fastify/cookie'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Database } from '../database/client.ts'
import { sha256 } from '../http/keyring.ts'
import { Problem } from '../http/problems.ts'
import { callerByKey, callerBySession } from './caller-store.ts'
import { type Caller, can, type Permission } from './roles.ts'
import { sessionSeconds } from './sign-in.ts'

declare module 'fastify' {
  interface FastifyInstance {
    /** Who is asking: by key, else by session; throws `unauthenticated`. */
    identify(request: FastifyRequest): Promise<Caller>
  }
}

/** `__Host-`: only over a secure connection (or localhost), only to this host, on every path. */
const cookieName = '__Host-postbag'
const cookie = { path: '/', httpOnly: true, secure: true, sameSite: 'strict' } as const

/** Gives `app.identify`, and cookies. */
export async function identifyCallers(app: FastifyInstance, db: Database, baseUrl: string): Promise<void> {
  await app.register(fastifyCookie)
  app.decorate('identify', async (request: FastifyRequest) => {
    const key = bearer(request)
    if (key !== undefined) {
      const caller = await callerByKey(db.desk, sha256(key))
      if (!caller) throw new Problem('unauthenticated', 'This key is not known, or no longer good.')
      return caller
    }
    const session = sessionOf(request)
    if (session === undefined) throw new Problem('unauthenticated')
    refuseForeignPages(request, baseUrl)
    const caller = await callerBySession(db.desk, session)
    if (!caller) throw new Problem('unauthenticated', 'Your session has ended. Sign in again.')
    return caller
  })
}

/** Throws `forbidden` unless the caller may do this on the site. */
export function demand(caller: Caller, permission: Permission, site: string | null): void {
  if (!can(caller, permission, site)) throw new Problem('forbidden')
}

/** The secret behind `Authorization: Bearer`, if there is one. Spaces may be in it: a receipt comes in groups. */
export function bearer(request: FastifyRequest): string | undefined {
  const { authorization = '' } = request.headers
  const secret = /^Bearer /i.test(authorization) ? authorization.slice('Bearer '.length).trim() : ''
  return secret === '' ? undefined : secret
}

/** The hash of the session that the request's cookie names. */
export function sessionOf(request: FastifyRequest): Buffer | undefined {
  const secret = request.cookies[cookieName]
  return secret ? sha256(secret) : undefined
}

export function giveSession(reply: FastifyReply, secret: string): void {
  reply.setCookie(cookieName, secret, { ...cookie, maxAge: sessionSeconds })
}

export function takeSession(reply: FastifyReply): void {
  reply.clearCookie(cookieName, cookie)
}

/**
 * Closes cross-site request forgery for whatever a cookie could do: besides SameSite=Strict, a browser's own
 * word on where a changing request comes from must be this service.
 */
export function refuseForeignPages(request: FastifyRequest, baseUrl: string): void {
  if (request.method === 'GET' || request.method === 'HEAD') return
  const { origin } = request.headers
  const site = request.headers['sec-fetch-site']
  const ownOrigin =
    origin === undefined || origin === new URL(baseUrl).origin || origin === `http://${request.host}`
  const ownSite = site === undefined || site === 'same-origin' || site === 'none'
  if (!ownOrigin || !ownSite) throw new Problem('forbidden', 'This came from a page of another site.')
}
