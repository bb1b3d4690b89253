import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import Fastify from 'fastify'
import { serializerCompiler, validatorCompiler } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { describeApi } from '../src/http/openapi.ts'
import { openapiFile, servedDescription, version } from './support/openapi.ts'
import { sourcesIn } from './support/source.ts'

interface Content {
  description?: string
  content?: Record<string, { schema?: unknown }>
}
interface Parameter {
  name: string
  in: string
  required?: boolean
  schema?: unknown
}
interface Operation {
  operationId?: string
  summary?: string
  tags?: string[]
  security?: Record<string, string[]>[]
  parameters?: Parameter[]
  requestBody?: Content
  responses?: Record<string, Content>
}
interface Description {
  webhooks: Record<string, { post: Operation }>
  openapi: string
  info: { version: string }
  tags: { name: string; description: string }[]
  paths: Record<string, Record<string, Operation>>
  components: { schemas: Record<string, unknown>; securitySchemes: Record<string, unknown> }
}

const committed = readFileSync(openapiFile, 'utf8')
const document: Description = JSON.parse(committed)
const operations = Object.entries(document.paths).flatMap(([path, methods]) =>
  Object.entries(methods).map(([method, operation]) => ({
    at: `${method} ${path}`,
    path,
    method,
    operation,
  })),
)
const schemas = Object.entries(document.components.schemas)
const parts = everyPart(document)

/** What files are, by how their addresses end. */
const files: Record<string, string> = {
  '.csv': 'text/csv',
  '.ndjson': 'application/x-ndjson',
  '.atom': 'application/atom+xml',
  '.json': 'application/feed+json',
  '.xml': 'application/xml',
}

describe('openapi.json', () => {
  test('has a name of its own for each schema', () => {
    const texts = sourcesIn(join(openapiFile, '../src')).map(({ text }) => text)
    const names = texts.flatMap((text) =>
      Array.from(text.matchAll(/\bid: '([A-Z]\w+)'/g), ([, name = '']) => name),
    )
    expect(names.length).toBeGreaterThan(100)
    expect(names.filter((name, at) => names.indexOf(name) !== at)).toEqual([])
  })

  test('is what the service serves (else: npm run openapi)', async () => {
    expect(await servedDescription()).toBe(committed)
  })

  test('is of this version, and OpenAPI 3.1', () => {
    expect(document.info.version).toBe(version)
    expect(document.openapi).toMatch(/^3\.1\.\d+$/)
    expect(Object.keys(document).toSorted()).toEqual([
      'components',
      'info',
      'openapi',
      'paths',
      'servers',
      'tags',
      'webhooks',
    ])
  })

  test('refers only to what it holds, and holds only what it refers to', () => {
    const used = new Set(parts.flatMap((part) => (typeof part['$ref'] === 'string' ? [part['$ref']] : [])))
    expect([...used].toSorted()).toEqual(schemas.map(([name]) => `#/components/schemas/${name}`).toSorted())
  })

  test('gives a schema one name', () => {
    expect(schemas.map(([name]) => name).filter((name) => !/^[A-Z][A-Za-z]+$/.test(name))).toEqual([])
    expect(schemas.map(([name]) => name).filter((name) => name.endsWith('Input'))).toEqual([])
  })

  test('has nothing that 3.1 no longer knows', () => {
    expect(
      parts.filter((part) => 'nullable' in part || typeof part['exclusiveMinimum'] === 'boolean'),
    ).toEqual([])
    expect(parts.filter((part) => 'schema' in part && part['schema'] === undefined)).toEqual([])
  })

  test('demands no member that it does not describe', () => {
    const closed = parts.filter((part) => Array.isArray(part['required']) && isRecord(part['properties']))
    expect(closed.length).toBeGreaterThan(20)
    const unknown = closed.flatMap(({ required, properties }) =>
      Array.isArray(required) && isRecord(properties) ? required.filter((name) => !(name in properties)) : [],
    )
    expect(unknown).toEqual([])
  })
})

describe('every message to a webhook', () => {
  const told = Object.entries(document.webhooks)

  test('has a name of its own, a line that says what it tells, and a body that names its type', () => {
    const names = told.map(([, { post }]) => post.operationId)
    expect(new Set([...names, ...operations.map(({ operation }) => operation.operationId)]).size).toBe(
      names.length + operations.length,
    )
    for (const [type, { post }] of told) {
      expect(post.summary).toMatch(/^[A-Z][^.\n]+$/)
      const name = `${post.operationId?.replace(/^told/, '')}Message`
      expect(post.requestBody?.content).toEqual({
        'application/json': { schema: { $ref: `#/components/schemas/${name}` } },
      })
      expect(document.components.schemas[name]).toMatchObject({
        properties: { type: { const: type }, timestamp: {}, data: {} },
        required: ['type', 'timestamp', 'data'],
      })
    }
    expect(told.length).toBeGreaterThan(15)
  })
})

describe('every operation', () => {
  test('has a name of its own', () => {
    const names = operations.map(({ operation }) => operation.operationId)
    expect(names).toEqual([...new Set(names)])
    expect(names.filter((name) => !/^[a-z][A-Za-z]+$/.test(name ?? ''))).toEqual([])
    expect(names.length).toBeGreaterThan(20)
  })

  test('says in a line what it does, and which part of the service it belongs to', () => {
    const known = new Set(document.tags.map(({ name }) => name))
    const unsaid = operations.filter(
      ({ operation: { summary = '', tags = [] } }) =>
        !/^[A-Z][^.\n]+$/.test(summary) || tags.length !== 1 || tags.some((tag) => !known.has(tag)),
    )
    expect(unsaid.map(({ at }) => at)).toEqual([])
    expect(
      document.tags.filter(({ name }) => !operations.some(({ operation }) => operation.tags?.includes(name))),
    ).toEqual([])
  })

  test('says who may ask', () => {
    const known = Object.keys(document.components.securitySchemes)
    const unsaid = operations.filter(
      ({ operation: { security } }) =>
        security === undefined ||
        security.some((way) => Object.keys(way).some((name) => !known.includes(name))),
    )
    expect(unsaid.map(({ at }) => at)).toEqual([])
  })

  test('describes the parameters of its path, and no others there', () => {
    for (const { path, operation } of operations) {
      const inPath = (operation.parameters ?? []).filter((parameter) => parameter.in === 'path')
      const names = [...path.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name)
      expect({ path, names: inPath.map(({ name }) => name).toSorted() }).toEqual({
        path,
        names: names.toSorted(),
      })
      expect(inPath.every(({ required }) => required === true)).toBe(true)
    }
  })

  test('names each parameter once, with a schema', () => {
    for (const {
      at,
      operation: { parameters = [] },
    } of operations) {
      const names = parameters.map((parameter) => `${parameter.in} ${parameter.name.toLowerCase()}`)
      expect({ at, names }).toEqual({ at, names: [...new Set(names)] })
      expect(parameters.every(({ schema }) => isRecord(schema))).toBe(true)
    }
  })

  test('says what it answers when it goes well: a schema, or nothing at all', () => {
    for (const {
      at,
      operation: { responses = {} },
    } of operations) {
      const good = Object.entries(responses).filter(([status]) => /^2\d\d$/.test(status))
      expect({ at, good: good.length }).not.toEqual({ at, good: 0 })
      for (const [status, { content }] of good) {
        const types = Object.keys(content ?? {})
        expect({ at, status, types }).toEqual({
          at,
          status,
          types:
            status === '204'
              ? []
              : [(at.startsWith('get') && files[/\.\w+$/.exec(at)?.[0] ?? '']) || 'application/json'],
        })
        const described = types.every((type) => isSchema(content?.[type]?.schema))
        expect({ at, status, described }).toEqual({ at, status, described: true })
      }
    }
  })

  test('says what it answers when it does not: problems, described', () => {
    const problem = { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } }
    for (const {
      at,
      operation: { responses = {} },
    } of operations) {
      const bad = Object.entries(responses).filter(([status]) => !/^2\d\d$/.test(status))
      expect(Object.keys(responses)).toEqual(expect.arrayContaining(['400', '429', '500', '503']))
      for (const [status, { content, description = '' }] of bad) {
        expect({ at, status, content }).toEqual({ at, status, content: problem })
        expect(status).toMatch(/^[45]\d\d$/)
        expect(description).toMatch(/^`\w+`: ./)
      }
    }
  })

  test('takes its body as JSON with a schema, and none to read or delete', () => {
    const bodies = operations.flatMap(({ at, method, operation: { requestBody } }) =>
      requestBody ? [{ at, method, content: requestBody.content ?? {} }] : [],
    )
    expect(bodies.length).toBeGreaterThan(8)
    for (const { at, method, content } of bodies) {
      const [type = '', ...others] = Object.keys(content)
      expect({ at, type, others }).toEqual({
        at,
        type: at.includes('.csv') ? 'text/csv' : 'application/json',
        others: [],
      })
      expect(isSchema(content[type]?.schema)).toBe(true)
      expect(['post', 'put']).toContain(method)
    }
  })

  test('that a moderator or reader must be known for tells that it may answer 401', () => {
    const untold = operations.filter(
      ({ operation: { security = [], responses = {} } }) => security.length > 0 && !('401' in responses),
    )
    expect(untold.map(({ at }) => at)).toEqual([])
  })
})

test('a schema that differs by direction keeps both names, and so does what holds it', async () => {
  const Part = z.strictObject({ given: z.string().default('') }).meta({ id: 'Part' })
  const Whole = z.strictObject({ part: Part }).meta({ id: 'Whole' })
  const Same = z.strictObject({ word: z.string() }).meta({ id: 'Same' })
  const app = Fastify().setValidatorCompiler(validatorCompiler).setSerializerCompiler(serializerCompiler)
  await describeApi(app, '1.0.0')
  const body = z.strictObject({ whole: Whole, same: Same })
  app.post('/', { schema: { body, response: { 200: body } } }, async () => ({}))
  await app.ready()
  const described: Description = (await app.inject('/openapi.json')).json()
  await app.close()
  expect(Object.keys(described.components.schemas)).toEqual([
    'Part',
    'PartInput',
    'Same',
    'Whole',
    'WholeInput',
  ])
  expect(described.components.schemas['WholeInput']).toMatchObject({
    properties: { part: { $ref: '#/components/schemas/PartInput' } },
  })
})

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** Says something about a value, rather than that anything goes. */
function isSchema(value: unknown): boolean {
  return isRecord(value) && ['$ref', 'type', 'anyOf', 'oneOf', 'allOf'].some((word) => word in value)
}

/** Every object within the document, itself included. */
function everyPart(value: unknown): Record<string, unknown>[] {
  if (Array.isArray(value)) return value.flatMap(everyPart)
  return isRecord(value) ? [value, ...Object.values(value).flatMap(everyPart)] : []
}
