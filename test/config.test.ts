import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseEnv } from 'node:util'
import { ConfigError, processEnvironment, readCommandConfig, readConfig, Settings } from '../src/config.ts'

const root = join(import.meta.dirname, '..')
const example = readFileSync(join(root, '.env.example'), 'utf8')
const exampleLines = parseEnv(example.replaceAll(/^# (?=[A-Z_]+=)/gm, ''))

/** A classifier's, of 32 bytes. */
const webhookSecret = `whsec_${'q'.repeat(43)}=`

/** What a real deployment has at least. */
const real = {
  DATABASE_URL: 'postgresql://postbag@127.0.0.1/postbag',
  POSTBAG_SECRET: 's'.repeat(32),
  POSTBAG_ADMIN_KEY: 'k'.repeat(32),
}

describe('without any setting', () => {
  test('the service runs here, with its own database, a demo and rate limits', () => {
    expect(readConfig({})).toEqual({
      production: false,
      port: 3_000,
      host: '127.0.0.1',
      dataDir: './.postbag',
      workers: 1,
      databaseUrl: undefined,
      pooler: undefined,
      replicaUrls: [],
      connections: 24,
      secret: undefined,
      adminKey: undefined,
      baseUrl: 'http://localhost:3000',
      trustProxy: [],
      redisUrl: undefined,
      classifier: undefined,
      secondFactor: 'optional',
      oidc: undefined,
      erasureLedger: undefined,
      cacheBytes: 64 * 2 ** 20,
      serveStale: 300,
      privateWebhooks: false,
      drainFor: 0,
      rateLimit: true,
      demo: true,
    })
  })

  test('in production requests are answered for five seconds more after it is told to stop', () => {
    expect(readConfig({ ...real, NODE_ENV: 'production' }).drainFor).toBe(5)
  })

  test('an empty value is no setting', () => {
    const empty = Object.fromEntries(Object.keys(Settings.shape).map((name) => [name, '']))
    expect(readConfig(empty)).toEqual(readConfig({}))
  })

  test('what belongs to others is left alone', () => {
    expect(readConfig({ PATH: '/bin', PGUSER: 'me' })).toEqual(readConfig({}))
  })
})

describe('a setting', () => {
  test('is taken as it was given', () => {
    const given = {
      ...real,
      NODE_ENV: 'production',
      PORT: '8080',
      HOST: '0.0.0.0',
      POSTBAG_DATA_DIR: '/var/lib/postbag',
      POSTBAG_BASE_URL: 'https://comments.example.org/post//',
      TRUST_PROXY: '10.0.0.0/8, fd00::/8',
      REDIS_URL: 'rediss://cache:6380',
      DATABASE_READER_URL: 'postgres://postbag@pooler/reader',
      DIRECT_DATABASE_URL: 'postgres://postbag@there/postbag',
      DATABASE_REPLICA_URLS: 'postgres://postbag@one/postbag, postgresql://postbag@two/postbag',
      DATABASE_CONNECTIONS: '12',
      POSTBAG_CLASSIFIER_URL: 'https://scores.example.org/v1?site=ours',
      POSTBAG_CLASSIFIER_SECRET: webhookSecret,
      POSTBAG_SECOND_FACTOR: 'required',
      POSTBAG_OIDC_ISSUER: 'https://accounts.example.org',
      POSTBAG_OIDC_CLIENT_ID: 'postbag',
      POSTBAG_OIDC_CLIENT_SECRET: 'a secret of theirs',
      POSTBAG_ERASURE_LEDGER: '/var/lib/postbag/erasures.jsonl',
      POSTBAG_CACHE_MB: '128',
      POSTBAG_SERVE_STALE: '0',
      POSTBAG_WEBHOOK_PRIVATE: 'off',
      POSTBAG_DRAIN_SECONDS: '12',
      POSTBAG_DEMO: 'on',
    }
    expect(Object.keys(given).toSorted()).toEqual(
      Object.keys(Settings.shape)
        .filter((name) => name !== 'POSTBAG_RATE_LIMIT')
        .toSorted(),
    )
    expect(readConfig(given, { workers: 4 })).toEqual({
      production: true,
      port: 8_080,
      host: '0.0.0.0',
      dataDir: '/var/lib/postbag',
      workers: 4,
      databaseUrl: real.DATABASE_URL,
      pooler: {
        readerUrl: 'postgres://postbag@pooler/reader',
        directUrl: 'postgres://postbag@there/postbag',
      },
      replicaUrls: ['postgres://postbag@one/postbag', 'postgresql://postbag@two/postbag'],
      connections: 12,
      secret: real.POSTBAG_SECRET,
      adminKey: real.POSTBAG_ADMIN_KEY,
      baseUrl: 'https://comments.example.org/post',
      trustProxy: ['10.0.0.0/8', 'fd00::/8'],
      redisUrl: 'rediss://cache:6380',
      classifier: { url: 'https://scores.example.org/v1?site=ours', secret: webhookSecret },
      secondFactor: 'required',
      oidc: {
        issuer: 'https://accounts.example.org/',
        clientId: 'postbag',
        clientSecret: 'a secret of theirs',
      },
      erasureLedger: '/var/lib/postbag/erasures.jsonl',
      cacheBytes: 128 * 2 ** 20,
      serveStale: 0,
      privateWebhooks: false,
      drainFor: 12,
      rateLimit: true,
      demo: true,
    })
  })

  test.each([
    ['NODE_ENV', 'staging'],
    ['PORT', 'http'],
    ['PORT', '65536'],
    ['PORT', '-1'],
    ['PORT', '3000.5'],
    ['POSTBAG_CACHE_MB', '0'],
    ['POSTBAG_CACHE_MB', 'much'],
    ['POSTBAG_SERVE_STALE', '-1'],
    ['DATABASE_URL', 'mysql://me@there/it'],
    ['DATABASE_URL', 'there/it'],
    ['DATABASE_REPLICA_URLS', 'mysql://me@there/it'],
    ['DATABASE_REPLICA_URLS', 'postgres://me@there/it,there/it'],
    ['DATABASE_REPLICA_URLS', 'postgres://me@there/it,'],
    ['DATABASE_CONNECTIONS', '3'],
    ['POSTBAG_SECRET', 'x'.repeat(31)],
    ['POSTBAG_ADMIN_KEY', 'x'.repeat(31)],
    ['POSTBAG_BASE_URL', 'comments.example.org'],
    ['POSTBAG_BASE_URL', 'ftp://comments.example.org'],
    ['REDIS_URL', 'there:6379'],
    ['POSTBAG_CLASSIFIER_SECRET', 'whsec_'],
    ['POSTBAG_CLASSIFIER_SECRET', 'q'.repeat(44)],
    ['POSTBAG_CLASSIFIER_SECRET', `whsec_${'q'.repeat(31)}=`],
    ['POSTBAG_CLASSIFIER_SECRET', `whsec_${'q'.repeat(88)}`],
    ['POSTBAG_CLASSIFIER_SECRET', `whsec_${'q'.repeat(43)}`],
    ['POSTBAG_CLASSIFIER_SECRET', `whsec_${'-'.repeat(44)}`],
    ['POSTBAG_SECOND_FACTOR', 'on'],
    ['POSTBAG_WEBHOOK_PRIVATE', 'true'],
    ['POSTBAG_DRAIN_SECONDS', '1.5'],
    ['POSTBAG_RATE_LIMIT', 'true'],
    ['POSTBAG_DEMO', 'yes'],
  ])('%s is not %s', (name, value) => {
    expect(faults({ ...real, [name]: value })).toEqual([expect.stringMatching(new RegExp(`^${name} .`))])
  })
})

describe('the settings of a database', () => {
  const [reader, direct] = ['postgres://postbag@pooler/reader', 'postgres://postbag@there/postbag']

  test.each([
    [{ DATABASE_READER_URL: reader }, 'DIRECT_DATABASE_URL is missing'],
    [{ DIRECT_DATABASE_URL: direct }, 'DATABASE_READER_URL is missing'],
  ])('belong together behind a pooler: %j', (given, fault) => {
    expect(faults({ ...real, ...given })).toEqual([expect.stringContaining(fault)])
  })

  test.each([
    { DATABASE_REPLICA_URLS: direct },
    { DATABASE_READER_URL: reader, DIRECT_DATABASE_URL: direct },
  ])('are nothing without it: %j', (given) => {
    expect(faults(given)).toEqual([expect.stringMatching(/^DATABASE_URL is missing/)])
  })

  test('never tell a password', () => {
    const given = { ...real, DATABASE_REPLICA_URLS: 'postgres://me@one/it,mysql://me:hunter2@two/it' }
    expect(faults(given).join()).not.toContain('hunter2')
  })

  test("are the direct one for an operator's command", () => {
    const given = { ...real, DATABASE_READER_URL: reader, DIRECT_DATABASE_URL: direct }
    expect(readCommandConfig(given).databaseUrl).toBe(direct)
  })
})

describe('workers', () => {
  test.each([{}, real])('count their rate limits together, or not at all: %j', (given) => {
    const start = (more: object) => () => readConfig({ ...given, ...more }, { workers: 2 })
    expect(start({})).toThrow(/^REDIS_URL is missing: workers /)
    expect(start({ REDIS_URL: 'redis://cache' })().workers).toBe(2)
    expect(start({ POSTBAG_RATE_LIMIT: 'off' })().workers).toBe(2)
  })
})

describe('TRUST_PROXY', () => {
  test.each(['10.0.0.0/8', '10.1.2.3/32', '0.0.0.0/0', '::1/128', 'fd00::/8', '10.0.0.0/8,192.168.0.0/16'])(
    'takes ranges: %s',
    (ranges) => {
      expect(readConfig({ TRUST_PROXY: ranges }).trustProxy).toEqual(ranges.split(','))
    },
  )

  test.each([
    'true',
    'false',
    '1',
    '10.0.0.1',
    '::1',
    'loopback',
    'uniquelocal',
    'proxy.example.org',
    'proxy.example.org/8',
    '10.0.0.0/33',
    'fd00::/129',
    '10.0.0.0/-1',
    '10.0.0.0/8/8',
    '10.0.0.0/',
    '10.0.0/8',
    '*',
    '10.0.0.0/8,loopback',
    '10.0.0.0/8,',
  ])('takes nothing else: %s', (value) => {
    expect(faults({ TRUST_PROXY: value })).toEqual([
      expect.stringMatching(/^TRUST_PROXY takes address ranges/),
    ])
  })
})

describe('a classifier', () => {
  const secret = { POSTBAG_CLASSIFIER_SECRET: webhookSecret }
  const at = (url: string) => ({ ...secret, POSTBAG_CLASSIFIER_URL: url })
  const production = { ...real, NODE_ENV: 'production' }

  test.each([24, 32, 64])('shares a secret of %i bytes, as Standard Webhooks says', (bytes) => {
    const shared = `whsec_${Buffer.alloc(bytes, 7).toString('base64')}`
    const given = { ...at('https://scores.example.org'), POSTBAG_CLASSIFIER_SECRET: shared }
    expect(readConfig(given).classifier).toEqual({ url: 'https://scores.example.org', secret: shared })
  })

  test('needs its secret; a secret alone asks nobody', () => {
    expect(faults({ POSTBAG_CLASSIFIER_URL: 'https://scores.example.org' })).toEqual([
      expect.stringMatching(/^POSTBAG_CLASSIFIER_SECRET is missing/),
    ])
    expect(readConfig(secret).classifier).toBeUndefined()
  })

  test.each(['scores.example.org', 'ftp://scores.example.org', '//scores.example.org', 'https://'])(
    'is reached over HTTP, not at %s',
    (url) => {
      expect(faults(at(url))).toEqual(['POSTBAG_CLASSIFIER_URL is not an https:// URL'])
    },
  )

  test.each([
    'https://me:hunter2@scores.example.org',
    'https://me@scores.example.org',
    'https://:hunter2@a.example',
  ])('is told who calls by the signature, not by %s', (url) => {
    expect(faults(at(url))).toEqual([expect.stringMatching(/^POSTBAG_CLASSIFIER_URL holds credentials/)])
  })

  test.each([
    'http://scores.example.org',
    'http://10.0.0.7',
    'http://127.example.org',
    'http://localhost.example.org',
  ])('gets no reader’s words without TLS in production: %s', (url) => {
    expect(faults({ ...production, ...at(url) })).toEqual([
      expect.stringMatching(/^POSTBAG_CLASSIFIER_URL is not an https:\/\/ URL: in production/),
    ])
    expect(readConfig(at(url)).classifier?.url).toBe(url)
  })

  test.each(['http://localhost:8000/', 'http://127.0.0.1/', 'http://127.9.9.9:81/', 'http://[::1]:8000/'])(
    'may be on the same machine without: %s',
    (url) => {
      expect(readConfig({ ...production, ...at(url) }).classifier?.url).toBe(url)
    },
  )
})

describe('an issuer of accounts', () => {
  const issuer = {
    POSTBAG_OIDC_ISSUER: 'https://accounts.example.org/staff',
    POSTBAG_OIDC_CLIENT_ID: 'postbag',
    POSTBAG_OIDC_CLIENT_SECRET: 'a secret of theirs',
  }

  test.each(Object.keys(issuer))('is set in three settings, or in none: %s', (name) => {
    const said = faults({ ...issuer, [name]: undefined })
    expect(said).toEqual([expect.stringMatching(`^${name} is missing`)])
    expect(said.join()).not.toContain(issuer.POSTBAG_OIDC_CLIENT_SECRET)
  })

  test('is kept as it was given, with the / that a bare host has', () => {
    expect(readConfig(issuer).oidc?.issuer).toBe('https://accounts.example.org/staff')
    const bare = { ...issuer, POSTBAG_OIDC_ISSUER: 'https://accounts.example.org' }
    expect(readConfig(bare).oidc?.issuer).toBe('https://accounts.example.org/')
  })

  test.each([
    'accounts.example.org',
    'ftp://accounts.example.org',
    'https://me:hunter2@accounts.example.org',
  ])('is not at %s', (url) => {
    expect(faults({ ...issuer, POSTBAG_OIDC_ISSUER: url })).toEqual([
      expect.stringMatching(/^POSTBAG_OIDC_ISSUER (is not an https|holds credentials)/),
    ])
  })

  test('is asked over TLS in production, but on the same machine', () => {
    const production = { ...real, ...issuer, NODE_ENV: 'production' }
    expect(faults({ ...production, POSTBAG_OIDC_ISSUER: 'http://accounts.example.org' })).toEqual([
      expect.stringMatching(/^POSTBAG_OIDC_ISSUER is not an https:\/\/ URL: in production/),
    ])
    const here = { ...production, POSTBAG_OIDC_ISSUER: 'http://localhost:8080/' }
    expect(readConfig(here).oidc?.issuer).toBe('http://localhost:8080/')
  })
})

describe('with a database of your own', () => {
  const names = ['POSTBAG_SECRET', 'POSTBAG_ADMIN_KEY'] as const
  test('the secrets must be there; each that is missing is named', () => {
    expect(faults({ DATABASE_URL: real.DATABASE_URL })).toEqual(
      names.map((name) => expect.stringMatching(`^${name} is missing`)),
    )
    for (const name of names) {
      expect(faults({ ...real, [name]: undefined })).toEqual([expect.stringMatching(`^${name} is missing`)])
      expect(faults({ ...real, [name]: '' })).toEqual([expect.stringMatching(`^${name} is missing`)])
    }
  })

  test('they must be long, and each short one is named', () => {
    for (const name of names) {
      expect(faults({ ...real, [name]: 'hunter2' })).toEqual([expect.stringMatching(`^${name} is too short`)])
    }
  })

  test('they must not be the ones that everybody can read in .env.example', () => {
    for (const name of names) {
      for (const known of names.map((other) => exampleLines[other])) {
        expect(faults({ ...real, [name]: known })).toEqual([
          expect.stringMatching(`^${name} is the example from .env.example`),
        ])
      }
    }
  })

  test('and they must differ', () => {
    expect(faults({ ...real, POSTBAG_ADMIN_KEY: real.POSTBAG_SECRET })).toEqual([
      expect.stringMatching('^POSTBAG_ADMIN_KEY is the same'),
    ])
  })

  test('there is no demo unless it is asked for', () => {
    expect(readConfig(real).demo).toBe(false)
    expect(readConfig({ ...real, POSTBAG_DEMO: 'on' }).demo).toBe(true)
    expect(readConfig({ POSTBAG_DEMO: 'off' }).demo).toBe(false)
  })

  test('rate limits may be off outside production', () => {
    expect(readConfig({ ...real, POSTBAG_RATE_LIMIT: 'off' }).rateLimit).toBe(false)
  })
})

describe('in production', () => {
  const production = { ...real, NODE_ENV: 'production' }

  test('all goes well with a database and secrets', () => {
    expect(readConfig(production)).toMatchObject({ production: true, rateLimit: true, demo: false })
  })

  test('the embedded database is refused', () => {
    expect(faults({ ...production, DATABASE_URL: undefined })).toEqual([
      expect.stringMatching(/^DATABASE_URL is missing/),
    ])
  })

  test('rate limits are not to be switched off', () => {
    expect(faults({ ...production, POSTBAG_RATE_LIMIT: 'off' })).toEqual([
      'POSTBAG_RATE_LIMIT cannot be off in production',
    ])
  })

  test('everything that is wrong is said at once', () => {
    const wrong = { NODE_ENV: 'production', PORT: 'x', POSTBAG_SECRET: 'hunter2', POSTBAG_RATE_LIMIT: 'off' }
    expect(faults(wrong).map((fault) => fault.split(' ')[0])).toEqual([
      'PORT',
      'POSTBAG_SECRET',
      'POSTBAG_ADMIN_KEY',
      'DATABASE_URL',
      'POSTBAG_RATE_LIMIT',
    ])
  })
})

test('what is wrong never shows the value, which may be a secret in the wrong place', () => {
  for (const name of Object.keys(Settings.shape)) {
    const value = name === 'POSTBAG_SECRET' || name === 'POSTBAG_ADMIN_KEY' ? 'hunter2' : 'hunter2, hunter2'
    if (/^(HOST|POSTBAG_DATA_DIR|POSTBAG_ERASURE_LEDGER|POSTBAG_OIDC_CLIENT_(ID|SECRET))$/.test(name))
      continue
    const said = faults({ [name]: value }).join('\n')
    expect(said).toMatch(`${name} `)
    expect(said).not.toContain('hunter2')
  }
})

describe('where the service is reached, unless it is said,', () => {
  test.each([
    [{}, 'http://localhost:3000'],
    [{ HOST: '0.0.0.0' }, 'http://localhost:3000'],
    [{ HOST: '::', PORT: '80' }, 'http://localhost:80'],
    [{ HOST: '192.0.2.7', PORT: '8080' }, 'http://192.0.2.7:8080'],
    [{ HOST: '2001:db8::7' }, 'http://[2001:db8::7]:3000'],
    [{ HOST: 'comments.internal' }, 'http://comments.internal:3000'],
  ])('follows from %j', (given, url) => {
    expect(readConfig(given).baseUrl).toBe(url)
    expect(() => new URL(url)).not.toThrow()
  })
})

describe("an operator's command", () => {
  test('needs the database alone', () => {
    expect(
      readCommandConfig({ DATABASE_URL: real.DATABASE_URL, POSTBAG_BASE_URL: 'https://a.example/' }),
    ).toEqual({
      databaseUrl: real.DATABASE_URL,
      baseUrl: 'https://a.example',
    })
    expect(readCommandConfig({ ...real, NODE_ENV: 'production', POSTBAG_SECRET: 'short' }).baseUrl).toBe(
      'http://localhost:3000',
    )
  })

  test.each([[{}], [{ DATABASE_URL: '' }], [{ DATABASE_URL: 'hunter2' }]])('refuses %j', (given) => {
    const refused = () => readCommandConfig(given)
    expect(refused).toThrow(ConfigError)
    expect(refused).toThrow(/^DATABASE_URL is (missing|not)/)
    expect(refused).not.toThrow(/hunter2/)
  })
})

describe('.env', () => {
  const before = process.cwd()
  const folder = mkdtempSync(join(tmpdir(), 'postbag-env-'))
  afterEach(() => process.chdir(before))
  afterAll(() => rmSync(folder, { recursive: true }))

  test('counts where the environment says nothing', () => {
    process.env['POSTBAG_DEMO'] = 'off'
    try {
      writeFileSync(join(folder, '.env'), '# mine\nPOSTBAG_DATA_DIR="/my place"\nPOSTBAG_DEMO=on\n')
      process.chdir(folder)
      expect(readConfig(processEnvironment())).toMatchObject({ dataDir: '/my place', demo: false })
      expect(process.env['POSTBAG_DATA_DIR']).toBeUndefined()
    } finally {
      delete process.env['POSTBAG_DEMO']
    }
  })

  test('need not be there', () => {
    rmSync(join(folder, '.env'))
    process.chdir(folder)
    expect(processEnvironment()).toEqual({ ...process.env })
  })
})

describe('.env.example', () => {
  const compose = readFileSync(join(root, 'docker-compose.yml'), 'utf8')
  const forCompose = [...compose.matchAll(/\$\{(\w+)/g)].map(([, name = '']) => name)

  test('has every setting, what docker-compose.yml asks for, and nothing else', () => {
    const wanted = new Set([...Object.keys(Settings.shape), ...forCompose])
    expect(Object.keys(exampleLines).toSorted()).toEqual([...wanted].toSorted())
  })

  test('and docker-compose.yml sets nothing that is no setting', () => {
    const set = [...compose.matchAll(/^ {6}([A-Z_]+):/gm)].map(([, name = '']) => name)
    const settings = Object.keys(Settings.shape)
    expect(set.filter((name) => !name.startsWith('POSTGRES_'))).toEqual(
      expect.arrayContaining([
        'DATABASE_URL',
        'REDIS_URL',
        'POSTBAG_SECRET',
        'POSTBAG_ADMIN_KEY',
        'TRUST_PROXY',
      ]),
    )
    expect(set.filter((name) => !name.startsWith('POSTGRES_') && !settings.includes(name))).toEqual([])
  })

  test('explains each in a comment of its own', () => {
    for (const block of example.trim().split('\n\n').slice(1)) expect(block).toMatch(/^# [A-Z]?\w[^=]*\n/)
  })

  test('shows the defaults as they are', () => {
    const { POSTBAG_SECRET, POSTBAG_ADMIN_KEY, DATABASE_URL, POSTBAG_BASE_URL, NODE_ENV, ...others } =
      exampleLines
    expect(readConfig(others)).toEqual(readConfig({}))
    expect([POSTBAG_SECRET, POSTBAG_ADMIN_KEY, DATABASE_URL, POSTBAG_BASE_URL, NODE_ENV]).not.toContain(
      undefined,
    )
  })

  test('is refused as it is, for its secrets and nothing else; with real ones it will do', () => {
    expect(faults(parseEnv(example)).map((fault) => fault.split(' is the example')[0])).toEqual([
      'POSTBAG_SECRET',
      'POSTBAG_ADMIN_KEY',
    ])
    expect(readConfig({ ...parseEnv(example), ...real }).production).toBe(true)
  })
})

/** What readConfig has against these settings, a line each. */
function faults(environment: Record<string, string | undefined>): string[] {
  try {
    readConfig(environment)
  } catch (error) {
    if (error instanceof ConfigError) return error.message.split('\n')
    throw error
  }
  return []
}
