import { accessibilityFaults, openStage, type Stage, type Visitor } from '../support/browser.ts'
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

describe('the desk by forms alone', () => {
  let stage: Stage
  let site: string
  let moderator: TestPerson
  let visitor: Visitor

  beforeAll(async () => {
    stage = await openStage()
  })
  afterAll(() => stage.close())
  beforeEach(async () => {
    site = await aSite(stage.house, { publishDelay: 30 })
    moderator = await aPerson(stage.house, site)
    visitor = await stage.visitor()
    const link = await ask(stage.house, 'POST', `/v1/people/${moderator.id}/sign-in-link`, {
      key: stage.house.admin,
    })
    await visitor.page.goto(link.body.url)
    await visitor.page.waitForSelector('#desk')
  })
  afterEach(() => visitor.context.close())

  const press = async (selector: string) => {
    await Promise.all([visitor.page.waitForNavigation(), visitor.page.click(selector)])
  }
  const see = () => visitor.page.goto(`${stage.baseUrl}/desk/forms`)

  test('is entered by a link whose secret no address that was asked for holds, with a cookie that no script reads', async () => {
    expect(visitor.requests.every((url) => !/\/desk.*[\w-]{43}/.test(url.split('#')[0] ?? ''))).toBe(true)
    expect(visitor.page.url()).toBe(`${stage.baseUrl}/desk`)
    const [cookie] = await visitor.context.cookies()
    expect(cookie).toMatchObject({
      name: '__Host-postbag',
      httpOnly: true,
      secure: true,
      sameSite: 'Strict',
      path: '/',
    })
    expect(await visitor.page.textContent('header')).toContain(moderator.pseudonym)
  })

  test('approves by one button; the comment shows when it is due; until then it can be undone', async () => {
    const { id } = await aComment(stage.house, site, { text: 'The evening boat matters.' })
    await see()
    await press(`[id="${id}"] button[value=approve]`)
    expect(await visitor.page.textContent('.done')).toContain('Approved')
    await press('.done button[value=undo]')
    await press(`[id="${id}"] button[value=approve]`)
    expect(await published(stage.house, site)).toEqual([])
    await stage.house.ahead(31)
    expect(await published(stage.house, site)).toMatchObject([{ id }])
  })

  test('rejects under a rule, with a reason that the reader learns', async () => {
    const { id, receipt } = await aComment(stage.house, site, { text: 'Buy cheap boats at our shop.' })
    await see()
    await visitor.page.click(`[id="${id}"] summary`)
    await visitor.page.selectOption(`[id="rule-${id}"]`, 'promotion')
    await visitor.page.fill(`[id="reason-${id}"]`, 'This advertises a shop.')
    await press(`[id="${id}"] button[value=reject]`)
    expect(await receiptOf(stage.house, receipt)).toMatchObject({
      status: 'rejected',
      decision: { rules: [{ code: 'promotion' }], reason: 'This advertises a shop.' },
    })
  })

  test('edits under a rule', async () => {
    const { id } = await aComment(stage.house, site, { text: 'Call 555 0142 for the timetable.' })
    await see()
    await visitor.page.click(`[id="${id}"] summary`)
    await visitor.page.selectOption(`[id="rule-${id}"]`, 'private_details')
    await visitor.page.fill(`[id="text-${id}"]`, 'Call […] for the timetable.')
    await press(`[id="${id}"] button[value=edit]`)
    await stage.house.ahead(31)
    expect(await published(stage.house, site)).toMatchObject([
      { text: 'Call […] for the timetable.', edited: { rules: [{ code: 'private_details' }] } },
    ])
  })

  /** The text of a comment as it was sent: without the names and numbers that the desk puts into it. */
  const written = (id: string) =>
    visitor.page.locator(`[id="${id}"] > .words`).evaluate((words) => {
      const copy = words.cloneNode(true)
      if (!(copy instanceof HTMLElement)) return null
      for (const added of copy.querySelectorAll('.unseen, .key')) added.remove()
      return copy.textContent
    })

  test('marks in the text what was noticed, numbers it, and says by each number what it is', async () => {
    await ask(stage.house, 'PUT', `/v1/sites/${site}/phrases`, {
      key: stage.house.admin,
      body: { phrases: [{ phrase: 'boats.example', severity: 'warning', note: 'Spam of the spring.' }] },
    })
    const text = 'Order at https://boats.example/now\n\nor not; pаypal, e\u200C\u0301a\u200Bb'
    const { id } = await aComment(stage.house, site, { text })
    await see()
    expect(await written(id)).toBe(text)
    const comment = visitor.page.locator(`[id="${id}"]`)
    expect(await comment.locator('.signal').allTextContents()).toEqual([
      '1 On the site’s list: “boats.example”. Spam of the spring.',
      '2 The text contains 1 link.',
      '3 The text contains 2 places with invisible characters.',
      '4 The text contains 1 word that mixes alphabets.',
    ])
    const words = comment.locator('> .words')
    expect(await words.locator('.found').allTextContents()).toEqual([
      'https://',
      'boats.example',
      '/now',
      'pаCyrillic letter',
      'ypal',
      'e\u200C\u0301zero width non-joiner',
      '\u200Bzero width space',
    ])
    expect(await words.locator('.key').allTextContents()).toEqual(['1', '2', '4', '3', '3'])
    const both = words.locator('.found', { hasText: 'boats.example' })
    expect(await both.getAttribute('title')).toBe(
      '1: On the site’s list: “boats.example”. Spam of the spring. 2: The text contains 1 link.',
    )
    expect(await both.getAttribute('class')).toBe('found warning')
  })

  test('shows each line in its own direction, whatever stands in it, and says which language it is', async () => {
    const lines = [
      '\u200Fيېڭى كېمە بېكىتى تېزراق پۈتسۇن!',
      'Order at https://boats.example/now',
      '123 شۇنداق بولسا.',
    ]
    const { id } = await aComment(stage.house, site, { text: lines.join('\n'), name: 'ئايدىڭ' })
    await see()
    const words = visitor.page.locator(`[id="${id}"] > .words`)
    expect(await written(id)).toBe(lines.join('\n'))
    expect(await words.getAttribute('lang')).toBe('ug')
    const edges = await words.evaluate((element) => {
      const box = element.getBoundingClientRect()
      const range = document.createRange()
      range.selectNodeContents(element)
      const byLine = new Map<number, { left: number; right: number }>()
      for (const { left, right, bottom } of range.getClientRects()) {
        const line = Math.round((bottom - box.top) / (box.height / 3))
        const known = byLine.get(line) ?? { left: Number.POSITIVE_INFINITY, right: 0 }
        byLine.set(line, { left: Math.min(known.left, left), right: Math.max(known.right, right) })
      }
      return [1, 2, 3].map((line) => {
        const { left = 0, right = 0 } = byLine.get(line) ?? {}
        return right > box.right - 2 ? 'right' : left < box.left + 2 ? 'left' : 'neither'
      })
    })
    expect(edges).toEqual(['right', 'left', 'right'])
  })

  test('gives Burmese in Zawgyi also in Unicode, and leaves it as it was typed', async () => {
    const zawgyi = 'ကၽြန္ေတာ္တို႔ႏိုင္ငံမွာ ေစ်းေတြ တက္ေနတယ္။'
    const { id } = await aComment(stage.house, site, { text: zawgyi })
    const other = await aComment(stage.house, site, { text: 'ဒီနေ့ မိုးရွာလို့ လမ်းတွေ ရေကြီးနေတယ်။' })
    await see()
    expect(await written(id)).toBe(zawgyi)
    await visitor.page.click(`[id="${id}"] summary:text("As Unicode")`)
    const unicode = visitor.page.locator(`[id="${id}"] details .words`)
    expect(await unicode.getAttribute('lang')).toBe('my')
    expect(await unicode.textContent()).toBe('ကျွန်တော်တို့နိုင်ငံမှာ ဈေးတွေ တက်နေတယ်။')
    expect(await unicode.isVisible()).toBe(true)
    expect(await visitor.page.locator(`[id="${other.id}"] details .words`).count()).toBe(0)
  })

  test('shows what somebody proposes to change, and lets another person publish just that', async () => {
    const { id } = await aComment(stage.house, site, {
      text: 'Call 555 0142 for the timetable.',
      name: 'Robin',
    })
    const other = await aPerson(stage.house, site)
    const text = 'Call […] for the timetable.'
    const proposal = { action: 'escalate', proposal: 'edit', text, name: null, rules: ['private_details'] }
    await decision(stage.house, other.key, id, { ...proposal, note: 'Is it his own?' })
    await see()
    const change = visitor.page.locator(`[id="${id}"] .change`)
    expect(await change.locator('h2').textContent()).toBe('The proposed change')
    expect(await change.locator('del').allTextContents()).toEqual(['Robin', '555 0142'])
    expect(await change.locator('ins').allTextContents()).toEqual(['unnamed', '[…]'])
    expect(await written(id)).toBe('Call 555 0142 for the timetable.')
    await visitor.page.click(`[id="${id}"] summary:text("What happened before")`)
    expect(await visitor.page.textContent(`[id="${id}"] .past`)).toContain('Is it his own?')

    await visitor.page.click(`[id="${id}"] .decide summary`)
    expect(await visitor.page.inputValue(`[id="text-${id}"]`)).toBe(text)
    await visitor.page.selectOption(`[id="rule-${id}"]`, 'private_details')
    await press(`[id="${id}"] button[value=edit]`)
    await stage.house.ahead(31)
    expect(await published(stage.house, site)).toMatchObject([{ text }])
  })

  test('shows what a reader changed in a returned comment, and why it was returned', async () => {
    const { id, receipt } = await aComment(stage.house, site, {
      text: 'They are all thieves.',
      name: 'Robin',
    })
    const returned = { action: 'return', rules: ['respect'], reason: 'No insults, please.' }
    await decision(stage.house, moderator.key, id, returned)
    const words = { text: 'They are all wro\u200Bng.', name: 'Robin' }
    await ask(stage.house, 'PUT', '/v1/receipt/text', { key: receipt, body: words })
    await see()
    const change = visitor.page.locator(`[id="${id}"] .change`)
    expect(await change.locator('h2').textContent()).toBe('What the reader changed')
    expect(await change.locator('del').allTextContents()).toEqual(['thieves'])
    expect(await change.locator('ins').allTextContents()).toEqual(['wro\u200Bzero width spaceng'])
    expect(await visitor.page.textContent(`[id="${id}"] .past`)).toContain('No insults, please.')
    expect(await visitor.page.inputValue(`[id="text-${id}"]`)).toBe('They are all wro\u200Bng.')
  })

  test('says who was first, and keeps what was typed', async () => {
    const { id } = await aComment(stage.house, site, { text: 'Two of you read this at once.' })
    const other = await aPerson(stage.house, site)
    await see()
    await visitor.page.click(`[id="${id}"] summary`)
    await visitor.page.fill(`[id="reason-${id}"]`, 'A long and careful reason.')
    await decision(stage.house, other.key, id, {
      action: 'escalate',
      proposal: 'reject',
      rules: ['hatred'],
    })
    await visitor.page.selectOption(`[id="rule-${id}"]`, 'hatred')
    await press(`[id="${id}"] button[value=reject]`)
    expect(await visitor.page.textContent('.error-summary')).toContain(other.pseudonym)
    expect(await visitor.page.inputValue(`[id="reason-${id}"]`)).toBe('A long and careful reason.')
  })

  test('is not driven by pages of others', async () => {
    const { id } = await aComment(stage.house, site)
    const cookies = await visitor.context.cookies()
    const forged = await ask(stage.house, 'POST', `/v1/moderation/comments/${id}/decisions`, {
      headers: {
        cookie: `__Host-postbag=${cookies[0]?.value}`,
        origin: 'https://evil.example',
        'sec-fetch-site': 'cross-site',
        'if-match': '"1"',
      },
      body: { action: 'approve' },
    })
    expect(forged.status).toBe(403)
  })

  test('has no accessibility fault, neither empty nor full nor while signing in', async () => {
    await see()
    expect(await accessibilityFaults(visitor.page)).toEqual([])
    await aComment(stage.house, site, { text: 'LOOK AT THIS: https://boats.example/now', name: 'Robin' })
    await aComment(stage.house, site, { text: 'ကၽြန္ေတာ္တို႔ႏိုင္ငံမွာ ေစ်းေတြ တက္ေနတယ္။' })
    const { id } = await aComment(stage.house, site, { text: `Call ${'555 0142 '.repeat(9)}now.` })
    const other = await aPerson(stage.house, site)
    const proposal = { action: 'escalate', proposal: 'edit', text: 'Call.', rules: ['private_details'] }
    await decision(stage.house, other.key, id, { ...proposal, reason: 'No numbers.' })
    await see()
    for (const summary of await visitor.page.locator('summary').all()) await summary.click()
    expect(await accessibilityFaults(visitor.page)).toEqual([])
    await visitor.page.emulateMedia({ colorScheme: 'dark' })
    expect(await accessibilityFaults(visitor.page)).toEqual([])
    await visitor.page.setViewportSize({ width: 320, height: 700 })
    expect(await visitor.page.evaluate(() => document.documentElement.scrollWidth)).toBe(320)
    await press('header button')
    expect(await accessibilityFaults(visitor.page)).toEqual([])
    expect(await visitor.page.textContent('h1')).toBe('Sign in to the desk')
  })

  test('is signed in to with a password, and one answer for every failure', async () => {
    const login = `${moderator.pseudonym}@news.example`.replaceAll(' ', '-')
    await ask(stage.house, 'PUT', `/v1/people/${moderator.id}`, {
      key: stage.house.admin,
      body: { pseudonym: moderator.pseudonym, login, roles: [{ site, role: 'moderator' }] },
    })
    const [cookie] = await visitor.context.cookies()
    await ask(stage.house, 'PUT', '/v1/me/password', {
      headers: { cookie: `__Host-postbag=${cookie?.value}` },
      body: { password: 'correct horse battery' },
    })
    await see()
    await press('header button')
    for (const [name, password] of [
      [login, 'wrong horse battery'],
      ['nobody@news.example', 'correct horse battery'],
    ] as const) {
      await visitor.page.fill('#login', name)
      await visitor.page.fill('#password', password)
      await press('text="Sign in"')
      expect(await visitor.page.textContent('.error-summary')).toContain('Check the login and the password')
    }
    await visitor.page.fill('#login', login)
    await visitor.page.fill('#password', 'correct horse battery')
    await press('text="Sign in"')
    await see()
    expect(await visitor.page.textContent('h1')).toBe('Waiting for a decision')
  })
})
