import { setImmediate } from 'node:timers/promises'
import { brotliDecompressSync, gunzipSync } from 'node:zlib'
import { buildApp } from '../../src/app.ts'
import { connect } from '../../src/database/client.ts'
import { listen } from '../../src/database/listen.ts'
import { sumUpChanges } from '../../src/reading/changes-store.ts'
import { publicMemory, usualMemory } from '../../src/reading/memory.ts'
import { until as becomesTrue } from '../support/embedded.ts'
import { ask, type House, houseOptions, openHouse } from '../support/house.ts'
import { aComment, anArticle, aPerson, aSite, decision, type TestPerson } from '../support/people.ts'
import { type Proxy, proxyTo } from '../support/proxy.ts'
import { statementsDuring } from '../support/statements.ts'

const listAt = (site: string, article = 'news') =>
  `/v1/sites/${site}/articles/${encodeURIComponent(article)}/comments`

/** A memory that believes what it knows until it is told otherwise. */
const trusting = { trustFor: Infinity }

describe('what everybody may see', () => {
  let house: House
  let site: string
  let ada: TestPerson

  beforeAll(async () => {
    house = await openHouse({}, trusting)
    site = await aSite(house)
    ada = await aPerson(house, site)
  })
  afterAll(() => house.close())

  const texts = async (article = 'news', of = site): Promise<string[]> => {
    const { status, body } = await ask(house, 'GET', listAt(of, article))
    expect(status).toBe(200)
    return body.comments.map(({ text }: { text: string }) => text)
  }

  async function publish(text: string, article = 'news', of = site): Promise<string> {
    const { id } = await aComment(house, of, { text }, article)
    expect((await decision(house, house.admin, id, { action: 'approve' }, 1)).status).toBe(201)
    return id
  }

  test('is read from the database with one statement, and then with none', async () => {
    await anArticle(house, site, 'warm')
    await publish('Read often.', 'warm')
    await house.memory.catchUp()
    const address = listAt(site, 'warm')
    expect(await statementsDuring(() => ask(house, 'GET', address))).toEqual([
      expect.stringContaining('public_threads'),
    ])
    expect(await statementsDuring(() => ask(house, 'GET', address))).toEqual([])
    expect(await statementsDuring(() => ask(house, 'HEAD', address))).toEqual([])
  })

  test('is read from the database once, however many ask at once', async () => {
    await anArticle(house, site, 'crowded')
    await publish('Hello.', 'crowded')
    await house.memory.catchUp()
    const sent = await statementsDuring(async () => {
      const asked = Array.from({ length: 50 }, () => texts('crowded'))
      for (const seen of await Promise.all(asked)) expect(seen).toEqual(['Hello.'])
    })
    expect(sent).toHaveLength(1)
  })

  test('is sent from memory with the headers, the bytes and the tag with which it was sent from the database', async () => {
    await anArticle(house, site, 'twice')
    await publish('The same.', 'twice')
    const first = await ask(house, 'GET', listAt(site, 'twice'))
    const again = await ask(house, 'GET', listAt(site, 'twice'))
    expect(again.text).toBe(first.text)
    const { date: _first, connection: _one, ...headers } = first.headers
    const { date: _again, connection: _other, ...headersAgain } = again.headers
    expect(headersAgain).toEqual({ ...headers, 'content-length': String(headers['content-length']) })
    expect(headers).toMatchObject({
      'cache-control': 'public, max-age=10, stale-while-revalidate=10, stale-if-error=60',
      'cdn-cache-control': 'public, max-age=10, stale-while-revalidate=10, stale-if-error=60',
      'access-control-allow-origin': '*',
      'x-content-type-options': 'nosniff',
      vary: 'Accept-Encoding',
      'cache-tag': expect.stringMatching(new RegExp(`^s-${site},a-[\\w-]{22}$`)),
      'surrogate-key': expect.stringMatching(new RegExp(`^s-${site} a-[\\w-]{22}$`)),
      'cache-groups': expect.stringMatching(new RegExp(`^"s-${site}", "a-[\\w-]{22}"$`)),
    })
  })

  const askedIn = (accept: string, known?: string) =>
    house.app.inject({
      url: listAt(site, 'long'),
      headers: { 'accept-encoding': accept, ...(known !== undefined && { 'if-none-match': known }) },
    })

  describe('in each of its forms', () => {
    beforeAll(async () => {
      await anArticle(house, site, 'long')
      for (let n = 0; n < 12; n += 1)
        await publish(`Number ${n}. ${'Some words and more. '.repeat(20)}`, 'long')
    })

    test.each([
      ['br, gzip', 'br'],
      ['gzip, deflate, br, zstd', 'br'],
      ['gzip', 'gzip'],
      ['br;q=0.1, gzip;q=0.9', 'gzip'],
      ['deflate', undefined],
      ['br;q=0, gzip;q=0', undefined],
      ['identity', undefined],
      ['', undefined],
    ])('to whoever accepts %j it is sent as %s', async (accept, encoding) => {
      for (const round of ['first', 'again']) {
        const answer = await askedIn(accept)
        expect([round, answer.headers['content-encoding']]).toEqual([round, encoding])
        const decode = { br: brotliDecompressSync, gzip: gunzipSync }[encoding ?? '']
        const body = decode ? decode(answer.rawPayload) : answer.rawPayload
        expect(JSON.parse(body.toString()).comments).toHaveLength(12)
        expect(answer.rawPayload).toHaveLength(Number(answer.headers['content-length']))
        expect(answer.rawPayload.length / body.length < 1 / 3).toBe(encoding !== undefined)
      }
    })

    test('it has a tag of its own, and 304 for whoever has that', async () => {
      const tags = new Set<string>()
      for (const accept of ['br', 'gzip', 'identity']) {
        const tag = String((await askedIn(accept)).headers.etag)
        tags.add(tag)
        for (const known of [tag, `W/${tag}`, `"other", ${tag}`, '*']) {
          const answer = await askedIn(accept, known)
          expect([answer.statusCode, answer.body, answer.headers.etag]).toEqual([304, '', tag])
        }
        expect((await askedIn(accept, '"other"')).statusCode).toBe(200)
      }
      expect(tags.size).toBe(3)
      const [br = '', gzip = ''] = tags
      expect((await askedIn('gzip', br)).statusCode).toBe(200)
      expect((await askedIn('br', gzip)).statusCode).toBe(200)
    })
  })

  describe('is something else at once where this process changed it:', () => {
    test('published, edited, unpublished, restored', async () => {
      await anArticle(house, site, 'changing')
      expect(await texts('changing')).toEqual([])
      const id = await publish('As it was sent.', 'changing')
      expect(await texts('changing')).toEqual(['As it was sent.'])
      const change = async (asked: Record<string, unknown>) =>
        expect((await decision(house, house.admin, id, asked)).status).toBe(201)
      await change({ action: 'edit', text: 'As it is now.', rules: ['language'] })
      expect(await texts('changing')).toEqual(['As it is now.'])
      await change({ action: 'unpublish', rules: ['respect'] })
      expect(await texts('changing')).toEqual([])
      await change({ action: 'restore', revision: 1 })
      expect(await texts('changing')).toEqual(['As it was sent.'])
    })

    test('withdrawn by its reader, who asks for its erasure as well', async () => {
      await anArticle(house, site, 'withdrawn')
      const { id, receipt } = await aComment(house, site, { text: 'I said so.' }, 'withdrawn')
      await decision(house, ada.key, id, { action: 'approve' }, 1)
      expect(await texts('withdrawn')).toEqual(['I said so.'])
      expect((await ask(house, 'DELETE', '/v1/receipt', { key: receipt })).status).toBe(204)
      expect(await texts('withdrawn')).toEqual([])
      expect((await ask(house, 'POST', '/v1/receipt/erasure', { key: receipt })).status).toBe(204)
      expect(await texts('withdrawn')).toEqual([])
    })

    test('the settings of its article and of its site', async () => {
      const own = await aSite(house)
      const article = async () => (await ask(house, 'GET', listAt(own))).body
      expect(await article()).toMatchObject({ article: { open: true } })
      await setOpen(house, own, false)
      expect(await article()).toMatchObject({ article: { open: false } })
      const settings = { name: 'Another', publishDelay: 0, notice: 'Only facts, please.' }
      await ask(house, 'PUT', `/v1/sites/${own}`, { key: house.admin, body: settings })
      expect(await article()).toMatchObject({ notice: 'Only facts, please.' })
      expect((await ask(house, 'GET', `/v1/sites/${own}`)).body).toMatchObject({ name: 'Another' })
    })

    test('the terms', async () => {
      const own = await aSite(house)
      const terms = async () => (await ask(house, 'GET', `/v1/sites/${own}/terms`)).body
      const { version, rules } = await terms()
      const { status } = await ask(house, 'POST', `/v1/sites/${own}/terms`, {
        key: house.admin,
        body: { introduction: 'What we ask of you.', rules },
      })
      expect([status, (await terms()).version]).toEqual([201, version + 1])
    })

    test('an article that was not there, by a first comment', async () => {
      const own = await aSite(house, { automaticArticles: true, origins: ['https://news.example'] })
      const key = 'https://news.example/boats'
      expect(await texts(key, own)).toEqual([])
      await publish('The first one.', key, own)
      expect(await texts(key, own)).toEqual(['The first one.'])
    })

    test('an article that is called otherwise, or became part of another', async () => {
      const own = await aSite(house)
      await anArticle(house, own, 'other')
      await publish('Of the one.', 'news', own)
      await publish('Of the other.', 'other', own)
      expect([await texts('news', own), await texts('other', own)]).toEqual([
        ['Of the one.'],
        ['Of the other.'],
      ])
      const move = async (from: string, to: string) =>
        ask(house, 'POST', `/v1/sites/${own}/articles/${from}/moves`, { key: house.admin, body: { to } })
      expect((await move('news', 'renamed')).status).toBe(201)
      expect((await ask(house, 'GET', listAt(own))).body.article.key).toBe('renamed')
      expect((await move('other', 'renamed')).status).toBe(201)
      for (const key of ['news', 'renamed', 'other'])
        expect(await texts(key, own)).toEqual(['Of the other.', 'Of the one.'])
      const counts = `/v1/sites/${own}/counts?article=news&article=renamed&article=other&article=none`
      expect((await ask(house, 'GET', counts)).body.counts).toEqual({
        news: 2,
        renamed: 2,
        other: 2,
        none: 0,
      })
    })
  })

  test('changes by itself when a move is due, and may be kept until then', async () => {
    const slow = await aSite(house, { publishDelay: 30 })
    const { id } = await aComment(house, slow, { text: 'In half a minute.' })
    await decision(house, house.admin, id, { action: 'approve' }, 1)
    const before = await ask(house, 'GET', listAt(slow))
    expect(before.body).toMatchObject({ comments: [], article: { count: 0 } })
    expect(before.headers['cache-control']).toMatch(/^public, max-age=10,/)
    await house.ahead(23)
    const later = await ask(house, 'GET', listAt(slow))
    expect(later.headers['cache-control']).toMatch(/^public, max-age=[0-6],/)
    expect(later.headers.etag).toBe(before.headers.etag)
    await house.ahead(8)
    const after = await ask(house, 'GET', listAt(slow))
    expect(after.body).toMatchObject({ comments: [{ text: 'In half a minute.' }], article: { count: 1 } })
    expect(after.headers.etag).not.toBe(before.headers.etag)
  })

  test('an article closes by its age, in memory as well', async () => {
    const closing = await aSite(house, { closeAfter: 1 })
    const isOpen = async () => (await ask(house, 'GET', listAt(closing))).body.article.open
    expect(await isOpen()).toBe(true)
    await house.ahead(86_400)
    expect(await isOpen()).toBe(false)
  })

  test('no answer that says no is kept', async () => {
    const address = listAt(site, 'not-there')
    expect((await ask(house, 'GET', address)).status).toBe(404)
    await house.owner.query(`insert into article (site, key) values ($1, 'not-there')`, [site])
    expect((await ask(house, 'GET', address)).status).toBe(200)
  })

  test('a cursor leads on in its own article alone', async () => {
    await anArticle(house, site, 'one')
    await anArticle(house, site, 'two')
    for (const article of ['one', 'two']) {
      await publish('First.', article)
      await publish('Second.', article)
    }
    const { body } = await ask(house, 'GET', `${listAt(site, 'one')}?limit=1`)
    expect((await ask(house, 'GET', `${listAt(site, 'one')}?limit=1&cursor=${body.next}`)).status).toBe(200)
    const elsewhere = await ask(house, 'GET', `${listAt(site, 'two')}?limit=1&cursor=${body.next}`)
    expect([elsewhere.status, elsewhere.body.code]).toEqual([400, 'invalid_cursor'])
  })

  describe('and another process changes,', () => {
    /** A process that trusts what it knows for so many milliseconds, on the same database. */
    let beside: House
    beforeAll(async () => {
      beside = await besides(house, 200)
    })
    afterAll(() => beside.close())

    async function approvedBeside(article: string): Promise<void> {
      await anArticle(house, site, article)
      const { id } = await aComment(house, site, { text: 'Approved elsewhere.' }, article)
      expect(await texts(article)).toEqual([])
      expect((await decision(beside, ada.key, id, { action: 'approve' }, 1)).status).toBe(201)
    }

    test('is told by PostgreSQL', async () => {
      let heard = 0
      const stop = listen(house.url, 'public_change', () => {
        heard += 1
        void house.memory.catchUp()
      })
      await soon(async () => heard === 1)
      await approvedBeside('told')
      await soon(async () => (await texts('told')).length === 1)
      expect(heard).toBeGreaterThan(1)
      await stop()
    })

    test('is asked for where nobody told', async () => {
      await anArticle(house, site, 'untold')
      const { id } = await aComment(house, site, { text: 'Untold.' }, 'untold')
      const seen = async () => (await ask(beside, 'GET', listAt(site, 'untold'))).body.comments.length
      expect(await seen()).toBe(0)
      expect((await decision(house, ada.key, id, { action: 'approve' }, 1)).status).toBe(201)
      await soon(async () => (await seen()) === 1)
      expect((await ask(beside, 'GET', listAt(site, 'untold'))).body.article.count).toBe(1)
    })

    test('is seen though its transaction began before others that were seen', async () => {
      await anArticle(house, site, 'late')
      const isOpen = async () => (await ask(house, 'GET', listAt(site, 'late'))).body.article.open
      expect(await isOpen()).toBe(true)
      await house.owner.query('begin')
      await house.owner.query("update article set open = false where site = $1 and key = 'late'", [site])
      await publish('Meanwhile, elsewhere.')
      expect(await isOpen()).toBe(true)
      await house.owner.query('commit')
      await publish('And once more.')
      expect(await isOpen()).toBe(false)
    })

    test('is seen though what changed was summed up before anybody asked', async () => {
      await approvedBeside('summed')
      await house.owner.query('update clock set ahead_ms = ahead_ms + 61000')
      await sumUpChanges(house.db.desk)
      const { rows } = await house.owner.query('select from public_change where published <> 0')
      expect(rows).toEqual([])
      await house.memory.catchUp()
      expect((await ask(house, 'GET', listAt(site, 'summed'))).body).toMatchObject({
        comments: [{ text: 'Approved elsewhere.' }],
        article: { count: 1 },
      })
    })
  })

  const pageAt = (article: string, query = '') => ask(house, 'GET', `/${site}/articles/${article}${query}`)

  describe('as a page with a form', () => {
    test('has another nonce each time, and is kept by nobody; all else is from memory', async () => {
      await anArticle(house, site, 'paper')
      await publish('On paper.', 'paper')
      await house.memory.catchUp()
      const first = await pageAt('paper')
      const sent = await statementsDuring(async () => {
        const again = await pageAt('paper')
        const [one, other] = [nonceIn(first.text) ?? '', nonceIn(again.text) ?? '']
        expect(one).not.toBe(other)
        expect(again.text.replace(other, one)).toBe(first.text)
        expect(again.headers['cache-control']).toBe('no-store')
        expect(again.headers['content-security-policy']).toBe(first.headers['content-security-policy'])
      })
      expect(sent).toEqual([])
      expect(first.text).toContain('On paper.')
    })

    test('shows what changed at once', async () => {
      await anArticle(house, site, 'page')
      expect((await pageAt('page')).text).toContain('No comments yet.')
      const id = await publish('Now on the page.', 'page')
      expect((await pageAt('page')).text).toContain('Now on the page.')
      await decision(house, house.admin, id, { action: 'unpublish', rules: ['respect'] })
      expect((await pageAt('page')).text).not.toContain('Now on the page.')
    })

    test('answers the comment that its address names', async () => {
      await anArticle(house, site, 'talk')
      const id = await publish('What do you think?', 'talk')
      expect((await pageAt('talk', `?reply=${id}`)).text).toContain(`name="parent" value="${id}"`)
      expect((await pageAt('talk')).text).not.toContain('name="parent"')
    })

    test('has no form where nothing is taken', async () => {
      await anArticle(house, site, 'over', { open: false })
      const { text } = await pageAt('over')
      expect(text).toContain('Comments are closed.')
      expect(text).not.toContain('nonce')
    })
  })

  test('the counts are what a recount says, summed up or not', async () => {
    for (const round of ['as they are', 'summed up', 'summed up again']) {
      const { rows } = await house.owner.query(
        `select a.id, shown_count(article_parts(a.id)) as kept,
                (select count(*)::int from shown_comment c
                  where c.article_id = any (article_parts(a.id)) and not c.gone) as counted
           from article a`,
      )
      expect([round, rows.filter(({ kept, counted }) => kept !== counted)]).toEqual([round, []])
      expect(rows.length).toBeGreaterThan(0)
      await house.ahead(61)
      await sumUpChanges(house.db.desk)
    }
  })
})

describe('while the database is away, what everybody may see', () => {
  let house: House
  let site: string
  let proxy: Proxy

  beforeAll(async () => {
    house = await openHouse()
    site = await aSite(house)
    proxy = await proxyTo(house.url)
  })
  afterAll(async () => {
    await proxy.close()
    await house.close()
  })
  afterEach(() => proxy.restore())

  test.each(['cut', 'hang'] as const)(
    'is sent as it was last known (%s), and says how old that is',
    async (fault) => {
      const away = await besides(house, 50, proxy.url)
      const first = await ask(away, 'GET', listAt(site))
      expect(first.headers['age']).toBeUndefined()
      await proxy[fault]()
      await soon(async () => Number((await ask(away, 'GET', listAt(site))).headers['age'] ?? 0) > 0)
      const old = await ask(away, 'GET', listAt(site))
      expect([old.status, old.text]).toEqual([200, first.text])
      const known = await ask(away, 'GET', listAt(site), {
        headers: { 'if-none-match': String(old.headers.etag) },
      })
      expect([known.status, Number(known.headers['age'])]).toEqual([304, expect.any(Number)])
      const unknown = await ask(away, 'GET', listAt(site, 'never-asked-for'))
      expect([unknown.status, unknown.headers['retry-after']]).toEqual([503, '5'])

      await setOpen(house, site, false)
      await proxy.restore()
      await soon(async () => (await ask(away, 'GET', listAt(site))).body.article?.open === false)
      expect((await ask(away, 'GET', listAt(site))).headers['age']).toBeUndefined()
      await setOpen(house, site, true)
      await away.close()
    },
  )

  test.each(['cut', 'hang'] as const)(
    'is sent without what was added since it was made (%s), and not at all once something of it went',
    async (fault) => {
      const article = `lately-${fault}`
      await anArticle(house, site, article)
      const away = await besides(house, 50, proxy.url)
      await away.memory.catchUp()
      const { status, body } = await ask(away, 'GET', listAt(site, article))
      expect([status, body.comments]).toEqual([200, []])
      const { id } = await aComment(house, site, { text: 'Added just now.' }, article)
      expect((await decision(house, house.admin, id, { action: 'approve' }, 1)).status).toBe(201)
      await away.memory.catchUp()
      await proxy[fault]()
      const old = await ask(away, 'GET', listAt(site, article))
      expect([old.status, old.body.comments, Number(old.headers['age']) > 0]).toEqual([200, [], true])

      await proxy.restore()
      await soon(async () => (await ask(away, 'GET', listAt(site, article))).body.comments?.length === 1)
      expect((await ask(away, 'GET', listAt(site, article))).headers['age']).toBeUndefined()
      await decision(house, house.admin, id, { action: 'unpublish', rules: ['respect'] })
      await away.memory.catchUp()
      await proxy[fault]()
      expect((await ask(away, 'GET', listAt(site, article))).status).toBe(503)
      await proxy.restore()
      await away.close()
    },
  )

  test('is not forgotten because the database took its time to answer, as it is when its clock is set', async () => {
    const away = await besides(house, 50, proxy.url)
    await away.memory.catchUp()
    expect((await ask(away, 'GET', listAt(site))).status).toBe(200)
    proxy.slow(1_300)
    await away.memory.catchUp()
    await proxy.restore()
    await away.memory.catchUp()
    await proxy.cut()
    expect((await ask(away, 'GET', listAt(site))).status).toBe(200)
    await proxy.restore()
    await house.ahead(3_600)
    // What was cut off may have to be tried once before it is known to be.
    await becomesTrue(() =>
      away.memory.catchUp().then(
        () => true,
        () => false,
      ),
    )
    await proxy.cut()
    expect((await ask(away, 'GET', listAt(site))).status).toBe(503)
    await proxy.restore()
    await away.close()
  })

  test('is not sent for longer than the operator says', async () => {
    const away = await besides(house, 50, proxy.url, 0)
    expect((await ask(away, 'GET', listAt(site))).status).toBe(200)
    await proxy.cut()
    await soon(async () => (await ask(away, 'GET', listAt(site))).status === 503)
    expect((await ask(away, 'GET', listAt(site))).body.code).toBe('unavailable')
    await proxy.restore()
    await away.close()
  })
})

async function setOpen(house: House, site: string, open: boolean): Promise<void> {
  const body = { title: 'About news', open }
  const { status } = await ask(house, 'PUT', `/v1/sites/${site}/articles/news`, { key: house.admin, body })
  expect(status).toBe(200)
}

/** Another process on the database of a house. */
async function besides(house: House, trustFor: number, url = house.url, serveFor = 60_000): Promise<House> {
  const db = await connect(url, { connections: 4 })
  const memory = publicMemory(db, { ...usualMemory, trustFor, serveFor })
  const app = await buildApp({ ...houseOptions, db, memory })
  await app.ready()
  const close = async () => {
    await app.close()
    await db.close()
  }
  return { ...house, app, db, memory, close }
}

/** Says so as soon as it is so. */
async function soon(isSo: () => Promise<boolean>): Promise<void> {
  for (const until = performance.now() + 20_000; performance.now() < until; await setImmediate())
    if (await isSo()) return
  throw new Error('It never was so.')
}

function nonceIn(page: string): string | undefined {
  return /name="nonce" value="([\w-]{46})"/.exec(page)?.[1]
}
