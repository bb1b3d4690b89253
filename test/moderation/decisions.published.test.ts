import { type House, openHouse } from '../support/house.ts'
import {
  aComment,
  aPerson,
  aSite,
  decision,
  published,
  receiptOf,
  type TestPerson,
} from '../support/people.ts'
import { outcomeOf } from '../support/states.ts'

let house: House
beforeAll(async () => {
  house = await openHouse()
})
afterAll(() => house.close())

describe('editing what is published', () => {
  let site: string
  let moderator: TestPerson

  beforeAll(async () => {
    site = await aSite(house, { publishDelay: 100 })
    moderator = await aPerson(house, site)
  })

  const sent = { text: 'The words as sent.', name: 'Wren' }
  const decide = async (id: string, asked: Record<string, unknown>) => {
    expect(outcomeOf(await decision(house, moderator.key, id, asked))).toBe(`201 ${String(asked['action'])}`)
  }
  const edit = (id: string, text: string, rules = ['respect']) => decide(id, { action: 'edit', rules, text })
  const shown = async (id: string) => {
    const list: { id: string; text: string; edited?: { rules: { code: string }[] } }[] = await published(
      house,
      site,
    )
    const comment = list.find((one) => one.id === id)
    return comment && [comment.text, ...(comment.edited?.rules.map((rule) => rule.code) ?? [])]
  }
  const aShownComment = async () => {
    const comment = await aComment(house, site, sent)
    await decide(comment.id, { action: 'approve' })
    await house.ahead(101)
    expect(await shown(comment.id)).toEqual([sent.text])
    return comment
  }

  test('shows the old text until the new one is due, and then the new one with its rule', async () => {
    const { id, receipt } = await aShownComment()
    const before = await receiptOf(house, receipt)
    await edit(id, 'The words as edited.')
    expect(await shown(id)).toEqual([sent.text])
    expect(await receiptOf(house, receipt)).toEqual(before)

    await house.ahead(90)
    expect(await shown(id)).toEqual([sent.text])
    await house.ahead(11)
    expect(await shown(id)).toEqual(['The words as edited.', 'respect'])
    expect(await receiptOf(house, receipt)).toMatchObject({
      status: 'published',
      submitted: sent,
      published: { text: 'The words as edited.', name: 'Wren', at: before.published.at },
      decision: { action: 'edit', rules: [{ code: 'respect' }] },
      difference: expect.arrayContaining([{ kind: 'removed', text: expect.stringContaining('sent') }]),
    })
  })

  test('undone before it is due, it was never there', async () => {
    const { id, receipt } = await aShownComment()
    const before = await receiptOf(house, receipt)
    await edit(id, 'The words as edited.')
    await decide(id, { action: 'undo' })
    expect(await shown(id)).toEqual([sent.text])
    await house.ahead(1000)
    expect(await shown(id)).toEqual([sent.text])
    expect(await receiptOf(house, receipt)).toEqual(before)
  })

  test('twice before it is due, only the second text ever shows', async () => {
    const { id } = await aShownComment()
    await edit(id, 'The first edit.')
    await house.ahead(60)
    await edit(id, 'The second edit.', ['language'])
    await house.ahead(60)
    expect(await shown(id)).toEqual([sent.text])
    await house.ahead(41)
    expect(await shown(id)).toEqual(['The second edit.', 'respect', 'language'])
  })

  test('twice, and the second undone, the first shows when it was due', async () => {
    const { id } = await aShownComment()
    await edit(id, 'The first edit.')
    await house.ahead(60)
    await edit(id, 'The second edit.', ['language'])
    await decide(id, { action: 'undo' })
    expect(await shown(id)).toEqual([sent.text])
    await house.ahead(41)
    expect(await shown(id)).toEqual(['The first edit.', 'respect'])
    await house.ahead(1000)
    expect(await shown(id)).toEqual(['The first edit.', 'respect'])
  })

  test('twice, the second undone after the first was due, the first shows at once', async () => {
    const { id } = await aShownComment()
    await edit(id, 'The first edit.')
    await house.ahead(60)
    await edit(id, 'The second edit.', ['language'])
    await house.ahead(60)
    await decide(id, { action: 'undo' })
    expect(await shown(id)).toEqual(['The first edit.', 'respect'])
  })

  test('before the first text was due, that text is never shown', async () => {
    const { id, receipt } = await aComment(house, site, sent)
    await decide(id, { action: 'approve' })
    await house.ahead(60)
    await edit(id, 'The words as edited.')
    await house.ahead(60)
    expect(await shown(id)).toBeUndefined()
    expect(await receiptOf(house, receipt)).toEqual({
      id,
      site,
      article: 'news',
      language: 'en',
      status: 'pending',
      submitted: sent,
    })
    await house.ahead(41)
    expect(await shown(id)).toEqual(['The words as edited.', 'respect'])
  })

  test('before the first text was due, and undone, that text shows when it was due', async () => {
    const { id } = await aComment(house, site, sent)
    await decide(id, { action: 'approve' })
    await house.ahead(60)
    await edit(id, 'The words as edited.')
    await decide(id, { action: 'undo' })
    expect(await shown(id)).toBeUndefined()
    await house.ahead(41)
    expect(await shown(id)).toEqual([sent.text])
  })

  test.each([
    ['', []],
    [' while an edit waits', ['The words as edited.']],
  ])('ends when it is unpublished%s: gone at once', async (_what, edits: string[]) => {
    const { id } = await aShownComment()
    for (const text of edits) await edit(id, text)
    await decide(id, { action: 'unpublish', rules: ['topic'] })
    expect(await shown(id)).toBeUndefined()
    await house.ahead(1000)
    expect(await shown(id)).toBeUndefined()
  })
})

describe('a site that publishes in batches', () => {
  test('shows what is ripe at the next multiple, and lets it be undone until then', async () => {
    const site = await aSite(house, { publishDelay: 100, publishEvery: 3600 })
    const moderator = await aPerson(house, site)
    const visibleAt = []
    for (let made = 0; made < 2; made += 1) {
      const { id } = await aComment(house, site)
      const { body } = await decision(house, moderator.key, id, { action: 'approve' })
      const waits = Date.parse(body.visibleAt) - Date.parse(body.decidedAt)
      expect(Date.parse(body.visibleAt) % 3_600_000).toBe(0)
      expect(waits).toBeGreaterThanOrEqual(100_000)
      expect(waits).toBeLessThan(3_700_000)

      await house.ahead(waits / 1000 - 30)
      expect(await published(house, site)).toHaveLength(made)
      expect(outcomeOf(await decision(house, moderator.key, id, { action: 'undo' }))).toBe('201 undo')
      const again = await decision(house, moderator.key, id, { action: 'approve' })
      visibleAt.push(Date.parse(again.body.visibleAt))
      expect(again.body.visibleAt).toBe(new Date(Date.parse(body.visibleAt) + 3_600_000).toISOString())
      await house.ahead(3_631)
      expect(await published(house, site)).toHaveLength(made + 1)
      expect(outcomeOf(await decision(house, moderator.key, id, { action: 'undo' }))).toBe(
        '409 too_late_to_undo',
      )
    }
    expect(new Set(visibleAt).size).toBe(2)
  })

  test('keeps no answer waiting for an edit of what it answers: that shows already', async () => {
    const site = await aSite(house)
    const moderator = await aPerson(house, site)
    const parent = await aComment(house, site, { text: 'Ask the council.' })
    await decision(house, moderator.key, parent.id, { action: 'approve' })
    await house.owner.query('update site set publish_delay = 100 where key = $1', [site])
    const asked = { action: 'edit', rules: ['respect'], text: 'Ask them.' }
    const edited = await decision(house, moderator.key, parent.id, asked)
    await house.owner.query('update site set publish_delay = 0 where key = $1', [site])
    const reply = await aComment(house, site, { text: 'I did.', parent: parent.id })
    const answered = await decision(house, moderator.key, reply.id, { action: 'approve' })
    expect(Date.parse(answered.body.visibleAt)).toBeLessThan(Date.parse(edited.body.visibleAt))
    expect((await published(house, site)).map((comment: { text: string }) => comment.text)).toEqual([
      'Ask the council.',
      'I did.',
    ])
  })

  test('shows what was decided within one period together', async () => {
    const site = await aSite(house, { publishDelay: 0, publishEvery: 86_400 })
    const moderator = await aPerson(house, site)
    // Away from midnight, where one batch ends and the next begins.
    const { rows } = await house.owner.query<{ left: string }>(
      `select 86400 - extract(epoch from moment()) % 86400 as left`,
    )
    await house.ahead(Number(rows[0]?.left) + 3_600)

    const times = []
    for (let made = 0; made < 3; made += 1) {
      const { id } = await aComment(house, site)
      times.push((await decision(house, moderator.key, id, { action: 'approve' })).body.visibleAt)
      await house.ahead(1)
    }
    expect(new Set(times).size).toBe(1)
    expect(times[0]).toMatch(/T00:00:00\.000Z$/)
  })
})
