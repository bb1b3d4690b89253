import { randomBytes } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { makeDemo } from '../src/demo.ts'
import { keyring } from '../src/http/keyring.ts'
import { screener } from '../src/screening/screener.ts'
import { ask, type House, openHouse, testBaseUrl, testSecret } from './support/house.ts'

const readme = readFileSync(join(import.meta.dirname, '../README.md'), 'utf8')
const curlLines = [...readme.matchAll(/```sh\n(curl [^\n]+)\n```/g)].map(([, line = '']) => line)

/** Each curl line of the README, in order, against a service with the demo, as its reader would paste it. */
describe('the curl lines of the README', () => {
  let house: House
  const variables: Record<string, string> = {}

  beforeAll(async () => {
    house = await openHouse()
    const { db } = house
    await makeDemo({ db, keys: keyring(testSecret), screen: screener(db) }, testBaseUrl)
    Object.assign(variables, { BASE: testBaseUrl, KEY: house.admin })
  })
  afterAll(() => house.close())

  test('are ten', () => {
    expect(curlLines).toHaveLength(10)
  })

  test.each(curlLines.map((line, at) => [at + 1, line] as const))('%i: %s', async (_at, line) => {
    const { method, url, headers, body } = parse(words(line, variables))
    const answer = await ask(house, method, url.replace(testBaseUrl, ''), {
      headers,
      ...(body !== undefined && { body: JSON.parse(body) }),
    })
    expect({ status: answer.status, body: answer.body }).toMatchObject({ status: successOf(method, url) })
    if (answer.status === 202) Object.assign(variables, { ID: answer.body.id, RECEIPT: answer.body.receipt })
  })
})

test('the line that `npm start` prints is the one that the README shows', () => {
  const source = readFileSync(join(import.meta.dirname, '../src/demo.ts'), 'utf8')
  const printed = /curl -s \$\{comments\} ([^\n]+)/.exec(source)?.[1]
  expect(readme).toContain(`curl -s http://localhost:3000/v1/sites/demo/articles/welcome/comments ${printed}`)
})

/** A line's words as a shell makes them: quotes, $VARIABLES, and a command's output (always random here). */
function words(line: string, variables: Record<string, string>): string[] {
  const expand = (text: string) =>
    text
      .replace(/\$\([^)]*\)/g, () => randomBytes(16).toString('hex'))
      .replace(/\$(\w+)/g, (_whole, name: string) => variables[name] ?? '')
  const parts = line.match(/(?:'[^']*'|"(?:\$\([^)]*\)|[^"])*"|[^\s'"])+/g) ?? []
  return parts.map((part) =>
    part.replace(/'([^']*)'|"((?:\$\([^)]*\)|[^"])*)"|([^'"]+)/g, (_whole, single, double, bare) =>
      single === undefined ? expand(double ?? bare) : single,
    ),
  )
}

function successOf(method: string, url: string): number {
  if (method === 'GET') return 200
  if (method === 'DELETE') return 204
  return url.endsWith('/comments') ? 202 : 201
}

const methods = ['GET', 'POST', 'PUT', 'DELETE'] as const

function parse([, ...given]: string[]) {
  const headers: Record<string, string> = {}
  let method: (typeof methods)[number] | undefined
  let url = ''
  let body: string | undefined
  for (let at = 0; at < given.length; at += 1) {
    const word = given[at] ?? ''
    const next = () => given[++at] ?? ''
    if (word === '-s') continue
    if (word === '-X') {
      const wanted = next()
      method = methods.find((one) => one === wanted)
    } else if (word === '-H') {
      const [name = '', value = ''] = next().split(/: (.*)/s)
      headers[name.toLowerCase()] = value
    } else if (word === '-d') body = next()
    else url = word
  }
  return { method: method ?? (body === undefined ? ('GET' as const) : ('POST' as const)), url, headers, body }
}
