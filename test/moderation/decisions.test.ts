import { ask, type House, openHouse } from '../support/house.ts'
import { aComment, aPerson, aSite, decision, receiptOf, type TestPerson } from '../support/people.ts'
import { aCommentIn, outcomeOf, tracesOf } from '../support/states.ts'

describe('the rules that a decision cites', () => {
  let house: House
  let site: string
  let moderator: TestPerson
  let editor: TestPerson

  beforeAll(async () => {
    house = await openHouse()
    site = await aSite(house, { publishDelay: 3600 })
    moderator = await aPerson(house, site)
    editor = await aPerson(house, site, 'editor')
  })
  afterAll(() => house.close())

  const decide = (id: string, asked: Record<string, unknown>) => decision(house, moderator.key, id, asked)
  const newComment = async () => (await aComment(house, site)).id
  const text = 'Other words.'

  test.each([
    ['pending', { action: 'edit', text }],
    ['pending', { action: 'reject' }],
    ['pending', { action: 'return', reason: 'Please change it.' }],
    ['pending', { action: 'escalate', proposal: 'edit', text }],
    ['pending', { action: 'escalate', proposal: 'reject' }],
    ['published, not due', { action: 'edit', text }],
    ['published, not due', { action: 'unpublish' }],
  ] as const)('%s: without a rule there is no %p', async (state, asked) => {
    const { id } = await aCommentIn(house, state, site, moderator)
    for (const rules of [undefined, []]) {
      const refused = await decide(id, { ...asked, rules })
      expect(outcomeOf(refused)).toBe('422 rule_missing')
      expect(refused.body.errors).toMatchObject([{ pointer: '#/rules', code: 'rule_missing' }])
    }
  })

  test.each([
    ['pending', { action: 'approve' }],
    ['pending', { action: 'escalate', proposal: 'approve' }],
    ['rejected', { action: 'restore' }],
    ['rejected', { action: 'undo' }],
  ] as const)('%s: %p cites none', async (state, asked) => {
    const { id } = await aCommentIn(house, state, site, moderator)
    const refused = await decision(house, editor.key, id, { ...asked, rules: ['topic'] })
    expect(outcomeOf(refused)).toBe('422 rule_does_not_permit')
  })

  test('a rule is one of the terms, by its code', async () => {
    const id = await newComment()
    for (const code of ['kindness', 'Topic', 'topic ', '', 'respect,topic', 'x\u0000']) {
      const refused = await decide(id, { action: 'reject', rules: [code] })
      expect(outcomeOf(refused)).toBe('422 rule_unknown')
      expect(refused.body.detail).toContain('topic, respect, hatred')
      expect(refused.body.errors).toMatchObject([{ pointer: '#/rules', code: 'rule_unknown' }])
    }
    expect(outcomeOf(await decide(id, { action: 'reject', rules: ['x'.repeat(41)] }))).toBe(
      '400 invalid_request',
    )
    expect(outcomeOf(await decide(id, { action: 'reject', rules: Array(21).fill('topic') }))).toBe(
      '400 invalid_request',
    )
  })

  test('several rules are cited together, in the order of the terms', async () => {
    const id = await newComment()
    const made = await decide(id, { action: 'reject', rules: ['promotion', 'topic', 'respect'] })
    expect(made.body.rules).toEqual(['topic', 'respect', 'promotion'])
    expect((await tracesOf(house, id)).citations).toHaveLength(3)
    const history = await ask(house, 'GET', `/v1/moderation/comments/${id}/history`, { key: moderator.key })
    expect(history.body.moves[1].rules.map((rule: { code: string }) => rule.code)).toEqual(made.body.rules)
  })

  test('a rule that is named twice is cited once', async () => {
    const id = await newComment()
    const made = await decide(id, { action: 'reject', rules: ['topic', 'respect', 'topic', 'topic'] })
    expect(made.body.rules).toEqual(['topic', 'respect'])
    expect((await tracesOf(house, id)).citations).toHaveLength(2)
  })

  test('one of several that is unknown, or does not permit it, refuses them all', async () => {
    const id = await newComment()
    const before = await tracesOf(house, id)
    const unknown = await decide(id, { action: 'edit', text, rules: ['respect', 'kindness'] })
    const notPermitting = await decide(id, { action: 'edit', text, rules: ['respect', 'topic'] })
    expect([outcomeOf(unknown), outcomeOf(notPermitting)]).toEqual([
      '422 rule_unknown',
      '422 rule_does_not_permit',
    ])
    expect(notPermitting.body.detail).toBe('The rule topic permits: reject, return, unpublish.')
    expect(await tracesOf(house, id)).toEqual(before)
  })

  test('a return says what to change', async () => {
    const id = await newComment()
    const asked = { action: 'return', rules: ['topic'] }
    expect(outcomeOf(await decide(id, asked))).toBe('422 reason_missing')
    expect(outcomeOf(await decide(id, { ...asked, reason: null }))).toBe('422 reason_missing')
    for (const reason of ['', '  \n ', '\u200b\u2060', '\u0000'])
      expect(outcomeOf(await decide(id, { ...asked, reason }))).toBe('400 invalid_request')
    expect(outcomeOf(await decide(id, { ...asked, note: 'For us.' }))).toBe('422 reason_missing')
    expect(outcomeOf(await decide(id, { ...asked, reason: 'Shorter, please.' }))).toBe('201 return')
  })
})

describe('what each rule permits', () => {
  const permits = ['edit', 'reject', 'return', 'unpublish']
  const asked = [
    ['edit', 'pending', { action: 'edit', text: 'Other words.' }],
    ['edit', 'published, not due', { action: 'edit', text: 'Other words.' }],
    ['edit', 'pending', { action: 'escalate', proposal: 'edit', text: 'Other words.' }],
    ['reject', 'pending', { action: 'reject' }],
    ['reject', 'pending', { action: 'escalate', proposal: 'reject' }],
    ['return', 'pending', { action: 'return', reason: 'Please change it.' }],
    ['unpublish', 'published, not due', { action: 'unpublish' }],
  ] as const

  let house: House
  let site: string
  let moderator: TestPerson

  beforeAll(async () => {
    house = await openHouse()
    site = await aSite(house, { publishDelay: 3600 })
    moderator = await aPerson(house, site)
    await publishTerms(permits.map((permit) => ({ code: `only_${permit}`, permits: [permit] })))
  })
  afterAll(() => house.close())

  async function publishTerms(rules: Record<string, unknown>[]): Promise<void> {
    const made = await ask(house, 'POST', `/v1/sites/${site}/terms`, {
      key: house.admin,
      body: {
        introduction: 'Be kind.',
        rules: rules.map((rule) => ({ title: 'A rule', text: 'Do as it says.', ...rule })),
      },
    })
    expect(made.status).toBe(201)
  }

  test.each(asked)('only a rule that permits to %s allows it: %s, %p', async (permit, state, decided) => {
    const { id } = await aComment(house, site)
    if (state !== 'pending') await decision(house, moderator.key, id, { action: 'approve' })
    for (const other of permits.filter((one) => one !== permit)) {
      const refused = await decision(house, moderator.key, id, { ...decided, rules: [`only_${other}`] })
      expect(outcomeOf(refused)).toBe('422 rule_does_not_permit')
    }
    const made = await decision(house, moderator.key, id, { ...decided, rules: [`only_${permit}`] })
    expect(outcomeOf(made)).toBe(`201 ${decided.action}`)
  })

  test('a comment is judged under the terms that were in force when its text was sent', async () => {
    const { id, receipt } = await aComment(house, site)
    await publishTerms([{ code: 'newer', permits: ['reject', 'return'] }])
    expect(outcomeOf(await decision(house, moderator.key, id, { action: 'reject', rules: ['newer'] }))).toBe(
      '422 rule_unknown',
    )

    await decision(house, moderator.key, id, {
      action: 'return',
      rules: ['only_return'],
      reason: 'Change it.',
    })
    expect((await receiptOf(house, receipt)).decision.rules).toMatchObject([{ code: 'only_return' }])
    await ask(house, 'PUT', '/v1/receipt/text', { key: receipt, body: { text: 'A newer text.' } })
    expect(
      outcomeOf(await decision(house, moderator.key, id, { action: 'reject', rules: ['only_reject'] })),
    ).toBe('422 rule_unknown')
    expect(outcomeOf(await decision(house, moderator.key, id, { action: 'reject', rules: ['newer'] }))).toBe(
      '201 reject',
    )
  })
})
