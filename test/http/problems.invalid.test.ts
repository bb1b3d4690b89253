import { ask, type House, openHouse } from '../support/house.ts'
import { aPerson, aSite } from '../support/people.ts'
import { problemIn, sendRaw } from '../support/problem.ts'

describe('a request that is not valid is refused, and each fault is named', () => {
  let house: House
  let site: string
  let comments: string
  let moderator: string

  beforeAll(async () => {
    house = await openHouse()
    site = await aSite(house, { origins: ['https://news.example'] })
    comments = `/v1/sites/${site}/articles/news/comments`
    moderator = (await aPerson(house, site)).key
  })
  afterAll(() => house.close())

  const sendJson = (payload: string | Buffer) =>
    sendRaw(house, {
      method: 'POST',
      url: comments,
      payload,
      headers: { 'content-type': 'application/json' },
    })
  test.each([
    ['nothing', ''],
    ['white space', ' \n'],
    ['an open brace', '{'],
    ['a missing value', '{"text":}'],
    ['a missing end', '{"text":"a"'],
    ['something behind it', '{"text":"a"} {"text":"b"}'],
    ['single quotes', "{'text':'a'}"],
    ['a comma too many', '{"text":"a",}'],
    ['a comment', '{"text":"a"/* */}'],
    ['a raw control character in a string', '{"text":"a\u0001"}'],
    ['a wrong escape', '{"text":"\\x41"}'],
    ['NaN', '{"text":NaN}'],
    ['a form', 'text=a&name=b'],
    ['a prototype', '{"text":"a","__proto__":{"admin":true}}'],
    ["a constructor's prototype", '{"text":"a","constructor":{"prototype":{"admin":true}}}'],
    ['UTF-16', Buffer.from('{"text":"a"}', 'utf16le')],
    ['a byte that is not UTF-8', Buffer.from('{"text":"caf\xe9"}', 'latin1')],
    ['an overlong sequence', Buffer.from('7b2274657874223a22c0af227d', 'hex')],
    ['a surrogate in UTF-8', Buffer.from('7b2274657874223a22eda080227d', 'hex')],
  ])('a body that is %s', async (_name, payload) => {
    expect(problemIn(await sendJson(payload))).toBe('400 malformed_body')
  })

  test.each([
    ['null', '#'],
    ['[]', '#'],
    ['"a text"', '#'],
    ['7', '#'],
    ['{}', '#/text'],
    ['{"text":null}', '#/text'],
    ['{"text":7}', '#/text'],
    ['{"text":["a"]}', '#/text'],
    ['{"text":{"toString":"a"}}', '#/text'],
    ['{"text":"a","name":{"not":""}}', '#/name'],
    ['{"text":"a","parent":"7"}', '#/parent'],
    ['{"text":"a","parent":["6f9619ff-8b86-4011-b42d-00c04fc964ff"]}', '#/parent'],
    ['{"text":"a","html":"<b>a</b>"}', '#/html'],
    ['{"text":"a","a/b~c":1}', '#/a~1b~0c'],
  ])('the body %s, at %s', async (payload, pointer) => {
    const answer = await sendJson(payload)
    expect(problemIn(answer)).toBe('400 invalid_request')
    expect(answer.body['errors']).toEqual([{ pointer, code: expect.any(String), detail: expect.any(String) }])
  })

  test('every fault is named, within arrays and objects too', async () => {
    const answer = await ask(house, 'PUT', `/v1/sites/${site}`, {
      key: house.admin,
      body: {
        name: '',
        limits: { textGraphemes: 0, unheardOf: 1 },
        origins: ['https://a.example', 'x'],
        also: 1,
        more: 2,
      },
    })
    expect(problemIn(answer)).toBe('400 invalid_request')
    const pointers = answer.body.errors.map((fault: { pointer: string }) => fault.pointer)
    expect(pointers.toSorted()).toEqual([
      '#/also',
      '#/limits/textGraphemes',
      '#/limits/unheardOf',
      '#/more',
      '#/name',
      '#/origins/1',
    ])
  })

  test.each([
    ['limit=0', 'limit'],
    ['limit=101', 'limit'],
    ['limit=', 'limit'],
    ['limit=a', 'limit'],
    ['limit=1.5', 'limit'],
    ['limit=0x1', 'limit'],
    ['limit=1e0', 'limit'],
    ['limit=%201', 'limit'],
    ['limit=1&limit=2', 'limit'],
    ['order=random', 'order'],
    ['order=newest&order=oldest', 'order'],
    ['parent=7', 'parent'],
    ['unheardOf=1', 'unheardOf'],
    ['__proto__=1', '__proto__'],
  ])('the query ?%s names the parameter %s', async (query, parameter) => {
    const answer = await ask(house, 'GET', `${comments}?${query}`)
    expect(problemIn(answer)).toBe('400 invalid_request')
    expect(answer.body.errors).toEqual([{ parameter, code: expect.any(String), detail: expect.any(String) }])
  })

  test('an unknown query parameter is refused on every route of the API', async () => {
    const { paths } = (await ask(house, 'GET', '/openapi.json')).body
    const routes = Object.entries<Record<string, unknown>>(paths).flatMap(([path, methods]) =>
      Object.keys(methods).map((method) => ({ method, path })),
    )
    expect(routes.length).toBeGreaterThan(25)
    for (const { method, path } of routes.filter((route) => route.path.startsWith('/v1/'))) {
      const url = path
        .replace('{site}', site)
        .replace('{article}', 'news')
        .replace('{version}', '1')
        .replace('{id}', '00000000-0000-4000-8000-000000000000')
      const answer = await sendRaw(house, {
        method: method === 'get' ? 'GET' : method === 'put' ? 'PUT' : method === 'delete' ? 'DELETE' : 'POST',
        url: `${url}?unheardOf=1`,
        headers: { authorization: `Bearer ${house.admin}` },
      })
      expect({ method, path, code: answer.body['code'] }).toEqual({ method, path, code: 'invalid_request' })
    }
  })

  test.each(['abc', '0x1', '1e0', '-1', '2147483648', '99999999999999999999', '%00', '1.0'])(
    'the version %s in a path is none',
    async (version) => {
      const answer = await ask(house, 'GET', `/v1/sites/${site}/terms/${version}`)
      expect(problemIn(answer)).toBe('400 invalid_request')
      expect(answer.body.errors).toEqual([expect.objectContaining({ parameter: 'version' })])
    },
  )

  test.each(['abc', '1', "1' or '1'='1", '%00', 'G0000000-0000-4000-8000-000000000000'])(
    'the id %s in a path is none',
    async (id) => {
      const answer = await ask(house, 'GET', `/v1/moderation/comments/${id}`, { key: moderator })
      expect(problemIn(answer)).toBe('400 invalid_request')
      expect(answer.body.errors).toEqual([expect.objectContaining({ parameter: 'id' })])
    },
  )

  test('a header that is not valid is named', async () => {
    const answer = await ask(house, 'POST', comments, {
      headers: { 'idempotency-key': 'short' },
      body: { text: 'a' },
    })
    expect(problemIn(answer)).toBe('400 invalid_request')
    expect(answer.body.errors).toEqual([expect.objectContaining({ header: 'idempotency-key' })])
  })
})
