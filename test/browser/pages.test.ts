import { accessibilityFaults, openStage, type Stage } from '../support/browser.ts'
import { ask } from '../support/house.ts'
import { aComment, anArticle, aPerson, aSite, decision } from '../support/people.ts'

describe('the pages for readers, however they are looked at', () => {
  let stage: Stage
  let pages: Record<string, string>

  beforeAll(async () => {
    stage = await openStage()
    const site = await aSite(stage.house)
    await anArticle(stage.house, site, 'ferry', { title: 'The night ferry to the islands may stop' })
    const { key } = await aPerson(stage.house, site, 'editor')
    const text = `The evening boat matters most: https://boats.example/${'timetable'.repeat(20)}`
    const { id } = await aComment(stage.house, site, { text, name: 'Wren' }, 'ferry')
    await decision(stage.house, key, id, { action: 'edit', rules: ['respect'], text: `${text} […]` })
    const reply = await aComment(stage.house, site, { text: 'ئاخشاملىق پاراخوت مۇھىم.', parent: id }, 'ferry')
    await decision(stage.house, key, reply.id, { action: 'approve' })
    const slow = `/v1/sites/${site}/articles/ferry/slow-mode`
    await ask(stage.house, 'PUT', slow, { key, body: { minutes: 10 } })
    pages = {
      'a slow article': `/${site}/articles/ferry?`,
      'an answer to it': `/${site}/articles/ferry?reply=${id}&`,
      'one comment': `/${site}/articles/ferry/comments/${reply.id}?`,
      'the terms': `/${site}/terms?`,
      'what is not there': `/${site}/articles/nowhere?`,
    }
  })
  afterAll(() => stage.close())

  test.each([
    ['wide', { viewport: { width: 1280, height: 800 } }, 'en', '100%'],
    [
      'on a telephone in the dark',
      { viewport: { width: 320, height: 640 }, colorScheme: 'dark' },
      'en',
      '100%',
    ],
    ['from right to left', { viewport: { width: 320, height: 640 } }, 'ug', '100%'],
    ['with text twice as large', { viewport: { width: 640, height: 640 } }, 'en', '200%'],
    ['in forced colours', { viewport: { width: 640, height: 640 }, forcedColors: 'active' }, 'en', '100%'],
  ] as const)('are accessible, and as wide as the window: %s', async (_how, options, lang, size) => {
    const { page, context } = await stage.visitor(options)
    for (const [name, path] of Object.entries(pages)) {
      await page.goto(`${stage.baseUrl}${path}lang=${lang}`)
      expect(await page.locator('form .signal').count()).toBe(/ferry\?/.test(path) ? 1 : 0)
      await page.evaluate((one) => document.documentElement.style.setProperty('font-size', one), size)
      const rules =
        lang === 'en' && size === '100%' && !('forcedColors' in options) ? undefined : ['target-size']
      expect([name, await accessibilityFaults(page, rules)]).toEqual([name, []])
      const sideways = await page.evaluate(
        () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
      )
      expect([name, sideways]).toEqual([name, 0])
    }
    await context.close()
  })

  test('never lead a keyboard into the field that people do not see', async () => {
    const { page, context } = await stage.visitor({ javaScriptEnabled: false })
    await page.goto(`${stage.baseUrl}${pages['a slow article']}`)
    const met: (string | null)[] = []
    for (let tries = 0; tries < 40; tries += 1) {
      await page.keyboard.press('Tab')
      met.push(
        await page
          .locator(':focus')
          .first()
          .getAttribute('name', { timeout: 200 })
          .catch(() => null),
      )
    }
    expect(met).toEqual(expect.arrayContaining(['text', 'name']))
    expect(met).not.toContain('subject')
    await context.close()
  })

  test('print a receipt with where it is used, in black on white', async () => {
    const { page, context } = await stage.visitor({ colorScheme: 'dark' })
    await page.goto(
      `${stage.baseUrl}${pages['an answer to it']}`.replace('ferry', 'news').replace(/reply=[^&]*&/, ''),
    )
    await page.fill('#text', 'Something to print.')
    await Promise.all([page.waitForNavigation(), page.click('button[type=submit]')])
    await page.emulateMedia({ media: 'print' })
    const seen = (selector: string) =>
      page.locator(selector).evaluateAll((all) => all.map((one) => one.checkVisibility()))
    expect(await seen('header.site, h1, .receipt, .address')).toEqual([true, true, true, true])
    expect(await seen('main .ways')).toEqual([false])
    expect(await page.textContent('.address')).toMatch(/\/my-comment$/)
    expect(await page.locator('body').evaluate((body) => getComputedStyle(body).color)).toBe(
      'rgb(26, 31, 38)',
    )
    await context.close()
  })
})
