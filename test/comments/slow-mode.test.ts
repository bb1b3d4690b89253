import { ask, type House, openHouse } from '../support/house.ts'
import { anArticle, aPerson, aSite, decision, type TestPerson } from '../support/people.ts'
import { sendRaw } from '../support/problem.ts'

describe('a slow discussion', () => {
  let house: House
  let site: string
  let eve: TestPerson
  let articles = 0
  let addresses = 0

  beforeAll(async () => {
    house = await openHouse()
    site = await aSite(house)
    eve = await aPerson(house, site, 'editor')
  })
  afterAll(() => house.close())

  const anOther = async () => {
    articles += 1
    await anArticle(house, site, `talk-${articles}`)
    return `talk-${articles}`
  }
  const anAddress = () => {
    addresses += 1
    return `203.0.113.${addresses}`
  }
  const slow = (article: string, body: Record<string, unknown>, key = eve.key) =>
    ask(house, 'PUT', `/v1/sites/${site}/articles/${article}/slow-mode`, { key, body })
  const send = (
    remoteAddress: string,
    article: string,
    payload: object = { text: 'One comment.' },
    headers = {},
  ) =>
    sendRaw(house, {
      method: 'POST',
      url: `/v1/sites/${site}/articles/${article}/comments`,
      remoteAddress,
      payload,
      headers,
    })

  test('is an editor’s to begin and to end, for a time or until somebody ends it', async () => {
    const ada = await aPerson(house, site)
    const article = await anOther()
    expect((await slow(article, { minutes: 5 }, ada.key)).body.code).toBe('forbidden')
    expect((await slow('nowhere', { minutes: 5 })).body.code).toBe('article_not_found')
    for (const wrong of [
      {},
      { minutes: 0 },
      { minutes: 1_441 },
      { minutes: null, hours: 1 },
      { minutes: 1, hours: 0 },
    ]) {
      expect((await slow(article, wrong)).body.code).toBe('invalid_request')
    }
    expect((await slow(article, { minutes: 5 })).body).toEqual({ minutes: 5, until: null })
    const asQuery = await ask(house, 'PUT', `/v1/sites/${site}/slow-mode/articles?article=${article}`, {
      key: eve.key,
      body: { minutes: 10, hours: 2 },
    })
    expect(asQuery.body).toEqual({ minutes: 10, until: expect.stringMatching(/Z$/) })
    expect((await slow(article, { minutes: null })).body).toEqual({ minutes: null, until: null })
  })

  test('takes one comment of a sender, and says when the next may come', async () => {
    const [article, beside] = [await anOther(), await anOther()]
    await slow(article, { minutes: 10 })
    const [one, other] = [anAddress(), anAddress()]
    expect((await send(one, article)).status).toBe(202)
    const refused = await send(one, article)
    expect([refused.status, refused.body.code, refused.body.minutes]).toEqual([429, 'slow_mode', 10])
    expect(Number(refused.headers['retry-after'])).toBeGreaterThan(590)
    expect((await send(other, article)).status).toBe(202)
    expect((await send(one, beside)).status).toBe(202)
    await slow(article, { minutes: null })
    expect((await send(one, article)).status).toBe(202)
  })

  test('takes a whole IPv6 network for one sender, as all limits do', async () => {
    const article = await anOther()
    await slow(article, { minutes: 10 })
    expect((await send('2001:db8:1:2::1', article)).status).toBe(202)
    expect((await send('2001:db8:1:2:ffff::9', article)).status).toBe(429)
    expect((await send('2001:db8:1:3::1', article)).status).toBe(202)
  })

  test('counts what is taken alone, and a request that comes again once', async () => {
    const article = await anOther()
    await slow(article, { minutes: 10 })
    const address = anAddress()
    expect((await send(address, article, { text: ' ' })).status).toBe(422)
    const key = { 'idempotency-key': 'a-key-that-is-long-enough-for-this' }
    const first = await send(address, article, { text: 'One comment.' }, key)
    const again = await send(address, article, { text: 'One comment.' }, key)
    expect([first.status, again.status, again.body]).toEqual([202, 202, first.body])
  })

  test('says so on the page and in the list, as long as it is one', async () => {
    const article = await anOther()
    const listed = async () =>
      (await ask(house, 'GET', `/v1/sites/${site}/articles/${article}/comments`)).body.article
    const page = async () => (await house.app.inject(`/${site}/articles/${article}`)).body
    expect(await listed()).toEqual({ key: article, open: true, count: 0 })
    await slow(article, { minutes: 10, hours: 2 })
    expect(await listed()).toEqual({ key: article, open: true, count: 0, slow: 10 })
    expect(await page()).toContain('each reader can send one comment here every 10 minutes.')
    const address = anAddress()
    expect((await send(address, article)).status).toBe(202)
    await house.ahead(2 * 3_600 + 1)
    expect(await listed()).toEqual({ key: article, open: true, count: 0 })
    expect(await page()).not.toContain('every 10 minutes')
    expect((await send(address, article)).status).toBe(202)
  })

  test('gives a reader without script the text back', async () => {
    const article = await anOther()
    await slow(article, { minutes: 10 })
    const remoteAddress = anAddress()
    const fill = (text: string, nonce: string) =>
      house.app.inject({
        method: 'POST',
        url: `/${site}/articles/${article}/comments`,
        remoteAddress,
        headers: { 'content-type': 'application/x-www-form-urlencoded' },
        payload: new URLSearchParams({ text, nonce }).toString(),
      })
    expect((await fill('The first.', 'the-first-nonce-of-this-test')).statusCode).toBe(200)
    const { statusCode, headers, body } = await fill(
      'The second, which took long.',
      'the-second-nonce-of-this-test',
    )
    expect([statusCode, headers['cache-control']]).toEqual([429, 'no-store'])
    expect(Number(headers['retry-after'])).toBeGreaterThan(590)
    expect(body).toContain('The second, which took long.</textarea>')
    expect(body).toContain('A comment was sent from your connection a short while ago')
    expect(body).toContain('Here each reader can send one comment every 10 minutes.')
  })

  test('leaves the staff alone, and nothing of a sender in the database', async () => {
    const article = await anOther()
    await slow(article, { minutes: 10 })
    const remoteAddress = '198.51.100.77'
    const { body } = await send(remoteAddress, article, { text: 'Read me.' })
    expect((await decision(house, eve.key, String(body.id), { action: 'approve' })).status).toBe(201)
    for (const text of ['We read you.', 'And again.']) {
      const replies = `/v1/moderation/comments/${String(body.id)}/replies`
      expect((await ask(house, 'POST', replies, { key: house.admin, body: { text } })).status).toBe(202)
    }
    const { rows } = await house.owner.query<{ words: string }>(
      `select coalesce(query_to_xml(format('select * from %I', relname), true, true, '')::text, '') as words
         from pg_class where relkind = 'r' and relnamespace = 'public'::regnamespace`,
    )
    expect(rows.filter(({ words }) => words.includes(remoteAddress))).toEqual([])
  })
})
