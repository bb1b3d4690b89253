import { refusal, refusalByKeys } from '../support/attacks.ts'
import { aGround, type Ground, move, type Standing, standing } from '../support/forged.ts'
import { ask, type House, openHouse } from '../support/house.ts'
import { aComment, decision } from '../support/people.ts'

let house: House
let ground: Ground
let shown: Standing
let report: string

beforeAll(async () => {
  house = await openHouse()
  ground = await aGround(house)
  shown = await aShown()
  report = await filed(shown)
})
afterAll(() => house.close())

async function aShown(): Promise<Standing> {
  const { id } = await aComment(house, ground.site)
  await decision(house, ground.ben.key, id, { action: 'approve' })
  await house.ahead(31)
  return standing(house, { id })
}

async function filed({ id }: { id: string }): Promise<string> {
  const body = { kind: 'rule', rule: 'respect', explanation: 'It insults a reader.' }
  const sent = await ask(house, 'POST', `/v1/sites/${ground.site}/comments/${id}/reports`, { body })
  expect(sent.status).toBe(202)
  return sent.body.id
}

const set = (what: string, id = report) => `update report set ${what} where id = '${id}'`
const resolved = (outcome: string, { person = ground.ben.id, seq = 'null' } = {}) =>
  set(
    `status = 'resolved', resolved_at = moment(), outcome = '${outcome}', person_id = '${person}', outcome_seq = ${seq}`,
  )

const naming = (names: string) =>
  `insert into report (site, comment_id, revision, receipt_hash, kind, rule, country, words_hash)
   values ('${ground.site}', '${shown.id}', 1, 'x', ${names}, 'x')`

describe('a report', () => {
  test('is about what shows', async () => {
    const { id } = await aComment(house, ground.site)
    const sql = `insert into report (site, comment_id, revision, receipt_hash, kind, rule, words_hash)
                 values ('${ground.site}', '${id}', 1, 'x', 'rule', 'respect', 'x')`
    for (const role of ['owner', 'desk'] as const)
      expect(await refusal(house, role, sql)).toBe('report_of_what_shows')
    expect(await refusal(house, 'reader', sql)).toBe('permission denied for table report')
  })

  test('begins open', async () => {
    const sql = `insert into report (site, comment_id, revision, receipt_hash, kind, rule, words_hash, status, outcome, person_id, resolved_at)
                 values ('${ground.site}', '${shown.id}', 1, 'x', 'rule', 'respect', 'x', 'resolved', 'keep', '${ground.ada.id}', moment())`
    expect(await refusal(house, 'desk', sql)).toBe('a report is filed open')
  })

  test('names a rule or a law', async () => {
    for (const names of [
      `'rule', null, null`,
      `'law', null, null`,
      `'law', 'respect', 'DE'`,
      `'rule', 'respect', 'DE'`,
    ]) {
      expect(await refusalByKeys(house, naming(names))).toBe('report_names')
    }
  })

  test('is resolved by somebody, in one of the ways that there are', async () => {
    for (const [sql, refused] of [
      [set(`status = 'resolved'`), 'report_outcome'],
      [set(`status = 'resolved', resolved_at = moment(), outcome = 'keep'`), 'report_outcome'],
      [
        set(
          `status = 'resolved', resolved_at = moment(), outcome = 'unpublish', person_id = '${ground.ben.id}'`,
        ),
        'report_outcome',
      ],
      [set(`status = 'resolved', resolved_at = moment(), outcome = null`), 'report_outcome'],
      [set(`outcome = 'keep'`), 'report_outcome'],
      [set(`status = 'ignored'`), 'report_outcome'],
      [resolved('keep', { person: shown.id }), 'report_person_id_fkey'],
      [resolved('unpublish', { seq: '9' }), 'report_outcome_fkey'],
    ] as const) {
      expect(await refusalByKeys(house, sql)).toBe(refused)
    }
  })

  test('ends with a move of who resolved it, of that kind', async () => {
    const said = 'the outcome of a report is a move of who resolved it'
    for (const role of ['owner', 'desk'] as const) {
      expect(await refusal(house, role, resolved('unpublish', { seq: '2' }))).toBe(said)
      expect(await refusal(house, role, resolved('edit', { seq: '2' }))).toBe(said)
    }
    const unpublish = move(shown, 'unpublish', { person_id: ground.ada.id, rules: [ground.rule('topic')] })
    expect(await refusal(house, 'desk', `${resolved('unpublish', { seq: '3' })}; ${unpublish}`)).toBe(said)
  })

  test('is resolved once, stays what it was, and stays', async () => {
    const other = await filed(shown)
    const made = await ask(house, 'POST', `/v1/moderation/reports/${other}/resolution`, {
      key: ground.ben.key,
      body: { outcome: 'keep', explanation: 'It stays.' },
    })
    expect(made.status).toBe(201)
    const once = 'a report is resolved once, and nothing else of it changes'
    expect(await refusal(house, 'desk', set(`outcome = 'taken_back', person_id = null`, other))).toBe(once)
    expect(await refusal(house, 'owner', set(`danger = true`))).toBe(once)
    expect(await refusal(house, 'owner', set(`rule = 'topic'`))).toBe(once)
    expect(await refusal(house, 'owner', set(`filed_at = moment() - interval '1 day'`))).toBe(once)
    expect(await refusal(house, 'owner', `delete from report where id = '${other}'`)).toContain(
      'kept for ever',
    )
    expect(await refusal(house, 'owner', `update report_text set explanation = 'Other.'`)).toContain(
      'kept for ever',
    )
    expect(await refusal(house, 'desk', `delete from report where id = '${other}'`)).toBe(
      'permission denied for table report',
    )
  })
})
