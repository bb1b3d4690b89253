import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Source, sourceOf, sourcesIn } from './support/source.ts'

/** The rooms, from the ground up. A file imports from its own room and from any before it. */
const rooms = [
  'database',
  'http',
  'access',
  'sites',
  'terms',
  'delivery',
  'screening',
  'comments',
  'moderation',
  'reading',
  'webhooks',
  'importing',
  'pages',
  'embed',
  'desk',
]

/** What lies above all rooms, where it is there. */
const top = new Set([
  'README.md',
  'app.ts',
  'bundle.mjs',
  'chores.ts',
  'cli.ts',
  'config.ts',
  'demo.ts',
  'kept-secret.ts',
  'options.ts',
  'saying.ts',
  'server.ts',
  'setting.ts',
  'settings-together.ts',
  'start.mjs',
  'stopping.ts',
  'summary.ts',
  'workers.ts',
])

/** Made of nothing but their own lines, and so the same in a browser. */
const pure = new Set(['comments/graphemes.ts', 'comments/linked-text.ts'])

/** Where a browser would take text for markup or for a program. */
const markup =
  /\.(innerHTML|outerHTML|insertAdjacentHTML|setHTML|setHTMLUnsafe|write|writeln|srcdoc|parseFromString|createContextualFragment)$|^(eval|Function)$/

const routes = /(^|[/-])routes\.ts$/
const store = /(^|[/-])store\.ts$/

/** Where figures are made for people who ask for figures. */
const figures = /^moderation\/(statistics|transparency|samples)\//

interface Rule {
  rule: string
  /** what in a file breaks it; `house` is all files */
  breaches: (file: Source, house: Source[]) => string[]
  /** files that break it */
  broken: Record<string, string>
  /** files that may break it, and why */
  except?: Record<string, string>
}

const rules: Rule[] = [
  {
    rule: 'imports go down, in the order of the rooms',
    breaches: ({ path, imports }) =>
      imports.filter((from) => /\.tsx?$/.test(from) && floor(from) > floor(path)),
    broken: { 'terms/terms.ts': "import type { Comment } from '../comments/comment.ts'" },
  },
  {
    rule: 'nothing comes from outside of src but libraries',
    breaches: ({ imports }) => imports.filter((from) => /^(\.\.|\/|#|src\/)/.test(from)),
    broken: { 'config.ts': "import settings from '../package.json'" },
  },
  {
    rule: 'what browsers run is made of its own files and pure ones',
    breaches: ({ path, loads }) =>
      path.startsWith('embed/') ? loads.filter((from) => !from.startsWith('embed/') && !pure.has(from)) : [],
    broken: { 'embed/main.ts': "import { Problem } from '../http/problems.ts'" },
  },
  {
    rule: 'what browsers run makes nothing of text but text',
    breaches: ({ path, members, calls, strings }) =>
      path.startsWith('embed/')
        ? [...members, ...calls]
            .filter((chain) => markup.test(chain))
            .concat(strings.filter((text) => /^on[a-z]+$/.test(text)))
        : [],
    broken: { 'embed/main.ts': 'element.innerHTML = text' },
  },
  {
    rule: 'settings are read at the top and handed down',
    breaches: ({ path, imports }) =>
      /^(server|cli)\.ts$/.test(path) ? [] : imports.filter((from) => from === 'config.ts'),
    broken: { 'app.ts': "import type { Config } from './config.ts'" },
  },
  {
    rule: 'only routes and the app know routes',
    breaches: ({ path, imports }) =>
      path === 'app.ts' || routes.test(path) ? [] : imports.filter((from) => routes.test(from)),
    broken: { 'terms/store.ts': "import { termsRoutes } from './routes.ts'" },
  },
  {
    rule: 'a store builds on nouns, and nouns know no store',
    breaches: (file, house) =>
      nounsOf(house).has(file) ? file.imports.filter((from) => store.test(from)) : [],
    broken: {
      'terms/store.ts': "import type { Terms } from './terms.ts'",
      'terms/terms.ts': "import type { TermsRow } from './store.ts'",
    },
  },
  {
    rule: 'SQL and queries by Prisma stand in stores',
    breaches: (file) => (store.test(file.path) || file.path.startsWith('database/') ? [] : queriesIn(file)),
    broken: { 'terms/publish.ts': 'await tx.query(text)' },
    except: {
      'http/service-routes.ts':
        'readiness asks whether readers see the public view, and lies below all stores',
    },
  },
  kept('Fastify is in http/, in routes, and where it is put together', {
    library: /^(fastify|@fastify\/.+|fastify-.+)$/,
    home: /^(app|server)\.ts$|^http\/|^access\/auth\.ts$|[/-]routes\.ts$/,
    broken: "import type { FastifyRequest } from 'fastify'",
  }),
  kept('Prisma and the driver of PostgreSQL are in database/', {
    library: /^(@prisma\/.+|database\/generated\/.+|pg)$/,
    home: /^database\//,
    broken: "import { Prisma } from '../database/generated/client.ts'",
  }),
  kept('sanitize-html is where HTML is made or taken apart', {
    library: /^sanitize-html$/,
    home: /^comments\/html\.ts$|^importing\//,
    broken: "import sanitizeHtml from 'sanitize-html'",
  }),
  kept('passwords are hashed in access/secrets.ts', {
    library: /argon2/,
    home: /^access\/secrets\.ts$/,
    broken: "const { hash } = await import('@node-rs/argon2')",
  }),
  kept('codes of an app are made and told in access/second-factor.ts', {
    library: /^otpauth$/,
    home: /^access\/second-factor\.ts$/,
    broken: "import { TOTP } from 'otpauth'",
  }),
  kept('OpenID Connect is spoken in access/issuer.ts', {
    library: /^(openid-client|oauth4webapi|jose)$/,
    home: /^access\/issuer\.ts$/,
    broken: "import * as client from 'openid-client'",
  }),
  kept('feeds are written in reading/feeds/', {
    library: /^feedsmith$/,
    home: /^reading\/feeds\//,
    broken: "import { generateAtomFeed } from 'feedsmith'",
  }),
  kept('foreign formats are read in importing/', {
    library: /^(saxes|csv-parse|@streamparser\/json|node-sqlite3-wasm)$/,
    home: /^importing\//,
    broken: "import { SaxesParser } from 'saxes'",
  }),
  kept('Redis is for shared limits', {
    library: /^ioredis$/,
    home: /^server\.ts$|^http\/limits\.ts$/,
    broken: "import { Redis } from 'ioredis'",
  }),
  kept('ALTCHA is spoken in comments/proof.ts', {
    library: /^altcha-lib/,
    home: /^comments\/proof\.ts$/,
    broken: "import { createChallenge } from 'altcha-lib'",
  }),
  kept('ICU messages are read in pages/icu.ts', {
    library: /^(intl-messageformat|@formatjs\/.+)$/,
    home: /^pages\/icu\.ts$/,
    broken: "import { IntlMessageFormat } from 'intl-messageformat'",
  }),
  kept('Preact is where pages are', {
    library: /^preact/,
    home: /^pages\/.+\.tsx$|^(embed|desk)\//,
    broken: "export { h } from 'preact'",
  }),
  kept('the process is the global one', {
    library: /^(node:)?process$/,
    home: /^config\.ts$/,
    broken: "import { env } from 'node:process'",
  }),
  {
    rule: 'the environment is read in config.ts',
    breaches: ({ path, members }) =>
      path === 'config.ts' ? [] : members.filter((chain) => /\bprocess\.(env|loadEnvFile)$/.test(chain)),
    broken: { 'app.ts': "const { PORT } = process['env']" },
  },
  {
    rule: 'the time is an argument, or moment() of the database',
    breaches: ({ made, members, calls, strings }) => [
      ...made.filter((thing) => thing === 'Date(0)'),
      ...members.filter((chain) => chain === 'Date.now'),
      ...calls.filter((chain) => chain === 'Date'),
      ...strings.filter((text) =>
        /\bnow\(\)|\b(clock|statement|transaction|current)_timestamp\b/i.test(text),
      ),
    ],
    broken: { 'terms/terms.ts': 'const now = new Date()' },
    except: {
      'http/limits.ts': 'the key under which addresses are hashed lasts a day, by any clock',
      'pages/form-nonce.ts': 'a form carries when it was made, and nothing else hangs on that',
      'comments/proof.ts': 'altcha-lib asks the process for the time as well',
      'database/migrate.ts': "Prisma's own table tells when a migration ran",
    },
  },
  {
    rule: 'a page begins behind the last one: what was read before is not gone through again (OFFSET, skip)',
    breaches: ({ path, strings, text }) => [
      ...strings.filter((one) => /\boffset\s+(?!0\b)\S/i.test(one)),
      ...(store.test(path) ? (text.match(/\b(skip|take):.*/g) ?? []) : []),
    ],
    broken: {
      'reading/store.ts': 'await db.query(`select id from comment order by position limit $1 offset $2`)',
      'terms/store.ts': 'await prisma.terms.findMany({ skip: 50, take: 50 })',
    },
  },
  {
    rule: 'what is asked for all day counts no rows',
    breaches: ({ path, strings, calls }) =>
      figures.test(path)
        ? []
        : [
            ...strings.filter((one) => /\bcount\s*\(\s*(\*|\w+\.\*|1)\s*\)/i.test(one)),
            ...calls.filter((chain) => /\bprisma\.\w+\.(count|aggregate|groupBy)$/.test(chain)),
          ],
    broken: {
      'reading/store.ts': 'await db.query(`select COUNT( * ) from comment where article_id = $1`)',
      'sites/store.ts': 'await prisma.article.count({ where: { site } })',
    },
    except: {
      'access/second-factor-store.ts': 'a person has ten recovery codes',
      'importing/store.ts': 'an import is told how much it is, once',
      'access/store.ts': 'admins are few, and only counted when one of them goes',
      'comments/search-store.ts': 'it ends at ten thousand',
      'comments/submission-store.ts': 'it is of the last hour, in which no more are made than a site may',
      'moderation/claims/store.ts': 'a person holds twenty at most',
      'moderation/clusters/store.ts': 'whoever decides about a flood at once is told how large it is',
      'moderation/log/store.ts': 'it ends at ten thousand',
      'moderation/search/conditions-store.ts': 'it ends at a hundred',
      'moderation/search/store.ts': 'it ends at ten thousand, or with the part that was walked',
      'moderation/queue/counts-store.ts': 'it ends at a thousand, or with the people who hold something',
      'moderation/store.ts': 'it ends at a hundred, or with the people of a site',
      'webhooks/queue-store.ts': 'it is of what is told together, by one message',
      'webhooks/store.ts': 'there are a hundred at most',
      'screening/store.ts': 'it groups the texts that were found to be alike',
    },
  },
  {
    rule: 'a file is named for what it holds',
    breaches: ({ path }) =>
      path.match(/(?<=^|[/-])(index|utils?|helpers?|types|common|lib|misc|shared)\.tsx?$/) ?? [],
    broken: { 'http/string-utils.ts': '' },
  },
  {
    rule: 'a type is proven, never claimed; an export has one name',
    breaches: ({ syntax }) =>
      [...syntax].filter((kind) =>
        /^(type any|TsAsExpression|TsTypeAssertion|TsNonNullExpression|ExportDefault.+)$/.test(kind),
      ),
    broken: { 'terms/terms.ts': 'export const terms = JSON.parse(text) as Terms' },
  },
  {
    rule: 'a file is read in one sitting: 250 lines',
    breaches: ({ text }) => (text.trimEnd().split('\n').length > 250 ? ['is longer'] : []),
    broken: { 'terms/terms.ts': '// a line\n'.repeat(251) },
    except: { 'desk/texts.ts': 'all that the desk says is one list, so that another language is one file' },
  },
]

const root = join(import.meta.dirname, '..')
const house = sourcesIn(join(root, 'src'))

describe('the house', () => {
  test('has these rooms, and nothing lies about', () => {
    const entries = readdirSync(join(root, 'src'), { withFileTypes: true })
    const folders = entries.filter((entry) => entry.isDirectory()).map((entry) => entry.name)
    const files = entries.filter((entry) => !entry.isDirectory()).map((entry) => entry.name)
    expect(folders.toSorted()).toEqual(rooms.toSorted())
    expect(files.filter((file) => !top.has(file))).toEqual([])
  })

  test.each(rules)('$rule', (rule) => {
    const excepted = Object.keys(rule.except ?? {})
    expect(
      breachesIn(
        house.filter(({ path }) => !excepted.includes(path)),
        rule,
      ),
    ).toEqual([])
  })

  test.each(rules)('is broken by its example: $rule', (rule) => {
    const broken = Object.entries(rule.broken).map(([path, text]) => sourceOf(path, text))
    expect(breachesIn(broken, rule)).not.toEqual([])
  })

  const exceptions = rules.flatMap((rule) =>
    Object.entries(rule.except ?? {}).map(([path, why]) => ({ rule, path, why })),
  )
  test.each(exceptions)('excepts $path, where $why', ({ rule, path }) => {
    expect(
      breachesIn(
        house.filter((file) => file.path === path),
        rule,
      ),
    ).not.toEqual([])
  })
})

describe('nothing is left for later', () => {
  test('in sources, tests, SQL and schema', () => {
    const left = ['src', 'test', 'prisma'].flatMap((folder) =>
      readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
        .filter((path) => /\.(tsx?|mjs|sql|prisma|md)$/.test(path) && !/(database|desk).generated/.test(path))
        .filter((path) => isUnfinished(readFileSync(join(root, folder, path), 'utf8')))
        .map((path) => `${folder}/${path}`),
    )
    expect(left).toEqual([])
    expect(isUnfinished(['// TO', 'DO: later'].join(''))).toBe(true)
  })

  test('and every test is run', () => {
    expect(sourcesIn(join(root, 'test')).flatMap((file) => unrunIn(file))).toEqual([])
    const codes = [
      'test.skip(f)',
      'describe.only.each(x)(f)',
      'xtest(f)',
      'const it = can ? test : test.skip',
    ]
    expect(codes.filter((code) => unrunIn(sourceOf('a.test.ts', code)).length === 0)).toEqual([])
  })
})

/** A rule about which files may import a library; the others break it with `broken`. */
function kept(
  rule: string,
  { library, home, broken }: { library: RegExp; home: RegExp; broken: string },
): Rule {
  return {
    rule,
    breaches: ({ path, imports }) => (home.test(path) ? [] : imports.filter((from) => library.test(from))),
    broken: { 'terms/terms.ts': broken },
  }
}

function breachesIn(files: Source[], { breaches }: Rule): string[] {
  return files.flatMap((file) => breaches(file, files).map((breach) => `${file.path}: ${breach}`))
}

function floor(path: string): number {
  return path.includes('/') ? rooms.indexOf(path.slice(0, path.indexOf('/'))) : rooms.length
}

/** What stores import that is no store itself, and all that this imports in turn. */
function nounsOf(files: Source[]): Set<Source> {
  const nouns = new Set<Source>()
  const follow = ({ imports }: Source) => {
    for (const noun of files.filter(({ path }) => imports.includes(path) && !store.test(path))) {
      if (nouns.has(noun)) continue
      nouns.add(noun)
      follow(noun)
    }
  }
  for (const file of files) if (store.test(file.path)) follow(file)
  return nouns
}

const prismaQuery =
  /\bprisma\.\w|\.(findUnique|findFirst|findMany|createMany|updateMany|deleteMany|upsert|aggregate|groupBy)\b|\.\$(query|execute)Raw/
const sql = /^\s*(select|insert into|update \w+ set|delete from|with \w+ as)\s/
const capitalSql = /^\s*(SELECT|INSERT INTO|UPDATE \w+ SET|DELETE FROM|WITH \w+ AS)\s/

function queriesIn({ calls, members, strings }: Source): string[] {
  return [
    ...calls.filter((chain) => chain.endsWith('.query')),
    ...members.filter((chain) => prismaQuery.test(chain)),
    ...strings.filter((text) => sql.test(text) || capitalSql.test(text)),
  ]
}

function isUnfinished(text: string): boolean {
  return /\b(TO[D]O|FIX[M]E|XX[X])\b/.test(text)
}

function unrunIn({ path, members, calls }: Source): string[] {
  const unrun = /^(test|it|describe)\b.*\.(only|skip|todo|failing)\b|^[xf](test|it|describe)\b/
  return [...members, ...calls].filter((chain) => unrun.test(chain)).map((chain) => `${path}: ${chain}`)
}
