import { PrismaPg } from '@prisma/adapter-pg'
import { Client, Pool, type PoolConfig } from 'pg'
import { isDatabaseAway } from './faults.ts'
import { PrismaClient } from './generated/client.ts'

/**
 * One database through two pools: `reader` sees only what is published, `desk` everything that the service
 * may touch. Prisma serves everyday queries of the desk; the hot paths use `pg` on the same pool.
 */
export interface Database {
  reader: Sql
  desk: Pool
  prisma: PrismaClient
  close(): Promise<void>
}

/** Something to send SQL to: a pool, or a connection within a transaction. */
export type Sql = Pick<Pool, 'query'>

export interface ConnectOptions {
  /** connections of the desk's pool; the reader's has half as many */
  connections?: number
  /** told when an idle connection breaks; the pools mend themselves */
  onLost?: () => void
  /** told where the server writes the values of statements, which are readers' words, into its log */
  onWordsLogged?: () => void
  /** where `url` leads to a pooler in transaction mode (PgBouncer) */
  pooler?: Pooler | undefined
}

interface Pooler {
  /** leads to the pooler's connections as the reader; `url` to those as the desk */
  readerUrl: string
  /** leads to the database itself */
  directUrl: string
}

const roles = { reader: 'postbag_reader', desk: 'postbag_desk' }
type Role = (typeof roles)[keyof typeof roles]

/**
 * Opens both pools on `url`, each under its own role where the server has them (see the roles migration). Throws a
 * sentence for the operator where a pooler's connections are not those that they have to be.
 */
export async function connect(url: string, options: ConnectOptions = {}): Promise<Database> {
  const { connections = 16, onLost = ignore, onWordsLogged = ignore, pooler } = options
  const { usable, keepsQuiet, logsWords } = await lookAtServer(pooler?.directUrl ?? url)
  if (logsWords && !keepsQuiet) onWordsLogged()
  const open = (role: Role, address: string, max: number) =>
    pooler
      ? openPool(address, max, onLost, named(role))
      : openPool(address, max, onLost, {
          ...named(role),
          ...session,
          ...takes(usable.has(role) ? role : undefined, keepsQuiet),
        })
  const reader = open(roles.reader, pooler?.readerUrl ?? url, readersOf(connections))
  const desk = open(roles.desk, url, connections)
  const prisma = new PrismaClient({ adapter: new PrismaPg(desk) })
  async function close() {
    await prisma.$disconnect()
    await Promise.all([reader.end(), desk.end()])
  }
  if (pooler) {
    for (const pool of [reader, desk]) pool.on('connect', forgetNames)
    try {
      await checkPooled(reader, usable.has(roles.reader) ? roles.reader : undefined, 'DATABASE_READER_URL')
      await checkPooled(desk, usable.has(roles.desk) ? roles.desk : undefined, 'DATABASE_URL')
    } catch (fault) {
      await close()
      throw fault
    }
  }
  return { reader, desk, prisma, close }
}

/** A pool of the reader's on a replica. */
export async function openReplica(url: string, connections: number): Promise<Pool> {
  const { usable, keepsQuiet } = await lookAtServer(url)
  return openPool(url, readersOf(connections), ignore, {
    ...named(roles.reader),
    ...session,
    ...takes(usable.has(roles.reader) ? roles.reader : undefined, keepsQuiet),
  })
}

function readersOf(connections: number): number {
  return Math.max(2, Math.ceil(connections / 2))
}

/** What each connection has of PostgreSQL; a pooler's have it from the pooler. In milliseconds. */
const session = {
  statement_timeout: 4_500,
  lock_timeout: 3_000,
  idle_in_transaction_session_timeout: 15_000,
}

/**
 * The role of a connection, and that PostgreSQL writes no values of its statements into its log, where we may say so. The
 * role comes last: it may say less.
 */
function takes(role: Role | undefined, keepsQuiet: boolean): PoolConfig {
  const options = [
    ...(keepsQuiet ? ['-c log_parameter_max_length=0', '-c log_parameter_max_length_on_error=0'] : []),
    ...(role === undefined ? [] : [`-c role=${role}`]),
  ]
  return options.length > 0 ? { options: options.join(' ') } : {}
}

function named(role: Role): PoolConfig {
  return { application_name: `postbag ${role}` }
}

function openPool(connectionString: string, max: number, onLost: () => void, more: PoolConfig): Pool {
  const pool = new Pool({
    connectionString,
    max,
    connectionTimeoutMillis: 3_000,
    idleTimeoutMillis: 60_000,
    keepAlive: true,
    // For a server that is gone without a word: nothing of it would ever come.
    query_timeout: 5_000,
    ...more,
  })
  pool.on('error', onLost)
  return pool
}

/**
 * A statement that has a name stays with a connection of PostgreSQL, and in transaction mode the next one goes to
 * another: none has a name there.
 */
function forgetNames(client: Client): void {
  const query: unknown = Reflect.get(client, 'query')
  if (typeof query !== 'function') throw new TypeError('a connection that cannot be asked')
  const unnamed = new Proxy(query, {
    apply: (ask, of, [asked, ...rest]: unknown[]) => Reflect.apply(ask, of, [withoutName(asked), ...rest]),
  })
  Reflect.set(client, 'query', unnamed)
}

function withoutName(asked: unknown): unknown {
  const isNamed = typeof asked === 'object' && asked !== null && 'name' in asked && 'text' in asked
  return isNamed ? { ...asked, name: undefined } : asked
}

/** What `session` and the roles are for has to hold behind a pooler as well, and nobody would miss it. */
async function checkPooled(pool: Pool, role: Role | undefined, setting: string): Promise<void> {
  const { rows } = await pool.query<{ me: string; missing: string[] }>(
    `select current_user as me,
            array(select name from unnest($1::text[]) as wanted (name)
                   where current_setting(name) = '0') as missing`,
    [Object.keys(session)],
  )
  const [{ me, missing } = { me: 'nobody', missing: [] }] = rows
  const advice = 'See "PgBouncer" in docs/operating.md.'
  if (role !== undefined && me !== role) {
    throw new Error(`${setting} leads to connections as ${me}, and has to lead to some as ${role}. ${advice}`)
  }
  if (missing.length > 0) {
    throw new Error(`${setting} leads to connections without ${missing.join(' and ')}. ${advice}`)
  }
}

/** Runs `story` in one transaction: all of it happens, or nothing. */
export async function transaction<T>(pool: Pool, story: (tx: Sql) => Promise<T>): Promise<T> {
  const client = await pool.connect()
  // A connection that breaks fails the query that it runs or the next one; nobody else needs to hear of it.
  client.on('error', ignore)
  let isUsable = true
  try {
    await client.query('begin')
    const result = await story(client)
    await client.query('commit')
    return result
  } catch (error) {
    isUsable = !isDatabaseAway(error) && (await rollback(client))
    throw error
  } finally {
    client.off('error', ignore)
    client.release(!isUsable)
  }
}

/** Whether it worked; a connection without it is ended, and PostgreSQL rolls back by itself. */
function rollback(client: Sql): Promise<boolean> {
  return client.query('rollback').then(
    () => true,
    () => false,
  )
}

function ignore(): void {}

interface Server {
  /** the roles that our user may take */
  usable: Set<string>
  /** whether our user may keep the values of statements out of the server's log */
  keepsQuiet: boolean
  /** whether the server writes them there, unless told otherwise */
  logsWords: boolean
}

async function lookAtServer(url: string): Promise<Server> {
  const client = new Client({ connectionString: url, connectionTimeoutMillis: 5_000 })
  await client.connect()
  try {
    const { rows } = await client.query<{ usable: string[]; quiet: boolean; logs: boolean }>(
      `select array(select rolname::text from pg_roles
                     where rolname = any ($1) and pg_has_role(current_user, oid, 'member')) as usable,
              has_parameter_privilege('log_parameter_max_length', 'set') as quiet,
              current_setting('log_parameter_max_length') <> '0'
                and (current_setting('log_statement') in ('mod', 'all')
                     or current_setting('log_min_duration_statement') <> '-1'
                     or current_setting('log_min_duration_sample') <> '-1'
                     or current_setting('log_transaction_sample_rate') <> '0') as logs`,
      [Object.values(roles)],
    )
    const [{ usable, quiet, logs } = { usable: [], quiet: false, logs: false }] = rows
    return { usable: new Set(usable), keepsQuiet: quiet, logsWords: logs }
  } finally {
    await client.end()
  }
}
