import { type ChildProcess, spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs'
import { request } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Client } from 'pg'
import { freshDatabase, type TestDatabase } from './support/database.ts'
import { until } from './support/embedded.ts'
import { freePort } from './support/ports.ts'

const readers = 200
const adminKey = `pbk_${randomBytes(32).toString('base64url')}`

/** What nobody but its reader should find again, each in a form that survives folding and escaping. */
interface Canary {
  address: string
  agent: string
  referrer: string
  key: string
  name: string
  text: string
}
interface Reader extends Canary {
  id: string
  receipt: string
}

/** A service of its own with everything that it says and keeps; PostgreSQL writes down every statement. */
describe('of two hundred readers', () => {
  const folder = mkdtempSync(join(tmpdir(), 'postbag-canaries-'))
  const kept: Reader[] = []
  const erased: Reader[] = []
  const others: Reader[] = []
  let database: TestDatabase
  let service: ChildProcess
  let port = 0
  let said = ''
  let heard = ''
  const control = randomBytes(12).toString('hex')

  beforeAll(async () => {
    database = await freshDatabase()
    await logEverything(database)
    port = await freePort()
    service = start()
    await until(() => said.includes('Postbag is running'), 100_000)
    await asAdmin('PUT', '/v1/sites/gazette', { name: 'Gazette', publishDelay: 0, times: 'hour' })
    await asAdmin('PUT', '/v1/sites/gazette/articles/news', {})
    const before = statSync(logOfServer()).size
    const loud = new Client({ connectionString: database.url })
    await loud.connect()
    for (let at = 0; at < readers; at += 20) {
      await Promise.all(Array.from({ length: 20 }, (_, more) => readerComes(at + more)))
    }
    await loud.query('select $1::text', [control])
    await loud.end()
    heard = readFileSync(logOfServer()).subarray(before).toString()
  }, 240_000)
  afterAll(async () => {
    service.kill('SIGTERM')
    await until(() => service.exitCode !== null || service.signalCode !== null, 30_000)
    await database.drop()
    rmSync(folder, { recursive: true, force: true })
  }, 60_000)

  function start(): ChildProcess {
    const args = ['--import', import.meta.resolve('tsx'), join(import.meta.dirname, '../src/server.ts')]
    const child = spawn(process.execPath, args, {
      cwd: folder,
      env: {
        PATH: process.env['PATH'],
        TSX_TSCONFIG_PATH: join(import.meta.dirname, '../tsconfig.json'),
        PORT: String(port),
        DATABASE_URL: database.url,
        POSTBAG_SECRET: 'a secret that only this test has, long enough',
        POSTBAG_ADMIN_KEY: adminKey,
        POSTBAG_ERASURE_LEDGER: join(folder, 'erasures.jsonl'),
        TRUST_PROXY: '127.0.0.0/8',
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    for (const stream of [child.stdout, child.stderr]) stream?.on('data', (part) => (said += String(part)))
    return child
  }

  async function readerComes(at: number): Promise<void> {
    const canary = aCanary(at)
    const { text, name, key } = canary
    const path = '/v1/sites/gazette/articles/news/comments'
    const body = { text: `I have seen ${text} there.`, name }
    const sent = await ask(canary, 'POST', path, body, { 'idempotency-key': key })
    expect(sent.status).toBe(202)
    const { id, receipt } = JSON.parse(sent.text)
    const reader = { ...canary, id: String(id), receipt: String(receipt) }
    await ask(canary, 'GET', '/v1/receipt', undefined, { authorization: `Bearer ${receipt}` })
    if (at % 4 === 0)
      await asAdmin('POST', `/v1/moderation/comments/${id}/decisions`, { action: 'approve' }, '"1"')
    if (at % 10 === 0) await goWrong(canary, reader)
    if (at % 5 !== 0) return void kept.push(reader)
    const erasure = await ask(canary, 'POST', '/v1/receipt/erasure', undefined, {
      authorization: `Bearer ${receipt}`,
    })
    expect(erasure.status).toBe(204)
    erased.push(reader)
  }

  /** What fails, in the ways in which words come to stand where they should not; some of it is one more comment. */
  async function goWrong(canary: Canary, { id, receipt }: Reader): Promise<void> {
    const { key } = canary
    const other = aCanary(-1)
    const { text, name } = other
    others.push({ ...other, id, receipt })
    const path = '/v1/sites/gazette/articles/news/comments'
    const same = { 'idempotency-key': key }
    const explanation = `${text} is not so.`
    await Promise.all([
      ask(canary, 'POST', path, { text: `${text} again`, name }, same),
      ask(canary, 'POST', path, { text: `${text}\u0000`, name: `${name}\ud800` }),
      ask(canary, 'POST', path, { text, parent: id }),
      ask(canary, 'POST', path, { [text]: name }),
      ask(canary, 'POST', path, `{"text":"${text}`),
      ask(canary, 'GET', `/v1/sites/gazette/articles/${text}/comments?cursor=${receipt.replaceAll(' ', '')}`),
      ask(canary, 'GET', `/gazette/articles/news?q=${text}`),
      ask(canary, 'POST', `/v1/sites/gazette/comments/${id}/reports`, {
        kind: 'law',
        country: 'DE',
        explanation,
        name,
        goodFaith: true,
      }),
      asAdmin('POST', '/v1/moderation/searches', { q: text }),
      asAdmin('POST', '/v1/moderation/searches', { name }),
      ask(canary, 'PUT', '/v1/receipt/text', { text }, { authorization: `Bearer ${receipt}` }),
    ])
  }

  function ask(
    { address, agent, referrer }: Canary,
    method: string,
    path: string,
    body?: object | string,
    headers: Record<string, string> = {},
  ): Promise<{ status: number; text: string }> {
    const sent = typeof body === 'string' ? body : body && JSON.stringify(body)
    return new Promise((resolve, reject) => {
      const asking = request({
        port,
        host: '127.0.0.1',
        method,
        path,
        agent: false,
        headers: {
          'x-forwarded-for': address,
          'user-agent': agent,
          referer: referrer,
          ...(sent !== undefined && { 'content-type': 'application/json' }),
          ...headers,
        },
      })
      asking.on('error', reject)
      asking.on('response', (answer) => {
        const parts: Buffer[] = []
        answer.on('data', (part) => parts.push(part))
        answer.on('end', () =>
          resolve({ status: answer.statusCode ?? 0, text: Buffer.concat(parts).toString() }),
        )
      })
      asking.end(sent)
    })
  }

  async function asAdmin(method: string, path: string, body?: object, version?: string) {
    const answer = await ask(aCanary(-1), method, path, body, {
      authorization: `Bearer ${adminKey}`,
      ...(version !== undefined && { 'if-match': version }),
    })
    expect(answer.status).toBeLessThan(300)
    return answer.text
  }

  /** Every row of every table, as text, by table. */
  async function dump(): Promise<Map<string, string>> {
    const { rows: tables } = await database.owner.query<{ name: string }>(
      `select c.oid::regclass::text as name from pg_class c
        where c.relkind in ('r', 'm') and c.relnamespace = 'public'::regnamespace`,
    )
    const dumps = new Map<string, string>()
    for (const { name } of tables) {
      const { rows } = await database.owner.query<{ row: string }>(`select t::text as row from ${name} t`)
      dumps.set(name, rows.map(({ row }) => row).join('\n'))
    }
    return dumps
  }

  test('neither the service nor PostgreSQL, which writes down every statement, says a word into a log', () => {
    expect(said.split('\n').length).toBeGreaterThan(readers)
    expect(heard).toContain('insert into move')
    expect(heard.split('\n').length).toBeGreaterThan(readers)
    for (const log of [said, heard]) expect(found(log, [...kept, ...erased, ...others])).toEqual([])
    // The same server writes down what a connection sends that does not keep it out.
    expect(heard).toContain(control)
  })

  test('the database has no address, agent or secret, and words only where words are', async () => {
    const places = new Set<string>()
    for (const [table, rows] of await dump()) {
      expect(found(rows, [...kept, ...erased], ['address', 'agent', 'referrer', 'key', 'receipt'])).toEqual(
        [],
      )
      if (found(rows, kept, ['name', 'text']).length > 0) places.add(table)
    }
    expect([...places].toSorted()).toEqual(['revision_text', 'search_key'])
  })

  test('nothing is left of the words of those who erased them, and the log is whole', async () => {
    for (const [table, rows] of await dump()) {
      expect({ table, found: found(rows, erased, ['name', 'text']) }).toEqual({ table, found: [] })
    }
    for (const path of [
      '/v1/sites/gazette/articles/news/comments',
      '/gazette/articles/news',
      '/v1/sites/gazette/feed.json',
    ]) {
      const { status, text } = await ask(aCanary(-1), 'GET', path)
      expect({ path, status, found: found(text, erased) }).toEqual({ path, status: 200, found: [] })
    }
    const verified = JSON.parse(await asAdmin('GET', '/v1/moderation/log/verification?site=gazette'))
    expect(verified).toMatchObject({ firstBad: null })
    const { rows } = await database.owner.query('select count(*)::int as erased from erasure')
    expect(rows).toEqual([{ erased: erased.length }])
  })

  test('the files of the service are a ledger of ids and times', () => {
    expect(readdirSync(folder)).toEqual(['erasures.jsonl'])
    const ledger = readFileSync(join(folder, 'erasures.jsonl'), 'utf8')
    for (const { id } of erased) expect(ledger).toContain(`"kind":"erased","comment":"${id}"`)
    expect(found(ledger, [...kept, ...erased])).toEqual([])
  })

  test('ids are random, and times that everybody sees are of the hour', async () => {
    for (const { id } of [...kept, ...erased]) expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4/)
    const { text } = await ask(aCanary(-1), 'GET', '/v1/sites/gazette/articles/news/comments')
    const { comments } = JSON.parse(text)
    expect(comments.length).toBeGreaterThan(0)
    for (const { publishedAt } of comments) expect(publishedAt).toMatch(/:00:00(\.000)?Z$/)
  })
})

/** As an operator would never have it: every statement with its values, where the service does not keep them out. */
async function logEverything({ owner, url }: TestDatabase): Promise<void> {
  const name = new URL(url).pathname.slice(1)
  for (const setting of [
    "log_statement = 'all'",
    "log_min_duration_statement = '0'",
    "log_parameter_max_length = '-1'",
    "log_parameter_max_length_on_error = '-1'",
    "log_min_messages = 'info'",
    "log_min_error_statement = 'info'",
  ]) {
    await owner.query(`alter database ${name} set ${setting}`)
  }
}

function logOfServer(): string {
  const { TEST_DATABASE_LOG: path } = process.env
  if (path === undefined)
    throw new Error('This test reads the log of the embedded PostgreSQL: run it without DATABASE_URL.')
  return path
}

function aCanary(at: number): Canary {
  const own = randomBytes(6).toString('hex')
  return {
    address: `2001:db8:${own.slice(0, 4)}:${own.slice(4, 8)}:${own.slice(8)}::${(at + 1).toString(16)}`,
    agent: `agent${own}canary`,
    referrer: `https://referrer${own}canary.example/`,
    key: `key${own}${randomBytes(12).toString('hex')}`,
    name: `name${own}canary`,
    text: `text${own}canary`,
  }
}

/** Which of what belongs to readers stands in something, as it is or as PostgreSQL shows bytes. */
function found(
  text: string,
  of: Reader[],
  members: (keyof Canary | 'receipt')[] = ['address', 'agent', 'referrer', 'key', 'name', 'text', 'receipt'],
): string[] {
  return of.flatMap((reader) =>
    members.filter((member) => {
      const { [member]: value } = reader
      const forms = [value, value.replaceAll(' ', ''), Buffer.from(value).toString('hex')]
      return forms.some((form) => text.includes(form))
    }),
  )
}
