import { ask, type House, openHouse } from '../support/house.ts'
import { aComment, aPerson, aSite, decision, receiptOf, type TestPerson } from '../support/people.ts'
import { atOnce, everyRound, inParallel } from '../support/races.ts'

/** Reports that meet what else happens to a comment, on several connections to the database. */
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

test('a report, and a comment that goes: it is refused, or ends with what it is about', async () => {
  const outcomes = new Set<string>()
  await inParallel(everyRound, async (round) => {
    const { id, receipt } = await aPublished()
    const [filed, gone] = await atOnce(
      round,
      () => report(id),
      () =>
        round % 4 < 2
          ? ask(house, 'DELETE', '/v1/receipt', { key: receipt })
          : decision(house, ada.key, id, { action: 'unpublish', rules: ['topic'] }, 2),
    )
    expect(gone.status).toBeLessThan(300)
    expect([202, 404]).toContain(filed.status)
    const outcome = filed.status === 202 ? (await receiptOf(house, filed.body.receipt)).outcome : 'refused'
    expect(outcome === 'refused' || outcome === (round % 4 < 2 ? 'gone' : 'unpublish')).toBe(true)
    outcomes.add(outcome)
  })
  expect(outcomes.size).toBeGreaterThan(1)
})

test('two editors resolve a report at once: one does, and the comment follows what they decided', async () => {
  await inParallel(everyRound, async (round) => {
    const { id } = await aPublished()
    const { body } = await report(id)
    const [kept, taken] = await atOnce(
      round,
      () => resolve(eve.key, body.id, { outcome: 'keep' }),
      () => resolve(house.admin, body.id, { outcome: 'unpublish', version: 2, rules: ['respect'] }),
    )
    expect(new Set([kept.status, taken.status])).toEqual(new Set([201, 409]))
    const told = await receiptOf(house, body.receipt)
    expect(told.outcome).toBe(kept.status === 201 ? 'keep' : 'unpublish')
    expect(await movesOf(id)).toBe(
      kept.status === 201 ? 'submit,approve 1,2' : 'submit,approve,unpublish 1,2,3',
    )
  })
})

async function aPublished() {
  const comment = await aComment(house, site)
  expect((await decision(house, ada.key, comment.id, { action: 'approve' }, 1)).status).toBe(201)
  return comment
}

function report(id: string) {
  return ask(house, 'POST', `/v1/sites/${site}/comments/${id}/reports`, {
    body: { kind: 'rule', rule: 'respect', explanation: 'It insults a reader.' },
  })
}

function resolve(key: string, id: string, body: Record<string, unknown>) {
  return ask(house, 'POST', `/v1/moderation/reports/${id}/resolution`, {
    key,
    body: { explanation: 'We have read it again.', ...body },
  })
}

async function movesOf(id: string): Promise<string | undefined> {
  const { rows } = await house.db.desk.query<{ line: string }>(
    `select concat_ws(' ',
              (select string_agg(action, ',' order by seq) from move where comment_id = $1),
              (select string_agg(seq::text, ',' order by seq) from event where comment_id = $1)) as line`,
    [id],
  )
  return rows[0]?.line
}
