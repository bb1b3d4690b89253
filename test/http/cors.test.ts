import { ask, type House, openHouse, testBaseUrl } from '../support/house.ts'
import { aComment, aSite } from '../support/people.ts'

const news = 'https://news.example'
const elsewhere = 'https://elsewhere.example'

describe('pages of other origins', () => {
  let house: House
  let site: string
  let receipt: string

  beforeAll(async () => {
    house = await openHouse()
    site = await aSite(house, { origins: [news, 'http://localhost:8080'] })
    receipt = (await aComment(house, site)).receipt
  })
  afterAll(() => house.close())

  const preflight = (url: string, origin: string, method: string, headers = 'content-type,idempotency-key') =>
    ask(house, 'OPTIONS', url, {
      headers: { origin, 'access-control-request-method': method, 'access-control-request-headers': headers },
    })

  test.each([
    '',
    '/terms',
    '/terms/1',
    '/articles/news/comments',
    '/comments?article=news',
    '/counts?article=news',
    '/articles/news/embed',
    '/embed?article=news&lang=ug',
  ])('read what is public at …%s, whoever they are, without splitting a cache', async (rest) => {
    for (const origin of [news, elsewhere, 'null', undefined]) {
      const sent = { headers: origin === undefined ? {} : { origin } }
      const { status, headers } = await ask(house, 'GET', `/v1/sites/${site}${rest}`, sent)
      expect(status).toBe(200)
      expect(headers['access-control-allow-origin']).toBe('*')
      expect(headers['access-control-allow-credentials']).toBeUndefined()
      expect(headers['vary']).toBe('Accept-Encoding')
      expect(headers['cross-origin-resource-policy']).toBe('cross-origin')
    }
  })

  test('see the headers that they need, and failures too', async () => {
    for (const url of [
      `/v1/sites/${site}`,
      '/v1/sites/none',
      `/v1/sites/${site}/articles/news/comments?limit=0`,
    ]) {
      const { headers } = await ask(house, 'GET', url, { headers: { origin: elsewhere } })
      expect(headers['access-control-allow-origin']).toBe('*')
      const exposed = String(headers['access-control-expose-headers']).split(', ')
      expect(exposed).toEqual(
        expect.arrayContaining([
          'ETag',
          'Location',
          'Retry-After',
          'RateLimit',
          'RateLimit-Policy',
          'Idempotency-Replayed',
        ]),
      )
    }
  })

  test('send comments if they are the site’s own', async () => {
    const url = `/v1/sites/${site}/articles/news/comments`
    for (const origin of [news, 'http://localhost:8080']) {
      const asked = await preflight(url, origin, 'POST')
      expect(asked.status).toBe(204)
      expect(asked.headers).toMatchObject({
        'access-control-allow-origin': origin,
        'access-control-allow-methods': 'POST',
        'access-control-allow-headers': 'content-type,idempotency-key',
        'access-control-max-age': '7200',
        vary: expect.stringContaining('Origin'),
      })
      const sent = await ask(house, 'POST', url, { headers: { origin }, body: { text: 'From our page.' } })
      expect(sent.status).toBe(202)
      expect(sent.headers['access-control-allow-origin']).toBe(origin)
      expect(sent.headers['access-control-allow-credentials']).toBeUndefined()
    }
  })

  test.each([
    elsewhere,
    'null',
    'https://news.example.evil.example',
    'http://news.example',
    'https://news.example:8443',
  ])('send none from %s', async (origin) => {
    const url = `/v1/sites/${site}/articles/news/comments`
    const asked = await preflight(url, origin, 'POST')
    expect(asked.headers['access-control-allow-origin']).toBeUndefined()
    const sent = await ask(house, 'POST', url, { headers: { origin }, body: { text: 'From another page.' } })
    expect(sent.status).toBe(403)
    expect(sent.headers['access-control-allow-origin']).toBeUndefined()
  })

  test('use a receipt from anywhere, for it carries no cookie', async () => {
    for (const [method, url] of [
      ['PUT', '/v1/receipt/text'],
      ['DELETE', '/v1/receipt'],
      ['POST', '/v1/receipt/erasure'],
    ] as const) {
      const asked = await preflight(url, elsewhere, method, 'authorization')
      expect(asked.headers).toMatchObject({
        'access-control-allow-origin': '*',
        'access-control-allow-headers': 'authorization',
        'access-control-allow-methods': expect.stringContaining(method),
      })
    }
    const { status, headers } = await ask(house, 'GET', '/v1/receipt', {
      key: receipt,
      headers: { origin: elsewhere },
    })
    expect(status).toBe(200)
    expect(headers['access-control-allow-origin']).toBe('*')
    expect(headers['cache-control']).toBe('no-store')
  })

  test.each([
    ['GET', '/v1/me'],
    ['POST', '/v1/session'],
    ['GET', '/v1/sites'],
    ['PUT', '/v1/sites/any'],
    ['PUT', '/v1/sites/any/articles/any'],
    ['GET', '/v1/moderation/queue'],
    ['POST', '/v1/moderation/comments/6f9619ff-8b86-4011-b42d-00c04fc964ff/decisions'],
    ['GET', '/v1/people'],
    ['POST', '/v1/keys'],
    ['GET', '/desk'],
  ] as const)('never %s %s', async (method, url) => {
    for (const origin of [news, elsewhere]) {
      const asked = await preflight(url, origin, method, 'authorization')
      const sent = await ask(house, method, url, { headers: { origin }, key: house.admin })
      for (const { headers } of [asked, sent]) {
        expect(headers['access-control-allow-origin']).toBeUndefined()
        expect(headers['access-control-allow-credentials']).toBeUndefined()
      }
    }
  })

  test('carry our headers on every answer', async () => {
    for (const url of [
      '/',
      '/docs',
      '/livez',
      '/nowhere',
      '/%',
      '/v1/me',
      `/v1/sites/${site}`,
      `/${site}/articles/news`,
    ]) {
      const { headers } = await ask(house, 'GET', url, { headers: { origin: testBaseUrl } })
      expect(headers).toMatchObject({
        'x-content-type-options': 'nosniff',
        'referrer-policy': expect.stringMatching(/^(no-referrer|same-origin)$/),
      })
    }
  })
})
