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
import { aCommentIn, type State } from '../../support/states.ts'

let house: House
let site: string
let admin: TestPerson
let ada: TestPerson
let eve: TestPerson

beforeAll(async () => {
  house = await openHouse()
  site = await aSite(house, { publishDelay: 0 })
  admin = await aPerson(house, site, 'admin')
  ada = await aPerson(house, site)
  eve = await aPerson(house, site, 'editor')
})
afterAll(() => house.close())

const named = { reason: 'named_person', note: 'By letter; identity seen.' }

async function erase(id: string, body: Record<string, unknown>, { key = admin.key, version = '' } = {}) {
  const { headers } = await ask(house, 'GET', `/v1/moderation/comments/${id}`, { key: admin.key })
  return ask(house, 'POST', `/v1/moderation/comments/${id}/erasure`, {
    key,
    body,
    headers: { 'if-match': version === '' ? String(headers['etag']) : version },
  })
}

async function anOrder(comments: string[], body: Record<string, unknown> = {}): Promise<string> {
  const made = await ask(house, 'POST', '/v1/moderation/orders', {
    key: admin.key,
    body: {
      site,
      kind: 'art9',
      country: 'DE',
      authority: 'A court',
      receivedOn: '2026-11-20',
      comments,
      ...body,
    },
  })
  expect(made.status).toBe(201)
  return made.body.id
}

async function aPublished(): Promise<TestComment> {
  const comment = await aComment(house, site, { text: 'Robin Reyes of Mill Lane did it.', name: 'Wren' })
  expect((await decision(house, ada.key, comment.id, { action: 'approve' })).status).toBe(201)
  return comment
}

/** How many rows hold words of a comment. */
async function wordsLeft(id: string): Promise<number> {
  const tables = ['revision_text', 'move_text', 'screening', 'search_key', 'note']
  const { rows } = await house.owner.query(
    `select (${tables.map((table) => `(select count(*) from ${table} where comment_id = $1)`).join(' + ')})::int as left`,
    [id],
  )
  return rows[0].left
}

describe('what shows', () => {
  test('goes first, under a rule, and every word is gone for good', async () => {
    const { id, receipt } = await aPublished()
    const made = await erase(id, { ...named, rules: ['private_details'] })
    expect(made.status).toBe(201)
    expect(made.body).toEqual({
      erasure: {
        comment: id,
        askedBy: 'person',
        by: admin.pseudonym,
        order: null,
        erasedAt: expect.any(String),
        ...named,
      },
      decision: {
        id: expect.any(String),
        action: 'unpublish',
        from: 'published',
        to: 'unpublished',
        version: 3,
        rules: ['private_details'],
        decidedAt: expect.any(String),
        by: admin.pseudonym,
      },
    })
    expect(await published(house, site)).not.toContainEqual(expect.objectContaining({ id }))
    expect(await wordsLeft(id)).toBe(0)
    expect(await receiptOf(house, receipt)).toMatchObject({
      status: 'unpublished',
      submitted: null,
      erased: 'named_person',
    })
    const { body } = await ask(house, 'GET', `/v1/moderation/comments/${id}/history`, { key: ada.key })
    expect(body.moves.map((move: { action: string }) => move.action)).toEqual([
      'submit',
      'approve',
      'unpublish',
    ])
  })

  test('goes by an order that names it, and the receipt says so, unless that is forbidden', async () => {
    for (const [readerMayBeTold, told] of [
      [true, 'order'],
      [false, 'other'],
    ] as const) {
      const { id, receipt } = await aPublished()
      const order = await anOrder([id], { readerMayBeTold })
      const made = await erase(id, { reason: 'order', order, note: 'As ordered.' })
      expect(made.body).toMatchObject({ erasure: { order, reason: 'order' }, decision: { rules: [] } })
      expect((await receiptOf(house, receipt)).erased).toBe(told)
      const { body } = await ask(house, 'GET', `/v1/moderation/orders/${order}`, { key: admin.key })
      expect(body.effect).toBe('erased')
    }
  })

  test('stays as it is when anything is refused', async () => {
    const { id } = await aPublished()
    const other = await aPublished()
    const foreign = await anOrder([other.id])
    const asks = await anOrder([id], { kind: 'art10' })
    const codes: [Record<string, unknown>, string][] = [
      [named, 'rule_missing'],
      [{ ...named, rules: ['no_such_rule'] }, 'rule_unknown'],
      [{ reason: 'order', order: foreign, note: 'x' }, 'order_unknown'],
      [{ reason: 'order', order: asks, note: 'x' }, 'order_does_not_act'],
      [{ reason: 'order', order: randomUUID(), note: 'x' }, 'order_unknown'],
      [{ reason: 'order', note: 'x' }, 'invalid_request'],
      [{ ...named, order: foreign }, 'invalid_request'],
      [{ reason: 'named_person', rules: ['private_details'] }, 'invalid_request'],
    ]
    for (const [body, code] of codes) expect((await erase(id, body)).body.code).toBe(code)
    const stale = await erase(id, { ...named, rules: ['private_details'] }, { version: '"1"' })
    expect([stale.status, stale.body.code]).toEqual([412, 'stale_version'])
    const blind = await ask(house, 'POST', `/v1/moderation/comments/${id}/erasure`, {
      key: admin.key,
      body: { ...named, rules: ['private_details'] },
    })
    expect(blind.status).toBe(428)
    expect(await published(house, site)).toContainEqual(expect.objectContaining({ id }))
    expect(await wordsLeft(id)).toBeGreaterThan(0)
  })

  test('stays while a hold stands on it: nothing is done by halves', async () => {
    const { id } = await aPublished()
    await ask(house, 'POST', `/v1/moderation/comments/${id}/holds`, {
      key: admin.key,
      body: { reason: 'A court.' },
    })
    const refused = await erase(id, { ...named, rules: ['private_details'] })
    expect([refused.status, refused.body.code]).toEqual([409, 'held'])
    expect(await published(house, site)).toContainEqual(expect.objectContaining({ id }))
  })

  test('leaves its answers, and a place without words', async () => {
    const { id } = await aPublished()
    const reply = await aComment(house, site, { parent: id })
    await decision(house, ada.key, reply.id, { action: 'approve' })
    await erase(id, { ...named, rules: ['private_details'] })
    const shown = await published(house, site)
    expect(shown).toContainEqual(expect.objectContaining({ id, gone: true, text: null, name: null }))
    expect(shown).toContainEqual(expect.objectContaining({ id: reply.id, parent: id }))
  })
})

describe('what does not show', () => {
  test('goes first as well while it waits, by rejecting it', async () => {
    const { id, receipt } = await aComment(house, site)
    const made = await erase(id, { ...named, rules: ['private_details'] })
    expect(made.body.decision).toMatchObject({ action: 'reject', to: 'rejected' })
    expect(await receiptOf(house, receipt)).toMatchObject({ status: 'rejected', erased: 'named_person' })
    const order = await aComment(house, site)
    const asked = { reason: 'order', order: await anOrder([order.id]), note: 'x' }
    expect((await erase(order.id, asked)).body.code).toBe('rule_missing')
    expect((await erase(order.id, { ...asked, rules: ['private_details'] })).status).toBe(201)
  })

  test.each<State>(['rejected', 'unpublished', 'expired', 'withdrawn'])(
    'is erased as it is: %s',
    async (state) => {
      const { id } = await aCommentIn(house, state, site, ada)
      expect((await erase(id, { ...named, rules: ['private_details'] })).body.code).toBe(
        'rule_does_not_permit',
      )
      const made = await erase(id, { ...named, reason: 'other' })
      expect(made.body).toMatchObject({ decision: null, erasure: { reason: 'other' } })
      expect(await wordsLeft(id)).toBe(0)
    },
  )

  test('is left to its reader where it was returned to them', async () => {
    const { id } = await aCommentIn(house, 'returned', site, ada)
    expect((await erase(id, { ...named, rules: ['private_details'] })).body.code).toBe('illegal_move')
    expect(await wordsLeft(id)).toBeGreaterThan(0)
  })
})

describe('erasing for others', () => {
  test('is an admin’s', async () => {
    const { id } = await aPublished()
    for (const { key } of [ada, eve]) {
      const refused = await erase(id, { ...named, rules: ['private_details'] }, { key })
      expect(refused.body.code).toBe('forbidden')
    }
  })

  test('is done once, read by admins, and not taken back', async () => {
    const slow = await aSite(house, { publishDelay: 60 })
    const { id } = await aComment(house, slow)
    const path = `/v1/moderation/comments/${id}/erasure`
    expect((await ask(house, 'GET', path, { key: admin.key })).body.code).toBe('not_erased')
    const made = await erase(id, { ...named, rules: ['private_details'] })
    expect((await ask(house, 'GET', path, { key: admin.key })).body).toEqual(made.body.erasure)
    expect((await ask(house, 'GET', path, { key: eve.key })).status).toBe(403)
    expect((await erase(id, named)).body.code).toBe('illegal_move')
    expect((await decision(house, admin.key, id, { action: 'undo' })).body.code).toBe('illegal_move')
    expect((await decision(house, admin.key, id, { action: 'restore' })).body.code).toBe('illegal_move')
  })

  test('tells readers who erased their own, or how long words are kept, as well', async () => {
    const { receipt } = await aComment(house, site)
    await ask(house, 'POST', '/v1/receipt/erasure', { key: receipt })
    expect((await receiptOf(house, receipt)).erased).toBe('you')
    const old = await aCommentIn(house, 'rejected', site, ada)
    await house.owner.query(`select erase_comment($1, 'system', null)`, [old.id])
    expect((await receiptOf(house, old.receipt)).erased).toBe('time')
  })

  test('while somebody restores it, does one or the other', async () => {
    for (let round = 0; round < 10; round += 1) {
      const { id } = await aCommentIn(house, 'unpublished', site, ada)
      const [erased, restored] = await Promise.all([
        erase(id, named),
        decision(house, eve.key, id, { action: 'restore' }),
      ])
      const isErased = (await wordsLeft(id)) === 0
      // Whoever looks at it after it was restored has to say under which rules it goes: 422.
      expect(isErased ? [201] : [412, 422]).toContain(erased.status)
      expect([201, 409]).toContain(restored.status)
      expect(restored.status === 201).toBe(!isErased)
    }
  })
})
