import * as fc from 'fast-check'
import type { InjectOptions } from 'fastify'
import { type Api, type Asked, type Operation, readApi, requestFor, withPart } from '../support/api.ts'
import { ask, type House, openHouse } from '../support/house.ts'
import { aComment, aPerson, aSite, decision, type TestPerson } from '../support/people.ts'
import { problemIn, sendRaw } from '../support/problem.ts'
import { hostileBodies, hostileHeaders, hostileValues, hostileWords } from './hostile.ts'

/** Pages have no description; what they take is told here. */
const pages: Operation[] = [
  page('GET', '/{site}/articles/{article}', ['cursor', 'reply', 'lang']),
  page('GET', '/{site}/articles/{article}/comments/{id}', ['lang']),
  page('GET', '/{site}/articles/{article}/fragment', ['lang']),
  page('GET', '/{site}/terms', ['lang']),
  page('GET', '/{site}/my-comment', ['lang']),
  page('GET', '/desk', []),
  page('GET', '/desk/forms', ['cursor', 'done', 'action', 'version']),
  page('GET', '/assets/browser/{file}', []),
  page('GET', '/problems/{code}', []),
  page('GET', '/docs/static/{file}', []),
]

function page(method: 'GET', path: string, query: string[]): Operation {
  const inPath = [...path.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => ({
    name,
    in: 'path' as const,
    schema: {},
  }))
  const queried = query.map((name) => ({ name, in: 'query' as const, schema: {} }))
  return {
    operationId: path,
    method,
    path,
    tags: [],
    security: [],
    parameters: [...inPath, ...queried],
    body: undefined,
    mediaType: 'application/json',
  }
}

/** What a query has to say where `a` says nothing. */
const plainQuery = new Map([
  ['article', 'news'],
  ['from', '2020-01-01'],
  ['to', '2020-02-01'],
])

describe('whatever is sent, the service never fails', () => {
  let house: House
  let api: Api
  let site: string
  let admin: TestPerson
  let spare: TestPerson

  beforeAll(async () => {
    house = await openHouse()
    api = await readApi(house)
    site = await aSite(house, { publishDelay: 30 })
    admin = await aPerson(house, site, 'admin')
    await ask(house, 'PUT', '/v1/sites/sample', { key: house.admin, body: { name: 'For samples' } })
    spare = await aPerson(house, site)
  })
  afterAll(() => house.close())

  /** What is needed for a request to reach as deep as it can, made new where it is used up. */
  async function ready(operation: Operation): Promise<Asked> {
    const { operationId, path, tags, security, parameters, body, mediaType } = operation
    const asked: Asked = {
      path: {
        site,
        article: 'news',
        version: '1',
        language: 'en',
        code: 'internal',
        id: '6f9619ff-8b86-4011-b42d-00c04fc964ff',
        hold: '6f9619ff-8b86-4011-b42d-00c04fc964ff',
        delivery: '6f9619ff-8b86-4011-b42d-00c04fc964ff',
        key: `${site}.0123456789abcdef`,
      },
      query: parameters
        .filter((one) => one.in === 'query' && one.required)
        .map(({ name }) => `${name}=${plainQuery.get(name) ?? 'a'}`),
      headers: { authorization: `Bearer ${house.admin}` },
      payload: undefined,
    }
    // What is paused takes no comment any more, and what is slow not all that are sent here.
    if (/\/(?:pause|slow-mode)\b/.test(path)) asked.path['site'] = 'sample'
    if (path.startsWith('/v1/people/')) asked.path['id'] = spare.id
    if (path.startsWith('/v1/moderation/comments/')) {
      asked.path['id'] = (await aComment(house, site)).id
      asked.headers['if-match'] = '"1"'
    }
    if (tags.includes('receipt')) asked.headers['authorization'] = `Bearer ${await aReturnedReceipt()}`
    if (security.length === 1 && security[0]?.['session']) asked.headers = { cookie: await aSession() }
    const login = { login: 'nobody', password: 'a password of some length' }
    if (body) asked.payload = written(mediaType, operationId === 'signIn' ? login : api.sample(body))
    if (mediaType === 'text/csv') asked.payload = 'phrase\r\ncasino*\r\n'
    return asked
  }

  async function aReturnedReceipt(): Promise<string> {
    const { id, receipt } = await aComment(house, site)
    const asked = { action: 'return', rules: ['topic'], reason: 'Please say how it connects.' }
    await decision(house, house.admin, id, asked, 1)
    return receipt
  }

  async function aSession(): Promise<string> {
    const { body } = await ask(house, 'POST', `/v1/people/${admin.id}/sign-in-link`, { key: house.admin })
    const { headers } = await ask(house, 'POST', '/v1/session', { body: { link: body.link } })
    return String(headers['set-cookie']).split(';', 1)[0] ?? ''
  }

  /** What is wrong with the answer; nothing, for a success or a problem told in full. */
  async function faultIn(request: InjectOptions, about: string): Promise<string[]> {
    const answer = await sendRaw(house, request)
    const { status } = answer
    const isPage = String(answer.headers['content-type']).startsWith('text/html')
    const isFine = status < 400 || (status < 500 && (isPage || /^4\d\d \w+$/.test(problemIn(answer))))
    return isFine ? [] : [`${request.method} ${about.slice(0, 200)}: ${problemIn(answer)}`]
  }

  test('a plain request reaches every operation', async () => {
    const refused: string[] = []
    for (const operation of api.operations) {
      const { status, text } = await sendRaw(house, requestFor(operation, await ready(operation)))
      if ([400, 405, 406, 413, 415].includes(status) || status >= 500) {
        refused.push(`${operation.operationId}: ${text}`)
      }
    }
    expect(refused).toEqual([])
    expect(api.operations.length).toBeGreaterThan(30)
  })

  test('hostile words in every path and query, and in every header that an operation names', async () => {
    const faults: string[] = []
    for (const operation of [...api.operations, ...pages]) {
      const asked = await ready(operation)
      for (const { name, in: where } of operation.parameters) {
        for (const word of hostileWords) {
          const sent =
            where === 'path'
              ? [{ ...asked, path: { ...asked.path, [name]: word } }]
              : where === 'header'
                ? [{ ...asked, headers: { ...asked.headers, [name]: word } }]
                : [
                    { ...asked, query: [`${name}=${word}`] },
                    { ...asked, query: [...asked.query, `${name}=${word}`, `${name}=a`] },
                  ]
          for (const one of sent) {
            faults.push(...(await faultIn(requestFor(operation, one), `${operation.path} ${name}=${word}`)))
          }
        }
      }
    }
    expect(faults).toEqual([])
  }, 180_000)

  test('hostile values at every member of every body', async () => {
    const faults: string[] = []
    for (const operation of api.operations) {
      const { body } = operation
      if (!body) continue
      for (const { pointer } of api.members(body)) {
        for (const value of hostileValues) {
          const asked = await ready(operation)
          const payload = written(
            operation.mediaType,
            withPart(api, body, read(operation.mediaType, asked.payload), pointer, value),
          )
          const about = `${operation.path} #${pointer} = ${JSON.stringify(value)}`
          faults.push(...(await faultIn(requestFor(operation, { ...asked, payload }), about)))
        }
      }
    }
    expect(faults).toEqual([])
  }, 180_000)

  test('bodies that are deep, wide, doubled, or no JSON', async () => {
    const faults: string[] = []
    for (const operation of api.operations) {
      for (const payload of hostileBodies) {
        const asked = await ready(operation)
        faults.push(
          ...(await faultIn(requestFor(operation, { ...asked, payload }), `${operation.path} ${payload}`)),
        )
      }
    }
    expect(faults).toEqual([])
  }, 180_000)

  test('hostile headers on every operation, with and without a key', async () => {
    const faults: string[] = []
    for (const operation of [...api.operations, ...pages]) {
      const asked = await ready(operation)
      for (const more of hostileHeaders) {
        for (const headers of [{ ...asked.headers, ...more }, more]) {
          const about = `${operation.path} ${JSON.stringify(more)}`
          faults.push(...(await faultIn(requestFor(operation, { ...asked, headers }), about)))
        }
      }
    }
    expect(faults).toEqual([])
  }, 180_000)

  test('anything at all, at several places at once', async () => {
    const anyWord = fc.oneof(fc.constantFrom(...hostileWords), fc.webSegment(), fc.webQueryParameters())
    const anyValue = fc.oneof(
      fc.constantFrom(...hostileValues),
      fc.jsonValue(),
      fc.string({ unit: 'binary' }),
    )
    const mutation = fc.record({
      operation: fc.constantFrom(...api.operations),
      places: fc.array(fc.tuple(fc.nat(), anyWord, anyValue), { minLength: 1, maxLength: 4 }),
      signed: fc.boolean(),
    })
    await fc.assert(
      fc.asyncProperty(mutation, async ({ operation, places, signed }) => {
        const asked = await ready(operation)
        if (!signed) asked.headers = {}
        const members = operation.body ? api.members(operation.body) : []
        for (const [place, word, value] of places) {
          const parameter = operation.parameters[place % (operation.parameters.length || 1)]
          const member = members[place % (members.length || 1)]
          if (parameter?.in === 'path') asked.path[parameter.name] = word
          if (parameter?.in === 'query') asked.query.push(`${parameter.name}=${word}`)
          if (parameter?.in === 'header') asked.headers[parameter.name] = word
          if (!member || !operation.body) continue
          const sent = read(operation.mediaType, asked.payload)
          asked.payload = written(
            operation.mediaType,
            withPart(api, operation.body, sent, member.pointer, value),
          )
        }
        expect(await faultIn(requestFor(operation, asked), JSON.stringify(asked))).toEqual([])
      }),
      { numRuns: 1_000 },
    )
  })
})

function written(mediaType: string, value: unknown): string {
  return mediaType === 'text/csv' && typeof value === 'string' ? value : JSON.stringify(value)
}

function read(mediaType: string, payload = '{}'): unknown {
  return mediaType === 'text/csv' ? payload : JSON.parse(payload)
}
