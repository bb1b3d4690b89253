import { ask, type House, openHouse } from '../../support/house.ts'
import { aComment, aPerson, aSite, decision, type TestPerson } from '../../support/people.ts'
import { outcomeOf } from '../../support/states.ts'

describe('paging through the queue', () => {
  let house: House
  let site: string
  let moderator: TestPerson

  beforeAll(async () => {
    house = await openHouse()
    site = await aSite(house)
    moderator = await aPerson(house, site)
  })
  afterAll(() => house.close())

  interface QueuePage {
    ids: string[]
    next: string | null
  }
  const queue = (query: Record<string, string>, key = moderator.key) =>
    ask(house, 'GET', `/v1/moderation/queue?${new URLSearchParams(query)}`, { key })
  async function page(query: Record<string, string>, key = moderator.key): Promise<QueuePage> {
    const { status, body } = await queue(query, key)
    expect(status).toBe(200)
    return { ids: body.comments.map((comment: { id: string }) => comment.id), next: body.next }
  }
  /** Every page, one after the other; `meanwhile` happens between them. */
  async function everyPage(
    query: Record<string, string>,
    { key, meanwhile }: { key?: string; meanwhile?: (seen: string[]) => Promise<void> } = {},
  ): Promise<string[][]> {
    const pages: string[][] = []
    for (let cursor: string | null = ''; cursor !== null; ) {
      const { ids, next }: QueuePage = await page({ ...query, ...(cursor !== '' && { cursor }) }, key)
      pages.push(ids)
      cursor = next
      if (next !== null) await meanwhile?.(pages.flat())
    }
    return pages
  }
  async function comments(count: number, on = site): Promise<string[]> {
    const ids: string[] = []
    for (let made = 0; made < count; made += 1)
      ids.push((await aComment(house, on, { text: 'A comment at www.b.org' })).id)
    return ids
  }

  test('each page goes on where the one before stopped; the last one says so', async () => {
    const place = await aSite(house)
    const { key } = await aPerson(house, place)
    const ids = await comments(12, place)
    for (const [limit, lengths] of [
      ['1', Array.from({ length: 12 }, () => 1)],
      ['5', [5, 5, 2]],
      ['6', [6, 6]],
      ['11', [11, 1]],
      ['12', [12]],
      ['100', [12]],
    ] as const) {
      const pages = await everyPage({ limit }, { key })
      expect(pages.flat()).toEqual(ids)
      expect(pages.map((one) => one.length)).toEqual(lengths)
    }
    expect(await everyPage({}, { key })).toEqual([ids])
  })

  test('nothing is lost or repeated while new comments come and others are decided', async () => {
    const place = await aSite(house)
    const { key } = await aPerson(house, place)
    const ids = await comments(30, place)
    const added: string[] = []
    const decided: string[] = []
    const pages = await everyPage(
      { limit: '4' },
      {
        key,
        async meanwhile(seen) {
          const open = ids.filter((id) => !decided.includes(id))
          const behind = open.findLast((id) => seen.includes(id))
          const ahead = open.findLast((id) => !seen.includes(id))
          for (const id of [behind, ahead]) {
            if (id === undefined) continue
            decided.push(id)
            await decision(house, key, id, { action: 'approve' })
          }
          if (added.length < 6) added.push(...(await comments(1, place)))
        },
      },
    )
    const seen = pages.flat()
    const stillWaiting = await everyPage({}, { key })
    const everything = [...ids, ...added]

    expect(new Set(seen).size).toBe(seen.length)
    expect(seen).toEqual(everything.filter((id) => seen.includes(id)))
    expect(seen).toEqual(expect.arrayContaining(stillWaiting.flat()))
    expect(decided.length).toBeGreaterThan(8)
    expect(added).toHaveLength(6)
    expect(everything.filter((id) => !seen.includes(id)).every((id) => decided.includes(id))).toBe(true)
  })

  test('over several sites and states there is one order', async () => {
    const places = [await aSite(house), await aSite(house)]
    const person = await aPerson(house, site)
    const roles = places.map((place) => ({ site: place, role: 'moderator' }))
    const body = { pseudonym: person.pseudonym, roles }
    await ask(house, 'PUT', `/v1/people/${person.id}`, { key: house.admin, body })
    const ids: string[] = []
    for (let made = 0; made < 10; made += 1) ids.push(...(await comments(1, places[made % 2])))
    for (const id of ids.filter((_id, index) => index % 3 === 0))
      await decision(house, person.key, id, { action: 'escalate', proposal: 'approve' })
    expect((await everyPage({ limit: '3' }, { key: person.key })).flat()).toEqual(ids)
  })

  describe('a cursor', () => {
    let cursor: string

    beforeAll(async () => {
      await comments(5)
      cursor = (await page({ limit: '2' })).next ?? ''
    })

    test('may be used with another limit', async () => {
      expect((await page({ limit: '1', cursor })).ids).toHaveLength(1)
      expect((await page({ limit: '3', cursor })).ids).toHaveLength(3)
    })

    test.each([
      ['site', () => ({ site })],
      ['language', () => ({ language: 'en' })],
      ['signal', () => ({ signal: 'links' })],
      ['status', () => ({ status: 'pending' })],
      ['words', () => ({ q: 'comment' })],
    ])('belongs to its list: not with another %s, nor back', async (_what, filter) => {
      expect(outcomeOf(await queue({ ...filter(), cursor }))).toBe('400 invalid_cursor')
      const other = (await page({ ...filter(), limit: '2' })).next ?? ''
      expect(outcomeOf(await queue({ cursor: other }))).toBe('400 invalid_cursor')
      expect((await page({ ...filter(), cursor: other })).ids).toHaveLength(3)
    })

    test('of the published list does not open the queue, nor the other way round', async () => {
      const place = await aSite(house)
      const { key } = await aPerson(house, place)
      for (const id of await comments(3, place)) await decision(house, key, id, { action: 'approve' })
      const list = `/v1/sites/${place}/articles/news/comments`
      const shown = await ask(house, 'GET', `${list}?limit=1`)
      expect(shown.body.next).toEqual(expect.any(String))
      expect(outcomeOf(await queue({ cursor: shown.body.next }))).toBe('400 invalid_cursor')
      expect(outcomeOf(await ask(house, 'GET', `${list}?cursor=${cursor}`))).toBe('400 invalid_cursor')
    })

    test('cannot be changed anywhere', async () => {
      const bytes = Buffer.from(cursor, 'base64url')
      for (let at = 0; at < bytes.length; at += 1) {
        const changed = Buffer.from(bytes)
        changed.writeUInt8(bytes.readUInt8(at) ^ 1, at)
        expect(outcomeOf(await queue({ cursor: changed.toString('base64url') }))).toBe('400 invalid_cursor')
      }
    })

    test.each([
      ['nothing', () => ''],
      ['half of it', () => cursor.slice(0, cursor.length / 2)],
      ['all but its end', () => cursor.slice(0, -4)],
      ['it twice', () => cursor + cursor],
      ['something else', () => 'c'.repeat(60)],
      ['a number', () => '1'],
      ['plain JSON', () => Buffer.from('["1"]').toString('base64url')],
      ['SQL', () => `' or true --`],
    ])('cannot be made up: %s', async (_what, made) => {
      const refused = await queue({ cursor: made() })
      expect(outcomeOf(refused)).toBe('400 invalid_cursor')
      expect(refused.body.errors).toMatchObject([{ parameter: 'cursor', code: 'invalid_cursor' }])
    })

    test('longer than any is refused as a request', async () => {
      expect(outcomeOf(await queue({ cursor: 'c'.repeat(1_001) }))).toBe('400 invalid_request')
    })

    test('is the same for the same place, so that the same page has the same bytes', async () => {
      expect((await page({ limit: '2' })).next).toBe(cursor)
    })

    test("of somebody else shows one's own sites only", async () => {
      const place = await aSite(house)
      const [mine] = await comments(1, place)
      const { key } = await aPerson(house, place)
      expect((await page({ cursor }, key)).ids).toEqual([mine])
    })
  })
})
