import { randomBytes } from 'node:crypto'
import { chmod, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Client } from 'pg'
import { configureAdminKey, firstAdmin } from '../src/access/store.ts'
import { buildApp } from '../src/app.ts'
import { connect } from '../src/database/client.ts'
import { startEmbeddedPostgres } from '../src/database/embedded.ts'
import { migrate } from '../src/database/migrate.ts'
import { sha256 } from '../src/http/keyring.ts'
import { makeCrowd } from '../test/support/crowd.ts'
import { print } from './holds.ts'
import { quantile } from './quantiles.ts'

/** With how many comments: a small newsroom, and (unless told otherwise) what the design promises. */
interface Size {
  waiting: number
  decided: number
}
const small: Size = { waiting: 1_000, decided: 9_000 }
const promised: Size = { waiting: 1_000_000, decided: 10_000_000 }

const rounds = 300

/** As much slower as anything may be with many comments as with few. */
const mostRatio = 1.5

type Work = 'claim 5' | 'decide, with the next' | 'a page of 50'

/**
 * Claiming, deciding and reading the queue, over HTTP in this process on a real PostgreSQL, with few comments and with
 * many, in turns. `npm run bench -- moderation WAITING/DECIDED` measures another size. Gives how much is too slow.
 */
export async function benchModeration(asked?: string): Promise<number> {
  const [waiting, decided] = (asked ?? '').split('/').map(Number)
  const large = waiting && decided ? { waiting, decided } : promised
  const [few, many] = [await openNewsroom(small), await openNewsroom(large)]
  try {
    const times = new Map<Work, [number[], number[]]>()
    for (let round = 0; round < rounds; round += 1) {
      for (const [which, newsroom] of [few, many].entries()) {
        for (const [work, took] of await newsroom.round()) {
          const both = times.get(work) ?? [[], []]
          both[which]?.push(took)
          times.set(work, both)
        }
      }
    }
    return report(times, large)
  } finally {
    await few.close()
    await many.close()
  }
}

function report(times: Map<Work, [number[], number[]]>, { waiting, decided }: Size): number {
  let over = 0
  print(
    `| ms, median (p99) of ${rounds} | ${label(small)} | ${label({ waiting, decided })} | ratio of medians |`,
  )
  print('|---|---|---|---|')
  for (const [work, [few, many]] of times) {
    const ratio = quantile(many, 0.5) / quantile(few, 0.5)
    if (ratio > mostRatio) over += 1
    print(`| ${work} | ${shown(few)} | ${shown(many)} | ${ratio.toFixed(2)} |`)
  }
  return over
}

function label({ waiting, decided }: Size): string {
  return `${waiting.toLocaleString('en')} waiting, ${decided.toLocaleString('en')} decided`
}

function shown(times: number[]): string {
  return `${quantile(times, 0.5).toFixed(1)} (${quantile(times, 0.99).toFixed(1)})`
}

async function openNewsroom(size: Size) {
  const folder = await mkdtemp(join(tmpdir(), 'postbag-bench-'))
  await chmod(folder, 0o755)
  const postgres = await startEmbeddedPostgres({ dataDir: folder })
  await migrate(postgres.url)
  const db = await connect(postgres.url)
  const app = await buildApp({
    db,
    secret: 'a secret that only the benchmarks have',
    baseUrl: 'http://localhost:3000',
    trustProxy: [],
    rateLimit: false,
    checkAnswers: false,
    logger: false,
    version: '0.0.0-bench',
  })
  const key = `pbk_${randomBytes(32).toString('base64url')}`
  await configureAdminKey(db.desk, await firstAdmin(db.desk), sha256(key))
  const ask = async (
    method: 'GET' | 'POST' | 'PUT' | 'DELETE',
    url: string,
    body?: unknown,
    version?: number,
  ) => {
    const answer = await app.inject({
      method,
      url,
      headers: {
        authorization: `Bearer ${key}`,
        ...(version !== undefined && { 'if-match': `"${version}"` }),
      },
      ...(body !== undefined && { payload: Object(body) }),
    })
    if (answer.statusCode >= 300) throw new Error(`${method} ${url}: ${answer.statusCode} ${answer.body}`)
    return answer.body === '' ? undefined : JSON.parse(answer.body)
  }
  await ask('PUT', '/v1/sites/bench', { name: 'Bench' })
  await ask('PUT', '/v1/sites/bench/articles/news', { title: 'News' })

  const owner = new Client({ connectionString: postgres.url })
  await owner.connect()
  print(`Making ${label(size)} …`)
  await makeCrowd(owner, { site: 'bench', waiting: size.waiting, rejected: size.decided })
  await owner.query('vacuum (analyze) waiting')
  await owner.query('checkpoint')
  await owner.end()

  return {
    /** Everything once; how long each took, in milliseconds. */
    async round(): Promise<[Work, number][]> {
      const took: [Work, number][] = []
      const { comments } = await timed('claim 5', took, () =>
        ask('POST', '/v1/moderation/claims', { site: 'bench', limit: 5 }),
      )
      const [first] = comments
      await timed('decide, with the next', took, () =>
        ask(
          'POST',
          `/v1/moderation/comments/${first.id}/decisions`,
          { action: 'approve', next: 1, nextFrom: { site: 'bench' } },
          first.version,
        ),
      )
      await timed('a page of 50', took, () => ask('GET', '/v1/moderation/queue?site=bench&limit=50'))
      await ask('DELETE', '/v1/moderation/claims')
      return took
    },
    async close() {
      await app.close()
      await db.close()
      await postgres.stop()
      await rm(folder, { recursive: true, force: true })
    },
  }
}

/** Does something and notes how long it took, in milliseconds. */
async function timed<T>(work: Work, took: [Work, number][], story: () => Promise<T>): Promise<T> {
  const began = performance.now()
  const result = await story()
  took.push([work, performance.now() - began])
  return result
}
