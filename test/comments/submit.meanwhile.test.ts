import { setTimeout as delay } from 'node:timers/promises'
import type { FastifyInstance } from 'fastify'
import { type AppOptions, buildApp } from '../../src/app.ts'
import { connect } from '../../src/database/client.ts'
import type { Screened, TextToScreen } from '../../src/screening/screened.ts'
import { ask, type House, openHouse, testBaseUrl, testSecret } from '../support/house.ts'
import { aComment, anArticle, aPerson, aSite, decision, type TestPerson } from '../support/people.ts'
import { problemIn } from '../support/problem.ts'
import { proxyTo } from '../support/proxy.ts'

describe('while a submission is under way', () => {
  let house: House
  let site: string
  let moderator: TestPerson
  const gate = aGate()

  beforeAll(async () => {
    house = await openHouse({ screen: gate.screen, submissions: { atEase: Infinity } })
    site = await aSite(house, { origins: ['https://news.example'], publishDelay: 0 })
    moderator = await aPerson(house, site, 'editor')
    for (const article of ['closing', 'held', 'other']) await anArticle(house, site, article)
  })
  afterAll(() => house.close())
  afterEach(() => gate.open())

  const at = (article: string) => `/v1/sites/${site}/articles/${encodeURIComponent(article)}/comments`
  const send = (article: string, text: string, parent: string | null = null) =>
    ask(house, 'POST', at(article), { body: { text, parent } })
  const asAdmin = (path: string, body: unknown) => ask(house, 'PUT', path, { key: house.admin, body })
  const pause = (paused: boolean) => asAdmin(`/v1/sites/${site}/pause`, { paused })
  const once = (app: FastifyInstance, key: string, text: string) =>
    ask({ ...house, app }, 'POST', at('news'), { body: { text }, headers: { 'idempotency-key': key } })
  /** Sends, and does something when all of them have been looked at; what they are told. */
  async function meanwhile(sent: (() => ReturnType<typeof ask>)[], story: () => Promise<unknown>) {
    gate.shut()
    const answers = sent.map((one) => one())
    await gate.waiting(sent.length)
    await story()
    gate.open()
    return (await Promise.all(answers)).map(told)
  }

  test('its article is closed: it is refused, and nobody else is', async () => {
    const outcome = await meanwhile(
      [
        () => send('closing', 'Too late.'),
        () => send('other', 'In time.'),
        () => send('closing', 'Late too.'),
      ],
      () => asAdmin(`/v1/sites/${site}/articles/closing`, { open: false }),
    )
    expect(outcome).toEqual(['409 article_closed', 'taken', '409 article_closed'])
  })

  test('what it answers is unpublished: it is refused, and nobody else is', async () => {
    const [one, other] = [await aComment(house, site), await aComment(house, site)]
    for (const { id } of [one, other]) await decision(house, moderator.key, id, { action: 'approve' })
    const outcome = await meanwhile(
      [
        () => send('news', 'To one.', one.id),
        () => send('news', 'To another.', other.id),
        () => send('news', 'To nobody.'),
      ],
      () => decision(house, moderator.key, one.id, { action: 'unpublish', rules: ['topic'] }),
    )
    expect(outcome).toEqual(['409 parent_not_published', 'taken', 'taken'])
  })

  test('the whole site is paused: it is refused, a first one of an article as well', async () => {
    const outcome = await meanwhile(
      [() => send('news', 'Paused.'), () => send('https://news.example/paused', 'Paused as well.')],
      async () => expect((await pause(true)).status).toBe(200),
    )
    expect((await pause(false)).status).toBe(200)
    expect(outcome).toEqual(['409 article_closed', '409 article_closed'])
    const { rows } = await house.owner.query(`select from article where key = 'https://news.example/paused'`)
    expect(rows).toEqual([])
  })

  test('somebody holds its article: it waits for them, and nobody for it', async () => {
    await house.owner.query(`begin; select from article where site = '${site}' and key = 'held' for update`)
    const held = send('held', 'Waiting.')
    for (let i = 0; i < 5; i += 1) expect(told(await send('other', `Not waiting ${i}.`))).toBe('taken')
    await house.owner.query('commit')
    expect(told(await held)).toBe('taken')
  })

  test('the article that it makes is made by another process', async () => {
    const article = 'https://news.example/by-both'
    const outcome = await meanwhile([() => send(article, 'Mine.')], async () => {
      await house.owner.query('insert into article (site, key, url, automatic) values ($1, $2, $2, true)', [
        site,
        article,
      ])
    })
    expect(outcome).toEqual(['taken'])
  })

  describe('another process', () => {
    let other: FastifyInstance
    beforeAll(async () => {
      other = await anApp({ db: house.db })
    })
    afterAll(() => other.close())

    test('takes the same request: it gets the same answer', async () => {
      const key = 'taken-by-the-other-process-meanwhile'
      gate.shut()
      const [same, changed] = [once(house.app, key, 'Both sent this.'), once(house.app, key, 'Not this.')]
      await gate.waiting(2)
      const first = await once(other, key, 'Both sent this.')
      gate.open()
      expect(first.status).toBe(202)
      expect(await same).toMatchObject({
        status: 202,
        body: first.body,
        headers: { 'idempotency-replayed': 'true' },
      })
      expect(problemIn(await changed)).toBe('422 idempotency_key_reused')
    })

    test('and this one make one comment of many requests with one key', async () => {
      for (let round = 0; round < 10; round += 1) {
        const key = `both-processes-at-the-same-time-${round}`
        const text = `Round ${round} of both.`
        const answers = await Promise.all(
          Array.from({ length: 8 }, (_, i) => once(i % 2 === 0 ? house.app : other, key, text)),
        )
        const taken = answers.filter(({ status }) => status === 202)
        expect(new Set(taken.map((answer) => answer.text)).size).toBe(1)
        expect(new Set(answers.filter(({ status }) => status !== 202).map(problemIn))).toEqual(
          new Set(taken.length < 8 ? ['409 still_running'] : []),
        )
        const { rows } = await house.owner.query('select from revision_text where text = $1', [text])
        expect(rows).toHaveLength(1)
      }
    })
  })

  test('as many as fit are there already: it is told when to come again', async () => {
    const small = await anApp({ db: house.db, screen: gate.screen, submissions: { inside: 3 } })
    const sendThere = (text: string) => ask({ ...house, app: small }, 'POST', at('news'), { body: { text } })
    gate.shut()
    const inside = [sendThere('One.'), sendThere('Two.'), sendThere('Three.')]
    await gate.waiting(3)
    const refused = await sendThere('Four.')
    gate.open()
    expect((await Promise.all(inside)).map(told)).toEqual(['taken', 'taken', 'taken'])
    expect(problemIn(refused)).toBe('503 unavailable')
    expect(Number(refused.headers['retry-after'])).toBeGreaterThan(0)
    expect(told(await sendThere('Four.'))).toBe('taken')
    await small.close()
  })

  test('the service stops: all that was sent is written before', async () => {
    const db = await connect(house.url, { connections: 4 })
    const stopping = await anApp({ db, screen: gate.screen, submissions: { atEase: Infinity } })
    gate.shut()
    const sent = Array.from({ length: 20 }, (_, i) =>
      ask({ ...house, app: stopping }, 'POST', at('news'), { body: { text: `Before the end ${i}.` } }),
    )
    await gate.waiting(20)
    const closed = stopping.close().then(() => db.close())
    await delay(50)
    gate.open()
    await closed
    expect((await Promise.all(sent)).map(told)).toEqual(sent.map(() => 'taken'))
    const { rows } = await house.owner.query(`select from revision_text where text like 'Before the end %'`)
    expect(rows).toHaveLength(20)
  })

  test('the database goes away: each is told, none is half there, and a key tells which are', async () => {
    const proxy = await proxyTo(house.url)
    const db = await connect(proxy.url, { connections: 4 })
    const away = await anApp({ db })
    const sendAll = (round: number) =>
      Promise.all(
        Array.from({ length: 30 }, (_, i) =>
          ask({ ...house, app: away }, 'POST', at('news'), {
            body: { text: `Round ${round}, number ${i}.` },
            headers: { 'idempotency-key': `while-it-goes-away-${round}-${i}` },
          }),
        ),
      )
    for (const round of [0, 1, 2, 3, 4, 5]) {
      const first = sendAll(round)
      await delay(round * 15)
      await proxy.cut()
      const answers = await first
      expect(answers.map(told).filter((one) => one !== 'taken' && one !== '503 unavailable')).toEqual([])
      await proxy.restore()
      const again = await sendAll(round)
      expect(again.map(told)).toEqual(again.map(() => 'taken'))
      const kept = answers.flatMap(({ status, body }, i) => (status === 202 ? [[again[i]?.body, body]] : []))
      expect(kept.map(([now]) => now)).toEqual(kept.map(([, before]) => before))
      const { rows } = await house.owner.query('select from revision_text where text like $1', [
        `Round ${round}, %`,
      ])
      expect(rows).toHaveLength(30)
    }
    await away.close()
    await db.close()
    await proxy.close()
  })
})

function told(answer: Awaited<ReturnType<typeof ask>>): string {
  return answer.status === 202 ? 'taken' : problemIn(answer)
}

function anApp(options: Pick<AppOptions, 'db'> & Partial<AppOptions>): Promise<FastifyInstance> {
  return buildApp({
    secret: testSecret,
    baseUrl: testBaseUrl,
    trustProxy: [],
    rateLimit: false,
    checkAnswers: true,
    logger: false,
    version: '1',
    ...options,
  })
}

/** Screening that notices nothing and, while it is shut, lets nobody through: they have been looked at, and not written. */
function aGate() {
  let waiting: (() => void)[] = []
  let isShut = false
  return {
    screen: async ({ language }: TextToScreen): Promise<Screened> => {
      if (isShut) await new Promise<void>((goOn) => waiting.push(goOn))
      return { language, signals: [], matchHash: 1n, simhash: 2n }
    },
    shut() {
      isShut = true
    },
    open() {
      isShut = false
      for (const goOn of waiting.splice(0)) goOn()
      waiting = []
    },
    async waiting(count: number) {
      for (let tries = 0; tries < 5_000 && waiting.length < count; tries += 1) await delay(1)
      expect(waiting).toHaveLength(count)
    },
  }
}
