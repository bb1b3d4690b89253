import {
  against,
  anAppealed,
  explanation,
  movesOf,
  ownAppeal,
  resolve,
  written,
} from '../../support/appeals.ts'
import { ask, type House, openHouse } from '../../support/house.ts'
import { aPerson, aSite, decision, published, receiptOf, type TestPerson } from '../../support/people.ts'
import { outcomeOf, tracesOf } from '../../support/states.ts'

let house: House
let site: string
let ada: TestPerson
let eve: TestPerson

beforeAll(async () => {
  house = await openHouse()
  site = await aSite(house, { publishDelay: 100, times: 'hour' })
  ada = await aPerson(house, site, 'editor')
  eve = await aPerson(house, site, 'editor')
})
afterAll(() => house.close())

const kinder = { text: 'The boat was late, reader.', rules: ['respect'] }

/** A comment as everybody sees it. */
async function shown(id: string) {
  const list: { id: string; text: string }[] = await published(house, site, 'news', '?limit=100')
  return list.find((comment) => comment.id === id)
}

/** An appeal, once the decision that it is about is due. */
async function appealed(action: 'edit' | 'reject' | 'return' | 'unpublish') {
  return action === 'edit' ? anAppealedEdit() : anAppealed(house, site, ada, action)
}

/** An edit that shows at once, and can be appealed; what comes after it waits. */
async function anAppealedEdit() {
  await ask(house, 'PUT', `/v1/sites/${site}`, { key: house.admin, body: { publishDelay: 0, times: 'hour' } })
  const comment = await anAppealed(house, site, ada, 'edit')
  await ask(house, 'PUT', `/v1/sites/${site}`, {
    key: house.admin,
    body: { publishDelay: 100, times: 'hour' },
  })
  return comment
}

describe('upheld', () => {
  test.each(['edit', 'reject', 'return', 'unpublish'] as const)(
    'a decision to %s stays as it is, and the reader learns why',
    async (action) => {
      const { id, receipt, appeal } = await appealed(action)
      const before = await tracesOf(house, id)
      const answer = await resolve(house, eve.key, appeal, { outcome: 'upheld' })
      expect(answer.status).toBe(200)
      expect(answer.body).toMatchObject({
        id: appeal,
        comment: id,
        status: 'decided',
        outcome: 'upheld',
        explanation,
        by: eve.pseudonym,
        against: { action, by: ada.pseudonym },
      })
      expect(answer.body).not.toHaveProperty('decision')
      expect(await tracesOf(house, id)).toEqual(before)
      const mine = await receiptOf(house, receipt)
      expect(mine.appeal).toEqual({
        status: 'decided',
        filedAt: expect.stringMatching(/:00:00\.000Z$/),
        outcome: 'upheld',
        explanation,
        decidedAt: expect.stringMatching(/:00:00\.000Z$/),
      })
      expect(mine).toMatchObject({ decision: { action } })
      expect(JSON.stringify(mine)).not.toContain(eve.pseudonym)
      const again = await ask(house, 'POST', '/v1/receipt/appeal', { key: receipt, body: { text: 'Again.' } })
      expect(outcomeOf(again)).toBe('409 already_appealed')
    },
  )
})

describe('reversed', () => {
  test.each(['edit', 'reject', 'return', 'unpublish'] as const)(
    'a decision to %s leads back to what was judged, when it is due',
    async (action) => {
      const { id, receipt, appeal } = await appealed(action)
      const { body, status } = await resolve(house, eve.key, appeal, { outcome: 'reversed', note: 'Sorry.' })
      expect(status).toBe(200)
      expect(body).toMatchObject({
        outcome: 'reversed',
        decision: { action: 'restore', to: 'published', rules: [], by: eve.pseudonym },
      })
      expect(body.decision.visibleAt).toEqual(expect.any(String))
      // Until then everybody sees what they saw before.
      expect((await shown(id))?.text).toBe(action === 'edit' ? against.edit.text : undefined)
      await house.ahead(101)
      expect(await shown(id)).toMatchObject({ text: written, name: 'Wren' })
      expect(await shown(id)).not.toHaveProperty('edited')
      const mine = await receiptOf(house, receipt)
      expect(mine).toMatchObject({
        status: 'published',
        published: { text: written },
        decision: { action: 'restore', rules: [] },
        appeal: { status: 'decided', outcome: 'reversed', explanation },
      })
      expect(mine).not.toHaveProperty('appealUntil')
      const log = await ask(house, 'GET', `/v1/moderation/comments/${id}/history`, { key: ada.key })
      expect(log.body.moves.at(-1)).toMatchObject({ action: 'restore', by: eve.pseudonym, note: 'Sorry.' })
    },
  )

  test('an edit of an edit leads back to the first edit, which has its own appeal', async () => {
    const { id, receipt } = await anAppealedEdit()
    await decision(house, ada.key, id, { action: 'edit', rules: ['respect'], text: 'Late.' })
    await house.ahead(101)
    await ask(house, 'POST', '/v1/receipt/appeal', { key: receipt, body: { text: 'Too much.' } })
    const { body } = await ask(house, 'GET', `/v1/moderation/comments/${id}`, { key: eve.key })
    expect(body.appeals.map(({ status }: { status: string }) => status)).toEqual(['lapsed', 'open'])
    await resolve(house, eve.key, body.appeals[1].id, { outcome: 'reversed' })
    await house.ahead(101)
    expect(await shown(id)).toMatchObject({
      text: against.edit.text,
      edited: { rules: [{ code: 'respect' }] },
    })
  })
})

describe('partly reversed', () => {
  test.each(['edit', 'reject', 'return', 'unpublish'] as const)(
    'a decision to %s leads to the form that the reviewer gives, and to nothing else before it',
    async (action) => {
      const { id, receipt, appeal } = await appealed(action)
      const { body, status } = await resolve(house, eve.key, appeal, {
        outcome: 'partly_reversed',
        ...kinder,
      })
      expect(status).toBe(200)
      expect(body).toMatchObject({
        outcome: 'partly_reversed',
        decision: { action: 'edit', from: 'published', to: 'published', rules: ['respect'] },
      })
      expect((await movesOf(house, id)).slice(-2)).toEqual(['restore', 'edit'])
      expect((await shown(id))?.text).toBe(action === 'edit' ? against.edit.text : undefined)
      await house.ahead(101)
      expect(await shown(id)).toMatchObject({
        text: kinder.text,
        name: 'Wren',
        edited: { rules: [{ code: 'respect' }] },
      })
      const mine = await receiptOf(house, receipt)
      expect(mine).toMatchObject({
        published: { text: kinder.text },
        decision: { action: 'edit', rules: [{ code: 'respect' }] },
        appeal: { outcome: 'partly_reversed', explanation },
      })
      // The outcome is the last word.
      expect(mine).not.toHaveProperty('appealUntil')
      const again = await ask(house, 'POST', '/v1/receipt/appeal', { key: receipt, body: { text: 'Again.' } })
      expect(outcomeOf(again)).toBe('409 nothing_to_appeal')
    },
  )

  test.each([
    [{ publishDelay: 0 }],
    [{ publishDelay: 0, publishEvery: 3_600 }],
    [{ publishDelay: 5 }],
  ] as const)('nothing unedited ever shows, where the site has %j', async (settings) => {
    const other = await aSite(house, settings)
    const first = await aPerson(house, other)
    const second = await aPerson(house, other, 'editor')
    const { id, appeal } = await anAppealed(house, other, first)
    expect((await resolve(house, second.key, appeal, { outcome: 'partly_reversed', ...kinder })).status).toBe(
      200,
    )
    const { rows } = await house.owner.query(
      'select earlier_revision, revision, first_shown_at = shows_from as at_once from comment where id = $1',
      [id],
    )
    expect(rows).toEqual([{ earlier_revision: null, revision: 4, at_once: true }])
    const list = await ask(house, 'GET', `/v1/sites/${other}/articles/news/comments`)
    expect(list.text).not.toContain('fool')
  })

  test('the name alone may change', async () => {
    const { id, appeal } = await appealed('reject')
    await resolve(house, eve.key, appeal, { outcome: 'partly_reversed', name: null, rules: ['identity'] })
    await house.ahead(101)
    expect(await shown(id)).toMatchObject({ text: written, name: null })
  })

  test.each([
    ['rule_missing', { text: kinder.text }],
    ['rule_unknown', { text: kinder.text, rules: ['nothing'] }],
    ['rule_does_not_permit', { text: kinder.text, rules: ['topic'] }],
    ['nothing_changed', { text: written, rules: ['respect'] }],
    ['nothing_changed', { rules: ['respect'] }],
    ['text_empty', { text: ' ', rules: ['respect'] }],
    ['reason_unfinished', { ...kinder, explanation: 'See {{clause}}.' }],
  ])('is refused whole: %s', async (code, words) => {
    const { id, receipt, appeal } = await appealed('reject')
    const before = await tracesOf(house, id)
    expect(outcomeOf(await resolve(house, eve.key, appeal, { outcome: 'partly_reversed', ...words }))).toBe(
      `422 ${code}`,
    )
    expect(await tracesOf(house, id)).toEqual(before)
    expect(await ownAppeal(house, receipt)).toMatchObject({ status: 'open' })
  })

  test('is not possible where the site lets nobody edit', async () => {
    const other = await aSite(house, { edits: 'off' })
    const first = await aPerson(house, other)
    const second = await aPerson(house, other, 'editor')
    const { appeal } = await anAppealed(house, other, first)
    const refused = await resolve(house, second.key, appeal, { outcome: 'partly_reversed', ...kinder })
    expect(outcomeOf(refused)).toBe('422 edits_not_allowed')
  })
})

describe('an outcome', () => {
  test.each(['reversed', 'partly_reversed'])('that is %s is undone by nobody', async (outcome) => {
    const { id, appeal } = await appealed('reject')
    await resolve(house, eve.key, appeal, { outcome, ...(outcome === 'partly_reversed' && kinder) })
    const before = await tracesOf(house, id)
    for (const { key } of [eve, ada, { key: house.admin }]) {
      const refused = await decision(house, key, id, { action: 'undo' })
      expect(outcomeOf(refused)).toBe('409 illegal_move')
      expect(refused.body.detail).toBe('The outcome of an appeal cannot be undone.')
    }
    expect(await tracesOf(house, id)).toEqual(before)
  })

  test('does not bind later decisions, which have appeals of their own', async () => {
    const { id, receipt, appeal } = await appealed('reject')
    await resolve(house, eve.key, appeal, { outcome: 'reversed' })
    await house.ahead(101)
    expect((await decision(house, ada.key, id, against.unpublish)).status).toBe(201)
    const mine = await receiptOf(house, receipt)
    expect(mine).toMatchObject({ status: 'unpublished', appealUntil: expect.any(String) })
    expect(mine).not.toHaveProperty('appeal')
  })

  test('comes once', async () => {
    const { appeal } = await appealed('reject')
    expect((await resolve(house, eve.key, appeal, { outcome: 'upheld' })).status).toBe(200)
    expect(outcomeOf(await resolve(house, eve.key, appeal, { outcome: 'reversed' }))).toBe(
      '409 appeal_settled',
    )
    const lapsed = await appealed('reject')
    await ask(house, 'DELETE', '/v1/receipt', { key: lapsed.receipt })
    expect(outcomeOf(await resolve(house, eve.key, lapsed.appeal, { outcome: 'reversed' }))).toBe(
      '409 appeal_settled',
    )
  })

  test.each([
    ['no explanation', { outcome: 'upheld', explanation: undefined }, '#/explanation'],
    ['an explanation without a word', { outcome: 'upheld', explanation: ' \n' }, '#/explanation'],
    ['an outcome that there is none of', { outcome: 'maybe' }, '#/outcome'],
    ['words that nothing is done with', { outcome: 'reversed', text: 'Other.' }, '#/text'],
    ['a name that nothing is done with', { outcome: 'upheld', name: 'Robin' }, '#/name'],
    ['rules that nothing is done with', { outcome: 'reversed', rules: ['respect'] }, '#/rules'],
    ['a note that no move holds', { outcome: 'upheld', note: 'For us.' }, '#/note'],
  ])('is refused with %s', async (_what, body, pointer) => {
    const { appeal, receipt } = await appealed('reject')
    const refused = await resolve(house, eve.key, appeal, body)
    expect(outcomeOf(refused)).toBe('400 invalid_request')
    expect(refused.body.errors).toMatchObject([{ pointer }])
    expect(await ownAppeal(house, receipt)).toMatchObject({ status: 'open' })
  })
})
