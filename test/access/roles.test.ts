import { ask, type House, openHouse } from '../support/house.ts'
import { aComment, aPerson, aSite, decision } from '../support/people.ts'

const callers = ['nobody', 'stranger', 'moderator', 'editor', 'admin', 'service'] as const
type Caller = (typeof callers)[number]

interface Ability {
  can: string
  who: Caller[]
  request: () => Promise<{
    method: 'GET' | 'POST' | 'PUT' | 'DELETE'
    url: string
    body?: unknown
    version?: number
  }>
}

describe('who may do what', () => {
  let house: House
  let site: string
  const keys = new Map<Caller, string>()

  beforeAll(async () => {
    house = await openHouse()
    site = await aSite(house)
    const elsewhere = await aSite(house)
    const service = { name: 'CMS', person: null, scopes: ['moderation', 'articles'] }
    keys.set('stranger', (await aPerson(house, elsewhere, 'editor')).key)
    keys.set('moderator', (await aPerson(house, site, 'moderator')).key)
    keys.set('editor', (await aPerson(house, site, 'editor')).key)
    keys.set('admin', (await aPerson(house, site, 'admin')).key)
    keys.set('service', (await ask(house, 'POST', '/v1/keys', { key: house.admin, body: service })).body.key)
  })
  afterAll(() => house.close())

  const terms = { introduction: 'a', rules: [{ code: 'a', title: 'a', text: 'a', permits: ['reject'] }] }
  const decisionOn = async (action: string, done: Record<string, unknown>[] = []) => {
    const { id } = await aComment(house, site)
    for (const one of done) expect((await decision(house, house.admin, id, one)).status).toBe(201)
    const version = done.length + 1
    return {
      method: 'POST' as const,
      url: `/v1/moderation/comments/${id}/decisions`,
      body: { action },
      version,
    }
  }

  const abilities: Ability[] = [
    {
      can: 'read the queue of a site',
      who: ['moderator', 'editor', 'admin', 'service'],
      request: async () => ({ method: 'GET', url: `/v1/moderation/queue?site=${site}` }),
    },
    {
      can: 'read a comment',
      who: ['moderator', 'editor', 'admin', 'service'],
      request: async () => ({
        method: 'GET',
        url: `/v1/moderation/comments/${(await aComment(house, site)).id}`,
      }),
    },
    {
      can: 'read its log',
      who: ['moderator', 'editor', 'admin', 'service'],
      request: async () => ({
        method: 'GET',
        url: `/v1/moderation/comments/${(await aComment(house, site)).id}/history`,
      }),
    },
    { can: 'decide', who: ['moderator', 'editor', 'admin'], request: () => decisionOn('approve') },
    {
      can: 'restore',
      who: ['editor', 'admin'],
      request: () => decisionOn('restore', [{ action: 'reject', rules: ['topic'] }]),
    },
    {
      can: 'read appeals',
      who: ['editor', 'admin'],
      request: async () => ({ method: 'GET', url: `/v1/moderation/appeals?site=${site}` }),
    },
    {
      can: 'read the statements of a site',
      who: ['editor', 'admin'],
      request: async () => ({ method: 'GET', url: `/v1/moderation/statements?site=${site}` }),
    },
    {
      can: 'publish terms',
      who: ['editor', 'admin'],
      request: async () => ({ method: 'POST', url: `/v1/sites/${site}/terms`, body: terms }),
    },
    {
      can: 'register articles',
      who: ['admin', 'service'],
      request: async () => ({ method: 'PUT', url: `/v1/sites/${site}/articles/news`, body: {} }),
    },
    {
      can: 'change sites',
      who: ['admin'],
      request: async () => ({ method: 'PUT', url: `/v1/sites/${site}`, body: { name: 'Changed' } }),
    },
    { can: 'see people', who: ['admin'], request: async () => ({ method: 'GET', url: '/v1/people' }) },
    {
      can: 'invite people',
      who: ['admin'],
      request: async () => ({ method: 'POST', url: '/v1/people', body: { pseudonym: `P ${Math.random()}` } }),
    },
    { can: 'see keys', who: ['admin'], request: async () => ({ method: 'GET', url: '/v1/keys' }) },
    {
      can: 'make keys',
      who: ['admin'],
      request: async () => ({ method: 'POST', url: '/v1/keys', body: { name: 'a', scopes: ['articles'] } }),
    },
  ]

  test.each(abilities.map((ability) => [ability.can, ability] as const))(
    '%s',
    async (_can, { who, request }) => {
      const statuses = new Map<Caller, number>()
      for (const caller of callers) {
        const { method, url, body, version } = await request()
        const headers: Record<string, string> = version === undefined ? {} : { 'if-match': `"${version}"` }
        statuses.set(caller, (await ask(house, method, url, { key: keys.get(caller), body, headers })).status)
      }
      const expected = callers.map((caller) => [
        caller,
        caller === 'nobody' ? 401 : who.includes(caller) ? 'done' : 403,
      ])
      const told = callers.map((caller) => {
        const status = statuses.get(caller) ?? 0
        return [caller, status < 300 ? 'done' : status]
      })
      expect(told).toEqual(expected)
    },
  )

  test('a moderator of some languages sees and decides nothing in others', async () => {
    const { key } = await aPerson(house, site, 'moderator', ['my', 'zh'])
    const burmese = await aSite(house, { language: 'my' })
    await ask(house, 'PUT', `/v1/sites/${site}/articles/chinese`, {
      key: house.admin,
      body: { language: 'zh-Hant' },
    })
    const text = '12345'
    const english = await aComment(house, site, { text })
    const chinese = await aComment(house, site, { text }, 'chinese')
    const foreign = await aComment(house, burmese, { text })
    const queue = await ask(house, 'GET', '/v1/moderation/queue', { key })
    expect(queue.body.comments.map(({ id }: { id: string }) => id)).toEqual([chinese.id])
    const read = await Promise.all(
      [english, chinese, foreign].map(({ id }) =>
        ask(house, 'GET', `/v1/moderation/comments/${id}`, { key }),
      ),
    )
    expect(read.map(({ status }) => status)).toEqual([403, 200, 403])
    expect((await decision(house, key, english.id, { action: 'approve' }, 1)).status).toBe(403)
    expect((await decision(house, key, chinese.id, { action: 'approve' }, 1)).status).toBe(201)
  })

  const sites = async (caller: Caller) =>
    (await ask(house, 'GET', '/v1/sites', { key: keys.get(caller) })).body.sites.map(
      ({ key }: { key: string }) => key,
    )

  test('everybody sees the sites that they work on, and no others', async () => {
    expect(await sites('moderator')).toEqual([site])
    expect(await sites('stranger')).not.toContain(site)
    expect(await sites('admin')).toContain(site)
  })
})
