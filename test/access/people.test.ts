import { ask, type House, openHouse } from '../support/house.ts'
import { aPerson, aSite, type TestPerson } from '../support/people.ts'
import { problemIn } from '../support/problem.ts'

const unknownId = '6f9619ff-8b86-4011-b42d-00c04fc964ff'

describe('people', () => {
  let house: House
  let site: string

  beforeAll(async () => {
    house = await openHouse()
    site = await aSite(house)
  })
  afterAll(() => house.close())

  const asAdmin = (body?: unknown) => ({ key: house.admin, body })
  const invite = (body: unknown) => ask(house, 'POST', '/v1/people', asAdmin(body))
  const change = (id: string, body: unknown) => ask(house, 'PUT', `/v1/people/${id}`, asAdmin(body))
  const me = (key: string) => ask(house, 'GET', '/v1/me', { key })

  test('are invited with a way in', async () => {
    const roles = [{ site, role: 'editor', languages: ['en', 'my'] }]
    const { status, headers, body } = await invite({
      pseudonym: ' Wren ',
      login: ' Wren@News.Example ',
      roles,
    })
    expect(status).toBe(201)
    expect(headers['cache-control']).toBe('no-store')
    expect(body).toEqual({
      id: expect.any(String),
      pseudonym: 'Wren',
      login: 'wren@news.example',
      admin: false,
      active: true,
      secondFactor: false,
      roles,
      signIn: {
        url: expect.stringMatching(/^http:\/\/localhost:3000\/desk#[\w-]{43}$/),
        link: expect.stringMatching(/^[\w-]{43}$/),
        until: expect.any(String),
      },
    })
    const listed = await ask(house, 'GET', '/v1/people', asAdmin())
    expect(listed.body.people).toContainEqual({
      id: body.id,
      pseudonym: 'Wren',
      login: 'wren@news.example',
      admin: false,
      active: true,
      secondFactor: false,
      roles,
    })
    expect(listed.text).not.toMatch(/hash|password|link/i)
  })

  test.each([
    ['no pseudonym', {}, '#/pseudonym'],
    ['an empty one', { pseudonym: ' ' }, '#/pseudonym'],
    ['one of 61 letters', { pseudonym: 'a'.repeat(61) }, '#/pseudonym'],
    ['one with NUL', { pseudonym: 'a\0' }, '#/pseudonym'],
    ['an unknown role', { pseudonym: 'a', roles: [{ site: 'a', role: 'owner' }] }, '#/roles/0/role'],
    [
      'a site twice',
      {
        pseudonym: 'a',
        roles: [
          { site: 'a', role: 'editor' },
          { site: 'a', role: 'moderator' },
        ],
      },
      '#/roles',
    ],
    ['a password', { pseudonym: 'a', password: 'a password of some length' }, '#/password'],
  ])('with %s are refused', async (_what, body, pointer) => {
    const answer = await invite(body)
    expect(problemIn(answer)).toBe('400 invalid_request')
    expect(answer.body.errors).toEqual([expect.objectContaining({ pointer })])
  })

  test('have a pseudonym and a login of their own, and roles on sites that are there', async () => {
    await invite({ pseudonym: 'Only one', login: 'only@one.example' })
    expect(problemIn(await invite({ pseudonym: 'Only one' }))).toBe('409 already_taken')
    expect(problemIn(await invite({ pseudonym: 'Another', login: 'ONLY@one.example' }))).toBe(
      '409 already_taken',
    )
    const roles = [{ site: 'no-site', role: 'editor' }]
    expect(problemIn(await invite({ pseudonym: 'Nowhere', roles }))).toBe('404 site_not_found')
    const { body } = await ask(house, 'GET', '/v1/people', asAdmin())
    expect(JSON.stringify(body)).not.toMatch(/Another|Nowhere/)
  })

  test('are changed as a whole: what is left out gets its default', async () => {
    const roles = [{ site, role: 'moderator', languages: [] }]
    const { body } = await invite({
      pseudonym: 'Changing',
      login: 'changing@one.example',
      admin: true,
      roles,
    })
    expect((await change(body.id, { pseudonym: 'Changed' })).body).toEqual({
      id: body.id,
      pseudonym: 'Changed',
      login: null,
      admin: false,
      active: true,
      secondFactor: false,
      roles: [],
    })
    expect(problemIn(await change(unknownId, { pseudonym: 'Nobody' }))).toBe('404 person_not_found')
    expect(
      problemIn(
        await change(body.id, { pseudonym: 'Changed', roles: [{ site: 'no-site', role: 'editor' }] }),
      ),
    ).toBe('404 site_not_found')
  })

  test('lose what they may do at once, and keep their name in the log', async () => {
    const person = await aPerson(house, site, 'moderator')
    const queue = () => ask(house, 'GET', `/v1/moderation/queue?site=${site}`, { key: person.key })
    expect((await queue()).status).toBe(200)
    await change(person.id, { pseudonym: person.pseudonym, roles: [] })
    expect(problemIn(await queue())).toBe('403 forbidden')
    await change(person.id, { pseudonym: person.pseudonym, active: false })
    expect(problemIn(await queue())).toBe('401 unauthenticated')
    expect((await ask(house, 'DELETE', `/v1/people/${person.id}`, asAdmin())).status).toBe(405)
  })

  test('are known to each other only as admins', async () => {
    const editor = await aPerson(house, site, 'editor')
    for (const [method, url] of [
      ['GET', '/v1/people'],
      ['POST', '/v1/people'],
      ['PUT', `/v1/people/${editor.id}`],
      ['POST', `/v1/people/${editor.id}/sign-in-link`],
    ] as const) {
      const body =
        method === 'GET' || url.endsWith('link') ? undefined : { pseudonym: 'Mallory', admin: true }
      expect(problemIn(await ask(house, method, url, { key: editor.key, body }))).toBe('403 forbidden')
      expect(problemIn(await ask(house, method, url, { body }))).toBe('401 unauthenticated')
    }
    expect((await me(editor.key)).body).toMatchObject({ admin: false, via: 'key' })
  })
})

describe('the last admin', () => {
  let house: House
  let site: string
  let second: TestPerson
  let firstId: string

  beforeAll(async () => {
    house = await openHouse()
    site = await aSite(house)
    second = await aPerson(house, site, 'admin')
    firstId = (await ask(house, 'GET', '/v1/me', { key: house.admin })).body.person.id
  })
  afterAll(() => house.close())

  const put = (id: string, key: string, body: Record<string, unknown>) =>
    ask(house, 'PUT', `/v1/people/${id}`, { key, body: { pseudonym: `Admin ${id}`, ...body } })

  test('stays one, and stays active', async () => {
    expect((await put(second.id, house.admin, { admin: true, active: false })).status).toBe(200)
    for (const body of [{ admin: false }, { admin: true, active: false }, {}]) {
      expect(problemIn(await put(firstId, house.admin, body))).toBe('409 last_admin')
    }
    expect((await put(second.id, house.admin, { admin: true })).status).toBe(200)
    expect((await put(firstId, second.key, { admin: false })).status).toBe(200)
    expect(problemIn(await put(second.id, second.key, { admin: false }))).toBe('409 last_admin')
    expect((await put(firstId, second.key, { admin: true })).status).toBe(200)
  })

  test('is left even when two admins dismiss each other at the same moment', async () => {
    for (let round = 0; round < 8; round += 1) {
      const answers = await Promise.all([
        put(firstId, second.key, { admin: false }),
        put(second.id, house.admin, { admin: false }),
      ])
      const { rows } = await house.owner.query<{ id: string }>('select id from person where admin and active')
      expect(rows).toHaveLength(1)
      expect(answers.map(({ status }) => status)).toContain(200)
      await house.owner.query('update person set admin = true')
    }
  })
})
