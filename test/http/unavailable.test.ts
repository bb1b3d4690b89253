import { randomBytes } from 'node:crypto'
import { setTimeout as delay } from 'node:timers/promises'
import { buildApp } from '../../src/app.ts'
import { connect, transaction } from '../../src/database/client.ts'
import { isDatabaseAway } from '../../src/database/faults.ts'
import { publicMemory, usualMemory } from '../../src/reading/memory.ts'
import { type Api, type Operation, readApi, requestFor } from '../support/api.ts'
import { ask, type House, openHouse, testBaseUrl } from '../support/house.ts'
import { aComment, aSite } from '../support/people.ts'
import { problemIn, sendRaw } from '../support/problem.ts'
import { type Proxy, proxyTo } from '../support/proxy.ts'

/** Connections of the desk's pool; the reader's has half as many. */
const connections = 4

/** What needs no database, and says so. */
const alwaysThere = new Set(['isAlive'])

const pagesAndMore = ['/', '/problems/unavailable', '/openapi.json', '/assets/postbag.css', '/livez']

describe('while the database is away', () => {
  let house: House
  let away: House
  let proxy: Proxy
  let api: Api
  let site: string
  let receipt: string

  beforeAll(async () => {
    house = await openHouse()
    site = await aSite(house)
    receipt = (await aComment(house, site)).receipt
    proxy = await proxyTo(house.url)
    away = await houseBehind(proxy.url)
    api = await readApi(house)
  })
  afterAll(async () => {
    await proxy.restore()
    await closeBehind(away)
    await proxy.close()
    await house.close()
  })
  afterEach(() => proxy.restore())

  async function houseBehind(url: string): Promise<House> {
    const db = await connect(url, { connections })
    // Nothing is kept for then: what readers are sent from memory is told in test/reading/memory.test.ts.
    const memory = publicMemory(db, { ...usualMemory, trustFor: 0, serveFor: 0 })
    const app = await buildApp({
      db,
      memory,
      secret: 'a secret that only the tests have, long enough',
      baseUrl: testBaseUrl,
      trustProxy: [],
      rateLimit: false,
      checkAnswers: true,
      logger: false,
      version: '0.0.0-test',
    })
    await app.ready()
    return { ...house, app, db }
  }

  /** How an operation is answered, in one line: `503 unavailable`, or what is wrong with that. */
  async function answerTo(operation: Operation): Promise<string> {
    const { operationId, tags, security, body } = operation
    const key = tags.includes('receipt') ? receipt : house.admin
    const onlySession = security.length === 1 && security[0]?.['session'] !== undefined
    const id = '6f9619ff-8b86-4011-b42d-00c04fc964ff'
    const path = {
      site,
      article: 'news',
      version: '1',
      language: 'en',
      id,
      hold: id,
      delivery: id,
      key: `${site}.0123456789abcdef`,
    }
    const queried: Record<string, string> = { site, from: '2020-01-01', to: '2020-02-01' }
    const login = { login: 'nobody', password: 'a password of some length' }
    const began = performance.now()
    const answer = await sendRaw(
      away,
      requestFor(operation, {
        path,
        query: operation.parameters
          .filter((one) => one.in === 'query' && one.required)
          .map(({ name }) => `${name}=${queried[name] ?? 'news'}`),
        headers: onlySession
          ? { cookie: '__Host-postbag=a' }
          : { authorization: `Bearer ${key}`, 'if-match': '"1"' },
        payload: body && JSON.stringify(operationId === 'signIn' ? login : api.sample(body)),
      }),
    )
    const seconds = (performance.now() - began) / 1_000
    return `${answer.status < 400 ? answer.status : problemIn(answer)}${seconds > 6 ? `, after ${seconds} s` : ''}`
  }

  /** Asks for everything at once; what is not answered as it should be. */
  async function wrongAnswers(): Promise<string[]> {
    const answers = await Promise.all(
      api.operations.map(async (one) => ({ ...one, answer: await answerTo(one) })),
    )
    return answers
      .filter(
        ({ operationId, answer }) => answer !== (alwaysThere.has(operationId) ? '200' : '503 unavailable'),
      )
      .map(({ operationId, answer }) => `${operationId}: ${answer}`)
  }

  const reads = (count: number) =>
    Promise.all(
      Array.from({ length: count }, async (_, i) => {
        const list = `/v1/sites/${site}/articles/news/comments`
        const url = [list, `/v1/sites/${site}`, `/v1/sites/${site}/terms`][i % 3] ?? list
        return (await ask(away, 'GET', url)).status
      }),
    )

  test('and refuses connections, every operation answers 503 at once, and the next one when it is back is well', async () => {
    expect(await reads(12)).toEqual(allWell(12))
    await proxy.cut()
    expect(await wrongAnswers()).toEqual([])
    expect((await ask(away, 'GET', '/readyz')).status).toBe(503)
    for (const url of pagesAndMore) expect((await ask(away, 'GET', url)).status).toBeLessThan(400)
    for (const url of [`/${site}/articles/news`, `/${site}/terms`]) {
      const page = await ask(away, 'GET', url)
      expect(page).toMatchObject({
        status: 503,
        headers: { 'retry-after': '5', 'cache-control': 'no-store' },
      })
    }

    await proxy.restore()
    expect(await reads(1)).toEqual([200])
    expect(await reads(30)).toEqual(allWell(30))
    expect((await ask(away, 'GET', '/readyz')).status).toBe(200)
    await aComment(away, site)
  })

  test('and answers nothing at all, every operation answers 503 within five seconds, and goes on afterwards', async () => {
    expect(await reads(12)).toEqual(allWell(12))
    proxy.hang()
    expect(await wrongAnswers()).toEqual([])
    await proxy.restore()
    expect(await reads(30)).toEqual(allWell(30))
    await aComment(away, site)
  })

  test('connections that end while nobody uses them are replaced without a failure', async () => {
    expect(await reads(30)).toEqual(allWell(30))
    await proxy.drop()
    await delay(50)
    expect(await reads(30)).toEqual(allWell(30))
    expect(await reads(30)).toEqual(allWell(30))
    await aComment(away, site)
  })

  test('connections that went deaf without a word are found by the first requests, and replaced', async () => {
    expect(await reads(30)).toEqual(allWell(30))
    proxy.deafen()
    expect((await reads(30)).filter((status) => status !== 200 && status !== 503)).toEqual([])
    expect(await reads(30)).toEqual(allWell(30))
  })

  test('a connection that breaks between two steps of a transaction fails that transaction, and nothing else', async () => {
    const story = transaction(away.db.desk, async (tx) => {
      await proxy.drop()
      await delay(50)
      await tx.query('select')
    })
    expect(isDatabaseAway(await story.catch((error: unknown) => error))).toBe(true)
    expect(await reads(9)).toEqual(allWell(9))
  })

  test('a submission that was cut off is there or not, and its key tells', async () => {
    const sent = {
      headers: { 'idempotency-key': 'cut-off-while-it-was-on-its-way' },
      body: { text: 'Was it taken?' },
    }
    const url = `/v1/sites/${site}/articles/news/comments`
    const first = ask(away, 'POST', url, sent)
    proxy.hang()
    await delay(20)
    await proxy.cut()
    expect([202, 503]).toContain((await first).status)
    await proxy.restore()
    expect((await ask(away, 'POST', url, sent)).status).toBe(202)
    const { rows } = await house.owner.query(
      `select count(*)::int as n from revision_text where text = 'Was it taken?'`,
    )
    expect(rows).toEqual([{ n: 1 }])
  })

  test('when it takes no writes, reading goes on and writing answers 503', async () => {
    const { rows } = await house.owner.query<{ name: string }>('select current_database() as name')
    await house.owner.query(`alter database ${rows[0]?.name} set default_transaction_read_only = on`)
    await proxy.drop()
    await delay(50)
    expect(await reads(9)).toEqual(allWell(9))
    const asAdmin = { key: house.admin }
    const writes = [
      ask(away, 'POST', `/v1/sites/${site}/articles/news/comments`, { body: { text: 'a' } }),
      ask(away, 'PUT', `/v1/sites/${site}`, { ...asAdmin, body: { name: 'a' } }),
      ask(away, 'PUT', `/v1/sites/${site}/articles/news`, { ...asAdmin, body: {} }),
      ask(away, 'POST', '/v1/people', { ...asAdmin, body: { pseudonym: 'a' } }),
      ask(away, 'POST', '/v1/keys', { ...asAdmin, body: { name: 'a', scopes: ['articles'] } }),
      ask(away, 'DELETE', '/v1/receipt', { key: receipt }),
    ]
    const answers = (await Promise.all(writes)).map((answer) => problemIn(answer))
    await house.owner.query(`alter database ${rows[0]?.name} reset default_transaction_read_only`)
    await proxy.drop()
    await delay(50)
    expect(answers).toEqual(answers.map(() => '503 unavailable'))
  })

  test('when all of our own connections are busy, waiting ends after three seconds', async () => {
    const busy = await Promise.all(Array.from({ length: connections }, () => away.db.desk.connect()))
    const answer = await ask(away, 'GET', `/v1/sites/${site}`)
    for (const client of busy) client.release()
    expect(problemIn(answer)).toBe('503 unavailable')
    expect((await ask(away, 'GET', `/v1/sites/${site}`)).status).toBe(200)
  })

  test('when the server gives us no connection, it is 503 too', async () => {
    const role = `test_${randomBytes(6).toString('hex')}`
    await house.owner.query(
      `create role ${role} login password '${role}' in role postbag_desk, postbag_reader connection limit 1`,
    )
    const url = new URL(house.url)
    url.username = role
    url.password = role
    const crowded = await houseBehind(url.href)
    try {
      const held = await crowded.db.desk.connect()
      const list = `/v1/sites/${site}/articles/news/comments`
      expect(problemIn(await ask(crowded, 'GET', list))).toBe('503 unavailable')
      expect(problemIn(await ask(crowded, 'GET', `/v1/sites/${site}`))).toBe('503 unavailable')
      held.release(true)
      await delay(50)
      expect((await ask(crowded, 'GET', list)).status).toBe(200)
    } finally {
      await closeBehind(crowded)
      await house.owner.query(`drop role ${role}`)
    }
  })
})

async function closeBehind({ app, db }: House): Promise<void> {
  await app.close()
  await db.close()
}

function allWell(count: number): number[] {
  return Array.from({ length: count }, () => 200)
}
