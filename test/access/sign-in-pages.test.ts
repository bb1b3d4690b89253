import { ask, type House, openHouse } from '../support/house.ts'
import {
  aMember,
  anApp,
  byPassword,
  codesOf,
  cookieIn,
  type Member,
  memberPassword,
  signIn,
} from '../support/members.ts'

describe('the pages of the desk, by forms alone', () => {
  let house: House
  beforeAll(async () => {
    house = await openHouse()
  })
  afterAll(() => house.close())

  async function send(url: string, fields: Record<string, string>, headers: Record<string, string> = {}) {
    const answer = await house.app.inject({
      method: 'POST',
      url,
      headers: { 'content-type': 'application/x-www-form-urlencoded', ...headers },
      payload: new URLSearchParams(fields).toString(),
    })
    return { status: answer.statusCode, headers: answer.headers, text: answer.body }
  }
  const enter = (fields: Record<string, string>) => send('/desk/sign-in', fields)
  const act = ({ cookie }: Pick<Member, 'cookie'>, fields: Record<string, string>) =>
    send('/desk/second-factor', fields, { cookie })
  const isOpen = async (cookie: string) =>
    (await ask(house, 'GET', '/v1/me', { headers: { cookie } })).status === 200

  test('sign in with login and password', async () => {
    const { login } = await aMember(house)
    const entered = await enter({ login: ` ${login.toUpperCase()}`, password: memberPassword })
    expect(entered).toMatchObject({ status: 303, headers: { location: '/desk' } })
    expect(await isOpen(cookieIn(entered))).toBe(true)
    const wrong = await enter({ login, password: 'a wrong password' })
    expect(wrong.status).toBe(401)
    expect(wrong.text).toContain('Check the login and the password')
    expect(wrong.text).not.toContain('name="code"')
    expect(cookieIn(wrong)).toBe('')
  })

  test('ask for a code in a second step, without the password, until it is right', async () => {
    const { member, code } = await anApp(house, await aMember(house))
    await house.ahead(60)
    const first = await enter({ login: member.login, password: memberPassword })
    expect(first.status).toBe(200)
    expect(first.headers['cache-control']).toBe('no-store')
    expect(cookieIn(first)).toBe('')
    expect(first.text).toContain('autocomplete="one-time-code"')
    expect(first.text).not.toContain(memberPassword)
    const link = linkIn(first.text)
    const wrong = await enter({ link, code: '000000' })
    expect(wrong.status).toBe(401)
    expect(wrong.text).toContain('The code is not right')
    expect(linkIn(wrong.text)).toBe(link)
    const entered = await enter({ link, code: await code() })
    expect(entered).toMatchObject({ status: 303, headers: { location: '/desk' } })
    expect(await isOpen(cookieIn(entered))).toBe(true)
    expect((await enter({ link, code: await code(1) })).text).not.toContain('one-time-code')
  })

  test('keep the second step open for five minutes', async () => {
    const { member, code } = await anApp(house, await aMember(house))
    const link = linkIn((await enter({ login: member.login, password: memberPassword })).text)
    await house.ahead(301)
    expect((await enter({ link, code: await code() })).status).toBe(401)
  })

  test('ask for a code after a link as well, and say when tries are spent', async () => {
    const { member } = await anApp(house, await aMember(house))
    const made = await ask(house, 'POST', `/v1/people/${member.id}/sign-in-link`, { key: house.admin })
    const asked = await enter({ link: made.body.url })
    expect(asked.status).toBe(200)
    expect(linkIn(asked.text)).toBe(made.body.link)
    for (let tries = 0; tries < 5; tries += 1) await enter({ link: made.body.link, code: '000000' })
    const spent = await enter({ link: made.body.link, code: '000000' })
    expect(spent.status).toBe(429)
    expect(spent.headers['retry-after']).toBeDefined()
    expect(spent.text).toContain('Too many codes were wrong')
  })

  test('set a second factor up, renew its recovery codes, and remove it', async () => {
    const member = await aMember(house)
    const see = (cookie: string) => ask(house, 'GET', '/desk/second-factor', { headers: { cookie } })
    expect((await see(member.cookie)).text).toContain('value="begin"')
    const begun = await act(member, { action: 'begin' })
    const [, uri = ''] = /href="(otpauth:[^"]+)"/.exec(begun.text) ?? []
    const code = codesOf(house, uri.replaceAll('&amp;', '&'))
    expect((await act(member, { action: 'confirm', code: 'nonsense' })).status).toBe(422)
    const confirmed = await act(member, { action: 'confirm', code: await code() })
    expect(confirmed.status).toBe(200)
    expect(confirmed.text.match(/[a-z2-7]{4}(-[a-z2-7]{4}){3}/g)).toHaveLength(10)
    const cookie = cookieIn(confirmed)
    expect(await isOpen(member.cookie)).toBe(false)
    const shown = await see(cookie)
    expect(shown.text).toContain('Recovery codes left: 10')
    expect(shown.text).not.toMatch(/[a-z2-7]{4}(-[a-z2-7]{4}){3}/)
    await house.ahead(60)
    const renewed = await act({ cookie }, { action: 'renew', code: await code() })
    const [recovery = ''] = /[a-z2-7]{4}(-[a-z2-7]{4}){3}/.exec(renewed.text) ?? []
    expect((await act({ cookie }, { action: 'remove', code: '000000' })).status).toBe(422)
    const removed = await act({ cookie }, { action: 'remove', code: recovery })
    expect(removed.text).toContain('value="begin"')
    expect((await signIn(house, byPassword(member))).status).toBe(204)
  })

  test('do nothing for a page of another site, and nothing without a session', async () => {
    const { cookie } = await aMember(house)
    const foreign = { cookie, origin: 'https://elsewhere.example' }
    expect((await send('/desk/second-factor', { action: 'begin' }, foreign)).status).toBe(403)
    expect((await act({ cookie: '' }, { action: 'begin' })).status).toBe(401)
    const { rows } = await house.owner.query('select from second_factor where confirmed_at is null')
    expect(rows).toEqual([])
  })
})

/** The link that stands for the first step, in the page of the second. */
function linkIn(page: string): string {
  return /name="link" value="([^"]+)"/.exec(page)?.[1] ?? ''
}
