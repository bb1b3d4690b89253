import { setTimeout as delay } from 'node:timers/promises'
import { ask, type House, openHouse } from '../support/house.ts'
import { aComment, anArticle, aPerson, aSite, decision, type TestPerson } from '../support/people.ts'
import { statementsDuring } from '../support/statements.ts'
import { aCommentIn, type State, states } from '../support/states.ts'

/** Everything by which programs read comments, for an article `news`. */
const machinesOf = (site: string) => [
  `/v1/sites/${site}/feed.atom`,
  `/v1/sites/${site}/feed.json`,
  `/v1/sites/${site}/feed.atom?article=news`,
  `/v1/sites/${site}/feed.json?article=news`,
  `/v1/sites/${site}/articles/news/feed.atom`,
  `/v1/sites/${site}/articles/news/feed.json`,
  `/${site}/articles/news`,
]
const sitemapOf = (site: string) => `/${site}/sitemap.xml`
const pageOf = (site: string, id: string, article = 'news') => `/${site}/articles/${article}/comments/${id}`
const all = (site: string, id: string) => [...machinesOf(site), sitemapOf(site), pageOf(site, id)]

describe('what is not published, or not due, or no longer', () => {
  let house: House
  let site: string
  let editor: TestPerson
  const ids = new Map<State, string>()

  beforeAll(async () => {
    house = await openHouse()
    site = await aSite(house, { publishDelay: 60 })
    editor = await aPerson(house, site, 'editor')
    const { id } = await aCommentIn(house, 'published, due', site, editor, {
      text: 'zqshown',
      name: 'zqshownname',
    })
    ids.set('published, due', id)
    for (const state of states) {
      if (ids.has(state)) continue
      const word = `zq${state.replaceAll(/\W/g, '')}`
      const body = { text: `${word} text`, name: `${word} name`, parent: id }
      ids.set(state, (await aCommentIn(house, state, site, editor, body)).id)
    }
  })
  afterAll(() => house.close())

  const hidden = states.filter((state) => state !== 'published, due')

  test('stands in no feed and in no data for search engines, neither its words nor its id', async () => {
    for (const path of machinesOf(site)) {
      const { status, text } = await ask(house, 'GET', path)
      expect([path, status, text.includes('zqshown')]).toEqual([path, 200, true])
      const told = hidden.filter(
        (state) => text.includes(`zq${state.replaceAll(/\W/g, '')}`) || text.includes(ids.get(state) ?? ''),
      )
      expect([path, told]).toEqual([path, []])
    }
  })

  test.each(hidden)('has no page of its own, and is told of as what never was: %s', async (state) => {
    const never = await ask(house, 'GET', pageOf(site, '6f9619ff-8b86-4011-b42d-00c04fc964ff'))
    const { status, text, headers } = await ask(house, 'GET', pageOf(site, ids.get(state) ?? ''))
    expect([status, text]).toEqual([404, never.text])
    expect(never.status).toBe(404)
    expect(headers['cache-control']).toBe('no-store')
    expect(headers['content-type']).toContain('text/html')
  })

  test.each(hidden)('puts no article into a sitemap: %s', async (state) => {
    const own = await aSite(house, { publishDelay: 60 })
    const decider = await aPerson(house, own, 'editor')
    await aCommentIn(house, state, own, decider, { text: 'Alone.' })
    const { status, body } = await ask(house, 'GET', sitemapOf(own))
    expect([status, body.code]).toEqual([404, 'not_found'])
  })

  test('is there once it is due', async () => {
    await house.ahead(61)
    for (const path of machinesOf(site)) {
      expect([path, (await ask(house, 'GET', path)).text.includes('zqpublishednotdue')]).toEqual([path, true])
    }
    expect((await ask(house, 'GET', pageOf(site, ids.get('published, not due') ?? ''))).status).toBe(200)
  })
})

describe('what a process has in its memory of feeds', () => {
  let house: House
  let ada: TestPerson

  beforeAll(async () => {
    // It believes what it knows until it is told otherwise.
    house = await openHouse({}, { trustFor: Infinity })
    ada = await aPerson(house, await aSite(house), 'admin')
  })
  afterAll(() => house.close())

  async function publish(site: string, text: string, article = 'news') {
    const made = await aComment(house, site, { text, name: 'Wren' }, article)
    expect((await decision(house, ada.key, made.id, { action: 'approve' }, 1)).status).toBe(201)
    return made
  }
  const statuses = (paths: string[]) =>
    Promise.all(paths.map(async (path) => (await ask(house, 'GET', path)).status))

  test('is made once, and sent without asking the database again', async () => {
    const site = await aSite(house)
    const { id } = await publish(site, 'Once.')
    await house.memory.catchUp()
    for (const path of all(site, id)) await ask(house, 'GET', path)
    for (const path of all(site, id)) {
      expect([path, await statementsDuring(() => ask(house, 'GET', path))]).toEqual([path, []])
    }
  })

  test.each([
    [
      'unpublished',
      (id: string) => decision(house, ada.key, id, { action: 'unpublish', rules: ['topic'] }),
      201,
    ],
    ['withdrawn', (_: string, receipt: string) => ask(house, 'DELETE', '/v1/receipt', { key: receipt }), 204],
    [
      'erased',
      (_: string, receipt: string) => ask(house, 'POST', '/v1/receipt/erasure', { key: receipt }),
      204,
    ],
  ] as const)('goes at once: %s', async (_state, take, taken) => {
    const site = await aSite(house)
    await publish(site, 'It stays.', 'news')
    await anArticle(house, site, 'other')
    await publish(site, 'Elsewhere.', 'other')
    const { id, receipt } = await publish(site, 'zqgone')
    const paths = all(site, id)
    expect(await statuses(paths)).toEqual(paths.map(() => 200))
    expect((await take(id, receipt)).status).toBe(taken)
    for (const path of paths) {
      const { status, text } = await ask(house, 'GET', path)
      expect([path, status, text.includes('zqgone'), text.includes(id)]).toEqual([
        path,
        path === pageOf(site, id) ? 404 : 200,
        false,
        false,
      ])
    }
  })

  test('takes an article out of the sitemap with its last comment', async () => {
    const site = await aSite(house)
    await anArticle(house, site, 'other')
    await publish(site, 'Elsewhere.', 'other')
    const { receipt } = await publish(site, 'The only one.')
    expect((await ask(house, 'GET', sitemapOf(site))).text).toContain('/articles/news<')
    await ask(house, 'DELETE', '/v1/receipt', { key: receipt })
    const { text } = await ask(house, 'GET', sitemapOf(site))
    expect(text).toContain('/articles/other<')
    expect(text).not.toContain('/articles/news<')
  })

  test('changes with the site’s name and an article’s title', async () => {
    const site = await aSite(house)
    const { id } = await publish(site, 'Hello.')
    for (const path of all(site, id)) await ask(house, 'GET', path)
    await ask(house, 'PUT', `/v1/sites/${site}`, {
      key: house.admin,
      body: { name: 'zqnewname', publishDelay: 0 },
    })
    await ask(house, 'PUT', `/v1/sites/${site}/articles/news`, {
      key: house.admin,
      body: { title: 'zqnewtitle' },
    })
    for (const path of all(site, id).filter((one) => one !== sitemapOf(site))) {
      const { text } = await ask(house, 'GET', path)
      const hasName = text.includes('zqnewname')
      expect([path, text.includes('zqnewtitle'), hasName]).toEqual([path, true, true])
    }
  })

  test('learns of what becomes due on a site a little later, though nothing changes then', async () => {
    const site = await aSite(house, { publishDelay: 1 })
    await publish(site, 'zqlater')
    const path = `/v1/sites/${site}/articles/news/feed.atom`
    expect((await ask(house, 'GET', path)).text).not.toContain('zqlater')
    const { headers } = await ask(house, 'GET', `/v1/sites/${site}/feed.atom`)
    expect(headers['cache-control']).toMatch(/^public, max-age=(?:9|10),/)
    await delay(1_200)
    expect((await ask(house, 'GET', path)).text).toContain('zqlater')
  })
})
