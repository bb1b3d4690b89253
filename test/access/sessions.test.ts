import { ask, type House, openHouse, testBaseUrl } from '../support/house.ts'
import { aComment, aSite } from '../support/people.ts'
import { problemIn } from '../support/problem.ts'

const password = 'correct horse battery staple'

interface Member {
  id: string
  login: string
}

describe('sessions', () => {
  let house: House
  let site: string
  let members = 0

  beforeAll(async () => {
    house = await openHouse()
    site = await aSite(house)
  })
  afterAll(() => house.close())

  const signIn = (body: Record<string, unknown>, headers: Record<string, string> = {}) =>
    ask(house, 'POST', '/v1/session', { body, headers })
  const me = (cookie: string) => ask(house, 'GET', '/v1/me', { headers: { cookie } })
  const change = ({ id, login }: Member, more: Record<string, unknown>) =>
    ask(house, 'PUT', `/v1/people/${id}`, {
      key: house.admin,
      body: { pseudonym: login, login, roles: [{ site, role: 'editor' }], ...more },
    })

  async function aMember(): Promise<Member & { link: string }> {
    members += 1
    const login = `member-${members}@news.example`
    const { body } = await ask(house, 'POST', '/v1/people', {
      key: house.admin,
      body: { pseudonym: login, login, roles: [{ site, role: 'editor' }] },
    })
    return { id: body.id, login, link: body.signIn.link }
  }

  async function aLink({ id }: Member): Promise<string> {
    return (await ask(house, 'POST', `/v1/people/${id}/sign-in-link`, { key: house.admin })).body.link
  }

  async function signedIn(body: Record<string, unknown>): Promise<string> {
    const { status, headers } = await signIn(body)
    expect(status).toBe(204)
    return String(headers['set-cookie']).split(';', 1)[0] ?? ''
  }

  /** A member with a password, and a session. */
  async function aMemberWithPassword() {
    const member = await aMember()
    const cookie = await signedIn({ link: member.link })
    const set = await ask(house, 'PUT', '/v1/me/password', { headers: { cookie }, body: { password } })
    expect(set.status).toBe(204)
    return { ...member, cookie }
  }

  test('begin with a link, in a cookie that no script, no other site and no other host gets', async () => {
    const { id, login, link } = await aMember()
    const { status, headers, text } = await signIn({ link })
    expect({ status, text }).toEqual({ status: 204, text: '' })
    expect(headers['cache-control']).toBe('no-store')
    const [cookie = '', ...attributes] = String(headers['set-cookie']).split('; ')
    expect(cookie).toMatch(/^__Host-postbag=[\w-]{43}$/)
    expect(attributes.toSorted()).toEqual([
      'HttpOnly',
      'Max-Age=43200',
      'Path=/',
      'SameSite=Strict',
      'Secure',
    ])
    expect((await me(cookie)).body).toEqual({
      person: { id, pseudonym: login },
      admin: false,
      roles: [{ site, role: 'editor', languages: [] }],
      via: 'session',
    })
  })

  test('begin with a link only once', async () => {
    const { link } = await aMember()
    const answers = await Promise.all(Array.from({ length: 5 }, () => signIn({ link })))
    expect(answers.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([204, 401, 401, 401, 401])
  })

  test('begin with a link for 15 minutes, an invitation for a day, and never for somebody who left', async () => {
    const member = await aMember()
    const old = await aLink(member)
    await house.ahead(15 * 60 + 1)
    expect(problemIn(await signIn({ link: old }))).toBe('401 sign_in_failed')
    expect((await signIn({ link: member.link })).status).toBe(204)
    const { link: tooOld } = await aMember()
    await house.ahead(24 * 3_600 + 1)
    expect(problemIn(await signIn({ link: tooOld }))).toBe('401 sign_in_failed')
    const inTime = await aLink(member)
    await house.ahead(15 * 60 - 5)
    expect((await signIn({ link: inTime })).status).toBe(204)
    const unused = await aLink(member)
    await change(member, { active: false })
    expect(problemIn(await signIn({ link: unused }))).toBe('401 sign_in_failed')
  })

  test('begin with a password, however the login is written', async () => {
    const { login } = await aMemberWithPassword()
    for (const written of [login, login.toUpperCase(), ` ${login} `]) {
      expect((await signIn({ login: written, password })).status).toBe(204)
    }
  })

  test('tell nobody who has an account', async () => {
    const { login } = await aMemberWithPassword()
    const { login: withoutPassword } = await aMember()
    const gone = await aMemberWithPassword()
    await change(gone, { active: false })
    const answers = await Promise.all([
      signIn({ login, password: `${password}!` }),
      signIn({ login: 'nobody@news.example', password }),
      signIn({ login: withoutPassword, password }),
      signIn({ login: gone.login, password }),
      signIn({ link: 'a'.repeat(43) }),
    ])
    const told = answers.map(({ status, body, headers }) => ({
      status,
      body: { ...body, instance: 'any' },
      headers: { ...headers, date: 'any', 'content-length': 'any' },
    }))
    expect(told[0]).toMatchObject({ status: 401, body: { code: 'sign_in_failed' } })
    for (const one of told) expect(one).toEqual(told[0])
  })

  test.each([
    [{}],
    [{ login: 'a' }],
    [{ password }],
    [{ login: 'a', password, link: 'a' }],
    [{ link: '' }],
    [{ login: 'a\0', password }],
    [{ login: ['a'], password }],
    [{ login: 'a', password, remember: true }],
  ])('are not asked for by %j', async (body) => {
    expect(problemIn(await signIn(body))).toBe('400 invalid_request')
  })

  test('end after twelve hours, however busy', async () => {
    const cookie = await signedIn({ link: (await aMember()).link })
    for (let minutes = 45; minutes < 12 * 60; minutes += 45) {
      await house.ahead(45 * 60)
      expect((await me(cookie)).status).toBe(200)
    }
    await house.ahead(45 * 60 + 1)
    expect(problemIn(await me(cookie))).toBe('401 unauthenticated')
  })

  test('end after an hour without use', async () => {
    const cookie = await signedIn({ link: (await aMember()).link })
    await house.ahead(3_600 - 5)
    expect((await me(cookie)).status).toBe(200)
    await house.ahead(3_600 - 5)
    expect((await me(cookie)).status).toBe(200)
    await house.ahead(3_600)
    expect(problemIn(await me(cookie))).toBe('401 unauthenticated')
  })

  test('end by signing out, and the cookie goes', async () => {
    const cookie = await signedIn({ link: (await aMember()).link })
    const out = await ask(house, 'DELETE', '/v1/session', { headers: { cookie } })
    expect(out.status).toBe(204)
    expect(out.headers['set-cookie']).toMatch(/^__Host-postbag=; .*(Max-Age=0|Expires=Thu, 01 Jan 1970)/)
    expect(problemIn(await me(cookie))).toBe('401 unauthenticated')
    expect(problemIn(await ask(house, 'DELETE', '/v1/session', { headers: { cookie } }))).toBe(
      '401 unauthenticated',
    )
  })

  test('end at once when their person leaves, and do not come back', async () => {
    const { cookie, ...member } = await aMemberWithPassword()
    await change(member, { active: false })
    expect(problemIn(await me(cookie))).toBe('401 unauthenticated')
    await change(member, { active: true })
    expect(problemIn(await me(cookie))).toBe('401 unauthenticated')
    expect((await signIn({ login: member.login, password })).status).toBe(204)
  })

  test('end with a new password, all but the one that set it', async () => {
    const { login, cookie: first } = await aMemberWithPassword()
    const second = await signedIn({ login, password })
    const renewed = { headers: { cookie: second }, body: { password: 'another good password' } }
    expect((await ask(house, 'PUT', '/v1/me/password', renewed)).status).toBe(204)
    expect((await me(first)).status).toBe(401)
    expect((await me(second)).status).toBe(200)
    expect((await signIn({ login, password })).status).toBe(401)
    expect((await signIn({ login, password: 'another good password' })).status).toBe(204)
  })

  test('set a password; a key cannot, and it has 12 to 200 characters', async () => {
    const { cookie } = await aMemberWithPassword()
    const set = (more: { key?: string; headers?: Record<string, string> }, to: string) =>
      ask(house, 'PUT', '/v1/me/password', { ...more, body: { password: to } })
    expect(problemIn(await set({ key: house.admin }, password))).toBe('403 forbidden')
    for (const to of ['eleven char', 'a'.repeat(201)]) {
      expect(problemIn(await set({ headers: { cookie } }, to))).toBe('400 invalid_request')
    }
  })

  test.each([
    ['another origin', { origin: 'https://elsewhere.example' }],
    ['an opaque origin', { origin: 'null' }],
    ['another scheme', { origin: testBaseUrl.replace('http:', 'https:') }],
    ['another port', { origin: 'http://localhost:3001' }],
    ['another site', { 'sec-fetch-site': 'cross-site' }],
    ['a sister site', { 'sec-fetch-site': 'same-site' }],
    ['another site that hides its origin', { origin: testBaseUrl, 'sec-fetch-site': 'cross-site' }],
  ])('change nothing for a page of %s', async (_where, headers) => {
    const { cookie, login } = await aMemberWithPassword()
    const { id } = await aComment(house, site)
    const decision = { headers: { ...headers, cookie, 'if-match': '"1"' }, body: { action: 'approve' } }
    const decisions = `/v1/moderation/comments/${id}/decisions`
    expect(problemIn(await ask(house, 'POST', decisions, decision))).toBe('403 forbidden')
    expect(problemIn(await ask(house, 'DELETE', '/v1/session', { headers: { ...headers, cookie } }))).toBe(
      '403 forbidden',
    )
    expect(problemIn(await signIn({ login, password }, headers))).toBe('403 forbidden')
    expect((await me(cookie)).status).toBe(200)
    const { rows } = await house.owner.query('select status from comment where id = $1', [id])
    expect(rows).toEqual([{ status: 'pending' }])
  })

  test('decide for our own pages', async () => {
    const { cookie } = await aMemberWithPassword()
    for (const headers of [
      {},
      { origin: testBaseUrl, 'sec-fetch-site': 'same-origin' },
      { 'sec-fetch-site': 'none' },
    ]) {
      const { id } = await aComment(house, site)
      const answer = await ask(house, 'POST', `/v1/moderation/comments/${id}/decisions`, {
        headers: { ...headers, cookie, 'if-match': '"1"' },
        body: { action: 'approve' },
      })
      expect(answer.status).toBe(201)
    }
  })

  test('and all that begins them, are kept as hashes', async () => {
    const { login, cookie } = await aMemberWithPassword()
    const unused = (await aMember()).link
    const dumps = await Promise.all(
      ['session', 'sign_in_link', 'person'].map((table) =>
        house.owner.query<{ row: string }>(`select t::text as row from ${table} t`),
      ),
    )
    const rows = dumps.flatMap((dump) => dump.rows.map(({ row }) => row)).join('\n')
    expect(rows).toContain(login)
    expect(rows).toContain('$argon2id$v=19$m=19456,t=2,p=1$')
    for (const secret of [cookie.replace('__Host-postbag=', ''), unused, password]) {
      expect(rows).not.toContain(secret)
      expect(rows).not.toContain(Buffer.from(secret).toString('hex'))
    }
  })
})

test('of a secure service change nothing for a page of its name that is not secure', async () => {
  const house = await openHouse({ baseUrl: 'https://news.example' })
  const link = async () => {
    const person = { pseudonym: `Wren ${Math.random()}`, login: null, roles: [] }
    return (await ask(house, 'POST', '/v1/people', { key: house.admin, body: person })).body.signIn.link
  }
  const from = async (origin: string) =>
    ask(house, 'POST', '/v1/session', {
      body: { link: await link() },
      headers: { host: 'news.example', origin },
    })
  expect((await from('http://news.example')).status).toBe(403)
  expect((await from('https://news.example')).status).toBe(204)
  await house.close()
})
