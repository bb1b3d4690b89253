import { appeal, resolve } from '../../support/appeals.ts'
import { ask, type House, openHouse } from '../../support/house.ts'
import { aComment, aPerson, aSite, decision, type TestPerson } from '../../support/people.ts'
import { aReportersAppeal } from '../../support/report-appeals.ts'

/** Two appeals of reporters that are reversed, one that is upheld, one that is open, and one of a writer's. */
let house: House
let site: string
let ben: TestPerson

const law = { kind: 'law', country: 'DE', goodFaith: true, explanation: 'It is an insult.' }

beforeAll(async () => {
  house = await openHouse()
  site = await aSite(house)
  const eve = await aPerson(house, site, 'editor')
  ben = await aPerson(house, site, 'editor')
  const people = { publisher: eve, resolver: eve }
  for (const [report, asked] of [
    [undefined, { outcome: 'reversed', rules: ['topic'] }],
    [undefined, { outcome: 'upheld' }],
    [law, { outcome: 'partly_reversed', rules: ['respect'], text: 'Late.' }],
    [law, undefined],
  ] as const) {
    const { appeal: id } = await aReportersAppeal(house, site, people, report)
    if (asked) await resolve(house, ben.key, id, asked)
  }
  const { id, receipt } = await aComment(house, site)
  await decision(house, eve.key, id, { action: 'reject', rules: ['topic'] })
  await appeal(house, receipt)
})
afterAll(() => house.close())

test('statistics tell appeals of reporters apart from those of writers', async () => {
  const { body } = await ask(house, 'GET', `/v1/moderation/statistics?site=${site}`, { key: ben.key })
  expect(body.reportAppeals).toEqual({
    filed: 4,
    upheld: 1,
    reversed: 1,
    partlyReversed: 1,
    byRule: [
      { code: 'law', answered: 1, reversed: 1 },
      { code: 'respect', answered: 2, reversed: 1 },
    ],
    open: 1,
  })
  expect(body.appeals).toEqual({ filed: 1, upheld: 0, reversed: 0, partlyReversed: 0, byRule: [], open: 1 })
  const { body: other } = await ask(house, 'GET', `/v1/moderation/statistics?site=${site}&language=my`, {
    key: ben.key,
  })
  expect(other.reportAppeals).toMatchObject({ filed: 0, open: 0, byRule: [] })
  const { body: before } = await ask(
    house,
    'GET',
    `/v1/moderation/statistics?site=${site}&from=2020-01-01&to=2020-02-01`,
    { key: ben.key },
  )
  expect(before.reportAppeals).toMatchObject({ filed: 0, upheld: 0, reversed: 0, open: 1 })
})

test('so does the transparency report, by the rule that the report names', async () => {
  const { rows } = await house.owner.query<{ from: string; to: string }>(
    `select (moment() at time zone 'UTC')::date::text as from, ((moment() at time zone 'UTC')::date + 1)::text as to`,
  )
  const path = `/v1/moderation/transparency?site=${site}&from=${rows[0]?.from}&to=${rows[0]?.to}`
  const { body, status } = await ask(house, 'GET', path, { key: ben.key })
  expect(status).toBe(200)
  const told = (section: string) =>
    body.measures
      .filter((one: { section: string }) => one.section === section)
      .map(({ measure, total }: { measure: string; total: { count: number } }) => [measure, total.count])
  expect(told('report_appeals')).toEqual([
    ['filed', 4],
    ['upheld', 1],
    ['reversed', 1],
    ['partly_reversed', 1],
  ])
  expect(told('appeals')).toEqual([
    ['filed', 1],
    ['upheld', 0],
    ['reversed', 0],
    ['partly_reversed', 0],
  ])
  expect(
    body.measures.find(
      (one: { section: string; measure: string }) =>
        one.section === 'report_appeals' && one.measure === 'filed',
    ),
  ).toMatchObject({
    byLanguage: [{ key: 'en', count: 4 }],
    byRule: [
      { key: 'law', count: 2 },
      { key: 'respect', count: 2 },
    ],
  })
  expect(body.review.appeals).toContain('whoever reported a comment that was kept')
})
