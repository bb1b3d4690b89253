import type { Page } from 'playwright-core'
import { accessibilityFaults } from '../support/browser.ts'
import { type Embedding, openEmbedding, type Site, takeDown } from '../support/embedding.ts'
import { aComment, decision } from '../support/people.ts'

/** The page's own style, as a newspaper has one. */
const style =
  '<style>:root{color-scheme:light dark;font-family:Georgia,serif}body{margin:0;background:light-dark(#fff,#14181d);color:light-dark(#1a1f26,#e8ebef)}main{max-inline-size:44rem;margin-inline:auto;padding:1rem}</style>'
const box = (page: Page) => page.locator('postbag-comments .box')

describe('the embed', () => {
  let embedding: Embedding
  let site: Site

  beforeAll(async () => {
    embedding = await openEmbedding()
    site = await embedding.site()
    const { stage } = embedding
    const first = await site.published({
      text: 'The evening boat matters.\n\nSee https://boats.example/times.',
      name: 'Wren',
    })
    await site.published({ text: 'It was full.', name: 'Robin', parent: first.id })
    const edited = await site.published(
      { text: 'يېڭى كېمە بېكىتى تېزراق پۈتسۇن!', name: 'ئايدىڭ (1)' },
      { action: 'edit', text: 'يېڭى كېمە بېكىتى […]!', rules: ['respect'], reason: 'So.' },
    )
    const reply = await site.published({ text: 'long'.repeat(60), parent: edited.id })
    await site.published({ text: 'And that one?', parent: reply.id })
    const gone = await site.published({ text: 'Gone.' })
    await site.published({ text: 'Why?', parent: gone.id })
    await takeDown(embedding, site, gone.id)
    const staff = await aComment(stage.house, site.key, { text: 'နောက်ဆုံးလှေဘယ်အချိန်ထွက်သလဲတစ်နာရီလောက်စောင့်နေပြီ။' })
    await decision(stage.house, site.moderator.key, staff.id, { action: 'approve' })
  })
  afterAll(() => embedding.close())

  /** How large everything is, and how it looks. */
  async function measured(head: string): Promise<string[]> {
    const { page, context } = await site.open({ head, visitor: { viewport: { width: 900, height: 700 } } })
    const found = await box(page).evaluate((inside) =>
      [
        inside,
        ...inside.querySelectorAll('h2, .words, .by, .action, textarea, input, .send, label, .notice'),
      ].map((element) => {
        const { width, height } = element.getBoundingClientRect()
        const look = getComputedStyle(element)
        const {
          color,
          fontSize,
          letterSpacing,
          visibility,
          display,
          textTransform,
          pointerEvents,
          direction,
        } = look
        return [
          element.className,
          Math.round(width),
          Math.round(height),
          color,
          fontSize,
          letterSpacing,
          visibility,
          display,
          textTransform,
          pointerEvents,
          direction,
        ].join(' ')
      }),
    )
    await context.close()
    return found
  }

  const looks = [
    { name: 'wide', visitor: { viewport: { width: 1280, height: 800 } } },
    {
      name: 'on a phone and dark',
      visitor: { viewport: { width: 320, height: 640 }, colorScheme: 'dark' as const },
    },
    { name: 'from right to left on a phone', visitor: { viewport: { width: 320, height: 640 } }, lang: 'ug' },
    {
      name: 'in forced colours',
      visitor: { viewport: { width: 640, height: 640 }, forcedColors: 'active' as const },
    },
    {
      name: 'with text of twice the size',
      visitor: { viewport: { width: 640, height: 640 } },
      head: '<style>:root{font-size:200%}</style>',
    },
    { name: 'in tall letters on a phone', visitor: { viewport: { width: 320, height: 640 } }, lang: 'my' },
  ]
  test.each(looks)(
    'has no accessibility fault and no sideways scrolling in any state $name',
    async ({ visitor, lang = 'en', head = '' }) => {
      const { page, context, complaints } = await site.open({
        visitor,
        head: `${style}${head}`,
        language: lang,
        body: site.element(`lang="${lang}"`),
      })
      const isWhole = async (state: string) => {
        expect([state, await accessibilityFaults(page)]).toEqual([state, []])
        const sideways = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)
        expect([state, sideways]).toEqual([state, expect.any(Number)])
        expect(sideways).toBeLessThanOrEqual(0)
      }
      await isWhole('list')
      await box(page).locator('.send').last().click()
      await box(page).locator('.problem:not([hidden])').waitFor()
      await isWhole('error')
      await box(page).locator('textarea').last().fill('A word.')
      await box(page).locator('.send').last().click()
      await box(page).locator('.receipt').waitFor()
      await isWhole('receipt')
      await box(page).locator('.action').first().click()
      await box(page).locator('.action[aria-expanded=true]').waitFor()
      await isWhole('reply')
      await box(page).locator('.action').nth(1).click()
      await box(page).locator('.comment select').selectOption('-')
      await isWhole('report')
      expect(complaints).toEqual([])
      await context.close()
    },
  )

  test('is closed, empty, and both, without a fault', async () => {
    const empty = await embedding.site()
    const { page, context } = await empty.open({ head: style })
    expect(await box(page).locator('[part=empty]').textContent()).toBe('No comments yet.')
    expect(await accessibilityFaults(page)).toEqual([])
    await context.close()
    const { house } = embedding.stage
    await house.owner.query('update article set open = false where site = $1', [empty.key])
    house.memory.forget()
    const closed = await empty.open({ head: style })
    expect(await box(closed.page).locator('[part=closed]').textContent()).toBe('Comments are closed.')
    expect(await box(closed.page).locator('textarea').count()).toBe(0)
    expect(await accessibilityFaults(closed.page)).toEqual([])
    await closed.context.close()
  })

  test('looks the same on a page whose style is hostile', async () => {
    const hostile = `<style>${style.slice(7, -8)}
      * { letter-spacing: 1em; text-transform: uppercase; text-indent: -999px; white-space: nowrap; visibility: hidden; direction: rtl;
          writing-mode: vertical-rl; word-spacing: 3em; line-height: 0; text-align: right; cursor: none; user-select: none;
          font-style: italic; font-weight: 900; pointer-events: none; text-shadow: 0 0 9px red; list-style: square inside; quotes: "x" "y" }
      main, h1, postbag-comments { writing-mode: initial; direction: ltr; letter-spacing: 1em }
      p, button, ol, li, textarea, input, form, h2, h3, a, .box, .comment, .words, [hidden] { display: none !important; color: red !important; position: fixed !important; font-size: 90px !important }
      .send::before, p::before, .box::after { content: "hostile" !important }</style>`
    const plain = await measured(style)
    expect(plain.length).toBeGreaterThan(30)
    expect(await measured(hostile)).toEqual(plain)
  })

  test('takes a publisher’s colours, measures and parts', async () => {
    const { page, context } = await site.open({
      head: `${style}<style>postbag-comments{--postbag-accent:rgb(120,0,40);--postbag-on-accent:rgb(255,250,240);--postbag-width:30rem;--postbag-reserve:9rem}
        postbag-comments::part(heading){font-variant-caps:small-caps} postbag-comments::part(comment){padding-block:33px}</style>`,
      visitor: { viewport: { width: 1000, height: 700 } },
    })
    const look = (at: string, property: string) =>
      box(page)
        .locator(at)
        .first()
        .evaluate((element, name) => getComputedStyle(element).getPropertyValue(name), property)
    expect(await look('.send', 'background-color')).toBe('rgb(120, 0, 40)')
    expect(await look('.send', 'color')).toBe('rgb(255, 250, 240)')
    expect((await box(page).boundingBox())?.width).toBe(480)
    expect(await look('h2', 'font-variant-caps')).toBe('small-caps')
    expect(await look('.comment', 'padding-block-start')).toBe('33px')
    await context.close()
  })
})
