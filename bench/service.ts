import { type ChildProcess, spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { chmod, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { freePort } from '../test/support/ports.ts'
import type { Hold } from './holds.ts'

export interface Asked {
  method: 'GET' | 'POST' | 'PUT'
  path: string
  headers?: Record<string, string>
  body?: string
}

interface Answer {
  status: number
  headers: Headers
  body: string
}

/** The real service, started as `npm start` starts it, in a process of its own with a probe in it. */
export interface Service {
  /** the first admin's key */
  admin: string
  pid: number
  /** where it answers, without a slash at the end */
  base: string
  ask: (asked: Asked) => Promise<Answer>
  /** the longest hold while something is done */
  during: (work: () => Promise<void>) => Promise<Hold>
  stop: () => Promise<void>
}

const root = join(import.meta.dirname, '..')

/**
 * Starts it without rate limits, on the database with this address, or on an embedded PostgreSQL in a folder of its own,
 * with these settings above all others.
 */
export async function startService(
  databaseUrl?: string,
  settings: Record<string, string> = {},
): Promise<Service> {
  const folder = await mkdtemp(join(tmpdir(), 'postbag-bench-'))
  await chmod(folder, 0o755)
  const port = await freePort()
  const admin = settings['POSTBAG_ADMIN_KEY'] ?? `pbk_${randomBytes(32).toString('base64url')}`
  const child = spawn(
    process.execPath,
    ['--import', 'tsx', '--import', join(import.meta.dirname, 'probe.ts'), join(root, 'src/server.ts')],
    {
      cwd: root,
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
      env: {
        PATH: process.env['PATH'],
        HOME: process.env['HOME'],
        PORT: String(port),
        POSTBAG_DATA_DIR: folder,
        POSTBAG_ADMIN_KEY: admin,
        POSTBAG_RATE_LIMIT: 'off',
        POSTBAG_DEMO: 'off',
        ...(databaseUrl && {
          DATABASE_URL: databaseUrl,
          POSTBAG_SECRET: randomBytes(32).toString('base64url'),
        }),
        ...settings,
      },
    },
  )
  const base = `http://127.0.0.1:${port}`
  async function stop(): Promise<void> {
    if (child.exitCode === null && child.kill('SIGTERM')) await once(child, 'exit')
    await rm(folder, { recursive: true, force: true, maxRetries: 5 })
  }
  await ready(base, child).catch(async (error: unknown) => {
    await stop()
    throw error
  })

  async function ask({ method, path, headers, body }: Asked): Promise<Answer> {
    const answer = await fetch(base + path, {
      method,
      redirect: 'manual',
      ...(headers && { headers }),
      ...(body !== undefined && { body }),
    })
    return { status: answer.status, headers: answer.headers, body: await answer.text() }
  }

  return {
    admin,
    base,
    pid: child.pid ?? 0,
    ask,
    async during(work) {
      await told(child, 'reset')
      await work()
      return told(child, 'read')
    },
    stop,
  }
}

async function told(child: ChildProcess, order: 'reset' | 'read'): Promise<Hold> {
  child.send(order)
  const [hold] = await once(child, 'message')
  return { wall: Number(hold.wall), busy: Number(hold.busy) }
}

async function ready(base: string, child: ChildProcess): Promise<void> {
  for (let tries = 0; tries < 600; tries += 1) {
    if (child.exitCode !== null) throw new Error('The service did not start.')
    const answer = await fetch(`${base}/readyz`).catch(() => undefined)
    await answer?.text()
    if (answer?.ok) return
    await delay(100)
  }
  throw new Error('The service was not ready within a minute.')
}
