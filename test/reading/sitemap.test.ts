import { XMLParser } from 'fast-xml-parser'
import { z } from 'zod'
import { readSitemap } from '../../src/reading/feeds/read-sitemap.ts'
import { sitemapOf } from '../../src/reading/feeds/sitemap.ts'
import { expectWellFormed, unreferenced } from '../support/feeds.ts'
import { ask, type House, openHouse, testBaseUrl } from '../support/house.ts'
import { aComment, anArticle, aSite, decision } from '../support/people.ts'
import { statementsDuring } from '../support/statements.ts'

const parser = new XMLParser({
  ignoreAttributes: false,
  attributeNamePrefix: '@',
  parseTagValue: false,
  processEntities: false,
  tagValueProcessor: (_name, value) => unreferenced(value),
  ignoreDeclaration: true,
  isArray: (name) => name === 'url' || name === 'sitemap',
})
const xmlns = z.literal('http://www.sitemaps.org/schemas/sitemap/0.9')
const Address = z.url({ protocol: /^https?$/ }).max(2_047)
/** As sitemap.xsd and siteindex.xsd have them: at least one entry, each with an address. */
const UrlSet = z.strictObject({
  urlset: z.strictObject({
    '@xmlns': xmlns,
    url: z
      .array(z.strictObject({ loc: Address, lastmod: z.iso.datetime() }))
      .min(1)
      .max(50_000),
  }),
})
const Index = z.strictObject({
  sitemapindex: z.strictObject({
    '@xmlns': xmlns,
    sitemap: z
      .array(z.strictObject({ loc: Address }))
      .min(1)
      .max(50_000),
  }),
})

function read<T>(schema: z.ZodType<T>, document: string): T {
  expectWellFormed(document)
  return schema.parse(parser.parse(document))
}

describe('the sitemap of a site', () => {
  let house: House
  let site: string

  beforeAll(async () => {
    house = await openHouse()
    site = await aSite(house, { origins: ['https://news.example'], times: 'hour' })
  })
  afterAll(() => house.close())

  async function publish(article: string, of = site): Promise<string> {
    const { id } = await aComment(house, of, { text: 'Something to say.' }, article)
    expect((await decision(house, house.admin, id, { action: 'approve' }, 1)).status).toBe(201)
    return id
  }
  async function addresses(of = site): Promise<string[]> {
    const { status, text, headers } = await ask(house, 'GET', `/${of}/sitemap.xml`)
    expect([status, headers['content-type']]).toEqual([200, 'application/xml; charset=utf-8'])
    return read(UrlSet, text).urlset.url.map(({ loc }) => loc)
  }

  test('lists the articles that show comments, where their publisher has them, else here', async () => {
    await anArticle(house, site, 'own', { url: 'https://news.example/a?b=1&c=<2>' })
    await anArticle(house, site, 'elsewhere', { url: 'https://other.example/a' })
    await anArticle(house, site, 'a/b "c" & d')
    await anArticle(house, site, 'silent', { url: 'https://news.example/silent' })
    const long = 'ü'.repeat(1_000)
    await anArticle(house, site, long, { title: 'Of a long key' })
    for (const key of ['own', 'elsewhere', 'a/b "c" & d', 'https://news.example/by-its-key', long]) {
      await publish(key)
    }
    await aComment(house, site, { text: 'It waits.' }, 'silent')
    expect((await addresses()).toSorted()).toEqual(
      [
        'https://news.example/a?b=1&c=%3C2%3E',
        'https://news.example/by-its-key',
        `${testBaseUrl}/${site}/articles/elsewhere`,
        `${testBaseUrl}/${site}/articles/a%2Fb%20%22c%22%20%26%20d`,
      ].toSorted(),
    )
  })

  test('says when an article showed something new, and no finer than the site says', async () => {
    const own = await aSite(house, { times: 'day', publishDelay: 60 })
    const id = await publish('news', own)
    await house.ahead(61)
    const lastmod = async () => {
      const { text } = await ask(house, 'GET', `/${own}/sitemap.xml`)
      return read(UrlSet, text).urlset.url[0]?.lastmod ?? ''
    }
    const first = await lastmod()
    expect(first).toMatch(/T00:00:00\.000Z$/)
    await house.ahead(2 * 86_400)
    const asked = { action: 'edit', text: 'Something better to say.', rules: ['language'] }
    expect((await decision(house, house.admin, id, asked)).status).toBe(201)
    // The edit is not due, and the comment shows what it showed.
    expect(await lastmod()).toBe(first)
    await house.ahead(61)
    expect(Date.parse(await lastmod()) - Date.parse(first)).toBeGreaterThanOrEqual(86_400_000)
  })

  test('lists an article once, under the key that it has, with all that became part of it', async () => {
    const own = await aSite(house)
    await anArticle(house, own, 'part')
    await publish('part', own)
    const moved = await ask(house, 'POST', `/v1/sites/${own}/articles/part/moves`, {
      key: house.admin,
      body: { to: 'news' },
    })
    expect(moved.status).toBe(201)
    expect(await addresses(own)).toEqual([`${testBaseUrl}/${own}/articles/news`])
  })

  test('is none where no article shows a comment, because the protocol knows no empty one', async () => {
    const own = await aSite(house)
    const { status, body } = await ask(house, 'GET', `/${own}/sitemap.xml`)
    expect([status, body.code]).toEqual([404, 'not_found'])
    expect((await ask(house, 'GET', '/nowhere/sitemap.xml')).body.code).toBe('site_not_found')
    expect((await ask(house, 'GET', `/${own}/sitemap.xml?cursor=other`)).body.code).toBe('invalid_cursor')
  })

  test('of more articles than have room is an index, whose parts list each of them once', async () => {
    const own = await aSite(house)
    const keys = ['news', ...Array.from({ length: 13 }, (_, n) => `article-${n}`)]
    // One part has none, and one has some.
    const talkative = keys.filter((_, n) => n < 4 || n === 9 || n > 11)
    for (const key of keys.slice(1)) await anArticle(house, own, key)
    for (const key of talkative) await publish(key, own)
    const sources = {
      db: house.db,
      reader: house.db.reader,
      baseUrl: testBaseUrl,
      cursorKey: Buffer.alloc(32, 7),
      each: 4,
    }
    const { answer: index } = await readSitemap(sources, own, undefined)
    const parts = read(Index, index).sitemapindex.sitemap.map(({ loc }) => new URL(loc))
    expect(parts.map(({ pathname }) => pathname)).toEqual(
      Array.from({ length: 3 }, () => `/${own}/sitemap.xml`),
    )
    const listed: string[] = []
    for (const { searchParams } of parts) {
      const { answer } = await readSitemap(sources, own, searchParams.get('cursor') ?? '')
      const { url } = read(UrlSet, answer).urlset
      expect(url.length).toBeLessThanOrEqual(4)
      listed.push(...url.map(({ loc }) => loc))
    }
    const at = (key: string) => `${testBaseUrl}/${own}/articles/${key}`
    expect(listed.toSorted()).toEqual(talkative.map(at).toSorted())
    // A part of another site is none of this one.
    await expect(
      readSitemap(sources, site, parts[0]?.searchParams.get('cursor') ?? ''),
    ).rejects.toMatchObject({ code: 'invalid_cursor' })
  })

  test('reads a part where it begins, and goes through nothing that is before it', async () => {
    const sent = await statementsDuring(() => ask(house, 'GET', `/${site}/sitemap.xml`))
    expect(sent.filter((statement) => /\boffset\b/i.test(statement))).toEqual([])
    const { rows } = await house.owner.query<{ source: string }>(
      `select prosrc as source from pg_proc where proname in ('sitemap_part', 'sitemap_parts', 'public_newest')`,
    )
    expect(rows).toHaveLength(3)
    expect(rows.filter(({ source }) => /\boffset\b/i.test(source))).toEqual([])
  })
})

test('an address that is too long for the protocol is left out of a sitemap', () => {
  const changed = '2026-11-24T00:00:00.000Z'
  const longest = `https://news.example/${'a'.repeat(2_047 - 21)}`
  const { urlset } = read(
    UrlSet,
    sitemapOf([
      { at: longest, changed },
      { at: `${longest}a`, changed },
    ]),
  )
  expect(urlset.url.map(({ loc }) => loc)).toEqual([longest])
})
