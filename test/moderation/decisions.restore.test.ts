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
import { aCommentIn, expire, outcomeOf, tracesOf } from '../support/states.ts'

describe('restoring a comment', () => {
  let house: House
  let site: string
  let moderator: TestPerson
  let editor: TestPerson

  beforeAll(async () => {
    house = await openHouse()
    site = await aSite(house, { publishDelay: 100 })
    moderator = await aPerson(house, site)
    editor = await aPerson(house, site, 'editor')
  })
  afterAll(() => house.close())

  const decide = async (id: string, asked: Record<string, unknown>) => {
    expect(outcomeOf(await decision(house, moderator.key, id, asked))).toBe(`201 ${String(asked['action'])}`)
  }
  const restore = (id: string, asked: Record<string, unknown> = {}) =>
    decision(house, editor.key, id, { action: 'restore', ...asked })
  const shown = async (id: string) => {
    const list: { id: string }[] = await published(house, site)
    return list.find((one) => one.id === id)
  }
  const edited = { action: 'edit', rules: ['respect'], text: 'The words as edited.' }
  const unpublish = { action: 'unpublish', rules: ['topic'] }

  test.each(['rejected', 'unpublished', 'expired'] as const)('%s: it shows when it is due', async (state) => {
    const { id, receipt } = await aCommentIn(house, state, site, moderator)
    const made = await restore(id)
    expect(made.body).toMatchObject({ from: state, to: 'published', by: editor.pseudonym, rules: [] })
    expect(await receiptOf(house, receipt)).not.toHaveProperty('published')
    expect(await receiptOf(house, receipt)).toMatchObject({ status: 'pending' })
    expect(await shown(id)).toBeUndefined()
    await house.ahead(101)
    expect(await shown(id)).toMatchObject({ text: 'A comment with something to say.' })
    expect(await shown(id)).not.toHaveProperty('edited')
    expect(await receiptOf(house, receipt)).toMatchObject({
      status: 'published',
      published: { text: 'A comment with something to say.' },
      decision: { action: 'restore', rules: [] },
    })
  })

  test('without a revision it shows the words that stood', async () => {
    const { id } = await aComment(house, site, { text: 'The words as sent.' })
    await decide(id, edited)
    await decide(id, unpublish)
    await restore(id)
    await house.ahead(101)
    expect(await shown(id)).toMatchObject({ text: edited.text, edited: { rules: [{ code: 'respect' }] } })
  })

  test("with one it shows that: the reader's own words again, and no mark of an edit", async () => {
    const { id, receipt } = await aComment(house, site, { text: 'The words as sent.' })
    await decide(id, edited)
    await decide(id, unpublish)
    expect(outcomeOf(await restore(id, { revision: 1 }))).toBe('201 restore')
    await house.ahead(101)
    expect(await shown(id)).toMatchObject({ text: 'The words as sent.' })
    expect(await shown(id)).not.toHaveProperty('edited')
    expect(await receiptOf(house, receipt)).not.toHaveProperty('difference')
  })

  test('after that an edit builds on what was restored', async () => {
    const { id } = await aComment(house, site, { text: 'The words as sent.' })
    await decide(id, edited)
    await decide(id, unpublish)
    await restore(id, { revision: 1 })
    await decide(id, { action: 'edit', rules: ['language'], name: 'Robin' })
    await house.ahead(101)
    expect(await shown(id)).toMatchObject({
      text: 'The words as sent.',
      name: 'Robin',
      edited: { rules: [{ code: 'language' }] },
    })
  })

  test('what expired after a second text is restored with either', async () => {
    for (const [revision, text] of [
      [1, 'The first text.'],
      [3, 'The second text.'],
    ] as const) {
      const { id, receipt } = await aComment(house, site, { text: 'The first text.' })
      await decide(id, { action: 'return', rules: ['topic'], reason: 'Please say more.' })
      await ask(house, 'PUT', '/v1/receipt/text', { key: receipt, body: { text: 'The second text.' } })
      await expire(house, id)
      expect(outcomeOf(await restore(id, { revision }))).toBe('201 restore')
      await house.ahead(101)
      expect(await shown(id)).toMatchObject({ text })
    }
  })

  test.each([
    ['never was', 9],
    ['is the restoration itself', 5],
    ['is a move without words: the rejection', 4],
    ['is a move without words: the approval', 2],
    ['is beyond all numbers', 2_147_483_647],
    ['is beyond what PostgreSQL counts', 2_147_483_648],
  ])('a revision that %s is refused', async (_what, revision) => {
    const { id } = await aComment(house, site)
    await decide(id, { action: 'approve' })
    await decide(id, { action: 'undo' })
    await decide(id, { action: 'reject', rules: ['topic'] })
    const before = await tracesOf(house, id)
    expect(outcomeOf(await restore(id, { revision }))).toBe('422 revision_unknown')
    expect(await tracesOf(house, id)).toEqual(before)
  })

  test('what is erased cannot come back', async () => {
    const { id } = await aCommentIn(house, 'rejected', site, moderator)
    await house.owner.query(`select erase_comment($1, 'person', $2)`, [id, editor.id])
    for (const asked of [{}, { revision: 1 }])
      expect(outcomeOf(await restore(id, asked))).toBe('409 illegal_move')
    expect((await tracesOf(house, id)).version).toBe(2)
  })

  test('the version that is restored is one that the editor judged', async () => {
    const { id } = await aCommentIn(house, 'rejected', site, moderator)
    expect(outcomeOf(await decision(house, editor.key, id, { action: 'restore' }, 1))).toBe(
      '412 stale_version',
    )
    expect(outcomeOf(await decision(house, editor.key, id, { action: 'restore' }, 2))).toBe('201 restore')
  })
})
