import { execFile } from 'node:child_process'
import { access, mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { promisify } from 'node:util'
import { Client } from 'pg'
import { quantile } from './quantiles.ts'
import type { Turn } from './turns.ts'

/** A script of bench/yardsticks, with so many clients, for so many seconds or for so many times by each client. */
interface Script {
  script: string
  clients: number
  seconds?: number
  timesEach?: number
}

/** Runs scripts of pgbench on a database. */
type RunScript = (databaseUrl: string, script: Script) => Promise<Turn>

/** pgbench itself; only to see whether everything works, and where there is none, a driver that runs the same scripts. */
export async function scriptRunner(isSmoke: boolean): Promise<RunScript> {
  const pgbench = await findPgbench()
  if (pgbench) return (databaseUrl, script) => runPgbench(pgbench, databaseUrl, script)
  if (isSmoke) return runByDriver
  throw new Error('There is no pgbench; Debian has it in postgresql-contrib.')
}

/** pgbench from PATH or from where Debian puts it; undefined where there is none. */
async function findPgbench(): Promise<string | undefined> {
  const debian = '/usr/lib/postgresql'
  const versions = await readdir(debian).catch(() => [])
  const folders = [
    ...(process.env['PATH'] ?? '').split(delimiter),
    ...versions.toSorted((one, other) => Number(other) - Number(one)).map((one) => join(debian, one, 'bin')),
  ]
  for (const folder of folders) {
    const path = join(folder, 'pgbench')
    const isThere = await access(path).then(
      () => true,
      () => false,
    )
    if (isThere) return path
  }
  return undefined
}

async function runPgbench(
  pgbench: string,
  databaseUrl: string,
  { script, clients, seconds = 1, timesEach }: Script,
): Promise<Turn> {
  const folder = await mkdtemp(join(tmpdir(), 'postbag-pgbench-'))
  try {
    const limit = timesEach === undefined ? ['-T', `${Math.ceil(seconds)}`] : ['-t', `${timesEach}`]
    const options = ['-n', '-M', 'prepared', '-f', script, '-c', `${clients}`, '-j', '1', ...limit]
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
    return turnOf(took, took.length / rate)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

function turnOf(took: number[], seconds: number): Turn {
  return { done: took.length, seconds, p50: quantile(took, 0.5), p99: quantile(took, 0.99) }
}

/** What of pgbench's language the yardsticks use: `\set NAME random(LEAST, MOST)` lines, then one statement. */
async function runByDriver(
  databaseUrl: string,
  { script, clients, seconds = 1, timesEach = Infinity }: Script,
): Promise<Turn> {
  const lines = (await readFile(script, 'utf8')).split('\n')
  const variables = lines.flatMap((line) => {
    const [, name = '', least, most] = /^\\set (\w+) random\((\d+), (\d+)\)$/.exec(line) ?? []
    return name === '' ? [] : [{ name, least: Number(least), most: Number(most) }]
  })
  const statement = lines.filter((line) => !/^(\\|--)/.test(line)).join('\n')
  const text = statement.replace(
    /(?<!:):([a-z]\w*)/g,
    (_, name) => `$${1 + variables.findIndex((variable) => variable.name === name)}`,
  )
  const took: number[] = []
  const began = performance.now()
  await Promise.all(
    Array.from({ length: clients }, async () => {
      const client = new Client({ connectionString: databaseUrl })
      await client.connect()
      for (let times = 0; times < timesEach; times += 1) {
        const asked = performance.now()
        if (timesEach === Infinity && asked > began + seconds * 1_000) break
        const values = variables.map(
          ({ least, most }) => least + Math.floor(Math.random() * (most - least + 1)),
        )
        await client.query({ name: 'script', text, values })
        took.push(performance.now() - asked)
      }
      await client.end()
    }),
  )
  return turnOf(took, (performance.now() - began) / 1_000)
}
