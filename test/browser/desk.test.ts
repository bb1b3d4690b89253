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

describe('the desk', () => {
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
    await visitor.page.waitForSelector('#queue', { state: 'attached' })
  })
  afterEach(() => visitor.context.close())

  const press = async (selector: string) => {
    await Promise.all([visitor.page.waitForNavigation(), visitor.page.click(selector)])
  }
  const see = () => visitor.page.goto(`${stage.baseUrl}/desk`)

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
    expect(await accessibilityFaults(visitor.page)).toEqual([])
    await aComment(stage.house, site, { text: 'LOOK AT THIS: https://boats.example/now', name: 'Robin' })
    await see()
    await visitor.page.click('summary')
    expect(await accessibilityFaults(visitor.page)).toEqual([])
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
    expect(await visitor.page.textContent('h1')).toBe('Waiting for a decision')
  })
})
