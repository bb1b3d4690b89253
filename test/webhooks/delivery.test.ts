import { mock } from 'node:test'
import { Webhook } from 'standardwebhooks'
import { forgetDeliveries, settleDelivery, takeDelivery } from '../../src/webhooks/queue-store.ts'
import { keptDays } from '../../src/webhooks/schedule.ts'
import { ask, type House, openHouse } from '../support/house.ts'
import { aComment, aSite } from '../support/people.ts'
import type { Received } from '../support/receiver.ts'
import { aNode, anEndpoint, answering, arrived, type Endpoint, tellAll, until } from '../support/webhooks.ts'

const day = 86_400

let house: House
let site: string
let endpoint: Endpoint
beforeAll(async () => {
  house = await openHouse()
})
beforeEach(async () => {
  site = await aSite(house)
  endpoint = await anEndpoint(house, { site, events: ['comment.submitted'] })
})
afterEach(async () => {
  await ask(house, 'DELETE', `/v1/webhooks/${endpoint.id}`, { key: house.admin })
  await endpoint.close()
})
afterAll(() => house.close())

async function deliveries(id = endpoint.id) {
  const { body } = await ask(house, 'GET', `/v1/webhooks/${id}/deliveries`, { key: house.admin })
  return body.deliveries
}

async function webhook(id = endpoint.id) {
  return (await ask(house, 'GET', `/v1/webhooks/${id}`, { key: house.admin })).body
}

/** Whether Standard Webhooks' own library takes it for what somebody with the secret sent, at the time that it says. */
function isSigned({ headers, body }: Received, secret: string): boolean {
  const at = Number(headers['webhook-timestamp']) * 1_000
  const clock = mock.method(Date, 'now', () => at + 1_000)
  try {
    new Webhook(secret).verify(body, {
      'webhook-id': String(headers['webhook-id']),
      'webhook-timestamp': String(headers['webhook-timestamp']),
      'webhook-signature': String(headers['webhook-signature']),
    })
    return true
  } catch {
    return false
  } finally {
    clock.mock.restore()
  }
}

describe('a delivery that does not arrive', () => {
  test('is tried again for days, ever more seldom, always with the same id, and then given up', async () => {
    endpoint.answers(answering(500))
    await aComment(house, site)
    const began = performance.now()
    const triedAfter: number[] = []
    for (let hours = 0; hours < 24 * 6; hours += 1) {
      await tellAll(house)
      if (endpoint.received.length > triedAfter.length) triedAfter.push(hours)
      await house.ahead(3_600)
      if (triedAfter.length === 10) break
    }
    // Five seconds, five minutes and half an hour are less than the hour that passes here each time.
    expect(triedAfter.length).toBe(10)
    const gaps = triedAfter.slice(1).map((hours, at) => hours - (triedAfter[at] ?? 0))
    expect(gaps).toEqual([...gaps].toSorted((one, other) => one - other))
    expect(Math.max(...gaps)).toBeGreaterThanOrEqual(24)
    expect(new Set(endpoint.told().map(({ id }) => id)).size).toBe(1)
    expect(await deliveries()).toMatchObject([
      { status: 'failed', dueAt: null, attempts: { length: 10, 0: { status: 500, fault: null } } },
    ])
    expect(performance.now() - began).toBeGreaterThan(0)
    for (const one of endpoint.received) expect(isSigned(one, endpoint.secret)).toBe(true)
  })

  test('is tried again after a few seconds, and no more once it has arrived', async () => {
    endpoint.answers(answering(503))
    await aComment(house, site)
    await tellAll(house)
    endpoint.answers(arrived)
    await house.ahead(4)
    await tellAll(house)
    expect(endpoint.received).toHaveLength(1)
    await house.ahead(3)
    await tellAll(house)
    await house.ahead(5 * day)
    await tellAll(house)
    expect(endpoint.received).toHaveLength(2)
    expect(await deliveries()).toMatchObject([
      { status: 'delivered', attempts: [{ status: 204 }, { status: 503 }] },
    ])
    expect(await webhook()).toMatchObject({ failingSince: null, enabled: true })
  })

  test('waits as long as the receiver asks', async () => {
    endpoint.answers(answering(429, { 'retry-after': '7200' }))
    await aComment(house, site)
    await tellAll(house)
    await house.ahead(7_100)
    await tellAll(house)
    expect(endpoint.received).toHaveLength(1)
    await house.ahead(101)
    await tellAll(house)
    expect(endpoint.received).toHaveLength(2)
  })

  test.each([301, 302, 307, 308])('is not sent where a redirection leads: %i', async (status) => {
    const elsewhere = await anEndpoint(house, { site, events: ['webhook.disabled'] })
    endpoint.answers(answering(status, { location: elsewhere.url }))
    await aComment(house, site)
    await tellAll(house)
    expect(elsewhere.received).toEqual([])
    expect(await deliveries()).toMatchObject([{ status: 'waiting', attempts: [{ status }] }])
    await elsewhere.close()
  })

  test('is tried again where the receiver says nothing in time, hangs up, or is not there', async () => {
    const faults = []
    endpoint.answers(() => undefined)
    await aComment(house, site)
    await tellAll(house, { patience: 100 })
    endpoint.answers((_received, answer) => void answer.destroy())
    await house.ahead(6)
    await tellAll(house)
    await endpoint.close()
    await house.ahead(400)
    await tellAll(house)
    for (const { fault } of (await deliveries())[0].attempts) faults.push(fault)
    expect(faults).toEqual(['ECONNREFUSED', 'ECONNRESET', 'timed_out'])
    endpoint = await anEndpoint(house, { site, events: ['comment.submitted'] })
  })

  test('counts as arrived by its status, however much is answered, and however slowly', async () => {
    endpoint.answers((_received, answer) => {
      answer.writeHead(200)
      for (let i = 0; i < 100; i += 1) answer.write('x'.repeat(65_536))
    })
    await aComment(house, site)
    await tellAll(house)
    endpoint.answers((_received, answer) => void answer.writeHead(200).write('x'))
    await aComment(house, site)
    await tellAll(house, { patience: 300 })
    expect(await deliveries()).toMatchObject([{ status: 'delivered' }, { status: 'delivered' }])
  })
})

describe('an endpoint', () => {
  test('that says that it is gone is told nothing more, and others hear of that', async () => {
    const watcher = await anEndpoint(house, { events: ['webhook.disabled'] })
    endpoint.answers(answering(410))
    await aComment(house, site)
    await aComment(house, site)
    await tellAll(house)
    await tellAll(house)
    expect(await webhook()).toMatchObject({
      enabled: false,
      disabled: { because: 'gone', at: expect.stringMatching(/Z$/) },
    })
    expect(watcher.told()).toMatchObject([
      { type: 'webhook.disabled', data: { webhook: { id: endpoint.id, url: endpoint.url, reason: 'gone' } } },
    ])
    const told = endpoint.received.length
    await house.ahead(day)
    await aComment(house, site)
    await tellAll(house)
    expect(endpoint.received).toHaveLength(told)
    await ask(house, 'DELETE', `/v1/webhooks/${watcher.id}`, { key: house.admin })
    await watcher.close()
  })

  test('that nothing has reached for five days is told nothing more, until somebody enables it', async () => {
    endpoint.answers(answering(500))
    for (let days = 0; days <= 5; days += 1) {
      expect(await webhook()).toMatchObject({ enabled: true })
      await aComment(house, site)
      await tellAll(house)
      await house.ahead(day + 60)
    }
    await tellAll(house)
    expect(await webhook()).toMatchObject({ enabled: false, disabled: { because: 'failing' } })

    endpoint.answers(arrived)
    const settings = { url: endpoint.url, events: ['comment.submitted'] }
    await ask(house, 'PUT', `/v1/webhooks/${endpoint.id}`, { key: house.admin, body: settings })
    await house.ahead(2 * day)
    await tellAll(house)
    expect(await webhook()).toMatchObject({ enabled: true, disabled: null, failingSince: null })
    expect(endpoint.received.length).toBeGreaterThan(6)
  })

  test('is signed for with each secret while one takes the place of another', async () => {
    await aComment(house, site)
    const { status, body } = await ask(house, 'POST', `/v1/webhooks/${endpoint.id}/secret`, {
      key: house.admin,
      body: { keepOldHours: 2 },
    })
    expect(status).toBe(201)
    expect(body.secret).toMatch(/^whsec_[A-Za-z0-9+/]{43}=$/)
    expect(body.webhook.secrets).toMatchObject([{ endsAt: null }, { endsAt: expect.any(String) }])
    await tellAll(house)
    await house.ahead(7_300)
    await aComment(house, site)
    await tellAll(house)
    const [both, newOne] = endpoint.received
    expect([both, newOne].map((one) => one && isSigned(one, endpoint.secret))).toEqual([true, false])
    expect([both, newOne].map((one) => one && isSigned(one, body.secret))).toEqual([true, true])
    expect(
      both && isSigned({ ...both, body: both.body.replace('submitted', 'published') }, body.secret),
    ).toBe(false)
    expect(both?.headers['webhook-signature']).toMatch(/^v1,\S{44} v1,\S{44}$/)
  })

  test('that is slow holds up no other', async () => {
    const slow = await anEndpoint(house, { site, events: ['comment.submitted'] }, () => undefined)
    const count = 20
    for (let i = 0; i < count; i += 1) await aComment(house, site, { text: `The ${i}th.` })
    const node = aNode(house, { patience: 60_000 })
    node.wake()
    await until(() => endpoint.received.length === count)
    expect(slow.received.length).toBeLessThanOrEqual(4)
    await ask(house, 'DELETE', `/v1/webhooks/${slow.id}`, { key: house.admin })
    await slow.close()
    await node.stop()
  })
})

describe('several processes', () => {
  test('share the work: what one has taken, no other sends', async () => {
    const count = 40
    for (let i = 0; i < count; i += 1) await aComment(house, site, { text: `The ${i}th.` })
    const nodes = [aNode(house), aNode(house), aNode(house)]
    for (const node of nodes) node.wake()
    await Promise.all(nodes.map((node) => node.done()))
    expect(new Set(endpoint.told().map(({ id }) => id)).size).toBe(count)
    expect(endpoint.received).toHaveLength(count)
  })

  test('send what one has taken and never sent, a minute later; what that one comes to say counts no more', async () => {
    await aComment(house, site)
    const taken = await takeDelivery(house.db.desk, 60, [])
    await tellAll(house)
    expect(endpoint.received).toEqual([])
    await house.ahead(61)
    await tellAll(house)
    expect(endpoint.received).toHaveLength(1)
    expect(taken).toBeDefined()
    if (!taken) return
    const late = { status: 500, fault: null, ms: 1, isDelivered: false, pause: 5 }
    await settleDelivery(house.db.desk, taken, late, 5)
    expect(await deliveries()).toMatchObject([{ status: 'delivered', attempts: { length: 1 } }])
  })

  test('stop soon, and what has no answer by then is sent again', async () => {
    endpoint.answers(() => undefined)
    await aComment(house, site)
    const node = aNode(house)
    node.wake()
    await until(() => endpoint.received.length === 1)
    await node.stop()
    endpoint.answers(arrived)
    await tellAll(house)
    expect(endpoint.received).toHaveLength(2)
    expect(await deliveries()).toMatchObject([{ status: 'delivered', attempts: { length: 1 } }])
  })
})

describe('what was delivered', () => {
  test('is forgotten after a month, and an endpoint that was deleted with all of its deliveries', async () => {
    await aComment(house, site)
    await tellAll(house)
    await house.ahead((keptDays - 1) * day)
    await forgetDeliveries(house.db.desk, keptDays, 100)
    expect(await deliveries()).toHaveLength(1)
    await house.ahead(2 * day)
    await forgetDeliveries(house.db.desk, keptDays, 100)
    expect(await deliveries()).toEqual([])

    await aComment(house, site)
    await ask(house, 'DELETE', `/v1/webhooks/${endpoint.id}`, { key: house.admin })
    await forgetDeliveries(house.db.desk, keptDays, 100)
    const { rows } = await house.owner.query('select from webhook where id = $1', [endpoint.id])
    expect(rows).toEqual([])
  })
})
