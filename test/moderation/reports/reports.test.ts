import { forgetReporters } from '../../../src/comments/reports/store.ts'
import { ask, type House, openHouse } from '../../support/house.ts'
import {
  aComment,
  aPerson,
  aSite,
  decision,
  published,
  receiptOf,
  type TestPerson,
} from '../../support/people.ts'

const day = 86_400

let house: House
let site: string
let ada: TestPerson
let eve: TestPerson

beforeAll(async () => {
  house = await openHouse()
  site = await aSite(house)
  ada = await aPerson(house, site)
  eve = await aPerson(house, site, 'editor')
})
afterAll(() => house.close())

const rule = { kind: 'rule', rule: 'respect', explanation: 'It insults a reader.' }
const law = {
  kind: 'law',
  country: 'DE',
  law: '§ 185 StGB',
  name: 'Wren Reyes',
  email: 'wren@example.org',
  goodFaith: true,
  explanation: 'It is an insult.',
}

async function aPublished(text = 'A comment with something to say.'): Promise<string> {
  const { id } = await aComment(house, site, { text })
  expect((await decision(house, ada.key, id, { action: 'approve' })).status).toBe(201)
  return id
}

const report = (id: string, body: Record<string, unknown> = rule, place = site) =>
  ask(house, 'POST', `/v1/sites/${place}/comments/${id}/reports`, { body })
const reports = (query = '') =>
  ask(house, 'GET', `/v1/moderation/reports?site=${site}${query}`, { key: eve.key })
const one = (id: string) => ask(house, 'GET', `/v1/moderation/reports/${id}`, { key: eve.key })
const resolve = (id: string, body: Record<string, unknown>, key = eve.key) =>
  ask(house, 'POST', `/v1/moderation/reports/${id}/resolution`, { key, body })

describe('reporting', () => {
  test('takes what a reader objects to, changes nothing, and gives a receipt', async () => {
    const id = await aPublished()
    const filed = await report(id)
    expect(filed.status).toBe(202)
    expect(filed.body).toMatchObject({
      status: 'open',
      receipt: expect.stringMatching(/^(?:\w{5}-){4}\w{5}$/),
    })
    expect((await published(house, site)).map((shown: { id: string }) => shown.id)).toContain(id)
    expect(await receiptOf(house, filed.body.receipt)).toEqual({
      id: filed.body.id,
      site,
      comment: id,
      kind: 'rule',
      rule: 'respect',
      country: null,
      danger: false,
      receivedAt: expect.any(String),
      status: 'open',
      outcome: null,
      resolvedAt: null,
      explanation: null,
      reported: 'It insults a reader.',
    })
  })

  test('is about what shows, under a rule that there is', async () => {
    const { id: waiting } = await aComment(house, site)
    expect((await report(waiting)).body).toMatchObject({ status: 404, code: 'comment_not_found' })
    const id = await aPublished()
    expect((await report(id, rule, await aSite(house))).status).toBe(404)
    expect((await report(id, { ...rule, rule: 'nonsense' })).body).toMatchObject({
      status: 422,
      code: 'rule_unknown',
      errors: [{ pointer: '#/rule' }],
    })
    await decision(house, ada.key, id, { action: 'unpublish', rules: ['topic'] })
    expect((await report(id)).status).toBe(404)
  })

  test('takes no name or address where no law needs one, and good faith only where it is said', async () => {
    const id = await aPublished()
    expect((await report(id, { ...rule, email: 'wren@example.org' })).status).toBe(400)
    expect((await report(id, { ...law, goodFaith: false })).status).toBe(400)
    expect((await report(id, { ...law, country: 'Germany' })).status).toBe(400)
    expect((await report(id, { ...rule, explanation: ' ' })).status).toBe(400)
    expect((await report(id, law)).status).toBe(202)
  })

  test('names what stood when it was reported, whatever stands later', async () => {
    const id = await aPublished('You are all idiots, and the boat is late.')
    const filed = await report(id)
    await decision(house, ada.key, id, { action: 'edit', rules: ['respect'], text: 'The boat is late.' })
    expect((await one(filed.body.id)).body).toMatchObject({
      reported: { revision: 1, text: 'You are all idiots, and the boat is late.' },
      comment: { text: 'The boat is late.', status: 'published', version: 3 },
    })
  })
})

describe('the list', () => {
  test('begins with what tells of danger, then the oldest; pages', async () => {
    const place = await aSite(house)
    const editor = await aPerson(house, place, 'editor')
    const { id } = await aComment(house, place)
    await decision(house, editor.key, id, { action: 'approve' })
    const ids: string[] = []
    for (const danger of [false, true, false, true])
      ids.push((await report(id, { ...rule, danger }, place)).body.id)
    const list = (query: string) =>
      ask(house, 'GET', `/v1/moderation/reports?site=${place}&limit=3${query}`, { key: editor.key })
    const first = await list('')
    expect(first.body.reports.map((shown: { id: string }) => shown.id)).toEqual([ids[1], ids[3], ids[0]])
    const second = await list(`&cursor=${first.body.next}`)
    expect(second.body.reports.map((shown: { id: string }) => shown.id)).toEqual([ids[2]])
    expect(second.body.next).toBeNull()
  })

  test('is for editors of the site', async () => {
    const filed = await report(await aPublished())
    for (const key of [ada.key, (await aPerson(house, await aSite(house), 'editor')).key]) {
      expect((await ask(house, 'GET', `/v1/moderation/reports?site=${site}`, { key })).status).toBe(403)
      expect((await ask(house, 'GET', `/v1/moderation/reports/${filed.body.id}`, { key })).status).toBe(403)
      expect((await resolve(filed.body.id, { outcome: 'keep', explanation: 'No.' }, key)).status).toBe(403)
    }
    expect((await ask(house, 'GET', '/v1/moderation/reports', { key: ada.key })).status).toBe(403)
    const all = await ask(house, 'GET', '/v1/moderation/reports', { key: eve.key })
    expect(all.body.reports.map((shown: { id: string }) => shown.id)).toContain(filed.body.id)
    expect((await reports('&status=resolved')).status).toBe(200)
    expect((await one('00000000-0000-4000-8000-000000000000')).body).toMatchObject({
      code: 'report_not_found',
    })
  })
})

describe('resolving', () => {
  test('keeps the comment and tells the reader why', async () => {
    const id = await aPublished()
    const filed = await report(id)
    const made = await resolve(filed.body.id, { outcome: 'keep', explanation: 'It is harsh, but no insult.' })
    expect(made.status).toBe(201)
    expect(made.body).toMatchObject({
      decision: null,
      report: { status: 'resolved', outcome: 'keep', by: eve.pseudonym, comment: { version: 2 } },
    })
    const told = await receiptOf(house, filed.body.receipt)
    expect(told).toMatchObject({
      status: 'resolved',
      outcome: 'keep',
      explanation: 'It is harsh, but no insult.',
    })
    expect(JSON.stringify(told)).not.toContain(eve.pseudonym)
    expect((await resolve(filed.body.id, { outcome: 'keep', explanation: 'Again.' })).body).toMatchObject({
      status: 409,
      code: 'report_settled',
    })
  })

  test('unpublishes in the same step, and resolves the other reports about it', async () => {
    const id = await aPublished()
    const [first, other] = [await report(id), await report(id, law)]
    const made = await resolve(first.body.id, {
      outcome: 'unpublish',
      version: 2,
      rules: ['respect'],
      explanation: 'You are right.',
      reason: 'A reader reported it.',
    })
    expect(made.body.decision).toMatchObject({
      action: 'unpublish',
      to: 'unpublished',
      version: 3,
      by: eve.pseudonym,
    })
    expect((await one(other.body.id)).body).toMatchObject({
      status: 'resolved',
      outcome: 'unpublish',
      by: null,
    })
    expect(await receiptOf(house, other.body.receipt)).toMatchObject({
      status: 'resolved',
      outcome: 'unpublish',
    })
    expect((await published(house, site)).map((shown: { id: string }) => shown.id)).not.toContain(id)
  })

  test.each([
    ['SOURCE_ARTICLE_16', law],
    ['SOURCE_TYPE_OTHER_NOTIFICATION', rule],
  ])('is what the statement of reasons names as its source: %s', async (source, body) => {
    const id = await aPublished()
    const filed = await report(id, body)
    await resolve(filed.body.id, {
      outcome: 'unpublish',
      version: 2,
      rules: ['respect'],
      explanation: 'Yes.',
    })
    const statement = await ask(house, 'GET', `/v1/moderation/comments/${id}/statement`, { key: eve.key })
    expect(statement.body).toMatchObject({ fields: { source_type: source, source_identity: null } })
  })

  test('edits in the same step', async () => {
    const id = await aPublished('You idiots, the boat is late.')
    const filed = await report(id)
    const made = await resolve(filed.body.id, {
      outcome: 'edit',
      version: 2,
      rules: ['respect'],
      text: 'The boat is late.',
      explanation: 'The insult is gone.',
    })
    expect(made.body).toMatchObject({ decision: { action: 'edit', version: 3 }, report: { outcome: 'edit' } })
  })

  test('does nothing at all where the decision cannot be made', async () => {
    const id = await aPublished()
    const filed = await report(id)
    const asked = { outcome: 'unpublish', explanation: 'You are right.' }
    for (const [body, code] of [
      [asked, 'precondition_required'],
      [{ ...asked, version: 1, rules: ['respect'] }, 'stale_version'],
      [{ ...asked, version: 2 }, 'rule_missing'],
      [{ outcome: 'keep', explanation: 'No.', rules: ['respect'] }, 'invalid_request'],
      [{ outcome: 'keep', explanation: 'No.', text: 'Other.' }, 'invalid_request'],
    ] as const) {
      expect((await resolve(filed.body.id, body)).body.code).toBe(code)
    }
    expect((await one(filed.body.id)).body).toMatchObject({ status: 'open', comment: { version: 2 } })
  })

  test('of two at once, one wins', async () => {
    for (let round = 0; round < 10; round += 1) {
      const id = await aPublished()
      const filed = await report(id)
      const results = await Promise.all([
        resolve(filed.body.id, { outcome: 'keep', explanation: 'It stays.' }),
        resolve(filed.body.id, {
          outcome: 'unpublish',
          version: 2,
          rules: ['topic'],
          explanation: 'It goes.',
        }),
      ])
      expect(results.map(({ status }) => status).toSorted((lower, higher) => lower - higher)).toEqual([
        201, 409,
      ])
      const { body } = await one(filed.body.id)
      expect(body.comment.status).toBe(body.outcome === 'keep' ? 'published' : 'unpublished')
    }
  })

  test('is done by itself when the comment goes by another way', async () => {
    const { id, receipt } = await aComment(house, site)
    await decision(house, ada.key, id, { action: 'approve' })
    const filed = await report(id)
    await ask(house, 'DELETE', '/v1/receipt', { key: receipt })
    expect((await one(filed.body.id)).body).toMatchObject({ status: 'resolved', outcome: 'gone', by: null })
  })
})

describe("a report's receipt", () => {
  test('takes the report back, and erases what was written', async () => {
    const filed = await report(await aPublished(), law)
    const { receipt } = filed.body
    expect((await ask(house, 'DELETE', '/v1/receipt', { key: receipt })).status).toBe(204)
    expect(await receiptOf(house, receipt)).toMatchObject({ status: 'resolved', outcome: 'taken_back' })
    expect((await ask(house, 'POST', '/v1/receipt/erasure', { key: receipt })).status).toBe(204)
    expect(await receiptOf(house, receipt)).toMatchObject({ reported: null })
    expect((await one(filed.body.id)).body).toMatchObject({ explanation: null, law: null, contact: null })
  })

  test('is no comment’s', async () => {
    const filed = await report(await aPublished())
    const sent = await ask(house, 'PUT', '/v1/receipt/text', {
      key: filed.body.receipt,
      body: { text: 'Other.' },
    })
    expect(sent.body).toMatchObject({ status: 401, code: 'receipt_unknown' })
  })
})

test('who reported is forgotten soon after, and what was said with the words of comments', async () => {
  const id = await aPublished()
  const [open, resolved] = [await report(id, law), await report(id, law)]
  await resolve(resolved.body.id, { outcome: 'keep', explanation: 'It stays.' })
  await house.ahead(181 * day)
  await forgetReporters(house.db.desk, 180)
  expect((await one(open.body.id)).body.contact).toEqual({ name: 'Wren Reyes', email: 'wren@example.org' })
  expect((await one(resolved.body.id)).body).toMatchObject({ contact: null, explanation: 'It is an insult.' })
  await house.ahead(40 * day)
  await forgetReporters(house.db.desk, 180)
  expect((await one(resolved.body.id)).body).toMatchObject({ explanation: null, answer: null })
  expect((await one(open.body.id)).body.explanation).toBe('It is an insult.')
})
