import { expireOverdue } from '../../../src/moderation/expiry/expire.ts'
import {
  aDecided,
  against,
  anAppealed,
  appeal,
  movesOf,
  objection,
  ownAppeal,
} from '../../support/appeals.ts'
import { ask, type House, openHouse } from '../../support/house.ts'
import { aComment, aPerson, aSite, decision, receiptOf, type TestPerson } from '../../support/people.ts'
import { aCommentIn, expire, outcomeOf } from '../../support/states.ts'

const day = 86_400

describe('a reader appeals', () => {
  let house: House
  let site: string
  let ada: TestPerson
  let eve: TestPerson

  beforeAll(async () => {
    house = await openHouse()
    site = await aSite(house, { publishDelay: 0, times: 'hour', appealDays: 190 })
    ada = await aPerson(house, site)
    eve = await aPerson(house, site, 'editor')
  })
  afterAll(() => house.close())

  test.each(['edit', 'reject', 'return', 'unpublish'] as const)(
    'against a decision to %s, with the receipt alone',
    async (action) => {
      const { id, receipt } = await aDecided(house, site, ada, action)
      const before = await receiptOf(house, receipt)
      expect(before.appealUntil).toMatch(/T\d\d:00:00\.000Z$/)
      expect(before).not.toHaveProperty('appeal')
      const filed = await appeal(house, receipt)
      expect(filed.status).toBe(202)
      expect(filed.headers['cache-control']).toBe('no-store')
      expect(filed.body).toMatchObject({
        id,
        decision: { action },
        appeal: { status: 'open', filedAt: expect.stringMatching(/T\d\d:00:00\.000Z$/) },
      })
      expect(filed.body).not.toHaveProperty('appealUntil')
      expect(filed.body).toEqual(await receiptOf(house, receipt))
    },
  )

  test('once: the second time it says so, whatever became of the first', async () => {
    const { receipt } = await aDecided(house, site, ada)
    expect((await appeal(house, receipt)).status).toBe(202)
    expect(outcomeOf(await appeal(house, receipt, 'Again.'))).toBe('409 already_appealed')
  })

  test.each([
    ['an empty text', ' \n\u200b ', '422 text_empty'],
    ['2,001 characters', 'x'.repeat(2_001), '422 text_too_long'],
    [
      'more than 32 KiB',
      '\u{1f468}\u200d\u{1f469}\u200d\u{1f467}\u200d\u{1f466}'.repeat(1_400),
      '422 text_too_large',
    ],
  ])('not with %s', async (_what, text, outcome) => {
    const { receipt } = await aDecided(house, site, ada)
    const refused = await appeal(house, receipt, text)
    expect(outcomeOf(refused)).toBe(outcome)
    expect(refused.body.errors).toMatchObject([{ pointer: '#/text' }])
    expect((await appeal(house, receipt)).status).toBe(202)
  })

  test('in any script: 2,000 characters as readers count them', async () => {
    const { receipt } = await aDecided(house, site, ada)
    expect((await appeal(house, receipt, '\u{1f469}\u200d\u{1f680}'.repeat(2_000))).status).toBe(202)
  })

  test('with nothing but the receipt of the comment', async () => {
    const { receipt } = await aDecided(house, site, ada)
    for (const [key, outcome] of [
      [undefined, '401 unauthenticated'],
      [`${receipt}0`, '401 receipt_unknown'],
      [ada.key, '401 receipt_unknown'],
      [house.admin, '401 receipt_unknown'],
    ] as const) {
      expect(outcomeOf(await appeal(house, key))).toBe(outcome)
    }
    expect(await ownAppeal(house, receipt)).toBeUndefined()
  })

  test('not against what is no decision against the text', async () => {
    for (const state of ['pending', 'second_review', 'published, due', 'expired', 'withdrawn'] as const) {
      const { receipt } = await aCommentIn(house, state, site, ada)
      expect(await receiptOf(house, receipt)).not.toHaveProperty('appealUntil')
      expect(outcomeOf(await appeal(house, receipt))).toBe('409 nothing_to_appeal')
    }
    const restored = await aDecided(house, site, ada)
    await decision(house, eve.key, restored.id, { action: 'restore' })
    expect(outcomeOf(await appeal(house, restored.receipt))).toBe('409 nothing_to_appeal')
    const sentAgain = await aDecided(house, site, ada, 'return')
    await ask(house, 'PUT', '/v1/receipt/text', { key: sentAgain.receipt, body: { text: 'Other words.' } })
    expect(outcomeOf(await appeal(house, sentAgain.receipt))).toBe('409 nothing_to_appeal')
    const expired = await aDecided(house, site, ada, 'return')
    await expire(house, expired.id)
    expect(outcomeOf(await appeal(house, expired.receipt))).toBe('409 nothing_to_appeal')
    const erased = await aDecided(house, site, ada)
    await house.owner.query(`select erase_comment($1, 'person', $2)`, [erased.id, eve.id])
    expect(await receiptOf(house, erased.receipt)).not.toHaveProperty('appealUntil')
    expect(outcomeOf(await appeal(house, erased.receipt))).toBe('409 nothing_to_appeal')
  })

  test('nor of what the reader is not told yet', async () => {
    const slow = await aSite(house, { publishDelay: 600 })
    const moderator = await aPerson(house, slow)
    const { id, receipt } = await aDecided(house, slow, moderator, 'edit')
    expect(await receiptOf(house, receipt)).not.toHaveProperty('appealUntil')
    expect(outcomeOf(await appeal(house, receipt))).toBe('409 nothing_to_appeal')
    await house.ahead(601)
    expect((await appeal(house, receipt)).status).toBe(202)
    // A later edit that is still to come is not what the reader is told of either.
    await decision(house, moderator.key, id, { ...against.edit, text: 'Late.' })
    expect(outcomeOf(await appeal(house, receipt))).toBe('409 nothing_to_appeal')
  })

  test('as long as the site allowed when it was decided', async () => {
    const short = await aSite(house, { appealDays: 10, retentionDays: 20 })
    const moderator = await aPerson(house, short)
    const [early, late] = [await aDecided(house, short, moderator), await aDecided(house, short, moderator)]
    await ask(house, 'PUT', `/v1/sites/${short}`, {
      key: house.admin,
      body: { appealDays: 1, retentionDays: 2 },
    })
    await house.ahead(9.9 * day)
    expect((await appeal(house, early.receipt)).status).toBe(202)
    await house.ahead(0.2 * day)
    expect(await receiptOf(house, late.receipt)).not.toHaveProperty('appealUntil')
    expect(outcomeOf(await appeal(house, late.receipt))).toBe('409 appeal_too_late')
  })

  test('and moderators see the words; nobody else does', async () => {
    const { id, appeal: appealId } = await anAppealed(house, site, ada, 'edit')
    const seen = await ask(house, 'GET', `/v1/moderation/comments/${id}`, { key: ada.key })
    expect(seen.body.appeals).toMatchObject([
      {
        id: appealId,
        status: 'open',
        text: objection,
        against: { version: 2, action: 'edit', by: ada.pseudonym, reason: against.edit.reason },
      },
    ])
    expect(seen.body.version).toBe(2)
    const list = await ask(house, 'GET', `/v1/sites/${site}/articles/news/comments?limit=100`)
    expect(list.text).toContain(id)
    expect(list.text).not.toContain(objection)
  })
})

describe('an open appeal lapses', () => {
  let house: House
  let site: string
  let ada: TestPerson
  let eve: TestPerson

  beforeAll(async () => {
    house = await openHouse()
    site = await aSite(house, { publishDelay: 100, expireAfter: 7 })
    ada = await aPerson(house, site)
    eve = await aPerson(house, site, 'editor')
  })
  afterAll(() => house.close())

  test('when its reader withdraws the comment', async () => {
    const { receipt } = await anAppealed(house, site, ada)
    await ask(house, 'DELETE', '/v1/receipt', { key: receipt })
    expect(await ownAppeal(house, receipt)).toMatchObject({ status: 'lapsed' })
  })

  test('when its reader sends it again', async () => {
    const { receipt } = await anAppealed(house, site, ada, 'return')
    await ask(house, 'PUT', '/v1/receipt/text', { key: receipt, body: { text: 'Other words.' } })
    expect(await ownAppeal(house, receipt)).toMatchObject({ status: 'lapsed' })
  })

  test('when it is erased, and its words go', async () => {
    const { id, receipt } = await anAppealed(house, site, ada)
    await ask(house, 'POST', '/v1/receipt/erasure', { key: receipt })
    expect(await ownAppeal(house, receipt)).toMatchObject({ status: 'lapsed' })
    const seen = await ask(house, 'GET', `/v1/moderation/comments/${id}`, { key: eve.key })
    expect(seen.body.appeals).toMatchObject([{ status: 'lapsed', text: null }])
    const { rows } = await house.owner.query('select from appeal_text where comment_id = $1', [id])
    expect(rows).toHaveLength(0)
  })

  test('when an admin erases it', async () => {
    const { id, receipt } = await anAppealed(house, site, ada)
    await house.owner.query(`select erase_comment($1, 'person', $2)`, [id, eve.id])
    expect(await ownAppeal(house, receipt)).toMatchObject({ status: 'lapsed' })
  })

  test('when the decision is undone; nothing is left to appeal then', async () => {
    const { id, receipt } = await anAppealed(house, site, ada)
    expect((await decision(house, ada.key, id, { action: 'undo' })).status).toBe(201)
    expect(await ownAppeal(house, receipt)).toMatchObject({ status: 'lapsed' })
    expect(outcomeOf(await appeal(house, receipt))).toBe('409 nothing_to_appeal')
  })

  test('when it is restored; and if that is undone, the reader may appeal again', async () => {
    const { id, receipt } = await anAppealed(house, site, ada)
    expect((await decision(house, eve.key, id, { action: 'restore' })).status).toBe(201)
    expect(await ownAppeal(house, receipt)).toMatchObject({ status: 'lapsed' })
    expect((await decision(house, eve.key, id, { action: 'undo' })).status).toBe(201)
    expect(await receiptOf(house, receipt)).toMatchObject({
      status: 'rejected',
      appealUntil: expect.any(String),
    })
    expect((await appeal(house, receipt)).status).toBe(202)
    expect(outcomeOf(await appeal(house, receipt))).toBe('409 already_appealed')
    expect(await movesOf(house, id)).toEqual(['submit', 'reject', 'restore', 'undo'])
  })

  test('when another decision is made against it, which has an appeal of its own', async () => {
    const { id, receipt } = await aComment(house, site)
    await decision(house, ada.key, id, against.edit)
    await house.ahead(101)
    expect((await appeal(house, receipt)).status).toBe(202)
    await decision(house, ada.key, id, against.unpublish)
    const after = await receiptOf(house, receipt)
    expect(after).toMatchObject({ decision: { action: 'unpublish' }, appealUntil: expect.any(String) })
    expect(after).not.toHaveProperty('appeal')
    expect((await appeal(house, receipt)).status).toBe(202)
  })

  test('but not because nobody answered: a returned comment does not expire under it', async () => {
    const { receipt } = await anAppealed(house, site, ada, 'return')
    const other = await aDecided(house, site, ada, 'return')
    await house.ahead(8 * day)
    await expireOverdue(house.db)
    expect(await receiptOf(house, other.receipt)).toMatchObject({ status: 'expired' })
    expect(await receiptOf(house, receipt)).toMatchObject({ status: 'returned', appeal: { status: 'open' } })
  })
})
