import { type Operation, readApi, requestFor } from '../support/api.ts'
import { ask, type House, openHouse } from '../support/house.ts'
import { aMember, anApp, byPassword, cookieIn, signedIn } from '../support/members.ts'
import { aComment, aSite } from '../support/people.ts'
import { problemIn, sendRaw } from '../support/problem.ts'

describe('where a second factor is required', () => {
  let house: House
  let site: string
  beforeAll(async () => {
    house = await openHouse({ secondFactor: 'required' })
    site = await aSite(house)
  })
  afterAll(() => house.close())

  const asEditor = () => ({ roles: [{ site, role: 'editor' }] })

  test('whoever has none can enrol, see who they are and sign out, and nothing else', async () => {
    const { cookie } = await aMember(house, { admin: true })
    const api = await readApi(house)
    const bySession = api.operations.filter(({ security }) => security.some((way) => 'session' in way))
    const sampled = (parameters: Operation['parameters']) =>
      Object.fromEntries(
        parameters
          .filter((one) => one.in === 'path')
          .map(({ name, schema }) => [name, String(api.sample(schema))]),
      )
    const open: string[] = []
    for (const operation of bySession.filter(({ operationId }) => operationId !== 'signOut')) {
      const { id } = await aComment(house, site)
      const answer = await sendRaw(
        house,
        requestFor(operation, {
          path: { ...sampled(operation.parameters), site, article: 'news', version: '1', id },
          query: operation.parameters
            .filter((one) => one.in === 'query' && one.required)
            .map(
              ({ name, schema }) =>
                `${name}=${schema.format === 'date' ? (name === 'from' ? '2026-11-01' : '2026-11-02') : 'news'}`,
            ),
          headers: { cookie, 'if-match': '"1"' },
          payload: operation.body && JSON.stringify(api.sample(operation.body)),
        }),
      )
      const told = problemIn(answer)
      if (told !== '403 second_factor_missing') open.push(operation.operationId)
    }
    expect(bySession.length).toBeGreaterThan(40)
    expect(open.toSorted()).toEqual([
      'confirmSecondFactor',
      'enrolSecondFactor',
      'getMe',
      'getMySecondFactor',
    ])
    expect((await ask(house, 'DELETE', '/v1/session', { headers: { cookie } })).status).toBe(204)
    expect((await ask(house, 'GET', '/v1/me', { headers: { cookie } })).status).toBe(401)
  })

  test('enrolling opens the rest', async () => {
    const member = await aMember(house, asEditor())
    const queue = (cookie: string) =>
      ask(house, 'GET', `/v1/moderation/queue?site=${site}`, { headers: { cookie } })
    expect(problemIn(await queue(member.cookie))).toBe('403 second_factor_missing')
    const told = await ask(house, 'GET', '/v1/me/second-factor', { headers: { cookie: member.cookie } })
    expect(told.body).toEqual({ enrolled: false, required: true, recoveryCodes: 0 })
    const { member: after } = await anApp(house, member)
    expect((await queue(after.cookie)).status).toBe(200)
  })

  test('removing it closes the rest again', async () => {
    const { member, recoveryCodes } = await anApp(house, await aMember(house, asEditor()))
    const removed = await ask(house, 'POST', '/v1/me/second-factor/removal', {
      headers: { cookie: member.cookie },
      body: { code: recoveryCodes[0] },
    })
    expect(removed.status).toBe(204)
    const cookie = await signedIn(house, byPassword(member))
    const sessions = (with_: string) => ask(house, 'GET', '/v1/sessions', { headers: { cookie: with_ } })
    expect(problemIn(await sessions(cookieIn(removed)))).toBe('403 second_factor_missing')
    expect(problemIn(await sessions(cookie))).toBe('403 second_factor_missing')
  })

  test('keys are not asked', async () => {
    expect((await ask(house, 'GET', '/v1/people', { key: house.admin })).status).toBe(200)
  })

  test('the desk leads to where it is set up', async () => {
    const { cookie } = await aMember(house, asEditor())
    const desk = await ask(house, 'GET', '/desk', { headers: { cookie } })
    expect({ status: desk.status, to: desk.headers['location'] }).toEqual({
      status: 303,
      to: '/desk/second-factor',
    })
    const page = await ask(house, 'GET', '/desk/second-factor', { headers: { cookie } })
    expect(page.text).toContain('Here everybody signs in with a code')
    expect(page.text).not.toContain('href="/desk"')
  })
})
