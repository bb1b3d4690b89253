import { execFile } from 'node:child_process'
import { access, mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { promisify } from 'node:util'

/** What pgbench measured. */
export interface Benched {
  /** transactions */
  done: number
  seconds: number
  /** milliseconds that each transaction took */
  took: number[]
}

/** pgbench from PATH or from where Debian puts it; undefined where there is none. */
export async function findPgbench(): Promise<string | undefined> {
  const debian = '/usr/lib/postgresql'
  const versions = await readdir(debian).catch(() => [])
  const folders = [
    ...(process.env['PATH'] ?? '').split(delimiter),
    ...versions.toSorted((one, other) => Number(other) - Number(one)).map((one) => join(debian, one, 'bin')),
  ]
  for (const folder of folders) {
    const path = join(folder, 'pgbench')
    if (
      await access(path).then(
        () => true,
        () => false,
      )
    )
      return path
  }
  return undefined
}

/** Runs a script with so many clients for so long, prepared once by each. */
export async function runPgbench(
  pgbench: string,
  databaseUrl: string,
  { script, clients, seconds }: { script: string; clients: number; seconds: number },
): Promise<Benched> {
  const folder = await mkdtemp(join(tmpdir(), 'postbag-pgbench-'))
  try {
    const options = ['-n', '-M', 'prepared', '-f', script, '-c', `${clients}`, '-j', '1', '-T', `${seconds}`]
    const { stdout } = await promisify(execFile)(
      pgbench,
      [...options, '-l', '--log-prefix', join(folder, 'log'), databaseUrl],
      { maxBuffer: 1e8 },
    )
    const failed = /failed transactions: (\d+)/.exec(stdout)?.[1] ?? '0'
    if (failed !== '0') throw new Error(`pgbench: ${failed} transactions failed`)
    const rate = Number(/tps = ([\d.]+)/.exec(stdout)?.[1])
    const took: number[] = []
    for (const file of await readdir(folder)) {
      const lines = (await readFile(join(folder, file), 'utf8')).trim().split('\n')
      // client, transaction, microseconds, …
      for (const line of lines) took.push(Number(line.split(' ')[2]) / 1_000)
    }
    return { done: took.length, seconds: took.length / rate, took }
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}
