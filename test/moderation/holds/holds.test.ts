import { randomUUID } from 'node:crypto'
import { eraseOldWords } from '../../../src/moderation/expiry/expire.ts'
import { carryOutWishes } from '../../../src/moderation/holds/place-hold.ts'
import { ask, type House, openHouse } from '../../support/house.ts'
import {
  aComment,
  aPerson,
  aSite,
  decision,
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

const place = (id: string, body: Record<string, unknown> = { reason: 'A court asks.' }, key = admin.key) =>
  ask(house, 'POST', `/v1/moderation/comments/${id}/holds`, { key, body })
const lift = (id: string, hold: string, key = admin.key) =>
  ask(house, 'DELETE', `/v1/moderation/comments/${id}/holds/${hold}`, { key })
const holdsOn = (id: string, key = admin.key) =>
  ask(house, 'GET', `/v1/moderation/comments/${id}/holds`, { key })
const erase = ({ receipt }: TestComment) => ask(house, 'POST', '/v1/receipt/erasure', { key: receipt })
const wordsOf = async (comment: TestComment) => (await receiptOf(house, comment.receipt)).submitted

async function aHeldComment(): Promise<TestComment & { hold: string }> {
  const comment = await aComment(house, site)
  const hold = await place(comment.id)
  expect(hold.status).toBe(201)
  return { ...comment, hold: hold.body.id }
}

async function anOrder(comments: string[]): Promise<string> {
  const made = await ask(house, 'POST', '/v1/moderation/orders', {
    key: admin.key,
    body: { site, kind: 'art10', country: 'DE', authority: 'A court', receivedOn: '2026-11-20', comments },
  })
  expect(made.status).toBe(201)
  return made.body.id
}

describe('a hold', () => {
  test('is placed by an admin, for a reason, and read', async () => {
    const { id } = await aComment(house, site)
    const placed = await place(id)
    expect(placed.status).toBe(201)
    expect(placed.body).toEqual({
      id: expect.any(String),
      comment: id,
      reason: 'A court asks.',
      order: null,
      by: admin.pseudonym,
      placedAt: expect.any(String),
      endedAt: null,
      endedBy: null,
    })
    expect((await holdsOn(id)).body).toEqual({ holds: [placed.body] })
  })

  test('is nothing for editors and moderators', async () => {
    const { id, hold } = await aHeldComment()
    for (const { key } of [ada, eve]) {
      expect((await place(id, { reason: 'I want to.' }, key)).status).toBe(403)
      expect((await holdsOn(id, key)).status).toBe(403)
      expect((await lift(id, hold, key)).status).toBe(403)
    }
  })

  test('may be for an order, which names the comment', async () => {
    const { id } = await aComment(house, site)
    const order = await anOrder([id])
    expect((await place(id, { reason: 'As ordered.', order })).body.order).toBe(order)
    const other = await aComment(house, site)
    for (const unknown of [order, randomUUID()]) {
      expect((await place(other.id, { reason: 'As ordered.', order: unknown })).body.code).toBe(
        'order_unknown',
      )
    }
  })

  test('has a reason, on a comment that there is', async () => {
    const { id } = await aComment(house, site)
    expect((await place(id, {})).body.code).toBe('invalid_request')
    expect((await place(id, { reason: ' ' })).body.code).toBe('invalid_request')
    expect((await place(randomUUID())).body.code).toBe('comment_not_found')
    expect((await lift(id, randomUUID())).body.code).toBe('hold_not_found')
  })

  test('is not placed where nothing is left to hold', async () => {
    const comment = await aComment(house, site)
    expect((await erase(comment)).status).toBe(204)
    expect((await place(comment.id)).body.code).toBe('illegal_move')
  })
})

describe('while a hold stands', () => {
  test('its reader withdraws the comment at once, and is told that the words stay for now', async () => {
    const comment = await aComment(house, site)
    await decision(house, ada.key, comment.id, { action: 'approve' })
    await place(comment.id)
    const refused = await erase(comment)
    expect([refused.status, refused.body.code]).toEqual([409, 'held'])
    expect(refused.body.detail).toMatch(/withdrawn.*erased as soon as/)
    expect(refused.body.detail).not.toMatch(/court|hold|law|order/i)
    expect(await receiptOf(house, comment.receipt)).toMatchObject({
      status: 'withdrawn',
      submitted: { text: 'A comment with something to say.' },
      erasureWaits: true,
    })
    expect((await erase(comment)).body.code).toBe('held')
  })

  test('the reader’s own page says so, and offers nothing that cannot be done', async () => {
    const { receipt } = await aHeldComment()
    const page = await house.app.inject({
      method: 'POST',
      url: `/${site}/my-comment`,
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      payload: new URLSearchParams({ receipt, action: 'erase' }).toString(),
    })
    expect(page.statusCode).toBe(200)
    expect(page.body).toContain('they are erased as soon as that ends')
    expect(page.body).not.toContain('value="erase"')
  })

  test('time erases nothing', async () => {
    const held = await aHeldComment()
    const free = await aComment(house, site)
    const ordered = await aComment(house, site)
    await anOrder([ordered.id])
    for (const { id } of [held, free, ordered]) {
      await decision(house, ada.key, id, { action: 'reject', rules: ['topic'] })
    }
    await house.ahead(300 * 86_400)
    await eraseOldWords(house.db)
    expect(await wordsOf(free)).toBeNull()
    expect(await wordsOf(held)).not.toBeNull()
    expect(await wordsOf(ordered)).not.toBeNull()
    await lift(held.id, held.hold)
    expect(await wordsOf(held)).not.toBeNull()
    await eraseOldWords(house.db)
    expect(await wordsOf(held)).toBeNull()
  })
})

describe('when a hold ends', () => {
  test('it stays as one that has ended, once', async () => {
    const { id, hold } = await aHeldComment()
    const ended = await lift(id, hold)
    expect(ended.status).toBe(200)
    expect(ended.body).toMatchObject({ endedAt: expect.any(String), endedBy: admin.pseudonym })
    const again = await lift(id, hold, house.admin)
    expect(again.body).toEqual(ended.body)
    expect((await holdsOn(id)).body.holds).toEqual([ended.body])
  })

  test('what its reader asked for is done with it', async () => {
    const comment = await aHeldComment()
    await erase(comment)
    const ended = await lift(comment.id, comment.hold)
    const told = await receiptOf(house, comment.receipt)
    expect(told).toMatchObject({ status: 'withdrawn', submitted: null })
    expect(told.erasureWaits).toBeUndefined()
    expect(ended.body.reason).toBeNull()
    expect((await erase(comment)).status).toBe(204)
  })

  test('and nothing that nobody asked for', async () => {
    const comment = await aHeldComment()
    await lift(comment.id, comment.hold)
    expect(await wordsOf(comment)).not.toBeNull()
  })

  test('unless another one stands', async () => {
    const comment = await aHeldComment()
    const second = await place(comment.id, { reason: 'Another court asks.' })
    await erase(comment)
    await lift(comment.id, comment.hold)
    expect(await wordsOf(comment)).not.toBeNull()
    await carryOutWishes(house.db)
    expect(await wordsOf(comment)).not.toBeNull()
    await lift(comment.id, second.body.id)
    expect(await wordsOf(comment)).toBeNull()
  })

  test('a wish that came too late for that is carried out by and by', async () => {
    const comment = await aHeldComment()
    await erase(comment)
    await house.owner.query(`update hold set ended_by = $1 where id = $2`, [admin.id, comment.hold])
    expect(await wordsOf(comment)).not.toBeNull()
    expect(await carryOutWishes(house.db)).toBe(1)
    expect(await wordsOf(comment)).toBeNull()
    expect(await carryOutWishes(house.db)).toBe(0)
  })
})

test('of holding and erasing at the same time, one comes first and the other knows', async () => {
  for (let round = 0; round < 20; round += 1) {
    const comment = await aComment(house, site)
    const [held, erased] = await Promise.all([place(comment.id), erase(comment)])
    const isErased = (await wordsOf(comment)) === null
    expect([held.status, erased.status]).toEqual(isErased ? [409, 204] : [201, 409])
  }
})
