import { chmod, chown, cp, lstat, mkdir, readdir, realpath, rm, stat, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { packageDir, row, serverOf, testGround } from '../support/embedded.ts'

const isRoot = process.getuid?.() === 0
const ground = await testGround()
afterAll(() => ground.clear())

describe('a PostgreSQL whose install script npm did not run', () => {
  test('is repaired where it is', async () => {
    const broken = await packageCopy('broken')
    await breakPackage(broken)
    const postgres = await ground.start(ground.path('repaired'), { packageDir: broken })

    expect(await row(postgres.url, 'SELECT 1 AS one')).toEqual({ one: 1 })
    expect(postgres.note).toBeUndefined()
    expect((await lstat(join(broken, 'native/lib/libpq.so.5'))).isSymbolicLink()).toBe(true)
  })

  test('is copied next to the data where it cannot be repaired, once', async () => {
    const broken = await packageCopy('unrepairable')
    await breakPackage(broken)
    await rm(join(broken, 'scripts'), { recursive: true })
    await expect(ground.start(ground.path('copied'), { packageDir: broken })).rejects.toThrow(
      /libicu.* nor copied .*Set DATABASE_URL/s,
    )

    await cp(join(packageDir, 'scripts'), join(broken, 'scripts'), { recursive: true })
    await setWritable(broken, false)
    const first = await ground.start(ground.path('copied'), { packageDir: broken })
    expect(first.note).toMatch(/copy in .*copied.native-/)
    expect(await row(first.url, 'SELECT 1 AS one')).toEqual({ one: 1 })
    await first.stop()

    const logged: string[] = []
    await ground.start(ground.path('copied'), { packageDir: broken, log: (line) => logged.push(line) })
    expect(logged.join('\n')).not.toContain('Copying')
    await setWritable(broken, true)
  })
})

test('a PostgreSQL for another system asks for DATABASE_URL instead', async () => {
  const foreign = await packageCopy('foreign')
  await writeFile(join(foreign, 'native/bin/postgres'), 'a program for another system')
  await expect(ground.start(ground.path('foreign data'), { packageDir: foreign })).rejects.toThrow(
    /does not run on this system.*Set DATABASE_URL/s,
  )
})

describe('a data directory below one that is closed to others', () => {
  test("is left alone: for root's server the data goes elsewhere, for its owner's it is in it", async () => {
    const closed = ground.path('closed')
    await mkdir(closed, { mode: 0o700 })
    await chmod(closed, 0o700)
    const dataDir = join(closed, 'data')
    const first = await ground.start(dataDir, { packageDir: await packageCopy('closed/package') })
    await row(first.url, `CREATE TABLE kept AS SELECT 'kept' AS word`)
    await first.stop()

    const second = await ground.start(dataDir, { packageDir: join(closed, 'package') })
    expect(await row(second.url, 'SELECT word FROM kept')).toEqual({ word: 'kept' })
    const cluster = await realpath(join(dataDir, 'postgres'))
    expect(await serverOf(cluster)).toBeGreaterThan(1)
    expect((await stat(closed)).mode & 0o777).toBe(0o700)
    expect(dirname(dirname(cluster))).toBe(isRoot ? ground.fallbackDir : closed)
    expect(second.note ?? '').toContain(isRoot ? cluster : '')
    expect(second.note ?? '').toContain(isRoot ? join(dirname(cluster), 'native-') : '')
    expect((await stat(cluster)).uid === process.getuid?.()).toBe(!isRoot)
  })

  test('that became so later is refused, or no obstacle to its owner', async () => {
    const opened = ground.path('opened')
    await mkdir(opened)
    const first = await ground.start(join(opened, 'data'))
    await first.stop()
    await chmod(opened, 0o700)
    const again = ground.start(join(opened, 'data')).then(
      () => 'started',
      (error: Error) => error.message,
    )
    expect(await again).toMatch(isRoot ? /can no longer reach/ : /^started$/)
  })
})

test("data that was copied with another owner, or another mode, is the server's again", async () => {
  const dataDir = ground.path('moved')
  const first = await ground.start(dataDir)
  await row(first.url, `CREATE TABLE kept AS SELECT 'kept' AS word`)
  await first.stop()
  const cluster = join(dataDir, 'postgres')
  for (const path of ['.', ...(await readdir(cluster, { recursive: true }))]) {
    if (isRoot) await chown(join(cluster, path), 0, 0)
  }
  await chmod(cluster, 0o755)
  const second = await ground.start(dataDir)
  expect(await row(second.url, 'SELECT word FROM kept')).toEqual({ word: 'kept' })
})

async function packageCopy(name: string): Promise<string> {
  const copy = ground.path(name)
  await cp(packageDir, copy, { recursive: true, verbatimSymlinks: true })
  return copy
}

/** As npm leaves it with --ignore-scripts, and as an archive without modes would. */
async function breakPackage(copy: string): Promise<void> {
  const lib = join(copy, 'native/lib')
  for (const entry of await readdir(lib, { withFileTypes: true })) {
    if (entry.isSymbolicLink()) await rm(join(lib, entry.name))
  }
  await chmod(join(copy, 'native/bin/initdb'), 0o644)
}

/** Nothing is unwritable for root; but a package that its server cannot enter is as good as that. */
async function setWritable(copy: string, writable: boolean): Promise<void> {
  if (isRoot) return chmod(copy, writable ? 0o755 : 0o700)
  for (const folder of ['native/lib', 'native/bin']) await chmod(join(copy, folder), writable ? 0o755 : 0o555)
}
