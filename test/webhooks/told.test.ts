import { randomUUID } from 'node:crypto'
import { expireOverdue } from '../../src/moderation/expiry/expire.ts'
import { messages } from '../../src/webhooks/told.ts'
import { ask, type House, openHouse } from '../support/house.ts'
import { aComment, aPerson, aSite, decision, type TestPerson } from '../support/people.ts'
import { anEndpoint, type Endpoint, tellAll } from '../support/webhooks.ts'

const everything = messages.map(({ type }) => type).filter((type) => type !== 'ping')
const ofComments = everything.filter((type) => /^(comment|report|appeal)\./.test(type))

let house: House
let site: string
let ada: TestPerson
let endpoint: Endpoint

beforeAll(async () => {
  house = await openHouse()
})
afterAll(() => house.close())

/** A site of its own, with somebody who moderates, and an endpoint that is told of it. */
async function aStage(settings: Record<string, unknown> = {}, asked: object = {}): Promise<void> {
  site = await aSite(house, { publishDelay: 30, ...settings })
  ada = await aPerson(house, site, 'editor')
  endpoint = await anEndpoint(house, { site, events: ofComments, ...asked })
}
afterEach(async () => {
  await ask(house, 'DELETE', `/v1/webhooks/${endpoint.id}`, { key: house.admin })
  await endpoint.close()
})

const against = { rules: ['topic'], reason: 'It is about something else.' }

/** Each cause, and what is told of it besides that a comment was submitted. */
const causes: [what: string, told: string[], cause: (id: string, receipt: string) => Promise<unknown>][] = [
  ['approved', ['comment.published'], (id) => decision(house, ada.key, id, { action: 'approve' })],
  [
    'edited',
    ['comment.edited'],
    (id) =>
      decision(house, ada.key, id, {
        action: 'edit',
        text: 'A comment with something.',
        rules: ['private_details'],
      }),
  ],
  ['rejected', ['comment.rejected'], (id) => decision(house, ada.key, id, { action: 'reject', ...against })],
  ['returned', ['comment.returned'], (id) => decision(house, ada.key, id, { action: 'return', ...against })],
  [
    'escalated',
    ['comment.escalated'],
    (id) => decision(house, ada.key, id, { action: 'escalate', proposal: 'approve' }),
  ],
  [
    'withdrawn',
    ['comment.withdrawn'],
    (_id, receipt) => ask(house, 'DELETE', '/v1/receipt', { key: receipt }),
  ],
  [
    'withdrawn and erased',
    ['comment.erased', 'comment.withdrawn'],
    (_id, receipt) => ask(house, 'POST', '/v1/receipt/erasure', { key: receipt }),
  ],
  [
    'sent anew',
    ['comment.resubmitted', 'comment.returned'],
    async (id, receipt) => {
      await decision(house, ada.key, id, { action: 'return', ...against })
      await house.ahead(31)
      return ask(house, 'PUT', '/v1/receipt/text', { key: receipt, body: { text: 'Another text.' } })
    },
  ],
  [
    'published, taken down and restored',
    ['comment.published', 'comment.restored', 'comment.unpublished'],
    async (id) => {
      await decision(house, ada.key, id, { action: 'approve' })
      await house.ahead(31)
      await decision(house, ada.key, id, { action: 'unpublish', ...against })
      return decision(house, ada.key, id, { action: 'restore', revision: 1 })
    },
  ],
  [
    'published, reported and kept',
    ['comment.published', 'report.created', 'report.resolved'],
    async (id) => {
      await decision(house, ada.key, id, { action: 'approve' })
      await house.ahead(31)
      const body = { kind: 'rule', rule: 'respect', explanation: 'It insults somebody.' }
      const report = await ask(house, 'POST', `/v1/sites/${site}/comments/${id}/reports`, { body })
      expect(report.status).toBe(202)
      return ask(house, 'POST', `/v1/moderation/reports/${report.body.id}/resolution`, {
        key: ada.key,
        body: { outcome: 'keep', explanation: 'It does not.' },
      })
    },
  ],
  [
    'rejected and appealed',
    ['appeal.created', 'comment.rejected'],
    async (id, receipt) => {
      await decision(house, ada.key, id, { action: 'reject', ...against })
      await house.ahead(31)
      return ask(house, 'POST', '/v1/receipt/appeal', { key: receipt, body: { text: 'It is not.' } })
    },
  ],
  [
    'left alone for too long',
    ['comment.expired'],
    async () => {
      await house.ahead(31 * 86_400)
      return expireOverdue(house.db).then((count) => ({ status: count > 0 ? 200 : 500 }))
    },
  ],
]

describe('an endpoint is told once of a comment that is', () => {
  test.each(causes)('%s', async (_what, told, cause) => {
    await aStage()
    const { id, receipt } = await aComment(house, site)
    expect(await cause(id, receipt)).toMatchObject({ status: expect.any(Number) })
    await house.ahead(31)
    await tellAll(house)
    await tellAll(house)
    expect(endpoint.types()).toEqual(['comment.submitted', ...told].toSorted())
    const ids = endpoint.told().map((message) => message.id)
    expect(new Set(ids).size).toBe(ids.length)
    for (const message of endpoint.told()) {
      const { id: _id, ...body } = message
      expect(messages.find(({ type }) => type === message.type)?.body.parse(body)).toEqual(body)
      expect(message.data).toMatchObject({ comment: { id, site, article: { key: 'news' } } })
    }
  })
})

describe('what is to be published', () => {
  test('is told when it is due, and not before', async () => {
    await aStage()
    const { id } = await aComment(house, site)
    await decision(house, ada.key, id, { action: 'approve' })
    await house.ahead(28)
    await tellAll(house)
    expect(endpoint.types()).toEqual(['comment.submitted'])
    await house.ahead(3)
    await tellAll(house)
    expect(endpoint.told()[1]).toMatchObject({
      type: 'comment.published',
      data: {
        comment: {
          id,
          version: 2,
          from: 'pending',
          status: 'published',
          text: 'A comment with something to say.',
        },
        decision: { action: 'approve', rules: [] },
      },
    })
  })

  test.each(['approve', 'reject', 'return', 'escalate'])(
    'was never, where it is undone: %s',
    async (action) => {
      await aStage()
      const { id } = await aComment(house, site)
      const asked = action === 'approve' ? {} : action === 'escalate' ? { proposal: 'approve' } : against
      expect(await decision(house, ada.key, id, { action, ...asked })).toMatchObject({ status: 201 })
      await house.ahead(10)
      await tellAll(house)
      expect(await decision(house, ada.key, id, { action: 'undo' })).toMatchObject({ status: 201 })
      await house.ahead(60)
      await tellAll(house)
      expect(endpoint.types()).toEqual(['comment.submitted'])
      expect(await statuses()).toEqual(['delivered'])
    },
  )

  test('was never, where its reader withdraws it before', async () => {
    await aStage()
    const { id, receipt } = await aComment(house, site)
    await decision(house, ada.key, id, { action: 'approve' })
    await ask(house, 'DELETE', '/v1/receipt', { key: receipt })
    await tellAll(house)
    expect(endpoint.types()).toEqual(['comment.submitted', 'comment.withdrawn'])
    await house.ahead(60)
    await tellAll(house)
    expect(endpoint.types()).toEqual(['comment.submitted', 'comment.withdrawn'])
  })
})

describe('words', () => {
  const secret = 'Nobody but moderators reads this.'
  const name = 'Wren of the Harbour'

  /** All that was sent about a comment that nobody saw: submitted, rejected, appealed. */
  async function sentAboutUnpublished(moderation: boolean): Promise<string> {
    await aStage({}, { moderation })
    const { id, receipt } = await aComment(house, site, { text: secret, name })
    await decision(house, ada.key, id, {
      action: 'reject',
      rules: ['topic'],
      reason: 'A reason for its reader.',
    })
    await house.ahead(31)
    await ask(house, 'POST', '/v1/receipt/appeal', { key: receipt, body: { text: 'What I say to this.' } })
    await tellAll(house)
    expect(endpoint.types()).toEqual(['appeal.created', 'comment.rejected', 'comment.submitted'])
    return endpoint.received.map(({ body }) => body).join('\n')
  }

  test('that nobody can see are told to no endpoint but one for moderation', async () => {
    const sent = await sentAboutUnpublished(false)
    for (const words of [secret, name, 'A reason', 'What I say', ada.pseudonym])
      expect(sent).not.toContain(words)
    expect(sent).toContain('"rules":["topic"]')
  })

  test('are all told to one for moderation', async () => {
    const sent = await sentAboutUnpublished(true)
    for (const words of [secret, name, 'A reason', 'What I say', ada.pseudonym]) expect(sent).toContain(words)
  })

  test.each([true, false])(
    'that are erased by then are in no message, for moderation: %s',
    async (moderation) => {
      await aStage({}, { moderation })
      const { id, receipt } = await aComment(house, site, { text: secret, name })
      await decision(house, ada.key, id, { action: 'approve' })
      await house.ahead(31)
      expect(await ask(house, 'POST', '/v1/receipt/erasure', { key: receipt })).toMatchObject({ status: 204 })
      await tellAll(house)
      expect(endpoint.types()).toEqual([
        'comment.erased',
        'comment.published',
        'comment.submitted',
        'comment.withdrawn',
      ])
      expect(endpoint.received.map(({ body }) => body).join()).not.toMatch(/Nobody but|Wren/)
    },
  )

  test('of an earlier version are not told as the newer one', async () => {
    await aStage({ publishDelay: 0 })
    const { id } = await aComment(house, site, { text: 'Call 020 7946 0123 for more.' })
    await decision(house, ada.key, id, { action: 'approve' })
    await decision(house, ada.key, id, { action: 'edit', text: 'Call for more.', rules: ['private_details'] })
    await tellAll(house)
    const byVersion = Object.fromEntries(
      endpoint.told().map(({ data: { comment } }) => [Reflect.get(comment ?? {}, 'version'), comment]),
    )
    expect(byVersion[2]).not.toHaveProperty('text')
    expect(byVersion[3]).toMatchObject({ status: 'published', from: 'published', text: 'Call for more.' })
  })
})

describe('an endpoint', () => {
  test('is told of its own site alone, and of what it asked for; one of all sites, of each', async () => {
    await aStage()
    const wide = await anEndpoint(house, { events: ['comment.submitted'] })
    const other = await aSite(house)
    const { id } = await aComment(house, other)
    const { id: own } = await aComment(house, site)
    await tellAll(house)
    expect(endpoint.told().map(({ data: { comment } }) => comment)).toMatchObject([{ id: own, site }])
    expect(new Set(wide.told().map(({ data: { comment } }) => Reflect.get(comment ?? {}, 'id')))).toEqual(
      new Set([id, own]),
    )
    await ask(house, 'DELETE', `/v1/webhooks/${wide.id}`, { key: house.admin })
    await wide.close()
  })

  test('that is deleted, or not enabled, is told nothing', async () => {
    await aStage()
    const settings = { url: endpoint.url, events: ofComments, enabled: false }
    await ask(house, 'PUT', `/v1/webhooks/${endpoint.id}`, { key: house.admin, body: settings })
    await aComment(house, site)
    await tellAll(house)
    expect(endpoint.received).toEqual([])
    expect(await statuses()).toEqual([])
  })

  test('is told of no event that was rolled back', async () => {
    await aStage()
    const { id } = await aComment(house, site)
    await decision(house, ada.key, id, { action: 'approve' })
    const [one, two] = await Promise.all([
      decision(house, ada.key, id, { action: 'edit', text: 'One.', rules: ['private_details'] }, 2),
      decision(house, ada.key, id, { action: 'unpublish', ...against }, 2),
    ])
    expect([one.status, two.status].toSorted((a, b) => a - b)).toEqual([201, 412])
    await house.ahead(60)
    await tellAll(house)
    expect(endpoint.types()).toEqual(
      ['comment.submitted', one.status === 201 ? 'comment.edited' : 'comment.unpublished'].toSorted(),
    )
  })
})

test('messages have no ids but those of events', async () => {
  await aStage()
  await aComment(house, site)
  await tellAll(house)
  const { rows } = await house.owner.query('select id from event where site = $1', [site])
  expect(endpoint.told().map(({ id }) => ({ id }))).toEqual(rows)
  expect(endpoint.told()[0]?.id).not.toBe(randomUUID())
})

async function statuses(): Promise<string[]> {
  const { rows } = await house.owner.query<{ status: string }>(
    'select status from delivery where webhook_id = $1',
    [endpoint.id],
  )
  return rows.map(({ status }) => status)
}
