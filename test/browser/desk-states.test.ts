import { type Seated, seated } from '../support/at-the-desk.ts'
import { accessibilityFaults, openStage, type Stage } from '../support/browser.ts'
import { ask } from '../support/house.ts'
import { aComment, aPerson, aSite, decision, type TestPerson } from '../support/people.ts'

const parts = [
  'list',
  'search?q=boat',
  'reports',
  'appeals',
  'statistics',
  'log',
  'statements',
  'transparency',
  'terms',
  'phrases',
  'reasons',
  'sites',
  'people',
  'keys',
  'me',
]

describe('every state of the desk', () => {
  let stage: Stage
  let site: string
  let admin: TestPerson
  let at: Seated
  let returned: string

  beforeAll(async () => {
    stage = await openStage()
    site = await aSite(stage.house, { publishDelay: 30 })
    admin = await aPerson(stage.house, site, 'admin')
    const other = await aPerson(stage.house, site, 'editor')
    await ask(stage.house, 'PUT', `/v1/sites/${site}/phrases`, {
      key: stage.house.admin,
      body: { phrases: [{ phrase: 'boats.example', severity: 'warning', note: 'Spam of the spring.' }] },
    })
    await aComment(stage.house, site, {
      text: 'LOOK AT THIS: pаypal, a\u200Bb, me@example.org',
      name: 'Robin',
    })
    const proposed = await aComment(stage.house, site, { text: 'Call 555 0142 for the timetable.' })
    const proposal = { action: 'escalate', proposal: 'edit', text: 'Call.', rules: ['private_details'] }
    await decision(stage.house, other.key, proposed.id, { ...proposal, note: 'Is it his own?' })
    const sent = await aComment(stage.house, site, { text: 'They are all thieves.' })
    await decision(stage.house, other.key, sent.id, {
      action: 'return',
      rules: ['respect'],
      reason: 'No insults.',
    })
    await ask(stage.house, 'PUT', '/v1/receipt/text', {
      key: sent.receipt,
      body: { text: 'They are all wrong.' },
    })
    returned = sent.id
    await aComment(stage.house, site, { text: 'Order at https://boats.example/now' })
    const shown = await aComment(stage.house, site, { text: 'This one is published, about a boat.' })
    await decision(stage.house, other.key, shown.id, { action: 'approve' })
    await stage.house.ahead(31)
    await ask(stage.house, 'POST', `/v1/sites/${site}/comments/${shown.id}/reports`, {
      body: { kind: 'rule', rule: 'respect', explanation: 'This is about me.' },
    })
    at = await seated(stage, admin)
  }, 60_000)
  afterAll(async () => {
    await at.context.close()
    await stage.close()
  })

  /** What is wrong with the page as it is: to see, to use, to reach. */
  async function faults(): Promise<string[]> {
    const found = await accessibilityFaults(at.page)
    const isLost = await at.page.evaluate(() => document.activeElement === document.body)
    return [...found, ...(isLost ? ['the focus is nowhere'] : []), ...at.complaints]
  }

  test('of the queue has no accessibility fault, light, dark, in forced colours, and from right to left', async () => {
    await at.page.waitForSelector('.judging[aria-busy=false]')
    const judged: string[] = []
    await at.page.waitForSelector('.collapsed')
    judged.push(...(await faults()))
    await at.keys('v')
    for (const key of ['r', 'e', 'c', 'b', 'p', 'n']) {
      await at.keys(key)
      await at.page.waitForSelector('.decide')
      judged.push(...(await faults()))
      await at.keys('Escape')
    }
    await at.keys('?')
    judged.push(...(await faults()))
    await at.keys('Escape', 'j', 'j')
    judged.push(...(await faults()))
    await at.keys('j')
    judged.push(...(await faults()))
    await at.page.emulateMedia({ colorScheme: 'dark' })
    judged.push(...(await faults()))
    await at.page.emulateMedia({ colorScheme: 'light', forcedColors: 'active' })
    judged.push(...(await faults()))
    await at.page.emulateMedia({ forcedColors: 'none' })
    await at.page.evaluate(() => {
      document.documentElement.dir = 'rtl'
    })
    judged.push(...(await faults()))
    expect(judged).toEqual([])
  }, 60_000)

  test('of each part has no accessibility fault, and a heading that takes the focus', async () => {
    const found: string[] = []
    for (const part of [...parts, `comment/${returned}`]) {
      await at.page.goto(`${stage.baseUrl}/desk#/${part}`)
      await at.page.reload()
      await at.page.waitForLoadState('networkidle')
      await at.page.waitForSelector('main h1')
      found.push(...(await faults()).map((fault) => `${part}: ${fault}`))
    }
    expect(found).toEqual([])
  }, 120_000)

  test('fits a page of 320 pixels, which is 1,280 at 400 %', async () => {
    await at.page.setViewportSize({ width: 320, height: 640 })
    const wide: string[] = []
    for (const part of ['queue', ...parts, `comment/${returned}`]) {
      await at.page.goto(`${stage.baseUrl}/desk#/${part}`)
      await at.page.waitForLoadState('networkidle')
      await at.page.waitForSelector('main h1')
      // Once all of it is there.
      await at.page
        .waitForFunction(() => document.documentElement.scrollWidth <= 320, undefined, { timeout: 5_000 })
        .catch(() => wide.push(part))
    }
    expect(wide).toEqual([])
  }, 60_000)
})
