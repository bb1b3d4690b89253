import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { freePort } from '../test/support/ports.ts'
import type { Hold } from './holds.ts'
import { addressOf } from './wire.ts'

export interface Asked {
  method: 'GET' | 'POST' | 'PUT' | 'DELETE'
  path: string
  headers?: Record<string, string>
  body?: string
}

interface Answer {
  status: number
  headers: Headers
  body: string
}

/** The real service, built and in production's settings, in a process of its own. */
export interface Service {
  /** the first admin's key */
  admin: string
  port: number
  /** milliseconds from its start to its first answer that it is ready */
  startedIn: number
  /** as if from another address each time: what each may do is counted by address */
  ask: (asked: Asked) => Promise<Answer>
  /** the longest hold while something is done; of a service that is probed */
  during: (work: () => Promise<void>) => Promise<Hold>
  /** megabytes that it has in memory (RSS); NaN where nobody tells */
  memory: () => Promise<number>
  /** its process */
  pid: number
  stop: () => Promise<void>
}

export interface ServiceOptions {
  /** above all others */
  settings?: Record<string, string>
  /** whether bench/probe.ts is in it */
  isProbed?: boolean
  /** a folder for what V8 saw of it (--cpu-prof), written when it is stopped */
  profiles?: string
}

const root = join(import.meta.dirname, '..')

/** Settings that processes on one database share. */
export interface Secrets {
  POSTBAG_SECRET: string
  POSTBAG_ADMIN_KEY: string
}

export function newSecrets(): Secrets {
  return {
    POSTBAG_SECRET: randomBytes(32).toString('base64url'),
    POSTBAG_ADMIN_KEY: `pbk_${randomBytes(32).toString('base64url')}`,
  }
}

/** Compiles the service into dist/, as `npm start` does. */
export function build(): void {
  const { status } = spawnSync(
    process.execPath,
    [join(root, 'node_modules/typescript/bin/tsc'), '--noCheck'],
    {
      cwd: root,
      stdio: 'inherit',
    },
  )
  if (status !== 0) throw new Error('The service could not be built.')
}

/** Starts it on a database that is running; every protection is on, the limits of each address too. */
export async function startService(
  databaseUrl: string,
  secrets: Secrets,
  { settings = {}, isProbed = false, profiles }: ServiceOptions = {},
): Promise<Service> {
  const port = await freePort()
  const probe = isProbed ? ['--import', 'tsx', '--import', join(import.meta.dirname, 'probe.ts')] : []
  const profiler =
    profiles === undefined ? [] : ['--cpu-prof', '--cpu-prof-interval=500', `--cpu-prof-dir=${profiles}`]
  const began = performance.now()
  const options = ['--enable-source-maps', ...probe, ...profiler]
  const child = spawn(process.execPath, [...options, join(root, 'dist/server.js')], {
    cwd: root,
    stdio: ['ignore', 'ignore', 'inherit', ...(isProbed ? (['ipc'] as const) : [])],
    env: {
      PATH: process.env['PATH'],
      HOME: process.env['HOME'],
      NODE_ENV: 'production',
      PORT: String(port),
      DATABASE_URL: databaseUrl,
      TRUST_PROXY: '127.0.0.0/8',
      POSTBAG_DRAIN_SECONDS: '0',
      ...secrets,
      ...settings,
    },
  })
  const kill = () => child.kill('SIGTERM')
  process.once('exit', kill)
  async function stop(): Promise<void> {
    process.off('exit', kill)
    if (child.exitCode === null && kill()) await once(child, 'exit')
  }
  const base = `http://127.0.0.1:${port}`
  await ready(base, child).catch(async (error: unknown) => {
    await stop()
    throw error
  })
  const startedIn = performance.now() - began

  let asked = 0
  return {
    admin: secrets.POSTBAG_ADMIN_KEY,
    port,
    startedIn,
    async ask({ method, path, headers, body }) {
      const answer = await fetch(base + path, {
        method,
        redirect: 'manual',
        headers: { 'x-forwarded-for': addressOf((asked += 1)), ...headers },
        ...(body !== undefined && { body }),
      })
      return { status: answer.status, headers: answer.headers, body: await answer.text() }
    },
    async during(work) {
      await told(child, 'reset')
      await work()
      return told(child, 'read')
    },
    memory: () => residentMegabytes(child.pid ?? 0),
    pid: child.pid ?? 0,
    stop,
  }
}

async function told(child: ChildProcess, order: 'reset' | 'read'): Promise<Hold> {
  child.send(order)
  const [hold] = await once(child, 'message')
  return { wall: Number(hold.wall), busy: Number(hold.busy) }
}

async function ready(base: string, child: ChildProcess): Promise<void> {
  const until = performance.now() + 60_000
  while (performance.now() < until) {
    if (child.exitCode !== null) throw new Error('The service did not start.')
    const answer = await fetch(`${base}/readyz`).catch(() => undefined)
    await answer?.text()
    if (answer?.ok) return
    await delay(10)
  }
  throw new Error('The service was not ready within a minute.')
}

async function residentMegabytes(pid: number): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8').catch(() => '')
  return Number(/VmRSS:\s+(\d+)/.exec(status)?.[1]) / 1_024
}
