import type { Page, Route } from 'playwright-core'
import type { Visitor } from '../support/browser.ts'
import {
  type Embedding,
  held,
  keptBy,
  openEmbedding,
  receiptForm,
  type Site,
  takeDown,
} from '../support/embedding.ts'

const text = (page: Page) => page.locator('postbag-comments textarea').last()
const name = (page: Page) => page.locator('postbag-comments input').last()
const send = (page: Page) => page.locator('postbag-comments .send').last()
const receipt = (page: Page) => page.locator('postbag-comments .receipt code')
const problem = (page: Page) => page.locator('postbag-comments .problem:not([hidden])')
const shown = (page: Page) => page.locator('postbag-comments .words').allInnerTexts()

let embedding: Embedding
beforeAll(async () => {
  embedding = await openEmbedding()
})
afterAll(() => embedding.close())

describe.each([320, 1280])('on a page %i pixels wide, under the strictest policy, a reader', (width) => {
  let site: Site
  let reader: Visitor
  let page: Page

  beforeEach(async () => {
    site = await embedding.site()
  })
  afterEach(async () => {
    await expectQuiet()
    await reader.context.close()
  })

  /** Whatever happened: nothing was refused by the policy, asked for elsewhere, kept by a cookie, or too wide. */
  async function expectQuiet(): Promise<void> {
    const { stage, publisher } = embedding
    const allowed = [`${stage.baseUrl}/embed.js`, `${stage.baseUrl}/v1/`, `${publisher.origin}/`]
    expect(reader.complaints).toEqual([])
    expect(reader.requests.filter((url) => !allowed.some((one) => url.startsWith(one)))).toEqual([])
    expect(await reader.context.cookies()).toEqual([])
    const sideways = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)
    expect(sideways).toBeLessThanOrEqual(0)
  }
  const open = async (what: Parameters<Site['open']>[0] = {}) => {
    reader = await site.open({ visitor: { viewport: { width, height: 700 } }, ...what })
    page = reader.page
  }

  test('sends a comment, sees it waiting with the receipt, and keeps nothing', async () => {
    await open()
    await text(page).fill('When does the last boat leave?')
    await name(page).fill('Robin')
    await send(page).click()
    await receipt(page).waitFor()
    const written = (await receipt(page).textContent()) ?? ''
    expect(written).toMatch(receiptForm)
    expect(
      await page.evaluate(
        () => document.querySelector('postbag-comments')?.shadowRoot?.activeElement?.textContent,
      ),
    ).toBe('Your comment was received')
    expect(await shown(page)).toEqual(['When does the last boat leave?'])
    expect(await held(embedding, written)).toMatchObject({
      status: 'pending',
      submitted: { name: 'Robin', text: 'When does the last boat leave?' },
    })
    expect(await text(page).inputValue()).toBe('')
    expect(await keptBy(reader)).toEqual([])
    expect(reader.requests.filter((url) => url.includes('/embed'))).toHaveLength(2)
    expect(reader.requests.some((url) => /[0-9A-Z]{5}-[0-9A-Z]{5}/.test(url))).toBe(false)
  })

  test('answers a comment by keyboard alone', async () => {
    const first = await site.published({ text: 'The first word.', name: 'Wren' })
    await open()
    const focused = () =>
      page.evaluate(() => {
        const at = document.querySelector('postbag-comments')?.shadowRoot?.activeElement
        const label = at?.id
          ? at.getRootNode() instanceof ShadowRoot && at.closest('.box')?.querySelector(`[for=${at.id}]`)
          : null
        return (label || at)?.textContent
      })
    const passed: unknown[] = []
    while ((await focused()) !== 'Reply') {
      await page.keyboard.press('Tab')
      passed.push(await focused())
    }
    expect(passed.slice(0, 3)).toEqual(['Write a comment', 'Look for newer comments', 'Order'])
    await page.keyboard.press('Enter')
    expect(await focused()).toBe('Comment')
    await page.keyboard.type('And an answer to it.')
    for (const next of ['Name (optional)', 'Send to the moderators']) {
      await page.keyboard.press('Tab')
      expect(await focused()).toBe(next)
    }
    await page.keyboard.press('Enter')
    await receipt(page).waitFor()
    expect(await focused()).toBe('Your comment was received')
    const { rows } = await embedding.stage.house.owner.query(
      'select parent_id from comment where site = $1 and parent_id is not null',
      [site.key],
    )
    expect(rows).toEqual([{ parent_id: first.id }])
  })

  test('reports a comment under a rule, and under a law', async () => {
    await site.published()
    await open()
    const report = page.locator('postbag-comments .action', { hasText: 'Report' })
    await report.click()
    await page.locator('postbag-comments .comment select').selectOption('respect')
    await page.locator('postbag-comments .comment textarea').fill('It insults a reader.')
    await page.locator('postbag-comments .comment .send').click()
    await receipt(page).first().waitFor()
    await report.click()
    const choice = page.locator('postbag-comments .comment select')
    await choice.selectOption({ label: 'It breaks a law' })
    await page.locator('postbag-comments .comment textarea').fill('It is a threat.')
    await page.locator('postbag-comments .comment .send').click()
    expect(await problem(page).textContent()).toContain('For a law, name its country')
    await page.getByLabel('Whose law').fill('de')
    await page.getByLabel('I believe in good faith').check()
    await page.getByLabel('life or safety').check()
    await page.locator('postbag-comments .comment .send').click()
    await receipt(page).nth(1).waitFor()
    const receipts = await receipt(page).allTextContents()
    expect(await Promise.all(receipts.map((one) => held(embedding, one)))).toMatchObject([
      { kind: 'rule', rule: 'respect', reported: 'It insults a reader.', danger: false },
      { kind: 'law', country: 'DE', reported: 'It is a threat.', danger: true },
    ])
  })

  test('is told what to mend beside the text, which stays', async () => {
    await open()
    await send(page).click()
    expect(await problem(page).textContent()).toContain('The text is empty.')
    await text(page).fill('x'.repeat(5_001))
    expect(await page.locator('postbag-comments [part=counter]').textContent()).toBe('1 character too many')
    await send(page).click()
    await problem(page).getByText('5,000').waitFor()
    await problem(page).locator('a').click()
    expect(await text(page).evaluate((field) => field.matches(':focus'))).toBe(true)
    expect(await text(page).getAttribute('aria-invalid')).toBe('true')
    expect(await text(page).inputValue()).toBe('x'.repeat(5_001))
    expect(await site.stored()).toBe(0)
  })

  test('finds the draft after coming back, until it was accepted', async () => {
    await open()
    await text(page).fill('Half a thou')
    await name(page).fill('Robin')
    expect(await keptBy(reader)).toHaveLength(1)
    await page.reload()
    await text(page).waitFor()
    expect([await text(page).inputValue(), await name(page).inputValue()]).toEqual(['Half a thou', 'Robin'])
    await text(page).fill('')
    await name(page).fill('')
    expect(await keptBy(reader)).toEqual([])
  })

  test('loses nothing without a connection, and makes no second comment by trying again', async () => {
    await open()
    await text(page).fill('Only once, please.')
    await reader.context.setOffline(true)
    await send(page).click()
    await problem(page).getByText('You seem to be offline').waitFor()
    expect(await text(page).inputValue()).toBe('Only once, please.')
    await reader.context.setOffline(false)
    // The service takes it in, and the answer is lost on its way.
    await page.route('**/comments?*', (route) => loseAnswer(route), { times: 1 })
    await send(page).click()
    await problem(page).getByText('The service cannot answer now').waitFor()
    expect(await site.stored()).toBe(1)
    await send(page).click()
    await receipt(page).waitFor()
    expect(await site.stored()).toBe(1)
    expect(await held(embedding, (await receipt(page).textContent()) ?? '')).toMatchObject({
      status: 'pending',
    })
  })

  test.each([
    [429, 'too_many_requests', 'Too many requests'],
    [503, 'unavailable', 'The service cannot answer now'],
    [409, 'article_closed', 'Comments are closed here'],
    [403, 'origin_not_allowed', 'That did not work'],
  ])('is told of a %i, and keeps the text', async (status, code, words) => {
    await open()
    await page.route('**/comments?*', (route) => answerWith(route, status, code))
    await text(page).fill('A word about boats.')
    await send(page).click()
    await problem(page).getByText(words).waitFor()
    expect(await text(page).inputValue()).toBe('A word about boats.')
  })

  test('sees what is newer when asking for it, and what is being read stays where it is', async () => {
    for (const at of [1, 2, 3, 4, 5, 6])
      await site.published({ text: `Comment ${at}.\n${'and more\n'.repeat(6)}` })
    const answered = await site.published({ text: 'Soon gone.' })
    await open()
    const read = page.locator('postbag-comments .words', { hasText: 'Comment 3.' })
    await read.scrollIntoViewIfNeeded()
    const before = await read.boundingBox()
    await takeDown(embedding, site, answered.id)
    await site.published({ text: `Newer.\n${'and longer\n'.repeat(9)}` })
    await site.published({ text: 'Newest.' })
    const look = page.locator('postbag-comments .tools .ask button')
    // As a screen reader presses it: from where one reads.
    await look.evaluate((button: HTMLElement) => button.click())
    await page.locator('postbag-comments').getByText('Show 2 newer comments').first().waitFor()
    expect(await shown(page)).toHaveLength(6)
    expect((await read.boundingBox())?.y).toBeCloseTo(before?.y ?? 0, 0)
    await look.evaluate((button: HTMLElement) => button.click())
    await page.locator('postbag-comments .words', { hasText: 'Newest.' }).waitFor()
    expect((await read.boundingBox())?.y).toBeCloseTo(before?.y ?? 0, 0)
    expect((await shown(page)).map((one) => one.split('\n')[0]).slice(0, 3)).toEqual([
      'Newest.',
      'Newer.',
      'Comment 6.',
    ])
    expect(await page.locator('postbag-comments h2').textContent()).toBe('Comments (8)')
  })
})

/** Lets a request through, and its answer go astray. */
async function loseAnswer(route: Route): Promise<void> {
  await route.fetch()
  await route.abort('connectionreset')
}

function answerWith(route: Route, status: number, code: string): Promise<void> {
  return route.fulfill({
    status,
    headers: { 'access-control-allow-origin': '*', 'content-type': 'application/problem+json' },
    body: JSON.stringify({ code, status, title: code, detail: code }),
  })
}
