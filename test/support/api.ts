import type { InjectOptions } from 'fastify'
import { ask, type House } from './house.ts'

/** A schema of the OpenAPI document, as far as a sample of it needs. */
export interface Schema {
  $ref?: string
  type?: string | string[]
  anyOf?: Schema[]
  const?: unknown
  enum?: unknown[]
  examples?: unknown[]
  format?: string
  pattern?: string
  minLength?: number
  minimum?: number
  properties?: Record<string, Schema>
  required?: string[]
  items?: Schema
}

export interface Operation {
  operationId: string
  method: 'GET' | 'POST' | 'PUT' | 'DELETE'
  path: string
  tags: string[]
  security: Record<string, unknown>[]
  parameters: { name: string; in: 'path' | 'query' | 'header'; required?: boolean; schema: Schema }[]
  body: Schema | undefined
  /** in which the body is sent */
  mediaType: string
}

/** What the service says of itself in /openapi.json. */
export interface Api {
  operations: Operation[]
  /** a value that the schema allows, with no more members than it must have */
  sample(schema: Schema): unknown
  /** JSON Pointers to every member that a value of the schema can have, each with its own schema */
  members(schema: Schema, at?: string): { pointer: string; schema: Schema }[]
}

export async function readApi(house: House): Promise<Api> {
  const { body: document } = await ask(house, 'GET', '/openapi.json')
  const schemas: Record<string, Schema> = document.components.schemas
  const resolve = (schema: Schema): Schema => {
    if (schema.$ref === undefined) return schema
    const named = schemas[schema.$ref.replace('#/components/schemas/', '')]
    if (!named) throw new Error(`The document lacks ${schema.$ref}.`)
    return resolve(named)
  }
  const sample = (named: Schema): unknown => {
    const schema = resolve(named)
    if (schema.examples) return schema.examples[0]
    if (schema.const !== undefined) return schema.const
    if (schema.enum) return schema.enum[0]
    if (schema.anyOf?.[0]) return sample(schema.anyOf[0])
    switch (String([schema.type].flat()[0])) {
      case 'object':
        return Object.fromEntries(
          (schema.required ?? []).map((name) => [name, sample(schema.properties?.[name] ?? {})]),
        )
      case 'array':
        return schema.items ? [sample(schema.items)] : []
      case 'integer':
      case 'number':
        return Math.max(1, schema.minimum ?? 1)
      case 'boolean':
        return true
      default:
        return sampleText(schema)
    }
  }
  const members = (named: Schema, at = ''): { pointer: string; schema: Schema }[] => {
    const schema = resolve(named)
    const inner = schema.anyOf?.[0] ? resolve(schema.anyOf[0]) : schema
    const within = Object.entries(inner.properties ?? {}).flatMap(([name, one]) =>
      members(one, `${at}/${name}`),
    )
    return [{ pointer: at, schema }, ...within, ...(inner.items ? members(inner.items, `${at}/0`) : [])]
  }
  return { operations: operationsOf(document.paths), sample, members }
}

function operationsOf(paths: Record<string, Record<string, DescribedOperation>>): Operation[] {
  return Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, described]) => ({
      operationId: described.operationId,
      method: methodNamed(method),
      path,
      tags: described.tags,
      security: described.security,
      parameters: described.parameters ?? [],
      ...bodyOf(described),
    })),
  )
}

function bodyOf({ requestBody }: DescribedOperation): Pick<Operation, 'body' | 'mediaType'> {
  const [mediaType = 'application/json', content] = Object.entries(requestBody?.content ?? {})[0] ?? []
  return { mediaType, body: content?.schema }
}

interface DescribedOperation
  extends Omit<Operation, 'path' | 'method' | 'body' | 'mediaType' | 'parameters'> {
  parameters?: Operation['parameters']
  requestBody?: { content: Record<string, { schema: Schema }> }
}

function methodNamed(name: string): Operation['method'] {
  const method = (['GET', 'POST', 'PUT', 'DELETE'] as const).find((one) => one === name.toUpperCase())
  if (!method) throw new Error(`These tests know no ${name}.`)
  return method
}

function sampleText({ format, pattern, minLength = 0 }: Schema): string {
  if (format === 'uuid') return '6f9619ff-8b86-4011-b42d-00c04fc964ff'
  if (format === 'date-time') return '2027-01-01T00:00:00.000Z'
  if (format === 'uri') return 'https://news.example/a'
  const fits = [
    'sample',
    'en',
    'DE',
    'a sample',
    'https://news.example',
    'a-sample-of-22-characters-or-more',
  ].find((text) => text.length >= minLength && (pattern === undefined || new RegExp(pattern, 'u').test(text)))
  if (fits === undefined) throw new Error(`No sample fits ${pattern}.`)
  return fits
}

/** A request to be sent: parameters are encoded as they are put in, so hostile ones are given encoded. */
export interface Asked {
  path: Record<string, string>
  query: string[]
  headers: Record<string, string>
  payload: string | undefined
}

/** A request that asks for an operation and names only what it must. */
export function requestFor(
  { method, path, mediaType }: Pick<Operation, 'method' | 'path' | 'mediaType'>,
  { path: parameters, query, headers, payload }: Asked,
): InjectOptions {
  return {
    method,
    url: addressOf(path, parameters, query),
    headers: { ...(payload !== undefined && { 'content-type': mediaType }), ...headers },
    ...(payload !== undefined && { payload }),
  }
}

export function addressOf(path: string, parameters: Record<string, string>, query: string[]): string {
  const address = path.replaceAll(/\{(\w+)\}/g, (_whole, name: string) => parameters[name] ?? '')
  return query.length > 0 ? `${address}?${query.join('&')}` : address
}

/** A value of the schema with `part` at the JSON Pointer, and around it what has to be there. */
export function withPart(api: Api, schema: Schema, value: unknown, pointer: string, part: unknown): unknown {
  let whole = value
  for (const around of api.members(schema)) {
    const isMissing =
      pointer.startsWith(`${around.pointer}/`) && memberAt(whole, around.pointer) === undefined
    if (isMissing) whole = withMember(whole, around.pointer, api.sample(around.schema))
  }
  return withMember(whole, pointer, part)
}

function memberAt(value: unknown, pointer: string): unknown {
  return pointer
    .split('/')
    .slice(1)
    .reduce<unknown>(
      (inner, name) => (typeof inner === 'object' && inner !== null ? Reflect.get(inner, name) : undefined),
      value,
    )
}

function withMember(value: unknown, pointer: string, part: unknown): unknown {
  const [, name, ...rest] = pointer.split('/')
  if (name === undefined) return part
  const inner = rest.length > 0 ? `/${rest.join('/')}` : ''
  if (name === '0') {
    const [first, ...others] = Array.isArray(value) ? value : []
    return [withMember(first, inner, part), ...others]
  }
  const members: Record<string, unknown> = typeof value === 'object' && value !== null ? { ...value } : {}
  members[name] = withMember(members[name], inner, part)
  return members
}
