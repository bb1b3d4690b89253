import { bytesTag, judgedVersion, matches, versionTag } from '../../src/http/conditional.ts'
import { ask, type House, openHouse } from '../support/house.ts'
import { aComment, anArticle, aSite, decision } from '../support/people.ts'

describe('conditional reading', () => {
  let house: House
  let site: string
  let base: string

  beforeAll(async () => {
    house = await openHouse()
    site = await aSite(house, { publishDelay: 60 })
    await house.app.listen({ port: 0, host: '127.0.0.1' })
    const address = house.app.server.address()
    base = `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`
  })
  afterAll(() => house.close())

  const list = (article = 'news', query = '') => `/v1/sites/${site}/articles/${article}/comments${query}`
  const tagOf = async (url: string) => String((await ask(house, 'GET', url)).headers['etag'])
  const statusWith = async (url: string, tag: string) =>
    (await ask(house, 'GET', url, { headers: { 'if-none-match': tag } })).status
  const approved = async (article: string, text = 'a') => {
    const { id } = await aComment(house, site, { text }, article)
    await decision(house, house.admin, id, { action: 'approve' }, 1)
    return id
  }

  test.each([
    '',
    '/terms',
    '/terms/1',
    '/articles/news/comments',
    '/comments?article=news',
    '/counts?article=news',
  ])('…%s has a strong ETag, and is not sent to whoever has it', async (rest) => {
    const url = `/v1/sites/${site}${rest}`
    const tag = await tagOf(url)
    expect(tag).toMatch(/^"[\w-]{22}"$/)
    expect(await tagOf(url)).toBe(tag)
    for (const known of [
      tag,
      `W/${tag}`,
      `"other", ${tag}`,
      `${tag},"other"`,
      `W/"a" ,W/${tag}, "b"`,
      '*',
      ' * ',
    ]) {
      expect([known, await statusWith(url, known)]).toEqual([known, 304])
    }
    for (const unknown of [
      '"other"',
      '',
      tag.replaceAll('"', ''),
      `"W/${tag}`,
      `${tag}x`,
      tag.slice(0, -1),
    ]) {
      expect([unknown, await statusWith(url, unknown)]).toEqual([unknown, 200])
    }
  })

  test('a 304 has no body, and keeps what a cache needs to know', async () => {
    const first = await fetch(base + list())
    const tag = first.headers.get('etag') ?? ''
    const again = await fetch(base + list(), { headers: { 'if-none-match': tag } })
    expect(again.status).toBe(304)
    expect(await again.text()).toBe('')
    for (const name of ['etag', 'cache-control', 'access-control-allow-origin', 'vary']) {
      expect([name, again.headers.get(name)]).toEqual([name, first.headers.get(name)])
    }
    expect(again.headers.get('content-type')).toBeNull()
  })

  test('HEAD tells what GET would, without the body', async () => {
    const get = await fetch(base + list())
    const head = await fetch(base + list(), { method: 'HEAD' })
    expect(head.status).toBe(200)
    expect(await head.text()).toBe('')
    for (const name of ['etag', 'cache-control', 'content-type', 'content-length']) {
      expect([name, head.headers.get(name)]).toEqual([name, get.headers.get(name)])
    }
    expect(Number(head.headers.get('content-length'))).toBe(Buffer.byteLength(await get.text()))
    const known = await fetch(base + list(), {
      method: 'HEAD',
      headers: { 'if-none-match': get.headers.get('etag') ?? '' },
    })
    expect(known.status).toBe(304)
  })

  test('what is public may be kept for a moment, and what is not for none', async () => {
    const { headers } = await ask(house, 'GET', list())
    expect(headers['cache-control']).toBe('public, max-age=10, stale-while-revalidate=10, stale-if-error=60')
    const missing = await ask(house, 'GET', '/v1/sites/none')
    expect(missing.headers['cache-control']).toBe('no-store')
    expect(missing.headers['etag']).toBeUndefined()
  })

  test('the ETag of a list changes when a comment becomes due, goes and comes back; not before', async () => {
    await anArticle(house, site, 'changing')
    const url = list('changing')
    const empty = await tagOf(url)
    const id = await approved('changing')
    expect(await statusWith(url, empty)).toBe(304)
    await house.ahead(61)
    expect(await statusWith(url, empty)).toBe(200)
    const shown = await tagOf(url)
    await decision(house, house.admin, id, { action: 'edit', text: 'b', rules: ['respect'] })
    expect(await statusWith(url, shown)).toBe(304)
    await house.ahead(61)
    expect(await statusWith(url, shown)).toBe(200)
    const edited = await tagOf(url)
    await decision(house, house.admin, id, { action: 'unpublish', rules: ['topic'] })
    expect(await statusWith(url, edited)).toBe(200)
    expect(await tagOf(url)).toBe(empty)
  })

  test('the ETag of a list stays while nothing changes, even where there are further pages', async () => {
    await anArticle(house, site, 'long')
    for (let i = 0; i < 3; i += 1) await approved('long', `Number ${i}.`)
    await house.ahead(61)
    const url = list('long', '?limit=1')
    const { body } = await ask(house, 'GET', url)
    expect(body.next).toEqual(expect.any(String))
    expect(await statusWith(url, await tagOf(url))).toBe(304)
    expect(await tagOf(url)).not.toBe(await tagOf(list('long', '?limit=2')))
    expect(await tagOf(list('long'))).not.toBe(await tagOf(list('long', '?order=oldest')))
  })

  test('the ETag of a site changes with its settings and its terms', async () => {
    const own = await aSite(house)
    const url = `/v1/sites/${own}`
    const first = await tagOf(url)
    await ask(house, 'PUT', url, { key: house.admin, body: { name: 'Renamed' } })
    const second = await tagOf(url)
    const rule = { code: 'a', title: 'a', text: 'a', permits: ['reject'] }
    await ask(house, 'POST', `${url}/terms`, { key: house.admin, body: { introduction: 'a', rules: [rule] } })
    expect(new Set([first, second, await tagOf(url)]).size).toBe(3)
  })

  test('nothing that belongs to one person has a public ETag', async () => {
    const { id, receipt } = await aComment(house, site)
    for (const [url, key] of [
      ['/v1/receipt', receipt],
      ['/v1/me', house.admin],
      ['/v1/moderation/queue', house.admin],
      ['/v1/people', house.admin],
      [`/v1/moderation/comments/${id}`, house.admin],
    ] as const) {
      const { headers } = await ask(house, 'GET', url, { key, headers: { 'if-none-match': '*' } })
      expect(headers['cache-control']).toBe('no-store')
      expect(headers['etag']).toBe(url.includes('comments') ? '"1"' : undefined)
    }
  })
})

describe('tags', () => {
  test('of a version are its number', () => {
    expect(versionTag(7)).toBe('"7"')
    expect(judgedVersion(versionTag(7))).toBe(7)
    expect(judgedVersion(' "7" ')).toBe(7)
  })

  test.each([undefined, '', ' ', '*', ' * '])('a decision that names none (%j) is refused', (ifMatch) => {
    expect(() => judgedVersion(ifMatch)).toThrow(expect.objectContaining({ code: 'precondition_required' }))
  })

  test.each([
    '7',
    'W/"7"',
    '"0"',
    '"-1"',
    '"07"',
    '"0x7"',
    '"7e0"',
    '"7.0"',
    '"a"',
    '"7", "8"',
    '"99999999999999999999"',
  ])('%s is no version of ours', (ifMatch) => {
    expect(judgedVersion(ifMatch)).toBe(0)
  })

  test('of bytes are of these bytes', () => {
    expect(bytesTag('a')).toBe(bytesTag('a'))
    expect(bytesTag('a')).not.toBe(bytesTag('b'))
    expect(matches(undefined, bytesTag('a'))).toBe(false)
  })
})
