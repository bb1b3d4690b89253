import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Client } from 'pg'
import { until } from './support/embedded.ts'
import { freePort } from './support/ports.ts'

/** `npm start` as a newcomer runs it: another process, no settings but the port and a place of its own. */
describe('npm start', () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'postbag-start-'))
  const running: ChildProcess[] = []
  let port = 0
  let printed = ''

  beforeAll(async () => {
    chmodSync(dataDir, 0o755)
    port = await freePort()
    printed = await start()
  }, 60_000)
  afterAll(async () => {
    await Promise.all(running.map(stop))
    rmSync(dataDir, { recursive: true, force: true })
  }, 60_000)

  const base = () => `http://localhost:${port}`
  const list = async () => (await fetch(`${base()}/v1/sites/demo/articles/welcome/comments?limit=100`)).json()

  test('prints the article, a link to the desk, the reference and a curl line, and no password', () => {
    expect(printed).toContain(`${base()}/demo/articles/welcome`)
    expect(printed).toMatch(/\/desk#[\w-]{43}\n/)
    expect(printed).toContain(`${base()}/docs`)
    expect(printed).toMatch(/curl -s http\S+ -H 'Content-Type: application\/json' -d '\{.*\}'/)
    expect(printed).not.toMatch(/password/i)
  })

  test('serves a demo with comments in several states and ten languages', async () => {
    const { comments, article } = await list()
    expect(article).toMatchObject({ key: 'welcome', open: true, count: comments.length })
    expect(comments.length).toBeGreaterThanOrEqual(7)
    expect(comments.some((comment: { edited?: object }) => comment.edited)).toBe(true)
    expect(comments.some((comment: { parent?: string }) => comment.parent)).toBe(true)
    const page = await (await fetch(`${base()}/demo/articles/welcome`)).text()
    for (const { text } of comments) expect(page).toContain(text.slice(0, 12).replaceAll("'", '&#39;'))
  })

  test('publishes what was sent with the printed line once a moderator who came by the link approved it', async () => {
    const session = await signIn()
    const approved = await sendPrintedLine('First of three')
    const edited = await sendPrintedLine('Second of three')
    const rejected = await sendPrintedLine('Third of three')
    await decide(session, approved, { action: 'approve' })
    await decide(session, edited, { action: 'edit', text: 'Second […]', rules: ['language'] })
    await decide(session, rejected, { action: 'reject', rules: ['topic'] })
    expect(JSON.stringify(await list())).not.toContain('of three')

    await ahead(31)
    const shown = (await list()).comments
    const byId = (id: string) => shown.find((comment: { id: string }) => comment.id === id)
    expect(byId(approved)).toMatchObject({ text: 'First of three' })
    expect(byId(edited)).toMatchObject({ text: 'Second […]', edited: { rules: [{ code: 'language' }] } })
    expect(byId(rejected)).toBeUndefined()
    const page = await (await fetch(`${base()}/demo/articles/welcome`)).text()
    expect(page).toContain('First of three')
    expect(page).not.toContain('Third of three')
  })

  test('says so when it runs already, and when the port is taken', async () => {
    expect(await failToStart({ PORT: String(await freePort()) })).toContain('already running')
    const elsewhere = mkdtempSync(join(tmpdir(), 'postbag-start-'))
    chmodSync(elsewhere, 0o755)
    expect(await failToStart({ POSTBAG_DATA_DIR: elsewhere })).toContain(`Port ${port} is taken`)
    rmSync(elsewhere, { recursive: true, force: true })
  }, 60_000)

  test('answers what was asked before it stops, and goes on with the same comments', async () => {
    const before = await list()
    const [server] = running
    const half = await halfASubmission()
    server?.kill('SIGTERM')
    while (await isReady()) await new Promise(setImmediate)
    expect(await half.sendTheRest()).toMatch(/^HTTP\/1\.1 202 /)
    if (server) await ended(server)
    expect(server?.exitCode).toBe(0)
    await start()
    expect((await list()).comments).toEqual(before.comments)
  }, 60_000)

  async function start(): Promise<string> {
    const server = launch({ PORT: String(port), POSTBAG_DATA_DIR: dataDir })
    running.unshift(server)
    let output = ''
    for await (const chunk of server.stdout ?? []) {
      output += String(chunk)
      if (output.includes('Ctrl-C')) break
    }
    server.stdout?.resume()
    expect(output).toContain('Postbag is running.')
    return output
  }

  async function failToStart(settings: Record<string, string>): Promise<string> {
    const server = launch({ PORT: String(port), POSTBAG_DATA_DIR: dataDir, ...settings })
    let output = ''
    for await (const chunk of server.stdout ?? []) output += String(chunk)
    await ended(server)
    expect(server.exitCode).toBe(1)
    return output
  }

  async function signIn(): Promise<string> {
    const [, link] = /\/desk#([\w-]+)/.exec(printed) ?? []
    const answer = await send('/v1/session', { link })
    expect(answer.status).toBe(204)
    expect((await send('/v1/session', { link })).status).toBe(401)
    return answer.headers.getSetCookie()[0]?.split(';')[0] ?? ''
  }

  async function sendPrintedLine(text: string): Promise<string> {
    const [, url = '', body = ''] = /curl -s (\S+) -H '[^']*' -d '([^']*)'/.exec(printed) ?? []
    const answer = await send(url.replace(base(), ''), { ...JSON.parse(body), text })
    expect(answer.status).toBe(202)
    const { id } = await answer.json()
    expect(JSON.stringify(await list())).not.toContain(text)
    return id
  }

  async function decide(cookie: string, id: string, asked: object): Promise<void> {
    const answer = await send(`/v1/moderation/comments/${id}/decisions`, asked, { cookie, 'if-match': '"1"' })
    expect(answer.status).toBe(201)
  }

  function send(path: string, body: object, headers: Record<string, string> = {}): Promise<Response> {
    return fetch(`${base()}${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify(body),
    })
  }

  /** A request that the service has begun to read (it said 100 Continue) and waits for the rest of. */
  async function halfASubmission() {
    const socket = connect(port, 'localhost')
    const body = JSON.stringify({ text: 'Sent while it was told to stop.' })
    const head = [
      'POST /v1/sites/demo/articles/welcome/comments HTTP/1.1',
      'Host: localhost',
      'Content-Type: application/json',
      `Content-Length: ${body.length}`,
      'Expect: 100-continue',
    ]
    socket.write(`${head.join('\r\n')}\r\n\r\n`)
    const [said] = await once(socket, 'data')
    expect(String(said)).toMatch(/^HTTP\/1\.1 100 /)
    return {
      async sendTheRest() {
        socket.write(body)
        const [answer] = await once(socket, 'data')
        socket.destroy()
        return String(answer)
      },
    }
  }

  /** Whether it is still open for new requests. */
  async function isReady(): Promise<boolean> {
    return fetch(`${base()}/readyz`).then(
      (answer) => answer.ok,
      () => false,
    )
  }

  async function ahead(seconds: number): Promise<void> {
    const [password, databasePort] = ['postgres-password', 'postgres-port'].map((name) =>
      readFileSync(join(dataDir, name), 'utf8').trim(),
    )
    const owner = new Client(`postgresql://postbag:${password}@127.0.0.1:${databasePort}/postbag`)
    await owner.connect()
    await owner.query('update clock set ahead_ms = ahead_ms + $1', [seconds * 1_000])
    await owner.end()
  }
})

describe('npm start -- --workers 2', () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'postbag-start-'))
  const running: ChildProcess[] = []
  beforeAll(() => chmodSync(dataDir, 0o755))
  afterAll(async () => {
    await Promise.all(running.map(stop))
    rmSync(dataDir, { recursive: true, force: true })
  }, 60_000)

  async function refusal(options: string[]): Promise<string> {
    const server = launch({ PORT: '0', POSTBAG_DATA_DIR: dataDir }, options)
    running.push(server)
    let output = ''
    for await (const chunk of server.stdout ?? []) output += String(chunk)
    await ended(server)
    expect(server.exitCode).toBe(1)
    return output.replace('Postbag did not start.', '').trim()
  }

  test('is refused where limits were counted for each alone, and so is what is no number and no option', async () => {
    expect(await refusal(['--workers', '2'])).toMatch(/^REDIS_URL is missing: [^\n]+$/)
    expect(await refusal(['--workers', 'x'])).toMatch(/^--workers takes a number [^\n]+$/)
    expect(await refusal(['--work', '2'])).toMatch(/^The only option is --workers [^\n]+$/)
  }, 60_000)

  test('serves the demo, with the embedded database, on one port, until it is told to stop', async () => {
    const port = await freePort()
    const settings = { PORT: String(port), POSTBAG_DATA_DIR: dataDir, POSTBAG_RATE_LIMIT: 'off' }
    const server = launch(settings, ['--workers', '2'])
    running.push(server)
    let output = ''
    server.stdout?.on('data', (chunk) => (output += String(chunk)))
    await until(() => output.includes('Ctrl-C'), 60_000)
    for (const worker of [1, 2]) expect(output).toContain(`"worker":${worker},"msg":"Server listening`)
    const url = `http://localhost:${port}/v1/sites/demo/articles/welcome/comments`
    const { status } = await fetch(url, {
      method: 'POST',
      headers,
      body: '{"text":"To whoever comes first."}',
    })
    expect(status).toBe(202)
    expect((await fetch(`http://localhost:${port}/demo/articles/welcome`)).status).toBe(200)
    server.kill('SIGTERM')
    await ended(server)
    expect(server.exitCode).toBe(0)
    await expect(fetch(url)).rejects.toThrow('fetch failed')
  }, 120_000)
})

const headers = { 'content-type': 'application/json' }

async function ended(server: ChildProcess): Promise<void> {
  if (server.exitCode === null && server.signalCode === null) await once(server, 'exit')
}

function launch(settings: Record<string, string>, options: string[] = []): ChildProcess {
  const { PATH = '' } = process.env
  return spawn(process.execPath, [join(import.meta.dirname, '../src/start.mjs'), ...options], {
    env: { PATH, ...settings },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
}

async function stop(server: ChildProcess): Promise<void> {
  server.kill('SIGTERM')
  await ended(server)
}
