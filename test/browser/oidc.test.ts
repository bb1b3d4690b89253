import { accessibilityFaults, openStage, type Stage, type Visitor } from '../support/browser.ts'
import { anIssuer, type TestIssuer } from '../support/issuer.ts'
import { aMember, anApp } from '../support/members.ts'
import { freePort } from '../support/ports.ts'

/** The issuer is another site, from which a browser brings no cookie that is SameSite=Strict. */
describe('signing in at an issuer, in a browser', () => {
  let stage: Stage
  let issuer: TestIssuer
  let visitor: Visitor

  beforeAll(async () => {
    const port = await freePort()
    issuer = await anIssuer(`http://localhost:${port}`)
    stage = await openStage({ port, oidc: issuer.settings })
  })
  afterAll(async () => {
    await stage.close()
    await issuer.close()
  })
  beforeEach(async () => {
    visitor = await stage.visitor()
  })
  afterEach(() => visitor.context.close())

  async function enterAs(login: string): Promise<void> {
    const { page } = visitor
    issuer.accounts.set(login, { email: login, email_verified: true })
    await page.goto(`${stage.baseUrl}/desk`)
    await page.click('text=organisation')
    expect(new URL(page.url()).hostname).toBe('127.0.0.1')
    await page.fill('[name=login]', login)
    await page.fill('[name=password]', 'any')
    await page.click('button[type=submit]')
    await page.click('button[type=submit]')
  }

  test('leads to the desk, signed in', async () => {
    const { login, pseudonym } = await aMember(stage.house)
    await enterAs(login)
    await visitor.page.waitForSelector('#desk')
    expect(visitor.page.url()).toBe(`${stage.baseUrl}/desk`)
    expect(await visitor.page.textContent('header')).toContain(pseudonym)
    const cookies = await visitor.context.cookies(stage.baseUrl)
    expect(cookies.map(({ name, sameSite }) => ({ name, sameSite }))).toEqual([
      { name: '__Host-postbag', sameSite: 'Strict' },
    ])
    expect(visitor.complaints).toEqual([])
  })

  test('asks for the code of whoever has an app', async () => {
    const { member, code } = await anApp(stage.house, await aMember(stage.house))
    await stage.house.ahead(60)
    await enterAs(member.login)
    await visitor.page.waitForSelector('#code')
    expect(await accessibilityFaults(visitor.page)).toEqual([])
    await visitor.page.fill('#code', await code())
    await visitor.page.click('button[type=submit]')
    await visitor.page.waitForSelector('#desk')
    await visitor.page.goto(`${stage.baseUrl}/desk/second-factor`)
    expect(await accessibilityFaults(visitor.page)).toEqual([])
    expect(await visitor.page.textContent('main')).toContain('Recovery codes left: 10')
  })

  test('shows strangers the way back in', async () => {
    await enterAs('stranger@elsewhere.example')
    await visitor.page.waitForSelector('.error-summary')
    expect(await visitor.page.textContent('.error-summary')).toContain('nobody’s here')
    expect(await accessibilityFaults(visitor.page)).toEqual([])
  })
})
