import { spawn } from 'node:child_process'
import { closeSync, constants, openSync } from 'node:fs'
import { readFile, rename, rm, writeFile } from 'node:fs/promises'
import { type AddressInfo, createServer } from 'node:net'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { Client } from 'pg'
import type { Binaries } from './embedded-binaries.ts'
import {
  beginningOf,
  codeOf,
  isServerOf,
  messageOf,
  run,
  type ServerUser,
  spawnedAs,
} from './embedded-process.ts'

/** A running PostgreSQL server, a child of this process in a process group of its own. */
export interface Server {
  url: string
  port: number
  /** Its exit code (null after a signal), however it ended. */
  ended: Promise<number | null>
  isRunning(): boolean
  stop(): Promise<void>
}

export interface ServerOptions {
  binaries: Binaries
  cluster: string
  user: ServerUser | undefined
  password: string
  durable: boolean
  connections: number
  logFile: string
  /** Keeps the port, so that the next start has the same one if it is still free. */
  portFile: string
}

// Recovery after a crash may have much to replay, and a last checkpoint much to write; the rest takes
// milliseconds.
const startLimit = 180_000
const stopLimit = 60_000
const immediateStopLimit = 15_000

/**
 * Starts the server of a cluster, on 127.0.0.1 only, and waits until the database `postbag` answers, which it
 * makes when it is missing. Throws with the server's last words when that fails or takes too long.
 */
export async function startServer(options: ServerOptions): Promise<Server> {
  const deadline = performance.now() + startLimit
  await rename(options.logFile, `${options.logFile}.previous`).catch(() => {})
  for (;;) {
    const server = launch(await freePort(options.portFile), options)
    try {
      await waitUntilReady(server, deadline)
      await keepPort(options.portFile, server.port)
      return server
    } catch (error) {
      await server.stop()
      const said = await readFile(options.logFile, 'utf8').catch(() => '')
      if (!isPassing(said) || performance.now() > deadline) {
        throw new Error(failure(messageOf(error), said, options.logFile), { cause: error })
      }
    }
    await delay(100)
  }
}

/** The last processes of a killed server are still going, or somebody took the port just before us. */
function isPassing(said: string): boolean {
  return (
    said.includes('pre-existing shared memory block') || said.includes('could not create any TCP/IP sockets')
  )
}

function failure(reason: string, said: string, logFile: string): string {
  const lastWords = said.trimEnd().split('\n').slice(-15).join('\n')
  return `PostgreSQL did not start: ${reason}. Its last words (more in ${logFile}):\n${lastWords || '(none)'}`
}

function launch(port: number, options: ServerOptions): Server {
  const { binaries, cluster, user, password, logFile } = options
  const log = openSync(logFile, 'w', 0o600)
  // Detached, for a Ctrl-C in the terminal is for the service, which still needs its database to finish what
  // it has begun.
  const server = spawn(binaries.postgres, ['-D', cluster, '-p', `${port}`, ...settings(options)], {
    ...spawnedAs(user),
    detached: true,
    stdio: ['ignore', log, log],
  })
  closeSync(log)
  const ended = new Promise<number | null>((resolve) => {
    server.once('exit', (code) => resolve(code))
    server.on('error', () => resolve(null))
  })

  function isRunning(): boolean {
    return server.pid !== undefined && server.exitCode === null && server.signalCode === null
  }

  async function stop(): Promise<void> {
    if (!isRunning()) return
    await askToStop()
    if (await endedWithin(stopLimit)) return
    server.kill('SIGQUIT')
    if (await endedWithin(immediateStopLimit)) return
    throw new Error(`PostgreSQL (process ${server.pid}) does not stop; ${logFile} may tell why.`)
  }

  async function askToStop(): Promise<void> {
    if (process.platform !== 'win32') return void server.kill('SIGINT')
    // Windows has no such signal, and ending the process would be a crash.
    await run(binaries.pgCtl, ['stop', '-D', cluster, '-m', 'fast'], { limit: stopLimit }).catch(() => {})
  }

  function endedWithin(limit: number): Promise<boolean> {
    const timer = new AbortController()
    return Promise.race([
      ended.then(() => true),
      delay(limit, false, { signal: timer.signal }).catch(() => false),
    ]).finally(() => timer.abort())
  }

  return { url: `postgresql://postbag:${password}@127.0.0.1:${port}/postbag`, port, ended, isRunning, stop }
}

function settings({ durable, connections }: ServerOptions): string[] {
  const all = {
    listen_addresses: '127.0.0.1',
    unix_socket_directories: '',
    max_connections: `${connections}`,
    shared_buffers: '64MB',
    timezone: 'UTC',
    log_timezone: 'UTC',
    // The texts of failed statements and the values in their errors are readers' words: the service gets
    // them, the log does not.
    log_min_messages: 'log',
    log_min_error_statement: 'panic',
    log_checkpoints: 'off',
    ...(durable ? {} : { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' }),
  }
  return Object.entries(all).flatMap(([name, value]) => ['-c', `${name}=${value}`])
}

async function waitUntilReady(server: Server, deadline: number): Promise<void> {
  for (let pause = 5; server.isRunning(); pause = Math.min(2 * pause, 200)) {
    const answer = await Promise.race([connectError(server.url), server.ended])
    if (answer === undefined) return
    if (codeOf(answer) === '3D000') return createDatabase(server.url)
    if (codeOf(answer) === '28P01') throw new Error('the kept password is not that of its user postbag')
    if (performance.now() > deadline) throw new Error(`it does not answer (${messageOf(answer)})`)
    await Promise.race([delay(pause), server.ended])
  }
  const code = await server.ended
  throw new Error(code === null ? 'it could not be run, or was killed' : `it ended with code ${code}`)
}

/** Why the server cannot be used yet; undefined when it can. */
async function connectError(url: string): Promise<unknown> {
  return withClient(url, async () => undefined).catch((error: unknown) => error)
}

async function createDatabase(url: string): Promise<void> {
  const maintenance = new URL('/postgres', url)
  await withClient(maintenance.href, (client) => client.query('CREATE DATABASE postbag'))
}

async function withClient(url: string, use: (client: Client) => Promise<unknown>): Promise<void> {
  const client = new Client({ connectionString: url, connectionTimeoutMillis: 5_000, query_timeout: 60_000 })
  client.on('error', () => {})
  try {
    await client.connect()
    await use(client)
  } finally {
    await client.end().catch(() => {})
  }
}

async function keepPort(portFile: string, port: number): Promise<void> {
  // Removed first, for it may be the file of another user, such as of root when it was started as that once.
  await rm(portFile, { force: true })
  await writeFile(portFile, `${port}\n`)
}

async function freePort(portFile: string): Promise<number> {
  const kept = Number(await readFile(portFile, 'utf8').catch(() => '0'))
  const preferred = Number.isInteger(kept) && kept > 0 && kept < 65_536 ? kept : 0
  return portIfFree(preferred).catch(() => portIfFree(0))
}

function portIfFree(port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer()
    probe.once('error', reject)
    probe.listen(port, '127.0.0.1', () => {
      const address: AddressInfo | string | null = probe.address()
      const found = typeof address === 'object' && address !== null ? address.port : port
      probe.close(() => resolve(found))
    })
  })
}

/**
 * Ends a server of this cluster that its starter left behind when it was killed, and makes a `postmaster.pid`
 * that tells of no such server harmless. (A server that was adopted as it is could have other settings, or
 * programs that npm has replaced.)
 */
export async function stopServerLeftBehind(cluster: string, log: (line: string) => void): Promise<void> {
  const file = join(cluster, 'postmaster.pid')
  const [first = '', ...rest] = (await readFile(file, 'utf8').catch(() => '')).split('\n')
  const pid = Math.abs(Number(first))
  if (!Number.isInteger(pid) || pid === 0) return rm(file, { force: true })

  const isOurs = await isServerOf(cluster, pid)
  if (isOurs === undefined) return
  if (isOurs) {
    log(`Stopping the PostgreSQL that an earlier start left behind (process ${pid})`)
    return stopProcess(pid)
  }
  // That number may be another process's by now, which PostgreSQL would take for a server. It disregards its
  // parent's number, and then still looks for survivors of the old server, which it could not if the file
  // were removed. A link put there by the server's user must not lead root to another file.
  const flag = constants.O_WRONLY | constants.O_TRUNC | constants.O_NOFOLLOW
  await writeFile(file, [process.pid, ...rest].join('\n'), { flag })
}

async function stopProcess(pid: number): Promise<void> {
  process.kill(pid, 'SIGINT')
  if (await isGoneWithin(pid, stopLimit)) return
  process.kill(pid, 'SIGQUIT')
  if (await isGoneWithin(pid, immediateStopLimit)) return
  throw new Error(
    `The PostgreSQL that an earlier start left behind (process ${pid}) does not stop: ` +
      'end it, and start again.',
  )
}

async function isGoneWithin(pid: number, limit: number): Promise<boolean> {
  const deadline = performance.now() + limit
  while ((await beginningOf(pid)) !== undefined) {
    if (performance.now() > deadline) return false
    await delay(20)
  }
  return true
}
