import { parseAtomFeed, parseJsonFeed } from 'feedsmith'
import { readAtom, readJsonFeed } from '../support/feeds.ts'
import { ask, type House, openHouse, testBaseUrl } from '../support/house.ts'
import { aComment, anArticle, aPerson, aSite, decision } from '../support/people.ts'

const urn = (id: string) => `urn:uuid:${id}`

describe('the feeds', () => {
  let house: House

  beforeAll(async () => {
    house = await openHouse()
  })
  afterAll(() => house.close())

  async function publish(site: string, body: Record<string, unknown>, article = 'news'): Promise<string> {
    const { id } = await aComment(house, site, body, article)
    expect((await decision(house, house.admin, id, { action: 'approve' }, 1)).status).toBe(201)
    return id
  }
  async function atom(site: string, article?: string) {
    const of = article === undefined ? '' : `/articles/${encodeURIComponent(article)}`
    const { status, text } = await ask(house, 'GET', `/v1/sites/${site}${of}/feed.atom`)
    expect(status).toBe(200)
    return readAtom(text)
  }
  async function json(site: string, article?: string) {
    const of = article === undefined ? '' : `/articles/${encodeURIComponent(article)}`
    const { status, text } = await ask(house, 'GET', `/v1/sites/${site}${of}/feed.json`)
    expect(status).toBe(200)
    return readJsonFeed(text)
  }

  describe('of a site with a thread under one article and a comment under another', () => {
    let site: string
    let first: string
    let reply: string
    let other: string
    const url = 'https://news.example/boats?a=1&b=2'

    beforeAll(async () => {
      site = await aSite(house, {
        name: 'The Gazette',
        language: 'en',
        times: 'hour',
        origins: ['https://news.example'],
      })
      await anArticle(house, site, 'boats', { title: 'Evening boats', url })
      first = await publish(
        site,
        { text: 'The evening boat matters most.\n\nIt does.', name: 'Wren' },
        'boats',
      )
      await house.ahead(3_700)
      reply = await publish(site, { text: 'ཁྱེད་བདེ་མོ་ཡིན་ནམ། ང་བདེ་མོ་ཡིན།', parent: first }, 'boats')
      await house.ahead(3_700)
      other = await publish(site, { text: 'Elsewhere.', name: 'Robin' })
    })

    test('are of the types that they say, and kept by caches as lists are', async () => {
      for (const [form, type] of [
        ['atom', 'application/atom+xml; charset=utf-8'],
        ['json', 'application/feed+json'],
      ] as const) {
        for (const path of [`feed.${form}`, `feed.${form}?article=boats`, `articles/boats/feed.${form}`]) {
          const { status, headers } = await ask(house, 'GET', `/v1/sites/${site}/${path}`)
          expect([path, status, headers['content-type']]).toEqual([path, 200, type])
          expect(headers).toMatchObject({
            'cache-control': expect.stringMatching(/^public, max-age=\d+, stale-while-revalidate=10/),
            'access-control-allow-origin': '*',
            'cache-tag': expect.stringContaining(`s-${site}`),
            etag: expect.stringMatching(/^".+"$/),
          })
          const again = await ask(house, 'GET', `/v1/sites/${site}/${path}`, {
            headers: { 'if-none-match': String(headers['etag']) },
          })
          expect([again.status, again.text]).toEqual([304, ''])
        }
      }
    })

    test('tell an article’s comments, newest first, and what each answers', async () => {
      const feed = await atom(site, 'boats')
      expect(feed.entry.map(({ id }) => id)).toEqual([urn(reply), urn(first)])
      expect(feed.entry.map((entry) => entry['thr:in-reply-to'])).toEqual([
        [
          {
            '@ref': urn(first),
            '@href': `${testBaseUrl}/${site}/articles/boats/comments/${first}`,
            '@type': 'text/html',
          },
        ],
        [{ '@ref': url, '@href': url, '@type': 'text/html' }],
      ])
      expect(feed.entry[1]).toMatchObject({
        title: { '#text': 'Wren · Evening boats', '@type': 'text', '@xml:lang': 'en' },
        author: [{ name: 'Wren' }],
        content: [
          { '#text': 'The evening boat matters most.\n\nIt does.', '@type': 'text', '@xml:lang': 'en' },
        ],
        link: [{ '@rel': 'alternate', '@href': `${testBaseUrl}/${site}/articles/boats/comments/${first}` }],
      })
      expect(feed.entry[0]).toMatchObject({
        title: { '#text': 'unnamed · Evening boats' },
        author: [{ name: 'unnamed' }],
        content: [{ '@xml:lang': 'bo' }],
      })
      expect(feed.title['#text']).toBe('Comments · Evening boats · The Gazette')
      expect(feed.link).toEqual([
        {
          '@rel': 'self',
          '@href': `${testBaseUrl}/v1/sites/${site}/articles/boats/feed.atom`,
          '@type': 'application/atom+xml',
        },
        { '@rel': 'alternate', '@href': `${testBaseUrl}/${site}/articles/boats`, '@type': 'text/html' },
      ])
    })

    test('tell all of the site’s comments, whatever the article', async () => {
      const feed = await atom(site)
      expect(feed.entry.map(({ id }) => id)).toEqual([urn(other), urn(reply), urn(first)])
      expect(feed.title['#text']).toBe('Comments · The Gazette')
      expect(feed.updated).toBe(feed.entry[0]?.updated)
      expect((await json(site)).items.map(({ id }) => id)).toEqual(feed.entry.map(({ id }) => id))
    })

    test('say as JSON what they say as Atom', async () => {
      const feed = await json(site, 'boats')
      expect(feed).toMatchObject({
        title: 'Comments · Evening boats · The Gazette',
        feed_url: `${testBaseUrl}/v1/sites/${site}/articles/boats/feed.json`,
        home_page_url: `${testBaseUrl}/${site}/articles/boats`,
        items: [
          { id: urn(reply), language: 'bo', _postbag: { in_reply_to: urn(first) } },
          {
            id: urn(first),
            content_text: 'The evening boat matters most.\n\nIt does.',
            authors: [{ name: 'Wren' }],
            _postbag: { in_reply_to: url },
          },
        ],
      })
      expect(feed.items[0]).not.toHaveProperty('authors')
      const { entry } = await atom(site, 'boats')
      expect(feed.items.map((one) => [one.date_published, one.date_modified])).toEqual(
        entry.map(({ published, updated }) => [published?.[0], updated]),
      )
    })

    test('are the same to another who reads feeds', async () => {
      const at = `/v1/sites/${site}/articles/boats/feed`
      const read = parseAtomFeed((await ask(house, 'GET', `${at}.atom`)).text)
      expect(read.entries?.map(({ id, thr }) => [id, thr?.inReplyTos?.[0]?.ref])).toEqual([
        [urn(reply), urn(first)],
        [urn(first), url],
      ])
      expect(parseJsonFeed((await ask(house, 'GET', `${at}.json`)).text).items?.map(({ id }) => id)).toEqual([
        urn(reply),
        urn(first),
      ])
    })

    test('tell of an article the same where its key stands in the query', async () => {
      for (const form of ['atom', 'json']) {
        const inPath = await ask(house, 'GET', `/v1/sites/${site}/articles/boats/feed.${form}`)
        expect((await ask(house, 'GET', `/v1/sites/${site}/feed.${form}?article=boats`)).text).toBe(
          inPath.text,
        )
      }
    })

    test('tell nothing finer than the site’s precision, and nothing of a reader but the name', async () => {
      const { rows } = await house.owner.query(
        `select encode(receipt_hash, 'hex') as receipt from comment where site = $1`,
        [site],
      )
      for (const path of ['feed.atom', 'feed.json', 'articles/boats/feed.atom', 'articles/boats/feed.json']) {
        const { text } = await ask(house, 'GET', `/v1/sites/${site}/${path}`)
        const times = text.match(/\d{4}-\d\d-\d\dT[\d:.]+Z/g) ?? []
        expect(times.length).toBeGreaterThan(2)
        expect(times.filter((time) => !time.endsWith(':00:00.000Z'))).toEqual([])
        expect(rows.filter(({ receipt }) => text.includes(receipt))).toEqual([])
      }
    })
  })

  test.each(['minute', 'hour', 'day'] as const)(
    'of a site that tells no more than the %s tell no more',
    async (times) => {
      const site = await aSite(house, { times })
      await house.ahead(47)
      await publish(site, { text: 'When was this?' })
      const ends = { minute: /T\d\d:\d\d:00\.000Z$/, hour: /T\d\d:00:00\.000Z$/, day: /T00:00:00\.000Z$/ }[
        times
      ]
      const { updated, entry } = await atom(site)
      expect([updated, ...entry.flatMap((one) => [one.updated, ...(one.published ?? [])])]).toEqual([
        expect.stringMatching(ends),
        expect.stringMatching(ends),
        expect.stringMatching(ends),
      ])
    },
  )

  test('an edited comment is marked, changed when the edit shows, and as it was until then', async () => {
    const site = await aSite(house, { publishDelay: 60 })
    const id = await publish(site, { text: 'Frist.', name: 'Jay' })
    await house.ahead(120)
    const before = await atom(site, 'news')
    const asked = { action: 'edit', text: 'First.', rules: ['language'] }
    expect((await decision(house, house.admin, id, asked)).status).toBe(201)
    expect(await atom(site, 'news')).toEqual(before)
    await house.ahead(120)
    const [entry] = (await atom(site, 'news')).entry
    expect(entry?.content?.[0]['#text']).toBe('First.')
    expect(entry?.category).toEqual([
      { '@term': 'edited', '@label': expect.stringMatching(/^Edited by a moderator under the rule “.+”\.$/) },
    ])
    const { updated = '', published } = before.entry[0] ?? {}
    expect(entry?.published).toEqual(published)
    expect(Date.parse(entry?.updated ?? '')).toBeGreaterThan(Date.parse(updated))
    expect((await json(site)).items[0]?.tags).toEqual([
      expect.stringMatching(/^Edited by a moderator under the rule “.+”\.$/),
    ])
    // And while the next edit is not due, it is not as if there had been none.
    expect((await decision(house, house.admin, id, { ...asked, text: 'The first.' })).status).toBe(201)
    expect((await atom(site, 'news')).entry).toEqual([entry])
    expect((await atom(site)).entry).toEqual([entry])
  })

  test('an answer by somebody who moderates is marked, and in the site’s language', async () => {
    const site = await aSite(house, { language: 'vi' })
    const [ada, ben] = [await aPerson(house, site), await aPerson(house, site)]
    const parent = await publish(site, { text: 'When does it leave?' })
    const body = { text: 'At nine.' }
    const sent = await ask(house, 'POST', `/v1/moderation/comments/${parent}/replies`, { key: ada.key, body })
    expect(sent.status).toBe(202)
    expect((await decision(house, ben.key, sent.body.id, { action: 'approve' })).status).toBe(201)
    const entries = (await atom(site)).entry
    const told = { '@term': 'staff', '@label': expect.stringMatching(/\S/) }
    expect(entries.find(({ id }) => id === urn(sent.body.id))?.category).toEqual([told])
    expect(entries.find(({ id }) => id === urn(parent))?.category).toEqual([])
    expect((await atom(site)).title['#text']).toBe('Bình luận · The Test Gazette')
  })

  test('of 52 comments tell the newest 50', async () => {
    const site = await aSite(house)
    const ids: string[] = []
    for (let n = 0; n < 52; n += 1) {
      ids.push(await publish(site, { text: `Number ${n}.` }))
      if (n < 3) await house.ahead(1)
    }
    const newest = (await atom(site, 'news')).entry.map(({ id }) => id)
    expect(newest).toHaveLength(50)
    expect(newest).not.toContain(urn(ids[0] ?? ''))
    expect(newest).not.toContain(urn(ids[1] ?? ''))
    expect(newest.toSorted()).toEqual(ids.slice(2).map(urn).toSorted())
    expect((await atom(site)).entry.map(({ id }) => id)).toEqual(newest)
  })

  test('of nothing yet are empty and valid', async () => {
    const site = await aSite(house, { origins: ['https://news.example'] })
    for (const article of [undefined, 'news', 'https://news.example/to-come']) {
      expect((await atom(site, article)).entry).toEqual([])
      expect((await json(site, article)).items).toEqual([])
    }
    await publish(site, { text: 'Now it is there.' }, 'https://news.example/to-come')
    expect((await atom(site, 'https://news.example/to-come')).entry).toHaveLength(1)
  })

  test('follow an article under its new key, with the id that it had', async () => {
    const site = await aSite(house)
    await anArticle(house, site, 'old')
    const id = await publish(site, { text: 'Under both.' }, 'old')
    await publish(site, { text: 'In the other.' })
    const before = await atom(site, 'old')
    const move = (key: string, to: string) =>
      ask(house, 'POST', `/v1/sites/${site}/articles/${key}/moves`, { key: house.admin, body: { to } })
    expect((await move('old', 'new')).status).toBe(201)
    for (const key of ['old', 'new']) {
      const feed = await atom(site, key)
      expect(feed.id).toBe(before.id)
      expect(feed.entry[0]?.link[0]?.['@href']).toBe(`${testBaseUrl}/${site}/articles/new/comments/${id}`)
    }
    expect((await move('new', 'news')).status).toBe(201)
    expect((await atom(site, 'new')).entry).toHaveLength(2)
    const links = (await atom(site)).entry.map(({ link }) => link[0]?.['@href'])
    expect(
      links.filter((link) => !link?.startsWith(`${testBaseUrl}/${site}/articles/news/comments/`)),
    ).toEqual([])
  })

  test.each([
    ['/v1/sites/nowhere/feed.atom', '404 site_not_found'],
    ['/v1/sites/nowhere/feed.json', '404 site_not_found'],
    ['/v1/sites/nowhere/articles/news/feed.atom', '404 site_not_found'],
    ['/v1/sites/SITE/articles/nothing/feed.atom', '404 article_not_found'],
    ['/v1/sites/SITE/feed.json?article=nothing', '404 article_not_found'],
    ['/v1/sites/SITE/feed.json?articles=news', '400 invalid_request'],
    ['/v1/sites/SITE/articles/news/feed.json?limit=1', '400 invalid_request'],
  ])('%s is %s', async (path, problem) => {
    const site = await aSite(house)
    const { status, body } = await ask(house, 'GET', path.replace('SITE', site))
    expect(`${status} ${body.code}`).toBe(problem)
  })
})
