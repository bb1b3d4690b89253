import { randomUUID } from 'node:crypto'
import { ask, type House, openHouse } from '../../support/house.ts'
import {
  aComment,
  aPerson,
  aSite,
  decision,
  published,
  receiptOf,
  type TestComment,
  type TestPerson,
} from '../../support/people.ts'

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

const court = {
  kind: 'art9',
  country: 'DE',
  authority: 'District Court of Sallow Reach',
  legalBasis: '§ 1004 BGB',
  reference: '12 C 34/26',
  receivedOn: '2026-11-20',
  publicSummary: 'The court holds that a sentence is not lawful.',
}

const register = (body: Record<string, unknown>, key = admin.key) =>
  ask(house, 'POST', '/v1/moderation/orders', { key, body: { site, ...court, ...body } })
const read = (id: string, key = admin.key) => ask(house, 'GET', `/v1/moderation/orders/${id}`, { key })
const conclude = (id: string, body: Record<string, unknown>, key = admin.key) =>
  ask(house, 'PUT', `/v1/moderation/orders/${id}/outcome`, { key, body })

async function anOrder(body: Record<string, unknown> = {}): Promise<string> {
  const made = await register(body)
  expect(made.status).toBe(201)
  return made.body.id
}

async function aPublished(text = 'A comment with something to say.'): Promise<TestComment> {
  const comment = await aComment(house, site, { text })
  expect((await decision(house, ada.key, comment.id, { action: 'approve' })).status).toBe(201)
  return comment
}

const isShown = async (id: string) =>
  (await published(house, site)).some((shown: { id: string }) => shown.id === id)

describe('an order', () => {
  test('is written down as it was received, and read by admins', async () => {
    const { id: comment } = await aPublished()
    const made = await register({ comments: [comment], scope: ['DE', 'AT'] })
    expect(made.status).toBe(201)
    expect(made.body).toEqual({
      id: expect.any(String),
      site,
      ...court,
      scope: ['DE', 'AT'],
      comments: [comment],
      readerMayBeTold: true,
      effect: null,
      effectOn: null,
      authorityInformedOn: null,
      readerInformedOn: null,
      by: admin.pseudonym,
      registeredAt: expect.any(String),
    })
    expect((await read(made.body.id)).body).toEqual(made.body)
    expect(await isShown(comment)).toBe(true)
  })

  test('is nothing for editors, moderators or programs', async () => {
    const id = await anOrder()
    for (const { key } of [ada, eve]) {
      expect((await register({}, key)).status).toBe(403)
      expect((await read(id, key)).status).toBe(403)
      expect((await conclude(id, {}, key)).status).toBe(403)
      expect((await ask(house, 'GET', '/v1/moderation/orders', { key })).status).toBe(403)
    }
    expect((await ask(house, 'GET', '/v1/moderation/orders')).status).toBe(401)
  })

  test('names comments of its site only, or nothing is written', async () => {
    const { id } = await aPublished()
    const elsewhere = await aComment(house, await aSite(house))
    for (const stranger of [elsewhere.id, randomUUID()]) {
      const refused = await register({ comments: [id, stranger], reference: 'no such thing' })
      expect(refused.body).toMatchObject({
        code: 'comment_not_found',
        errors: [{ pointer: '#/comments/1', code: 'comment_not_found' }],
      })
    }
    const all = await ask(house, 'GET', `/v1/moderation/orders?site=${site}&limit=100`, { key: admin.key })
    const references = all.body.orders.map((order: { reference: string }) => order.reference)
    expect(references).not.toContain('no such thing')
  })

  test('takes a comment that it names twice, in capitals, as one', async () => {
    const { id } = await aPublished()
    const made = await register({ comments: [id, id.toUpperCase()] })
    expect(made.body.comments).toEqual([id])
  })

  test.each([
    ['another kind', { kind: 'art11' }],
    ['no country', { country: 'Germany' }],
    ['no day', { receivedOn: '2026-02-30' }],
    ['a day before all calendars', { receivedOn: '0000-01-01' }],
    ['an authority without a name', { authority: ' ' }],
    ['a scope of no country', { scope: ['EU-27'] }],
    ['an effect from the beginning', { effect: 'unpublished' }],
  ])('is refused with %s', async (_what, body) => {
    expect((await register(body)).body.code).toBe('invalid_request')
  })

  test('is about a site that there is', async () => {
    expect((await register({ site: 'no-such-site' })).body.code).toBe('site_not_found')
    expect((await read(randomUUID())).body.code).toBe('order_not_found')
    expect((await conclude(randomUUID(), {})).body.code).toBe('order_not_found')
  })

  test('has an outcome, which is replaced as a whole', async () => {
    const id = await anOrder({ kind: 'art10' })
    const told = {
      effect: 'information_given',
      effectOn: '2026-11-22',
      authorityInformedOn: '2026-11-23',
      readerInformedOn: null,
      publicSummary: null,
      readerMayBeTold: false,
    }
    const concluded = await conclude(id, told)
    expect(concluded.status).toBe(200)
    expect(concluded.body).toMatchObject({ ...court, kind: 'art10', ...told })
    expect((await conclude(id, {})).body).toMatchObject({
      effect: null,
      effectOn: null,
      readerMayBeTold: true,
    })
    expect((await conclude(id, { effect: 'refused' })).body.code).toBe('invalid_request')
    expect((await conclude(id, { effectOn: '2026-11-22' })).body.code).toBe('invalid_request')
    expect((await conclude(id, { authority: 'Another' })).body.code).toBe('invalid_request')
  })
})

describe('the list of orders', () => {
  test('is read page by page, newest first, of one site or of all', async () => {
    const own = await aSite(house)
    const made: string[] = []
    for (let count = 0; count < 5; count += 1) made.unshift(await anOrder({ site: own }))
    const page = (query: string) => ask(house, 'GET', `/v1/moderation/orders?${query}`, { key: admin.key })
    const seen: string[] = []
    for (let cursor = ''; seen.length < 10; ) {
      const { body } = await page(`site=${own}&limit=2${cursor}`)
      seen.push(...body.orders.map((order: { id: string }) => order.id))
      if (body.next === null) break
      cursor = `&cursor=${body.next}`
    }
    expect(seen).toEqual(made)
    const all = await page('limit=5')
    expect(all.body.orders.map((order: { id: string }) => order.id)).toEqual(made)
    const foreign = await page(`site=${site}&limit=2&cursor=${all.body.next}`)
    expect(foreign.body.code).toBe('invalid_cursor')
  })
})

const byOrder = (id: string, order: string, key = admin.key, more = {}) =>
  decision(house, key, id, { action: 'unpublish', order, ...more })

describe('a decision by order', () => {
  test('takes the comment down at once, cites no rule, and tells its reader who ordered it', async () => {
    const { id, receipt } = await aPublished()
    const order = await anOrder({ comments: [id] })
    const made = await byOrder(id, order)
    expect(made.status).toBe(201)
    expect(made.body).toMatchObject({ action: 'unpublish', to: 'unpublished', rules: [] })
    expect(await isShown(id)).toBe(false)
    const told = await receiptOf(house, receipt)
    expect(told).toMatchObject({
      status: 'unpublished',
      decision: {
        action: 'unpublish',
        rules: [],
        order: {
          country: 'DE',
          authority: court.authority,
          summary: court.publicSummary,
        },
        reason: null,
      },
    })
    expect(told.appealUntil).toBeUndefined()
    const today = new Date().toISOString().slice(0, 10)
    expect((await read(order)).body).toMatchObject({
      effect: 'unpublished',
      effectOn: today,
      readerInformedOn: today,
      authorityInformedOn: null,
    })
  })

  test('stands in the history with its order', async () => {
    const { id } = await aPublished()
    const order = await anOrder({ comments: [id] })
    await byOrder(id, order)
    const { body } = await ask(house, 'GET', `/v1/moderation/comments/${id}/history`, { key: ada.key })
    expect(body.moves.map((move: { order?: string }) => move.order)).toEqual([undefined, undefined, order])
  })

  test('tells its reader nothing of an order that forbids it, until it no longer does', async () => {
    const { id, receipt } = await aPublished()
    const order = await anOrder({ comments: [id], readerMayBeTold: false })
    await byOrder(id, order)
    expect((await receiptOf(house, receipt)).decision).toEqual({
      action: 'unpublish',
      rules: [],
      reason: null,
    })
    expect((await read(order)).body.readerInformedOn).toBeNull()
    await conclude(order, { effect: 'unpublished', effectOn: '2026-11-24', readerMayBeTold: true })
    expect((await receiptOf(house, receipt)).decision.order).toEqual({
      country: 'DE',
      authority: court.authority,
      summary: null,
    })
  })

  test('shows on the reader’s own page', async () => {
    const { id, receipt } = await aPublished()
    await byOrder(id, await anOrder({ comments: [id] }))
    const page = await house.app.inject({
      method: 'POST',
      url: `/${site}/my-comment`,
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      payload: new URLSearchParams({ receipt, action: 'see' }).toString(),
    })
    expect(page.body).toContain(court.authority)
    expect(page.body).toContain(court.publicSummary)
  })

  test('is an admin’s', async () => {
    const { id } = await aPublished()
    const order = await anOrder({ comments: [id] })
    for (const { key } of [ada, eve]) expect((await byOrder(id, order, key)).body.code).toBe('forbidden')
    expect(await isShown(id)).toBe(true)
  })

  test('needs an order that names the comment, and that is one', async () => {
    const { id } = await aPublished()
    const other = await aPublished()
    expect((await byOrder(id, await anOrder({ comments: [other.id] }))).body.code).toBe('order_unknown')
    expect((await byOrder(id, randomUUID())).body.code).toBe('order_unknown')
    for (const kind of ['art10', 'informal_request']) {
      const { status, body } = await byOrder(id, await anOrder({ comments: [id], kind }))
      expect([status, body.code]).toEqual([422, 'order_does_not_act'])
    }
    expect(await isShown(id)).toBe(true)
  })

  test('cites no rule besides, and does nothing but unpublish', async () => {
    const { id } = await aPublished()
    const order = await anOrder({ comments: [id] })
    expect((await byOrder(id, order, admin.key, { rules: ['topic'] })).body.code).toBe('rule_does_not_permit')
    const edit = { action: 'edit', text: 'Another text.', rules: ['respect'], order }
    expect((await decision(house, admin.key, id, edit)).body).toMatchObject({
      code: 'invalid_request',
      errors: [{ pointer: '#/order' }],
    })
    expect((await decision(house, admin.key, id, { action: 'unpublish' })).body.code).toBe('rule_missing')
    const waiting = await aComment(house, site)
    const early = await byOrder(waiting.id, await anOrder({ comments: [waiting.id] }))
    expect(early.body.code).toBe('illegal_move')
  })

  test('is taken back by an admin alone', async () => {
    const { id } = await aPublished()
    await byOrder(id, await anOrder({ comments: [id] }))
    expect((await decision(house, eve.key, id, { action: 'restore' })).body.code).toBe('forbidden')
    expect((await decision(house, admin.key, id, { action: 'restore' })).status).toBe(201)
  })

  test('is one of several decisions as well', async () => {
    const { id } = await aPublished()
    const order = await anOrder({ comments: [id] })
    const { body } = await ask(house, 'POST', '/v1/moderation/decisions', {
      key: admin.key,
      body: { decisions: [{ id, version: 2, action: 'unpublish', order }] },
    })
    expect(body.results).toMatchObject([{ status: 201 }])
  })
})

test('the log verifies with moves by order in it', async () => {
  const { rows } = await house.owner.query(
    `select count(*)::int as ordered, bool_and(m.hash = move_hash(m)) as verifies from move m where order_id is not null`,
  )
  expect(rows[0].ordered).toBeGreaterThan(3)
  expect(rows[0].verifies).toBe(true)
})
