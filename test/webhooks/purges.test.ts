import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ask, type House, openHouse } from '../support/house.ts'
import { aComment, aSite, decision } from '../support/people.ts'
import { openReceiver, type Receiver, withJson } from '../support/receiver.ts'
import { tellAll } from '../support/webhooks.ts'

const docs = join(import.meta.dirname, '../../docs')
const codeIn = (file: string, fence: string) =>
  new RegExp(`\`\`\`${fence}\n(.*?)\`\`\``, 's').exec(readFileSync(join(docs, file), 'utf8'))?.[1] ?? ''

/** The receiver of docs/caching.md, word for word, before a cache of our own. */
describe('the receiver of docs/caching.md', () => {
  let house: House
  let cdn: Receiver
  let folder: string
  let receiver: ChildProcess | undefined
  beforeAll(async () => {
    house = await openHouse()
    cdn = await openReceiver(withJson({ success: true }))
    folder = mkdtempSync(join(tmpdir(), 'postbag-purges-'))
    writeFileSync(join(folder, 'package.json'), '{"type":"module"}')
    writeFileSync(join(folder, 'verify.ts'), codeIn('webhooks.md', 'ts'))
    writeFileSync(join(folder, 'receiver.js'), codeIn('caching.md', 'js'))
  })
  afterEach(() => void receiver?.kill('SIGKILL'))
  afterAll(async () => {
    await cdn.close()
    await house.close()
    rmSync(folder, { recursive: true })
  })

  /** Starts it; where it listens. */
  async function start(kind: string, secret: string): Promise<string> {
    const { origin } = new URL(cdn.url)
    receiver = spawn(
      process.execPath,
      ['--import', import.meta.resolve('tsx'), join(folder, 'receiver.js')],
      {
        env: {
          ...process.env,
          PORT: '0',
          CDN: kind,
          WEBHOOK_SECRET: secret,
          FASTLY_API: origin,
          FASTLY_SERVICE: 'ours',
          FASTLY_KEY: 'the-key',
          CLOUDFLARE_API: origin,
          CLOUDFLARE_ZONE: 'ours',
          CLOUDFLARE_TOKEN: 'the-token',
          VARNISH: origin,
        },
        stdio: ['ignore', 'pipe', 'inherit'],
      },
    )
    if (!receiver.stdout) throw new Error('it has no voice')
    const [said] = await once(receiver.stdout, 'data')
    return `http://127.0.0.1:${/\d+/.exec(String(said))?.[0]}/`
  }

  const tag = expect.stringMatching(/^a-[\w-]{22}$/)
  test.each([
    [
      'fastly',
      {
        method: 'POST',
        path: '/service/ours/purge',
        headers: { 'fastly-key': 'the-key', 'surrogate-key': tag },
      },
    ],
    [
      'cloudflare',
      {
        method: 'POST',
        path: '/zones/ours/purge_cache',
        headers: { authorization: 'Bearer the-token' },
        body: expect.stringMatching(/^\{"tags":\["a-[\w-]{22}"\]\}$/),
      },
    ],
    ['varnish', { method: 'PURGE', path: '/', headers: { 'xkey-purge': tag } }],
  ])('purges: %s', async (kind, purge) => {
    const site = await aSite(house)
    const body = { url: 'http://127.0.0.1/', site, events: ['article.changed'] }
    const made = await ask(house, 'POST', '/v1/webhooks', { key: house.admin, body })
    const url = await start(kind, made.body.secret)
    const { site: _site, ...settings } = { ...body, url }
    await ask(house, 'PUT', `/v1/webhooks/${made.body.id}`, { key: house.admin, body: settings })
    cdn.received.length = 0

    const { id } = await aComment(house, site)
    await decision(house, house.admin, id, { action: 'approve' })
    // The receiver refuses what is not of its own time, so the clock stays: it is due within two seconds.
    await delivered(made.body.id)
    expect(cdn.received).toMatchObject([purge])
    expect((await fetch(url, { method: 'POST', body: '{"data":{"tags":["a-forged"]}}' })).status).toBe(401)
    expect(cdn.received).toHaveLength(1)
  })

  async function delivered(id: string): Promise<void> {
    let status = ''
    while (status !== 'delivered') {
      await tellAll(house)
      const { body } = await ask(house, 'GET', `/v1/webhooks/${id}/deliveries`, { key: house.admin })
      status = body.deliveries[0]?.status ?? ''
    }
  }
})
