import fastifyCookie from '@fastify/cookie'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Database } from '../database/client.ts'
import { sha256 } from '../http/keyring.ts'
import { Problem } from '../http/problems.ts'
import { callerByKey, callerBySession } from './caller-store.ts'
import { type Caller, can, type Permission } from './roles.ts'
import type { SecondFactorRule } from './second-factor.ts'
import { lasts } from './session.ts'
import { touchSession } from './session-store.ts'

declare module 'fastify' {
  interface FastifyInstance {
    /** Who is asking: by key, else by session; throws `unauthenticated`. */
    identify(request: FastifyRequest): Promise<Caller>
  }
  interface FastifyContextConfig {
    /** what somebody may ask who has no second factor yet where one is required */
    enrolling?: boolean
  }
}

/** `__Host-`: only over a secure connection (or localhost), only to this host, on every path. */
const cookieName = '__Host-postbag'
const cookie = { path: '/', httpOnly: true, secure: true, sameSite: 'strict' } as const

/** What a browser keeps while its person is at an issuer; sent along when that one leads back, which is another site. */
const handshakeName = '__Host-postbag-handshake'
const handshakeCookie = { ...cookie, sameSite: 'lax' } as const
const handshakeSeconds = 600

/** Gives `app.identify`, and cookies. */
export async function identifyCallers(
  app: FastifyInstance,
  db: Database,
  baseUrl: string,
  secondFactor: SecondFactorRule,
): Promise<void> {
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
    const signedIn = await callerBySession(db.desk, session)
    if (!signedIn) throw new Problem('unauthenticated', 'Your session has ended. Sign in again.')
    if (signedIn.isToNote) await touchSession(db.desk, session)
    const lacks = secondFactor === 'required' && !signedIn.hasSecondFactor
    if (lacks && !request.routeOptions.config.enrolling) throw new Problem('second_factor_missing')
    return signedIn.caller
  })
}

/** Who opens a page: nobody who is signed in (undefined), or somebody who has to set up a second factor first. */
export function visitorOf(
  app: FastifyInstance,
  request: FastifyRequest,
): Promise<Caller | 'enrolling' | undefined> {
  return app.identify(request).catch((error: unknown) => {
    if (error instanceof Problem && error.status === 401) return undefined
    if (error instanceof Problem && error.code === 'second_factor_missing') return 'enrolling'
    throw error
  })
}

/** Throws `forbidden` unless the caller may do this on the site. */
export function demand(caller: Caller, permission: Permission, site: string | null): void {
  if (!can(caller, permission, site)) throw new Problem('forbidden')
}

/** The person who signed in, for what no key may do. Throws `forbidden` for a key. */
export function signedInPerson({ person, key }: Caller): NonNullable<Caller['person']> {
  if (!person || key) throw new Problem('forbidden', 'Sign in for this; a key cannot do it.')
  return person
}

/** The same for what concerns the ways in. Throws `sign_in_again` where the sign-in is not young. */
export function justSignedIn(caller: Caller): NonNullable<Caller['person']> {
  const person = signedInPerson(caller)
  if (!caller.session?.fresh) throw new Problem('sign_in_again')
  return person
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
  reply.setCookie(cookieName, secret, { ...cookie, maxAge: lasts.seconds })
}

export function takeSession(reply: FastifyReply): void {
  reply.clearCookie(cookieName, cookie)
}

export function giveHandshake(reply: FastifyReply, handshake: string): void {
  reply.setCookie(handshakeName, handshake, { ...handshakeCookie, maxAge: handshakeSeconds })
}

export function handshakeOf(request: FastifyRequest): string | undefined {
  return request.cookies[handshakeName]
}

export function takeHandshake(reply: FastifyReply): void {
  reply.clearCookie(handshakeName, handshakeCookie)
}

/**
 * Closes cross-site request forgery for whatever a cookie could do: besides SameSite=Strict, a browser's own
 * word on where a changing request comes from must be this service.
 */
export function refuseForeignPages(request: FastifyRequest, baseUrl: string): void {
  if (request.method === 'GET' || request.method === 'HEAD') return
  const { origin } = request.headers
  const site = request.headers['sec-fetch-site']
  const own = new URL(baseUrl)
  // Where the service itself is not secure, it may be called by other names of the same machine.
  const isOtherName = own.protocol === 'http:' && origin === `http://${request.host}`
  const ownOrigin = origin === undefined || origin === own.origin || isOtherName
  const ownSite = site === undefined || site === 'same-origin' || site === 'none'
  if (!ownOrigin || !ownSite) throw new Problem('forbidden', 'This came from a page of another site.')
}
