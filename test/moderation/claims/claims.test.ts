import { ask, type House, openHouse } from '../../support/house.ts'
import { aComment, anArticle, aPerson, aSite, decision, type TestPerson } from '../../support/people.ts'

let house: House
beforeAll(async () => {
  house = await openHouse()
})
afterAll(() => house.close())

const claim = (person: TestPerson, body: Record<string, unknown> = {}) =>
  ask(house, 'POST', '/v1/moderation/claims', { key: person.key, body })
const claims = (person: TestPerson) => ask(house, 'GET', '/v1/moderation/claims', { key: person.key })

async function claimed(person: TestPerson, body: Record<string, unknown> = {}): Promise<string[]> {
  const answer = await claim(person, body)
  expect(answer.status).toBe(200)
  return idsOf(answer.body)
}

function idsOf(body: { comments: { id: string }[] }): string[] {
  return body.comments.map(({ id }) => id)
}

/** A site with two moderators, an editor, and comments that wait, oldest first. */
async function aDesk(comments: number, settings: Record<string, unknown> = {}) {
  const site = await aSite(house, settings)
  const [ada, ben, eve] = [
    await aPerson(house, site),
    await aPerson(house, site),
    await aPerson(house, site, 'editor'),
  ]
  const ids: string[] = []
  for (let at = 0; at < comments; at += 1) ids.push((await aComment(house, site)).id)
  return { site, ada, ben, eve, ids }
}

describe('claiming', () => {
  test('leases the oldest, for five minutes, to one person only', async () => {
    const { ada, ben, ids } = await aDesk(5)
    const first = await claim(ada, { limit: 2 })
    expect(idsOf(first.body)).toEqual(ids.slice(0, 2))
    const wait = Date.parse(first.body.until) - Date.now()
    expect(wait).toBeGreaterThan(240_000)
    expect(wait).toBeLessThanOrEqual(300_000)
    expect(first.body.comments[0].claim).toEqual({ by: ada.pseudonym, until: first.body.until })
    expect(await claimed(ben, { limit: 10 })).toEqual(ids.slice(2))
    expect(await claimed(ben)).toEqual([])
    expect((await claim(ben)).body.until).toBeNull()
  })

  test('shows in the queue and on the comment who holds it', async () => {
    const { site, ada, ben, ids } = await aDesk(2)
    await claim(ada, { limit: 1 })
    const queue = await ask(house, 'GET', `/v1/moderation/queue?site=${site}`, { key: ben.key })
    expect(queue.body.comments[0].claim).toMatchObject({ by: ada.pseudonym })
    expect(queue.body.comments[1]).not.toHaveProperty('claim')
    const one = await ask(house, 'GET', `/v1/moderation/comments/${ids[0]}`, { key: ben.key })
    expect(one.body.claim).toMatchObject({ by: ada.pseudonym })
  })

  test('gives a lapsed one to the next who asks', async () => {
    const { ada, ben, ids } = await aDesk(1)
    expect(await claimed(ada)).toEqual(ids)
    await house.ahead(301)
    expect(await claimed(ben)).toEqual(ids)
    expect(idsOf((await claims(ada)).body)).toEqual([])
    expect(idsOf((await claims(ben)).body)).toEqual(ids)
  })

  test('can be renewed, but not once it has lapsed', async () => {
    const { ada, ben, ids } = await aDesk(1)
    await claim(ada)
    await house.ahead(200)
    const renewed = await ask(house, 'POST', '/v1/moderation/claims/renewal', { key: ada.key })
    expect(idsOf(renewed.body)).toEqual(ids)
    await house.ahead(200)
    expect(await claimed(ben)).toEqual([])
    await house.ahead(101)
    expect(idsOf((await ask(house, 'POST', '/v1/moderation/claims/renewal', { key: ada.key })).body)).toEqual(
      [],
    )
    expect(await claimed(ben)).toEqual(ids)
  })

  test('is given back by hand, one or all', async () => {
    const { ada, ben, ids } = await aDesk(3)
    await claim(ada, { limit: 3 })
    const one = await ask(house, 'DELETE', `/v1/moderation/claims/${ids[1]}`, { key: ada.key })
    expect(one.status).toBe(204)
    expect(await claimed(ben)).toEqual([ids[1]])
    expect((await ask(house, 'DELETE', `/v1/moderation/claims/${ids[1]}`, { key: ada.key })).status).toBe(204)
    expect(idsOf((await claims(ben)).body)).toEqual([ids[1]])
    expect((await ask(house, 'DELETE', '/v1/moderation/claims', { key: ada.key })).status).toBe(204)
    expect(await claimed(ben)).toEqual([ids[0], ids[2]])
  })

  test('ends with the decision, and an undo puts it back without one', async () => {
    const { ada, ben, ids } = await aDesk(1, { publishDelay: 60 })
    await claim(ada)
    await decision(house, ada.key, String(ids[0]), { action: 'approve' })
    expect((await claims(ada)).body.comments).toEqual([])
    await decision(house, ada.key, String(ids[0]), { action: 'undo' })
    expect(await claimed(ben)).toEqual(ids)
  })

  test('comes by site, language and signal', async () => {
    const { site, ada } = await aDesk(0)
    await anArticle(house, site, 'lao', { language: 'lo' })
    const plain = await aComment(house, site)
    const linked = await aComment(house, site, { text: 'Look here: https://news.example/a' })
    const lao = await aComment(house, site, { text: 'ເຮືອຕອນແລງອອກຈັກໂມງ' }, 'lao')
    expect(await claimed(ada, { signal: 'links' })).toEqual([linked.id])
    expect(await claimed(ada, { languages: ['lo'] })).toEqual([lao.id])
    expect(await claimed(ada, { languages: ['ko'] })).toEqual([])
    expect(await claimed(ada, { site })).toEqual([plain.id])
    expect((await claim(ada, { site: 'elsewhere' })).status).toBe(403)
  })

  test('never gives a language that the person does not read', async () => {
    const { site } = await aDesk(1)
    await anArticle(house, site, 'hong-kong', { language: 'zh-Hant' })
    const chinese = await aComment(house, site, { text: '今晚還有船嗎?我們等了很久。' }, 'hong-kong')
    const reader = await aPerson(house, site, 'moderator', ['zh'])
    expect(await claimed(reader)).toEqual([chinese.id])
    expect(await claimed(reader, { languages: ['en'] })).toEqual([])
  })

  test("puts first what holds a phrase that the site's list marks as a warning", async () => {
    const { site, ada, eve } = await aDesk(1)
    await ask(house, 'PUT', `/v1/sites/${site}/phrases`, {
      key: eve.key,
      body: { phrases: [{ phrase: 'end my life', severity: 'warning' }] },
    })
    const urgent = await aComment(house, site, { text: 'I want to end my life.' })
    expect(await claimed(ada, { limit: 1 })).toEqual([urgent.id])
  })

  test('gives nobody what they skipped or escalated, but gives it to others', async () => {
    const { ada, ben, ids } = await aDesk(2)
    await claim(ada, { limit: 1 })
    const skipped = await ask(house, 'POST', `/v1/moderation/comments/${ids[0]}/skip`, { key: ada.key })
    expect(skipped.status).toBe(204)
    await decision(house, ada.key, String(ids[1]), { action: 'escalate', proposal: 'approve' })
    expect(await claimed(ada)).toEqual([])
    expect(await claimed(ben)).toEqual(ids)
  })

  test('there is nothing to skip in what does not wait', async () => {
    const { ada, ids } = await aDesk(1)
    await decision(house, ada.key, String(ids[0]), { action: 'approve' })
    const skipped = await ask(house, 'POST', `/v1/moderation/comments/${ids[0]}/skip`, { key: ada.key })
    expect(skipped.body).toMatchObject({ status: 409, code: 'illegal_move' })
  })

  test('nobody hoards: twenty at most', async () => {
    const { ada, ids } = await aDesk(23)
    expect(await claimed(ada, { limit: 10 })).toHaveLength(10)
    expect(await claimed(ada, { limit: 10 })).toHaveLength(10)
    expect(await claimed(ada, { limit: 10 })).toEqual([])
    await decision(house, ada.key, String(ids[0]), { action: 'approve' })
    expect(await claimed(ada, { limit: 10 })).toEqual([ids[20]])
  })

  test('a service and a key for other things claim nothing', async () => {
    const made = await ask(house, 'POST', '/v1/keys', {
      key: house.admin,
      body: { name: 'A service', person: null, scopes: ['moderation'] },
    })
    for (const [method, path] of [
      ['POST', 'claims'],
      ['GET', 'claims'],
      ['POST', 'claims/renewal'],
      ['DELETE', 'claims'],
    ] as const) {
      const answer = await ask(house, method, `/v1/moderation/${path}`, {
        key: made.body.key,
        ...(path === 'claims' && method === 'POST' && { body: {} }),
      })
      expect(answer.status).toBe(403)
    }
  })
})

describe('deciding what is claimed', () => {
  test("another's live claim answers 409 and tells until when; an editor takes over", async () => {
    const { ada, ben, eve, ids } = await aDesk(2)
    const { body } = await claim(ada)
    const refused = await decision(house, ben.key, String(ids[0]), { action: 'approve' })
    expect(refused.body).toMatchObject({ status: 409, code: 'claimed', until: body.until })
    expect(refused.body.detail).toContain(ada.pseudonym)
    expect((await decision(house, eve.key, String(ids[0]), { action: 'approve' })).status).toBe(201)
    await house.ahead(301)
    expect((await decision(house, ben.key, String(ids[1]), { action: 'approve' })).status).toBe(201)
  })

  test('a stale version answers 412, whoever holds it', async () => {
    const { ada, ben, ids } = await aDesk(1)
    await decision(house, ada.key, String(ids[0]), { action: 'escalate', proposal: 'approve' })
    await claim(ben)
    const late = await decision(house, ada.key, String(ids[0]), { action: 'approve' }, 1)
    expect(late.body).toMatchObject({ status: 412, current: { version: 2 } })
  })

  test('a comment that nobody holds is decided by its version', async () => {
    const { ben, ids } = await aDesk(1)
    expect((await decision(house, ben.key, String(ids[0]), { action: 'approve' }, 1)).status).toBe(201)
  })

  test('a claim changes no version', async () => {
    const { ada, ben, ids } = await aDesk(1)
    const before = await ask(house, 'GET', `/v1/moderation/comments/${ids[0]}`, { key: ben.key })
    await claim(ada)
    const after = await ask(house, 'GET', `/v1/moderation/comments/${ids[0]}`, { key: ben.key })
    expect(after.headers['etag']).toBe(before.headers['etag'])
  })

  test('the answer brings the next comments, already claimed', async () => {
    const { site, ada, ben, ids } = await aDesk(4)
    await claim(ada, { limit: 1 })
    const made = await decision(house, ada.key, String(ids[0]), {
      action: 'approve',
      next: 2,
      nextFrom: { site },
    })
    expect(idsOf({ comments: made.body.next })).toEqual(ids.slice(1, 3))
    expect(await claimed(ben)).toEqual(ids.slice(3))
    const last = await decision(house, ada.key, String(ids[1]), { action: 'approve' })
    expect(last.body.next).toEqual([])
  })

  test('a reader withdraws a claimed comment as any other', async () => {
    const { site, ada } = await aDesk(0)
    const { receipt } = await aComment(house, site)
    await claim(ada)
    expect((await ask(house, 'DELETE', '/v1/receipt', { key: receipt })).status).toBe(204)
    expect((await claims(ada)).body.comments).toEqual([])
  })
})
