import { setTimeout as wait } from 'node:timers/promises'
import { eraseOldWords } from '../../src/moderation/expiry/expire.ts'
import { ask, type House, openHouse } from '../support/house.ts'
import { aComment, aPerson, aSite, decision, type TestComment, type TestPerson } from '../support/people.ts'
import { rounds } from '../support/races.ts'

/** Words that are kept no longer, and somebody who needs them at that moment. */
let house: House
let site: string
let ada: TestPerson
let eve: TestPerson

beforeAll(async () => {
  house = await openHouse()
  site = await aSite(house, { appealDays: 1, retentionDays: 2 })
  ada = await aPerson(house, site)
  eve = await aPerson(house, site, 'editor')
})
afterAll(() => house.close())

test('an erasure by two processes and a restoration: erased and not restored, or restored and not erased', async () => {
  const outcomes = { restored: 0, erased: 0 }
  for (let left = rounds; left > 0; left -= 25) {
    const comments = await someRefused(Math.min(25, left))
    await house.ahead(3 * 86_400)
    const [, , ...answers] = await Promise.all([
      eraseOldWords(house.db),
      eraseOldWords(house.db),
      ...comments.map(({ id }, at) =>
        wait((at % 5) * 6).then(() => decision(house, eve.key, id, { action: 'restore' }, 2)),
      ),
    ])
    for (const [index, { id }] of comments.entries()) {
      const answer = answers[index]
      const isRestored = answer?.status === 201
      expect([answer?.status, answer?.body.code]).toEqual(
        isRestored ? [201, undefined] : [409, 'illegal_move'],
      )
      expect(await stateOf(id)).toEqual(
        isRestored
          ? { status: 'published', erased: false, words: 1 }
          : { status: 'rejected', erased: true, words: 0 },
      )
      outcomes[isRestored ? 'restored' : 'erased'] += 1
    }
  }
  expect(outcomes.restored + outcomes.erased).toBe(rounds)
  expect(Math.min(outcomes.restored, outcomes.erased)).toBeGreaterThan(0)
})

async function someRefused(many: number): Promise<TestComment[]> {
  const comments: TestComment[] = []
  for (let made = 0; made < many; made += 1) comments.push(await aComment(house, site))
  const decisions = comments.map(({ id }) => ({ id, version: 1, action: 'reject', rules: ['topic'] }))
  const answer = await ask(house, 'POST', '/v1/moderation/decisions', { key: ada.key, body: { decisions } })
  expect(answer.status).toBe(200)
  return comments
}

async function stateOf(id: string) {
  const { rows } = await house.db.desk.query<{ status: string; erased: boolean; words: number }>(
    `select status, erased_at is not null as erased,
            (select count(*)::int from revision_text where comment_id = c.id) as words
       from comment c where id = $1`,
    [id],
  )
  return rows[0]
}
