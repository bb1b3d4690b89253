import { randomUUID } from 'node:crypto'
import { ask, type House, openHouse } from '../support/house.ts'
import { aComment, aPerson, aSite, decision, type TestPerson } from '../support/people.ts'
import { aCommentIn, expire, outcomeOf, tracesOf } from '../support/states.ts'

describe('the request that decides', () => {
  let house: House
  let site: string
  let ada: TestPerson
  let ben: TestPerson

  beforeAll(async () => {
    house = await openHouse()
    site = await aSite(house, { publishDelay: 3600, times: 'hour' })
    ada = await aPerson(house, site)
    ben = await aPerson(house, site)
  })
  afterAll(() => house.close())

  const decide = (
    id: string,
    ifMatch: string | undefined,
    body: unknown = { action: 'approve' },
    key = ada.key,
  ) =>
    ask(house, 'POST', `/v1/moderation/comments/${id}/decisions`, {
      key,
      body,
      ...(ifMatch !== undefined && { headers: { 'if-match': ifMatch } }),
    })

  test.each([undefined, '', '  ', '*', ' * '])('names a version: If-Match %p is none', async (ifMatch) => {
    const { id } = await aComment(house, site)
    const refused = await decide(id, ifMatch)
    expect(outcomeOf(refused)).toBe('428 precondition_required')
    expect((await tracesOf(house, id)).version).toBe(1)
  })

  test.each([
    'W/"1"',
    '1',
    "'1'",
    '"1',
    '1"',
    '"01"',
    '"0"',
    '"-1"',
    '"1.0"',
    '"1", "2"',
    '"2", "1"',
    '"*"',
    '"one"',
    '""',
    '"2"',
    '"999999999"',
    '"9999999999999999999999"',
    'garbage',
  ])('names the version that stands: If-Match %s does not', async (ifMatch) => {
    const { id } = await aComment(house, site)
    const refused = await decide(id, ifMatch)
    expect(outcomeOf(refused)).toBe('412 stale_version')
    expect(refused.headers['etag']).toBe('"1"')
    expect((await tracesOf(house, id)).version).toBe(1)
  })

  test('spaces around the version are forgiven', async () => {
    const { id } = await aComment(house, site)
    expect(outcomeOf(await decide(id, ' "1" '))).toBe('201 approve')
  })

  test('an old version is refused with who came first, what and why, and with no word of any text', async () => {
    const { id } = await aComment(house, site, { text: 'The old words.', name: 'Wren' })
    await decide(id, '"1"', {
      action: 'edit',
      rules: ['respect', 'language'],
      text: 'The new words.',
      name: 'Robin',
      reason: 'The reason in words.',
      note: 'The note in words.',
    })
    const refused = await decide(id, '"1"', { action: 'reject', rules: ['topic'] }, ben.key)

    expect(outcomeOf(refused)).toBe('412 stale_version')
    expect(refused.headers['etag']).toBe('"2"')
    expect(refused.body.current).toEqual({
      version: 2,
      status: 'published',
      last: {
        action: 'edit',
        by: ada.pseudonym,
        at: expect.any(String),
        rules: [
          { code: 'respect', title: 'Argue with ideas, respect people' },
          { code: 'language', title: 'No obscenity and no shouting' },
        ],
      },
    })
    expect(refused.body.detail).toBe(`${ada.pseudonym} came first: edit. The comment is now published.`)
    for (const secret of ['words', 'Wren', 'Robin', ada.id, ada.key])
      expect(refused.text).not.toContain(secret)
  })

  test('of an escalation it also tells what was proposed', async () => {
    const { id } = await aCommentIn(house, 'second_review', site, ada)
    const refused = await decide(id, '"1"', { action: 'approve' }, ben.key)
    expect(refused.body.current).toMatchObject({
      status: 'second_review',
      last: { action: 'escalate', by: ada.pseudonym, proposal: 'reject', rules: [{ code: 'at_risk' }] },
    })
  })

  test('of what the reader did it tells the time only as finely as the site says', async () => {
    const { id } = await aCommentIn(house, 'withdrawn', site, ada)
    const refused = await decide(id, '"1"')
    expect(refused.body.current).toEqual({
      version: 2,
      status: 'withdrawn',
      last: { action: 'withdraw', by: null, at: expect.stringMatching(/:00:00\.000Z$/), rules: [] },
    })
    expect(refused.body.detail).toBe('The reader came first: withdraw. The comment is now withdrawn.')
  })

  test('what the service did it calls so', async () => {
    const { id } = await aComment(house, site)
    await expire(house, id)
    const refused = await decide(id, '"1"')
    expect(refused.body.detail).toBe('The service came first: expire. The comment is now expired.')
    expect(refused.body.current.last).toMatchObject({ action: 'expire', by: null })
  })

  test.each([
    ['illegal in that state', { action: 'restore' }],
    ['without a rule', { action: 'unpublish' }],
    ['under a rule that is unknown', { action: 'unpublish', rules: ['kindness'] }],
    ['under a rule that does not permit it', { action: 'edit', rules: ['topic'], text: 'Other words.' }],
    ['that changes nothing', { action: 'edit', rules: ['respect'] }],
    ['with an empty text', { action: 'edit', rules: ['respect'], text: ' ' }],
    ['of somebody else, to be undone', { action: 'undo' }],
    ['under a rule that needs two', { action: 'reject', rules: ['at_risk'] }],
  ])('a stale version is told first, also for a decision %s', async (_what, asked) => {
    const { id } = await aCommentIn(house, 'published, not due', site, ada)
    expect(outcomeOf(await decide(id, '"1"', asked, ben.key))).toBe('412 stale_version')
    expect(outcomeOf(await decide(id, '"2"', asked, ben.key))).toMatch(/^4(?:03|09|22) /)
  })

  test.each([
    ['an unknown field', { action: 'approve', reson: 'A typing error.' }, '#/reson'],
    ['a version in the body', { action: 'approve', version: 1 }, '#/version'],
    ['who decides', { action: 'approve', by: 'somebody else' }, '#/by'],
    ['no action', { rules: ['topic'] }, '#/action'],
    ['an unknown action', { action: 'publish' }, '#/action'],
    ["a reader's move", { action: 'withdraw' }, '#/action'],
    ["the service's move", { action: 'expire' }, '#/action'],
    ['an unknown proposal', { action: 'escalate', proposal: 'return' }, '#/proposal'],
    ['rules that are no list', { action: 'reject', rules: 'topic' }, '#/rules'],
    ['a rule that is no code', { action: 'reject', rules: [1] }, '#/rules/0'],
    ['a text that is none', { action: 'edit', rules: ['respect'], text: null }, '#/text'],
    ['a name that is none', { action: 'edit', rules: ['respect'], name: 7 }, '#/name'],
    ['a revision that is none', { action: 'restore', revision: 0 }, '#/revision'],
    ['a text with what changes none', { action: 'approve', text: 'Other words.' }, '#/text'],
    ['a name with what changes none', { action: 'approve', name: 'Robin' }, '#/name'],
    [
      'a text with another proposal',
      { action: 'escalate', proposal: 'approve', text: 'Other words.' },
      '#/text',
    ],
    ['a revision with what names none', { action: 'approve', revision: 1 }, '#/revision'],
    [
      'a proposal with what makes none',
      { action: 'reject', rules: ['topic'], proposal: 'approve' },
      '#/proposal',
    ],
  ])('is refused with %s', async (_what, asked, pointer) => {
    const { id } = await aComment(house, site)
    const refused = await decide(id, '"1"', asked)
    expect(outcomeOf(refused)).toBe('400 invalid_request')
    expect(refused.body.errors).toEqual([expect.objectContaining({ pointer })])
    expect((await tracesOf(house, id)).version).toBe(1)
  })

  test.each(['', '[]', '"approve"', 'null', '{', '{"action":"approve"'])(
    'is one JSON object: %p is not',
    async (payload) => {
      const { id } = await aComment(house, site)
      const answer = await house.app.inject({
        method: 'POST',
        url: `/v1/moderation/comments/${id}/decisions`,
        headers: {
          authorization: `Bearer ${ada.key}`,
          'if-match': '"1"',
          'content-type': 'application/json',
        },
        payload,
      })
      expect(answer.statusCode).toBe(400)
      expect((await tracesOf(house, id)).version).toBe(1)
    },
  )

  test('is about a comment that exists', async () => {
    expect(outcomeOf(await decide(randomUUID(), '"1"'))).toBe('404 comment_not_found')
    expect(outcomeOf(await decide('1', '"1"'))).toBe('400 invalid_request')
    for (const part of ['', '/history'])
      expect(
        outcomeOf(
          await ask(house, 'GET', `/v1/moderation/comments/${randomUUID()}${part}`, { key: ada.key }),
        ),
      ).toBe('404 comment_not_found')
  })

  test('the answer is kept by nobody and names the new version', async () => {
    const { id } = await aComment(house, site)
    const made = await decision(house, ada.key, id, { action: 'approve' })
    expect(made.headers).toMatchObject({ etag: '"2"', 'cache-control': 'no-store' })
    expect(made.body).toEqual({
      id: expect.any(String),
      action: 'approve',
      from: 'pending',
      to: 'published',
      version: 2,
      rules: [],
      decidedAt: expect.any(String),
      visibleAt: expect.any(String),
      by: ada.pseudonym,
      next: [],
    })
    expect(Date.parse(made.body.visibleAt) - Date.parse(made.body.decidedAt)).toBe(3_600_000)
  })
})
