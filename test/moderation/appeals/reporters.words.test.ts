import { forgetReporters } from '../../../src/comments/reports/store.ts'
import { eraseOldWords } from '../../../src/moderation/expiry/expire.ts'
import { appeal, explanation, resolve } from '../../support/appeals.ts'
import { ask, type House, openHouse } from '../../support/house.ts'
import { aPerson, aSite, decision, receiptOf, type TestPerson } from '../../support/people.ts'
import {
  aKept,
  aReportersAppeal,
  type Kept,
  objection,
  reportersAppeal,
} from '../../support/report-appeals.ts'
import { outcomeOf } from '../../support/states.ts'

const day = 86_400
const law = {
  kind: 'law',
  country: 'DE',
  name: 'Wren Reyes',
  goodFaith: true,
  explanation: 'It is an insult.',
}

let house: House
let site: string
let ben: TestPerson
let people: { publisher: TestPerson; resolver: TestPerson }

beforeAll(async () => {
  house = await openHouse()
  site = await aSite(house)
  const eve = await aPerson(house, site, 'editor')
  ben = await aPerson(house, site, 'editor')
  people = { publisher: eve, resolver: eve }
})
afterAll(() => house.close())

/** The words of an appeal that there still are, the reporter's and the reviewer's. */
async function wordsOf({ report }: Pick<Kept, 'report'>): Promise<string[]> {
  const { rows } = await house.owner.query<{ text: string }>(
    `select t.text from report_appeal_text t join report_appeal a on a.id = t.appeal_id
      where a.report_id = $1 order by t.part`,
    [report.id],
  )
  return rows.map(({ text }) => text)
}

const erase = (receipt: string) => ask(house, 'POST', '/v1/receipt/erasure', { key: receipt })

describe('the words of an appeal', () => {
  test('go when whoever reported erases the report, and with them the appeal', async () => {
    const it = await aReportersAppeal(house, site, people)
    expect(await wordsOf(it)).toEqual([objection])
    expect((await erase(it.report.receipt)).status).toBe(204)
    expect(await wordsOf(it)).toEqual([])
    const mine = await receiptOf(house, it.report.receipt)
    expect(mine).toMatchObject({ reported: null, appeal: { status: 'lapsed' } })
    const seen = await ask(house, 'GET', `/v1/moderation/appeals/${it.appeal}`, { key: ben.key })
    expect(seen.body).toMatchObject({ status: 'lapsed', text: null, report: { explanation: null } })
  })

  test('go with the answer, once it is decided; that it was stays', async () => {
    const it = await aReportersAppeal(house, site, people)
    await resolve(house, ben.key, it.appeal, { outcome: 'upheld' })
    expect(await wordsOf(it)).toEqual([objection, explanation])
    expect((await erase(it.report.receipt)).status).toBe(204)
    expect(await wordsOf(it)).toEqual([])
    expect(await reportersAppeal(house, it.report)).toMatchObject({
      status: 'decided',
      outcome: 'upheld',
      explanation: null,
    })
    const seen = await ask(house, 'GET', `/v1/moderation/appeals/${it.appeal}`, { key: ben.key })
    expect(seen.body).toMatchObject({ text: null, explanation: null, by: ben.pseudonym })
  })

  test('go when the comment is erased', async () => {
    const [open, decided] = [
      await aReportersAppeal(house, site, people),
      await aReportersAppeal(house, site, people),
    ]
    await resolve(house, ben.key, decided.appeal, { outcome: 'reversed', rules: ['respect'] })
    for (const it of [open, decided]) {
      expect((await erase(it.receipt)).status).toBe(204)
      expect(await wordsOf(it)).toEqual([])
    }
    expect(await reportersAppeal(house, open.report)).toMatchObject({ status: 'lapsed' })
    expect(await reportersAppeal(house, decided.report)).toMatchObject({
      outcome: 'reversed',
      explanation: null,
    })
  })

  test('are none where the report has none any more', async () => {
    const { report } = await aKept(house, site, people)
    await erase(report.receipt)
    expect(await receiptOf(house, report.receipt)).not.toHaveProperty('appealUntil')
    expect(outcomeOf(await appeal(house, report.receipt))).toBe('409 nothing_to_appeal')
  })
})

/** What there is of each at the end: the contact, the report's words, the appeal's. */
async function left(it: Kept): Promise<unknown[]> {
  await forgetReporters(house.db.desk, 180)
  const { body } = await ask(house, 'GET', `/v1/moderation/reports/${it.report.id}`, { key: ben.key })
  return [body.contact !== null, body.explanation !== null, (await wordsOf(it)).length]
}

describe('time', () => {
  test('erases nothing of a report while an appeal may come or is open, and its words as long after the outcome', async () => {
    const [none, open, late] = [
      await aKept(house, site, people, law),
      await aReportersAppeal(house, site, people, law),
      await aKept(house, site, people, law),
    ]
    await house.ahead(189 * day)
    expect((await appeal(house, late.report.receipt)).status).toBe(202)
    expect(await left(none)).toEqual([false, true, 0])
    expect(await left(open)).toEqual([true, true, 1])
    await house.ahead(32 * day)
    expect(await left(none)).toEqual([false, false, 0])
    expect(await left(open)).toEqual([true, true, 1])

    await resolve(house, ben.key, open.appeal, { outcome: 'upheld' })
    expect(await left(open)).toEqual([false, true, 2])
    await house.ahead(219 * day)
    expect(await left(open)).toEqual([false, true, 2])
    await house.ahead(2 * day)
    expect(await left(open)).toEqual([false, false, 0])
    expect(await left(late)).toEqual([true, true, 1])
  })

  test('leaves the words of the report as long as the receipt promised an appeal', async () => {
    const short = await aSite(house, { appealDays: 30, retentionDays: 60 })
    const editor = await aPerson(house, short, 'editor')
    const it = await aKept(house, short, { publisher: editor, resolver: editor })
    await ask(house, 'PUT', `/v1/sites/${short}`, {
      key: house.admin,
      body: { appealDays: 1, retentionDays: 2 },
    })
    await house.ahead(10 * day)
    await forgetReporters(house.db.desk, 180)
    expect((await appeal(house, it.report.receipt)).status).toBe(202)
  })

  test('waits with the words of the comment, too, as long after the outcome', async () => {
    const it = await aReportersAppeal(house, site, people)
    await resolve(house, ben.key, it.appeal, { outcome: 'upheld' })
    await house.ahead(100 * day)
    expect((await decision(house, ben.key, it.id, { action: 'unpublish', rules: ['topic'] })).status).toBe(
      201,
    )
    const needed = async () =>
      (await house.owner.query<{ needed: boolean }>('select words_are_needed($1) as needed', [it.id])).rows[0]
        ?.needed
    await house.ahead(119 * day)
    expect(await needed()).toBe(true)
    await house.ahead(102 * day)
    expect(await needed()).toBe(false)
    await eraseOldWords(house.db)
    expect(await wordsOf(it)).toEqual([])
  })
})
