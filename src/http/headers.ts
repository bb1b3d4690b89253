import fastifyCors, { type FastifyCorsOptions } from '@fastify/cors'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { Problem } from './problems.ts'

/** What every answer carries; pages add a Content-Security-Policy of their own. */
export const always = {
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cross-origin-resource-policy': 'cross-origin',
}

const exposedHeaders = [
  'ETag',
  'Location',
  'Link',
  'Retry-After',
  'RateLimit',
  'RateLimit-Policy',
  'Idempotency-Replayed',
]

/** What an answer carries that pages of every origin may read, if no hook has said so already. */
export const readableByAll = {
  ...always,
  'access-control-allow-origin': '*',
  'access-control-expose-headers': exposedHeaders.join(', '),
}

/** For what belongs to one reader or moderator: kept by nobody. */
export const noStore = { 'cache-control': 'no-store' } as const

/** The origins whose pages may send comments to a site; empty for a site that is not there. */
export type OriginsOf = (site: string) => Promise<readonly string[]>

/**
 * Security headers on every answer, and CORS for readers: anybody's page may read what is published and use
 * a receipt (neither carries cookies); comments are sent from the site's own pages.
 */
export async function sendHeaders(
  app: FastifyInstance,
  baseUrl: string,
  originsOf: OriginsOf,
): Promise<void> {
  app.addHook('onRequest', async ({ url }, reply) => {
    reply.headers(always)
    if (isForOurselves(url)) reply.header('cross-origin-resource-policy', 'same-origin')
  })
  await app.register(fastifyCors, {
    delegator: (request: FastifyRequest) => corsFor(request, originsOf),
  })
  app.addHook('onRequest', async (_request, reply) => {
    // What every origin may read is the same for all of them: a cache must not keep one copy for each.
    if (reply.getHeader('access-control-allow-origin') === '*') reply.removeHeader('vary')
  })
  app.addHook('preHandler', async (request) => {
    const site = postedSite(request)
    if (site === undefined) return
    const { origin } = request.headers
    if (origin === undefined || origin === new URL(baseUrl).origin) return
    if (!(await originsOf(site)).includes(origin)) throw new Problem('origin_not_allowed')
  })
}

/** Whether only our own pages have anything to do with it: what moderators ask for, and the desk. */
function isForOurselves(url: string): boolean {
  return /^\/(v1\/(?!sites\/|receipt\b)|desk\b|docs\b)/.test(url)
}

async function corsFor(request: FastifyRequest, originsOf: OriginsOf): Promise<FastifyCorsOptions> {
  const path = request.url.split('?', 1)[0] ?? ''
  const method =
    request.method === 'OPTIONS' ? request.headers['access-control-request-method'] : request.method
  const site = /^\/v1\/sites\/([a-z0-9-]+)/.exec(path)?.[1]
  const shared = { exposedHeaders, maxAge: 7_200, strictPreflight: false }
  if (path.startsWith('/v1/receipt'))
    return { ...shared, origin: '*', methods: ['GET', 'PUT', 'POST', 'DELETE'] }
  if (site === undefined) return { origin: false }
  if (method === 'GET' || method === 'HEAD') return { ...shared, origin: '*', methods: ['GET'] }
  const fromPage = request.headers.origin !== undefined
  if (method === 'POST')
    return { ...shared, origin: fromPage ? [...(await originsOf(site))] : [], methods: ['POST'] }
  return { origin: false }
}

/** The site that a reader's page sends to, if this is such a request. Decoded: `%64emo` is `demo`. */
function postedSite({ method, routeOptions, params }: FastifyRequest): string | undefined {
  if (method !== 'POST' || !routeOptions.url?.endsWith('/comments')) return undefined
  const site: unknown =
    typeof params === 'object' && params !== null ? Reflect.get(params, 'site') : undefined
  return typeof site === 'string' ? site : undefined
}
