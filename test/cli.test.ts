import { spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { readdirSync } from 'node:fs'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { text } from 'node:stream/consumers'
import { Client } from 'pg'
import { ask, type House, openHouse, testBaseUrl, testSecret } from './support/house.ts'
import { aComment, aPerson, aSite } from './support/people.ts'

const root = join(import.meta.dirname, '..')

interface Ended {
  code: number | null
  out: string
  err: string
}

/** Runs the command line as an operator does, in a process of its own. */
async function postbag(args: string[], environment: Record<string, string> = {}): Promise<Ended> {
  const child = spawn(process.execPath, ['--import', 'tsx', 'src/cli.ts', ...args], {
    cwd: root,
    env: { ...process.env, DATABASE_URL: '', POSTBAG_BASE_URL: testBaseUrl, ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const [[code], out, err] = await Promise.all([once(child, 'close'), text(child.stdout), text(child.stderr)])
  return { code, out, err }
}

describe('postbag help', () => {
  test.each([[[]], [['migrate', '--help']]])('is what %j shows', async (args) => {
    const { code, out, err } = await postbag(args)
    expect({ code, err }).toEqual({ code: 0, err: '' })
    for (const command of ['migrate', 'sign-in-link', '--login NAME', 'help']) expect(out).toContain(command)
  })

  test.each([
    [['upgrade'], /^There is no command "upgrade"\.\n/],
    [['migrate', 'now'], /^There is no command "migrate now"\.\n/],
    [['migrate', '--login', 'ada'], /^--login belongs to sign-in-link\.\n/],
    [['log', 'heads', '--against', 'file'], /^--against belongs to log verify\.\n/],
    [['migrate', '--site', 'demo'], /^--site belongs to log heads, log verify, import and export\.\n/],
    [['import', 'usenet', 'FILE'], /^import takes one of disqus, wordpress/],
    [['export'], /^export takes --site KEY\.\n/],
    [['sign-in-link', '--force'], /--force/],
  ])('follows what is not understood: %j', async (args, said) => {
    const { code, out, err } = await postbag(args)
    expect({ code, out }).toEqual({ code: 2, out: '' })
    expect(err).toMatch(said)
    expect(err).toContain('bring the database to this version')
  })
})

describe('without its database', () => {
  test.each([['migrate'], ['sign-in-link']])('%s says which setting is missing', async (command) => {
    expect(await postbag([command])).toEqual({
      code: 1,
      out: '',
      err: 'DATABASE_URL is missing: the commands are for a database of your own\n',
    })
  })

  test.each([['migrate'], ['sign-in-link']])(
    '%s says that nobody answers, and keeps the password',
    async (command) => {
      const ended = await postbag([command], { DATABASE_URL: 'postgresql://me:hunter2@127.0.0.1:1/postbag' })
      expect(ended).toMatchObject({ code: 1, out: '', err: expect.stringContaining('ECONNREFUSED') })
      expect(ended.err).not.toContain('hunter2')
    },
  )
})

describe('on a new database', () => {
  const name = `postbag_cli_${randomBytes(4).toString('hex')}`
  const server = process.env['TEST_DATABASE_SERVER'] ?? ''
  const environment = { DATABASE_URL: Object.assign(new URL(server), { pathname: `/${name}` }).href }
  beforeAll(() => onServer(server, `create database ${name}`))
  afterAll(() => onServer(server, `drop database ${name} with (force)`))

  test('a link has to wait for the migrations, which come once', async () => {
    expect(await postbag(['sign-in-link'], environment)).toMatchObject({
      code: 1,
      out: '',
      err: expect.stringMatching(/run migrate first/),
    })

    const migrations = readdirSync(join(root, 'prisma/migrations'), { withFileTypes: true })
    const names = migrations.filter((entry) => entry.isDirectory()).map((entry) => entry.name)
    const first = await postbag(['migrate'], environment)
    expect(first).toMatchObject({ code: 0, err: '' })
    expect(
      first.out
        .trim()
        .split('\n')
        .slice(1)
        .map((line) => line.trim()),
    ).toEqual(names.toSorted())

    expect(await postbag(['migrate'], environment)).toEqual({
      code: 0,
      out: 'The database has every migration already.\n',
      err: '',
    })
    expect(await postbag(['sign-in-link'], environment)).toMatchObject({ code: 0, err: '' })
  })
})

describe('postbag sign-in-link', () => {
  let house: House
  let environment: { DATABASE_URL: string }
  beforeAll(async () => {
    house = await openHouse()
    environment = { DATABASE_URL: house.url }
  })
  afterAll(() => house.close())

  /** Whom a link signs in; a refusal is its problem's code. */
  async function signedInBy(url: string): Promise<string> {
    const [page, link = ''] = url.split('#')
    expect(page).toBe(`${testBaseUrl}/desk`)
    const session = await ask(house, 'POST', '/v1/session', { body: { link } })
    if (session.status !== 204) return session.body.code
    const [cookie = ''] = String(session.headers['set-cookie']).split(';')
    const me = await ask(house, 'GET', '/v1/me', { headers: { cookie } })
    return me.body.person.pseudonym
  }

  test('makes a link that signs the first admin in, once', async () => {
    const { code, out, err } = await postbag(['sign-in-link'], environment)
    expect({ code, err }).toEqual({ code: 0, err: '' })
    const [url = '', said] = out.split('\n')
    expect(said).toMatch(/^Signs First admin in, once, until \d\d:\d\d UTC\.$/)
    expect(await signedInBy(url)).toBe('First admin')
    expect(await signedInBy(url)).toBe('sign_in_failed')
  })

  test('makes one for the person of a login, however it is typed', async () => {
    const { pseudonym, id } = await aPerson(house, await aSite(house))
    await house.owner.query('update person set login = $2 where id = $1', [id, 'wren@example.org'])
    const { code, out } = await postbag(['sign-in-link', '--login', ' Wren@Example.org'], environment)
    expect(code).toBe(0)
    expect(await signedInBy(out.split('\n')[0] ?? '')).toBe(pseudonym)
  })

  test('makes none for nobody, nor for who is no longer active', async () => {
    const { id } = await aPerson(house, await aSite(house))
    await house.owner.query('update person set login = $2, active = false where id = $1', [
      id,
      'gone@example.org',
    ])
    for (const login of ['nobody@example.org', 'gone@example.org', '']) {
      expect(await postbag([`sign-in-link`, `--login=${login}`], environment)).toEqual({
        code: 1,
        out: '',
        err: `Nobody who is active signs in as "${login}".\n`,
      })
    }
  })

  test('makes none for a first admin who is no longer active', async () => {
    await house.owner.query('update person set active = false where first_admin')
    try {
      const ended = await postbag(['sign-in-link'], environment)
      expect(ended).toMatchObject({ code: 1, out: '', err: expect.stringContaining('no longer active') })
    } finally {
      await house.owner.query('update person set active = true where first_admin')
    }
  })
})

describe('postbag log', () => {
  let house: House
  let environment: { DATABASE_URL: string; POSTBAG_SECRET: string }
  let site: string
  beforeAll(async () => {
    house = await openHouse()
    environment = { DATABASE_URL: house.url, POSTBAG_SECRET: testSecret }
    site = await aSite(house)
    await aComment(house, site)
  })
  afterAll(() => house.close())

  test('prints heads, and verifies the log against them', async () => {
    const { code, out } = await postbag(['log', 'heads'], environment)
    expect(code).toBe(0)
    const { heads, publicKey } = JSON.parse(out)
    expect(heads).toEqual([expect.objectContaining({ site, position: 1 })])
    expect(publicKey).toMatch(/^[\w-]{43}$/)

    const file = join(await mkdtemp(join(tmpdir(), 'postbag-heads-')), 'heads.json')
    await writeFile(file, out)
    const verified = await postbag(['log', 'verify', '--against', file, '--site', site], environment)
    expect(verified).toEqual({ code: 0, out: `${site}: 1 moves verified, all sealed\n`, err: '' })

    await writeFile(file, out.replace(/"hash": "../, '"hash": "00'))
    const other = await postbag(['log', 'verify', '--against', file], environment)
    expect(other).toMatchObject({
      code: 1,
      out: '',
      err: expect.stringContaining(`The log of ${site} is not as it was`),
    })
    await rm(dirname(file), { recursive: true })
  })

  test('says what it could not check without the secret', async () => {
    const verified = await postbag(['log', 'verify'], { ...environment, POSTBAG_SECRET: '' })
    expect(verified).toMatchObject({
      code: 0,
      out: expect.stringContaining('signatures of the heads were not checked'),
    })
    expect(await postbag(['log', 'heads'], { ...environment, POSTBAG_SECRET: '' })).toMatchObject({ code: 1 })
  })

  test('names the row that somebody changed', async () => {
    await house.owner.query(
      `set session_replication_role = replica; update revision_text set text = 'Forged.'`,
    )
    const { code, err } = await postbag(['log', 'verify'], environment)
    expect({ code, err }).toEqual({
      code: 1,
      err: expect.stringMatching(/changed_words at position 1, comment [0-9a-f-]{36}, version 1/),
    })
  })

  test('knows no site that is not there', async () => {
    const { code, err } = await postbag(['log', 'verify', '--site', 'nowhere'], environment)
    expect({ code, err }).toEqual({ code: 1, err: 'There is no site nowhere.\n' })
  })
})

async function onServer(url: string, statement: string): Promise<void> {
  const client = new Client({ connectionString: url })
  await client.connect()
  try {
    await client.query(statement)
  } finally {
    await client.end()
  }
}
