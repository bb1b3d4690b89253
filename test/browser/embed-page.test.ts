import type { Page } from 'playwright-core'
import { pageLanguages } from '../../src/pages/languages.ts'
import { type Embedding, openEmbedding, receiptForm, type Site, takeDown } from '../support/embedding.ts'
import { eightAtOnce } from '../support/hostile-world.ts'
import { ask } from '../support/house.ts'
import { anArticle } from '../support/people.ts'

declare global {
  interface Window {
    told: string[]
    shifts: number
  }
}

const words = (page: Page) => page.locator('postbag-comments .words').allInnerTexts()
const box = (page: Page) => page.locator('postbag-comments .box')

describe('a publisher’s page with the embed', () => {
  let embedding: Embedding
  let site: Site

  beforeAll(async () => {
    embedding = await openEmbedding()
  })
  afterAll(() => embedding.close())
  beforeEach(async () => {
    site = await embedding.site()
  })

  test('has it twice, and each keeps to itself', async () => {
    await site.published({ text: 'Once more.' })
    const { page, context, complaints } = await site.open({
      body: `${site.element()}<hr>${site.element('order="oldest" lang="ko"')}`,
    })
    await page.locator('postbag-comments >> nth=1').locator('.box').waitFor()
    expect(await words(page)).toEqual(['Once more.', 'Once more.'])
    await page.locator('postbag-comments >> nth=1').locator('textarea').fill('하나')
    await page.locator('postbag-comments >> nth=1').locator('.send').click()
    await page.locator('postbag-comments >> nth=1').locator('.receipt code').waitFor()
    expect(await page.locator('postbag-comments >> nth=0').locator('.receipt').count()).toBe(0)
    expect(complaints).toEqual([])
    await context.close()
  })

  test('may itself be in a frame of another origin', async () => {
    await site.published({ text: 'Within.' })
    const { stage, publisher } = embedding
    const visitor = await stage.visitor()
    const inner = publisher.page(
      `<!doctype html><title>In</title><script type="module" src="${stage.baseUrl}/embed.js"></script>${site.element()}`,
    )
    const outer = inner
      .replace('localhost', '127.0.0.1')
      .replace(
        /\/\d+$/,
        new URL(
          publisher.page(
            `<!doctype html><title>Out</title><iframe title="In" width="600" height="600" src="${inner}"></iframe>`,
          ),
        ).pathname,
      )
    await visitor.page.goto(outer)
    const frame = visitor.page.frameLocator('iframe')
    await frame.locator('.words').waitFor()
    await frame.locator('textarea').fill('From within a frame.')
    await frame.locator('.send').click()
    await frame.locator('.receipt code').waitFor()
    expect(await frame.locator('.receipt code').textContent()).toMatch(receiptForm)
    await visitor.context.close()
  })

  test('asks for all counts at once, whatever language the page says it is in', async () => {
    await anArticle(embedding.stage.house, site.key, 'https://news.example/boats?a=1&b=2')
    await site.published({})
    const counts = ['news', 'https://news.example/boats?a=1&amp;b=2', 'nowhere', 'news']
      .map((article) => `<postbag-count site="${site.key}" article="${article}">?</postbag-count>`)
      .join(' ')
    const { page, requests, context } = await site.open({
      body: `<p id="counts" lang="no tag">${counts}</p>${site.element()}`,
    })
    await page.locator('#counts').getByText('1').first().waitFor()
    expect((await page.locator('#counts').innerText()).trim()).toBe('1 0 0 1')
    expect(requests.filter((url) => url.includes('/counts'))).toHaveLength(1)
    await context.close()
  })

  test('learns every minute of what is newer while somebody sees it, by asking whether anything has changed', async () => {
    await site.published({ text: 'First.' })
    const asked: (string | undefined)[] = []
    const { page, context } = await site.open({
      prepare: async ({ page: opened }) => {
        await opened.clock.install()
        opened.on('request', (request) => {
          if (request.url().includes('/embed?')) asked.push(request.headers()['cache-control'])
        })
      },
    })
    expect(asked).toHaveLength(1)
    await page.clock.runFor(61_000)
    while (asked.length < 2) await page.evaluate(() => undefined)
    await site.published({ text: 'Second.' })
    await page.clock.runFor(61_000)
    await box(page).getByRole('button', { name: 'Show 1 newer comment' }).waitFor()
    expect(await words(page)).toEqual(['First.'])
    await box(page).getByRole('button', { name: 'Show 1 newer comment' }).click()
    expect(await words(page)).toEqual(['Second.', 'First.'])
    await context.close()
  })

  test('has further pages, further replies and both orders', async () => {
    const { key } = site
    const first = await site.published({ text: 'Answered.' })
    const texts = Array.from({ length: 22 }, (_, at) => `Reply ${at}.`)
    for (const text of texts) await site.published({ text, parent: first.id })
    await eightAtOnce(
      Array.from({ length: 52 }, (_, at) => at),
      async (at) => {
        await site.published({ text: `Comment ${at}.` })
      },
    )
    const { page, context } = await site.open()
    expect(await words(page)).toHaveLength(50)
    await box(page).getByRole('button', { name: 'Older comments' }).click()
    await box(page).getByText('Answered.').waitFor()
    expect(await words(page)).toHaveLength(53 + 20)
    await box(page).getByRole('button', { name: 'More replies' }).click()
    await box(page).getByText('Reply 21.').waitFor()
    expect((await words(page)).slice(-22)).toEqual(texts)
    expect(
      await box(page)
        .getByRole('button', { name: /More replies|Older comments/ })
        .count(),
    ).toBe(0)
    await box(page).getByLabel('Order').selectOption('oldest')
    await box(page).getByRole('button', { name: 'More comments' }).waitFor()
    expect((await words(page))[0]).toBe('Answered.')
    expect(await page.locator('h2').textContent()).toBe('Comments (75)')
    expect(key).toBe(site.key)
    await context.close()
  })

  test('shows the mark of an edit with its rules, who answers whom, and a place for what is gone', async () => {
    const edited = await site.published(
      { text: 'Call 555 0142.' },
      { action: 'edit', text: 'Call […].', rules: ['private_details', 'respect'], reason: 'So.' },
    )
    const reply = await site.published({ text: 'I did.', name: 'Wren', parent: edited.id })
    await site.published({ text: 'And?', parent: reply.id })
    await takeDown(embedding, site, edited.id)
    const { page, context } = await site.open()
    expect(await box(page).locator('[part=gone]').textContent()).toBe('This comment is no longer here.')
    expect(await box(page).locator('[part=answers]').textContent()).toBe('In answer to Wren')
    const again = await site.published(
      { text: 'x' },
      { action: 'edit', text: 'y', rules: ['respect'], reason: 'So.' },
    )
    await box(page).getByRole('button', { name: 'Look for newer comments' }).click()
    await box(page).getByRole('button', { name: 'Show 1' }).click()
    expect(await page.locator(`[id="${again.id}"] [part=edited]`).textContent()).toBe(
      'Edited by a moderator under the rule “\u2068Argue with ideas, respect people\u2069”.',
    )
    await context.close()
  })

  test('is told what happens, and never a text, a name or a receipt', async () => {
    const { page, context } = await site.open({
      prepare: async ({ page: opened }) => {
        await opened.addInitScript(() => {
          window.told = []
          for (const name of ['postbag-ready', 'postbag-newer', 'postbag-sent', 'postbag-failed']) {
            addEventListener(name, (event) => {
              window.told.push(`${name} ${event instanceof CustomEvent ? JSON.stringify(event.detail) : ''}`)
            })
          }
        })
      },
    })
    await box(page).locator('textarea').fill('  ')
    await box(page).locator('.send').click()
    await box(page).locator('.problem:not([hidden])').waitFor()
    await box(page).locator('textarea').fill('Said.')
    await box(page).locator('.send').click()
    await box(page).locator('.receipt').waitFor()
    await site.published()
    await box(page).getByRole('button', { name: 'Look for newer comments' }).click()
    await box(page).getByRole('button', { name: 'Show 1' }).waitFor()
    expect(await page.evaluate(() => window.told)).toEqual([
      'postbag-ready {"count":0}',
      'postbag-failed {"code":"text_empty"}',
      'postbag-sent {"kind":"comment"}',
      'postbag-newer {"count":1}',
    ])
    await context.close()
  })

  test('moves nothing when it loads, and loads only what comes near', async () => {
    await site.published()
    const visitor = await embedding.stage.visitor({ viewport: { width: 1280, height: 700 } })
    await visitor.page.addInitScript(() => {
      window.shifts = 0
      new PerformanceObserver((list) => {
        for (const entry of list.getEntries()) window.shifts += 'value' in entry ? Number(entry.value) : 0
      }).observe({ type: 'layout-shift', buffered: true })
    })
    const { publisher, stage } = embedding
    const far = `<!doctype html><title>Far</title><script type="module" src="${stage.baseUrl}/embed.js"></script><style>postbag-comments{display:block;min-block-size:60rem}#far{block-size:3000px}</style>`
    await visitor.page.goto(publisher.page(`${far}<p>Above</p>${site.element()}<p>Below</p>`))
    await visitor.page.locator('.words').waitFor()
    expect(await visitor.page.evaluate(() => window.shifts)).toBe(0)
    const before = visitor.requests.length
    await visitor.page.goto(publisher.page(`${far}<div id="far"></div>${site.element()}`))
    await visitor.page.evaluate(() => customElements.whenDefined('postbag-comments').then(() => undefined))
    expect(visitor.requests.slice(before).filter((url) => url.includes('/v1/'))).toEqual([])
    await visitor.page.evaluate(() => scrollTo(0, 2_500))
    await visitor.page.locator('.words').waitFor()
    await visitor.context.close()
  })

  test('may hold what the service rendered, which stays until the embed has its own, and where it never has', async () => {
    const { house, baseUrl } = embedding.stage
    await site.published({ text: 'Rendered.', name: 'Wren' })
    const { text: fragment, headers } = await ask(house, 'GET', `/${site.key}/articles/news/fragment`)
    expect(headers['cache-control']).toContain('max-age')
    const { page, context } = await site.open({ body: site.element('', fragment) })
    expect(await words(page)).toEqual(['Rendered.'])
    expect(await page.getByText('Rendered.').filter({ visible: true }).count()).toBe(1)
    await context.close()

    const visitor = await embedding.stage.visitor()
    const page2 = (inside: string) =>
      embedding.publisher.page(
        `<!doctype html><title>Away</title><script type="module" src="${baseUrl}/embed.js"></script>${site.element('', inside)}`,
      )
    await visitor.context.route('**/v1/**', (route) => route.abort())
    await visitor.page.goto(page2(fragment))
    await visitor.page.waitForFunction(() => document.querySelector('postbag-comments:not([aria-busy])'))
    expect(await visitor.page.getByText('Rendered.').filter({ visible: true }).count()).toBe(1)
    await visitor.page.goto(page2(''))
    const link = visitor.page.locator('postbag-comments a')
    expect(await link.getAttribute('href')).toBe(`${baseUrl}/${site.key}/articles/news`)
    await visitor.context.close()
  })

  test.each(pageLanguages)('speaks %s from heading to receipt', async (language) => {
    await site.published({ text: '1 + 1', name: '2' })
    const { page, context } = await site.open({ body: site.element(`lang="${language}"`) })
    await box(page).locator('textarea').fill('2'.repeat(4_990))
    await box(page).locator('.send').click()
    await box(page).locator('.receipt').waitFor()
    await box(page).locator('.action').last().click()
    const told = (await box(page).innerText()).replaceAll(/[0-9A-Z]{5}(-[0-9A-Z]{5}){4}/g, '')
    expect(await box(page).getAttribute('dir')).toBe(language === 'ug' ? 'rtl' : 'ltr')
    expect(told).not.toMatch(/[{}]|undefined|\[object|(?:form|list|comment|report|sent|own)\.\w/)
    const rules = await box(page).locator('option').allInnerTexts()
    const own = rules.slice(0, -1).reduce((rest, rule) => rest.replaceAll(rule, ''), told)
    const isLatin = language === 'en' || language === 'vi'
    const foreign = (own.match(/[A-Za-z]{2,}/g) ?? []).filter((one) => one !== 'UTC')
    expect(isLatin || foreign).toEqual(isLatin || [])
    await context.close()
  })
})
