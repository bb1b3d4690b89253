import { ask, type House, openHouse } from '../support/house.ts'
import { aMember, byPassword, cookieIn, type Member, signedIn, signIn } from '../support/members.ts'
import { problemIn } from '../support/problem.ts'

const unknownId = '6f9619ff-8b86-4011-b42d-00c04fc964ff'

describe('sessions', () => {
  let house: House
  beforeAll(async () => {
    house = await openHouse()
  })
  afterAll(() => house.close())

  const as = (cookie: string, method: 'GET' | 'DELETE', url: string) =>
    ask(house, method, url, { headers: { cookie } })
  const list = async (cookie: string) => (await as(cookie, 'GET', '/v1/sessions')).body.sessions
  const idOf = async (cookie: string): Promise<string> =>
    (await list(cookie)).find(({ current }: { current: boolean }) => current).id
  const isOpen = async (cookie: string) => (await as(cookie, 'GET', '/v1/me')).status === 200
  const byAdmin = (method: 'GET' | 'DELETE', { id }: Pick<Member, 'id'>) =>
    ask(house, method, `/v1/people/${id}/sessions`, { key: house.admin })

  test('are listed to their person: when they began and were used last, and nothing that tells from where', async () => {
    const member = await aMember(house)
    await house.ahead(3_000)
    const cookie = await signedIn(house, byPassword(member))
    await house.ahead(400)
    const answer = await ask(house, 'GET', '/v1/sessions', {
      headers: { cookie, 'user-agent': 'A very special browser', 'x-forwarded-for': '203.0.113.7' },
    })
    expect(answer.headers['cache-control']).toBe('no-store')
    const minute = expect.stringMatching(/:\d\d:00\.000Z$/)
    const shape = { id: expect.any(String), createdAt: minute, lastSeenAt: minute }
    expect(answer.body.sessions).toEqual([
      { ...shape, current: true },
      { ...shape, current: false },
    ])
    for (const { createdAt, lastSeenAt } of answer.body.sessions) {
      expect(lastSeenAt === createdAt || lastSeenAt.endsWith(':00:00.000Z')).toBe(true)
      expect(lastSeenAt >= createdAt).toBe(true)
    }
    const { rows } = await house.owner.query<{ row: string }>(
      `select string_agg(s::text, ' ') as row from session s`,
    )
    expect(rows[0]?.row).not.toMatch(/special|203\.0\.113|127\.0\.0\.1/)
    for (const { id } of answer.body.sessions) {
      expect((await as(`__Host-postbag=${id}`, 'GET', '/v1/me')).status).toBe(401)
    }
  })

  test('that have ended are not listed', async () => {
    const member = await aMember(house)
    await house.ahead(3_601)
    const cookie = await signedIn(house, byPassword(member))
    expect(await list(cookie)).toHaveLength(1)
  })

  test('are noted as used every few minutes, not with every request', async () => {
    const { id, cookie } = await aMember(house)
    const seen = async () =>
      (
        await house.owner.query<{ at: string }>(
          'select last_seen_at::text as at from session where person_id = $1',
          [id],
        )
      ).rows[0]?.at
    const first = await seen()
    await house.ahead(200)
    await list(cookie)
    expect(await seen()).toBe(first)
    await house.ahead(200)
    await list(cookie)
    expect(await seen()).not.toBe(first)
  })

  test('of a browser end when it signs in anew', async () => {
    const member = await aMember(house)
    const again = await signIn(house, byPassword(member), { cookie: member.cookie })
    expect(cookieIn(again)).not.toBe(member.cookie)
    expect(await isOpen(member.cookie)).toBe(false)
    expect(await isOpen(cookieIn(again))).toBe(true)
  })

  test('set a password within 15 minutes of signing in', async () => {
    const member = await aMember(house)
    await house.ahead(15 * 60 + 1)
    const late = await ask(house, 'PUT', '/v1/me/password', {
      headers: { cookie: member.cookie },
      body: { password: 'another good password' },
    })
    expect(problemIn(late)).toBe('403 sign_in_again')
    expect((await signIn(house, byPassword(member))).status).toBe(204)
  })

  test('are ended one by one by their person, and by nobody else', async () => {
    const member = await aMember(house)
    const other = await signedIn(house, byPassword(member))
    const stranger = await aMember(house)
    const id = await idOf(other)
    expect(problemIn(await as(stranger.cookie, 'DELETE', `/v1/sessions/${id}`))).toBe('404 session_not_found')
    expect(problemIn(await as(member.cookie, 'DELETE', `/v1/sessions/${unknownId}`))).toBe(
      '404 session_not_found',
    )
    expect(await isOpen(other)).toBe(true)
    expect((await as(member.cookie, 'DELETE', `/v1/sessions/${id}`)).status).toBe(204)
    expect(await isOpen(other)).toBe(false)
    expect((await as(member.cookie, 'DELETE', `/v1/sessions/${await idOf(member.cookie)}`)).status).toBe(204)
    expect(await isOpen(member.cookie)).toBe(false)
  })

  test('are ended all but one', async () => {
    const member = await aMember(house)
    const others = [await signedIn(house, byPassword(member)), await signedIn(house, byPassword(member))]
    const stranger = await aMember(house)
    expect((await as(member.cookie, 'DELETE', '/v1/sessions')).status).toBe(204)
    expect(await Promise.all([member.cookie, ...others, stranger.cookie].map(isOpen))).toEqual([
      true,
      false,
      false,
      true,
    ])
  })

  test('are ended only by whoever signed in within the last 15 minutes, and never by a key', async () => {
    const member = await aMember(house)
    await house.ahead(15 * 60 + 1)
    const id = await idOf(member.cookie)
    for (const url of ['/v1/sessions', `/v1/sessions/${id}`]) {
      expect(problemIn(await as(member.cookie, 'DELETE', url))).toBe('403 sign_in_again')
      expect(problemIn(await ask(house, 'DELETE', url, { key: house.admin }))).toBe('403 forbidden')
    }
    expect(problemIn(await ask(house, 'GET', '/v1/sessions', { key: house.admin }))).toBe('403 forbidden')
  })

  test('of others are seen and ended by admins alone, with every link that was not used', async () => {
    const member = await aMember(house)
    const { link } = (await ask(house, 'POST', `/v1/people/${member.id}/sign-in-link`, { key: house.admin }))
      .body
    const url = `/v1/people/${member.id}/sessions`
    for (const method of ['GET', 'DELETE'] as const) {
      expect(problemIn(await as(member.cookie, method, url))).toBe('403 forbidden')
      expect(problemIn(await byAdmin(method, { id: unknownId }))).toBe('404 person_not_found')
    }
    expect((await byAdmin('GET', member)).body.sessions).toMatchObject([{ current: false }])
    expect((await byAdmin('DELETE', member)).status).toBe(204)
    expect((await byAdmin('GET', member)).body.sessions).toEqual([])
    expect(await isOpen(member.cookie)).toBe(false)
    expect((await ask(house, 'POST', '/v1/session', { body: { link } })).status).toBe(401)
  })

  test('end when their person becomes an admin, is none any more, or gets another login', async () => {
    const member = await aMember(house)
    const change = (more: Record<string, unknown>) =>
      ask(house, 'PUT', `/v1/people/${member.id}`, {
        key: house.admin,
        body: { pseudonym: member.pseudonym, login: member.login, ...more },
      })
    const { cookie } = member
    expect((await change({})).status).toBe(200)
    expect(await isOpen(cookie)).toBe(true)
    for (const more of [{ admin: true }, {}, { login: `new-${member.login}` }]) {
      const before = await signedIn(house, byPassword(member))
      expect((await change(more)).status).toBe(200)
      expect(await isOpen(before)).toBe(false)
    }
  })
})
