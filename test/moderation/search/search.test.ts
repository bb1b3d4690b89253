import { sealLog } from '../../../src/moderation/log/seal.ts'
import { countSealedMoves } from '../../../src/moderation/statistics/count-moves.ts'
import { ask, type House, openHouse } from '../../support/house.ts'
import { aComment, anArticle, aPerson, aSite, decision, type TestPerson } from '../../support/people.ts'

let house: House
beforeAll(async () => {
  house = await openHouse()
})
afterAll(() => house.close())

async function searching(key: string | undefined, body: unknown) {
  return ask(house, 'POST', '/v1/moderation/searches', { key, body })
}

async function foundBy(key: string, body: Record<string, unknown>): Promise<string[]> {
  const answer = await searching(key, body)
  expect(answer.status).toBe(200)
  return answer.body.comments.map(({ id }: { id: string }) => id)
}

async function count() {
  await sealLog(house.db)
  await countSealedMoves(house.db)
}

describe('a search', () => {
  let site: string
  let ada: TestPerson
  let ben: TestPerson
  const ids: Record<string, string> = {}

  beforeAll(async () => {
    site = await aSite(house)
    await anArticle(house, site, 'boats')
    ada = await aPerson(house, site)
    ben = await aPerson(house, site, 'editor')
    const send = async (called: string, body: Record<string, unknown>, article = 'news') => {
      ids[called] = (await aComment(house, site, body, article)).id
    }
    await send('waiting', { text: 'The evening boat was late again.', name: 'Zoë' })
    await send('published', { text: 'The morning boat came in time.', name: 'zoe' })
    await send('rejected', { text: 'Buy a boat from me.', name: 'Zoe Boat' })
    await send('edited', { text: 'The boat is full of fools.' }, 'boats')
    await send('burmese', { text: 'မြန်မာနိုင်ငံမှာ လှေတစ်စင်း ဖြစ်ပါတယ်။', name: 'Wren' }, 'boats')
    await decision(house, ada.key, String(ids['published']), { action: 'approve' })
    await decision(house, ada.key, String(ids['rejected']), { action: 'reject', rules: ['promotion'] })
    await decision(house, ben.key, String(ids['edited']), {
      action: 'edit',
      text: 'The boat is full of people.',
      rules: ['respect'],
    })
  })

  test.each([
    ['words, the newest first', { q: 'boat' }, ['edited', 'rejected', 'published', 'waiting']],
    ['words that stand now', { q: 'fools' }, []],
    ['words of two comments', { q: 'the boat is' }, ['edited']],
    ['a name, whole, with and without marks', { name: 'ZOE' }, ['published', 'waiting']],
    ['a name with its marks', { name: 'Zoe\u0308' }, ['waiting']],
    ['a name and words', { name: 'zoe', q: 'morning' }, ['published']],
    ['a part of a name', { name: 'Boat' }, []],
    ['a name that a text ends with', { name: 'again.' }, []],
    ['a state', { status: 'rejected' }, ['rejected']],
    ['an article', { article: 'boats' }, ['burmese', 'edited']],
    ['an article and a state', { article: 'boats', status: 'pending' }, ['burmese']],
    ['an article that is not there', { article: 'trains' }, []],
    ['a rule', { rule: 'promotion' }, ['rejected']],
    ['a rule that nobody cited', { rule: 'topic' }, []],
    ['a rule that is not there', { rule: 'nothing' }, []],
    ['a language', { language: 'my' }, ['burmese']],
    ['a language and a state', { language: 'my', status: 'published' }, []],
    ['a language and words', { language: 'my', q: 'လှေ' }, ['burmese']],
    ['characters that LIKE and tsquery know', { q: "%'\\" }, []],
  ])('finds %s', async (_what, body, expected) => {
    expect(await foundBy(ada.key, { site, ...body })).toEqual(expected.map((called) => ids[called]))
  })

  test('finds what somebody decided, and what they decided under a rule', async () => {
    expect(await foundBy(ada.key, { moderator: ada.pseudonym })).toEqual([ids['rejected'], ids['published']])
    expect(await foundBy(ada.key, { moderator: ben.pseudonym, rule: 'respect' })).toEqual([ids['edited']])
    expect(await foundBy(ada.key, { moderator: ben.pseudonym, rule: 'promotion' })).toEqual([])
    expect(await foundBy(ada.key, { moderator: 'nobody' })).toEqual([])
  })

  test('gives comments as moderators see them', async () => {
    const { body, headers } = await searching(ada.key, { site, status: 'rejected' })
    expect(headers['cache-control']).toBe('no-store')
    expect(body).toEqual({
      comments: [
        expect.objectContaining({
          id: ids['rejected'],
          text: 'Buy a boat from me.',
          status: 'rejected',
          last: expect.objectContaining({ action: 'reject', by: ada.pseudonym }),
        }),
      ],
      next: null,
    })
  })

  test('goes on where a page ends', async () => {
    const seen: string[] = []
    let cursor: string | null = null
    do {
      const page = await searching(ben.key, { site, limit: 2, ...(cursor !== null && { cursor }) })
      expect(page.status).toBe(200)
      seen.push(...page.body.comments.map(({ id }: { id: string }) => id))
      cursor = page.body.next
    } while (cursor !== null)
    expect(seen).toEqual(
      ['burmese', 'edited', 'rejected', 'published', 'waiting'].map((called) => ids[called]),
    )
  })

  test.each([
    ['no condition', {}],
    ['no condition but how many', { limit: 5 }],
    ['words that say nothing', { q: '\u200b' }],
    ['a name that says nothing', { name: '\u200b' }],
    ['days of which the last comes first', { from: '2026-02-02', to: '2026-02-02' }],
    ['a moment for a day', { from: '2026-02-02T10:00:00Z' }],
    ['what is not known', { site: 'demo', reader: 'x' }],
    ['a rule with a NUL', { rule: 'a\0b' }],
    ['a moderator with a NUL', { moderator: 'a\0b' }],
    ['more than a page', { site: 'demo', limit: 101 }],
  ])('is refused with %s', async (_what, body) => {
    expect((await searching(ada.key, body)).status).toBe(400)
  })

  test('takes no cursor of another search', async () => {
    const { body } = await searching(ben.key, { site, limit: 1 })
    const other = await searching(ben.key, { site, limit: 1, status: 'published', cursor: body.next })
    expect(other.body.code).toBe('invalid_cursor')
  })
})

describe('a search shows what its caller may see', () => {
  test('on their sites, in their languages, and nothing to anybody else', async () => {
    const [one, other] = [await aSite(house), await aSite(house)]
    const ada = await aPerson(house, one)
    const cho = await aPerson(house, one, 'moderator', ['my'])
    const english = await aComment(house, one, { text: 'A boat like no other boat.' })
    const burmese = await aComment(house, one, { text: 'မြန်မာနိုင်ငံမှာ လှေတစ်စင်း ဖြစ်ပါတယ်။' })
    const elsewhere = await aComment(house, other, { text: 'A boat like no other boat.' })
    const q = 'like no other'
    expect(await foundBy(ada.key, { q })).toEqual([english.id])
    expect(await foundBy(cho.key, { q })).toEqual([])
    expect(await foundBy(cho.key, { site: one })).toEqual([burmese.id])
    expect(await foundBy(cho.key, { language: 'en' })).toEqual([])
    expect(await foundBy(house.admin, { q })).toEqual(expect.arrayContaining([english.id, elsewhere.id]))
    expect((await searching(ada.key, { site: other })).status).toBe(403)
    expect((await searching(english.receipt, { q })).status).toBe(401)
    expect((await searching(undefined, { q })).status).toBe(401)
  })

  test('no words once they are erased', async () => {
    const site = await aSite(house)
    const { key } = await aPerson(house, site)
    const { id, receipt } = await aComment(house, site, { text: 'Forget me, please.', name: 'Wren' })
    expect(await foundBy(key, { q: 'forget me' })).toEqual([id])
    await ask(house, 'POST', '/v1/receipt/erasure', { key: receipt })
    expect(await foundBy(key, { q: 'forget me' })).toEqual([])
    expect(await foundBy(key, { name: 'Wren' })).toEqual([])
    const { body } = await searching(key, { site, status: 'withdrawn' })
    expect(body.comments).toEqual([expect.objectContaining({ id, text: null, name: null })])
  })
})

describe('days', () => {
  test('are those on which a comment was sent, in UTC, the last one left out', async () => {
    const site = await aSite(house)
    const { key } = await aPerson(house, site)
    const days: string[] = []
    const ids: string[] = []
    for (let day = 0; day < 5; day += 1) {
      if (day > 0) await house.ahead(86_400)
      const { rows } = await house.owner.query(`select (moment() at time zone 'UTC')::date::text as day`)
      days.push(String(rows[0].day))
      ids.push((await aComment(house, site)).id)
      await count()
    }
    const between = (from: number | null, to: number | null) =>
      foundBy(key, { site, ...(from !== null && { from: days[from] }), ...(to !== null && { to: days[to] }) })
    expect(await between(1, 3)).toEqual([ids[2], ids[1]])
    expect(await between(null, 1)).toEqual([ids[0]])
    expect(await between(4, null)).toEqual([ids[4]])
    expect(await between(0, null)).toEqual(ids.toReversed())
    expect(await foundBy(key, { site, from: '2001-01-01', to: '2001-02-01' })).toEqual([])
    expect(await foundBy(key, { site, from: days[1], to: days[3], status: 'rejected' })).toEqual([])
    expect(await foundBy(key, { site, from: days[1], to: days[3], q: 'something to say' })).toEqual([
      ids[2],
      ids[1],
    ])
  })

  test('of today are found before anybody counted them', async () => {
    const site = await aSite(house)
    const { key } = await aPerson(house, site)
    const { rows } = await house.owner.query(`select (moment() at time zone 'UTC')::date::text as day`)
    const { id } = await aComment(house, site)
    expect(await foundBy(key, { site, from: String(rows[0].day) })).toEqual([id])
  })
})
