import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtempSync, readFileSync } from 'node:fs'
import { request } from 'node:http'
import { dirname, join } from 'node:path'
import { freePort } from '../support/ports.ts'
import { end, patiently } from './postgres.ts'

export interface Asked {
  method?: string
  path: string
  key?: string
  headers?: Record<string, string>
  body?: object
  /** the reader's address, as a proxy tells it */
  from?: string
}

export interface Said {
  status: number
  headers: Record<string, string | string[] | undefined>
  text: string
}

/** The service as a process of its own, the first of several where it has workers. */
export interface TestService {
  name: string
  port: number
  /** waits until it is ready */
  start: () => Promise<void>
  end: (signal: 'SIGKILL' | 'SIGTERM') => Promise<void>
  /** over a connection of its own, so that each worker has its turn; rejects where nobody answers */
  ask: (asked: Asked) => Promise<Said>
  isReady: () => Promise<boolean>
  /** all that it has written */
  log: () => string
  /** process numbers of what serves, but for the first process */
  workers: () => number[]
}

const root = join(import.meta.dirname, '../..')

/** `program` is the file to run: our TypeScript, unless it is a compiled one. */
export async function service(
  name: string,
  folder: string,
  settings: Record<string, string>,
  options: string[] = [],
  program = join(root, 'src/server.ts'),
): Promise<TestService> {
  const port = await freePort()
  const cwd = mkdtempSync(join(folder, 'service-'))
  const { PATH = '' } = process.env
  let running: ChildProcess | undefined
  let log = ''

  function ask({ method = 'GET', path, key, headers, body, from }: Asked): Promise<Said> {
    const sent = body && JSON.stringify(body)
    return new Promise((resolve, reject) => {
      const asking = request({
        port,
        host: '127.0.0.1',
        method,
        path,
        agent: false,
        timeout: 20_000,
        headers: {
          ...(key !== undefined && { authorization: `Bearer ${key}` }),
          ...(from !== undefined && { 'x-forwarded-for': from }),
          ...(sent !== undefined && { 'content-type': 'application/json' }),
          ...headers,
        },
      })
      asking.on('error', reject)
      asking.on('timeout', () => asking.destroy(new Error(`${name} says nothing`)))
      asking.on('response', (answer) => {
        const parts: Buffer[] = []
        answer.on('data', (part) => parts.push(part))
        answer.on('error', reject)
        answer.on('end', () =>
          resolve({
            status: answer.statusCode ?? 0,
            headers: answer.headers,
            text: Buffer.concat(parts).toString(),
          }),
        )
      })
      asking.end(sent)
    })
  }
  const isReady = () =>
    ask({ path: '/readyz' }).then(
      ({ status }) => status === 200,
      () => false,
    )

  return {
    name,
    port,
    ask,
    isReady,
    log: () => log,
    async start() {
      const loader = program.endsWith('.ts') ? ['--import', import.meta.resolve('tsx')] : []
      const args = [...loader, program, ...options]
      running = spawn(process.execPath, args, {
        cwd,
        // Where pages are compiled as they are loaded, it has to be told how.
        env: {
          PATH,
          PORT: String(port),
          TSX_TSCONFIG_PATH: join(dirname(program), '../tsconfig.json'),
          ...settings,
        },
        stdio: ['ignore', 'pipe', 'inherit'],
      })
      running.stdout?.on('data', (part) => (log += String(part)))
      const from = log.length
      await patiently(
        `${name} is ready`,
        () => {
          if (running?.exitCode !== null) throw new Error(`${name} did not start: ${log}`)
          return log.includes('Postbag is running', from) && isReady()
        },
        180_000,
      )
    },
    end: (signal) => end(running, signal),
    workers: () => childrenOf(running?.pid).filter((pid) => commandOf(pid).includes('server.ts')),
  }
}

function childrenOf(pid: number | undefined): number[] {
  return contentOf(`/proc/${pid}/task/${pid}/children`).split(' ').filter(Boolean).map(Number)
}

function commandOf(pid: number): string {
  return contentOf(`/proc/${pid}/cmdline`)
}

/** Empty where the process is gone. */
function contentOf(file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return ''
  }
}
