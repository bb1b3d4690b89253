import type { ChildProcess } from 'node:child_process'
import { migrate } from '../../src/database/migrate.ts'
import { freePort } from '../support/ports.ts'
import { pooler, type TestPooler } from './pooler.ts'
import { end, type PostgresPair, postgresPair } from './postgres.ts'
import { service, type TestService } from './processes.ts'
import { startRedis } from './redis.ts'

/** Everything that a publisher with several machines has, on this one. */
export interface Stage {
  pair: PostgresPair
  bouncer: TestPooler
  redis: { kill: () => Promise<void>; start: () => Promise<void> }
  plain: TestService
  /** behind PgBouncer */
  pooled: TestService
  /** with two workers */
  many: TestService
  services: readonly TestService[]
  /** of the first admin */
  key: string
}

const site = 'gazette'

/** Where the comments of an article are sent to and read. */
export function listOf(article: string): string {
  return `/v1/sites/${site}/articles/${article}/comments`
}

/** Opens it, with a site; `closing` gets what is to be closed, from the last to the first, also where that fails. */
export async function openStage(closing: (() => Promise<void>)[]): Promise<Stage> {
  const pair = await postgresPair()
  closing.push(() => pair.close())
  await migrate(pair.primary.url)
  const bouncer = await pooler(pair)
  closing.push(() => bouncer.kill())
  await bouncer.start()
  const redisPort = await freePort()
  const redis = redisOn(redisPort)
  closing.push(() => redis.kill())
  await redis.start()

  const key = `pbk_${'a'.repeat(43)}`
  const settings = {
    DATABASE_URL: pair.primary.url,
    DATABASE_REPLICA_URLS: pair.replica.url,
    DATABASE_CONNECTIONS: '8',
    REDIS_URL: `redis://127.0.0.1:${redisPort}`,
    POSTBAG_SECRET: 's'.repeat(32),
    POSTBAG_ADMIN_KEY: key,
    TRUST_PROXY: '127.0.0.0/8',
    POSTBAG_WEBHOOK_PRIVATE: 'on',
  }
  const behind = {
    ...settings,
    DATABASE_URL: bouncer.deskUrl,
    DATABASE_READER_URL: bouncer.readerUrl,
    DIRECT_DATABASE_URL: pair.primary.url,
  }
  const plain = await service('one by itself', pair.folder, settings)
  const pooled = await service('one behind PgBouncer', pair.folder, behind)
  const many = await service('one with two workers', pair.folder, settings, ['--workers', '2'])
  const services = [plain, pooled, many]
  closing.push(async () => {
    await Promise.all(services.map((one) => one.end('SIGKILL')))
  })
  await Promise.all(services.map((one) => one.start()))
  const body = { name: 'The Gazette', language: 'en', origins: ['https://a.example'], publishDelay: 0 }
  const made = await plain.ask({ method: 'PUT', path: `/v1/sites/${site}`, key, body })
  if (made.status !== 201) throw new Error(`There is no site: ${made.text}`)
  return { pair, bouncer, redis, plain, pooled, many, services, key }
}

function redisOn(port: number): Stage['redis'] {
  let running: ChildProcess | undefined
  return {
    async start() {
      running = await startRedis(port)
    },
    kill: () => end(running, 'SIGKILL'),
  }
}
