import { ask, type House, openHouse } from '../support/house.ts'
import { aComment, aPerson, aSite, decision, receiptOf, type TestPerson } from '../support/people.ts'
import { outcomeOf, tracesOf } from '../support/states.ts'

let house: House
beforeAll(async () => {
  house = await openHouse()
})
afterAll(() => house.close())

const sent = { text: 'The boat, you fool, was late.\nAgain!', name: 'Zoé the Wren' }

/** A site with this setting, a moderator of it, and what they do. */
async function aDesk(settings: Record<string, unknown>) {
  const site = await aSite(house, { publishDelay: 3600, ...settings })
  const moderator: TestPerson = await aPerson(house, site)
  const other: TestPerson = await aPerson(house, site)
  const standing = async (id: string) =>
    (await ask(house, 'GET', `/v1/moderation/comments/${id}`, { key: moderator.key })).body
  const edit = (id: string, asked: Record<string, unknown>, person = moderator) =>
    decision(house, person.key, id, { action: 'edit', rules: ['respect'], ...asked })
  const newComment = (body: Record<string, unknown> = sent) => aComment(house, site, body)
  return { site, moderator, other, standing, edit, newComment }
}
type Desk = Awaited<ReturnType<typeof aDesk>>

describe('where a site lets moderators edit', () => {
  let desk: Desk
  beforeAll(async () => {
    desk = await aDesk({ limits: { textGraphemes: 60, textBytes: 200, nameGraphemes: 20 } })
  })

  test.each([
    ['the text', { text: 'Other words.' }, { text: 'Other words.', name: sent.name }],
    ['the name', { name: 'Robin' }, { text: sent.text, name: 'Robin' }],
    ['both', { text: 'Other words.', name: 'Robin' }, { text: 'Other words.', name: 'Robin' }],
    ['no name at all', { name: null }, { text: sent.text, name: null }],
    ['a name that is blank', { name: ' \u200b ' }, { text: sent.text, name: null }],
    [
      'typed markup',
      { text: '<b>Other</b> &amp; words' },
      { text: '<b>Other</b> &amp; words', name: sent.name },
    ],
  ])('an edit may write %s', async (_what, asked, after) => {
    const { id, receipt } = await desk.newComment()
    expect(outcomeOf(await desk.edit(id, asked))).toBe('201 edit')
    expect(await desk.standing(id)).toMatchObject({ ...after, revision: 2, submitted: sent, signals: [] })
    expect((await receiptOf(house, receipt)).submitted).toEqual(sent)
    expect((await tracesOf(house, id)).texts).toHaveLength(2)
  })

  test.each([
    ['nothing', {}],
    ['the same text', { text: sent.text }],
    ['the same name', { name: sent.name }],
    ['the same of both', sent],
    ['the same text but for spaces around it', { text: ` ${sent.text}\n\n` }],
    ['the same text with other line ends', { text: sent.text.replace('\n', '\r\n') }],
    ['the same text but for what is removed', { text: `\u0007${sent.text}\u202e` }],
    ['the same name in another normal form', { name: sent.name.normalize('NFD') }],
  ])('an edit changes something: %s is refused', async (_what, asked) => {
    const { id } = await desk.newComment()
    expect(outcomeOf(await desk.edit(id, asked))).toBe('422 nothing_changed')
    expect((await tracesOf(house, id)).version).toBe(1)
  })

  test('no name for a comment without one changes nothing', async () => {
    const { id } = await desk.newComment({ text: sent.text })
    expect(outcomeOf(await desk.edit(id, { name: null }))).toBe('422 nothing_changed')
    expect(outcomeOf(await desk.edit(id, { name: ' ' }))).toBe('422 nothing_changed')
  })

  test("an edited text goes through the same pipeline as a reader's", async () => {
    const { id } = await desk.newComment()
    await desk.edit(id, {
      text: '  Cafe\u0301\r\n\u202eevil\u202c\u0007 \ud800\n\n\n\n\nend  ',
      name: 'Ro\tbin\u0301',
    })
    expect(await desk.standing(id)).toMatchObject({
      text: 'Caf\u00e9\nevil \ufffd\n\n\nend',
      name: 'Ro bi\u0144',
      removed: { controls: 1, bidi_overrides: 1, bidi_controls: 1, lone_surrogates: 1, blank_lines: 2 },
    })
  })

  test.each([
    ['an empty text', { text: '' }, 'text_empty', '#/text'],
    ['a text of which nothing shows', { text: ' \u200b\u2060\n' }, 'text_empty', '#/text'],
    ['a text that is too long', { text: 'x'.repeat(61) }, 'text_too_long', '#/text'],
    ['a text that is too large', { text: 'မြို့'.repeat(20) }, 'text_too_large', '#/text'],
    ['a text that is far too large', { text: 'x'.repeat(70_000) }, 'text_too_large', '#/text'],
    ['a name that is too long', { name: 'x'.repeat(21) }, 'name_too_long', '#/name'],
  ])('an edit to %s is refused', async (_what, asked, code, pointer) => {
    const { id } = await desk.newComment()
    for (const wanted of [asked, { ...asked, action: 'escalate', proposal: 'edit' }]) {
      const refused = await desk.edit(id, wanted)
      expect(outcomeOf(refused)).toBe(`422 ${code}`)
      expect(refused.body.errors).toMatchObject([{ pointer, code }])
    }
    expect((await tracesOf(house, id)).version).toBe(1)
  })

  test('a text at the limit is taken', async () => {
    const { id } = await desk.newComment()
    expect(outcomeOf(await desk.edit(id, { text: 'x'.repeat(60), name: 'y'.repeat(20) }))).toBe('201 edit')
  })

  test('an edit builds on what stands, and every version is kept', async () => {
    const { id } = await desk.newComment()
    await desk.edit(id, { text: 'First edit.' })
    await desk.edit(id, { name: 'Robin', rules: ['identity'] })
    expect(await desk.standing(id)).toMatchObject({ text: 'First edit.', name: 'Robin', revision: 3 })
    const { key } = desk.moderator
    const history = await ask(house, 'GET', `/v1/moderation/comments/${id}/history`, { key })
    expect(history.body.moves.map((move: { wrote: unknown }) => move.wrote)).toEqual([
      { text: sent.text, name: sent.name },
      { text: 'First edit.', name: sent.name },
      { text: 'First edit.', name: 'Robin' },
    ])
  })
})

describe('where a site lets moderators only cut', () => {
  let desk: Desk
  beforeAll(async () => {
    desk = await aDesk({ edits: 'removals' })
  })
  const cut = 'The boat, […], was late.\nAgain!'

  test.each([
    ['a passage, and leaves the mark', { text: cut }, { text: cut, name: sent.name }],
    ['the name', { name: null }, { text: sent.text, name: null }],
    ['both', { text: cut, name: null }, { text: cut, name: null }],
    ['everything', { text: '[…]' }, { text: '[…]', name: sent.name }],
  ])('an edit may cut %s', async (_what, asked, after) => {
    const { id } = await desk.newComment()
    expect(outcomeOf(await desk.edit(id, asked))).toBe('201 edit')
    expect(await desk.standing(id)).toMatchObject(after)
  })

  test.each([
    ['cut without a mark', { text: 'The boat, was late.\nAgain!' }, '#/text'],
    ['write another word', { text: 'The boat, you friend, was late.\nAgain!' }, '#/text'],
    ['write one more', { text: `${sent.text} Really.` }, '#/text'],
    ['cut and write', { text: 'The old boat, […], was late.\nAgain!' }, '#/text'],
    ['mark what was not cut', { text: `${sent.text}[…]` }, '#/text'],
    ['change the order', { text: 'Again!\n[…]' }, '#/text'],
    ['write another name', { name: 'Robin' }, '#/name'],
    ['cut the name short', { name: 'Zoé' }, '#/name'],
    ['cut the text and write another name', { text: cut, name: 'Robin' }, '#/name'],
  ])('an edit may not %s', async (_what, asked, pointer) => {
    const { id } = await desk.newComment()
    for (const wanted of [asked, { ...asked, action: 'escalate', proposal: 'edit' }]) {
      const refused = await desk.edit(id, wanted)
      expect(outcomeOf(refused)).toBe('422 edits_not_allowed')
      expect(refused.body.errors).toMatchObject([{ pointer, code: 'edits_not_allowed' }])
    }
    expect((await tracesOf(house, id)).version).toBe(1)
  })

  test('where there is no name, none may be given', async () => {
    const { id } = await desk.newComment({ text: sent.text })
    expect(outcomeOf(await desk.edit(id, { text: cut, name: 'Robin' }))).toBe('422 edits_not_allowed')
  })

  test('a second edit cuts further and brings nothing back', async () => {
    const { id } = await desk.newComment()
    await desk.edit(id, { text: cut })
    expect(outcomeOf(await desk.edit(id, { text: sent.text }))).toBe('422 edits_not_allowed')
    expect(outcomeOf(await desk.edit(id, { text: 'The boat, […], was late.[…]' }))).toBe('201 edit')
  })

  test("a second person cuts from the reader's words, whatever was proposed", async () => {
    const { id } = await desk.newComment()
    await desk.edit(id, { action: 'escalate', proposal: 'edit', text: '[…]' })
    expect(outcomeOf(await desk.edit(id, { text: 'Other words.' }, desk.other))).toBe('422 edits_not_allowed')
    expect(outcomeOf(await desk.edit(id, { text: cut }, desk.other))).toBe('201 edit')
  })
})

describe('where a site lets moderators change nothing', () => {
  let desk: Desk
  beforeAll(async () => {
    desk = await aDesk({ edits: 'off' })
  })

  test.each([
    ['an edit', {}],
    ['a proposal to edit', { action: 'escalate', proposal: 'edit' }],
  ])('%s is refused', async (_what, asked) => {
    const { id } = await desk.newComment()
    for (const words of [{ text: 'Other words.' }, { text: 'The boat, […]' }, { name: null }])
      expect(outcomeOf(await desk.edit(id, { ...asked, ...words }))).toBe('422 edits_not_allowed')
    expect((await tracesOf(house, id)).version).toBe(1)
  })

  test('so is an edit of what is published; every other decision is possible', async () => {
    const { id } = await desk.newComment()
    const { key } = desk.moderator
    expect(outcomeOf(await decision(house, key, id, { action: 'approve' }))).toBe('201 approve')
    expect(outcomeOf(await desk.edit(id, { text: 'Other words.' }))).toBe('422 edits_not_allowed')
    expect(outcomeOf(await decision(house, key, id, { action: 'unpublish', rules: ['topic'] }))).toBe(
      '201 unpublish',
    )
  })
})
