import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { brotliDecompressSync, gunzipSync, gzipSync } from 'node:zlib'
import { countedKeys, embedKeys } from '../../src/pages/embed/view.ts'
import { pageLanguages } from '../../src/pages/languages.ts'
import { ask, type House, openHouse, testBaseUrl } from '../support/house.ts'
import { aComment, anArticle, aPerson, aSite, decision } from '../support/people.ts'

describe('what the embed asks for', () => {
  let house: House
  let site: string
  let moderator: string

  beforeAll(async () => {
    house = await openHouse()
  })
  afterAll(() => house.close())
  beforeEach(async () => {
    site = await aSite(house, { origins: ['https://news.example'] })
    moderator = (await aPerson(house, site)).key
  })
  const view = (query = '', headers = {}) =>
    ask(house, 'GET', `/v1/sites/${site}/articles/news/embed${query}`, { headers })
  const publish = async (body: object = {}, asked: Record<string, unknown> = { action: 'approve' }) => {
    const comment = await aComment(house, site, { ...body })
    await decision(house, moderator, comment.id, asked)
    return comment
  }

  test('is the published list and every word around it', async () => {
    await publish(
      { text: 'One.', name: 'Wren' },
      { action: 'edit', text: 'Two.', rules: ['respect', 'private_details'], reason: 'So.' },
    )
    await aComment(house, site, { text: 'Nobody has read this.' })
    const { body, text } = await view()
    const { comments, next, article } = (await ask(house, 'GET', `/v1/sites/${site}/articles/news/comments`))
      .body
    expect(comments).toHaveLength(1)
    expect(body).toMatchObject({ comments, next, article })
    expect(body.comments).toMatchObject([
      {
        text: 'Two.',
        note: expect.stringMatching(
          /^Edited by a moderator under the rules “\u2068.+\u2069”, “\u2068.+\u2069”\.$/,
        ),
      },
    ])
    expect(body.comments[0].when).toMatch(/^\d+ \w+ \d{4}, \d\d:\d\d UTC$/)
    expect(body.heading).toBe('Comments (1)')
    expect(body.interface).toMatchObject({
      language: 'en',
      direction: 'ltr',
      noticeLanguage: 'en',
      limits: { textGraphemes: 5_000 },
      addresses: { page: `/${site}/articles/news`, terms: `/${site}/terms`, receipt: `/${site}/my-comment` },
      texts: {
        'form.textHint': 'At most 5,000 characters.',
        'form.left': '{} characters left',
        'form.left.one': '1 character left',
      },
      problems: {
        text_too_long: { what: expect.stringContaining('5,000') },
        other: { what: 'That did not work' },
      },
      figures: '0123456789,',
    })
    expect(body.interface.rules).toHaveLength(14)
    expect(text).not.toContain('Nobody has read')
  })

  test('says the interface once, and not again with further pages', async () => {
    for (const text of ['One.', 'Two.']) await publish({ text })
    const { body } = await view('?limit=1')
    const { body: further } = await view(`?limit=1&cursor=${body.next}`)
    expect(further.comments).toMatchObject([{ text: 'One.' }])
    expect(further.interface).toBeUndefined()
  })

  test('is kept by caches until it changes, and is the same for an article’s URL', async () => {
    await anArticle(house, site, 'https://news.example/a')
    const address = `/v1/sites/${site}/embed?article=${encodeURIComponent('https://news.example/a')}`
    const first = await ask(house, 'GET', address)
    const tag = String(first.headers['etag'])
    expect(first.headers).toMatchObject({
      'access-control-allow-origin': '*',
      'cache-control': 'public, max-age=10, stale-while-revalidate=10, stale-if-error=60',
      'cache-tag': expect.stringContaining(`s-${site}`),
      vary: 'Accept-Encoding',
    })
    expect((await ask(house, 'GET', address, { headers: { 'if-none-match': tag } })).status).toBe(304)
    const sent = await aComment(house, site, { text: 'New.' }, 'https://news.example/a')
    expect((await ask(house, 'GET', address, { headers: { 'if-none-match': tag } })).status).toBe(304)
    await decision(house, moderator, sent.id, { action: 'approve' })
    expect((await ask(house, 'GET', address, { headers: { 'if-none-match': tag } })).status).toBe(200)
  })

  test.each(pageLanguages)(
    'has every text in %s, with the numbers as that language has them',
    async (language) => {
      const { body } = await view(`?lang=${language}`)
      const { texts, figures } = body.interface
      expect(Object.keys(texts).toSorted()).toEqual(
        [...embedKeys, ...countedKeys, ...countedKeys.map((key) => `${key}.one`)].toSorted(),
      )
      for (const key of countedKeys) expect([key, texts[key]]).toEqual([key, expect.stringContaining('{}')])
      expect(Object.values(texts).join('')).not.toMatch(/7.?654|undefined/)
      expect([...figures]).toHaveLength(11)
      expect(body.interface.language).toBe(language)
    },
  )

  test('has a publisher’s own texts, however they write a number', async () => {
    await ask(house, 'PUT', `/v1/sites/${site}/texts/en`, {
      key: house.admin,
      body: { 'list.newer': 'Newer: {count}', 'form.title': 'Write to us' },
    })
    const { texts } = (await view()).body.interface
    expect(texts).toMatchObject({
      'list.newer': 'Newer: {}',
      'list.newer.one': 'Newer: 1',
      'form.title': 'Write to us',
    })
  })

  test('is in the article’s language unless another is asked for; of a language that we lack, in English', async () => {
    const korean = await aSite(house, { language: 'ko', notice: '정중하게.' })
    const asked = async (query: string) =>
      (await ask(house, 'GET', `/v1/sites/${korean}/embed?article=news${query}`)).body.interface
    expect(await asked('')).toMatchObject({ language: 'ko', notice: '정중하게.', noticeLanguage: 'ko' })
    expect(await asked('&lang=zh-HK')).toMatchObject({
      language: 'yue',
      addresses: { terms: `/${korean}/terms?lang=yue` },
    })
    expect(await asked('&lang=fr')).toMatchObject({ language: 'ko' })
  })

  test('is not there where the list is not', async () => {
    expect((await ask(house, 'GET', `/v1/sites/${site}/embed?article=missing`)).body.code).toBe(
      'article_not_found',
    )
    expect((await ask(house, 'GET', '/v1/sites/missing/embed?article=news')).body.code).toBe('site_not_found')
    expect((await view('?cursor=x')).body.code).toBe('invalid_cursor')
  })

  test('can be a part of a publisher’s page: the list, with whole addresses, and nothing that runs', async () => {
    const { id } = await publish({ text: '<b>Bold</b> https://boats.example/' })
    await aComment(house, site, { text: 'Nobody has read this.' })
    const fragment = await ask(house, 'GET', `/${site}/articles/news/fragment?lang=vi`)
    expect(fragment.headers).toMatchObject({ 'x-robots-tag': 'noindex', etag: expect.any(String) })
    expect(fragment.text).toMatch(/^<div lang="vi" dir="ltr"><h2>/)
    expect(fragment.text).toContain(
      '&lt;b&gt;Bold&lt;/b&gt; <a href="https://boats.example/" rel="nofollow ugc',
    )
    expect(fragment.text).toContain(`href="${testBaseUrl}/${site}/articles/news/comments/${id}?lang=vi"`)
    expect(fragment.text).toContain(`href="${testBaseUrl}/${site}/articles/news?lang=vi#form"`)
    expect(fragment.text).not.toMatch(/<script|<style|style=|Nobody has read/)
    const addresses = [...fragment.text.matchAll(/ href="([^"]*)"/g)].map(([, address]) => address)
    expect(addresses.filter((address) => !address?.startsWith('http'))).toEqual([])
  })
})

describe('the program of the embed', () => {
  const bundle = readFileSync(join(import.meta.dirname, '../../dist/browser/embed.js'))
  let house: House

  beforeAll(async () => {
    house = await openHouse()
  })
  afterAll(() => house.close())

  test('has at most 10 kB, compressed', () => {
    expect(gzipSync(bundle, { level: 9 }).length).toBeLessThanOrEqual(10_000)
  })

  test('names no address, no map and no cookie, and keeps to one kind of storage', () => {
    expect(bundle.toString()).not.toMatch(
      /https?:\/\/\w|sourceMappingURL|cookie|localStorage|indexedDB|innerHTML/,
    )
    expect(bundle.toString()).toContain('sessionStorage')
  })

  test.each(['br', 'gzip', 'identity'])(
    'is sent as %s, to any page, and known again by its tag',
    async (encoding) => {
      const read = (headers = {}) =>
        house.app.inject({ url: '/embed.js', headers: { 'accept-encoding': encoding, ...headers } })
      const { statusCode, headers, rawPayload } = await read()
      const decoded = { br: brotliDecompressSync, gzip: gunzipSync, identity: (bytes: Buffer) => bytes }
      expect(statusCode).toBe(200)
      expect(headers).toMatchObject({
        'content-type': 'text/javascript; charset=utf-8',
        'cache-control': 'public, max-age=300, stale-while-revalidate=86400',
        'access-control-allow-origin': '*',
        'cross-origin-resource-policy': 'cross-origin',
        vary: 'Accept-Encoding',
        etag: expect.stringMatching(/^"[\w-]+"$/),
      })
      expect(headers['content-encoding']).toBe(encoding === 'identity' ? undefined : encoding)
      const [, decode] = Object.entries(decoded).find(([name]) => name === encoding) ?? []
      expect(decode?.(rawPayload).equals(bundle)).toBe(true)
      expect((await read({ 'if-none-match': headers['etag'] })).statusCode).toBe(304)
    },
  )

  test('is shown to newcomers only where the demo is', async () => {
    expect((await ask(house, 'GET', '/demo/embed')).status).toBe(404)
    const demo = await openHouse({ demo: { site: 'demo', article: 'welcome' } })
    const { text, headers } = await ask(demo, 'GET', '/demo/embed')
    expect(text).toContain('<postbag-comments site="demo" article="welcome"></postbag-comments>')
    expect(headers['content-security-policy']).toContain("require-trusted-types-for 'script'")
    await demo.close()
  })
})
