import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { setTimeout as delay } from 'node:timers/promises'
import type { InjectOptions } from 'fastify'
import { Redis } from 'ioredis'
import { until } from '../support/embedded.ts'
import { ask, type House, openHouse } from '../support/house.ts'
import { aComment, aSite } from '../support/people.ts'
import { freePort } from '../support/ports.ts'
import { problemIn, sendRaw } from '../support/problem.ts'
import { startRedis } from './redis.ts'

/** Tries to sign in that one address has. */
const tries = 20
const signIn: InjectOptions = { method: 'POST', url: '/v1/session', payload: { link: 'none' } }

/** Needs `redis-server` or `valkey-server` in the PATH; starts one of its own, which keeps nothing. */
describe('rate limits shared through Redis', () => {
  let port: number
  let server: ChildProcess
  let inspector: Redis
  const clients: Redis[] = []
  let one: House
  let other: House

  beforeAll(async () => {
    port = await freePort()
    server = await startRedis(port)
    inspector = client()
    one = await openHouse({ rateLimit: true, redis: client() })
    other = await openHouse({ rateLimit: true, redis: client() })
  })
  afterAll(async () => {
    await one.close()
    await other.close()
    for (const each of clients) each.disconnect()
    server.kill('SIGKILL')
  })

  /** A connection as the service makes it: it waits for nothing. */
  function client(): Redis {
    const redis = new Redis(port, '127.0.0.1', {
      connectTimeout: 500,
      commandTimeout: 500,
      maxRetriesPerRequest: 1,
      enableOfflineQueue: false,
      retryStrategy: () => 100,
    })
    redis.on('error', () => undefined)
    clients.push(redis)
    return redis
  }
  const allReady = () => until(() => clients.every(({ status }) => status === 'ready'))

  test('count what one address asks of all processes together', async () => {
    await allReady()
    for (let i = 0; i < tries; i += 1) {
      expect((await from(i % 2 === 0 ? one : other, '203.0.113.1')).status).toBe(401)
    }
    for (const house of [one, other]) {
      const refused = await from(house, '203.0.113.1')
      expect(problemIn(refused)).toBe('429 too_many_requests')
      expect(Number(refused.headers['retry-after'])).toBeLessThanOrEqual(300)
    }
    expect((await from(one, '203.0.113.2')).status).toBe(401)
  })

  test('count tries at one account together too', async () => {
    const payload = { login: 'wren@news.example', password: 'a wrong password' }
    for (let i = 0; i < 10; i += 1) {
      expect(
        (await from(i % 2 === 0 ? one : other, `203.0.113.${10 + i}`, { ...signIn, payload })).status,
      ).toBe(401)
    }
    expect((await from(other, '203.0.113.99', { ...signIn, payload })).status).toBe(429)
  })

  test('count who sent to a slow article together as well', async () => {
    const twin = await openHouse({ redis: client(), db: one.db })
    await allReady()
    const site = await aSite(one)
    const slow = { key: one.admin, body: { minutes: 1 } }
    expect((await ask(one, 'PUT', `/v1/sites/${site}/articles/news/slow-mode`, slow)).status).toBe(200)
    const send = (house: House, address: string) =>
      from(house, address, {
        method: 'POST',
        url: `/v1/sites/${site}/articles/news/comments`,
        payload: { text: 'One comment.' },
      })
    expect((await send(one, '203.0.113.60')).status).toBe(202)
    expect(problemIn(await send(twin, '203.0.113.60'))).toBe('429 slow_mode')
    expect((await send(twin, '203.0.113.61')).status).toBe(202)
    expect((await send(one, '203.0.113.61')).status).toBe(429)
    await twin.close()
  })

  test('keep no address and no login, only hashes that end with their window', async () => {
    await from(one, '203.0.113.77')
    await from(one, '2001:db8:77::1', { url: '/v1/sites/none' })
    const keys = await inspector.keys('*')
    const counts = keys.filter((key) => !key.startsWith('postbag:day-key:'))
    expect(counts.length).toBeGreaterThan(3)
    for (const key of counts) {
      expect(key).toMatch(/^postbag:limit:\S*-(?:(?:reading|submitting|signing_in|moderating):)?[\w-]{22}$/)
      const left = await inspector.pttl(key)
      expect(left).toBeGreaterThan(0)
      expect(left).toBeLessThanOrEqual(300_000)
    }
    const all = [...keys, ...(await Promise.all(keys.map((key) => inspector.get(key))))].join('\n')
    expect(all).not.toMatch(/203\.0\.113|2001:db8|wren|news\.example/i)
  })

  test('hash by a key of the day, which ends by itself', async () => {
    const [key = ''] = await inspector.keys('postbag:day-key:*')
    expect(key).toMatch(/^postbag:day-key:\d{4}-\d\d-\d\d$/)
    expect(Buffer.from((await inspector.get(key)) ?? '', 'base64')).toHaveLength(32)
    const left = await inspector.ttl(key)
    expect(left).toBeGreaterThan(0)
    expect(left).toBeLessThanOrEqual(172_800)
  })

  test('let readers and moderators through when it is gone, and nobody sign in; and count again when it is back', async () => {
    const site = await aSite(one)
    server.kill('SIGKILL')
    await once(server, 'exit')
    await until(() => clients.every(({ status }) => status !== 'ready'))

    expect((await from(one, '203.0.113.3', { url: `/v1/sites/${site}` })).status).toBe(200)
    expect(
      (await from(one, '203.0.113.3', { url: '/v1/me', headers: { authorization: `Bearer ${one.admin}` } }))
        .status,
    ).toBe(200)
    await aComment(one, site)
    expect(problemIn(await from(one, '203.0.113.3'))).toBe('503 unavailable')

    server = await startRedis(port)
    await allReady()
    expect((await from(one, '203.0.113.4')).status).toBe(401)
  })

  test('count alike again, though the processes began while it was gone', async () => {
    await allReady()
    server.kill('SIGKILL')
    await once(server, 'exit')
    await until(() => clients.every(({ status }) => status !== 'ready'))
    const late = await openHouse({ rateLimit: true, redis: client() })
    await from(late, '203.0.113.5', { url: '/v1/sites/none' })

    server = await startRedis(port)
    await allReady()
    // After so long each process has asked for the shared key again.
    await delay(5_100)
    for (let i = 0; i < tries; i += 1) await from(i % 2 === 0 ? late : other, '203.0.113.6')
    expect((await from(late, '203.0.113.6')).status).toBe(429)
    expect((await from(other, '203.0.113.6')).status).toBe(429)
    await late.close()
  })

  test('do not wait long for one that hangs', async () => {
    await allReady()
    server.kill('SIGSTOP')
    const began = performance.now()
    expect((await from(one, '203.0.113.8', { url: '/livez' })).status).toBe(200)
    expect(problemIn(await from(one, '203.0.113.8'))).toBe('503 unavailable')
    expect(performance.now() - began).toBeLessThan(3_000)
    server.kill('SIGCONT')
    await delay(200)
    expect((await from(one, '203.0.113.9')).status).toBe(401)
  })
})

function from(house: House, remoteAddress: string, request: InjectOptions = signIn) {
  return sendRaw(house, { remoteAddress, ...request })
}
