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
import { aCommentIn, outcomeOf, type State, tracesOf } from '../support/states.ts'

let house: House
beforeAll(async () => {
  house = await openHouse()
})
afterAll(() => house.close())

/** Every decision that can be taken back, and the state before it. */
const undoable: [what: string, before: State, asked: Record<string, unknown>][] = [
  ['an approval', 'pending', { action: 'approve' }],
  ['an edit', 'pending', { action: 'edit', rules: ['respect'], text: 'Other words.' }],
  ['a rejection', 'pending', { action: 'reject', rules: ['topic'] }],
  ['a return', 'pending', { action: 'return', rules: ['topic'], reason: 'Please say how it connects.' }],
  ['an escalation', 'pending', { action: 'escalate', proposal: 'approve' }],
  [
    'a proposed edit',
    'pending',
    { action: 'escalate', proposal: 'edit', rules: ['respect'], text: 'Others.' },
  ],
  ["a second person's approval", 'second_review', { action: 'approve' }],
  ["a second person's edit", 'second_review', { action: 'edit', rules: ['at_risk'], text: 'Other words.' }],
  ["a second person's rejection", 'second_review', { action: 'reject', rules: ['violence'] }],
  [
    'an edit of what waits',
    'published, not due',
    { action: 'edit', rules: ['respect'], text: 'Other words.' },
  ],
  [
    'an edit of what is public',
    'published, due',
    { action: 'edit', rules: ['respect'], text: 'Other words.' },
  ],
  ['a restoration after a rejection', 'rejected', { action: 'restore' }],
  ['a restoration of what was unpublished', 'unpublished', { action: 'restore' }],
  ['a restoration of what expired', 'expired', { action: 'restore' }],
]

const undo = (person: { key: string }, id: string) => decision(house, person.key, id, { action: 'undo' })

describe('taking a decision back', () => {
  let site: string
  let first: TestPerson
  let decider: TestPerson
  let colleague: TestPerson
  let editor: TestPerson

  beforeAll(async () => {
    site = await aSite(house, { publishDelay: 100 })
    first = await aPerson(house, site)
    colleague = await aPerson(house, site)
    editor = await aPerson(house, site, 'editor')
    decider = await aPerson(house, site, 'editor')
  })

  async function decided(before: State, asked: Record<string, unknown>) {
    const { id, receipt } = await aCommentIn(house, before, site, first)
    const { comment, version } = await tracesOf(house, id)
    const seen = await receiptOf(house, receipt)
    expect(outcomeOf(await decision(house, decider.key, id, asked))).toBe(`201 ${String(asked['action'])}`)
    return { id, receipt, comment, version, seen }
  }

  test.each(undoable)('%s is as if it had never been', async (_what, before, asked) => {
    const { id, receipt, comment, version, seen } = await decided(before, asked)
    const made = await undo(decider, id)
    expect(made.status).toBe(201)
    expect(made.body).toMatchObject({ action: 'undo', to: comment.status, version: version + 2, rules: [] })
    expect(await receiptOf(house, receipt)).toEqual(seen)

    const after = await tracesOf(house, id)
    expect(after.comment).toEqual({ ...comment, seq: version + 2, head_hash: expect.any(String) })
    expect(after.moves.slice(-2)).toMatchObject([
      { action: asked['action'], person_id: decider.id },
      { action: 'undo', person_id: decider.id, judged_revision: expect.any(Number) },
    ])
  })

  test.each(undoable)(
    '%s may be undone by an editor, not by another moderator',
    async (_what, before, asked) => {
      const { id } = await decided(before, asked)
      const traces = await tracesOf(house, id)
      expect(outcomeOf(await undo(colleague, id))).toBe('403 forbidden')
      expect(await tracesOf(house, id)).toEqual(traces)
      expect(outcomeOf(await undo(editor, id))).toBe('201 undo')
    },
  )

  test.each(undoable)(
    '%s cannot be undone when its time is over, by nobody',
    async (_what, before, asked) => {
      const { id } = await decided(before, asked)
      await house.ahead(100)
      const traces = await tracesOf(house, id)
      for (const person of [decider, editor, colleague, { key: house.admin }])
        expect(outcomeOf(await undo(person, id))).toBe('409 too_late_to_undo')
      expect(await tracesOf(house, id)).toEqual(traces)
    },
  )

  test('in the last quarter of a second it is too late, because a reader could see it meanwhile', async () => {
    const { id } = await aComment(house, site)
    await decision(house, decider.key, id, { action: 'approve' })
    const { rows } = await house.owner.query<{ left: string }>(
      `select extract(epoch from shows_from - moment()) as left from comment where id = $1`,
      [id],
    )
    await house.ahead(Number(rows[0]?.left) - 0.2)
    expect(outcomeOf(await undo(decider, id))).toBe('409 too_late_to_undo')
  })

  test('a moderator undoes what was their own decision', async () => {
    const { id } = await aComment(house, site)
    await decision(house, colleague.key, id, { action: 'approve' })
    expect(outcomeOf(await undo(first, id))).toBe('403 forbidden')
    expect(outcomeOf(await undo(colleague, id))).toBe('201 undo')
  })

  test('an undo is not undone, and nothing before it', async () => {
    const { id } = await aCommentIn(house, 'published, not due', site, colleague)
    await decision(house, first.key, id, { action: 'edit', rules: ['respect'], text: 'Other words.' })
    expect(outcomeOf(await undo(colleague, id))).toBe('403 forbidden')
    expect(outcomeOf(await undo(first, id))).toBe('201 undo')
    for (const person of [first, colleague, editor])
      expect(outcomeOf(await undo(person, id))).toBe('409 illegal_move')
  })

  test("the reader's next move is in the way", async () => {
    const returned = await aCommentIn(house, 'returned', site, colleague)
    const body = { text: 'A better text.' }
    expect((await ask(house, 'PUT', '/v1/receipt/text', { key: returned.receipt, body })).status).toBe(200)
    expect(outcomeOf(await undo(colleague, returned.id))).toBe('409 illegal_move')

    const withdrawn = await aCommentIn(house, 'published, not due', site, colleague)
    await ask(house, 'DELETE', '/v1/receipt', { key: withdrawn.receipt })
    expect(outcomeOf(await undo(colleague, withdrawn.id))).toBe('409 illegal_move')
  })

  test('a return that was undone is not answered any more', async () => {
    const { id, receipt } = await aCommentIn(house, 'returned', site, colleague)
    await undo(colleague, id)
    const body = { text: 'A better text.' }
    const answer = await ask(house, 'PUT', '/v1/receipt/text', { key: receipt, body })
    expect([answer.status, answer.body.code]).toEqual([409, 'not_returned'])
  })

  test('after an undo another decision is made, and that one counts', async () => {
    const { id } = await aComment(house, site)
    await decision(house, colleague.key, id, { action: 'approve' })
    await undo(colleague, id)
    await decision(house, colleague.key, id, { action: 'reject', rules: ['topic'] })
    await house.ahead(1000)
    expect(JSON.stringify(await published(house, site))).not.toContain(id)
  })
})

describe('where decisions show at once', () => {
  test.each(undoable)('%s cannot be undone', async (_what, before, asked) => {
    const site = await aSite(house, { publishDelay: 0 })
    const first = await aPerson(house, site)
    const decider = await aPerson(house, site, 'editor')
    const { id } = await aCommentIn(house, before, site, first)
    expect(outcomeOf(await decision(house, decider.key, id, asked))).toBe(`201 ${String(asked['action'])}`)
    expect(outcomeOf(await decision(house, decider.key, id, { action: 'undo' }))).toBe('409 too_late_to_undo')
  })
})
