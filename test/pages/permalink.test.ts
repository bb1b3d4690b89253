import { excerptOf } from '../../src/pages/permalink.tsx'
import { ask, type House, openHouse, testBaseUrl } from '../support/house.ts'
import { aComment, anArticle, aSite, decision } from '../support/people.ts'

describe('the page of a comment', () => {
  let house: House
  let site: string
  let first: string
  let reply: string

  beforeAll(async () => {
    house = await openHouse()
    site = await aSite(house, { name: 'The Gazette', times: 'hour', origins: ['https://news.example'] })
    await anArticle(house, site, 'boats', { title: 'Evening "boats" & <more>' })
    first = await publish({ text: 'The evening boat\nmatters most.', name: 'Wren <b>' })
    reply = await publish({ text: 'So it does.', parent: first })
  })
  afterAll(() => house.close())

  async function publish(body: Record<string, unknown>, article = 'boats'): Promise<string> {
    const { id } = await aComment(house, site, body, article)
    expect((await decision(house, house.admin, id, { action: 'approve' }, 1)).status).toBe(201)
    return id
  }
  const pathOf = (id: string, article = 'boats') => `/${site}/articles/${article}/comments/${id}`

  test('tells who links to it what it is (Open Graph), and where it is', async () => {
    const { status, text, headers } = await ask(house, 'GET', pathOf(first))
    expect([status, headers['content-type']]).toEqual([200, 'text/html; charset=utf-8'])
    const properties = Object.fromEntries(
      [...text.matchAll(/<meta property="([^"]+)" content="([^"]*)"/g)].map(([, name, content]) => [
        name,
        content,
      ]),
    )
    expect(properties).toEqual({
      'og:type': 'article',
      'og:title': 'Wren &lt;b> · Evening &quot;boats&quot; &amp; &lt;more>',
      'og:description': 'The evening boat matters most.',
      'og:url': `${testBaseUrl}${pathOf(first)}`,
      'og:site_name': 'The Gazette',
      'article:published_time': expect.stringMatching(/T\d\d:00:00\.000Z$/),
    })
    expect(linksIn(text, 'canonical')).toEqual([`${testBaseUrl}${pathOf(first)}`])
    expect(linksIn(text, 'alternate')).toEqual([
      `/v1/sites/${site}/articles/boats/feed.atom`,
      `/v1/sites/${site}/articles/boats/feed.json`,
    ])
    expect(text).toContain('<meta name="robots" content="noarchive"/>')
  })

  test('shows what it answers, and leads to the whole discussion', async () => {
    const { text } = await ask(house, 'GET', pathOf(reply))
    expect(text).toContain('In answer to')
    expect(text).toContain(`<li id="${first}"`)
    expect(text).toContain(`<li id="${reply}"`)
    expect(text).toContain(`href="${pathOf(first)}"`)
    expect(text).toContain(`href="/${site}/articles/boats#comments"`)
    expect(text).toContain('The whole discussion (2)')
    expect((await ask(house, 'GET', pathOf(first))).text).not.toContain('In answer to')
  })

  test('shows a place without words where what it answers is gone', async () => {
    const parent = await publish({ text: 'zqtakendown' })
    const answer = await publish({ text: 'It stays.', parent })
    await decision(house, house.admin, parent, { action: 'unpublish', rules: ['topic'] })
    const { text } = await ask(house, 'GET', pathOf(answer))
    expect(text).toContain('This comment is no longer here.')
    expect(text).not.toContain('zqtakendown')
    expect((await ask(house, 'GET', pathOf(parent))).status).toBe(404)
  })

  test('is kept by caches and browsers as lists are, and framed by the site’s own pages alone', async () => {
    const { headers } = await ask(house, 'GET', pathOf(first))
    expect(headers).toMatchObject({
      'cache-control': 'public, max-age=10, stale-while-revalidate=10, stale-if-error=60',
      etag: expect.stringMatching(/^".+"$/),
      'content-security-policy': expect.stringContaining('frame-ancestors https://news.example'),
    })
    const again = await ask(house, 'GET', pathOf(first), {
      headers: { 'if-none-match': String(headers['etag']) },
    })
    expect([again.status, again.text]).toEqual([304, ''])
  })

  test('is where the article is now, and under no other article', async () => {
    await anArticle(house, site, 'old')
    const id = await publish({ text: 'It moves along.' }, 'old')
    const moved = await ask(house, 'POST', `/v1/sites/${site}/articles/old/moves`, {
      key: house.admin,
      body: { to: 'new' },
    })
    expect(moved.status).toBe(201)
    const { status, headers } = await ask(house, 'GET', pathOf(id, 'old'))
    expect([status, headers['location']]).toEqual([308, pathOf(id, 'new')])
    expect((await ask(house, 'GET', pathOf(id, 'boats'))).status).toBe(404)
    expect((await ask(house, 'GET', pathOf(id, 'new'))).status).toBe(200)
    const other = await aSite(house)
    expect((await ask(house, 'GET', `/${other}/articles/news/comments/${id}`)).status).toBe(404)
  })

  test('is linked from the article’s page, which says where it is itself, and to search engines what it shows', async () => {
    const { text } = await ask(house, 'GET', `/${site}/articles/boats`)
    expect(text).toContain(`<a href="${pathOf(first)}"><time`)
    expect(linksIn(text, 'canonical')).toEqual([`${testBaseUrl}/${site}/articles/boats`])
    expect(linksIn(text, 'alternate')).toHaveLength(2)
    const [, json = ''] = /<script type="application\/ld\+json">([^<]*)<\/script>/.exec(text) ?? []
    expect(JSON.parse(json)).toMatchObject({ '@type': 'Article', headline: 'Evening "boats" & <more>' })
    expect(text).toContain('<meta name="robots" content="noarchive"/>')
    // A page of older comments, and one that shows none, are not for search engines.
    for (const path of [`/${site}/articles/news`, `/${site}/articles/https%3A%2F%2Fnews.example%2Fnew`]) {
      const page = await ask(house, 'GET', path)
      expect(page.text).toContain('<meta name="robots" content="noindex"/>')
      expect(page.text).not.toContain('ld+json')
      expect(linksIn(page.text, 'alternate')).toHaveLength(2)
    }
  })

  test('names the publisher’s page as the article’s own, if that is on one of the site’s origins', async () => {
    await anArticle(house, site, 'own', { url: 'https://news.example/own?a=1&b=2' })
    await anArticle(house, site, 'elsewhere', { url: 'https://other.example/' })
    const canonical = async (article: string) =>
      linksIn((await ask(house, 'GET', `/${site}/articles/${article}`)).text, 'canonical')
    expect(await canonical('own')).toEqual(['https://news.example/own?a=1&amp;b=2'])
    expect(await canonical('elsewhere')).toEqual([`${testBaseUrl}/${site}/articles/elsewhere`])
  })
})

test.each([
  ['short', 'short'],
  ['one\n\ntwo\tthree', 'one two three'],
  ['x'.repeat(200), 'x'.repeat(200)],
  ['x'.repeat(201), `${'x'.repeat(200)}…`],
  ['👩‍👩‍👧'.repeat(201), `${'👩‍👩‍👧'.repeat(200)}…`],
  ['', ''],
])('the beginning of a text is whole characters on one line', (text, excerpt) => {
  expect(excerptOf(text)).toBe(excerpt)
})

/** Where the links of this relation in the head of a page lead. */
function linksIn(text: string, rel: string) {
  return [...text.matchAll(new RegExp(`<link rel="${rel}"[^>]*href="([^"]*)"`, 'g'))].map(([, href]) => href)
}
