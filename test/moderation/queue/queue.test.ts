import { ask, type House, openHouse } from '../../support/house.ts'
import { aComment, anArticle, aPerson, aSite, decision, type TestPerson } from '../../support/people.ts'
import { aCommentIn, outcomeOf, type State, states, statusIn } from '../../support/states.ts'

let house: House
beforeAll(async () => {
  house = await openHouse()
})
afterAll(() => house.close())

const queue = (key: string | undefined, query: Record<string, string> = {}) =>
  ask(house, 'GET', `/v1/moderation/queue?${new URLSearchParams(query)}`, { key })

/** The ids in the queue, in its order. */
async function waiting(key: string, query: Record<string, string> = {}): Promise<string[]> {
  const answer = await queue(key, query)
  expect(answer.status).toBe(200)
  return answer.body.comments.map((comment: { id: string }) => comment.id)
}

async function serviceKey(scopes: string[]): Promise<string> {
  const body = { name: 'A service', person: null, scopes }
  return (await ask(house, 'POST', '/v1/keys', { key: house.admin, body })).body.key
}

describe('what waits', () => {
  let site: string
  let moderator: TestPerson

  beforeAll(async () => {
    site = await aSite(house, { publishDelay: 3600 })
    moderator = await aPerson(house, site)
  })

  test('is what is pending or needs a second person, oldest first; a status shows what has it', async () => {
    const ids = new Map<State, string>()
    for (const state of ['published, due', ...states.filter((one) => one !== 'published, due')] as const)
      ids.set(state, (await aCommentIn(house, state, site, moderator)).id)
    const newest = await aComment(house, site)

    const both = [ids.get('pending'), ids.get('second_review'), newest.id]
    expect(await waiting(moderator.key)).toEqual(both)
    expect(await waiting(moderator.key, { site })).toEqual(both)
    for (const status of new Set(states.map(statusIn))) {
      const expected = [...ids].filter(([state]) => statusIn(state) === status).map(([, id]) => id)
      if (status === 'pending') expected.push(newest.id)
      expect(await waiting(moderator.key, { status })).toEqual(expected)
    }
  })

  test('a comment that was sent again stands where it stood', async () => {
    const place = await aSite(house)
    const { key } = await aPerson(house, place)
    const first = await aComment(house, place)
    const second = await aComment(house, place)
    await decision(house, key, first.id, { action: 'return', rules: ['topic'], reason: 'Please say more.' })
    expect(await waiting(key)).toEqual([second.id])
    await ask(house, 'PUT', '/v1/receipt/text', { key: first.receipt, body: { text: 'More.' } })
    expect(await waiting(key)).toEqual([first.id, second.id])
  })

  test('is shown with all that is needed to read it, and with times as coarse as the site says', async () => {
    for (const [times, coarse] of [
      ['minute', /:00\.000Z$/],
      ['hour', /:00:00\.000Z$/],
      ['day', /T00:00:00\.000Z$/],
    ] as const) {
      const place = await aSite(house, { times })
      await anArticle(house, place, 'boats', { title: 'The boats', url: 'https://news.example/boats' })
      const { key } = await aPerson(house, place)
      const { id } = await aComment(house, place, { text: 'About\u0007 boats.', name: 'Wren' }, 'boats')
      const { body } = await queue(key)
      expect(body).toEqual({
        comments: [
          {
            id,
            site: place,
            article: 'boats',
            articleTitle: 'The boats',
            articleUrl: 'https://news.example/boats',
            parent: null,
            status: 'pending',
            version: 1,
            revision: 1,
            name: 'Wren',
            text: 'About boats.',
            language: 'en',
            submittedAt: expect.stringMatching(coarse),
            visibleAt: null,
            termsVersion: 1,
            signals: expect.any(Array),
            screened: true,
            removed: { controls: 1 },
            last: { action: 'submit', by: null, at: expect.stringMatching(coarse), rules: [] },
          },
        ],
        next: null,
      })
    }
  })

  test('is kept by nobody', async () => {
    expect((await queue(moderator.key)).headers['cache-control']).toBe('no-store')
  })

  test.each([
    { limit: '0' },
    { limit: '101' },
    { limit: '1.5' },
    { limit: 'many' },
    { status: 'new' },
    { signal: 'rudeness' },
    { site: 'No Site' },
    { language: 'no language' },
    { q: '' },
    { q: 'x'.repeat(201) },
    { q: 'a\u0000b' },
    { order: 'newest' },
    { sites: 'demo' },
  ])('is not asked for by %p', async (query) => {
    expect(outcomeOf(await queue(moderator.key, query))).toBe('400 invalid_request')
  })
})

describe('whose queue it is', () => {
  let here: string
  let there: string
  let ids: { here: string; there: string }

  beforeAll(async () => {
    here = await aSite(house)
    there = await aSite(house)
    ids = { here: (await aComment(house, here)).id, there: (await aComment(house, there)).id }
  })

  test('a moderator sees their own site and is refused another, be it there or not', async () => {
    const { key } = await aPerson(house, here)
    expect(await waiting(key)).toEqual([ids.here])
    for (const site of [there, 'no-such-site'])
      expect(outcomeOf(await queue(key, { site }))).toBe('403 forbidden')
  })

  test('whoever moderates two sites sees both in one order, or one of them', async () => {
    const person = await aPerson(house, here)
    const roles = [here, there].map((site) => ({ site, role: 'moderator' }))
    const body = { pseudonym: person.pseudonym, roles }
    expect((await ask(house, 'PUT', `/v1/people/${person.id}`, { key: house.admin, body })).status).toBe(200)
    expect(await waiting(person.key)).toEqual([ids.here, ids.there])
    expect(await waiting(person.key, { site: there })).toEqual([ids.there])
  })

  test('somebody without a site sees nothing', async () => {
    const person = await aPerson(house, here)
    const body = { pseudonym: person.pseudonym, roles: [] }
    await ask(house, 'PUT', `/v1/people/${person.id}`, { key: house.admin, body })
    expect(await waiting(person.key)).toEqual([])
  })

  test('an admin sees every site', async () => {
    const all = await waiting(house.admin, { limit: '100' })
    expect(all).toEqual(expect.arrayContaining([ids.here, ids.there]))
    expect(await waiting(house.admin, { site: here })).toEqual([ids.here])
    expect(await waiting(house.admin, { site: 'no-such-site' })).toEqual([])
  })

  test('a key shows it by its scope; without one there is nothing to see', async () => {
    expect(await waiting(await serviceKey(['moderation']), { site: here })).toEqual([ids.here])
    expect(outcomeOf(await queue(await serviceKey(['articles']), { site: here }))).toBe('403 forbidden')
    expect(outcomeOf(await queue(undefined))).toBe('401 unauthenticated')
  })
})

describe('the languages of a queue', () => {
  const languages = ['en', 'my', 'zh', 'zh-Hans', 'zh-Hant', 'zhx']
  let site: string
  const id = new Map<string, string>()

  beforeAll(async () => {
    site = await aSite(house)
    for (const language of languages) {
      await anArticle(house, site, language, { language })
      id.set(language, (await aComment(house, site, { text: '12345' }, language)).id)
    }
  })
  const inLanguages = async (key: string, query: Record<string, string> = {}) => {
    const ids = await waiting(key, query)
    return languages.filter((language) => ids.includes(id.get(language) ?? ''))
  }

  test.each([
    [[], languages],
    [['my'], ['my']],
    [
      ['en', 'my'],
      ['en', 'my'],
    ],
    [['zh'], ['zh', 'zh-Hans', 'zh-Hant']],
    [['zh-Hant'], ['zh-Hant']],
    [
      ['zh-Hant', 'en'],
      ['en', 'zh-Hant'],
    ],
    [['fr'], []],
  ])('who reads %p sees %p', async (read: string[], seen: string[]) => {
    const { key } = await aPerson(house, site, 'moderator', read)
    expect(await inLanguages(key)).toEqual(seen)
    for (const language of languages) {
      const comment = await ask(house, 'GET', `/v1/moderation/comments/${id.get(language)}`, { key })
      expect([language, comment.status]).toEqual([language, seen.includes(language) ? 200 : 403])
    }
  })

  test.each([
    [[], 'my', ['my']],
    [[], 'zh', ['zh', 'zh-Hans', 'zh-Hant']],
    [[], 'zh-Hant', ['zh-Hant']],
    [['zh'], 'zh', ['zh', 'zh-Hans', 'zh-Hant']],
    [['zh'], 'zh-Hant', ['zh-Hant']],
    [['zh-Hant'], 'zh', ['zh-Hant']],
    [['zh-Hant'], 'zh-Hant', ['zh-Hant']],
    [['zh-Hant', 'zh-Hans'], 'zh', ['zh-Hans', 'zh-Hant']],
    [['zh-Hant'], 'zh-Hans', []],
    [['my'], 'en', []],
    [['en', 'my'], 'en', ['en']],
  ])('who reads %p and asks for %s sees %p', async (read: string[], language: string, seen: string[]) => {
    const { key } = await aPerson(house, site, 'moderator', read)
    expect(await inLanguages(key, { language })).toEqual(seen)
  })

  test('are those of each site', async () => {
    const other = await aSite(house)
    await anArticle(house, other, 'news-my', { language: 'my' })
    const english = await aComment(house, other, { text: '12345' })
    await aComment(house, other, { text: '12345' }, 'news-my')
    const person = await aPerson(house, site)
    const roles = [
      { site, role: 'moderator', languages: ['my'] },
      { site: other, role: 'moderator', languages: ['en'] },
    ]
    const body = { pseudonym: person.pseudonym, roles }
    await ask(house, 'PUT', `/v1/people/${person.id}`, { key: house.admin, body })
    expect(await waiting(person.key)).toEqual([id.get('my'), english.id])
  })
})
