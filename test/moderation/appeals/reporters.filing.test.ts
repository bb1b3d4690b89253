import { appeal, movesOf, resolve } from '../../support/appeals.ts'
import { ask, type House, openHouse } from '../../support/house.ts'
import { aComment, aPerson, aSite, decision, receiptOf, type TestPerson } from '../../support/people.ts'
import {
  aKept,
  appealOn,
  aReport,
  aReportersAppeal,
  type Kept,
  keep,
  kept,
  objection,
  reported,
  reportersAppeal,
  written,
} from '../../support/report-appeals.ts'
import { outcomeOf } from '../../support/states.ts'

const day = 86_400

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

const onHour = expect.stringMatching(/T\d\d:00:00\.000Z$/)
const kinder = { text: 'The boat was late.', rules: ['respect'] }

describe('whoever reported a comment that was kept', () => {
  test('may appeal with the receipt of the report, and is told until when', async () => {
    const { report, id } = await aKept(house, site, people)
    const before = await receiptOf(house, report.receipt)
    expect(before).toMatchObject({ status: 'resolved', outcome: 'keep', appealUntil: onHour })
    expect(before).not.toHaveProperty('appeal')
    const days = (Date.parse(before.appealUntil) - Date.parse(before.resolvedAt)) / day / 1_000
    expect(days).toBe(190)

    const filed = await appeal(house, report.receipt, objection)
    expect(filed.status).toBe(202)
    expect(filed.headers['cache-control']).toBe('no-store')
    expect(filed.body).toMatchObject({
      id: report.id,
      comment: id,
      outcome: 'keep',
      explanation: kept,
      reported,
      appeal: { status: 'open', filedAt: onHour },
    })
    expect(filed.body).not.toHaveProperty('appealUntil')
    expect(filed.body).toEqual(await receiptOf(house, report.receipt))
    expect(await movesOf(house, id)).toEqual(['submit', 'approve'])
  })

  test('once, in the same words as everybody who appeals', async () => {
    const { report } = await aKept(house, site, people)
    expect(outcomeOf(await appeal(house, report.receipt, ' \n'))).toBe('422 text_empty')
    expect(outcomeOf(await appeal(house, report.receipt, 'x'.repeat(2_001)))).toBe('422 text_too_long')
    expect((await appeal(house, report.receipt)).status).toBe(202)
    expect(outcomeOf(await appeal(house, report.receipt, 'Again.'))).toBe('409 already_appealed')
    await resolve(house, ben.key, await appealOn(house, report.id), { outcome: 'upheld' })
    expect(outcomeOf(await appeal(house, report.receipt, 'Again.'))).toBe('409 already_appealed')
    expect(outcomeOf(await appeal(house, `${report.receipt}0`))).toBe('401 receipt_unknown')
    expect(outcomeOf(await appeal(house, undefined))).toBe('401 unauthenticated')
  })

  test('not before anybody decided, nor where the comment did not stay', async () => {
    const { id } = await aComment(house, site)
    await decision(house, ada.key, id, { action: 'approve' })
    const [open, taken] = [await aReport(house, site, id), await aReport(house, site, id)]
    expect(await appeal(house, open.receipt)).toMatchObject({
      status: 409,
      body: { code: 'nothing_to_appeal', detail: 'Nobody has decided about your report yet.' },
    })
    await ask(house, 'DELETE', '/v1/receipt', { key: taken.receipt })
    await ask(house, 'POST', `/v1/moderation/reports/${open.id}/resolution`, {
      key: eve.key,
      body: { outcome: 'unpublish', version: 2, rules: ['respect'], explanation: 'You are right.' },
    })
    for (const { receipt } of [open, taken]) {
      expect(await receiptOf(house, receipt)).not.toHaveProperty('appealUntil')
      expect(outcomeOf(await appeal(house, receipt))).toBe('409 nothing_to_appeal')
    }
  })

  test.each<[string, (it: Kept) => Promise<unknown>]>([
    ['unpublished', ({ id }) => decision(house, ada.key, id, { action: 'unpublish', rules: ['topic'] })],
    ['edited', ({ id }) => decision(house, ada.key, id, { action: 'edit', ...kinder })],
    ['withdrawn', ({ receipt }) => ask(house, 'DELETE', '/v1/receipt', { key: receipt })],
    ['erased', ({ receipt }) => ask(house, 'POST', '/v1/receipt/erasure', { key: receipt })],
  ])('not about what is %s since; and an open appeal lapses by that', async (_what, move) => {
    const [early, late] = [await aReportersAppeal(house, site, people), await aKept(house, site, people)]
    await move(early)
    await move(late)
    expect(await reportersAppeal(house, early.report)).toMatchObject({ status: 'lapsed' })
    expect(await receiptOf(house, late.report.receipt)).not.toHaveProperty('appealUntil')
    for (const { report } of [early, late]) {
      expect(outcomeOf(await appeal(house, report.receipt))).toBe('409 nothing_to_appeal')
    }
    expect(outcomeOf(await resolve(house, ben.key, early.appeal, { outcome: 'upheld' }))).toBe(
      '409 appeal_settled',
    )
  })

  test('again, if what was kept shows again and nobody had answered', async () => {
    const { report, id } = await aReportersAppeal(house, site, people)
    await decision(house, ada.key, id, { action: 'unpublish', rules: ['topic'] })
    expect(outcomeOf(await appeal(house, report.receipt))).toBe('409 nothing_to_appeal')
    await decision(house, eve.key, id, { action: 'restore' })
    expect(await receiptOf(house, report.receipt)).toMatchObject({
      appeal: { status: 'lapsed' },
      appealUntil: expect.any(String),
    })
    expect((await appeal(house, report.receipt)).status).toBe(202)
    expect(await reportersAppeal(house, report)).toMatchObject({ status: 'open' })
    expect(outcomeOf(await appeal(house, report.receipt))).toBe('409 already_appealed')
  })

  test('about what was kept, which need not be what was reported', async () => {
    const { id } = await aComment(house, site, { text: written })
    await decision(house, ada.key, id, { action: 'approve' })
    const early = await aReport(house, site, id)
    await decision(house, ada.key, id, { action: 'edit', ...kinder })
    await keep(house, eve, early.id)
    expect((await appeal(house, early.receipt)).status).toBe(202)
  })

  test('while an edit is still to come, about nothing; if that is undone, about what shows', async () => {
    const slow = await aSite(house, { publishDelay: 100 })
    const [first, second] = [await aPerson(house, slow), await aPerson(house, slow, 'editor')]
    const { id } = await aComment(house, slow, { text: written })
    await decision(house, first.key, id, { action: 'approve' })
    await house.ahead(101)
    const report = await aReport(house, slow, id)
    await keep(house, second, report.id)
    await decision(house, first.key, id, { action: 'edit', ...kinder })
    expect(outcomeOf(await appeal(house, report.receipt))).toBe('409 nothing_to_appeal')
    await decision(house, first.key, id, { action: 'undo' })
    expect((await appeal(house, report.receipt)).status).toBe(202)
  })

  test('as long as the site allowed when it was kept', async () => {
    const short = await aSite(house, { appealDays: 10, retentionDays: 20 })
    const editor = await aPerson(house, short, 'editor')
    const both = { publisher: editor, resolver: editor }
    const [early, late] = [await aKept(house, short, both), await aKept(house, short, both)]
    await ask(house, 'PUT', `/v1/sites/${short}`, {
      key: house.admin,
      body: { appealDays: 1, retentionDays: 2 },
    })
    await house.ahead(9.9 * day)
    expect((await appeal(house, early.report.receipt)).status).toBe(202)
    await house.ahead(0.2 * day)
    expect(await receiptOf(house, late.report.receipt)).not.toHaveProperty('appealUntil')
    expect(outcomeOf(await appeal(house, late.report.receipt))).toBe('409 appeal_too_late')
  })

  test('and takes it back like the report; then it is over', async () => {
    const { report, appeal: id } = await aReportersAppeal(house, site, people)
    expect((await ask(house, 'DELETE', '/v1/receipt', { key: report.receipt })).status).toBe(204)
    expect(await receiptOf(house, report.receipt)).toMatchObject({
      outcome: 'keep',
      reported,
      appeal: { status: 'lapsed' },
    })
    expect(outcomeOf(await resolve(house, ben.key, id, { outcome: 'upheld' }))).toBe('409 appeal_settled')
    expect(outcomeOf(await appeal(house, report.receipt))).toBe('409 already_appealed')
  })
})
