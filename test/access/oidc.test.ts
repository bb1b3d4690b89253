import { ask, type House, openHouse } from '../support/house.ts'
import { anIssuer, callback, type TestIssuer } from '../support/issuer.ts'
import { aMember, anApp, cookieIn, type Member } from '../support/members.ts'
import { problemIn } from '../support/problem.ts'

const handshakeName = '__Host-postbag-handshake'

describe('signing in with an account of an organisation', () => {
  let house: House
  let issuer: TestIssuer
  beforeAll(async () => {
    issuer = await anIssuer()
    house = await openHouse({ oidc: issuer.settings })
  })
  afterAll(async () => {
    await house.close()
    await issuer.close()
  })

  const begin = () => ask(house, 'GET', '/v1/session/oidc')
  const finish = (url: string, cookie: string) =>
    ask(house, 'GET', url.replace('http://localhost:3000', ''), { headers: { cookie } })

  /** Goes there and back. */
  async function enter(subject: string | null) {
    const begun = await begin()
    expect(begun.status).toBe(303)
    const back = await issuer.visit(String(begun.headers['location']), subject)
    return finish(back, cookieIn(begun, handshakeName))
  }

  const account = (subject: string, email: string, verified: unknown = true) =>
    issuer.accounts.set(subject, { email, email_verified: verified })
  const me = (answer: { headers: Record<string, unknown> }) =>
    ask(house, 'GET', '/v1/me', { headers: { cookie: cookieIn(answer) } })
  const accountOf = ({ id }: Pick<Member, 'id'>, method: 'PUT' | 'DELETE', body?: unknown) =>
    ask(house, method, `/v1/people/${id}/account`, { key: house.admin, body })

  test('leads there with code, PKCE, state and nonce, and keeps what belongs to them in a cookie of this browser', async () => {
    const { headers } = await begin()
    const url = new URL(String(headers['location']))
    expect(url.origin).toBe(new URL(issuer.settings.issuer).origin)
    expect(Object.fromEntries(url.searchParams)).toEqual({
      client_id: 'postbag',
      redirect_uri: callback,
      response_type: 'code',
      scope: 'openid email',
      state: expect.stringMatching(/^[\w-]{43}$/),
      nonce: expect.stringMatching(/^[\w-]{43}$/),
      code_challenge: expect.stringMatching(/^[\w-]{43}$/),
      code_challenge_method: 'S256',
    })
    const [cookie = '', ...attributes] = String(headers['set-cookie']).split('; ')
    expect(attributes.toSorted()).toEqual(['HttpOnly', 'Max-Age=600', 'Path=/', 'SameSite=Lax', 'Secure'])
    expect(cookie).not.toContain(url.searchParams.get('state'))
    expect(headers['cache-control']).toBe('no-store')
  })

  test('opens a session for whoever has its verified address as login, and leads on to the desk from a page of ours', async () => {
    const member = await aMember(house)
    account('first', member.login.toUpperCase())
    const entered = await enter('first')
    expect(entered.status).toBe(200)
    expect(entered.headers['refresh']).toBe('0; url=/desk')
    expect(entered.text).toContain('href="/desk"')
    const cookies = [entered.headers['set-cookie']].flat().map(String)
    expect(cookies.find((cookie) => cookie.startsWith('__Host-postbag='))).toMatch(/SameSite=Strict/)
    expect(cookies.find((cookie) => cookie.startsWith(`${handshakeName}=;`))).toBeDefined()
    expect((await me(entered)).body).toMatchObject({ person: { id: member.id }, via: 'session' })
  })

  test('knows the account afterwards, whatever becomes of its address; another with the address is a stranger', async () => {
    const member = await aMember(house)
    account('known', member.login)
    await enter('known')
    account('known', 'renamed@news.example')
    expect((await me(await enter('known'))).body).toMatchObject({ person: { id: member.id } })
    account('usurper', member.login)
    expect((await enter('usurper')).status).toBe(401)
    expect((await accountOf(member, 'DELETE')).status).toBe(204)
    expect((await me(await enter('usurper'))).body).toMatchObject({ person: { id: member.id } })
    expect((await enter('known')).status).toBe(401)
  })

  test('tells strangers, people who left and unverified addresses the same, and makes no account', async () => {
    const gone = await aMember(house)
    account('gone', gone.login)
    await enter('gone')
    await ask(house, 'PUT', `/v1/people/${gone.id}`, {
      key: house.admin,
      body: { pseudonym: gone.pseudonym, login: gone.login, active: false },
    })
    const member = await aMember(house)
    account('stranger', 'stranger@elsewhere.example')
    account('unverified', member.login, false)
    account('verified as a word', member.login, 'true')
    account('with a NUL', `${member.login}\0`)
    issuer.accounts.set('without address', {})
    const before = await house.owner.query('select id from person')
    const pages = []
    for (const subject of [
      'stranger',
      'gone',
      'unverified',
      'verified as a word',
      'with a NUL',
      'without address',
    ]) {
      const { status, text, headers } = await enter(subject)
      expect(cookieIn({ headers })).toBe('')
      pages.push(`${status} ${text}`)
    }
    expect(pages[0]).toMatch(/^401 .*nobody’s here/s)
    for (const page of pages) expect(page).toBe(pages[0])
    expect((await house.owner.query('select id from person')).rows).toEqual(before.rows)
  })

  test('is refused to whoever did not begin it in this browser, or comes twice, or changed the answer', async () => {
    const member = await aMember(house)
    account('careful', member.login)
    const [mine, other] = [await begin(), await begin()]
    const cookie = cookieIn(mine, handshakeName)
    const back = await issuer.visit(String(mine.headers['location']), 'careful')
    const forged = (name: string, value: string) => {
      const url = new URL(back)
      url.searchParams.set(name, value)
      return url.href
    }
    for (const [url, sent] of [
      [back, ''],
      [back, cookieIn(other, handshakeName)],
      [back, `${handshakeName}=forged`],
      [forged('state', 'another'), cookie],
      [forged('code', 'another'), cookie],
      [forged('iss', 'https://elsewhere.example'), cookie],
      [callback, cookie],
    ] as const) {
      const { status, headers } = await finish(url, sent)
      expect({ url, status, session: cookieIn({ headers }) }).toEqual({ url, status: 401, session: '' })
    }
    const again = await begin()
    const right = await issuer.visit(String(again.headers['location']), 'careful')
    const mineAgain = cookieIn(again, handshakeName)
    expect((await finish(right, mineAgain)).status).toBe(200)
    expect((await finish(right, mineAgain)).status).toBe(401)
  })

  test('can be given up', async () => {
    expect((await enter(null)).status).toBe(401)
  })

  test('asks for the second factor of whoever has one', async () => {
    const { member, code } = await anApp(house, await aMember(house))
    await house.ahead(60)
    account('careful with a factor', member.login)
    const entered = await enter('careful with a factor')
    expect(cookieIn(entered)).toBe('')
    const [, link = ''] = /name="link" value="([^"]+)"/.exec(entered.text) ?? []
    const send = async (sent: string) =>
      house.app.inject({
        method: 'POST',
        url: '/desk/sign-in',
        headers: { 'content-type': 'application/x-www-form-urlencoded' },
        payload: new URLSearchParams({ link, code: sent }).toString(),
      })
    expect((await send('')).statusCode).toBe(401)
    expect((await send('000000')).statusCode).toBe(401)
    const signedIn = await send(await code())
    expect(signedIn.statusCode).toBe(303)
    expect((await me(signedIn)).body).toMatchObject({ person: { id: member.id } })
  })

  test('is for the account that an admin named, where the issuer tells no address', async () => {
    const [ada, bea] = [await aMember(house), await aMember(house)]
    issuer.accounts.set('00u1', {})
    expect((await enter('00u1')).status).toBe(401)
    expect((await accountOf(ada, 'PUT', { subject: '00u1' })).status).toBe(204)
    expect((await me(await enter('00u1'))).body).toMatchObject({ person: { id: ada.id } })
    expect(problemIn(await accountOf(bea, 'PUT', { subject: '00u1' }))).toBe('409 already_taken')
    expect((await accountOf(ada, 'PUT', { subject: '00u2' })).status).toBe(204)
    expect((await enter('00u1')).status).toBe(401)
    expect(problemIn(await ask(house, 'DELETE', `/v1/people/${ada.id}/account`))).toBe('401 unauthenticated')
  })

  test('ends with another login', async () => {
    const member = await aMember(house)
    account('moved', member.login)
    await enter('moved')
    const body = { pseudonym: member.pseudonym, login: `new-${member.login}` }
    await ask(house, 'PUT', `/v1/people/${member.id}`, { key: house.admin, body })
    expect((await enter('moved')).status).toBe(401)
  })

  test('while the issuer is away is answered by 503, and everything else goes on; then it works again', async () => {
    const member = await aMember(house)
    account('patient', member.login)
    const begun = await begin()
    const back = await issuer.visit(String(begun.headers['location']), 'patient')
    await issuer.close()
    expect((await finish(back, cookieIn(begun, handshakeName))).status).toBe(503)
    const late = await begin()
    expect(late.status).toBe(503)
    expect(late.headers['retry-after']).toBe('5')
    expect((await ask(house, 'GET', '/desk')).text).toContain('href="/v1/session/oidc"')
    const other = await openHouse({ oidc: issuer.settings })
    expect((await ask(other, 'GET', '/readyz')).status).toBe(200)
    await other.close()
    await issuer.open()
    expect((await me(await enter('patient'))).body).toMatchObject({ person: { id: member.id } })
  })

  test('is not there where no issuer is set', async () => {
    const other = await openHouse()
    expect((await ask(other, 'GET', '/v1/session/oidc')).status).toBe(404)
    expect((await ask(other, 'GET', '/desk')).text).not.toContain('oidc')
    const person = await aMember(other)
    const body = { subject: 'a' }
    const set = await ask(other, 'PUT', `/v1/people/${person.id}/account`, { key: other.admin, body })
    expect(problemIn(set)).toBe('404 not_found')
    await other.close()
  })
})
