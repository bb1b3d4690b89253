import { eraseOldWords, expireOverdue } from '../../../src/moderation/expiry/expire.ts'
import { ask, type House, openHouse } from '../../support/house.ts'
import {
  aComment,
  anArticle,
  aPerson,
  aSite,
  decision,
  published,
  receiptOf,
  type TestPerson,
} from '../../support/people.ts'

const day = 86_400

let house: House
beforeEach(async () => {
  house = await openHouse()
})
afterEach(() => house.close())

async function aDesk(settings: Record<string, unknown> = {}): Promise<{ site: string; eve: TestPerson }> {
  const site = await aSite(house, settings)
  return { site, eve: await aPerson(house, site, 'editor') }
}

describe('a comment that nobody reviews', () => {
  test('waits as long as the site lets it; then its reader is told that it was not reviewed', async () => {
    const { site, eve } = await aDesk({ expireAfter: 7 })
    const { id, receipt } = await aComment(house, site)
    await house.ahead(6 * day)
    expect(await expireOverdue(house.db)).toBe(0)
    await house.ahead(2 * day)
    expect(await expireOverdue(house.db)).toBe(1)
    expect(await expireOverdue(house.db)).toBe(0)
    expect(await receiptOf(house, receipt)).toMatchObject({
      status: 'expired',
      decision: { action: 'expire', rules: [] },
    })
    const log = await ask(house, 'GET', `/v1/moderation/comments/${id}/history`, { key: eve.key })
    expect(log.body.moves[1]).toMatchObject({ action: 'expire', by: null, from: 'pending', to: 'expired' })
    expect((await decision(house, eve.key, id, { action: 'restore' })).status).toBe(201)
  })

  test('is one that its reader never sent again, as well', async () => {
    const { site, eve } = await aDesk({ expireAfter: 7 })
    const { id, receipt } = await aComment(house, site)
    await house.ahead(5 * day)
    await decision(house, eve.key, id, { action: 'return', rules: ['topic'], reason: 'Please say more.' })
    await house.ahead(5 * day)
    expect(await expireOverdue(house.db)).toBe(0)
    await house.ahead(3 * day)
    expect(await expireOverdue(house.db)).toBe(1)
    expect(await receiptOf(house, receipt)).toMatchObject({ status: 'expired' })
  })

  test('is none that waits for a second person, is being read, or was decided', async () => {
    const { site, eve } = await aDesk({ expireAfter: 1 })
    const second = await aPerson(house, site)
    const [escalated, approved, held] = [
      await aComment(house, site),
      await aComment(house, site),
      await aComment(house, site),
    ]
    await decision(house, second.key, escalated.id, { action: 'escalate', proposal: 'approve' })
    await decision(house, eve.key, approved.id, { action: 'approve' })
    await house.ahead(3 * day)
    await ask(house, 'POST', '/v1/moderation/claims', { key: second.key, body: {} })
    expect(await expireOverdue(house.db)).toBe(0)
    await house.ahead(301)
    expect(await expireOverdue(house.db)).toBe(1)
    expect(await receiptOf(house, held.receipt)).toMatchObject({ status: 'expired' })
  })

  test('waits for ever where the site says so', async () => {
    const { site } = await aDesk({ expireAfter: null })
    await aComment(house, site)
    await house.ahead(3_000 * day)
    expect(await expireOverdue(house.db)).toBe(0)
  })
})

describe('the words of what does not show', () => {
  test('are erased so many days after the last decision; what shows stays', async () => {
    const { site, eve } = await aDesk({ appealDays: 10, retentionDays: 20, expireAfter: null })
    const [rejected, approved, waiting] = [
      await aComment(house, site),
      await aComment(house, site),
      await aComment(house, site),
    ]
    await house.ahead(30 * day)
    await decision(house, eve.key, rejected.id, { action: 'reject', rules: ['topic'] })
    await decision(house, eve.key, approved.id, { action: 'approve' })
    await house.ahead(19 * day)
    expect(await eraseOldWords(house.db)).toBe(0)
    await house.ahead(2 * day)
    expect(await eraseOldWords(house.db)).toBe(1)
    expect(await eraseOldWords(house.db)).toBe(0)
    expect(await receiptOf(house, rejected.receipt)).toMatchObject({ status: 'rejected', submitted: null })
    expect(await receiptOf(house, waiting.receipt)).toMatchObject({ submitted: { text: expect.any(String) } })
    expect(await published(house, site)).toHaveLength(1)
  })

  test('are kept longer than they can be appealed about', async () => {
    const refused = await ask(house, 'PUT', '/v1/sites/gazette', {
      key: house.admin,
      body: { appealDays: 190, retentionDays: 190 },
    })
    expect(refused.body).toMatchObject({ status: 400, errors: [{ pointer: '#/retentionDays' }] })
  })
})

const pause = (path: string, key: string, paused: boolean) =>
  ask(house, 'PUT', `/v1/sites/${path}`, { key, body: { paused } })
const send = (site: string, article: string) =>
  ask(house, 'POST', `/v1/sites/${site}/articles/${encodeURIComponent(article)}/comments`, {
    body: { text: 'Hello.' },
  })

describe('a pause', () => {
  test('of an article takes nothing new there and keeps what is published, until it ends', async () => {
    const { site, eve } = await aDesk()
    await anArticle(house, site, 'other')
    await decision(house, eve.key, (await aComment(house, site)).id, { action: 'approve' })
    const ada = await aPerson(house, site)
    expect((await pause(`${site}/articles/news/pause`, ada.key, true)).status).toBe(403)
    expect((await pause(`${site}/articles/news/pause`, eve.key, true)).body).toEqual({ paused: true })
    expect((await send(site, 'news')).body).toMatchObject({ status: 409, code: 'article_closed' })
    expect((await send(site, 'other')).status).toBe(202)
    const list = await ask(house, 'GET', `/v1/sites/${site}/articles/news/comments`)
    expect(list.body).toMatchObject({ article: { open: false, count: 1 } })
    await pause(`${site}/pause/articles?article=news`, eve.key, false)
    expect((await send(site, 'news')).status).toBe(202)
  })

  test('of a site takes nothing anywhere, not under a new article either', async () => {
    const { site, eve } = await aDesk({ origins: ['https://news.example'] })
    await pause(`${site}/pause`, eve.key, true)
    expect((await send(site, 'news')).body.code).toBe('article_closed')
    expect((await send(site, 'https://news.example/new')).body.code).toBe('article_closed')
    const sites = await ask(house, 'GET', '/v1/sites', { key: eve.key })
    expect(sites.body.sites[0]).toMatchObject({ key: site, paused: true })
    await pause(`${site}/pause`, eve.key, false)
    expect((await send(site, 'https://news.example/new')).status).toBe(202)
  })

  test('of what is not there is refused', async () => {
    expect((await pause('nowhere/pause', house.admin, true)).body.code).toBe('site_not_found')
    const { site, eve } = await aDesk()
    expect((await pause(`${site}/articles/none/pause`, eve.key, true)).body.code).toBe('article_not_found')
  })
})
