import { type ChildProcess, fork, spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmod, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { Client } from 'pg'
import { startEmbeddedPostgres } from '../src/database/embedded.ts'
import { type Crowd, makeCrowd } from '../test/support/crowd.ts'
import { freePort } from '../test/support/ports.ts'
import type { Drive, Driven } from './driving.ts'
import { newSecrets, type Secrets, type Service, type ServiceOptions, startService } from './service.ts'

/** Where something is measured: a durable PostgreSQL of its own, and what is started beside it. */
export interface Stage {
  folder: string
  databaseUrl: string
  /** SQL as the owner of everything */
  owner: Client
  secrets: Secrets
  /** one process of the service more */
  service: (options?: ServiceOptions) => Promise<Service>
  /** makes comments, and leaves nothing to tidy up after that */
  crowd: (...crowds: Crowd[]) => Promise<void>
  /** asks from another process */
  drive: (drive: Drive) => Promise<Driven>
  /** starts one of bench/yardsticks in another process, and gives its port */
  yardstick: (file: string, ...given: string[]) => Promise<number>
}

export interface StageOptions {
  /** that the server takes; 200 by default */
  connections?: number
  /** whether the server counts what each statement touches */
  isCounting?: boolean
}

/** Things that were opened, to be closed in the opposite order. */
type Opened = (() => Promise<unknown>)[]

const stages = new Set<Opened>()
let isOver = false
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => void endAll())

/** What is only being opened is closed once it is there: it is waited for, but not for ever. */
async function endAll(): Promise<void> {
  // Whoever starts it may pass a signal on that came to everybody.
  if (isOver) return
  isOver = true
  const until = performance.now() + 15_000
  while (stages.size > 0 && performance.now() < until) {
    await Promise.allSettled([...stages].map(closeAll))
    await delay(100)
  }
  process.exit(1)
}

/** Sets a stage, and takes everything away again, whatever happens on it. */
export async function onStage<T>(options: StageOptions, play: (stage: Stage) => Promise<T>): Promise<T> {
  const opened: Opened = []
  if (isOver) throw new Error('It was told to end.')
  stages.add(opened)
  try {
    return await play(await setStage(opened, options))
  } finally {
    await closeAll(opened)
    stages.delete(opened)
  }
}

/** Closes all, though one of them fail. */
async function closeAll(opened: Opened): Promise<void> {
  const faults: unknown[] = []
  for (const close of opened.splice(0).toReversed())
    await close().catch((fault: unknown) => faults.push(fault))
  if (faults.length > 0) throw new AggregateError(faults, 'Not everything could be closed.')
}

async function setStage(opened: Opened, { connections = 200, isCounting }: StageOptions): Promise<Stage> {
  const folder = await mkdtemp(join(tmpdir(), 'postbag-bench-'))
  opened.push(() => rm(folder, { recursive: true, force: true, maxRetries: 5 }))
  await chmod(folder, 0o755)
  if (isCounting) await loadCounter(folder)
  const postgres = await startEmbeddedPostgres({ dataDir: folder, connections })
  opened.push(() => postgres.stop())
  if (isOver) throw new Error('It was told to end.')
  const owner = new Client({ connectionString: postgres.url })
  await owner.connect()
  opened.push(() => owner.end())
  await demandDurable(owner)
  if (isCounting) await owner.query('create extension pg_stat_statements')
  const secrets = newSecrets()
  let driver: { process: ChildProcess; ended: Promise<unknown[]> } | undefined

  return {
    folder,
    databaseUrl: postgres.url,
    owner,
    secrets,
    async service(serviceOptions) {
      const service = await startService(postgres.url, secrets, serviceOptions)
      opened.push(() => service.stop())
      return service
    },
    async crowd(...crowds) {
      for (const crowd of crowds) await makeCrowd(owner, crowd)
      await owner.query('vacuum (analyze)')
      await owner.query('checkpoint')
    },
    async drive(drive) {
      if (!driver) {
        const started = fork(join(import.meta.dirname, 'driving.ts'))
        opened.push(async () => started.disconnect())
        driver = { process: started, ended: once(started, 'exit') }
      }
      driver.process.send(drive)
      const [driven] = await Promise.race([once(driver.process, 'message'), driver.ended])
      if (driven?.fault !== undefined) throw new Error(driven.fault)
      if (driven?.statuses === undefined) throw new Error('The driver has ended.')
      return driven
    },
    async yardstick(file, ...given) {
      const port = await freePort()
      const child = spawn(
        process.execPath,
        [join(import.meta.dirname, 'yardsticks', file), `${port}`, ...given],
        { stdio: ['ignore', 'inherit', 'inherit', 'ipc'], env: { ...process.env, NODE_ENV: 'production' } },
      )
      opened.push(async () => child.kill())
      await once(child, 'message')
      return port
    },
  }
}

/** What is loaded with the server is set for its next start. */
async function loadCounter(folder: string): Promise<void> {
  const postgres = await startEmbeddedPostgres({ dataDir: folder })
  const owner = new Client({ connectionString: postgres.url })
  await owner.connect()
  await owner.query(`alter system set shared_preload_libraries = 'pg_stat_statements'`)
  await owner.end()
  await postgres.stop()
}

async function demandDurable(owner: Client): Promise<void> {
  const { rows } = await owner.query(
    `select current_setting('fsync') as fsync, current_setting('synchronous_commit') as commit,
            current_setting('full_page_writes') as pages`,
  )
  const [{ fsync, commit, pages } = { fsync: '', commit: '', pages: '' }] = rows
  if (fsync !== 'on' || commit !== 'on' || pages !== 'on') throw new Error('This server is not durable.')
}
