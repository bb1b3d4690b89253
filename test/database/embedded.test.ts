import { once } from 'node:events'
import { readdir, readFile, stat, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { startEmbeddedPostgres } from '../../src/database/embedded.ts'
import { row, testGround } from '../support/embedded.ts'

const ground = await testGround()
afterAll(() => ground.clear())

describe('the embedded PostgreSQL', () => {
  const dataDir = ground.path('first')
  const logged: string[] = []

  test('starts where there is nothing, with a database of the superuser postbag', async () => {
    const postgres = await ground.start(dataDir, { durable: true, log: (line) => logged.push(line) })

    expect(postgres.url).toMatch(/^postgresql:\/\/postbag:[\w-]{32}@127\.0\.0\.1:\d+\/postbag$/)
    expect(new URL(postgres.url).port).toBe(String(postgres.port))
    const found = await row(
      postgres.url,
      `SELECT current_database() AS database, rolname AS role, rolsuper AS super,
        pg_encoding_to_char(encoding) AS encoding, current_setting('listen_addresses') AS addresses,
        current_setting('unix_socket_directories') AS sockets, current_setting('fsync') AS fsync,
        current_setting('synchronous_commit') AS commits, current_setting('full_page_writes') AS pages,
        current_setting('max_connections')::int >= 200 AS roomy
      FROM pg_database, pg_roles WHERE datname = current_database() AND rolname = current_user`,
    )
    expect(found).toEqual({
      database: 'postbag',
      role: 'postbag',
      super: true,
      encoding: 'UTF8',
      addresses: '127.0.0.1',
      sockets: '',
      fsync: 'on',
      commits: 'on',
      pages: 'on',
      roomy: true,
    })
    expect(postgres.note).toBeUndefined()
  })

  test('knows the letters of every script, in sorting as in searching', async () => {
    const { url } = await ground.start(ground.path('letters'))
    await row(url, 'CREATE EXTENSION pg_trgm')
    const found = await row(
      url,
      `SELECT lower('ÄЖΣ') AS lower, cardinality(show_trgm('привет')) AS trigrams,
        to_tsvector('simple', '«Привет» — สวัสดี')::text AS words`,
    )
    expect(found).toEqual({ lower: 'äжσ', trigrams: 7, words: expect.stringContaining("'привет'") })
  })

  test('keeps its password to itself', async () => {
    const file = join(dataDir, 'postgres-password')
    const password = await readFile(file, 'utf8')
    const { mode, uid } = await stat(file)
    expect({ mode: mode & 0o777, uid }).toEqual({ mode: 0o600, uid: process.getuid?.() })

    const cluster = join(dataDir, 'postgres')
    const commandLine = await readFile(join(cluster, 'postmaster.opts'), 'utf8')
    const serversLog = await readFile(join(dataDir, 'postgres.log'), 'utf8')
    expect(commandLine).toContain('127.0.0.1')
    expect(serversLog).toContain('ready to accept connections')
    expect(logged.join()).toContain(cluster)
    expect(`${commandLine}${serversLog}${logged.join()}`).not.toContain(password)
    expect((await readdir(dataDir)).toSorted()).toEqual([
      'owner.pid',
      'postgres',
      'postgres-password',
      'postgres-port',
      'postgres.log',
    ])
  })

  test('refuses another password', async () => {
    const port = (await readFile(join(dataDir, 'postgres-port'), 'utf8')).trim()
    const answer = row(`postgresql://postbag:wrong@127.0.0.1:${port}/postbag`, 'SELECT 1')
    await expect(answer).rejects.toThrow('password authentication failed')
  })

  test("does not write readers' words into its log", async () => {
    const { url } = await ground.start(ground.path('words'))
    await row(url, `CREATE TABLE words (word text CHECK (word <> 'indiscreet'))`)
    await expect(row(url, `INSERT INTO words VALUES ('indiscreet')`)).rejects.toThrow('check constraint')
    expect(await readFile(join(ground.path('words'), 'postgres.log'), 'utf8')).not.toContain('indiscreet')
  })

  test('finds its data again, on the same port', async () => {
    const again = ground.path('again')
    const first = await ground.start(again)
    await row(first.url, `CREATE TABLE kept AS SELECT 'kept' AS word`)
    await first.stop()
    await first.stop()
    await expect(row(first.url, 'SELECT')).rejects.toThrow('ECONNREFUSED')

    const second = await ground.start(again)
    expect(second.url).toBe(first.url)
    expect(await row(second.url, 'SELECT word FROM kept')).toEqual({ word: 'kept' })
    await second.stop()
  })

  test('takes another port when somebody has taken its own', async () => {
    const again = ground.path('again')
    const port = Number(await readFile(join(again, 'postgres-port'), 'utf8'))
    const somebody = createServer().listen(port, '127.0.0.1')
    await once(somebody, 'listening')

    const postgres = await ground.start(again)
    somebody.close()
    expect(postgres.port).not.toBe(port)
    expect(await row(postgres.url, 'SELECT word FROM kept')).toEqual({ word: 'kept' })
    expect(Number(await readFile(join(again, 'postgres-port'), 'utf8'))).toBe(postgres.port)
    await postgres.stop()
  })

  test('says why when another version wrote the data', async () => {
    const version = join(ground.path('again'), 'postgres', 'PG_VERSION')
    const written = await readFile(version, 'utf8')
    await writeFile(version, '13\n')
    await expect(ground.start(ground.path('again'))).rejects.toThrow(
      /written by PostgreSQL 13, and the installed one is 18/,
    )
    await writeFile(version, written)
  })

  test('tells the last words of a server that does not start, and starts once that is mended', async () => {
    const settings = join(ground.path('again'), 'postgres', 'postgresql.conf')
    const written = await readFile(settings, 'utf8')
    await writeFile(settings, `${written}\nno_such_setting = 1\n`)
    await expect(ground.start(ground.path('again'))).rejects.toThrow(/did not start.*\n.*no_such_setting/s)

    await writeFile(settings, written)
    await (await ground.start(ground.path('again'))).stop()
  })

  test('asks for DATABASE_URL when npm has brought no PostgreSQL, and leaves nothing', async () => {
    const options = { dataDir: ground.path('none') }
    const places = { packageDir: undefined, fallbackDir: ground.fallbackDir }
    await expect(startEmbeddedPostgres(options, places)).rejects.toThrow(/Set DATABASE_URL/)
    await expect(stat(options.dataDir)).rejects.toThrow('ENOENT')
  })
})
