import { accessibilityFaults, openStage, type Stage, type Visitor } from '../support/browser.ts'
import { lotsOf } from '../support/hostile-strings.ts'
import { eightAtOnce, openWorld, type World } from '../support/hostile-world.ts'
import { ask } from '../support/house.ts'
import { foreignInTexts, foreignParts } from '../support/own-parts.ts'
import { aComment, aPerson, aSite, decision, published } from '../support/people.ts'
import { survey } from '../support/survey.ts'

interface Told {
  id: string
  name: string | null
  text: string
}

describe('what programs read, of hostile words,', () => {
  let stage: Stage
  let visitor: Visitor
  /** reads XML as a program of another maker does, which no policy of ours binds */
  let reader: Visitor

  beforeAll(async () => {
    stage = await openStage()
    visitor = await stage.visitor()
    reader = await stage.visitor({ bypassCSP: true })
    await visitor.page.addInitScript(() => {
      document.addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI }) => {
        document.documentElement.setAttribute('data-refused', `${violatedDirective} ${blockedURI}`)
      })
    })
  })
  afterAll(() => stage.close())
  afterEach(() => expectQuiet())

  /** Nothing ran, and nothing was asked for elsewhere. */
  function expectQuiet(): void {
    expect(visitor.complaints).toEqual([])
    expect(visitor.requests.filter((url) => !url.startsWith(`${stage.baseUrl}/`))).toEqual([])
  }

  async function publishAll({ site, waiting }: World): Promise<void> {
    const { key } = await aPerson(stage.house, site, 'editor')
    await eightAtOnce(waiting, async ({ id }) => {
      expect((await decision(stage.house, key, id, { action: 'approve' }, 1)).status).toBe(201)
    })
  }

  describe.each(lotsOf(48))('$which', ({ strings }) => {
    let world: World
    let stored: Told[]
    let path: string

    beforeAll(async () => {
      world = await openWorld(stage.house, strings)
      await publishAll(world)
      stored = await published(stage.house, world.site, world.article, '?limit=100')
      path = `/${world.site}/articles/${encodeURIComponent(world.article)}`
      await visitor.page.goto(`${stage.baseUrl}/${world.site}/terms`)
      await reader.page.goto(`${stage.baseUrl}/${world.site}/terms`)
    })

    const byId = (told: Told[]) => told.toSorted((one, other) => one.id.localeCompare(other.id))

    test('is an Atom feed to a reader of XML, with every word as it is', async () => {
      for (const address of [`/v1/sites/${world.site}/feed.atom`, `/v1/sites${path}/feed.atom`]) {
        const feed = await reader.page.evaluate(async (url) => {
          const atom = 'http://www.w3.org/2005/Atom'
          const read = new DOMParser().parseFromString(await (await fetch(url)).text(), 'application/xml')
          const childOf = (parent: Element, name: string) =>
            parent.getElementsByTagNameNS(atom, name)[0]?.textContent ?? ''
          return {
            faults: [...read.getElementsByTagName('parsererror')].map(({ textContent }) => textContent),
            title: childOf(read.documentElement, 'title'),
            elements: [
              ...new Set([...read.querySelectorAll('*')].map(({ localName }) => localName)),
            ].toSorted(),
            entries: [...read.getElementsByTagNameNS(atom, 'entry')].map((entry) => ({
              id: childOf(entry, 'id').replace('urn:uuid:', ''),
              name: childOf(entry, 'name'),
              text: childOf(entry, 'content'),
              title: childOf(entry, 'title'),
            })),
          }
        }, address)
        expect(feed.faults).toEqual([])
        expect(stored).toHaveLength(world.waiting.length)
        expect(feed.elements).toEqual(
          'author content entry feed id in-reply-to link name published title updated'.split(' '),
        )
        expect(byId(feed.entries.map(({ id, name, text }) => ({ id, name, text })))).toEqual(
          byId(stored.map(({ id, name, text }) => ({ id, name: name ?? 'unnamed', text }))),
        )
        expect(new Set(feed.entries.map(({ name, title }) => title.slice(`${name} · `.length)))).toEqual(
          new Set([inXml(world.title)]),
        )
        expect(feed.title).toContain(inXml(world.name))
      }
    })

    test('is a JSON Feed, with every word as it is', async () => {
      for (const address of [`/v1/sites/${world.site}/feed.json`, `/v1/sites${path}/feed.json`]) {
        const { status, body } = await ask(stage.house, 'GET', address)
        expect(status).toBe(200)
        const items: { id: string; content_text: string; authors?: { name: string }[] }[] = body.items
        const told = items.map(({ id, content_text: text, authors }) => ({
          id: id.replace('urn:uuid:', ''),
          name: authors?.[0]?.name ?? null,
          text,
        }))
        expect(byId(told)).toEqual(byId(stored.map(({ id, name, text }) => ({ id, name, text }))))
        expect(body.title).toContain(world.name)
      }
    })

    test('is data in the article’s page that no Content-Security-Policy minds and no browser runs', async () => {
      const answer = await visitor.page.goto(`${stage.baseUrl}${path}`)
      expect(answer?.headers()['content-security-policy']).toContain("script-src 'self'")
      const blocks = await visitor.page.locator('script:not([src])').allTextContents()
      expect(blocks).toHaveLength(1)
      const refused = () => visitor.page.getAttribute('html', 'data-refused')
      expect(await refused()).toBeNull()
      // What would run cannot even be made of text there, which is told of.
      const made = visitor.page.evaluate(() => {
        document.createElement('script').text = 'document.title = ""'
      })
      await expect(made).rejects.toThrow('TrustedScript')
      expect(await refused()).toBe('require-trusted-types-for trusted-types-sink')
      expect(await visitor.page.locator('title').textContent()).toBe(world.title)
      const data: { headline: string; comment: { '@id': string; text: string; author: { name: string } }[] } =
        JSON.parse(blocks[0] ?? '')
      expect(data.headline).toBe(world.title)
      const told = data.comment.map((one) => ({
        id: one['@id'].slice(-36),
        name: one.author.name,
        text: one.text,
      }))
      const first = stored.slice(0, 50)
      expect(told).toEqual(first.map(({ id, name, text }) => ({ id, name: name ?? 'unnamed', text })))
    })

    test('is what others are told of a comment’s page, and that page is ours', async () => {
      for (const { id, name, text } of stored.filter((_, at) => at % 12 === 0)) {
        await visitor.page.goto(`${stage.baseUrl}${path}/comments/${id}`)
        const { parts, inComments, texts } = await survey(visitor.page, { name: { at: '.by > bdi' } })
        expect([foreignParts(parts), foreignInTexts(inComments)]).toEqual([[], []])
        expect(texts['name']).toEqual(name === null ? [] : [name])
        const property = (of: string) => visitor.page.getAttribute(`meta[property="og:${of}"]`, 'content')
        expect(await property('title')).toBe(`${name ?? 'unnamed'} · ${world.title}`)
        expect(await property('site_name')).toBe(world.name)
        const line = text.replaceAll(/\s+/g, ' ').trim()
        const description = (await property('description')) ?? ''
        expect(line.startsWith(description.replace(/…$/, '')) || line === description).toBe(true)
      }
    })

    test('is a sitemap to a reader of XML', async () => {
      const read = await reader.page.evaluate(async (url) => {
        const map = new DOMParser().parseFromString(await (await fetch(url)).text(), 'application/xml')
        return {
          faults: map.getElementsByTagName('parsererror').length,
          places: [...map.getElementsByTagName('loc')].map(({ textContent }) => textContent),
        }
      }, `/${world.site}/sitemap.xml`)
      expect(read).toEqual({ faults: 0, places: ['https://news.example/?a=1&lt=2&quot;=%22'] })
    })
  })
})

describe('the page of a comment', () => {
  let stage: Stage
  let site: string
  let first: string
  let reply: string

  beforeAll(async () => {
    stage = await openStage()
    site = await aSite(stage.house)
    first = await publish({ text: 'The evening boat matters most.', name: 'Wren' })
    reply = await publish({ text: 'ཁྱེད་བདེ་མོ་ཡིན་ནམ།', parent: first })
  })
  afterAll(() => stage.close())

  async function publish(body: Record<string, unknown>): Promise<string> {
    const { id } = await aComment(stage.house, site, body)
    await decision(stage.house, stage.house.admin, id, { action: 'approve' }, 1)
    return id
  }
  const pathOf = (id: string) => `${stage.baseUrl}/${site}/articles/news/comments/${id}`

  test('works without script: from the list, to what is answered, and to the whole discussion', async () => {
    const { page, context, requests } = await stage.visitor({ javaScriptEnabled: false })
    await page.goto(`${stage.baseUrl}/${site}/articles/news`)
    await page.click(`[id="${reply}"] .by a`)
    expect(page.url()).toBe(pathOf(reply))
    expect(await page.locator('ol.comments > li > div').allTextContents()).toEqual([
      'The evening boat matters most.',
      'ཁྱེད་བདེ་མོ་ཡིན་ནམ།',
    ])
    await page.click(`[id="${first}"] .by a`)
    expect(page.url()).toBe(pathOf(first))
    await page.click('text=The whole discussion (2)')
    expect(page.url()).toBe(`${stage.baseUrl}/${site}/articles/news#comments`)
    expect(await context.cookies()).toEqual([])
    expect(requests.every((url) => url.startsWith(stage.baseUrl))).toBe(true)
    await context.close()
  })

  test('can be read by everybody', async () => {
    const { page, context } = await stage.visitor({ bypassCSP: true })
    await page.goto(pathOf(reply))
    expect(await accessibilityFaults(page)).toEqual([])
    await context.close()
  })
})

/** Of what publishers write, no XML 1.0 can hold these; of what readers write, nothing of the kind is left. */
function inXml(text: string): string {
  return text.replaceAll(/[\uFFFE\uFFFF]/g, '')
}
