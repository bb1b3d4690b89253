import { appeal, explanation, movesOf, resolve } from '../../support/appeals.ts'
import { ask, type House, openHouse } from '../../support/house.ts'
import { aComment, aPerson, aSite, decision, receiptOf, type TestPerson } from '../../support/people.ts'
import {
  appealOn,
  aReport,
  aReportersAppeal,
  keep,
  objection,
  reportersAppeal,
  written,
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
const kinder = { text: 'The boat was late.', rules: ['respect'] }

describe('upheld', () => {
  test('the comment stays, and the reporter learns why', async () => {
    const { id, report, appeal: appealId } = await aReportersAppeal(house, site, people)
    const answer = await resolve(house, ben.key, appealId, { outcome: 'upheld' })
    expect(answer).toMatchObject({
      status: 200,
      body: { id: appealId, status: 'decided', outcome: 'upheld', explanation, by: ben.pseudonym },
    })
    expect(answer.body).not.toHaveProperty('decision')
    expect(await movesOf(house, id)).toEqual(['submit', 'approve'])
    const mine = await receiptOf(house, report.receipt)
    expect(mine.appeal).toEqual({
      status: 'decided',
      filedAt: onHour,
      outcome: 'upheld',
      explanation,
      decidedAt: onHour,
    })
    expect(mine).not.toHaveProperty('appealUntil')
    expect(JSON.stringify(mine)).not.toContain(ben.pseudonym)
    const { body } = await ask(house, 'GET', `/v1/moderation/reports/${report.id}`, { key: eve.key })
    expect(body).toMatchObject({ outcome: 'keep', appeal: { status: 'decided', outcome: 'upheld' } })
  })
})

describe('reversed', () => {
  test('the comment goes under the rules, and its writer is told why and can appeal', async () => {
    const { id, receipt, report, appeal: appealId } = await aReportersAppeal(house, site, people, law)
    const { body, status } = await resolve(house, ben.key, appealId, {
      outcome: 'reversed',
      rules: ['respect'],
      reason: 'It calls a reader a fool.',
      note: 'See the list.',
    })
    expect(status).toBe(200)
    expect(body).toMatchObject({
      outcome: 'reversed',
      explanation,
      decision: { action: 'unpublish', to: 'unpublished', version: 3, rules: ['respect'], by: ben.pseudonym },
    })
    expect(await receiptOf(house, report.receipt)).toMatchObject({
      outcome: 'keep',
      appeal: { status: 'decided', outcome: 'reversed', explanation },
    })
    const theirs = await receiptOf(house, receipt)
    expect(theirs).toMatchObject({
      status: 'unpublished',
      decision: { action: 'unpublish', rules: [{ code: 'respect' }], reason: 'It calls a reader a fool.' },
      appealUntil: expect.any(String),
    })
    expect(JSON.stringify(theirs)).not.toContain(objection)
    const statement = await ask(house, 'GET', '/v1/receipt/statement', { key: receipt })
    expect(statement.body).toMatchObject({
      action: 'unpublish',
      redress: { appealUntil: expect.any(String) },
      fields: { source_type: 'SOURCE_ARTICLE_16' },
    })

    // The writer appeals in turn: against whoever decided last, and what was kept is back.
    expect((await appeal(house, receipt)).status).toBe(202)
    const seen = await ask(house, 'GET', `/v1/moderation/comments/${id}`, { key: ben.key })
    const [mine] = seen.body.appeals
    expect(outcomeOf(await resolve(house, ben.key, mine.id, { outcome: 'reversed' }))).toBe(
      '403 not_your_appeal',
    )
    expect((await resolve(house, eve.key, mine.id, { outcome: 'reversed' })).status).toBe(200)
    expect(await movesOf(house, id)).toEqual(['submit', 'approve', 'unpublish', 'restore'])
    expect(await reportersAppeal(house, report)).toMatchObject({ outcome: 'reversed' })
    expect(outcomeOf(await appeal(house, report.receipt))).toBe('409 already_appealed')
  })

  test('others who appealed about the same comment need no answer any more', async () => {
    const { id, appeal: appealId } = await aReportersAppeal(house, site, people)
    const other = await aReport(house, site, id)
    await keep(house, eve, other.id)
    await appeal(house, other.receipt)
    await resolve(house, ben.key, appealId, { outcome: 'reversed', rules: ['respect'] })
    expect(await reportersAppeal(house, other)).toMatchObject({ status: 'lapsed' })
  })
})

describe('partly reversed', () => {
  test('the comment is edited under the rules, which nobody undoes, and its writer can appeal', async () => {
    const slow = await aSite(house, { publishDelay: 100 })
    const [first, second, third] = [
      await aPerson(house, slow, 'editor'),
      await aPerson(house, slow, 'editor'),
      await aPerson(house, slow, 'editor'),
    ]
    const { id, receipt } = await aComment(house, slow, { text: written })
    await decision(house, first.key, id, { action: 'approve' })
    await house.ahead(101)
    const report = await aReport(house, slow, id)
    await keep(house, second, report.id)
    await appeal(house, report.receipt)
    const { body, status } = await resolve(house, third.key, await appealOn(house, report.id), {
      outcome: 'partly_reversed',
      ...kinder,
    })
    expect(status).toBe(200)
    expect(body).toMatchObject({ decision: { action: 'edit', version: 3, rules: ['respect'] } })
    for (const { key } of [third, first]) {
      const refused = await decision(house, key, id, { action: 'undo' })
      expect(refused.body).toMatchObject({
        code: 'illegal_move',
        detail: 'The outcome of an appeal cannot be undone.',
      })
    }
    await house.ahead(101)
    expect(await receiptOf(house, receipt)).toMatchObject({
      published: { text: kinder.text },
      decision: { action: 'edit', rules: [{ code: 'respect' }] },
      appealUntil: expect.any(String),
    })
    expect((await appeal(house, receipt)).status).toBe(202)
  })
})

describe('an outcome is refused whole', () => {
  test.each([
    ['without rules', { outcome: 'reversed' }, '422 rule_missing'],
    ['under a rule that there is none of', { outcome: 'reversed', rules: ['nothing'] }, '422 rule_unknown'],
    ['as an edit without rules', { outcome: 'partly_reversed', text: 'Late.' }, '422 rule_missing'],
    [
      'as an edit that changes nothing',
      { outcome: 'partly_reversed', rules: ['respect'] },
      '422 nothing_changed',
    ],
    [
      'with a place to be filled in',
      { outcome: 'reversed', rules: ['respect'], explanation: 'See {{clause}}.' },
      '422 reason_unfinished',
    ],
    [
      'with such a place for the writer',
      { outcome: 'reversed', rules: ['respect'], reason: 'See {{clause}}.' },
      '422 reason_unfinished',
    ],
    ['without an explanation', { outcome: 'upheld', explanation: undefined }, '400 invalid_request'],
    [
      'with rules that nothing is done with',
      { outcome: 'upheld', rules: ['respect'] },
      '400 invalid_request',
    ],
    ['with a reason that nobody reads', { outcome: 'upheld', reason: 'No.' }, '400 invalid_request'],
    ['with a note that no move holds', { outcome: 'upheld', note: 'No.' }, '400 invalid_request'],
    [
      'with a text that nothing is done with',
      { outcome: 'reversed', rules: ['respect'], text: 'Late.' },
      '400 invalid_request',
    ],
  ])('%s', async (_what, body, refused) => {
    const { id, report, appeal: appealId } = await aReportersAppeal(house, site, people)
    expect(outcomeOf(await resolve(house, ben.key, appealId, body))).toBe(refused)
    expect(await movesOf(house, id)).toEqual(['submit', 'approve'])
    expect(await reportersAppeal(house, report)).toMatchObject({ status: 'open' })
  })

  test('with a reason, where whoever wrote the comment appeals', async () => {
    const { id, receipt } = await aComment(house, site)
    await decision(house, ada.key, id, { action: 'reject', rules: ['topic'] })
    await appeal(house, receipt)
    const seen = await ask(house, 'GET', `/v1/moderation/comments/${id}`, { key: eve.key })
    const refused = await resolve(house, eve.key, seen.body.appeals[0].id, {
      outcome: 'reversed',
      reason: 'For whom?',
    })
    expect(refused.body).toMatchObject({ code: 'invalid_request', errors: [{ pointer: '#/reason' }] })
  })
})
