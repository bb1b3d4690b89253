import { createHmac, randomBytes } from 'node:crypto'
import fastifyRateLimit, { normalizeIP } from '@fastify/rate-limit'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { Redis } from 'ioredis'
import { Problem } from './problems.ts'

declare module 'fastify' {
  interface FastifyContextConfig {
    /** which budget a request to this route spends; `reading` where none is named */
    budget?: Budget
  }
  interface FastifyInstance {
    /** Spends one of an account's tries to sign in; throws `too_many_requests` when none is left. */
    limitSignIn(request: FastifyRequest, login: string): Promise<void>
    /** Lets one comment of a sender through in so many minutes, of those that `where` counts; throws `slow_mode`. */
    limitSlow(request: FastifyRequest, where: string, minutes: number): Promise<void>
  }
}

/** Requests that one address may make, per window in seconds. */
const budgets = {
  reading: { requests: 1_200, seconds: 60 },
  submitting: { requests: 60, seconds: 60 },
  signing_in: { requests: 20, seconds: 300 },
  moderating: { requests: 1_200, seconds: 60 },
} as const
type Budget = keyof typeof budgets

/** Tries to sign in to one account, from wherever they come. */
const perAccount = { requests: 10, seconds: 300 }

/** Addresses that each budget of a process without a shared store remembers. Every limiter needs it for itself. */
const memory = { cache: 50_000 }

export interface LimitOptions {
  on: boolean
  /** shared by several processes; without it each counts for itself */
  redis?: Redis
}

/**
 * Rate limits per address and budget. An address (an IPv6 one by its /64) is known only as a hash under a
 * random key that lasts a day and is never written to durable storage, so that no row, log or dump can tell who
 * was here. A store that fails lets readers and moderators through, and nobody sign in.
 */
export async function limitRates(app: FastifyInstance, { on, redis }: LimitOptions): Promise<void> {
  await app.register(fastifyRateLimit, {
    global: false,
    ...(redis && { redis, nameSpace: 'postbag:limit:' }),
  })
  const keyOfToday = dayKeys(redis)
  const hashed = async (what: string) =>
    createHmac('sha256', await keyOfToday())
      .update(what)
      .digest('base64url')
      .slice(0, 22)

  const limiters = ofToday(
    () =>
      new Map(
        Object.entries(budgets).map(([name, { requests, seconds }]) => [
          name,
          app.createRateLimit({
            ...memory,
            max: requests,
            timeWindow: seconds * 1_000,
            skipOnError: name !== 'signing_in',
            keyGenerator: async (request) => `${name}:${await hashed(normalizeIP(request.ip, 64))}`,
          }),
        ]),
      ),
  )
  app.addHook('onRequest', async (request, reply) => {
    const budget = request.routeOptions.config?.budget ?? 'reading'
    const spend = limiters().get(budget)
    if (on && spend) await spendOne(spend, budget, budgets[budget], request, reply)
  })

  const logins = new WeakMap<FastifyRequest, string>()
  const spendTry = ofToday(() =>
    app.createRateLimit({
      ...memory,
      max: perAccount.requests,
      timeWindow: perAccount.seconds * 1_000,
      skipOnError: false,
      keyGenerator: (request) => hashed(`login:${logins.get(request)}`),
    }),
  )
  app.decorate('limitSignIn', async (request: FastifyRequest, login: string) => {
    logins.set(request, login)
    if (on) await spendOne(spendTry(), 'account', perAccount, request)
  })
  limitSlowly(app, hashed)
}

/**
 * Slow discussions, which an editor asks for: they are slow where other limits are off, too. A sender is the hash of an
 * address and of where it sends to, so that what one sends in two places is not brought together.
 */
function limitSlowly(app: FastifyInstance, hashed: (what: string) => Promise<string>): void {
  const asked = new WeakMap<FastifyRequest, { where: string; minutes: number }>()
  const spend = app.createRateLimit({
    ...memory,
    max: 1,
    timeWindow: (request: FastifyRequest) => (asked.get(request)?.minutes ?? 0) * 60_000,
    skipOnError: true,
    keyGenerator: (request) => hashed(`slow:${asked.get(request)?.where}:${normalizeIP(request.ip, 64)}`),
  })
  app.decorate('limitSlow', async (request: FastifyRequest, where: string, minutes: number) => {
    asked.set(request, { where, minutes })
    const spent = await spend(request)
    if (spent.isAllowed || !spent.isExceeded) return
    throw new Problem('slow_mode', `At most one comment in ${minutes} minutes here.`, {
      headers: { 'retry-after': String(Math.max(1, spent.ttlInSeconds)) },
      members: { minutes },
    })
  })
}

/**
 * What is made anew each day (UTC), so that nothing of the day before is left of it: the counts of a process stand under
 * hashes of addresses, and would else stay until others needed their place.
 */
export function ofToday<Made>(make: () => Made): () => Made {
  let today: { name: string; made: Made } | undefined
  return () => {
    const name = dayOf(Date.now())
    if (today?.name !== name) today = { name, made: make() }
    return today.made
  }
}

function dayOf(now: number): string {
  return new Date(now).toISOString().slice(0, 10)
}

type Limiter = ReturnType<FastifyInstance['createRateLimit']>

/** Counts the request, and tells of the budget where no cache keeps the answer (draft-ietf-httpapi-ratelimit-headers). */
async function spendOne(
  spend: Limiter,
  name: string,
  { requests, seconds }: { requests: number; seconds: number },
  request: FastifyRequest,
  reply?: FastifyReply,
): Promise<void> {
  const spent = await spend(request).catch(() => {
    throw new Problem('unavailable')
  })
  if (spent.isAllowed) return
  const headers = {
    'ratelimit-policy': `"${name}";q=${requests};w=${seconds}`,
    ratelimit: `"${name}";r=${spent.remaining};t=${spent.ttlInSeconds}`,
  }
  if (!spent.isExceeded) {
    if (name !== 'reading') reply?.headers(headers)
    return
  }
  throw new Problem('too_many_requests', `At most ${requests} requests in ${seconds} seconds.`, {
    headers: { ...headers, 'retry-after': String(Math.max(1, spent.ttlInSeconds)) },
  })
}

/** The store of shared rate limits. Its faults are answered where it is asked; a broken connection mends itself. */
export function sharedStore(url: string): Redis {
  const redis = new Redis(url, {
    connectTimeout: 500,
    commandTimeout: 500,
    maxRetriesPerRequest: 1,
    enableOfflineQueue: false,
  })
  redis.on('error', () => undefined)
  return redis
}

/** Milliseconds after which a process asks again whether the shared key is still its own: the store may lose it. */
const askEvery = 5_000

/**
 * A random key for each day (UTC): in memory, or in the shared store for two days, so that all nodes count alike.
 * A node that cannot reach the store goes on with the key that it has.
 */
function dayKeys(redis: Redis | undefined): () => Promise<string> {
  let today: { name: string; value: string; key: Promise<string>; askAgain: number } | undefined
  return () => {
    const now = Date.now()
    const name = dayOf(now)
    if (today?.name === name && now < today.askAgain) return today.key
    const value = today?.name === name ? today.value : randomBytes(32).toString('base64')
    const day = { name, value, key: Promise.resolve(value), askAgain: redis ? now + askEvery : Infinity }
    if (redis) {
      day.key = sharedKey(redis, name, value).then(
        (shared) => (day.value = shared),
        () => value,
      )
    }
    today = day
    return day.key
  }
}

/** The key of whichever node came first that day. */
async function sharedKey(redis: Redis, day: string, ours: string): Promise<string> {
  const name = `postbag:day-key:${day}`
  await redis.set(name, ours, 'EX', 172_800, 'NX')
  return (await redis.get(name)) ?? ours
}
