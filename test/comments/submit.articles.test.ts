import { ask, type House, openHouse } from '../support/house.ts'
import { aPerson, aSite, decision, published, receiptOf, type TestPerson } from '../support/people.ts'
import { problemIn } from '../support/problem.ts'

describe('a submission', () => {
  let house: House
  let site: string
  let moderator: TestPerson

  beforeAll(async () => {
    house = await openHouse()
    site = await aSite(house, { origins: ['https://news.example'] })
    moderator = await aPerson(house, site)
  })
  afterAll(() => house.close())

  const at = (article: string, of = site) =>
    `/v1/sites/${of}/articles/${encodeURIComponent(article)}/comments`
  const send = (article: string, of = site) => ask(house, 'POST', at(article, of), { body: { text: 'a' } })

  describe('makes its article', () => {
    test.each([
      'https://news.example/',
      'https://news.example/2026/11/a-b?c=d#e',
      'https://news.example/über',
    ])('when its key is a URL within the site’s origins: %s', async (article) => {
      expect((await ask(house, 'GET', at(article))).body).toMatchObject({
        comments: [],
        article: { key: article },
      })
      expect((await send(article)).status).toBe(202)
      expect((await send(article)).status).toBe(202)
      const { rows } = await house.owner.query('select automatic from article where key = $1', [article])
      expect(rows).toEqual([{ automatic: true }])
    })

    test.each([
      'https://elsewhere.example/a',
      'https://news.example.evil.example/a',
      'https://news.example@evil.example/a',
      'http://news.example/a',
      'https://news.example:8443/a',
      'blob:https://news.example/a',
      'javascript:"https://news.example/"',
      ' https://news.example/a',
      'https:news.example/a',
      '//news.example/a',
      'https://reader:secret@news.example/a',
    ])('and not for %s', async (article) => {
      expect(problemIn(await send(article))).toBe('404 article_not_found')
      expect(problemIn(await ask(house, 'GET', at(article)))).toBe('404 article_not_found')
    })

    test('unless the site does not want that', async () => {
      const strict = await aSite(house, { origins: ['https://news.example'], automaticArticles: false })
      const answer = await send('https://news.example/a', strict)
      expect(problemIn(answer)).toBe('404 article_not_found')
    })

    test('at most a hundred times an hour', async () => {
      const busy = await aSite(house, { origins: ['https://news.example'] })
      for (let i = 1; i <= 100; i += 1)
        expect((await send(`https://news.example/${i}`, busy)).status).toBe(202)
      const answer = await send('https://news.example/101', busy)
      expect(problemIn(answer)).toBe('429 too_many_articles')
      expect((await send('https://news.example/7', busy)).status).toBe(202)
      await house.ahead(3_601)
      expect((await send('https://news.example/101', busy)).status).toBe(202)
    })
  })

  describe('finds its article by any key', () => {
    test.each([
      'plain',
      'a/b/c',
      '/leading/and/trailing/',
      'a%2Fb',
      '100%',
      'ការធ្វើដំណើរ',
      '🛶 boat',
      'a?b=c&d#e',
      'a+b c',
      `https://news.example/${'a'.repeat(2_048 - 21)}`,
      'é'.repeat(1_024),
    ])('%s', async (key) => {
      expect(Buffer.byteLength(key)).toBeLessThanOrEqual(2_048)
      const query = `/v1/sites/${site}/comments?${new URLSearchParams({ article: key })}`
      const put = `/v1/sites/${site}/articles?${new URLSearchParams({ article: key })}`
      expect((await ask(house, 'PUT', put, { key: house.admin, body: { title: 'Any' } })).body.key).toBe(key)
      const byPath = await send(key)
      const byQuery = await ask(house, 'POST', query, { body: { text: 'By query.' } })
      expect([byPath.status, byQuery.status]).toEqual([202, 202])
      for (const { body } of [byPath, byQuery]) {
        expect((await receiptOf(house, body.receipt)).article).toBe(key)
        await decision(house, moderator.key, body.id, { action: 'approve' })
      }
      expect(await published(house, site, key)).toHaveLength(2)
      expect((await ask(house, 'GET', query)).body).toMatchObject({ article: { key, count: 2 } })
      const counted = await ask(
        house,
        'GET',
        `/v1/sites/${site}/counts?${new URLSearchParams({ article: key })}`,
      )
      expect(counted.body.counts).toEqual({ [key]: 2 })
    })

    test.each(['.', '..', '../..', 'a/../b'])(
      'also by %s, in the query, for no path can hold it',
      async (key) => {
        const article = new URLSearchParams({ article: key })
        await ask(house, 'PUT', `/v1/sites/${site}/articles?${article}`, { key: house.admin, body: {} })
        const url = `/v1/sites/${site}/comments?${article}`
        expect((await ask(house, 'POST', url, { body: { text: 'a' } })).status).toBe(202)
        expect((await ask(house, 'GET', url)).body.article).toMatchObject({ key })
      },
    )

    test.each([
      ['nothing', ''],
      ['2,049 bytes', 'a'.repeat(2_049)],
      ['1,025 letters of two bytes', 'é'.repeat(1_025)],
      ['a control character', 'a\nb'],
      ['NUL', 'a\0'],
    ])('but not by %s', async (_what, key) => {
      const query = new URLSearchParams({ article: key })
      const answer = await ask(house, 'POST', `/v1/sites/${site}/comments?${query}`, { body: { text: 'a' } })
      expect(problemIn(answer)).toBe('400 invalid_request')
      expect(answer.body.errors).toEqual([expect.objectContaining({ parameter: 'article' })])
    })
  })
})
