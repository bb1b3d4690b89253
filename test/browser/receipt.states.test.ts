import type { Page } from 'playwright-core'
import { accessibilityFaults, openStage, type Stage } from '../support/browser.ts'
import { type OwnState, ownStates } from '../support/own-states.ts'
import { aComment, aPerson, aSite, decision, receiptOf } from '../support/people.ts'

describe('the page of a receipt, in every state', () => {
  let stage: Stage
  let site: string
  let moderator: string
  let states: Record<string, OwnState>

  beforeAll(async () => {
    stage = await openStage()
    site = await aSite(stage.house)
    const [decider, other] = [
      await aPerson(stage.house, site, 'editor'),
      await aPerson(stage.house, site, 'editor'),
    ]
    moderator = decider.key
    states = await ownStates(stage.house, site, decider, other)
  })
  afterAll(() => stage.close())

  /** Opens a state as a reader does: the receipt is typed, then what the state says is typed and pressed. */
  async function open(page: Page, { receipt, press, text }: OwnState, lang = 'en'): Promise<void> {
    await page.goto(`${stage.baseUrl}/${site}/my-comment?lang=${lang}`)
    await page.fill('#receipt', receipt)
    const answers = [await submitted(page, 'button[type=submit]')]
    if (text !== undefined) await page.fill(press === 'appeal' ? '#appeal-text' : '#text', text)
    if (press) answers.push(await submitted(page, `button[value=${press}]`))
    for (const answer of answers) expect(answer?.headers()['cache-control']).toBe('no-store')
  }

  test('tells it without script, and leaves the receipt in no address', async () => {
    const { page, context, requests, complaints } = await stage.visitor({ javaScriptEnabled: false })
    for (const [name, state] of Object.entries(states)) {
      await open(page, state)
      expect([name, await page.textContent('main')]).toEqual([name, expect.stringContaining(state.says)])
      expect([name, new URL(page.url()).pathname]).toEqual([name, `/${site}/my-comment`])
      expect(requests.filter((url) => url.includes(state.receipt.slice(0, 5)))).toEqual([])
    }
    expect(complaints).toEqual([])
    await context.close()
  })

  test('is accessible with script too, in the light and in the dark, and reflows, with text twice as large as well', async () => {
    const { page, context } = await stage.visitor({ viewport: { width: 1280, height: 800 } })
    for (const [name, state] of Object.entries(states)) {
      await open(page, state)
      expect([name, await accessibilityFaults(page)]).toEqual([name, []])
      await page.setViewportSize({ width: 320, height: 640 })
      await page.emulateMedia({ colorScheme: 'dark' })
      const narrow = ['color-contrast', 'target-size', 'scrollable-region-focusable']
      expect([name, await accessibilityFaults(page, narrow)]).toEqual([name, []])
      expect([name, await sideways(page)]).toEqual([name, 0])
      await page.evaluate(() => document.documentElement.style.setProperty('font-size', '200%'))
      expect([name, 'large', await sideways(page)]).toEqual([name, 'large', 0])
      await page.emulateMedia({ colorScheme: 'light' })
      await page.setViewportSize({ width: 1280, height: 800 })
    }
    await context.close()
  })

  test('reads from right to left in Uyghur, and what was changed shows in forced colours', async () => {
    const { page, context } = await stage.visitor({
      viewport: { width: 320, height: 640 },
      forcedColors: 'active',
    })
    const { edited, rejected, returned, 'not sure to erase': unsure, 'a report': report } = states
    for (const state of [edited, rejected, returned, unsure, report]) {
      if (state) await open(page, state, 'ug')
      expect(await sideways(page)).toBe(0)
      expect(await page.getAttribute('html', 'dir')).toBe('rtl')
    }
    if (edited) await open(page, edited)
    const lineOf = (element: string) =>
      page
        .locator(`.words ${element}, .hint ${element}`)
        .first()
        .evaluate((one) => getComputedStyle(one).textDecorationLine)
    expect([await lineOf('del'), await lineOf('ins')]).toEqual(['line-through', 'underline'])
    await context.close()
  })

  test('prints what a reader keeps, and no button', async () => {
    const { page, context } = await stage.visitor({ colorScheme: 'dark' })
    const { rejected } = states
    if (rejected) await open(page, rejected)
    await page.emulateMedia({ media: 'print' })
    const seen = (selector: string) =>
      page.locator(selector).evaluateAll((all) => all.map((one) => one.checkVisibility()))
    expect(await seen('main button, main form')).not.toContain(true)
    expect(await seen('main h1, main .status, main .words, header.site')).not.toContain(false)
    expect(await page.locator('body').evaluate((body) => getComputedStyle(body).color)).toBe(
      'rgb(26, 31, 38)',
    )
    await context.close()
  })

  test('is used by keyboard alone: a new text, an appeal, a withdrawal', async () => {
    const { page, context } = await stage.visitor({ javaScriptEnabled: false })
    const sent = async (asked: Record<string, unknown>) => {
      const comment = await aComment(stage.house, site, { text: 'They are all thieves.' })
      expect((await decision(stage.house, moderator, comment.id, asked)).status).toBe(201)
      return comment.receipt
    }
    const tabTo = async (selector: string) => {
      for (let tries = 0; tries < 20; tries += 1) {
        await page.keyboard.press('Tab')
        if (await page.locator(selector).evaluate((one) => one.matches(':focus-visible'))) return
      }
      throw new Error(`${selector} is not reached`)
    }
    const enter = () => Promise.all([page.waitForNavigation(), page.keyboard.press('Enter')])
    const see = async (receipt: string) => {
      await page.goto(`${stage.baseUrl}/${site}/my-comment`)
      await tabTo('#receipt')
      await page.keyboard.type(receipt)
      await enter()
    }
    const returned = await sent({ action: 'return', rules: ['topic'], reason: 'Please say how it connects.' })
    await see(returned)
    await tabTo('#text')
    await page.keyboard.press('Control+A')
    await page.keyboard.type('Where has the money gone?')
    await tabTo('button[value=resubmit]')
    await enter()
    expect(await receiptOf(stage.house, returned)).toMatchObject({
      status: 'pending',
      submitted: { text: 'Where has the money gone?' },
    })
    const rejected = await sent({ action: 'reject', rules: ['topic'] })
    await see(rejected)
    await tabTo('#appeal-text')
    await page.keyboard.type('I named nobody.')
    await tabTo('button[value=appeal]')
    await enter()
    expect(await receiptOf(stage.house, rejected)).toMatchObject({ appeal: { status: 'open' } })
    await tabTo('button[value=ask-withdraw]')
    await enter()
    await tabTo('button[value=withdraw]')
    await enter()
    expect(await receiptOf(stage.house, rejected)).toMatchObject({ status: 'withdrawn' })
    await context.close()
  })
})

async function submitted(page: Page, button: string) {
  return (await Promise.all([page.waitForNavigation(), page.click(button)]))[0]
}

/** Pixels by which a page is wider than its window. */
function sideways(page: Page): Promise<number> {
  return page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)
}
