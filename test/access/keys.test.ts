import { ask, type House, openHouse } from '../support/house.ts'
import { aComment, aPerson, aSite, type TestPerson } from '../support/people.ts'
import { problemIn } from '../support/problem.ts'

const unknownId = '6f9619ff-8b86-4011-b42d-00c04fc964ff'
const everything = ['moderation', 'articles', 'administration']

describe('keys', () => {
  let house: House
  let site: string
  let editor: TestPerson

  beforeAll(async () => {
    house = await openHouse()
    site = await aSite(house)
    editor = await aPerson(house, site, 'editor')
  })
  afterAll(() => house.close())

  const make = (body: Record<string, unknown>, key = house.admin) =>
    ask(house, 'POST', '/v1/keys', { key, body: { name: 'a key', scopes: everything, ...body } })
  const queue = (key: string) => ask(house, 'GET', `/v1/moderation/queue?site=${site}`, { key })
  const putArticle = (key: string) =>
    ask(house, 'PUT', `/v1/sites/${site}/articles/by-key`, { key, body: { title: 'By key' } })
  const me = (headers: Record<string, string>, url = '/v1/me') => ask(house, 'GET', url, { headers })
  const listed = async () => (await ask(house, 'GET', '/v1/keys', { key: house.admin })).body.keys

  test('are told once, and kept as hashes', async () => {
    const { status, headers, body } = await make({ name: ' CMS ', person: editor.id })
    expect(status).toBe(201)
    expect(headers['cache-control']).toBe('no-store')
    expect(body.key).toMatch(/^pbk_[\w-]{43}$/)
    const { key, ...rest } = body
    expect(rest).toEqual({
      id: expect.any(String),
      name: 'CMS',
      person: editor.id,
      scopes: everything,
      expiresAt: null,
      revokedAt: null,
    })
    expect(await listed()).toContainEqual(rest)
    expect(JSON.stringify(await listed())).not.toMatch(/pbk_|hash/)
    const { rows } = await house.owner.query<{ row: string }>('select k::text as row from access_key k')
    const dump = rows.map(({ row }) => row).join()
    expect(dump).toContain('CMS')
    expect(dump).not.toContain(key)
    expect(dump).not.toContain(Buffer.from(key).toString('hex'))
  })

  test('belong to whoever makes them, unless they say otherwise', async () => {
    const { person } = (await me({ authorization: `Bearer ${house.admin}` })).body
    expect((await make({})).body.person).toBe(person.id)
    expect((await make({ person: editor.id })).body.person).toBe(editor.id)
    expect((await make({ person: null, scopes: ['moderation'] })).body.person).toBeNull()
    expect(problemIn(await make({ person: unknownId }))).toBe('404 person_not_found')
  })

  test.each([
    [{ name: '' }, '#/name'],
    [{ scopes: [] }, '#/scopes'],
    [{ scopes: ['root'] }, '#/scopes/0'],
    [{ person: 'me' }, '#/person'],
    [{ expiresAt: 'tomorrow' }, '#/expiresAt'],
    [{ expiresAt: '0000-01-01T00:00:00Z' }, '#/expiresAt'],
    [{ key: 'pbk_of-my-own-choice' }, '#/key'],
  ])('asked for with %j are refused', async (body, pointer) => {
    const answer = await make(body)
    expect(problemIn(answer)).toBe('400 invalid_request')
    expect(answer.body.errors).toEqual([expect.objectContaining({ pointer })])
  })

  test('do no more than their scopes, nor more than their person', async () => {
    const { key: moderation } = (await make({ scopes: ['moderation'] })).body
    const { key: articles } = (await make({ scopes: ['articles'] })).body
    const { key: ofEditor } = (await make({ person: editor.id })).body
    expect(
      [await queue(moderation), await queue(articles), await queue(ofEditor)].map(({ status }) => status),
    ).toEqual([200, 403, 200])
    expect(
      [await putArticle(moderation), await putArticle(ofEditor), await putArticle(articles)].map(
        ({ status }) => status,
      ),
    ).toEqual([403, 403, 201])
    expect(problemIn(await make({}, moderation))).toBe('403 forbidden')
    expect(problemIn(await make({}, ofEditor))).toBe('403 forbidden')
  })

  test('of a service read and register, and never decide', async () => {
    const { key } = (await make({ person: null, scopes: ['moderation', 'articles'] })).body
    const { id } = await aComment(house, site)
    expect((await ask(house, 'GET', '/v1/me', { key })).body).toEqual({
      person: null,
      admin: false,
      roles: [],
      via: 'key',
    })
    expect((await queue(key)).status).toBe(200)
    expect((await putArticle(key)).status).toBe(200)
    const decided = await ask(house, 'POST', `/v1/moderation/comments/${id}/decisions`, {
      key,
      body: { action: 'approve' },
      headers: { 'if-match': '"1"' },
    })
    expect(problemIn(decided)).toBe('403 forbidden')
    expect(problemIn(await make({ person: null, scopes: ['administration'] }))).toBe('403 forbidden')
    for (const [method, url, body] of [
      ['PUT', `/v1/sites/${site}`, { name: 'Mine' }],
      [
        'POST',
        `/v1/sites/${site}/terms`,
        { introduction: 'a', rules: [{ code: 'a', title: 'a', text: 'a', permits: ['reject'] }] },
      ],
      ['POST', '/v1/people', { pseudonym: 'Mine' }],
      ['GET', '/v1/keys', undefined],
    ] as const) {
      expect(problemIn(await ask(house, method, url, { key, body }))).toBe('403 forbidden')
    }
  })

  test('end when they are revoked, at once and for ever', async () => {
    const { id, key } = (await make({ person: editor.id })).body
    expect((await queue(key)).status).toBe(200)
    const revoke = () => ask(house, 'DELETE', `/v1/keys/${id}`, { key: house.admin })
    expect((await revoke()).status).toBe(204)
    expect(problemIn(await queue(key))).toBe('401 unauthenticated')
    const first = (await listed()).find((one: { id: string }) => one.id === id)
    expect(first.revokedAt).toEqual(expect.any(String))
    await house.ahead(60)
    expect((await revoke()).status).toBe(204)
    expect(await listed()).toContainEqual(first)
    expect(problemIn(await ask(house, 'DELETE', `/v1/keys/${unknownId}`, { key: house.admin }))).toBe(
      '404 key_not_found',
    )
  })

  test('end at their time', async () => {
    const { rows } = await house.owner.query<{ at: Date }>(`select moment() + interval '1 hour' as at`)
    const { key } = (await make({ person: editor.id, expiresAt: rows[0]?.at.toISOString() })).body
    expect((await queue(key)).status).toBe(200)
    await house.ahead(3_601)
    expect(problemIn(await queue(key))).toBe('401 unauthenticated')
  })

  test.each(['', 'pbk_', 'pbk_wrong', 'null', `pbk_${'a'.repeat(43)}`])('"%s" is none', async (key) => {
    expect(problemIn(await queue(key))).toBe('401 unauthenticated')
  })

  test('are sent as a bearer, in any case of the word, and in no other way', async () => {
    const { key } = (await make({ person: editor.id })).body
    expect((await me({ authorization: `bearer  ${key} ` })).status).toBe(200)
    expect((await me({ authorization: `Basic ${key}` })).status).toBe(401)
    expect((await me({ 'x-api-key': key })).status).toBe(401)
    expect((await me({ cookie: `__Host-postbag=${key}` })).status).toBe(401)
    expect((await me({}, `/v1/me?key=${key}`)).status).toBe(400)
  })
})
