import { type Seated, seated } from '../support/at-the-desk.ts'
import { openStage, type Stage } from '../support/browser.ts'
import { ask } from '../support/house.ts'
import {
  aComment,
  aPerson,
  aSite,
  decision,
  published,
  receiptOf,
  type TestPerson,
} from '../support/people.ts'

/** The requests to the API since a moment, but those that only count what waits. */
function requestsSince({ requests }: Seated, first: number): string[] {
  return requests.slice(first).filter((url) => url.includes('/v1/') && !url.endsWith('/counts'))
}

describe('deciding at the desk by keys', () => {
  let stage: Stage
  let site: string
  let moderator: TestPerson
  let desk: Seated | undefined

  beforeAll(async () => {
    stage = await openStage()
  })
  afterAll(() => stage.close())
  beforeEach(async () => {
    site = await aSite(stage.house, { publishDelay: 30 })
    moderator = await aPerson(stage.house, site)
  })
  afterEach(async () => {
    await desk?.context.close()
    // A violation of the policy, or an error in the page, fails the test in which it happened.
    if (desk && desk.complaints.length > 0) throw new Error(desk.complaints.join('\n'))
  })

  async function open(options?: Parameters<Stage['visitor']>[0]): Promise<Seated> {
    desk = await seated(stage, moderator, options)
    return desk
  }

  test('approves by one key and one request; the next comment is there, has the focus, and it is said', async () => {
    const { id } = await aComment(stage.house, site, { text: 'The first one waits.' })
    await aComment(stage.house, site, { text: 'The second one waits.' })
    const at = await open()
    await at.reads('The first one waits.')
    const first = at.requests.length
    await at.keys('a')
    await at.reads('The second one waits.')
    expect(await at.said()).toContain('Approved.')
    expect(await at.page.evaluate(() => document.activeElement?.tagName)).toBe('H2')
    await at.settled()
    expect(requestsSince(at, first)).toEqual([`${stage.baseUrl}/v1/moderation/comments/${id}/decisions`])
    await stage.house.ahead(31)
    expect(await published(stage.house, site)).toMatchObject([{ id }])
  })

  test('rejects by two keys and one request', async () => {
    const { receipt } = await aComment(stage.house, site, { text: 'Buy cheap boats at our shop.' })
    const at = await open()
    await at.reads('Buy cheap boats')
    await at.page.waitForSelector('.judging[aria-busy=false]')
    await at.keys('r')
    const button = at.page.locator('.rules button', { hasText: 'advertis' }).first()
    const letter = await button.locator('kbd').innerText()
    const first = at.requests.length
    await at.keys(letter)
    await at.settled()
    expect(requestsSince(at, first).filter((url) => url.endsWith('/decisions'))).toHaveLength(1)
    expect(await receiptOf(stage.house, receipt)).toMatchObject({
      status: 'rejected',
      decision: { rules: [{ code: 'promotion' }] },
    })
  })

  test('cuts by a selection, a letter and Enter, with one request', async () => {
    await ask(stage.house, 'PUT', `/v1/sites/${site}`, {
      key: stage.house.admin,
      body: { name: 'Only cuts', publishDelay: 30, edits: 'removals' },
    })
    const { id } = await aComment(stage.house, site, { text: 'Call 555 0142 for the timetable.' })
    const at = await open()
    await at.reads('for the timetable')
    await at.page.waitForSelector('.judging[aria-busy=false]')
    await at.keys('c')
    await at.page.waitForSelector('.decide textarea')
    for (let step = 0; step < 5; step += 1) await at.keys('ArrowRight')
    for (let step = 0; step < 8; step += 1) await at.keys('Shift+ArrowRight')
    const button = at.page.locator('.rules button', { hasText: /private/i }).first()
    const letter = await button.locator('kbd').innerText()
    const first = at.requests.length
    await at.keys(letter, 'Enter')
    await at.settled()
    expect(requestsSince(at, first).filter((url) => url.endsWith('/decisions'))).toHaveLength(1)
    await stage.house.ahead(31)
    expect(await published(stage.house, site)).toMatchObject([{ id, text: 'Call […] for the timetable.' }])
  })

  test('edits in place: shows the difference while it is typed, and asks for the rule of each change', async () => {
    const { id } = await aComment(stage.house, site, { text: 'You fool, go home.', name: 'Robin' })
    const at = await open()
    await at.reads('You fool')
    await at.page.waitForSelector('.judging[aria-busy=false]')
    await at.keys('e')
    await at.page.getByLabel('Text').fill('You […], go home.')
    expect(await at.page.locator('.decide del').allTextContents()).toEqual(['fool'])
    expect(await at.page.locator('.decide ins').allTextContents()).toEqual(['[…]'])
    await at.keys('Control+Enter')
    expect(await at.page.locator('.decide [role=alert]').innerText()).toContain('Choose a rule')
    await at.page.getByLabel('Rule for change 1').selectOption('respect')
    await at.keys('Control+Enter')
    await at.settled()
    await stage.house.ahead(31)
    expect(await published(stage.house, site)).toMatchObject([
      { id, text: 'You […], go home.', edited: { rules: [{ code: 'respect' }] } },
    ])
  })

  test('keeps what was typed through a reload, and erases it with the decision and at sign-out', async () => {
    await aComment(stage.house, site, { text: 'They are all thieves.' })
    const at = await open()
    await at.reads('all thieves')
    await at.page.waitForSelector('.judging[aria-busy=false]')
    await at.keys('b')
    await at.page.getByLabel('What to change').fill('Please name nobody a thief.')
    await at.page.reload()
    expect(await at.page.getByLabel('What to change').inputValue()).toBe('Please name nobody a thief.')
    const kept = () => at.page.evaluate(() => JSON.stringify(sessionStorage))
    expect(await kept()).toContain('thief')
    await Promise.all([at.page.waitForNavigation(), at.page.click('text=Sign out')])
    expect(await kept()).not.toContain('thief')
  })

  test('undoes by one key, and shows the comment again', async () => {
    const { id } = await aComment(stage.house, site, { text: 'Back and forth.' })
    const at = await open()
    await at.reads('Back and forth.')
    await at.keys('a')
    await at.settled()
    expect(await at.page.locator('.recent').innerText()).toMatch(/takes effect in \d+ s/)
    await at.keys('u')
    await at.reads('Back and forth.')
    const { body } = await ask(stage.house, 'GET', `/v1/moderation/comments/${id}`, { key: moderator.key })
    expect(body).toMatchObject({ status: 'pending', version: 3 })
  })

  test('says who came first, keeps the draft, and moves on', async () => {
    const { id } = await aComment(stage.house, site, { text: 'Two of you read this at once.' })
    await aComment(stage.house, site, { text: 'And this one is next.' })
    const editor = await aPerson(stage.house, site, 'editor')
    const at = await open()
    await at.reads('Two of you')
    await at.page.waitForSelector('.judging[aria-busy=false]')
    await decision(stage.house, editor.key, id, { action: 'approve' })
    await at.keys('b')
    const letter = await at.page.locator('.rules kbd').first().innerText()
    await at.keys(letter)
    await at.page.keyboard.type('A long and careful reason.')
    await at.keys('Control+Enter')
    await at.reads('And this one is next.')
    const news = at.page.locator('.news')
    await news.waitFor()
    expect(await news.innerText()).toContain(`${editor.pseudonym} came first and approved it`)
    expect(await at.page.evaluate(() => JSON.stringify(sessionStorage))).toContain(
      'A long and careful reason.',
    )
  })

  test('rests while something is typed, and where keys are switched off; each is a button as well', async () => {
    const { id } = await aComment(stage.house, site, { text: 'Not by accident.' })
    const at = await open()
    await at.reads('Not by accident.')
    await at.keys('n')
    await at.page.keyboard.type('a r a')
    await at.keys('Escape', '?')
    await at.page.getByLabel('One key decides').uncheck()
    await at.page.getByRole('button', { name: 'Close' }).click()
    await at.keys('a', 'a')
    const status = async () =>
      (await ask(stage.house, 'GET', `/v1/moderation/comments/${id}`, { key: moderator.key })).body.status
    expect(await status()).toBe('pending')
    await at.page.getByRole('button', { name: 'Approve' }).click()
    await at.settled()
    expect(await status()).toBe('published')
  })

  test('takes another key when it is given one, also after a reload', async () => {
    await aComment(stage.house, site, { text: 'By another key.' })
    const at = await open()
    await at.reads('By another key.')
    await at.keys('?')
    await at.page.getByLabel('Key for: Approve', { exact: true }).press('q')
    await at.page.getByRole('button', { name: 'Close' }).click()
    await at.page.reload()
    await at.reads('By another key.')
    await at.keys('a')
    expect(await at.words()).toBe('By another key.')
    await at.keys('q')
    await at.page.waitForSelector('.empty')
    await at.settled()
  })
})
