import { fork } from 'node:child_process'
import { once } from 'node:events'
import { chmod, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Client } from 'pg'
import { startEmbeddedPostgres } from '../src/database/embedded.ts'
import { print } from './holds.ts'
import { findPgbench, runPgbench } from './pgbench.ts'
import { quantile, spread } from './quantiles.ts'
import type { Sending, Sent } from './sending.ts'
import { type Service, startService } from './service.ts'

/** Clients at the same time, and how many comments a second have to be taken for each row a second that pgbench writes. */
const needed = [
  [1, 0.4],
  [16, 1],
  [64, 2],
  [256, 4],
] as const

const rounds = 5
const script = join(import.meta.dirname, 'yardsticks/submission.sql')

/**
 * Submitting over HTTP, from another process to the service as it is in production (but for the limits of one address),
 * against pgbench, which writes the same rows on the same durable server with as many clients; in turns.
 * `npm run bench -- submitting SECONDS` says how long each turn lasts, 10 by default. Gives how many ratios are too low.
 */
export async function benchSubmitting(asked?: string): Promise<number> {
  const seconds = Number(asked ?? 10)
  const pgbench = await findPgbench()
  if (!pgbench) throw new Error('There is no pgbench; Debian has it in postgresql-contrib.')
  const folder = await mkdtemp(join(tmpdir(), 'postbag-bench-'))
  await chmod(folder, 0o755)
  const most = Math.max(...needed.map(([clients]) => clients))
  const postgres = await startEmbeddedPostgres({ dataDir: folder, connections: most + 50 })
  const service = await startService(postgres.url)
  const database = new Client({ connectionString: postgres.url })
  await database.connect()
  const sender = fork(join(import.meta.dirname, 'sending.ts'))
  try {
    await settle(service)
    await demandDurable(database)
    const path = '/v1/sites/bench/articles/news/comments'
    const port = Number(new URL(service.base).port)
    const send = async (sending: Omit<Sending, 'port' | 'path'>): Promise<Sent> => {
      sender.send({ ...sending, port, path })
      const [sent] = await once(sender, 'message')
      return sent
    }
    await send({ clients: 16, seconds })
    await runPgbench(pgbench, postgres.url, { script, clients: 16, seconds })

    let low = 0
    print(`| clients | comments/s | p50, p99 ms | pgbench rows/s | p50, p99 ms | ratio (spread) | at least |`)
    print('|---:|---:|---:|---:|---:|---:|---:|')
    for (const [clients, least] of needed) {
      const [ours, theirs]: [Turn[], Turn[]] = [[], []]
      for (let round = 0; round < rounds; round += 1) {
        const before = await comments(database)
        const sent = await send({ clients, seconds })
        const kept = (await comments(database)) - before
        if (kept !== sent.taken || Object.keys(sent.others).length > 0)
          throw new Error(`${sent.taken} taken, ${kept} kept, others: ${JSON.stringify(sent.others)}`)
        ours.push({ rate: sent.taken / sent.seconds, took: sent.took })
        const benched = await runPgbench(pgbench, postgres.url, { script, clients, seconds })
        theirs.push({ rate: benched.done / benched.seconds, took: benched.took })
        await database.query('checkpoint')
      }
      const ratios = ours.map(({ rate }, at) => rate / (theirs[at]?.rate ?? Number.NaN))
      const ratio = middle(ours, rateOf) / middle(theirs, rateOf)
      if (ratio < least) low += 1
      print(
        `| ${clients} | ${shown(ours)} | ${shown(theirs)} | ${ratio.toFixed(2)} (${spread(ratios)}) | ${least} |`,
      )
    }
    return low
  } finally {
    sender.disconnect()
    await database.end()
    await service.stop()
    await postgres.stop()
    await rm(folder, { recursive: true, force: true, maxRetries: 5 })
  }
}

/** What came of one turn. */
interface Turn {
  /** a second */
  rate: number
  took: number[]
}

async function settle({ admin, ask }: Service): Promise<void> {
  const headers = { authorization: `Bearer ${admin}`, 'content-type': 'application/json' }
  for (const [path, body] of [
    ['/v1/sites/bench', { name: 'Bench' }],
    ['/v1/sites/bench/articles/news', { title: 'News' }],
  ] as const) {
    const answer = await ask({ method: 'PUT', path, headers, body: JSON.stringify(body) })
    if (answer.status !== 201) throw new Error(`PUT ${path}: ${answer.status} ${answer.body}`)
  }
}

async function demandDurable(database: Client): Promise<void> {
  const { rows } = await database.query(
    `select current_setting('fsync') as fsync, current_setting('synchronous_commit') as commit,
            current_setting('full_page_writes') as pages`,
  )
  const [{ fsync, commit, pages } = { fsync: '', commit: '', pages: '' }] = rows
  if (fsync !== 'on' || commit !== 'on' || pages !== 'on') throw new Error('This server is not durable.')
}

async function comments(database: Client): Promise<number> {
  const { rows } = await database.query<{ many: number }>('select count(*)::int as many from comment')
  return rows[0]?.many ?? Number.NaN
}

function shown(turns: Turn[]): string {
  const p50 = middle(turns, ({ took }) => quantile(took, 0.5))
  const p99 = middle(turns, ({ took }) => quantile(took, 0.99))
  return `${middle(turns, rateOf).toFixed(0)} | ${p50.toFixed(1)}, ${p99.toFixed(1)}`
}

function rateOf({ rate }: Turn): number {
  return rate
}

function middle(turns: Turn[], of: (turn: Turn) => number): number {
  return quantile(turns.map(of), 0.5)
}
