import { parseArgs } from 'node:util'
import { makeSignInLink } from './access/sign-in.ts'
import { findPerson, firstAdmin, personByLogin } from './access/store.ts'
import { processEnvironment, readCommandConfig } from './config.ts'
import { connect, type Database } from './database/client.ts'
import { errorCode, reasonOf } from './database/faults.ts'
import { isMigrated, migrate } from './database/migrate.ts'

const help = `Commands for whoever runs Postbag on a PostgreSQL of their own. They read DATABASE_URL and
POSTBAG_BASE_URL, from the environment or from .env.

  migrate                      bring the database to this version
  sign-in-link                 make a link with which the first admin signs in: once, within 15 minutes
  sign-in-link --login NAME    the same for the person who signs in as NAME
  help                         show this

Run one as: npm run postbag -- COMMAND, or: node dist/cli.js COMMAND`

class UnknownCommand extends Error {}

/** Ends with 0 when it is done, 1 when it could not be, 2 when the command was not understood. */
run(process.argv.slice(2)).then(
  (said) => process.stdout.write(`${said}\n`),
  (error: unknown) => {
    const misunderstood = errorCode(error)?.startsWith('ERR_PARSE_ARGS') || error instanceof UnknownCommand
    process.stderr.write(`${reasonOf(error)}\n${misunderstood ? `\n${help}\n` : ''}`)
    process.exitCode = misunderstood ? 2 : 1
  },
)

async function run(args: string[]): Promise<string> {
  const options = { login: { type: 'string' }, help: { type: 'boolean', short: 'h' } } as const
  const { values, positionals } = parseArgs({ args, options, allowPositionals: true })
  const command = values.help ? 'help' : positionals.join(' ') || 'help'
  if (values.login !== undefined && command !== 'sign-in-link') {
    throw new UnknownCommand('--login belongs to sign-in-link.')
  }
  if (command === 'help') return help
  if (command === 'migrate') return bringUp()
  if (command === 'sign-in-link') return linkFor(values.login)
  throw new UnknownCommand(`There is no command "${command}".`)
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
  const { databaseUrl, baseUrl } = readCommandConfig(processEnvironment())
  const db = await connect(databaseUrl, { connections: 2 })
  try {
    if (!(await hasEveryMigration(db))) {
      throw new Error('The database is not of this version yet: run migrate first, or start the service.')
    }
    const { id, pseudonym } = await personFor(db, login)
    const { url, until } = await makeSignInLink(db, id, baseUrl)
    return `${url}\nSigns ${pseudonym} in, once, until ${until.slice(11, 16)} UTC.`
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
