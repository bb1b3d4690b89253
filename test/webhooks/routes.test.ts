import { ask, type House, openHouse } from '../support/house.ts'
import { aComment, aPerson, aSite, decision } from '../support/people.ts'
import { anEndpoint, answering, arrived, type Endpoint, tellAll } from '../support/webhooks.ts'

let house: House
let site: string
const open: Endpoint[] = []
beforeAll(async () => {
  house = await openHouse()
  site = await aSite(house)
})
afterEach(async () => {
  for (const one of open.splice(0)) {
    await ask(house, 'DELETE', `/v1/webhooks/${one.id}`, { key: house.admin })
    await one.close()
  }
})
afterAll(() => house.close())

const asAdmin = (body?: unknown) => ({ key: house.admin, ...(body !== undefined && { body }) })

async function opened(settings: Parameters<typeof anEndpoint>[1], answers = arrived): Promise<Endpoint> {
  const endpoint = await anEndpoint(house, settings, answers)
  open.push(endpoint)
  return endpoint
}

describe('an endpoint', () => {
  test('is made with a secret that is shown once, read, changed and deleted', async () => {
    const settings = { url: 'https://cms.example.org/hook', events: ['comment.published'], moderation: true }
    const made = await ask(
      house,
      'POST',
      '/v1/webhooks',
      asAdmin({ ...settings, site, description: 'The CMS' }),
    )
    expect(made).toMatchObject({
      status: 201,
      headers: { 'cache-control': 'no-store' },
      body: { ...settings, site, description: 'The CMS', enabled: true, disabled: null, failingSince: null },
    })
    const { secret, ...shown } = made.body
    expect(secret).toMatch(/^whsec_[A-Za-z0-9+/]{43}=$/)
    const path = `/v1/webhooks/${shown.id}`
    expect((await ask(house, 'GET', path, asAdmin())).body).toEqual(shown)

    const changed = await ask(
      house,
      'PUT',
      path,
      asAdmin({ url: settings.url, events: ['report.created', 'report.created'] }),
    )
    expect(changed.body).toEqual({
      ...shown,
      events: ['report.created'],
      moderation: false,
      description: null,
    })
    const { rows } = await house.owner.query('select secret from webhook_secret')
    const kept = rows.map((row) => Buffer.from(row.secret).toString('latin1'))
    expect(kept.join()).not.toContain(secret.slice(6))
    expect(kept.join()).not.toContain(Buffer.from(secret.slice(6), 'base64').toString('latin1'))

    expect((await ask(house, 'DELETE', path, asAdmin())).status).toBe(204)
    for (const method of ['GET', 'DELETE'] as const) {
      expect(await ask(house, method, path, asAdmin())).toMatchObject({
        status: 404,
        body: { code: 'webhook_not_found' },
      })
    }
    for (const rest of ['secret', 'ping', 'replay']) {
      const body = rest === 'replay' ? { since: '2026-01-01T00:00:00Z' } : rest === 'secret' ? {} : undefined
      expect((await ask(house, 'POST', `${path}/${rest}`, asAdmin(body))).status).toBe(404)
    }
  })

  test.each([
    { url: 'https://cms.example.org/', events: [] },
    { url: 'https://cms.example.org/', events: ['comment.undone'] },
    { url: 'https://cms.example.org/', events: ['ping'] },
    { url: 'ftp://cms.example.org/', events: ['comment.published'] },
    { url: 'https://cms.example.org/#here', events: ['comment.published'] },
    { url: 'cms.example.org', events: ['comment.published'] },
    { url: 'https://cms.example.org/', events: ['comment.published'], secret: 'whsec_mine' },
  ])('is not made as %j', async (body) => {
    expect((await ask(house, 'POST', '/v1/webhooks', asAdmin(body))).status).toBe(400)
  })

  test('is made for sites that there are', async () => {
    const body = { url: 'https://cms.example.org/', events: ['comment.published'], site: 'nowhere' }
    expect(await ask(house, 'POST', '/v1/webhooks', asAdmin(body))).toMatchObject({
      status: 404,
      body: { code: 'site_not_found' },
    })
  })

  test('is one of a hundred at most, listed in pages, newest first', async () => {
    const body = { url: 'https://cms.example.org/', events: ['comment.published'], enabled: false }
    const made: string[] = []
    let last = await ask(house, 'POST', '/v1/webhooks', asAdmin(body))
    while (last.status === 201 && made.length < 101) {
      made.push(last.body.id)
      last = await ask(house, 'POST', '/v1/webhooks', asAdmin(body))
    }
    expect(last.body).toMatchObject({ code: 'too_many_webhooks' })
    expect(made).toHaveLength(100)
    const listed: string[] = []
    let cursor: string | null = ''
    while (cursor !== null) {
      const query: string = cursor === '' ? '?limit=40' : `?limit=40&cursor=${cursor}`
      const page = await ask(house, 'GET', `/v1/webhooks${query}`, asAdmin())
      expect(page.status).toBe(200)
      listed.push(...page.body.webhooks.map(({ id }: { id: string }) => id))
      cursor = page.body.next
    }
    expect(listed).toEqual(made.toReversed())
    expect((await ask(house, 'GET', '/v1/webhooks?cursor=nonsense', asAdmin())).body.code).toBe(
      'invalid_cursor',
    )
    for (const id of made) await ask(house, 'DELETE', `/v1/webhooks/${id}`, asAdmin())
  })

  test('is nothing for anybody but admins', async () => {
    const endpoint = await opened({ site, events: ['comment.submitted'] })
    const editor = await aPerson(house, site, 'editor')
    const path = `/v1/webhooks/${endpoint.id}`
    const id = '6f9619ff-8b86-4011-b42d-00c04fc964ff'
    const body = { url: 'https://cms.example.org/', events: ['comment.published'] }
    const asked: [Parameters<typeof ask>[1], string, unknown?][] = [
      ['GET', '/v1/webhooks'],
      ['POST', '/v1/webhooks', body],
      ['GET', path],
      ['PUT', path, body],
      ['DELETE', path],
      ['POST', `${path}/secret`, {}],
      ['GET', `${path}/deliveries`],
      ['POST', `${path}/deliveries/${id}/replay`],
      ['POST', `${path}/replay`, { since: '2026-01-01T00:00:00Z' }],
      ['POST', `${path}/ping`],
    ]
    for (const [method, url, sent] of asked) {
      const request = sent === undefined ? {} : { body: sent }
      expect({
        url,
        status: (await ask(house, method, url, { key: editor.key, ...request })).status,
      }).toEqual({
        url,
        status: 403,
      })
      expect({ url, status: (await ask(house, method, url, request)).status }).toEqual({ url, status: 401 })
    }
    expect((await ask(house, 'GET', path, asAdmin())).status).toBe(200)
  })
})

describe('a ping', () => {
  test('arrives, whatever else the endpoint is told', async () => {
    const endpoint = await opened({ events: ['appeal.decided'] })
    const pinged = await ask(house, 'POST', `/v1/webhooks/${endpoint.id}/ping`, asAdmin())
    expect(pinged).toMatchObject({ status: 202, body: { type: 'ping', status: 'waiting', attempts: [] } })
    await tellAll(house)
    expect(endpoint.told()).toMatchObject([
      { id: pinged.body.messageId, type: 'ping', data: { webhook: endpoint.id } },
    ])
    expect(endpoint.received[0]?.headers).toMatchObject({
      'content-type': 'application/json',
      'user-agent': 'Postbag',
    })
  })
})

describe('deliveries', () => {
  test('are listed with their attempts, newest first, in pages, and by how they went', async () => {
    const endpoint = await opened({ site, events: ['comment.submitted'] })
    const ids = []
    for (let i = 0; i < 3; i += 1) ids.push((await aComment(house, site, { text: `The ${i}th.` })).id)
    await tellAll(house)
    endpoint.answers(answering(500))
    ids.push((await aComment(house, site, { text: 'The last one.' })).id)
    await tellAll(house)
    const path = `/v1/webhooks/${endpoint.id}/deliveries`
    const first = await ask(house, 'GET', `${path}?limit=3`, asAdmin())
    expect(first.body.deliveries).toMatchObject([
      {
        status: 'waiting',
        dueAt: expect.stringMatching(/Z$/),
        type: 'comment.submitted',
        site,
        comment: ids[3],
        article: null,
        attempts: [{ at: expect.stringMatching(/Z$/), status: 500, fault: null, ms: expect.any(Number) }],
      },
      { status: 'delivered', dueAt: null, comment: ids[2] },
      { status: 'delivered', comment: ids[1] },
    ])
    expect(JSON.stringify(first.body)).not.toMatch(/The \dth|something that nobody reads/)
    const second = await ask(house, 'GET', `${path}?limit=3&cursor=${first.body.next}`, asAdmin())
    expect(second.body).toMatchObject({ deliveries: [{ comment: ids[0] }], next: null })
    const waiting = await ask(house, 'GET', `${path}?status=waiting`, asAdmin())
    expect(waiting.body.deliveries).toHaveLength(1)
    const wrong = await ask(house, 'GET', `${path}?status=waiting&cursor=${first.body.next}`, asAdmin())
    expect(wrong.body.code).toBe('invalid_cursor')
  })
})

describe('telling again', () => {
  test('of one delivery sends it at once, with the same id', async () => {
    const endpoint = await opened({ site, events: ['comment.submitted'] })
    await aComment(house, site)
    await tellAll(house)
    const path = `/v1/webhooks/${endpoint.id}/deliveries`
    const [{ id }] = (await ask(house, 'GET', path, asAdmin())).body.deliveries
    expect(await ask(house, 'POST', `${path}/${id}/replay`, asAdmin())).toMatchObject({
      status: 202,
      body: { id, status: 'waiting' },
    })
    await tellAll(house)
    const [one, two] = endpoint.told()
    expect(endpoint.told()).toHaveLength(2)
    expect(two).toEqual(one)
    const other = await opened({ site, events: ['comment.submitted'] })
    expect(
      await ask(house, 'POST', `/v1/webhooks/${other.id}/deliveries/${id}/replay`, asAdmin()),
    ).toMatchObject({
      status: 404,
      body: { code: 'delivery_not_found' },
    })
  })

  test('does not tell what is not due', async () => {
    const later = await aSite(house, { publishDelay: 30 })
    const endpoint = await opened({ site: later, events: ['comment.published'] })
    const { id } = await aComment(house, later)
    await decision(house, house.admin, id, { action: 'approve' })
    const path = `/v1/webhooks/${endpoint.id}`
    const [waiting] = (await ask(house, 'GET', `${path}/deliveries`, asAdmin())).body.deliveries
    await ask(house, 'POST', `${path}/deliveries/${waiting.id}/replay`, asAdmin())
    await ask(house, 'POST', `${path}/replay`, asAdmin({ since: '2020-01-01T00:00:00Z' }))
    await tellAll(house)
    expect(endpoint.received).toEqual([])
    await house.ahead(31)
    await tellAll(house)
    expect(endpoint.types()).toEqual(['comment.published'])
  })

  test('of all since a time tells what the endpoint asks for now, though it was made later, and nothing that was undone', async () => {
    const past = await aSite(house, { publishDelay: 30 })
    const { id: early } = await aComment(house, past, { text: 'Too early.' })
    await house.ahead(3_600)
    const { rows } = await house.owner.query<{ at: Date }>('select moment() as at')
    const since = rows[0]?.at.toISOString()
    const ids = []
    for (let i = 0; i < 5; i += 1) ids.push((await aComment(house, past, { text: `The ${i}th.` })).id)
    await decision(house, house.admin, ids[0] ?? '', { action: 'approve' })
    await decision(house, house.admin, ids[1] ?? '', { action: 'approve' })
    await decision(house, house.admin, ids[1] ?? '', { action: 'undo' })
    await decision(house, house.admin, early, { action: 'approve' })
    await house.ahead(31)
    const endpoint = await opened({ site: past, events: ['comment.submitted', 'comment.published'] })
    const asked = await ask(house, 'POST', `/v1/webhooks/${endpoint.id}/replay`, asAdmin({ since }))
    expect(asked).toMatchObject({ status: 202, body: { replaying: true } })
    await tellAll(house)
    expect((await ask(house, 'GET', `/v1/webhooks/${endpoint.id}`, asAdmin())).body.replaying).toBe(false)
    expect(endpoint.types()).toEqual([
      'comment.published',
      'comment.published',
      ...ids.map(() => 'comment.submitted'),
    ])
    // Once more: the same ids.
    const before = new Set(endpoint.told().map(({ id }) => id))
    await ask(house, 'POST', `/v1/webhooks/${endpoint.id}/replay`, asAdmin({ since }))
    await tellAll(house)
    expect(endpoint.told()).toHaveLength(14)
    expect(new Set(endpoint.told().map(({ id }) => id))).toEqual(before)
  })
})
