import { ask, type House, openHouse } from '../support/house.ts'
import {
  aComment,
  anArticle,
  aPerson,
  aSite,
  decision,
  published,
  receiptOf,
  type TestPerson,
} from '../support/people.ts'

let house: House
let site: string
let admin: TestPerson
let ada: TestPerson
let eve: TestPerson

beforeAll(async () => {
  house = await openHouse()
  site = await aSite(house)
  admin = await aPerson(house, site, 'admin')
  ada = await aPerson(house, site)
  eve = await aPerson(house, site, 'editor')
})
afterAll(() => house.close())

const move = (from: string, to: string, key = admin.key, of = site) =>
  ask(house, 'POST', `/v1/sites/${of}/articles/${encodeURIComponent(from)}/moves`, { key, body: { to } })

async function moved(from: string, to: string): Promise<{ article: string; outcome: string }> {
  const answer = await move(from, to)
  expect(answer.status).toBe(201)
  return answer.body
}

let articles = 0
async function anOwnArticle(settings: Record<string, unknown> = {}): Promise<string> {
  articles += 1
  const key = `article-${articles}`
  await anArticle(house, site, key, settings)
  return key
}

async function aPublished(article: string, body: Record<string, unknown> = {}): Promise<string> {
  const { id } = await aComment(house, site, body, article)
  expect((await decision(house, ada.key, id, { action: 'approve' })).status).toBe(201)
  return id
}

async function listOf(article: string, query = '') {
  const { status, body } = await ask(
    house,
    'GET',
    `/v1/sites/${site}/articles/${encodeURIComponent(article)}/comments${query}`,
  )
  expect(status).toBe(200)
  return body
}

const idsIn = (comments: { id: string }[]) => comments.map(({ id }) => id)

describe('an article that gets another key', () => {
  test('is read and answered under both', async () => {
    const old = await anOwnArticle()
    const first = await aPublished(old)
    expect(await moved(old, `${old}/new`)).toEqual({ from: old, article: `${old}/new`, outcome: 'renamed' })
    const second = await aPublished(old)
    const third = await aPublished(`${old}/new`, { parent: first })
    for (const key of [old, `${old}/new`]) {
      const list = await listOf(key, '?order=oldest')
      expect(list.article).toEqual({ key: `${old}/new`, open: true, count: 3 })
      expect(idsIn(list.comments)).toEqual([first, third, second])
    }
  })

  test('is told by its new key to moderators and to readers’ receipts', async () => {
    const old = await anOwnArticle()
    const { id, receipt } = await aComment(house, site, {}, old)
    await moved(old, `${old}/new`)
    const read = await ask(house, 'GET', `/v1/moderation/comments/${id}`, { key: ada.key })
    expect(read.body.article).toBe(`${old}/new`)
    expect((await receiptOf(house, receipt)).article).toBe(`${old}/new`)
  })

  test('keeps what its publisher says of it under the new one, and the old one is no place for another', async () => {
    const old = await anOwnArticle()
    await moved(old, `${old}/new`)
    const refused = await ask(house, 'PUT', `/v1/sites/${site}/articles/${old}`, { key: admin.key, body: {} })
    expect(refused.body).toMatchObject({ code: 'article_moved', article: `${old}/new` })
    const put = await ask(house, 'PUT', `/v1/sites/${site}/articles/${encodeURIComponent(`${old}/new`)}`, {
      key: admin.key,
      body: { title: 'New', open: false },
    })
    expect([put.status, put.body.title]).toEqual([200, 'New'])
    const late = await ask(house, 'POST', `/v1/sites/${site}/articles/${old}/comments`, {
      body: { text: 'x' },
    })
    expect(late.body.code).toBe('article_closed')
  })

  test('can go on, and go back', async () => {
    const old = await anOwnArticle()
    const id = await aPublished(old)
    await moved(old, `${old}/b`)
    await moved(`${old}/b`, `${old}/c`)
    for (const key of [old, `${old}/b`, `${old}/c`]) expect((await listOf(key)).article.key).toBe(`${old}/c`)
    expect(await moved(`${old}/c`, old)).toMatchObject({ article: old, outcome: 'renamed' })
    for (const key of [old, `${old}/b`, `${old}/c`]) {
      const list = await listOf(key)
      expect([list.article.key, idsIn(list.comments)]).toEqual([old, [id]])
    }
  })

  test('moves for browsers too, for good', async () => {
    const old = await anOwnArticle()
    await moved(old, `${old}/new`)
    const page = await house.app.inject({ method: 'GET', url: `/${site}/articles/${old}` })
    expect([page.statusCode, page.headers.location]).toEqual([
      308,
      `/${site}/articles/${encodeURIComponent(`${old}/new`)}`,
    ])
  })
})

describe('an article that is merged into another', () => {
  test('brings its comments, with their answers, in the order in which they showed', async () => {
    const from = await anOwnArticle()
    const to = await anOwnArticle()
    const shown: string[] = []
    for (const article of [from, to, from, to]) {
      shown.push(await aPublished(article))
      await house.ahead(60)
    }
    const [first = '', second = '', third = '', fourth = ''] = shown
    const answer = await aPublished(from, { parent: first })
    expect(await moved(from, to)).toEqual({ from, article: to, outcome: 'merged' })
    for (const key of [from, to]) {
      const list = await listOf(key, '?order=oldest')
      expect(list.article).toEqual({ key: to, open: true, count: 5 })
      expect(idsIn(list.comments)).toEqual([first, answer, second, third, fourth])
      expect(idsIn((await listOf(key)).comments)).toEqual([fourth, third, second, first, answer])
    }
    const counts = await ask(house, 'GET', `/v1/sites/${site}/counts?article=${from}&article=${to}`)
    expect(counts.body.counts).toEqual({ [from]: 5, [to]: 5 })
  })

  test('is read page by page without loss or repetition, and its replies by parent', async () => {
    const from = await anOwnArticle()
    const to = await anOwnArticle()
    const all: string[] = []
    for (const article of [from, to, to, from, from, to, from]) {
      all.push(await aPublished(article))
      await house.ahead(60)
    }
    await moved(from, to)
    for (const [order, expected] of [
      ['oldest', all],
      ['newest', all.toReversed()],
    ] as const) {
      const seen: string[] = []
      for (let cursor = ''; seen.length < 20; ) {
        const list = await listOf(from, `?limit=2&order=${order}${cursor}`)
        seen.push(...idsIn(list.comments))
        if (list.next === null) break
        cursor = `&cursor=${list.next}`
      }
      expect(seen).toEqual(expected)
    }
    const [root = ''] = all
    const reply = await aPublished(to, { parent: root })
    expect(idsIn((await listOf(to, `?parent=${root}`)).comments)).toEqual([reply])
  })

  test('takes answers to comments of both, under either key', async () => {
    const from = await anOwnArticle()
    const to = await anOwnArticle()
    const theirs = await aPublished(from)
    const ours = await aPublished(to)
    await moved(from, to)
    for (const key of [from, to]) {
      for (const parent of [theirs, ours]) {
        const reply = await aPublished(key, { parent })
        expect(await published(house, site, to)).toContainEqual(
          expect.objectContaining({ id: reply, parent }),
        )
      }
    }
  })

  test('is open or closed as the other is, and paused with it', async () => {
    const from = await anOwnArticle()
    const to = await anOwnArticle({ open: false })
    await moved(from, to)
    const send = () =>
      ask(house, 'POST', `/v1/sites/${site}/articles/${from}/comments`, { body: { text: 'x' } })
    expect((await send()).body.code).toBe('article_closed')
    await ask(house, 'PUT', `/v1/sites/${site}/articles/${to}`, { key: admin.key, body: {} })
    expect((await send()).status).toBe(202)
    const pause = await ask(house, 'PUT', `/v1/sites/${site}/articles/${from}/pause`, {
      key: eve.key,
      body: { paused: true },
    })
    expect(pause.status).toBe(200)
    expect((await listOf(to)).article.open).toBe(false)
  })

  test('comes along when the other moves on, is merged in turn, or is found by moderators', async () => {
    const [a, b, c] = [await anOwnArticle(), await anOwnArticle(), await anOwnArticle()]
    const id = await aPublished(a)
    await moved(a, b)
    await moved(b, `${b}/new`)
    expect((await listOf(a)).article).toEqual({ key: `${b}/new`, open: true, count: 1 })
    await moved(`${b}/new`, c)
    for (const key of [a, b, `${b}/new`, c]) {
      const list = await listOf(key)
      expect([list.article.key, idsIn(list.comments)]).toEqual([c, [id]])
    }
    const found = await ask(house, 'POST', '/v1/moderation/searches', {
      key: ada.key,
      body: { site, article: b },
    })
    expect(idsIn(found.body.comments)).toEqual([id])
    expect(found.body.comments[0].article).toBe(c)
  })

  test('changes no row of a comment', async () => {
    const from = await anOwnArticle()
    const id = await aPublished(from)
    const row = async () =>
      (await house.owner.query(`select c.*, c.xmin::text as written from comment c where id = $1`, [id])).rows
    const before = await row()
    await moved(from, await anOwnArticle())
    expect(await row()).toEqual(before)
  })
})

describe('moving', () => {
  test('is an admin’s, and is written down', async () => {
    const from = await anOwnArticle()
    for (const { key } of [ada, eve]) expect((await move(from, 'elsewhere', key)).status).toBe(403)
    await moved(from, `${from}/new`)
    const { rows } = await house.owner.query(
      `select from_key, to_key, into_id, person_id from article_move where from_key = $1`,
      [from],
    )
    expect(rows).toEqual([{ from_key: from, to_key: `${from}/new`, into_id: null, person_id: admin.id }])
  })

  test('is refused where there is nothing to move, or nowhere to move it', async () => {
    const a = await anOwnArticle()
    const b = await anOwnArticle()
    expect((await move('no-such-article', b)).body.code).toBe('article_not_found')
    expect((await move(a, b, admin.key, 'no-such-site')).body.code).toBe('site_not_found')
    expect((await move(a, a)).body.code).toBe('already_taken')
    expect((await move(a, 'x'.repeat(2_049))).body.code).toBe('invalid_request')
    await moved(a, b)
    expect((await move(a, 'elsewhere')).body).toMatchObject({ code: 'article_moved', article: b })
    expect((await move(b, a)).body.code).toBe('already_taken')
  })

  test('works for keys that fit in no path', async () => {
    const long = `https://news.example/${'x'.repeat(2_000)}`
    const put = await ask(house, 'PUT', `/v1/sites/${site}/articles?article=${encodeURIComponent(long)}`, {
      key: admin.key,
      body: {},
    })
    expect(put.status).toBe(201)
    const answer = await ask(
      house,
      'POST',
      `/v1/sites/${site}/moves/articles?article=${encodeURIComponent(long)}`,
      {
        key: admin.key,
        body: { to: 'short-again' },
      },
    )
    expect(answer.body).toEqual({ from: long, article: 'short-again', outcome: 'renamed' })
    const list = await ask(house, 'GET', `/v1/sites/${site}/comments?article=${encodeURIComponent(long)}`)
    expect(list.body.article.key).toBe('short-again')
  })

  test('while comments are sent loses none', async () => {
    const from = await anOwnArticle()
    const to = await anOwnArticle()
    const sending = Array.from({ length: 20 }, () => aComment(house, site, {}, from))
    const merging = moved(from, to)
    const sent = await Promise.all(sending)
    await merging
    for (const { id } of sent) {
      expect((await decision(house, ada.key, id, { action: 'approve' })).status).toBe(201)
    }
    expect((await listOf(to)).article.count).toBe(20)
  })

  test('of two that move each other, one comes first', async () => {
    for (let round = 0; round < 5; round += 1) {
      const [a, b] = [await anOwnArticle(), await anOwnArticle()]
      const both = await Promise.all([move(a, b), move(b, a)])
      const codes = both.map(({ status, body }) => (status === 201 ? 'moved' : body.code))
      expect(codes.toSorted((one, other) => (one < other ? -1 : 1))).toEqual(['already_taken', 'moved'])
    }
  })
})
