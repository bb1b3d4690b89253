import { execFile } from 'node:child_process'
import { readFile, readlink, stat } from 'node:fs/promises'

/** An account without privileges that PostgreSQL runs as when the starter is root. */
export interface ServerUser {
  name: string
  uid: number
  gid: number
}

// Secrets in the starter's environment are nobody's business in a server that outlives it, and its language
// and PG… variables must not change what the server does. Windows programs cannot live without theirs.
const environment =
  process.platform === 'win32' ? {} : { env: { PATH: '/usr/bin:/bin', LC_ALL: 'C', TZ: 'UTC' } }

/**
 * Spawn options for one of PostgreSQL's programs: as whom, with which environment, and where it can always
 * stand.
 */
export function spawnedAs(user: ServerUser | undefined) {
  return { ...environment, ...(user ? { uid: user.uid, gid: user.gid } : {}), cwd: '/', windowsHide: true }
}

const noRoot = 'PostgreSQL does not run as root'
const instead = 'start Postbag as an ordinary user, or set DATABASE_URL to a PostgreSQL server.'

/**
 * Who PostgreSQL, which refuses to be root, is to run as: the account that owns the cluster (a path that need
 * not exist yet), else `postgres`, else `nobody`; undefined when the starter is no root, and so runs it as
 * itself. Never creates one.
 */
export async function chooseServerUser(cluster: string): Promise<ServerUser | undefined> {
  if (process.geteuid?.() !== 0) return undefined
  const owner = await stat(cluster).then(
    (found) => found.uid,
    () => undefined,
  )
  const accounts = await unprivilegedAccounts()
  const chosen =
    accounts.find((account) => account.uid === owner) ??
    accounts.find((account) => account.name === 'postgres') ??
    accounts.find((account) => account.name === 'nobody')
  if (!chosen) throw new Error(`${noRoot}, and there is no user "postgres" or "nobody": ${instead}`)
  // A root without the right to become somebody else, as in some containers.
  await run('/bin/sh', ['-c', ':'], { user: chosen, limit: 10_000 }).catch((error: unknown) => {
    throw new Error(`${noRoot}, nor can it be run as ${chosen.name} (${messageOf(error)}): ${instead}`)
  })
  return chosen
}

async function unprivilegedAccounts(): Promise<ServerUser[]> {
  const lines = (await readFile('/etc/passwd', 'utf8').catch(() => '')).split('\n')
  return lines
    .map((line) => line.split(':'))
    .map(([name = '', , uid, gid]) => ({ name, uid: Number(uid), gid: Number(gid) }))
    .filter((account) => account.uid > 0 && account.gid > 0)
}

/**
 * Runs a program to its end and answers what it wrote. Rejects with its code or errno, and what it said, when
 * it cannot be run, fails, or takes longer than `limit` milliseconds (it is killed then).
 */
export function run(
  file: string,
  args: string[],
  options: { user?: ServerUser | undefined; cwd?: string; limit: number },
): Promise<string> {
  return new Promise((resolve, reject) => {
    const { user, limit, ...rest } = options
    execFile(file, args, { ...spawnedAs(user), ...rest, timeout: limit }, (error, stdout, stderr) => {
      if (!error) return resolve(stdout)
      const said = `${stdout}${stderr}`.trim()
      reject(new Error(`${said || error.message}${error.killed ? ` (stopped after ${limit} ms)` : ''}`))
    })
  })
}

/**
 * When the process began, as a text that is only good for comparing (process numbers are used again);
 * undefined when there is no such process, or only a zombie of it.
 */
export async function beginningOf(pid: number): Promise<string | undefined> {
  if (!answersSignals(pid)) return undefined
  if (process.platform === 'win32') return 'unknown'
  if (process.platform !== 'linux') return beginningInProcessList(pid)
  const text = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => undefined)
  if (text === undefined) return 'unknown'
  // The name, in parentheses, may hold anything; the state is the first field after it and the beginning the
  // twentieth.
  const fields = text.slice(text.lastIndexOf(')') + 2).split(' ')
  return fields[0] === 'Z' || fields[0] === 'X' ? undefined : fields[19]
}

async function beginningInProcessList(pid: number): Promise<string | undefined> {
  const line = await run('/bin/ps', ['-o', 'stat=,lstart=', '-p', `${pid}`], { limit: 10_000 }).catch(
    () => '',
  )
  const [state = '', ...beginning] = line.trim().split(/\s+/)
  return state === '' || state.startsWith('Z') ? undefined : beginning.join(' ')
}

function answersSignals(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch (error) {
    return codeOf(error) === 'EPERM'
  }
}

/**
 * Whether this process is a PostgreSQL server of this cluster (a real path); undefined where that cannot be
 * known (Windows).
 */
export async function isServerOf(cluster: string, pid: number): Promise<boolean | undefined> {
  if (process.platform === 'win32') return undefined
  if (process.platform !== 'linux') {
    const command = await run('/bin/ps', ['-ww', '-o', 'command=', '-p', `${pid}`], { limit: 10_000 }).catch(
      () => '',
    )
    return command.includes('postgres') && command.includes(cluster)
  }
  const command = (await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '')).split('\0')
  if (!command[0]?.includes('postgres')) return false
  if (command.includes(cluster)) return true
  // Started by hand or before the directory was renamed; but a root without CAP_SYS_PTRACE may not see where
  // it stands.
  return (await readlink(`/proc/${pid}/cwd`).catch(() => undefined)) === cluster
}

/** The code of a failure (`ENOENT`, or an SQLSTATE), if it has one. */
export function codeOf(error: unknown): string | undefined {
  if (typeof error !== 'object' || error === null || !('code' in error)) return undefined
  return typeof error.code === 'string' ? error.code : undefined
}

/** What a failure says, whatever was thrown. */
export function messageOf(error: unknown): string {
  if (typeof error === 'object' && error !== null && 'message' in error) return String(error.message)
  return String(error)
}
