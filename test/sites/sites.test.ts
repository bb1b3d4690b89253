import { ask, type House, openHouse } from '../support/house.ts'
import { aPerson, aSite } from '../support/people.ts'
import { problemIn } from '../support/problem.ts'

const defaults = {
  language: 'en',
  direction: 'ltr',
  origins: [],
  notice: null,
  limits: { textGraphemes: 5_000, textBytes: 32_768, nameGraphemes: 80 },
  floods: { honeypot: true, minimumSeconds: null, proofTries: null },
  edits: 'full',
  publishDelay: 30,
  publishEvery: null,
  times: 'hour',
  replyDepth: 3,
  automaticArticles: true,
  closeAfter: null,
  expireAfter: 30,
  appealDays: 190,
  retentionDays: 220,
  dangerPath: null,
  paused: false,
}

describe('sites', () => {
  let house: House

  beforeAll(async () => {
    house = await openHouse()
  })
  afterAll(() => house.close())

  const put = (key: string, body: unknown) =>
    ask(house, 'PUT', `/v1/sites/${key}`, { key: house.admin, body })
  const read = (key: string) => ask(house, 'GET', `/v1/sites/${key}`)

  test('are made by PUT, with defaults, terms, and a name that is the key', async () => {
    const made = await put('gazette', {})
    expect(made.status).toBe(201)
    expect(made.headers['cache-control']).toBe('no-store')
    expect(made.body).toEqual({ key: 'gazette', name: 'gazette', ...defaults })
    const { body } = await read('gazette')
    expect(body.terms.version).toBe(1)
    expect(body.terms.rules.length).toBeGreaterThan(5)
  })

  test('are replaced as a whole: what is left out gets its default', async () => {
    const all = {
      name: 'الجريدة',
      language: 'ar',
      origins: ['https://news.example', 'http://localhost:8080'],
      notice: 'Be kind.',
      limits: { textGraphemes: 100, textBytes: 1_000, nameGraphemes: 10 },
      floods: { honeypot: false, minimumSeconds: 4, proofTries: 500 },
      edits: 'removals',
      publishDelay: 0,
      publishEvery: 60,
      times: 'day',
      replyDepth: 0,
      automaticArticles: false,
      closeAfter: 14,
      expireAfter: null,
      appealDays: 183,
      retentionDays: 400,
      dangerPath: 'Call Robin first.',
    }
    expect((await put('whole', all)).body).toEqual({ key: 'whole', direction: 'rtl', paused: false, ...all })
    const again = await put('whole', { name: 'Whole' })
    expect(again.status).toBe(200)
    expect(again.body).toEqual({ key: 'whole', name: 'Whole', ...defaults })
    expect((await put('whole', { limits: { nameGraphemes: 5 } })).body.limits).toEqual({
      ...defaults.limits,
      nameGraphemes: 5,
    })
    expect((await read('whole')).body.terms.version).toBe(1)
  })

  test.each([
    ['ar', 'rtl'],
    ['he', 'rtl'],
    ['ckb', 'rtl'],
    ['ks-Deva', 'ltr'],
    ['az-Arab', 'rtl'],
    ['my', 'ltr'],
    ['zh-Hant', 'ltr'],
  ])('in %s are written %s, unless they say otherwise', async (language, direction) => {
    expect((await put('directed', { language })).body.direction).toBe(direction)
    const other = direction === 'ltr' ? 'rtl' : 'ltr'
    expect((await put('directed', { language, direction: other })).body.direction).toBe(other)
  })

  test.each([
    [{ name: ' ' }, '#/name'],
    [{ name: 'a'.repeat(201) }, '#/name'],
    [{ name: 'a\0' }, '#/name'],
    [{ language: 'English' }, '#/language'],
    [{ language: 'en-a' }, '#/language'],
    [{ language: 'abcd' }, '#/language'],
    [{ direction: 'up' }, '#/direction'],
    [{ origins: 'https://news.example' }, '#/origins'],
    [{ origins: ['https://news.example/'] }, '#/origins/0'],
    [{ origins: ['https://*.news.example'] }, '#/origins/0'],
    [{ origins: ['https://news.example;sandbox'] }, '#/origins/0'],
    [{ origins: ['news.example'] }, '#/origins/0'],
    [{ origins: ['ftp://news.example'] }, '#/origins/0'],
    [{ origins: ['https://News.example'] }, '#/origins/0'],
    [{ origins: ['https://news.example:443'] }, '#/origins/0'],
    [{ origins: ['https://a:b@news.example'] }, '#/origins/0'],
    [{ origins: ['https://news.example; script-src *'] }, '#/origins/0'],
    [{ origins: ['null'] }, '#/origins/0'],
    [{ limits: { textGraphemes: 20_001 } }, '#/limits/textGraphemes'],
    [{ limits: { textBytes: 0 } }, '#/limits/textBytes'],
    [{ limits: { nameGraphemes: 1.5 } }, '#/limits/nameGraphemes'],
    [{ edits: 'some' }, '#/edits'],
    [{ publishDelay: -1 }, '#/publishDelay'],
    [{ publishDelay: 86_401 }, '#/publishDelay'],
    [{ publishDelay: '30' }, '#/publishDelay'],
    [{ publishEvery: 0 }, '#/publishEvery'],
    [{ times: 'second' }, '#/times'],
    [{ replyDepth: 9 }, '#/replyDepth'],
    [{ automaticArticles: 'yes' }, '#/automaticArticles'],
    [{ closeAfter: 0 }, '#/closeAfter'],
    [{ key: 'other' }, '#/key'],
  ])('with %j are refused', async (body, pointer) => {
    const answer = await put('refused', body)
    expect(problemIn(answer)).toBe('400 invalid_request')
    expect(answer.body.errors).toEqual([expect.objectContaining({ pointer })])
    expect((await read('refused')).status).toBe(404)
  })

  test.each(['A', 'a_b', 'a--b', '-a', 'a-', 'ä', 'a.b', '%00', 'a'.repeat(64)])(
    'have no key such as %s',
    async (key) => {
      expect(problemIn(await put(encodeURIComponent(key).replace('%2500', '%00'), {}))).toBe(
        '400 invalid_request',
      )
    },
  )

  test('show readers what a form needs, and nothing of the house', async () => {
    const site = await aSite(house, { origins: ['https://news.example'], edits: 'off', publishDelay: 7 })
    const { status, body, headers } = await read(site)
    expect(status).toBe(200)
    expect(Object.keys(body).toSorted()).toEqual([
      'direction',
      'key',
      'language',
      'limits',
      'name',
      'notice',
      'replyDepth',
      'terms',
      'times',
    ])
    expect(body.notice).toMatch(/real time/)
    expect(headers['cache-control']).toMatch(/^public/)
  })
})

describe('articles', () => {
  let house: House
  let site: string

  beforeAll(async () => {
    house = await openHouse()
    site = await aSite(house, { language: 'km', origins: ['https://news.example'] })
  })
  afterAll(() => house.close())

  const put = (key: string, body: unknown, of = site) =>
    ask(house, 'PUT', `/v1/sites/${of}/articles/${encodeURIComponent(key)}`, { key: house.admin, body })

  test('are registered by PUT, and replaced as a whole', async () => {
    const author = 'Ana\u202E  Re\u0301yes,\n李薇 '
    const all = {
      title: ' About ferries ',
      author,
      url: 'https://news.example/ferries',
      language: 'en',
      open: false,
    }
    const made = await put('ferries', all)
    expect(made.status).toBe(201)
    expect(made.body).toEqual({
      key: 'ferries',
      site,
      ...all,
      title: 'About ferries',
      author: 'Ana Réyes, 李薇',
    })
    const again = await put('ferries', {})
    expect(again.status).toBe(200)
    expect(again.body).toEqual({
      key: 'ferries',
      site,
      title: null,
      author: null,
      url: null,
      language: 'km',
      open: true,
    })
  })

  test.each([
    [{ title: '' }, '#/title'],
    [{ title: 'a\0' }, '#/title'],
    [{ author: ' \u2066 ' }, '#/author'],
    [{ author: 'a\0' }, '#/author'],
    [{ author: 'a\uD800' }, '#/author'],
    [{ author: 'a'.repeat(201) }, '#/author'],
    [{ url: 'javascript:alert(1)' }, '#/url'],
    [{ url: '/ferries' }, '#/url'],
    [{ language: 'abcd' }, '#/language'],
    [{ open: 'no' }, '#/open'],
    [{ text: 'a' }, '#/text'],
  ])('with %j are refused', async (body, pointer) => {
    const answer = await put('refused', body)
    expect(problemIn(answer)).toBe('400 invalid_request')
    expect(answer.body.errors).toEqual([expect.objectContaining({ pointer })])
  })

  test('belong to a site that is there', async () => {
    expect(problemIn(await put('ferries', {}, 'no-site'))).toBe('404 site_not_found')
  })

  test('that a reader’s submission made become the publisher’s by PUT', async () => {
    const key = 'https://news.example/by-a-reader'
    const url = `/v1/sites/${site}/articles/${encodeURIComponent(key)}/comments`
    expect((await ask(house, 'POST', url, { body: { text: 'First!' } })).status).toBe(202)
    expect((await put(key, { title: 'By a reader' })).status).toBe(200)
    const { rows } = await house.owner.query('select automatic, title from article where key = $1', [key])
    expect(rows).toEqual([{ automatic: false, title: 'By a reader' }])
  })

  test('are told apart by site, and by every character of their key', async () => {
    const other = await aSite(house)
    const keys = ['a', 'A', 'a ', 'é', 'e\u0301']
    const statuses: number[] = []
    for (const one of [site, other]) for (const key of keys) statuses.push((await put(key, {}, one)).status)
    expect(statuses).toEqual(statuses.map(() => 201))
  })

  test('may be registered by a service, not by a moderator', async () => {
    const { key } = await aPerson(house, site, 'editor')
    const answer = await ask(house, 'PUT', `/v1/sites/${site}/articles/mine`, { key, body: {} })
    expect(problemIn(answer)).toBe('403 forbidden')
  })
})
