import { mock } from 'node:test'
import type { InjectOptions } from 'fastify'
import { ofToday } from '../../src/http/limits.ts'
import { type House, openHouse } from '../support/house.ts'
import { aSite } from '../support/people.ts'
import { type Answer, problemIn, sendRaw } from '../support/problem.ts'

/** Requests that one address may make within a minute, or five for signing in. */
const budgets = { reading: 1_200, submitting: 60, signing_in: 20, moderating: 1_200 }

describe('rate limits', () => {
  let house: House
  let proxied: House
  let site: string
  let addresses = 0

  beforeAll(async () => {
    house = await openHouse({ rateLimit: true })
    proxied = await openHouse({ rateLimit: true, trustProxy: ['10.0.0.0/8', 'fd00::/8'] })
    site = await aSite(house)
  })
  afterAll(async () => {
    await house.close()
    await proxied.close()
  })

  /** An address from which nobody has asked yet. */
  function anAddress(): string {
    addresses += 1
    return `203.0.${addresses >> 8}.${addresses & 255}`
  }
  const from = (remoteAddress: string, request: InjectOptions, at = house) =>
    sendRaw(at, { remoteAddress, ...request })
  const read = { url: '/v1/sites/none' }
  const submit: InjectOptions = {
    method: 'POST',
    url: '/v1/sites/none/articles/a/comments',
    payload: { text: 'a' },
  }
  const signIn: InjectOptions = { method: 'POST', url: '/v1/session', payload: { link: 'none' } }
  const moderate = { url: '/v1/me' }

  async function spend(
    times: number,
    address: string,
    request: InjectOptions,
    at = house,
  ): Promise<Answer[]> {
    const answers: Answer[] = []
    for (let i = 0; i < times; i += 1) answers.push(await from(address, request, at))
    return answers
  }
  /** Uses up the budget of signing in, which is the smallest. */
  const useUp = (address: string, at = house, headers: Record<string, string> = {}) =>
    spend(budgets.signing_in, address, { ...signIn, headers }, at)
  const isRefused = async (address: string, at = house, headers: Record<string, string> = {}) =>
    (await from(address, { ...signIn, headers }, at)).status === 429

  test.each([
    ['reading', read],
    ['submitting', submit],
    ['signing_in', signIn],
    ['moderating', moderate],
  ] as const)('%s has a budget of its own, and says when to come back', async (name, request) => {
    const address = anAddress()
    const within = await spend(budgets[name], address, request)
    expect(within.filter(({ status }) => status === 429)).toEqual([])
    const beyond = await from(address, request)
    expect(problemIn(beyond)).toBe('429 too_many_requests')
    const seconds = name === 'signing_in' ? 300 : 60
    const retryAfter = Number(beyond.headers['retry-after'])
    expect(retryAfter).toBeGreaterThan(seconds / 2)
    expect(retryAfter).toBeLessThanOrEqual(seconds)
    expect(beyond.headers['ratelimit-policy']).toBe(`"${name}";q=${budgets[name]};w=${seconds}`)
    expect(beyond.headers['ratelimit']).toBe(`"${name}";r=0;t=${retryAfter}`)

    const others = [read, submit, signIn, moderate].filter((other) => other !== request)
    for (const other of others) expect((await from(address, other)).status).not.toBe(429)
    expect((await from(anAddress(), request)).status).not.toBe(429)
  })

  test('are told with every answer that no cache keeps, and with no other', async () => {
    const address = anAddress()
    const sent = {
      url: `/v1/sites/${site}/articles/news/comments`,
      method: 'POST',
      payload: { text: 'a' },
    } as const
    const first = await from(address, sent)
    const second = await from(address, sent)
    expect(first.status).toBe(202)
    expect(first.headers['ratelimit-policy']).toBe('"submitting";q=60;w=60')
    expect(first.headers['ratelimit']).toBe('"submitting";r=59;t=60')
    expect(second.headers['ratelimit']).toMatch(/^"submitting";r=58;t=(60|59)$/)
    for (const url of [
      `/v1/sites/${site}`,
      `/v1/sites/${site}/articles/news/comments`,
      `/v1/sites/${site}/terms`,
    ]) {
      const { status, headers } = await from(address, { url })
      expect(status).toBe(200)
      expect(Object.keys(headers).filter((name) => /ratelimit/i.test(name))).toEqual([])
    }
  })

  test('end with their window', async () => {
    const address = anAddress()
    await useUp(address)
    expect(await isRefused(address)).toBe(true)
    const now = Date.now
    Date.now = () => now() + 301_000
    const later = await isRefused(address)
    Date.now = now
    expect(later).toBe(false)
  })

  test('hold for addresses of nothing too: unknown pages, wrong methods, wrong bodies', async () => {
    const address = anAddress()
    const wrong = ['/nowhere', '/v1/sites/none', '/%00', '/v1/receipt/text'].map((url) => ({ url }))
    for (let i = 0; i < budgets.reading; i += 1) await from(address, wrong[i % wrong.length] ?? read)
    for (const request of wrong) expect(problemIn(await from(address, request))).toBe('429 too_many_requests')
    const other = anAddress()
    await spend(budgets.submitting, other, {
      ...submit,
      payload: '{',
      headers: { 'content-type': 'application/json' },
    })
    expect((await from(other, submit)).status).toBe(429)
  })

  test('hold for the desk’s form as well', async () => {
    const address = anAddress()
    const form: InjectOptions = {
      method: 'POST',
      url: '/desk/sign-in',
      payload: 'link=none',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
    }
    await spend(budgets.signing_in / 2, address, form)
    await spend(budgets.signing_in / 2, address, signIn)
    const refused = await from(address, form)
    expect(refused.status).toBe(429)
    expect(refused.headers['retry-after']).toMatch(/^\d+$/)
  })

  test('are not forgotten because many others come', async () => {
    const address = anAddress()
    await spend(budgets.submitting, address, submit)
    for (let i = 0; i < 6_000; i += 1) await from(`198.18.${i >> 8}.${i & 255}`, { ...submit, payload: '' })
    expect((await from(address, submit)).status).toBe(429)
  })

  describe('know a reader', () => {
    test('of IPv6 by the /64, and of IPv4 however it is written', async () => {
      await useUp('2001:db8:1:2::1')
      expect(await isRefused('2001:db8:1:2:ffff:ffff:ffff:ffff')).toBe(true)
      expect(await isRefused('2001:0DB8:0001:0002::beef')).toBe(true)
      expect(await isRefused('2001:db8:1:3::1')).toBe(false)
      const address = anAddress()
      await useUp(address)
      expect(await isRefused(`::ffff:${address}`)).toBe(true)
      expect(await isRefused(`::ffff:${anAddress()}`)).toBe(false)
    })

    test('by the connection, whatever a header claims, where no proxy is trusted', async () => {
      const address = anAddress()
      await useUp(address)
      for (const name of [
        'x-forwarded-for',
        'forwarded',
        'x-real-ip',
        'cf-connecting-ip',
        'true-client-ip',
      ]) {
        expect(await isRefused(address, house, { [name]: '198.51.100.1' })).toBe(true)
      }
    })

    test('behind a trusted proxy by the address that the proxy saw', async () => {
      const [one, other] = [anAddress(), anAddress()]
      await useUp('10.1.2.3', proxied, { 'x-forwarded-for': one })
      expect(await isRefused('10.9.9.9', proxied, { 'x-forwarded-for': one })).toBe(true)
      expect(await isRefused('fd00::1', proxied, { 'x-forwarded-for': `198.51.100.9, ${one}` })).toBe(true)
      expect(await isRefused('10.1.2.3', proxied, { 'x-forwarded-for': `${one}, 10.0.0.7` })).toBe(true)
      expect(await isRefused('10.1.2.3', proxied, { 'x-forwarded-for': `${one}, ${other}` })).toBe(false)
      expect(await isRefused('10.1.2.3', proxied)).toBe(false)
    })

    test('and trusts no other proxy', async () => {
      const stranger = anAddress()
      await useUp(stranger, proxied, { 'x-forwarded-for': '198.51.100.77' })
      expect(await isRefused(stranger, proxied, { 'x-forwarded-for': '198.51.100.78' })).toBe(true)
      expect(await isRefused('10.1.2.3', proxied, { 'x-forwarded-for': '198.51.100.77' })).toBe(false)
    })
  })

  test('an account has ten tries in five minutes, from wherever they come', async () => {
    const tried = (login: string) =>
      from(anAddress(), {
        method: 'POST',
        url: '/v1/session',
        payload: { login, password: 'a wrong password' },
      })
    for (const login of ['wren@news.example', ' WREN@news.example', 'Wren@News.Example ']) {
      for (let i = 0; i < 3; i += 1) expect((await tried(login)).status).toBe(401)
    }
    expect((await tried('wren@news.example')).status).toBe(401)
    const refused = await tried('wren@news.example')
    expect(problemIn(refused)).toBe('429 too_many_requests')
    expect(refused.headers['ratelimit-policy']).toBe('"account";q=10;w=300')
    expect((await tried('robin@news.example')).status).toBe(401)
    const form: InjectOptions = {
      method: 'POST',
      url: '/desk/sign-in',
      payload: new URLSearchParams({ login: 'wren@news.example', password: 'a wrong password' }).toString(),
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
    }
    expect((await from(anAddress(), form)).status).toBe(429)
    expect((await from(anAddress(), signIn)).status).toBe(401)
  })

  test('of a day are gone with it, and so is every hash of an address', async () => {
    const clock = mock.method(Date, 'now', () => Date.parse('2026-11-24T23:59:59Z'))
    const made = ofToday(() => ({}))
    const address = anAddress()
    try {
      const today = made()
      expect(made()).toBe(today)
      await useUp(address)
      expect(await isRefused(address)).toBe(true)
      clock.mock.mockImplementation(() => Date.parse('2026-11-25T00:00:00Z'))
      expect(made()).not.toBe(today)
      expect(await isRefused(address)).toBe(false)
    } finally {
      clock.mock.restore()
    }
  })

  test('are off where the settings say so', async () => {
    const free = await openHouse({ rateLimit: false })
    const answers = await spend(budgets.signing_in + 5, anAddress(), signIn, free)
    await free.close()
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([401]))
    expect(answers[0]?.headers).not.toHaveProperty('ratelimit')
  })
})
