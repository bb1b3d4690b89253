import { readFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { makeSignInLink } from './access/sign-in.ts'
import { findPerson, firstAdmin, personByLogin } from './access/store.ts'
import { processEnvironment, readCommandConfig } from './config.ts'
import { connect, type Database } from './database/client.ts'
import { errorCode, reasonOf } from './database/faults.ts'
import { type Importer, openImporter } from './database/importer.ts'
import { isMigrated, migrate } from './database/migrate.ts'
import { keyring } from './http/keyring.ts'
import {
  exportCommand,
  type ImportTyped,
  importAsked,
  importCommand,
  NotUnderstood,
} from './importing/commands.ts'
import { replayLedger } from './moderation/ledger/replay-ledger.ts'
import { publicKeyOf, signingKey } from './moderation/log/head.ts'
import { LogHeads } from './moderation/log/log.ts'
import { sealLog, signHeads } from './moderation/log/seal.ts'
import { headsOf } from './moderation/log/store.ts'
import { verifyLog } from './moderation/log/verify.ts'
import { siteKeys } from './sites/store.ts'

const help = `Commands for whoever runs Postbag on a PostgreSQL of their own. They read DATABASE_URL and
POSTBAG_BASE_URL, from the environment or from .env.

  migrate                      bring the database to this version
  sign-in-link                 make a link with which the first admin signs in: once, within 15 minutes
  sign-in-link --login NAME    the same for the person who signs in as NAME
  log heads                    print the signed ends of every site's log, as JSON, to be kept elsewhere
  log verify                   check every row of the log; with --against FILE also against heads that were kept
  log … --site KEY             of one site only
  import SOURCE FILE --site KEY --by NAME
                               read the comments of another service and tell what they are; NAME is the admin who
                               vouches for them. SOURCE is disqus, wordpress, isso, remark42, commento, comentario,
                               coral, waline, twikoo or postbag: docs/importing.md
  import … --write             write them: what was public there is published, what waited there waits
  import … --key url|path|id   what articles are called here: their address, its path, or the publisher's own id
  import … --base URL          where the pages are, for sources that know paths alone
  export --site KEY            print everything of a site as NDJSON; with --to FILE into a new file
  … --json                     tell how an import goes as NDJSON
  ledger replay --file FILE    do again what a ledger of erasures has and the database lacks, such as another machine's
  help                         show this

Run one as: npm run postbag -- COMMAND, or: node dist/cli.js COMMAND`

/** Which commands an option belongs to; elsewhere it was meant to do something that is not done. */
const belongs: Record<string, readonly string[]> = {
  login: ['sign-in-link'],
  site: ['log heads', 'log verify', 'import', 'export'],
  against: ['log verify'],
  by: ['import'],
  write: ['import'],
  key: ['import'],
  base: ['import'],
  json: ['import'],
  to: ['export'],
  file: ['ledger replay'],
}

const inWords = new Intl.ListFormat('en-GB')

/** Ends with 0 when it is done, 1 when it could not be, 2 when the command was not understood. */
run(process.argv.slice(2)).then(
  (said) => process.stdout.write(said === '' ? '' : `${said}\n`),
  (error: unknown) => {
    const misunderstood = errorCode(error)?.startsWith('ERR_PARSE_ARGS') || error instanceof NotUnderstood
    process.stderr.write(`${reasonOf(error)}\n${misunderstood ? `\n${help}\n` : ''}`)
    process.exitCode = misunderstood ? 2 : 1
  },
)

async function run(args: string[]): Promise<string> {
  const options = {
    login: { type: 'string' },
    site: { type: 'string' },
    against: { type: 'string' },
    by: { type: 'string' },
    write: { type: 'boolean' },
    key: { type: 'string' },
    base: { type: 'string' },
    json: { type: 'boolean' },
    to: { type: 'string' },
    file: { type: 'string' },
    help: { type: 'boolean', short: 'h' },
  } as const
  const { values, positionals } = parseArgs({ args, options, allowPositionals: true })
  const [first, source, path, ...more] = positionals
  const isImport = first === 'import' && more.length === 0
  const command = values.help ? 'help' : isImport ? 'import' : positionals.join(' ') || 'help'
  refuseStray(command, values)
  if (command === 'help') return help
  if (command === 'migrate') return bringUp()
  if (command === 'sign-in-link') return linkFor(values.login)
  if (command === 'log heads') return printHeads(values.site)
  if (command === 'log verify') return verifyLogs(values.site, values.against)
  if (command === 'ledger replay') return replay(values.file)
  if (command === 'import') return bringCommentsIn({ ...values, source, path }, values.json ?? false)
  if (command === 'export') return printExport(values.site, values.to)
  throw new NotUnderstood(`There is no command "${command}".`)
}

function refuseStray(command: string, values: Record<string, unknown>): void {
  for (const [option, commands] of Object.entries(belongs)) {
    if (values[option] === undefined || commands.includes(command) || command === 'help') continue
    throw new NotUnderstood(`--${option} belongs to ${inWords.format(commands)}.`)
  }
}

async function bringUp(): Promise<string> {
  const { databaseUrl } = readCommandConfig(processEnvironment())
  const applied = await migrate(databaseUrl)
  return applied.length === 0
    ? 'The database has every migration already.'
    : `Applied to the database:\n${applied.map((name) => `  ${name}`).join('\n')}`
}

/** The link stands alone on the first line, for programs. */
async function linkFor(login: string | undefined): Promise<string> {
  const { baseUrl } = readCommandConfig(processEnvironment())
  return onDatabase(async (db) => {
    const { id, pseudonym } = await personFor(db, login)
    const { url, until } = await makeSignInLink(db, id, baseUrl)
    return `${url}\nSigns ${pseudonym} in, once, until ${until.slice(11, 16)} UTC.`
  })
}

async function printHeads(site: string | undefined): Promise<string> {
  const key = headKey()
  if (!key) throw new Error('POSTBAG_SECRET is missing: it holds the key of the heads.')
  return onDatabase(async (db) => {
    await sealLog(db)
    await signHeads(db, key)
    const heads = (await Promise.all((await sitesOf(db, site)).map((one) => headsOf(db.desk, one)))).flat()
    return JSON.stringify({ publicKey: publicKeyOf(key), heads } satisfies LogHeads, null, 2)
  })
}

/** Ends with an error, and so with 1, where a row is not as it was written. */
async function verifyLogs(site: string | undefined, file: string | undefined): Promise<string> {
  const kept = file === undefined ? [] : LogHeads.parse(JSON.parse(readFileSync(file, 'utf8'))).heads
  const heads = headKey()
  return onDatabase(async (db) => {
    const said: string[] = []
    for (const one of await sitesOf(db, site)) {
      const { verified, firstBad, unsealed } = await verifyLog(db, { heads }, one, kept)
      if (firstBad) {
        const { breach, position, comment, version } = firstBad
        throw new Error(
          `The log of ${one} is not as it was written: ${breach} at position ${position ?? 'none'}, comment ${comment ?? 'none'}, version ${version ?? 'none'}.`,
        )
      }
      const tail = unsealed.since ? `${unsealed.moves} not sealed yet, since ${unsealed.since}` : 'all sealed'
      said.push(`${one}: ${verified} moves verified, ${tail}`)
    }
    if (!heads) said.push('Without POSTBAG_SECRET the signatures of the heads were not checked.')
    return said.join('\n')
  })
}

/** Tells what an import would do, or does it. */
async function bringCommentsIn(typed: ImportTyped, json: boolean): Promise<string> {
  const asked = importAsked(typed)
  const { databaseUrl } = readCommandConfig(processEnvironment())
  return onDatabase(async () => {
    const importer: Importer = await openImporter(databaseUrl)
    try {
      const voice = { err: process.stderr, out: process.stdout, json }
      return await importCommand(importer, asked, voice)
    } finally {
      await importer.close()
    }
  })
}

async function printExport(site: string | undefined, path: string | undefined): Promise<string> {
  if (site === undefined) throw new NotUnderstood('export takes --site KEY.')
  return onDatabase(async (db) => {
    const lines = await exportCommand(db, site, path, process.stdout)
    return path === undefined ? '' : `Wrote ${lines} lines to ${path}.`
  })
}

async function replay(file: string | undefined): Promise<string> {
  if (file === undefined) throw new NotUnderstood('--file is missing: the ledger to be replayed.')
  return onDatabase(async (db) => {
    const { erased, takenDown, torn } = await replayLedger(db, file)
    const cut = torn === 0 ? '' : ` ${torn} lines were cut off while they were written.`
    return `Erased again: ${erased}. Taken down again: ${takenDown}.${cut}`
  })
}

function headKey() {
  const { secret } = readCommandConfig(processEnvironment())
  return secret === undefined ? null : signingKey(keyring(secret).logHeads)
}

async function sitesOf(db: Database, site: string | undefined): Promise<string[]> {
  const keys = await siteKeys(db.desk)
  if (site === undefined) return keys
  if (!keys.includes(site)) throw new Error(`There is no site ${site}.`)
  return [site]
}

/** Does something with a database that has every migration, and lets go of it. */
async function onDatabase(story: (db: Database) => Promise<string>): Promise<string> {
  const { databaseUrl } = readCommandConfig(processEnvironment())
  const db = await connect(databaseUrl, { connections: 2 })
  try {
    if (!(await hasEveryMigration(db))) {
      throw new Error('The database is not of this version yet: run migrate first, or start the service.')
    }
    return await story(db)
  } finally {
    await db.close()
  }
}

async function hasEveryMigration(db: Database): Promise<boolean> {
  const noSuchTable = '42P01'
  return isMigrated(db.desk).catch((error: unknown) => {
    if (errorCode(error) === noSuchTable) return false
    throw error
  })
}

async function personFor(db: Database, login: string | undefined) {
  const id =
    login === undefined
      ? await firstAdmin(db.desk)
      : (await personByLogin(db.desk, login.trim().toLowerCase()))?.id
  const person = id === undefined ? undefined : await findPerson(db.prisma, id)
  if (person?.active) return person
  throw new Error(
    login === undefined
      ? 'The first admin is no longer active: make a link for another admin, with --login.'
      : `Nobody who is active signs in as "${login}".`,
  )
}
