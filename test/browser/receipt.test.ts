import { accessibilityFaults, openStage, type Stage, type Visitor } from '../support/browser.ts'
import {
  aComment,
  aPerson,
  aSite,
  decision,
  receiptOf,
  type TestComment,
  type TestPerson,
} from '../support/people.ts'

describe('the reader’s own page, without script', () => {
  let stage: Stage
  let site: string
  let moderator: TestPerson
  let reader: Visitor

  beforeAll(async () => {
    stage = await openStage()
    site = await aSite(stage.house)
    moderator = await aPerson(stage.house, site)
  })
  afterAll(() => stage.close())
  beforeEach(async () => {
    reader = await stage.visitor({ javaScriptEnabled: false })
  })
  afterEach(() => reader.context.close())

  const press = (selector: string) =>
    Promise.all([reader.page.waitForNavigation(), reader.page.click(selector)])
  const see = async (receipt: string) => {
    await reader.page.goto(`${stage.baseUrl}/${site}/my-comment`)
    await reader.page.fill('#receipt', receipt)
    return (await press('button[type=submit]'))[0]
  }
  const says = () => reader.page.textContent('main')

  test('tells how a comment stands, to whoever has its receipt, and leaves it in no address', async () => {
    const { receipt } = await aComment(stage.house, site, {
      text: 'When does the last boat leave?',
      name: 'Robin',
    })
    const answer = await see(receipt.toLowerCase().replaceAll('-', ' '))
    expect(answer?.headers()['cache-control']).toBe('no-store')
    expect(await says()).toContain('It waits for a moderator.')
    expect(await says()).toContain('When does the last boat leave?')
    expect(reader.requests.some((url) => url.includes(receipt.slice(0, 5)))).toBe(false)
  })

  test('says when a receipt is not known', async () => {
    const answer = await see('AAAAA-BBBBB-CCCCC-DDDDD-EEEEE')
    expect(answer?.status()).toBe(401)
    expect(await reader.page.textContent('.error-summary')).toContain('Check it for typing errors')
    expect(await reader.page.inputValue('#receipt')).toBe('AAAAA-BBBBB-CCCCC-DDDDD-EEEEE')
  })

  test('shows what a moderator changed, and under which rule', async () => {
    const { id, receipt } = await aComment(stage.house, site, { text: 'Call 555 0142 about the boat.' })
    await decision(stage.house, moderator.key, id, {
      action: 'edit',
      text: 'Call […] about the boat.',
      rules: ['private_details'],
      reason: 'Numbers stay out.',
    })
    await see(receipt)
    expect(await says()).toContain('It is published, with a change by a moderator.')
    expect(await says()).toContain('Numbers stay out.')
    expect(await reader.page.locator('del').allTextContents()).toContain('555 0142')
    const words = reader.page.locator('.words')
    expect(await words.evaluateAll((all) => all.map((one) => one.getAttribute('lang')))).toEqual([
      'en',
      'en',
      'en',
    ])
    expect(await reader.page.getAttribute('a[href*=terms]', 'href')).toBe(`/${site}/terms#private_details`)
  })

  test('takes a new text for a returned comment, and keeps what was typed when it cannot', async () => {
    const { id, receipt } = await aComment(stage.house, site, {
      text: 'They are all thieves.',
      name: 'Robin',
    })
    await decision(stage.house, moderator.key, id, {
      action: 'return',
      rules: ['respect'],
      reason: 'No insults, please.',
    })
    await see(receipt)
    expect(await says()).toContain('No insults, please.')
    await reader.page.fill('#text', 'x'.repeat(5_001))
    await press('button[value=resubmit]')
    expect(await reader.page.textContent('.error-summary')).toContain('5,000')
    expect(await reader.page.inputValue('#text')).toBe('x'.repeat(5_001))
    await reader.page.fill('#text', 'Where has the money gone?')
    await press('button[value=resubmit]')
    expect(await says()).toContain('It waits for a moderator.')
    expect(await receiptOf(stage.house, receipt)).toMatchObject({
      status: 'pending',
      submitted: { name: 'Robin', text: 'Where has the money gone?' },
    })
  })

  test('appeals once, and keeps what was typed when it cannot be sent', async () => {
    const { id, receipt } = await aComment(stage.house, site, { text: 'They are all thieves.' })
    await decision(stage.house, moderator.key, id, {
      action: 'reject',
      rules: ['respect'],
      reason: 'No insults.',
    })
    await see(receipt)
    await reader.page.fill('#appeal-text', 'x'.repeat(2_001))
    await press('button[value=appeal]')
    expect(await reader.page.textContent('.error-summary')).toContain('2,000')
    expect(await reader.page.getAttribute('.error-summary a', 'href')).toBe('#appeal-text')
    expect(await reader.page.inputValue('#appeal-text')).toBe('x'.repeat(2_001))
    await reader.page.fill('#appeal-text', 'I named nobody.')
    await press('button[value=appeal]')
    expect(await says()).toContain('You have appealed. Another person will decide about it.')
    expect(await reader.page.locator('#appeal-text').count()).toBe(0)
    expect(await receiptOf(stage.house, receipt)).toMatchObject({ appeal: { status: 'open' } })
  })

  test('withdraws and erases, each after a second question that says what goes and what stays', async () => {
    const { receipt }: TestComment = await aComment(stage.house, site, { text: 'I take this back.' })
    await see(receipt)
    await press('button[value=ask-withdraw]')
    expect(await says()).toContain('Its words are kept for 220 days')
    await press('button[value=see]')
    expect(await says()).toContain('It waits for a moderator.')
    await press('button[value=ask-withdraw]')
    await press('button[value=withdraw]')
    expect(await says()).toContain('You have withdrawn it.')
    await press('button[value=ask-erase]')
    expect(await says()).toContain('I take this back.')
    expect(await says()).toContain('go for good')
    expect(await receiptOf(stage.house, receipt)).toMatchObject({ submitted: { text: 'I take this back.' } })
    await press('button[value=erase]')
    expect(await says()).toContain('Every word of it is erased, as you asked.')
    expect(await says()).not.toContain('I take this back.')
  })

  test('has no accessibility fault', async () => {
    const { id, receipt } = await aComment(stage.house, site, { text: 'They are all thieves.' })
    await decision(stage.house, moderator.key, id, {
      action: 'return',
      rules: ['respect'],
      reason: 'No insults.',
    })
    const person = await stage.visitor()
    await person.page.goto(`${stage.baseUrl}/${site}/my-comment`)
    expect(await accessibilityFaults(person.page)).toEqual([])
    await person.page.fill('#receipt', receipt)
    await Promise.all([person.page.waitForNavigation(), person.page.click('button[type=submit]')])
    expect(await accessibilityFaults(person.page)).toEqual([])
    await person.context.close()
  })
})
