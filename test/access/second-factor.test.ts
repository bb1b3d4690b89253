import { TOTP } from 'otpauth'
import { ask, type House, openHouse } from '../support/house.ts'
import {
  type App,
  aMember,
  anApp,
  byPassword,
  codesOf,
  cookieIn,
  type Member,
  memberPassword,
  signedIn,
  signIn,
} from '../support/members.ts'
import { problemIn } from '../support/problem.ts'

describe('a second factor', () => {
  let house: House
  beforeAll(async () => {
    house = await openHouse()
  })
  afterAll(() => house.close())

  const get = (cookie: string, url = '/v1/me/second-factor') =>
    ask(house, 'GET', url, { headers: { cookie } })
  const post = (cookie: string, path: string, body?: unknown) =>
    ask(house, 'POST', `/v1/me/second-factor${path}`, { headers: { cookie }, body })
  const has = async ({ cookie }: Member) => (await get(cookie)).body

  /** Somebody with an app, at a time of which no code was used. */
  async function withApp(): Promise<App> {
    const app = await anApp(house, await aMember(house))
    await house.ahead(60)
    return app
  }

  test('is shown once, confirmed by a first code, and asked for from then on', async () => {
    const member = await aMember(house)
    expect(await has(member)).toEqual({ enrolled: false, required: false, recoveryCodes: 0 })
    const begun = await post(member.cookie, '')
    expect(begun.status).toBe(201)
    expect(begun.headers['cache-control']).toBe('no-store')
    expect(begun.body.secret).toMatch(/^[A-Z2-7]{32}$/)
    expect(begun.body.uri).toBe(
      `otpauth://totp/Postbag:${encodeURIComponent(`${member.pseudonym} (localhost:3000)`)}?issuer=Postbag&secret=${begun.body.secret}&algorithm=SHA1&digits=6&period=30`,
    )
    expect(await has(member)).toMatchObject({ enrolled: false })
    expect((await signIn(house, byPassword(member))).status).toBe(204)

    const code = codesOf(house, begun.body.uri)
    const confirmed = await post(member.cookie, '/confirmation', { code: await code() })
    expect(confirmed.status).toBe(200)
    expect(confirmed.headers['cache-control']).toBe('no-store')
    expect(new Set(confirmed.body.recoveryCodes).size).toBe(10)
    const cookie = cookieIn(confirmed)
    expect(await has({ ...member, cookie })).toEqual({ enrolled: true, required: false, recoveryCodes: 10 })
    expect(problemIn(await signIn(house, byPassword(member)))).toBe('401 second_factor_needed')
    await house.ahead(30)
    expect((await signIn(house, byPassword(member, await code()))).status).toBe(204)
  })

  test('gives the session another secret, and ends the others', async () => {
    const member = await aMember(house)
    const other = await signedIn(house, byPassword(member))
    const { member: after } = await anApp(house, member)
    const statuses = [member.cookie, other, after.cookie].map(async (cookie) => (await get(cookie)).status)
    expect(await Promise.all(statuses)).toEqual([401, 401, 200])
  })

  test('tells nobody whether a password is right that is not', async () => {
    const { member, code } = await withApp()
    const without = await aMember(house)
    const answers = await Promise.all([
      signIn(house, { login: member.login, password: 'a wrong password' }),
      signIn(house, { login: member.login, password: 'a wrong password', code: await code() }),
      signIn(house, { login: without.login, password: 'a wrong password', code: '123456' }),
      signIn(house, { login: 'nobody@news.example', password: memberPassword, code: '123456' }),
      signIn(house, { link: 'a'.repeat(43), code: '123456' }),
    ])
    const told = answers.map(({ status, body, headers }) => ({
      status,
      body: { ...body, instance: 'any' },
      headers: { ...headers, date: 'any', 'content-length': 'any' },
    }))
    expect(told[0]).toMatchObject({ status: 401, body: { code: 'sign_in_failed' } })
    for (const one of told) expect(one).toEqual(told[0])
    expect((await signIn(house, byPassword(member, await code()))).status).toBe(204)
  })

  test('is asked for with a link as well, which stays good until then', async () => {
    const { member, code } = await withApp()
    const made = await ask(house, 'POST', `/v1/people/${member.id}/sign-in-link`, { key: house.admin })
    const { link } = made.body
    expect(problemIn(await signIn(house, { link }))).toBe('401 second_factor_needed')
    expect(problemIn(await signIn(house, { link, code: '000000' }))).toBe('401 second_factor_needed')
    expect((await signIn(house, { link, code: await code() })).status).toBe(204)
    expect(problemIn(await signIn(house, { link, code: await code(1) }))).toBe('401 sign_in_failed')
  })

  test('takes the code of a minute ago never, and each code once', async () => {
    const { member, code } = await withApp()
    const [earlier, now, next] = [await code(-1), await code(), await code(1)]
    const once = (sent: string) => signIn(house, byPassword(member, sent))
    expect(problemIn(await once(await code(-3)))).toBe('401 second_factor_needed')
    expect((await once(now)).status).toBe(204)
    expect(problemIn(await once(now))).toBe('401 second_factor_needed')
    expect(problemIn(await once(earlier))).toBe('401 second_factor_needed')
    expect((await once(next.replace(/^.../, '$& '))).status).toBe(204)
  })

  test('takes a code once of four who send it at the same moment', async () => {
    const { member, code } = await withApp()
    const sent = byPassword(member, await code())
    const answers = await Promise.all(Array.from({ length: 4 }, () => signIn(house, sent)))
    expect(answers.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([204, 401, 401, 401])
  })

  test('takes each recovery code once, also of several at the same moment', async () => {
    const { member, recoveryCodes } = await withApp()
    const [first = '', second = ''] = recoveryCodes
    const answers = await Promise.all(
      Array.from({ length: 4 }, () => signIn(house, byPassword(member, first))),
    )
    expect(answers.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([204, 401, 401, 401])
    expect((await signIn(house, byPassword(member, second.toUpperCase().replaceAll('-', '')))).status).toBe(
      204,
    )
    expect(await has(member)).toMatchObject({ recoveryCodes: 8 })
  })

  test('of one person opens nothing of another', async () => {
    const [ada, bea] = [await withApp(), await withApp()]
    for (const code of [await bea.code(), bea.recoveryCodes[0] ?? '']) {
      expect(problemIn(await signIn(house, byPassword(ada.member, code)))).toBe('401 second_factor_needed')
    }
  })

  test('grants five tries, however many come at once; then a minute goes by, then two', async () => {
    const { member, code } = await withApp()
    const wrong = () => signIn(house, byPassword(member, 'aaaa-aaaa-aaaa-aaaa'))
    const answers = await Promise.all(Array.from({ length: 12 }, wrong))
    const statuses = answers.map(({ status }) => status)
    expect(statuses.filter((status) => status === 401)).toHaveLength(5)
    expect(statuses.filter((status) => status === 429)).toHaveLength(7)
    const refused = await signIn(house, byPassword(member, await code()))
    expect(problemIn(refused)).toBe('429 too_many_requests')
    expect(Number(refused.headers['retry-after'])).toBeGreaterThan(50)
    await house.ahead(61)
    expect((await wrong()).status).toBe(401)
    await house.ahead(61)
    expect((await wrong()).status).toBe(429)
    await house.ahead(61)
    expect((await signIn(house, byPassword(member, await code()))).status).toBe(204)
    await house.ahead(60)
    expect((await wrong()).status).toBe(401)
    expect((await signIn(house, byPassword(member, await code()))).status).toBe(204)
  })

  test('waits a day at most', async () => {
    const { member, code } = await withApp()
    await house.owner.query('update second_factor set failures = 2000000 where person_id = $1', [member.id])
    expect((await signIn(house, byPassword(member, '000000'))).status).toBe(401)
    const { headers } = await signIn(house, byPassword(member, await code()))
    expect(Number(headers['retry-after'])).toBeGreaterThan(86_000)
    expect(Number(headers['retry-after'])).toBeLessThanOrEqual(86_400)
  })

  test('is confirmed by its own code, within as many tries, once', async () => {
    const member = await aMember(house)
    expect(problemIn(await post(member.cookie, '/confirmation', { code: '123456' }))).toBe(
      '409 second_factor_unenrolled',
    )
    const first = codesOf(house, (await post(member.cookie, '')).body.uri)
    const second = codesOf(house, (await post(member.cookie, '')).body.uri)
    expect(problemIn(await post(member.cookie, '/confirmation', { code: await first() }))).toBe(
      '422 code_wrong',
    )
    const code = await second()
    const answers = await Promise.all(
      Array.from({ length: 3 }, () => post(member.cookie, '/confirmation', { code })),
    )
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1)
    expect(problemIn(await signIn(house, byPassword(member, code)))).toBe('401 second_factor_needed')
    const cookie = cookieIn(answers.find(({ status }) => status === 200) ?? { headers: {} })
    expect(problemIn(await post(cookie, ''))).toBe('409 second_factor_enrolled')
  })

  test('is begun within 15 minutes of signing in, and never by a key', async () => {
    const member = await aMember(house)
    await house.ahead(15 * 60 + 1)
    expect(problemIn(await post(member.cookie, ''))).toBe('403 sign_in_again')
    const byKey = await ask(house, 'POST', '/v1/me/second-factor', { key: house.admin })
    expect(problemIn(byKey)).toBe('403 forbidden')
  })

  test('gets new recovery codes for a code; the old ones are gone', async () => {
    const { member, code, recoveryCodes } = await withApp()
    expect(problemIn(await post(member.cookie, '/recovery-codes', { code: '000000' }))).toBe('422 code_wrong')
    const renewed = await post(member.cookie, '/recovery-codes', { code: await code() })
    expect(renewed.body.recoveryCodes).toHaveLength(10)
    const [old = ''] = recoveryCodes
    expect((await signIn(house, byPassword(member, old))).status).toBe(401)
    expect((await signIn(house, byPassword(member, renewed.body.recoveryCodes[9]))).status).toBe(204)
  })

  test('is removed for a code, not without', async () => {
    const { member, code } = await withApp()
    const removal = (sent: string) => post(member.cookie, '/removal', { code: sent })
    expect(problemIn(await removal('000000'))).toBe('422 code_wrong')
    expect(problemIn(await removal('no'))).toBe('400 invalid_request')
    const removed = await removal(await code())
    expect(removed.status).toBe(204)
    expect((await get(member.cookie)).status).toBe(401)
    expect((await get(cookieIn(removed))).body).toMatchObject({ enrolled: false, recoveryCodes: 0 })
    expect((await signIn(house, byPassword(member))).status).toBe(204)
    expect(problemIn(await post(cookieIn(removed), '/removal', { code: await code(1) }))).toBe(
      '409 second_factor_unenrolled',
    )
  })

  test('is removed by an admin for whoever lost it; others do not even see who has one', async () => {
    const { member } = await withApp()
    const url = `/v1/people/${member.id}/second-factor`
    const bystander = await aMember(house)
    const asBystander = { headers: { cookie: bystander.cookie } }
    expect(problemIn(await ask(house, 'DELETE', url, asBystander))).toBe('403 forbidden')
    const listed = await ask(house, 'GET', '/v1/people', { key: house.admin })
    const seen = listed.body.people.find(({ id }: Member) => id === member.id)
    expect(seen).toMatchObject({ secondFactor: true })
    expect((await ask(house, 'DELETE', url, { key: house.admin })).status).toBe(204)
    expect((await get(member.cookie)).status).toBe(401)
    expect((await signIn(house, byPassword(member))).status).toBe(204)
    expect(problemIn(await ask(house, 'DELETE', url, { key: house.admin }))).toBe(
      '409 second_factor_unenrolled',
    )
  })

  test('is kept encrypted, and its recovery codes as hashes', async () => {
    const { secret, recoveryCodes } = await withApp()
    const dumps = await Promise.all(
      ['second_factor', 'recovery_code'].map((table) =>
        house.owner.query<{ row: string }>(`select t::text as row from ${table} t`),
      ),
    )
    const rows = dumps.flatMap((dump) => dump.rows.map(({ row }) => row)).join('\n')
    expect(rows.length).toBeGreaterThan(500)
    const totp = new TOTP({ secret })
    for (const plain of [secret, totp.secret.hex.toLowerCase(), recoveryCodes[0] ?? '']) {
      expect(rows).not.toContain(plain)
      expect(rows).not.toContain(Buffer.from(plain).toString('hex'))
    }
  })
})
