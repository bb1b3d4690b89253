import { type Embedding, openEmbedding, receiptForm, type Site } from '../support/embedding.ts'

declare global {
  interface Window {
    heights: { origin: string; height: number }[]
  }
}

describe('our page in a frame of the publisher’s', () => {
  let embedding: Embedding
  let site: Site

  beforeAll(async () => {
    embedding = await openEmbedding()
    site = await embedding.site()
    await site.published({ text: 'See https://boats.example/.' })
  })
  afterAll(() => embedding.close())

  /** As docs/embed.md has it. */
  const around = () => {
    const { baseUrl } = embedding.stage
    return embedding.publisher.page(`<!doctype html><html lang="en"><title>Framed</title>
      <iframe id="postbag" title="Comments" width="600" height="300" src="${baseUrl}/${site.key}/articles/news"></iframe>
      <script type="module">
        window.heights = []
        const frame = document.getElementById('postbag')
        addEventListener('message', ({ origin, source, data }) => {
          if (origin !== '${baseUrl}' || source !== frame.contentWindow || data?.type !== 'postbag-height') return
          frame.height = data.height
          window.heights.push({ origin, height: data.height })
        })
      </script>`)
  }

  test('is as high as what it shows, without a scroll bar of its own, and grows with it', async () => {
    const visitor = await embedding.stage.visitor()
    await visitor.page.goto(around())
    const frame = visitor.page.frameLocator('#postbag')
    await frame.locator('textarea').waitFor()
    await visitor.page.waitForFunction(() => window.heights.length > 0)
    const scrolls = () => frame.locator('html').evaluate((page) => page.scrollHeight - page.clientHeight)
    await expect(
      visitor.page.waitForFunction(() => Number(document.querySelector('iframe')?.height) > 500),
    ).resolves.toBeDefined()
    expect(await scrolls()).toBeLessThanOrEqual(0)
    await frame.locator('textarea').fill('Framed.')
    await frame.locator('button[type=submit]').click()
    expect(await frame.locator('.receipt').textContent()).toMatch(receiptForm)
    await visitor.page.waitForFunction(() => new Set(window.heights.map(({ height }) => height)).size > 1)
    expect(visitor.complaints).toEqual([])
    await visitor.context.close()
  })

  test('opens beside it what is no part of the discussion', async () => {
    const visitor = await embedding.stage.visitor()
    await visitor.page.goto(around())
    const frame = visitor.page.frameLocator('#postbag')
    await frame.locator('a[target=_blank]').first().waitFor({ state: 'attached' })
    const links = await frame
      .locator('a')
      .evaluateAll((all) =>
        all.map((link) => [
          link.getAttribute('href')?.replace(/\/comments\/.*/, '/comments/…'),
          link.getAttribute('target'),
        ]),
      )
    const beside = links.filter(([, target]) => target === '_blank').map(([href]) => href)
    expect(beside).toEqual(
      expect.arrayContaining(['https://boats.example/', `/${site.key}/terms`, `/${site.key}/my-comment`]),
    )
    expect(
      links
        .filter(([, target]) => target === null)
        .every(([href]) => href?.startsWith(`/${site.key}/articles/news?`) || href?.startsWith('?')),
    ).toBe(true)
    await visitor.context.close()
  })

  test('tells nothing to a page that may not have it, and is not shown there', async () => {
    const visitor = await embedding.stage.visitor()
    await visitor.page.goto(around().replace('localhost', '127.0.0.1'))
    expect(await visitor.page.frameLocator('#postbag').locator('textarea').count()).toBe(0)
    expect(visitor.complaints.join()).toContain('frame-ancestors')
    expect(await visitor.page.evaluate(() => window.heights)).toEqual([])
    await visitor.context.close()
  })

  test('loads no program where no page may frame it', async () => {
    const { stage } = embedding
    const alone = await embedding.site({ origins: [] })
    const visitor = await stage.visitor()
    await visitor.page.goto(`${stage.baseUrl}/${alone.key}/articles/news`)
    expect(visitor.requests.some((url) => url.endsWith('.js'))).toBe(false)
    await visitor.context.close()
  })
})
