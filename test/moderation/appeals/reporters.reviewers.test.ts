import { appeal, resolve } from '../../support/appeals.ts'
import { ask, type House, openHouse } from '../../support/house.ts'
import { aComment, aPerson, aSite, decision, type TestPerson } from '../../support/people.ts'
import {
  appealOn,
  aReport,
  aReportersAppeal,
  keep,
  kept,
  objection,
  reportersAppeal,
} from '../../support/report-appeals.ts'
import { outcomeOf } from '../../support/states.ts'

let house: House
let site: string
let ada: TestPerson
let eve: TestPerson
let ben: TestPerson
let people: { publisher: TestPerson; resolver: TestPerson }

beforeAll(async () => {
  house = await openHouse()
  site = await aSite(house, { times: 'hour' })
  ada = await aPerson(house, site)
  eve = await aPerson(house, site, 'editor')
  ben = await aPerson(house, site, 'editor')
  people = { publisher: ada, resolver: eve }
})
afterAll(() => house.close())

const law = { kind: 'law', country: 'DE', law: '§ 185 StGB', goodFaith: true, explanation: 'An insult.' }
const onHour = expect.stringMatching(/T\d\d:00:00\.000Z$/)

describe('editors', () => {
  test('find such an appeal with its report', async () => {
    const { id, report, appeal: appealId } = await aReportersAppeal(house, site, people, law)
    const { body, status } = await ask(house, 'GET', `/v1/moderation/appeals/${appealId}`, { key: ben.key })
    expect(status).toBe(200)
    expect(body).toEqual({
      id: appealId,
      site,
      comment: id,
      language: 'en',
      status: 'open',
      filedAt: onHour,
      text: objection,
      report: {
        id: report.id,
        kind: 'law',
        rule: null,
        country: 'DE',
        law: '§ 185 StGB',
        danger: false,
        explanation: 'An insult.',
        receivedAt: onHour,
      },
      against: {
        version: 2,
        action: 'keep',
        by: eve.pseudonym,
        at: expect.any(String),
        rules: [],
        reason: kept,
      },
    })
    const seen = await ask(house, 'GET', `/v1/moderation/reports/${report.id}`, { key: ben.key })
    expect(seen.body.appeal).toEqual({ id: appealId, status: 'open', outcome: null })
  })

  test('have one list of both kinds, oldest first, page by page, without their own', async () => {
    const own = await aSite(house)
    const [one, two] = [await aPerson(house, own, 'editor'), await aPerson(house, own, 'editor')]
    const filed: string[] = []
    for (let round = 0; round < 3; round += 1) {
      filed.push((await aReportersAppeal(house, own, { publisher: two, resolver: one })).appeal)
      const { id, receipt } = await aComment(house, own)
      await decision(house, one.key, id, { action: 'reject', rules: ['topic'] })
      await appeal(house, receipt)
      const seen = await ask(house, 'GET', `/v1/moderation/comments/${id}`, { key: one.key })
      filed.push(seen.body.appeals[0].id)
    }
    const mine = (await aReportersAppeal(house, own, { publisher: one, resolver: two })).appeal

    const seen: string[] = []
    let cursor = ''
    do {
      const query = `site=${own}&limit=2${cursor && `&cursor=${cursor}`}`
      const { body } = await ask(house, 'GET', `/v1/moderation/appeals?${query}`, { key: two.key })
      seen.push(...body.appeals.map(({ id }: { id: string }) => id))
      cursor = body.next ?? ''
    } while (cursor)
    expect(seen).toEqual(filed)
    const others = await ask(house, 'GET', `/v1/moderation/appeals?site=${own}`, { key: one.key })
    expect(others.body.appeals.map(({ id }: { id: string }) => id)).toEqual([mine])
    expect(await idsFor(await aPerson(house, own, 'editor', ['en']), own)).toEqual([...filed, mine])
    expect(await idsFor(await aPerson(house, own, 'editor', ['my']), own)).toEqual([])
  })

  test('alone decide, and never about their own resolution', async () => {
    const { appeal: id, report } = await aReportersAppeal(house, site, people)
    const elsewhere = await aPerson(house, await aSite(house), 'editor')
    for (const [key, outcome] of [
      [eve.key, '403 not_your_appeal'],
      [ada.key, '403 forbidden'],
      [elsewhere.key, '403 forbidden'],
      [(await aPerson(house, site, 'editor', ['my'])).key, '403 forbidden'],
      [report.receipt, '401 unauthenticated'],
    ] as const) {
      expect(outcomeOf(await resolve(house, key, id, { outcome: 'upheld' }))).toBe(outcome)
    }
    expect(await reportersAppeal(house, report)).toMatchObject({ status: 'open' })
    expect((await resolve(house, house.admin, id, { outcome: 'upheld' })).status).toBe(200)
  })

  test('nor about what they wrote', async () => {
    const { id: parent } = await aComment(house, site)
    await decision(house, ada.key, parent, { action: 'approve' })
    const sent = await ask(house, 'POST', `/v1/moderation/comments/${parent}/replies`, {
      key: ben.key,
      body: { text: 'It was late, you fool.' },
    })
    const { id } = sent.body
    expect((await decision(house, ada.key, id, { action: 'approve' })).status).toBe(201)
    const report = await aReport(house, site, id)
    await keep(house, eve, report.id)
    await appeal(house, report.receipt)
    const appealId = await appealOn(house, report.id)
    expect(await idsFor(ben, site)).not.toContain(appealId)
    expect(outcomeOf(await resolve(house, ben.key, appealId, { outcome: 'upheld' }))).toBe(
      '403 not_your_appeal',
    )
    expect((await resolve(house, house.admin, appealId, { outcome: 'upheld' })).status).toBe(200)
  })
})

async function idsFor({ key }: TestPerson, where: string): Promise<string[]> {
  const { body } = await ask(house, 'GET', `/v1/moderation/appeals?site=${where}&limit=100`, { key })
  return body.appeals.map(({ id }: { id: string }) => id)
}
