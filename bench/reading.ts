import { type ChildProcess, fork, spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { chmod, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { startEmbeddedPostgres } from '../src/database/embedded.ts'
import { freePort } from '../test/support/ports.ts'
import type { Answers, Asking } from './asking.ts'
import { print } from './holds.ts'
import { quantile, spread } from './quantiles.ts'
import { type Service, startService } from './service.ts'

/** What is asked for, and at least how many answers a second for each of the yardstick's. */
const needed = { 'a page': 0.9, '304': 0.9, 'a page, with 10 decisions a second on it': 0.85 } as const
type What = keyof typeof needed

const rounds = 5
const connections = 32
const path = '/v1/sites/bench/articles/news/comments'

/**
 * Reading a page of 50 comments of 300 characters, from another process, of the service as it is in production, against
 * a bare Fastify route that answers the same bytes from a Buffer; in turns. Then how soon another process knows of a
 * decision. `npm run bench -- reading SECONDS` says how long each turn lasts, 5 by default. Gives how many ratios are too low.
 */
export async function benchReading(asked?: string): Promise<number> {
  const seconds = Number(asked ?? 5)
  const folder = await mkdtemp(join(tmpdir(), 'postbag-bench-'))
  await chmod(folder, 0o755)
  const postgres = await startEmbeddedPostgres({ dataDir: folder })
  const settings = {
    NODE_ENV: 'production',
    POSTBAG_RATE_LIMIT: 'on',
    TRUST_PROXY: '127.0.0.0/8',
    POSTBAG_SECRET: randomBytes(32).toString('base64url'),
    POSTBAG_ADMIN_KEY: `pbk_${randomBytes(32).toString('base64url')}`,
  }
  const began = performance.now()
  const service = await startService(postgres.url, settings)
  const another = await startService(postgres.url, settings)
  const asker = fork(join(import.meta.dirname, 'asking.ts'))
  let yardstick: ChildProcess | undefined
  try {
    print(`Two processes ready after ${Math.round(performance.now() - began)} ms.`)
    const changing = await fill(service)
    const { headers, body } = await service.ask({
      method: 'GET',
      path,
      headers: { 'accept-encoding': 'identity' },
    })
    const page = join(folder, 'page.json')
    await writeFile(page, body)
    const yardstickPort = await freePort()
    yardstick = spawn(
      process.execPath,
      [join(import.meta.dirname, 'yardsticks/buffer.mjs'), String(yardstickPort), page],
      {
        stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
      },
    )
    await once(yardstick, 'message')

    const drive = async (asking: Asking): Promise<Answers> => {
      asker.send(asking)
      const [answers] = await once(asker, 'message')
      return answers
    }
    const port = Number(new URL(service.base).port)
    const ours = (tag?: string) => ({ port, request: get(path, tag), connections, seconds })
    const theirs = (tag?: string) => ({ port: yardstickPort, request: get('/', tag), connections, seconds })
    const etag = String(headers.get('etag'))
    const turns: [What, () => Promise<Answers>, () => Promise<Answers>][] = [
      ['a page', () => drive(ours()), () => drive(theirs())],
      ['304', () => drive(ours(etag)), () => drive(theirs('"the-only-one"'))],
      [
        'a page, with 10 decisions a second on it',
        () =>
          meanwhile(
            () => drive(ours()),
            () => changing(service),
          ),
        () => drive(theirs()),
      ],
    ]
    const low = await compare(turns)
    await tellHowSoon(service, another, changing)
    print(`Memory of the service under this load: ${await residentMegabytes(service.pid)} MB.`)
    return low
  } finally {
    asker.disconnect()
    yardstick?.kill()
    await another.stop()
    await service.stop()
    await postgres.stop()
    await rm(folder, { recursive: true, force: true, maxRetries: 5 })
  }
}

async function compare(turns: [What, () => Promise<Answers>, () => Promise<Answers>][]): Promise<number> {
  let low = 0
  print(
    `| ${connections} connections | answers/s | p50, p99 ms | yardstick's/s | p50, p99 ms | ratio (spread) | at least |`,
  )
  print('|---|---:|---:|---:|---:|---:|---:|')
  for (const [what, ours, theirs] of turns) {
    const [mine, yours]: [Answers[], Answers[]] = [[], []]
    for (let round = 0; round < rounds; round += 1) {
      mine.push(await ours())
      yours.push(await theirs())
    }
    const expected = what === '304' ? '304' : '200'
    for (const { statuses } of [...mine, ...yours])
      if (Object.keys(statuses).join() !== expected) throw new Error(`${what}: ${JSON.stringify(statuses)}`)
    const ratios = mine.map(({ perSecond }, at) => perSecond / (yours[at]?.perSecond ?? Number.NaN))
    const ratio =
      quantile(
        mine.map(({ perSecond }) => perSecond),
        0.5,
      ) /
      quantile(
        yours.map(({ perSecond }) => perSecond),
        0.5,
      )
    if (ratio < needed[what]) low += 1
    print(
      `| ${what} | ${shown(mine)} | ${shown(yours)} | ${ratio.toFixed(2)} (${spread(ratios)}) | ${needed[what]} |`,
    )
  }
  return low
}

function shown(answers: Answers[]): string {
  const of = (value: (one: Answers) => number) => quantile(answers.map(value), 0.5)
  const times = `${of(({ p50 }) => p50).toFixed(1)}, ${of(({ p99 }) => p99).toFixed(1)}`
  return `${Math.round(of(({ perSecond }) => perSecond))} | ${times}`
}

function get(address: string, tag?: string): string {
  const known = tag === undefined ? '' : `If-None-Match: ${tag}\r\n`
  // From as many addresses as there are connections: what has to be asked for is counted by address.
  return `GET ${address} HTTP/1.1\r\nHost: localhost\r\nX-Forwarded-For: 10.1.0.{n}\r\n${known}\r\n`
}

/** Changes what the article shows, once. */
type Changing = (through: Service) => Promise<void>

/** Fills an article with 50 comments that show; what it gives takes a 51st away, and shows it again, in turns. */
async function fill(service: Service): Promise<Changing> {
  const ask = async (
    method: 'PUT' | 'POST',
    to: string,
    body: unknown,
    through = service,
    version?: number,
  ) => {
    const answer = await through.ask({
      method,
      path: to,
      headers: {
        authorization: `Bearer ${service.admin}`,
        'content-type': 'application/json',
        'x-forwarded-for': `10.0.0.${Math.floor(Math.random() * 250)}`,
        ...(version !== undefined && { 'if-match': `"${version}"` }),
      },
      body: JSON.stringify(body),
    })
    if (answer.status >= 300) throw new Error(`${method} ${to}: ${answer.status} ${answer.body}`)
    return JSON.parse(answer.body)
  }
  const decide = (id: string, version: number, decision: unknown, through?: Service) =>
    ask('POST', `/v1/moderation/comments/${id}/decisions`, decision, through, version)

  await ask('PUT', '/v1/sites/bench', { name: 'Bench', publishDelay: 0 })
  await ask('PUT', '/v1/sites/bench/articles/news', { title: 'News' })
  let last = ''
  for (let made = 0; made <= 50; made += 1) {
    const text = `Comment ${made} says something of ordinary length. `.repeat(9).slice(0, 300)
    const { id } = await ask('POST', path, { name: `Reader ${made}`, text })
    last = id
    if (made < 50) await decide(id, 1, { action: 'approve' })
  }
  let version = 1
  return async (through) => {
    const restored = version === 1 ? { action: 'approve' } : { action: 'restore', revision: 1 }
    await decide(
      last,
      version,
      version % 2 === 1 ? restored : { action: 'unpublish', rules: ['respect'] },
      through,
    )
    version += 1
  }
}

/** Does something ten times a second while something else lasts. */
async function meanwhile<T>(lasting: () => Promise<T>, again: () => Promise<void>): Promise<T> {
  const over = new AbortController()
  const repeated = (async () => {
    while (!over.signal.aborted) {
      const until = performance.now() + 100
      await again()
      await delay(Math.max(0, until - performance.now()))
    }
  })()
  const result = await lasting()
  over.abort()
  await repeated
  return result
}

/** How many milliseconds after a decision through one process another one shows what came of it. */
async function tellHowSoon(service: Service, another: Service, changing: Changing): Promise<void> {
  const tagOf = async () => (await another.ask({ method: 'GET', path })).headers.get('etag')
  const took: number[] = []
  for (let round = 0; round < 50; round += 1) {
    const before = await tagOf()
    await changing(service)
    const decided = performance.now()
    while ((await tagOf()) === before)
      if (performance.now() - decided > 10_000) throw new Error('It is not told.')
    took.push(performance.now() - decided)
  }
  print(
    `After a decision, another process shows it within ${quantile(took, 0.5).toFixed(1)} ms (median of 50; at most ${Math.max(...took).toFixed(1)}).`,
  )
}

async function residentMegabytes(pid: number): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8')
  return Math.round(Number(/VmRSS:\s+(\d+)/.exec(status)?.[1]) / 1_024)
}
