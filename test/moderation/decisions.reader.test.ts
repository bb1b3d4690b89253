import { ask, type House, openHouse } from '../support/house.ts'
import {
  aComment,
  aPerson,
  aSite,
  decision,
  published,
  receiptOf,
  type TestPerson,
} from '../support/people.ts'
import { expire, outcomeOf } from '../support/states.ts'

describe('what the reader learns of it', () => {
  let house: House
  let site: string
  let moderator: TestPerson
  let editor: TestPerson

  beforeAll(async () => {
    house = await openHouse()
    site = await aSite(house, { publishDelay: 100, times: 'hour' })
    moderator = await aPerson(house, site)
    editor = await aPerson(house, site, 'editor')
  })
  afterAll(() => house.close())

  const words = { text: 'The boat, you fool, was late.', name: 'Wren' }
  const respect = {
    code: 'respect',
    title: 'Argue with ideas, respect people',
    text: expect.stringContaining('Be as hard as you like on ideas'),
  }
  const secrets = ['a note for us', 'note']
  const reason = 'A reason for you.'
  const note = 'This is a note for us.'

  const edit = { action: 'edit', rules: ['respect'], text: 'The boat was late.', reason, note }
  const reject = { action: 'reject', rules: ['respect'], reason, note }
  const giveBack = { action: 'return', rules: ['respect'], reason, note }
  const escalate = { action: 'escalate', proposal: 'reject', rules: ['violence'], reason, note }
  const approve = { action: 'approve', reason, note }
  const unpublish = { action: 'unpublish', rules: ['respect'], reason, note }
  const restore = { action: 'restore', reason, note }
  const undo = { action: 'undo', reason, note }
  const waits = 'the delay is over'

  /** What happens to a comment, step by step, and what its receipt says at the end. */
  const stories: [
    what: string,
    steps: (Record<string, unknown> | string)[],
    answer: Record<string, unknown>,
  ][] = [
    ['was sent', [], { status: 'pending' }],
    ['was escalated', [escalate], { status: 'pending' }],
    ['was escalated long ago', [escalate, waits], { status: 'pending' }],
    ['was approved a moment ago', [approve], { status: 'pending' }],
    ['was edited a moment ago', [edit], { status: 'pending' }],
    ['was restored a moment ago', [reject, restore], { status: 'pending' }],
    ['was approved, and that undone', [approve, undo, waits], { status: 'pending' }],
    ['was rejected, and that undone', [reject, undo], { status: 'pending' }],
    ['was returned, and that undone', [giveBack, undo], { status: 'pending' }],
    [
      'was rejected',
      [reject],
      { status: 'rejected', decision: { action: 'reject', rules: [respect], reason } },
    ],
    [
      'was rejected without a word',
      [{ action: 'reject', rules: ['respect', 'topic'], note }],
      {
        status: 'rejected',
        decision: {
          action: 'reject',
          rules: [expect.objectContaining({ code: 'topic' }), respect],
          reason: null,
        },
      },
    ],
    [
      'was returned',
      [giveBack],
      { status: 'returned', decision: { action: 'return', rules: [respect], reason } },
    ],
    ['was returned and sent again', [giveBack, 'sent again'], { status: 'pending' }],
    [
      'was returned, sent again and rejected',
      [giveBack, 'sent again', reject],
      { status: 'rejected', decision: { action: 'reject', rules: [respect], reason } },
    ],
    [
      'is public',
      [approve, waits],
      {
        status: 'published',
        published: { ...words, at: expect.any(String) },
        decision: { action: 'approve', rules: [], reason },
      },
    ],
    [
      'is public and edited',
      [edit, waits],
      {
        status: 'published',
        published: { text: edit.text, name: 'Wren', at: expect.any(String) },
        decision: { action: 'edit', rules: [respect], reason },
        difference: [
          { kind: 'kept', text: 'The boat' },
          { kind: 'removed', text: ', you fool,' },
          { kind: 'kept', text: ' was late.' },
        ],
      },
    ],
    [
      'is public, and an edit waits',
      [approve, waits, { ...edit, reason: 'Another reason.' }],
      {
        status: 'published',
        published: { ...words, at: expect.any(String) },
        decision: { action: 'approve', rules: [], reason },
      },
    ],
    [
      'is public, and an edit was undone',
      [approve, waits, { ...edit, reason: 'Another reason.' }, undo, waits],
      {
        status: 'published',
        published: { ...words, at: expect.any(String) },
        decision: { action: 'approve', rules: [], reason },
      },
    ],
    [
      'was unpublished',
      [approve, waits, unpublish],
      { status: 'unpublished', decision: { action: 'unpublish', rules: [respect], reason } },
    ],
    [
      'was unpublished, and a restoration was undone',
      [edit, waits, unpublish, restore, undo],
      { status: 'unpublished', decision: { action: 'unpublish', rules: [respect], reason } },
    ],
    [
      'was restored',
      [edit, waits, unpublish, { ...restore, revision: 1 }, waits],
      {
        status: 'published',
        published: { ...words, at: expect.any(String) },
        decision: { action: 'restore', rules: [], reason },
      },
    ],
    ['expired', ['expired'], { status: 'expired', decision: { action: 'expire', rules: [], reason: null } }],
    [
      'was returned and expired',
      [giveBack, 'expired'],
      { status: 'expired', decision: { action: 'expire', rules: [], reason: null } },
    ],
    ['was withdrawn', [reject, 'withdrawn'], { status: 'withdrawn' }],
    ['was withdrawn while public', [edit, waits, 'withdrawn'], { status: 'withdrawn' }],
    ['was erased', [reject, 'erased'], { status: 'withdrawn', submitted: null, erased: 'you' }],
  ]

  test.each(stories)('when a comment %s', async (_what, steps, answer) => {
    const { id, receipt } = await aComment(house, site, words)
    for (const step of steps) await take(step, id, receipt)

    const whole = await ask(house, 'GET', '/v1/receipt', { key: receipt })
    expect(whole.headers['cache-control']).toBe('no-store')
    const { appealUntil, ...rest } = whole.body
    expect(rest).toEqual({ id, site, article: 'news', language: 'en', submitted: words, ...answer })
    const isAgainst = ['edit', 'reject', 'return', 'unpublish'].includes(rest.decision?.action)
    expect(appealUntil ?? 'never').toMatch(isAgainst ? /T\d\d:00:00\.000Z$/ : /^never$/)
    for (const secret of [
      ...secrets,
      moderator.pseudonym,
      editor.pseudonym,
      moderator.id,
      editor.id,
      'violence',
    ])
      expect(whole.text).not.toContain(secret)
  })

  function take(
    step: Record<string, unknown> | string,
    id: string,
    receipt: string,
  ): Promise<unknown> | undefined {
    return typeof step === 'string' ? events[step]?.(id, receipt) : decide(id, step)
  }

  async function decide(id: string, step: Record<string, unknown>): Promise<void> {
    expect(outcomeOf(await decision(house, editor.key, id, step))).toBe(`201 ${String(step['action'])}`)
  }

  const events: Record<string, (id: string, receipt: string) => Promise<unknown>> = {
    [waits]: () => house.ahead(101),
    'sent again': (_id, key) => ask(house, 'PUT', '/v1/receipt/text', { key, body: words }),
    withdrawn: (_id, key) => ask(house, 'DELETE', '/v1/receipt', { key }),
    erased: (_id, key) => ask(house, 'POST', '/v1/receipt/erasure', { key }),
    expired: (id) => expire(house, id),
  }

  test('reasons and notes are for moderators to read again; nobody else sees either', async () => {
    const { id } = await aComment(house, site, words)
    await decision(house, moderator.key, id, edit)
    await house.ahead(101)
    const history = await ask(house, 'GET', `/v1/moderation/comments/${id}/history`, { key: editor.key })
    expect(history.body.moves[1]).toMatchObject({ action: 'edit', reason, note, by: moderator.pseudonym })
    const everybody = JSON.stringify(await published(house, site))
    expect(everybody).toContain(id)
    for (const secret of [reason, note, moderator.pseudonym]) expect(everybody).not.toContain(secret)
  })

  test("a reason is plain text, taken through the same pipeline as a reader's", async () => {
    const { id, receipt } = await aComment(house, site, words)
    await decision(house, moderator.key, id, {
      ...giveBack,
      reason: '  Cafe\u0301 <b>&amp;</b>\r\n\u202eback\u0000wards \u{1f6a2}\n\n ',
    })
    expect((await receiptOf(house, receipt)).decision.reason).toBe(
      'Caf\u00e9 <b>&amp;</b>\nbackwards \u{1f6a2}',
    )
  })

  test.each(['reason', 'note'])('a %s has at most 4,000 characters', async (field) => {
    const { id } = await aComment(house, site, words)
    const asked = (length: number) => ({ ...giveBack, [field]: 'x'.repeat(length) })
    expect(outcomeOf(await decision(house, moderator.key, id, asked(4_001)))).toBe('400 invalid_request')
    expect(outcomeOf(await decision(house, moderator.key, id, asked(4_000)))).toBe('201 return')
  })

  test('when it became public is told as finely as the site says', async () => {
    const { id, receipt } = await aComment(house, site, words)
    await decision(house, moderator.key, id, approve)
    await house.ahead(101)
    const mine = await receiptOf(house, receipt)
    expect(mine.published.at).toMatch(/T\d\d:00:00\.000Z$/)
  })

  test('a changed name is told with the words', async () => {
    const { id, receipt } = await aComment(house, site, words)
    await decision(house, moderator.key, id, { action: 'edit', rules: ['identity'], name: null })
    await house.ahead(101)
    expect(await receiptOf(house, receipt)).toMatchObject({
      submitted: { name: 'Wren' },
      published: { name: null, text: words.text },
      decision: { action: 'edit', rules: [{ code: 'identity' }] },
      difference: [{ kind: 'kept', text: words.text }],
    })
  })
})
