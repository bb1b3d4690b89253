/**
 * Writes the types of the API from openapi.json, for the desk. openapi-typescript prints by the API of TypeScript 5: it is
 * given that one.
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { register } from 'node:module'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'

const typescript5 = pathToFileURL(join(import.meta.dirname, 'typescript-5.mjs')).href
const resolver = `export function resolve(name, context, next) {
  return name === 'typescript' ? { url: ${JSON.stringify(typescript5)}, shortCircuit: true } : next(name, context)
}`
register(`data:text/javascript,${encodeURIComponent(resolver)}`)
const { default: openapiTypes, astToString } = await import('openapi-typescript')

const root = join(import.meta.dirname, '../..')
const generated = join(root, 'src/desk/generated')
const document = JSON.parse(readFileSync(join(root, 'openapi.json'), 'utf8'))
mkdirSync(generated, { recursive: true })
writeFileSync(
  join(generated, 'api.ts'),
  astToString(await openapiTypes(document, { alphabetize: true, defaultNonNullable: false })),
)
