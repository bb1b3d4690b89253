import { ask, type House, openHouse } from '../support/house.ts'
import { aComment, aPerson, aSite, decision, type TestPerson } from '../support/people.ts'

let house: House
let site: string
let ada: TestPerson
beforeAll(async () => {
  house = await openHouse()
  site = await aSite(house)
  ada = await aPerson(house, site, 'editor')
})
afterAll(() => house.close())

async function historyOf(id: string, key = ada.key) {
  const answer = await ask(house, 'GET', `/v1/moderation/comments/${id}/history`, { key })
  expect(answer.status).toBe(200)
  return answer.body
}

describe('what a comment answers', () => {
  test('is told from the first comment down, as it stands now', async () => {
    const first = await aComment(house, site, { text: 'The boat was late.', name: 'Wren' })
    await decision(house, ada.key, first.id, { action: 'approve' })
    const second = await aComment(house, site, { text: 'It was not.', parent: first.id })
    await decision(house, ada.key, second.id, { action: 'approve' })
    const third = await aComment(house, site, { text: 'I saw it myself.', parent: second.id })
    await decision(house, ada.key, second.id, { action: 'unpublish', rules: ['facts'] })
    expect((await historyOf(third.id)).thread).toEqual([
      expect.objectContaining({
        id: first.id,
        name: 'Wren',
        text: 'The boat was late.',
        status: 'published',
        decision: expect.objectContaining({ action: 'approve', by: ada.pseudonym, rules: [] }),
      }),
      expect.objectContaining({
        id: second.id,
        name: null,
        text: 'It was not.',
        status: 'unpublished',
        decision: expect.objectContaining({
          action: 'unpublish',
          rules: [expect.objectContaining({ code: 'facts' })],
        }),
      }),
    ])
    expect((await historyOf(first.id)).thread).toEqual([])
  })

  test('is without words in a language that the moderator does not read, unless everybody sees it', async () => {
    const cho = await aPerson(house, site, 'moderator', ['my'])
    const first = await aComment(house, site, { text: 'The boat was late yesterday evening, as always.' })
    await decision(house, ada.key, first.id, { action: 'approve' })
    const answer = await aComment(house, site, {
      text: 'မြန်မာနိုင်ငံမှာ လှေတစ်စင်း ဖြစ်ပါတယ်။',
      parent: first.id,
    })
    const textSeen = async () => (await historyOf(answer.id, cho.key)).thread[0].text
    expect(await textSeen()).toMatch(/^The boat/)
    await decision(house, ada.key, first.id, { action: 'unpublish', rules: ['facts'] })
    expect(await textSeen()).toBeNull()
    expect((await historyOf(answer.id)).thread[0].text).toMatch(/^The boat/)
  })
})

describe('earlier comments that say the same', () => {
  test('are told with what was decided about them, the newest ten, and no others', async () => {
    const own = await aSite(house)
    const ids: string[] = []
    for (let at = 0; at < 12; at += 1) {
      ids.push((await aComment(house, own, { text: at % 2 ? 'Buy my boats now!' : 'buy  MY boats, now' })).id)
    }
    await aComment(house, own, { text: 'Buy my other boats now!' })
    await aComment(house, site, { text: 'Buy my boats now!' })
    const ben = await aPerson(house, own)
    await decision(house, ben.key, String(ids[10]), { action: 'reject', rules: ['promotion'] })
    const asked = await aComment(house, own, { text: 'Buy my boats now.' })
    await aComment(house, own, { text: 'Buy my boats now?' })

    const { alike } = await historyOf(asked.id, ben.key)
    expect(alike.map(({ id }: { id: string }) => id)).toEqual(ids.slice(2).toReversed())
    expect(alike[1]).toMatchObject({
      status: 'rejected',
      text: 'buy  MY boats, now',
      decision: {
        action: 'reject',
        by: ben.pseudonym,
        rules: [expect.objectContaining({ code: 'promotion' })],
      },
    })
    expect(alike[0]).toMatchObject({ status: 'pending', decision: null })
  })

  test('are not those that only share a hash, nor those whose words are gone', async () => {
    const own = await aSite(house)
    const ben = await aPerson(house, own)
    const forged = await aComment(house, own, { text: 'Something else altogether.' })
    const erased = await aComment(house, own, { text: 'The very same words.' })
    const asked = await aComment(house, own, { text: 'The very same words.' })
    await house.owner.query('alter table screening disable trigger user')
    await house.owner.query(
      `update screening set match_hash = (select match_hash from screening where comment_id = $2) where comment_id = $1`,
      [forged.id, asked.id],
    )
    await house.owner.query('alter table screening enable trigger user')
    const before = await historyOf(asked.id, ben.key)
    expect(before.alike.map(({ id }: { id: string }) => id)).toEqual([erased.id])
    await ask(house, 'POST', '/v1/receipt/erasure', { key: erased.receipt })
    expect((await historyOf(asked.id, ben.key)).alike).toEqual([])
  })
})

describe('a history', () => {
  test('tells what moderators told each other, and what was noticed about each revision', async () => {
    const { id, receipt } = await aComment(house, site, { text: 'See https://boats.example/ for more.' })
    await ask(house, 'POST', `/v1/moderation/comments/${id}/notes`, {
      key: ada.key,
      body: { text: 'Whose page is this?' },
    })
    await decision(house, ada.key, id, {
      action: 'return',
      rules: ['promotion'],
      reason: 'Without the link, please.',
    })
    await ask(house, 'PUT', '/v1/receipt/text', { key: receipt, body: { text: 'See for more.' } })
    const { notes, moves } = await historyOf(id)
    expect(notes).toEqual([expect.objectContaining({ by: ada.pseudonym, text: 'Whose page is this?' })])
    expect(
      moves.map(({ signals }: { signals: { code: string }[] | null }) => signals?.map(({ code }) => code)),
    ).toEqual([['links'], undefined, []])
    await ask(house, 'POST', '/v1/receipt/erasure', { key: receipt })
    const after = await historyOf(id)
    expect(after.notes).toEqual([])
    expect(after.alike).toEqual([])
    expect(after.moves.map(({ signals }: { signals: unknown }) => signals)).toEqual([null, null, null, null])
  })

  test('is for whoever may see the comment', async () => {
    const { id } = await aComment(house, site)
    const stranger = await aPerson(house, await aSite(house))
    const answer = await ask(house, 'GET', `/v1/moderation/comments/${id}/history`, { key: stranger.key })
    expect(answer.status).toBe(403)
  })
})
