import { writeFileSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { freshDatabase, type TestDatabase } from '../support/database.ts'
import { openReceiver, type Receiver } from '../support/receiver.ts'
import { arrived, messageOf } from '../support/webhooks.ts'
import { patiently } from './postgres.ts'
import { service, type TestService } from './processes.ts'

/** How often a process is killed; a long run says so (test/support/webhooks-long-run.ts), and wants the outcome. */
const kills = Number(process.env['WEBHOOK_KILLS'] ?? 10)
const outcomeFile = process.env['WEBHOOK_OUTCOME']
/** After so many minutes it is enough, however many kills that were. */
const enough = Number(process.env['WEBHOOK_MINUTES'] ?? Infinity) * 60_000

/** What came of it. */
interface KillsOutcome {
  kills: number
  /** moves in the log */
  moves: number
  /** messages that arrived, and how many of them had arrived before */
  messages: number
  again: number
}

const site = 'gazette'
const key = `pbk_${'a'.repeat(43)}`

describe(`two processes, killed ${kills} times while people write and decide`, () => {
  let database: TestDatabase
  let folder: string
  let receiver: Receiver
  let services: TestService[]
  beforeAll(async () => {
    database = await freshDatabase()
    folder = await mkdtemp(join(tmpdir(), 'postbag-kills-'))
    receiver = await openReceiver(arrived)
    const settings = {
      DATABASE_URL: database.url,
      DATABASE_CONNECTIONS: '8',
      POSTBAG_SECRET: 's'.repeat(32),
      POSTBAG_ADMIN_KEY: key,
      POSTBAG_RATE_LIMIT: 'off',
      POSTBAG_WEBHOOK_PRIVATE: 'on',
    }
    services = [await service('one', folder, settings), await service('another', folder, settings)]
    for (const one of services) await one.start()
    await said('PUT', `/v1/sites/${site}`, { name: 'The Gazette', publishDelay: 0, automaticArticles: false })
    await said('PUT', `/v1/sites/${site}/articles/news`, { title: 'News' })
    const events = ['comment.submitted', 'comment.published', 'comment.rejected']
    await said('POST', '/v1/webhooks', { url: receiver.url, site, events })
  }, 120_000)
  afterAll(async () => {
    await Promise.all(services.map((one) => one.end('SIGKILL')))
    await receiver.close()
    await database.drop()
    await rm(folder, { recursive: true })
  }, 60_000)

  /** Asks the first process, and insists on being answered well. */
  async function said(method: string, path: string, body: object): Promise<void> {
    const answer = await services[0]?.ask({ method, path, body, key })
    if (!answer || answer.status >= 300) throw new Error(`${path}: ${answer?.text}`)
  }

  test('tell of every move at least once, and of none that there was not', async () => {
    let isOver = false
    const writing = services.flatMap((one) => [write(one, () => isOver), write(one, () => isOver)])
    const began = performance.now()
    let killed = 0
    for (; killed < kills && performance.now() - began < enough; killed += services.length) {
      await Promise.all(
        services.map(async (one) => {
          await delay(Math.random() * 400)
          await one.end('SIGKILL')
          await begin(one)
        }),
      )
    }
    isOver = true
    await Promise.all(writing)
    // What the dead had taken is free a minute later.
    await database.owner.query('update clock set ahead_ms = ahead_ms + 61000')
    const waiting = `select count(*)::integer as count from delivery where status = 'waiting'`
    await patiently('all is told', async () => (await database.owner.query(waiting)).rows[0]?.count === 0)

    const { rows: moves } = await database.owner.query<{ line: string }>(
      `select concat_ws(' ', e.id, e.type, m.comment_id, m.seq) as line
         from move m left join event e on e.comment_id = m.comment_id and e.seq = m.seq`,
    )
    const told = receiver.received.map(messageOf).map(({ id, type, data: { comment = {} } }) => {
      return [id, type, Reflect.get(comment, 'id'), Reflect.get(comment, 'version')].join(' ')
    })
    const once = new Set(told)
    expect([...once].toSorted()).toEqual(moves.map(({ line }) => line).toSorted())
    expect(moves.length).toBeGreaterThan(killed)
    const outcome = {
      kills: killed,
      moves: moves.length,
      messages: told.length,
      again: told.length - once.size,
    }
    if (outcomeFile !== undefined) writeFileSync(outcomeFile, JSON.stringify(outcome satisfies KillsOutcome))
  }, 3_600_000)
})

/** Writes comments and decides about them through one process; what is not answered is nobody's business. */
async function write(through: TestService, isOver: () => boolean): Promise<void> {
  for (let nth = 0; !isOver(); nth += 1) {
    const path = `/v1/sites/${site}/articles/news/comments`
    const sent = await through
      .ask({ method: 'POST', path, body: { text: `Something to say, ${nth}.` } })
      .catch(() => undefined)
    if (sent?.status !== 202) await delay(20)
    else await decide(through, JSON.parse(sent.text).id, nth)
  }
}

/** A machine that is busy with other tests may need longer than one that is not. */
async function begin(one: TestService): Promise<void> {
  await one.start().catch(() => patiently(`${one.name} is ready after all`, one.isReady))
}

async function decide(through: TestService, id: string, nth: number): Promise<void> {
  const reject = { action: 'reject', rules: ['topic'], reason: 'It is about something else.' }
  await through
    .ask({
      method: 'POST',
      path: `/v1/moderation/comments/${id}/decisions`,
      key,
      headers: { 'if-match': '"1"' },
      body: nth % 3 === 0 ? reject : { action: 'approve' },
    })
    .catch(() => undefined)
}
