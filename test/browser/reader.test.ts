import { accessibilityFaults, openStage, type Stage, type Visitor } from '../support/browser.ts'
import { aComment, aPerson, aSite, decision, published } from '../support/people.ts'

describe('a reader without script, cookies and third parties', () => {
  let stage: Stage
  let site: string
  let reader: Visitor

  beforeAll(async () => {
    stage = await openStage()
  })
  afterAll(() => stage.close())
  beforeEach(async () => {
    site = await aSite(stage.house)
    reader = await stage.visitor({ javaScriptEnabled: false })
    await reader.page.goto(`${stage.baseUrl}/${site}/articles/news`)
  })
  afterEach(() => reader.context.close())

  const waiting = async () => {
    const { rows } = await stage.house.owner.query(
      'select count(*)::int as count from comment where site = $1',
      [site],
    )
    return rows[0].count
  }

  test('sends a comment and gets the receipt, large, on a page that nobody keeps', async () => {
    await reader.page.fill('#text', 'When does the last boat leave?')
    await reader.page.fill('#name', 'Robin')
    const [answer] = await Promise.all([
      reader.page.waitForNavigation(),
      reader.page.click('button[type=submit]'),
    ])
    expect(answer?.status()).toBe(200)
    expect(answer?.headers()['cache-control']).toBe('no-store')
    expect(await reader.page.textContent('.receipt')).toMatch(/^(?:[0-9A-Z]{5}-){4}[0-9A-Z]{5}$/)
    expect(await reader.context.cookies()).toEqual([])
    expect(reader.requests.every((url) => url.startsWith(stage.baseUrl))).toBe(true)
    expect(reader.requests.some((url) => /[0-9A-Z]{5}-[0-9A-Z]{5}/.test(url))).toBe(false)
    expect(await published(stage.house, site)).toEqual([])
  })

  test('makes no second comment by sending the form again, and gets the same receipt', async () => {
    await reader.page.fill('#text', 'Only once, please.')
    await Promise.all([reader.page.waitForNavigation(), reader.page.click('button[type=submit]')])
    const receipt = await reader.page.textContent('.receipt')
    await reader.page.reload()
    expect(await reader.page.textContent('.receipt')).toBe(receipt)
    expect(await waiting()).toBe(1)
  })

  test('is told what to mend, next to the text that was typed', async () => {
    await reader.page.fill('#text', 'x'.repeat(5_001))
    await reader.page.fill('#name', 'Robin')
    const [answer] = await Promise.all([
      reader.page.waitForNavigation(),
      reader.page.click('button[type=submit]'),
    ])
    expect(answer?.status()).toBe(422)
    expect(await reader.page.title()).toMatch(/^Error: /)
    expect((await reader.page.locator('.error-summary').boundingBox())?.y).toBeLessThan(700)
    expect(await reader.page.textContent('.error-summary a')).toContain('5,000')
    expect(await reader.page.getAttribute('.error-summary a', 'href')).toBe('#text')
    expect(await reader.page.inputValue('#text')).toBe('x'.repeat(5_001))
    expect(await reader.page.inputValue('#name')).toBe('Robin')
    expect(await waiting()).toBe(0)
  })

  test('answers a published comment', async () => {
    const moderator = await aPerson(stage.house, site)
    const { id } = await aComment(stage.house, site, { text: 'The first word.' })
    await decision(stage.house, moderator.key, id, { action: 'approve' })
    await reader.page.reload()
    await reader.page.click('text=Reply')
    await reader.page.fill('#text', 'And an answer to it.')
    await Promise.all([reader.page.waitForNavigation(), reader.page.click('button[type=submit]')])
    const { rows } = await stage.house.owner.query(
      'select parent_id from comment where parent_id is not null',
    )
    expect(rows).toEqual([{ parent_id: id }])
  })

  test('sees a page, not a program’s answer, where there is nothing', async () => {
    const answer = await reader.page.goto(`${stage.baseUrl}/nowhere/articles/news`)
    expect(answer?.status()).toBe(404)
    expect(answer?.headers()['content-type']).toContain('text/html')
    expect(await reader.page.textContent('h1')).toBe('There is no such site')
  })

  test('reads the terms of use', async () => {
    await reader.page.click('text=Terms of use')
    expect(await reader.page.locator('ol.rules > li').count()).toBe(14)
    expect(await reader.page.textContent('main')).toContain('criticism of any government')
  })
})

describe('the article page', () => {
  let stage: Stage
  let site: string

  beforeAll(async () => {
    stage = await openStage()
    site = await aSite(stage.house)
  })
  afterAll(() => stage.close())

  test('shows hostile words as words', async () => {
    const words = [
      '<script>alert(1)</script>',
      '<img src=x onerror=alert(1)>',
      '"><svg onload=alert(1)>',
      "'-alert(1)-'",
      'javascript:alert(1)',
      '<a href="javascript:alert(1)">click</a>',
      '&lt;script&gt;alert(1)&lt;/script&gt;',
      '{{constructor.constructor("alert(1)")()}}',
      '</p></div><iframe src="https://evil.example"></iframe>',
      '<style>*{display:none}</style>',
      'if (a<b && c>d) then $& and `code`',
    ]
    const moderator = await aPerson(stage.house, site)
    for (const text of words) {
      const { id } = await aComment(stage.house, site, { text, name: text })
      await decision(stage.house, moderator.key, id, { action: 'approve' })
    }
    const reader = await stage.visitor()
    await reader.page.goto(`${stage.baseUrl}/${site}/articles/news`)
    const shown = await reader.page.locator('ol.comments > li > div').allTextContents()
    expect(shown.toReversed()).toEqual(words)
    expect(await reader.page.locator('ol.comments bdi').allTextContents()).toEqual(words.toReversed())
    expect(await reader.page.locator('ol.comments :is(script, img, svg, iframe, style)').count()).toBe(0)
    expect(reader.complaints).toEqual([])
    expect(reader.requests.every((url) => url.startsWith(stage.baseUrl))).toBe(true)
    await reader.context.close()
  })

  test.each([
    ['wide and light', { viewport: { width: 1200, height: 800 } }],
    ['on a phone and dark', { viewport: { width: 320, height: 640 }, colorScheme: 'dark' as const }],
  ])('has no accessibility fault and no sideways scrolling %s', async (_name, options) => {
    const reader = await stage.visitor(options)
    await reader.page.goto(`${stage.baseUrl}/${site}/articles/news`)
    expect(await accessibilityFaults(reader.page)).toEqual([])
    const overflow = await reader.page.evaluate(
      () => document.documentElement.scrollWidth - window.innerWidth,
    )
    expect(overflow).toBeLessThanOrEqual(0)
    await reader.context.close()
  })

  test('would not pass unseen with a fault', async () => {
    const reader = await stage.visitor()
    await reader.page.setContent('<img src="data:,"><input>')
    expect((await accessibilityFaults(reader.page)).join()).toMatch(/image-alt.*label/s)
    await reader.context.close()
  })

  test('says of each comment which language it is in, and lets each keep its direction', async () => {
    const mixed = await aSite(stage.house)
    const moderator = await aPerson(stage.house, mixed)
    for (const { text, name } of [
      { text: 'يېڭى كېمە بېكىتى تېزراق پۈتسۇن!', name: 'ئايدىڭ (1)' },
      { text: 'The evening boat matters most to all of us here.', name: 'Robin' },
    ]) {
      const { id } = await aComment(stage.house, mixed, { text, name })
      await decision(stage.house, moderator.key, id, { action: 'approve' })
    }
    const reader = await stage.visitor()
    await reader.page.goto(`${stage.baseUrl}/${mixed}/articles/news`)
    const seen = await reader.page.locator('ol.comments > li').evaluateAll((comments) =>
      comments.map((comment) => {
        const parts = ['bdi', '[lang] > p'].map((part) => comment.querySelector(part))
        const directions = parts.map((part) => part && getComputedStyle(part).direction)
        return [comment.querySelector('[lang]')?.getAttribute('lang'), ...directions]
      }),
    )
    expect(seen).toEqual([
      ['en', 'ltr', 'ltr'],
      ['ug', 'rtl', 'rtl'],
    ])
    await reader.context.close()
  })

  test('is laid out from right to left for a site in Uyghur', async () => {
    const uyghur = await aSite(stage.house, { language: 'ug' })
    const reader = await stage.visitor()
    await reader.page.goto(`${stage.baseUrl}/${uyghur}/articles/news`)
    expect(await reader.page.evaluate(() => getComputedStyle(document.body).direction)).toBe('rtl')
    expect(await accessibilityFaults(reader.page)).toEqual([])
    await reader.context.close()
  })

  test('of the API reference needs nothing from elsewhere', async () => {
    const developer = await stage.visitor()
    await developer.page.goto(`${stage.baseUrl}/docs`)
    await developer.page.waitForSelector('.opblock')
    expect(await developer.page.locator('.opblock').count()).toBeGreaterThan(20)
    expect(developer.requests.every((url) => url.startsWith(stage.baseUrl) || url.startsWith('data:'))).toBe(
      true,
    )
    await developer.context.close()
  })
})
