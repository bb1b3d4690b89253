import { type ChildProcess, spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { Webhook } from 'standardwebhooks'
import { freshDatabase, type TestDatabase } from '../support/database.ts'
import { freePort } from '../support/ports.ts'
import { openReceiver, type Receiver, withJson } from '../support/receiver.ts'

/** The service as an operator runs it, a process of its own, with the two settings. */
describe('a service with a classifier', () => {
  const secret = `whsec_${randomBytes(32).toString('base64')}`
  const adminKey = randomBytes(32).toString('hex')
  let database: TestDatabase
  let receiver: Receiver
  let base = ''
  let server: ChildProcess
  let output = ''

  beforeAll(async () => {
    database = await freshDatabase()
    receiver = await openReceiver(withJson({ scores: [{ label: 'threat', score: 0.92 }] }))
    await start({ POSTBAG_CLASSIFIER_URL: receiver.url, POSTBAG_CLASSIFIER_SECRET: secret })
    await ask('PUT', '/v1/sites/gazette', { name: 'The Test Gazette' })
    await ask('PUT', '/v1/sites/gazette/articles/news', { title: 'News' })
  }, 60_000)
  afterAll(async () => {
    await stop()
    await receiver.close()
    await database.drop()
  }, 60_000)

  test('asks it about what a reader sends, and shows moderators what it says', async () => {
    const id = await send('A comment about the evening boat.')
    expect(await untilScreened(id)).toMatchObject({ signals: [{ code: 'classifier', severity: 'warning' }] })
    const [{ body, headers } = { body: '', headers: {} }] = receiver.received
    const signed = Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, String(value)]))
    expect(new Webhook(secret).verify(body, signed)).toMatchObject({
      text: 'A comment about the evening boat.',
    })
  })

  test('logs that it failed, and nothing of the text; without the setting nobody waits for it', async () => {
    receiver.answers(withJson({ scores: [], echo: 'a private matter of mine' }, 500))
    const id = await send('This is a private matter of mine.')
    const line = '"fault":"status_500","tries":1,"msg":"the classifier did not answer"'
    while (!output.includes(line)) await pause(20)
    expect(await read(id)).toMatchObject({ screened: false, status: 'pending', signals: [] })
    expect(await stop()).toBe(0)
    expect(output).not.toContain('private matter')
    expect(output).not.toContain(secret)
    expect(output).not.toContain(receiver.url)
    await start({})
    expect(await read(id)).toMatchObject({ screened: true, status: 'pending', signals: [] })
  }, 60_000)

  async function start(settings: Record<string, string>): Promise<void> {
    const port = await freePort()
    base = `http://127.0.0.1:${port}`
    output = ''
    server = spawn(process.execPath, ['--import', 'tsx', 'src/server.ts'], {
      cwd: join(import.meta.dirname, '../..'),
      env: {
        PATH: process.env['PATH'] ?? '',
        PORT: String(port),
        HOST: '127.0.0.1',
        NODE_ENV: 'production',
        DATABASE_URL: database.url,
        POSTBAG_SECRET: randomBytes(32).toString('hex'),
        POSTBAG_ADMIN_KEY: adminKey,
        POSTBAG_BASE_URL: base,
        POSTBAG_DEMO: 'off',
        POSTBAG_CLASSIFIER_URL: '',
        ...settings,
      },
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    server.stdout?.on('data', (chunk) => {
      output += String(chunk)
    })
    while (!output.includes('Postbag is running')) {
      expect(server.exitCode).toBeNull()
      await pause(20)
    }
  }

  async function stop(): Promise<number | null> {
    if (server.exitCode === null) {
      server.kill('SIGTERM')
      await once(server, 'exit')
    }
    return server.exitCode
  }

  function ask(method: string, path: string, body?: object): Promise<Response> {
    return fetch(`${base}${path}`, {
      method,
      headers: { authorization: `Bearer ${adminKey}`, ...(body && { 'content-type': 'application/json' }) },
      ...(body && { body: JSON.stringify(body) }),
    })
  }

  async function send(text: string): Promise<string> {
    const answer = await ask('POST', '/v1/sites/gazette/articles/news/comments', { text })
    expect(answer.status).toBe(202)
    const { id } = await answer.json()
    return String(id)
  }

  async function read(id: string) {
    return (await ask('GET', `/v1/moderation/comments/${id}`)).json()
  }

  async function untilScreened(id: string) {
    for (;;) {
      const comment = await read(id)
      if (comment.screened) return comment
      await pause(20)
    }
  }
})
