import { readCsv } from '../../../src/http/csv.ts'
import { found } from '../../support/attacks.ts'
import { aDay, countAll, dayOf, texts } from '../../support/history.ts'
import { ask, type House, openHouse } from '../../support/house.ts'
import { aComment, aPerson, aSite, decision, type TestPerson } from '../../support/people.ts'

let house: House
let site: string
let ada: TestPerson
let ben: TestPerson
/** the first days of the months in which something happened, and of the one after */
let first: string
let second: string
let third: string

interface Cell {
  key: string
  count: number | null
  more: boolean
}
interface Measure {
  section: string
  measure: string
  total: Omit<Cell, 'key'>
  byLanguage?: Cell[]
  byRule?: Cell[]
  byCountry?: Cell[]
  byRuleAndLanguage?: (Omit<Cell, 'key'> & { rule: string; language: string })[]
}

beforeAll(async () => {
  house = await openHouse()
  site = await aSite(house, { publishDelay: 30 })
  ada = await aPerson(house, site)
  ben = await aPerson(house, site, 'editor')
  await toTheNextMonth()
  first = await dayOf(house)
  await aDay(house, site, { ada, ben })
  for (let at = 0; at < 7; at += 1) {
    const { id } = await aComment(house, site)
    await decision(house, ada.key, id, { action: 'reject', rules: ['promotion'] })
  }
  const appealed = await aComment(house, site)
  await decision(house, ada.key, appealed.id, { action: 'reject', rules: ['topic'] })
  await ask(house, 'POST', '/v1/receipt/appeal', { key: appealed.receipt, body: { text: 'Read again.' } })
  await toTheNextMonth()
  second = await dayOf(house)
  for (let at = 0; at < 6; at += 1) await aComment(house, site)
  const shown = await aComment(house, site, { text: texts.my })
  await decision(house, ben.key, shown.id, { action: 'approve' })
  await house.ahead(60)
  await ask(house, 'POST', `/v1/sites/${site}/comments/${shown.id}/reports`, {
    body: { kind: 'rule', rule: 'facts', explanation: 'The boat was not late.' },
  })
  for (const kind of ['art9', 'art9', 'informal_request']) {
    await ask(house, 'POST', '/v1/moderation/orders', {
      key: house.admin,
      body: { site, kind, country: 'DE', authority: 'A court', receivedOn: second },
    })
  }
  await toTheNextMonth()
  third = await dayOf(house)
  await house.ahead(2 * 86_400)
  await countAll(house)
}, 60_000)
afterAll(() => house.close())

/** To the morning of the first day of a month. */
async function toTheNextMonth(): Promise<void> {
  await house.owner.query(`update clock set ahead_ms = ahead_ms +
    (extract(epoch from date_trunc('month', moment() at time zone 'UTC') + interval '1 month 8 hours' - moment() at time zone 'UTC') * 1000)::bigint`)
}

async function reportOf(from: string, to: string, whole = false) {
  const path = whole ? `/v1/moderation/transparency?site=${site}&` : `/v1/sites/${site}/transparency?`
  const answer = await ask(house, 'GET', `${path}from=${from}&to=${to}`, whole ? { key: ben.key } : {})
  expect(answer.status).toBe(200)
  return answer.body
}

function measuresOf({ measures }: { measures: Measure[] }): Measure[] {
  return measures
}

function measureOf({ measures }: { measures: Measure[] }, section: string, measure: string): Measure {
  const one = measures.find((candidate) => candidate.section === section && candidate.measure === measure)
  if (!one) throw new Error(`no ${measure}`)
  return one
}

describe('the whole report', () => {
  test('has every number, as a recount of the log finds it', async () => {
    const report = await reportOf(first, third, true)
    expect(report).toMatchObject({ site, from: first, to: third, masked: false, counted: true })
    const rows = await found(
      house,
      `select action, count(*)::int as count from move m
        where site = '${site}' and action not in ('undo', 'escalate', 'resubmit', 'restore')
          and not exists (select from move u where u.comment_id = m.comment_id and u.seq = m.seq + 1 and u.action = 'undo')
        group by action order by action`,
    )
    const names: Record<string, string> = {
      approve: 'approved',
      edit: 'edited',
      reject: 'rejected',
      return: 'returned',
      submit: 'received',
      unpublish: 'unpublished',
      withdraw: 'withdrawn',
    }
    for (const { action, count } of rows) {
      const { total, byLanguage = [] } = measureOf(report, 'decisions', String(names[String(action)]))
      expect({ action, total }).toEqual({ action, total: { count, more: false } })
      expect(byLanguage.reduce((sum, cell) => sum + Number(cell.count), 0)).toBe(count)
    }
    expect(rows).toHaveLength(7)
    expect(measureOf(report, 'decisions', 'rejected').byRule).toEqual([
      { key: 'defamation', count: 1, more: false },
      { key: 'promotion', count: 8, more: false },
      { key: 'topic', count: 3, more: false },
    ])
    expect(measureOf(report, 'decisions', 'overturned')).toMatchObject({
      total: { count: 1 },
      byRule: [{ key: 'topic', count: 1 }],
    })
    expect(measureOf(report, 'decisions', 'expired').total).toEqual({ count: 0, more: false })
    expect(measureOf(report, 'appeals', 'filed')).toMatchObject({
      total: { count: 1 },
      byRule: [{ key: 'topic', count: 1 }],
    })
    expect(measureOf(report, 'reports', 'filed')).toMatchObject({
      total: { count: 1 },
      byLanguage: [{ key: 'my', count: 1 }],
      byRule: [{ key: 'facts', count: 1 }],
      byRuleAndLanguage: [{ rule: 'facts', language: 'my', count: 1, more: false }],
    })
  })

  test('has a table of rules and languages, as a recount of the log finds it', async () => {
    const report = await reportOf(first, third, true)
    for (const [action, measure] of [
      ['reject', 'rejected'],
      ['edit', 'edited'],
      ['return', 'returned'],
      ['unpublish', 'unpublished'],
    ] as const) {
      const rows = await found(
        house,
        `select u.code as rule, c.language, count(*)::int as count, false as more
           from move m join comment c on c.id = m.comment_id join rule u on u.id = any (m.rules)
          where m.site = '${site}' and m.action = '${action}'
            and not exists (select from move u where u.comment_id = m.comment_id and u.seq = m.seq + 1 and u.action = 'undo')
          group by 1, 2 order by 1, 2`,
      )
      expect(rows.length).toBeGreaterThan(0)
      expect(measureOf(report, 'decisions', measure).byRuleAndLanguage).toEqual(rows)
    }
    expect(measureOf(report, 'decisions', 'overturned').byRuleAndLanguage).toEqual([
      { rule: 'topic', language: 'en', count: 1, more: false },
    ])
    expect(measureOf(report, 'appeals', 'filed').byRuleAndLanguage).toEqual([
      { rule: 'topic', language: 'en', count: 1, more: false },
    ])
    for (const measure of ['received', 'approved', 'expired'])
      expect(measureOf(report, 'decisions', measure)).not.toHaveProperty('byRuleAndLanguage')
  })

  test('has the orders of authorities, by country, and those that there were none of', async () => {
    const report = await reportOf(second, third, true)
    const [none, one, two] = [0, 1, 2].map((count) => ({ count, more: false }))
    expect(report.measures.filter(({ section }: Measure) => section === 'orders')).toEqual([
      {
        section: 'orders',
        measure: 'to_act_against_content',
        total: two,
        byCountry: [{ key: 'DE', ...two }],
      },
      { section: 'orders', measure: 'to_give_information', total: none },
      { section: 'orders', measure: 'informal', total: one, byCountry: [{ key: 'DE', ...one }] },
    ])
    const hidden = await reportOf(second, third)
    expect(measureOf(hidden, 'orders', 'informal')).toEqual({
      section: 'orders',
      measure: 'informal',
      total: { count: null, more: true },
    })
  })

  test('is a CSV file as well', async () => {
    const path = `/v1/moderation/transparency.csv?site=${site}&from=${first}&to=${third}`
    const { status, headers, text } = await ask(house, 'GET', path, { key: ben.key })
    expect({ status, type: headers['content-type'], kept: headers['cache-control'] }).toEqual({
      status: 200,
      type: 'text/csv; charset=utf-8',
      kept: 'no-store',
    })
    const records = [...readCsv(text)].map((record) => record.map((field) => field.text))
    expect(records).toContainEqual(['decisions', 'rejected', 'rule', 'defamation', '1', 'false'])
    const cell = ['decisions', 'rejected', 'rule and language', 'promotion my', '1', 'false']
    expect(records).toContainEqual(cell)
    expect((await ask(house, 'GET', path)).status).toBe(401)
  })

  test('is of any days', async () => {
    const { rows } = await house.owner.query(`select ('${first}'::date + 1)::text as day`)
    const report = await reportOf(first, rows[0].day, true)
    expect(measureOf(report, 'decisions', 'received').total.count).toBe(18)
  })

  test('is for editors', async () => {
    const path = `/v1/moderation/transparency?site=${site}&from=${first}&to=${third}`
    expect((await ask(house, 'GET', path, { key: ada.key })).status).toBe(403)
    expect((await ask(house, 'GET', path)).status).toBe(401)
  })

  test('tells an editor of the languages that they read', async () => {
    const cho = await aPerson(house, site, 'editor', ['my'])
    const { body } = await ask(
      house,
      'GET',
      `/v1/moderation/transparency?site=${site}&from=${first}&to=${third}`,
      {
        key: cho.key,
      },
    )
    expect(measureOf(body, 'decisions', 'received')).toMatchObject({
      total: { count: 3 },
      byLanguage: [{ key: 'my' }],
    })
  })
})

describe('the public report', () => {
  test('tells no small number, and none by the others', async () => {
    const report = await reportOf(first, second)
    expect(report.masked).toBe(true)
    const received = measureOf(report, 'decisions', 'received')
    // 16 in English and 2 in Burmese: both are hidden, for one would tell the other.
    expect(received).toEqual({
      section: 'decisions',
      measure: 'received',
      total: { count: 18, more: false },
      byLanguage: [
        { key: 'en', count: null, more: true },
        { key: 'my', count: null, more: true },
      ],
    })
    const rejected = measureOf(report, 'decisions', 'rejected')
    expect(rejected.total).toEqual({ count: 11, more: false })
    // 1 and 3 by their sum would be two numbers of few; with the 8 they are not.
    expect(rejected.byRule).toEqual(
      ['defamation', 'promotion', 'topic'].map((key) => ({ key, count: null, more: true })),
    )
    expect(measureOf(report, 'decisions', 'edited')).toEqual({
      section: 'decisions',
      measure: 'edited',
      total: { count: null, more: true },
    })
    expect(measureOf(report, 'decisions', 'expired').total).toEqual({ count: 0, more: false })
    for (const { total, byLanguage = [], byRule = [], byRuleAndLanguage = [] } of measuresOf(report)) {
      for (const { count } of [total, ...byLanguage, ...byRule, ...byRuleAndLanguage]) {
        expect(count === null || count === 0 || count >= 5).toBe(true)
      }
    }
  })

  test('of two months is the sum of what is told of each', async () => {
    const [one, two, both] = [
      await reportOf(first, second),
      await reportOf(second, third),
      await reportOf(first, third),
    ]
    for (const { section, measure, total } of both.measures) {
      const parts = [one, two].map((report) => measureOf(report, section, measure).total)
      expect({ measure, count: Number(total.count), more: total.more }).toEqual({
        measure,
        count: parts.reduce((sum, { count }) => sum + Number(count), 0),
        more: parts.some(({ more }) => more),
      })
    }
  })

  test('says that nobody but people decides, how it is masked, and how long comments waited', async () => {
    const report = await reportOf(first, second)
    expect(report.review).toMatchObject({ automatedDecisions: 0 })
    expect(report.review.automatedMeans).toMatch(/^No automated means publishes/)
    expect(report.method).toMatch(/from 1 to 4/)
    const [all, ...languages] = report.waiting
    expect(all).toMatchObject({ language: null, median: expect.any(Number), p95: expect.any(Number) })
    expect(languages).toContainEqual({ language: 'my', median: null, p95: null })
  })

  test('is a CSV file as well, with the same numbers', async () => {
    const report = await reportOf(first, second)
    const answer = await ask(house, 'GET', `/v1/sites/${site}/transparency.csv?from=${first}&to=${second}`)
    expect(answer.headers['content-type']).toBe('text/csv; charset=utf-8')
    const [names, ...records] = [...readCsv(answer.text)].map((record) => record.map(({ text }) => text))
    expect(names).toEqual(['section', 'measure', 'by', 'key', 'value', 'more'])
    expect(records.every((record) => record.length === 6)).toBe(true)
    for (const { section, measure, total, byLanguage = [], byRule = [] } of measuresOf(report)) {
      const line = (by: string, { key = '', count, more }: Partial<Cell>) => [
        section,
        measure,
        by,
        key,
        String(count ?? ''),
        String(more),
      ]
      expect(records).toContainEqual(line('', total))
      for (const cell of byLanguage) expect(records).toContainEqual(line('language', cell))
      for (const cell of byRule) expect(records).toContainEqual(line('rule', cell))
    }
    expect(records).toContainEqual(['review', 'automatedDecisions', '', '', '0', ''])
  })

  test('never changes, and may be kept', async () => {
    const path = `/v1/sites/${site}/transparency?from=${first}&to=${second}`
    const { headers } = await ask(house, 'GET', path)
    expect(headers['cache-control']).toMatch(/^public, max-age=86400/)
    const again = await ask(house, 'GET', path, { headers: { 'if-none-match': String(headers['etag']) } })
    expect(again.status).toBe(304)
  })

  test.each([
    ['days within a month', '2026-01-01', '2026-01-15'],
    ['no month', '2026-01-01', '2026-01-01'],
    ['more than three years', '2022-01-01', '2026-01-01'],
  ])('is refused of %s', async (_what, from, to) => {
    expect((await ask(house, 'GET', `/v1/sites/${site}/transparency?from=${from}&to=${to}`)).status).toBe(400)
  })

  test('is refused before the months are over, and of a site that is not there', async () => {
    const { rows } = await house.owner.query(
      `select (date '${third}' + interval '1 month')::date::text as fourth`,
    )
    const early = await ask(house, 'GET', `/v1/sites/${site}/transparency?from=${third}&to=${rows[0].fourth}`)
    expect(early.body).toMatchObject({
      code: 'invalid_request',
      errors: [{ parameter: 'to', code: 'not_over' }],
    })
    const nowhere = await ask(house, 'GET', `/v1/sites/nowhere/transparency?from=${first}&to=${second}`)
    expect(nowhere.body.code).toBe('site_not_found')
  })

  test('waits until all of its days are counted', async () => {
    const late = await aSite(house)
    await aComment(house, late)
    const path = `/v1/sites/${late}/transparency?from=${first}&to=${second}`
    expect((await ask(house, 'GET', path)).status).toBe(200)
    await house.owner.query('alter table move disable trigger user')
    await house.owner.query(`update move set decided_at = $2::date where site = $1`, [late, first])
    await house.owner.query('alter table move enable trigger user')
    const answer = await ask(house, 'GET', path)
    expect(answer.status).toBe(503)
    await countAll(house)
    expect((await ask(house, 'GET', path)).status).toBe(200)
  })
})

const told = (count: number | null) => ({ count, more: count === null })

describe('the table of rules and languages', () => {
  test('tells everybody no small number, and none by the others and the sums', async () => {
    const own = await aSite(house)
    const cho = await aPerson(house, own, 'editor')
    const from = await dayOf(house)
    for (const [rule, language, many] of [
      ['topic', 'en', 6],
      ['topic', 'my', 3],
      ['promotion', 'en', 7],
      ['promotion', 'my', 5],
      ['form', 'en', 9],
    ] as const) {
      for (let at = 0; at < many; at += 1) {
        const { id } = await aComment(house, own, { text: texts[language] })
        await decision(house, cho.key, id, { action: 'reject', rules: [rule] })
      }
    }
    const { rows } = await house.owner.query<{ begin: string; end: string }>(
      `select date_trunc('month', date '${from}')::date::text as begin,
              (date_trunc('month', date '${from}') + interval '1 month')::date::text as end`,
    )
    const period = `from=${rows[0]?.begin}&to=${rows[0]?.end}`
    await toTheNextMonth()
    await house.ahead(2 * 86_400)
    await countAll(house)
    const { body } = await ask(house, 'GET', `/v1/sites/${own}/transparency?${period}`)
    const rejected = measureOf(body, 'decisions', 'rejected')
    expect(rejected).toMatchObject({
      byRule: [
        { key: 'form', ...told(9) },
        { key: 'promotion', ...told(12) },
        { key: 'topic', ...told(9) },
      ],
      byLanguage: [
        { key: 'en', ...told(22) },
        { key: 'my', ...told(8) },
      ],
    })
    // Any one of the four that are hidden would tell the other three, of which one is 3.
    expect(rejected.byRuleAndLanguage).toEqual([
      { rule: 'form', language: 'en', ...told(9) },
      { rule: 'promotion', language: 'en', ...told(null) },
      { rule: 'promotion', language: 'my', ...told(null) },
      { rule: 'topic', language: 'en', ...told(null) },
      { rule: 'topic', language: 'my', ...told(null) },
    ])
    const csv = await ask(house, 'GET', `/v1/sites/${own}/transparency.csv?${period}`)
    const records = [...readCsv(csv.text)].map((record) => record.map(({ text }) => text))
    expect(records.filter(([, , by]) => by === 'rule and language')).toEqual([
      ['decisions', 'rejected', 'rule and language', 'form en', '9', 'false'],
      ...['promotion en', 'promotion my', 'topic en', 'topic my'].map((key) => [
        'decisions',
        'rejected',
        'rule and language',
        key,
        '',
        'true',
      ]),
    ])
    const whole = await ask(house, 'GET', `/v1/moderation/transparency?site=${own}&${period}`, {
      key: cho.key,
    })
    expect(measureOf(whole.body, 'decisions', 'rejected').byRuleAndLanguage).toContainEqual({
      rule: 'topic',
      language: 'my',
      ...told(3),
    })
  })
})
