import { changesIn, mostCompared } from '../../src/moderation/read-history.ts'
import type { LoggedRow } from '../../src/moderation/store.ts'
import { ask, type House, openHouse } from '../support/house.ts'
import { aComment, aPerson, aSite, decision, receiptOf, type TestPerson } from '../support/people.ts'

const zawgyi = 'ကၽြန္ေတာ္တို႔ႏိုင္ငံမွာ ေစ်းေတြ တက္ေနတယ္။'
const unicode = 'ကျွန်တော်တို့နိုင်ငံမှာ ဈေးတွေ တက်နေတယ်။'

describe('a moderator', () => {
  let house: House
  let site: string
  let ada: TestPerson
  let ben: TestPerson

  beforeAll(async () => {
    house = await openHouse()
    site = await aSite(house, { publishDelay: 30 })
    ada = await aPerson(house, site)
    ben = await aPerson(house, site)
  })
  afterAll(() => house.close())

  const read = async (id: string) =>
    (await ask(house, 'GET', `/v1/moderation/comments/${id}`, { key: ada.key })).body
  const changesOf = async (id: string) => {
    const { body } = await ask(house, 'GET', `/v1/moderation/comments/${id}/history`, { key: ada.key })
    return body.moves.map(({ difference }: { difference: unknown }) => difference)
  }

  test('sees no difference in a text as it was sent', async () => {
    const { id } = await aComment(house, site, { text: 'The evening boat matters.' })
    expect(await read(id)).toMatchObject({ difference: null, converted: null })
    expect(await changesOf(id)).toEqual([null])
  })

  test('sees what an edit changed, from what the reader sent, and what each edit did', async () => {
    const { id } = await aComment(house, site, { text: 'Call 555 0142, you fools.' })
    const texts = ['Call […], you fools.', 'Call […].']
    for (const text of texts) {
      const made = await decision(house, ada.key, id, { action: 'edit', text, rules: ['private_details'] })
      expect(made.status).toBe(201)
    }
    const { difference } = await read(id)
    expect(sides(difference)).toEqual(['Call 555 0142, you fools.', 'Call […].'])
    expect((await changesOf(id)).map(sides)).toEqual([
      null,
      ['Call 555 0142, you fools.', 'Call […], you fools.'],
      ['Call […], you fools.', 'Call […].'],
    ])
  })

  test('sees no difference in the text where only the name was changed', async () => {
    const { id } = await aComment(house, site, { text: 'The evening boat matters.', name: 'Editor' })
    await decision(house, ada.key, id, { action: 'edit', name: null, rules: ['identity'] })
    expect(await read(id)).toMatchObject({ name: null, difference: null })
    expect(await changesOf(id)).toEqual([null, null])
  })

  test('sees what another proposes to change, and afterwards what came of it', async () => {
    const { id } = await aComment(house, site, { text: 'Call 555 0142.' })
    const proposal = { action: 'escalate', proposal: 'edit', text: 'Call […].', rules: ['private_details'] }
    expect((await decision(house, ben.key, id, proposal)).status).toBe(201)
    const proposed = await read(id)
    expect(proposed).toMatchObject({ text: 'Call 555 0142.', proposed: { text: 'Call […].' } })
    expect(sides(proposed.difference)).toEqual(['Call 555 0142.', 'Call […].'])

    await decision(house, ada.key, id, { action: 'edit', text: 'Call them.', rules: ['private_details'] })
    expect(sides((await read(id)).difference)).toEqual(['Call 555 0142.', 'Call them.'])
    expect((await changesOf(id)).map(sides)).toEqual([
      null,
      ['Call 555 0142.', 'Call […].'],
      ['Call 555 0142.', 'Call them.'],
    ])
  })

  test('sees what the reader changed in a returned text, which is then the text as it was sent', async () => {
    const { id, receipt } = await aComment(house, site, { text: 'They are all thieves.' })
    await decision(house, ada.key, id, { action: 'return', rules: ['respect'], reason: 'No insults.' })
    const body = { text: 'They are all wrong.' }
    expect((await ask(house, 'PUT', '/v1/receipt/text', { key: receipt, body })).status).toBe(200)
    expect(await read(id)).toMatchObject({ difference: null })
    expect((await changesOf(id)).map(sides)).toEqual([
      null,
      null,
      ['They are all thieves.', 'They are all wrong.'],
    ])
  })

  test('sees nothing of words that are erased', async () => {
    const { id, receipt } = await aComment(house, site, { text: 'Call 555 0142.' })
    await decision(house, ada.key, id, { action: 'edit', text: 'Call […].', rules: ['private_details'] })
    await house.ahead(31)
    await ask(house, 'POST', '/v1/receipt/erasure', { key: receipt })
    expect(await read(id)).toMatchObject({ text: null, difference: null, converted: null })
    expect(await changesOf(id)).toEqual([null, null, null])
  })

  test('gets Burmese in Zawgyi also in Unicode; what is stored and published stays as it was typed', async () => {
    const { id, receipt } = await aComment(house, site, { text: zawgyi })
    expect(await read(id)).toMatchObject({
      text: zawgyi,
      converted: { encoding: 'zawgyi', text: unicode },
      difference: null,
    })
    await decision(house, ada.key, id, { action: 'approve' })
    await house.ahead(31)
    expect(await receiptOf(house, receipt)).toMatchObject({
      language: 'my',
      submitted: { text: zawgyi },
      published: { text: zawgyi },
    })
  })
})

describe('of a long history', () => {
  test('the newest changes are told', async () => {
    const changes = await changesIn(edits(50, (at) => `text ${at}`))
    expect([...changes.keys()]).toEqual(Array.from({ length: mostCompared.moves }, (_, at) => 50 - at))
    expect(sides(changes.get(50))).toEqual(['text 48', 'text 49'])
  })

  test('fewer of them where the texts are long, but always one', async () => {
    const changes = await changesIn(edits(50, (at) => `${'long '.repeat(4_000)} ${at}`))
    expect([...changes.keys()]).toEqual([50, 49])
    const longest = await changesIn(edits(50, (at) => `${'long '.repeat(13_000)} ${at}`))
    expect([...longest.keys()]).toEqual([50])
  })
})

/** The log of a comment that was edited over and over, each time from what stood. */
function edits(count: number, text: (at: number) => string): LoggedRow[] {
  return Array.from({ length: count }, (_, at) => ({
    id: '',
    version: at + 1,
    action: at === 0 ? 'submit' : 'edit',
    proposal: 'none',
    from_status: 'published',
    to_status: 'published',
    pseudonym: null,
    decided_at: new Date(0),
    shows_from: null,
    rules: [],
    order_id: null,
    reason: null,
    note: null,
    judged: Math.max(1, at),
    revision: at + 1,
    wrote: { name: null, text: text(at) },
    signals: null,
  }))
}

/** The text before and after a difference; null without one. */
function sides(difference: { kind: string; text: string }[] | null | undefined) {
  if (!difference) return null
  return ['added', 'removed'].map((other) =>
    difference
      .filter(({ kind }) => kind !== other)
      .map(({ text }) => text)
      .join(''),
  )
}
