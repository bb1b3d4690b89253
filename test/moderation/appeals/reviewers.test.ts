import { aDecided, against, anAppealed, appeal, ownAppeal, resolve } from '../../support/appeals.ts'
import { ask, type House, openHouse } from '../../support/house.ts'
import { aComment, aPerson, aSite, decision, type TestPerson } from '../../support/people.ts'
import { outcomeOf } from '../../support/states.ts'

let house: House
let site: string
let ada: TestPerson
let eve: TestPerson

beforeAll(async () => {
  house = await openHouse()
  site = await aSite(house, { publishDelay: 0 })
  ada = await aPerson(house, site, 'editor')
  eve = await aPerson(house, site, 'editor')
})
afterAll(() => house.close())

const list = (key: string | undefined, query = '') =>
  ask(house, 'GET', `/v1/moderation/appeals?site=${site}${query}`, { key })

async function idsIn(key: string, query = '&limit=100'): Promise<string[]> {
  const { body, status } = await list(key, query)
  expect(status).toBe(200)
  return body.appeals.map(({ id }: { id: string }) => id)
}

describe('who decides about an appeal', () => {
  test('is another editor than the one who decided; the list shows nobody their own', async () => {
    const { appeal: id, receipt } = await anAppealed(house, site, ada)
    expect(await idsIn(ada.key)).not.toContain(id)
    expect(await idsIn(eve.key)).toContain(id)
    expect(outcomeOf(await resolve(house, ada.key, id, { outcome: 'upheld' }))).toBe('403 not_your_appeal')
    expect(await ownAppeal(house, receipt)).toMatchObject({ status: 'open' })
    expect((await resolve(house, eve.key, id, { outcome: 'upheld' })).status).toBe(200)
    expect(await idsIn(eve.key)).not.toContain(id)
    expect(await idsIn(eve.key, '&status=decided&limit=100')).toContain(id)
  })

  test('is neither of the two where a second person decided', async () => {
    const { id, receipt } = await aComment(house, site)
    await decision(house, ada.key, id, { action: 'escalate', proposal: 'reject', rules: ['violence'] })
    expect((await decision(house, eve.key, id, { action: 'reject', rules: ['violence'] })).status).toBe(201)
    expect((await appeal(house, receipt)).status).toBe(202)
    const third = await aPerson(house, site, 'editor')
    const [appealId = ''] = (await idsIn(third.key)).slice(-1)
    for (const { key } of [ada, eve]) {
      expect(await idsIn(key)).not.toContain(appealId)
      expect(outcomeOf(await resolve(house, key, appealId, { outcome: 'upheld' }))).toBe(
        '403 not_your_appeal',
      )
    }
    expect((await resolve(house, third.key, appealId, { outcome: 'reversed' })).status).toBe(200)
  })

  test('is nobody but an editor of the site or an admin, in a language that they read', async () => {
    const { appeal: id } = await anAppealed(house, site, ada)
    const elsewhere = await aSite(house)
    const service = await ask(house, 'POST', '/v1/keys', {
      key: house.admin,
      body: { name: 'CMS', person: null, scopes: ['moderation'] },
    })
    const outsiders: [string, string | undefined, string][] = [
      ['nobody', undefined, '401 unauthenticated'],
      ['a moderator', (await aPerson(house, site)).key, '403 forbidden'],
      ['an editor of another site', (await aPerson(house, elsewhere, 'editor')).key, '403 forbidden'],
      ['an editor of another language', (await aPerson(house, site, 'editor', ['my'])).key, '403 forbidden'],
      ['a service', service.body.key, '403 forbidden'],
    ]
    for (const [who, key, outcome] of outsiders) {
      const read = await ask(house, 'GET', `/v1/moderation/appeals/${id}`, { key })
      const resolved = await resolve(house, key ?? '', id, { outcome: 'upheld' })
      expect([who, outcomeOf(read)]).toEqual([who, outcome])
      expect([who, outcomeOf(resolved)]).toEqual([who, outcome])
      const listing = await list(key)
      const shows = listing.status === 200 ? listing.body.appeals : outcomeOf(listing)
      expect([who, shows]).toEqual([who, who === 'an editor of another language' ? [] : outcome])
    }
    expect((await ask(house, 'GET', `/v1/moderation/appeals/${id}`, { key: eve.key })).body).toMatchObject({
      id,
    })
    expect((await resolve(house, house.admin, id, { outcome: 'upheld' })).status).toBe(200)
  })

  test('finds no appeal that is not there', async () => {
    const id = '6f9619ff-8b86-4011-b42d-00c04fc964ff'
    const read = await ask(house, 'GET', `/v1/moderation/appeals/${id}`, { key: eve.key })
    expect(outcomeOf(read)).toBe('404 appeal_not_found')
    expect(outcomeOf(await resolve(house, eve.key, id, { outcome: 'upheld' }))).toBe('404 appeal_not_found')
  })
})

describe('the list of appeals', () => {
  test('comes page by page, oldest first, of all sites or of one', async () => {
    const [one, other] = [await aSite(house), await aSite(house)]
    const decider = await aPerson(house, one)
    const filed: string[] = []
    for (let count = 0; count < 5; count += 1) filed.push((await anAppealed(house, one, decider)).appeal)
    const editor = await aPerson(house, one, 'editor')
    await anAppealed(house, other, await aPerson(house, other))

    const seen: string[] = []
    let cursor = ''
    do {
      const { body, status } = await ask(
        house,
        'GET',
        `/v1/moderation/appeals?limit=2${cursor && `&cursor=${cursor}`}`,
        { key: editor.key },
      )
      expect(status).toBe(200)
      expect(body.appeals.length).toBeLessThanOrEqual(2)
      seen.push(...body.appeals.map(({ id }: { id: string }) => id))
      cursor = body.next ?? ''
    } while (cursor)
    expect(seen).toEqual(filed)

    const first = await ask(house, 'GET', `/v1/moderation/appeals?limit=2&site=${one}`, { key: editor.key })
    const moved = await ask(
      house,
      'GET',
      `/v1/moderation/appeals?limit=2&site=${one}&status=decided&cursor=${first.body.next}`,
      { key: editor.key },
    )
    expect(outcomeOf(moved)).toBe('400 invalid_cursor')
    const elsewhere = await ask(house, 'GET', `/v1/moderation/appeals?site=${other}`, { key: editor.key })
    expect(outcomeOf(elsewhere)).toBe('403 forbidden')
  })

  test('tells when the reader acted as coarsely as the site says', async () => {
    const daily = await aSite(house, { times: 'day' })
    const { appeal: id } = await anAppealed(house, daily, await aPerson(house, daily), 'reject')
    const editor = await aPerson(house, daily, 'editor')
    const { body } = await ask(house, 'GET', `/v1/moderation/appeals/${id}`, { key: editor.key })
    expect(body).toMatchObject({
      status: 'open',
      filedAt: expect.stringMatching(/T00:00:00\.000Z$/),
      against: { action: 'reject', rules: [{ code: 'topic' }], reason: against.reject.reason },
    })
    expect(body).not.toHaveProperty('outcome')
  })
})

test('a decision that nobody appealed has no appeal', async () => {
  const { id } = await aDecided(house, site, ada)
  const { body } = await ask(house, 'GET', `/v1/moderation/comments/${id}`, { key: ada.key })
  expect(body.appeals).toEqual([])
})
