import { PrismaPg } from '@prisma/adapter-pg'
import { Client, Pool } from 'pg'
import { isDatabaseAway } from './faults.ts'
import { PrismaClient } from './generated/client.ts'

/**
 * One database through two pools: `reader` sees only what is published, `desk` everything that the service
 * may touch. Prisma serves everyday queries of the desk; the hot paths use `pg` on the same pool.
 */
export interface Database {
  reader: Pool
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
}

const roles = { reader: 'postbag_reader', desk: 'postbag_desk' }

/** Opens both pools on `url`, each under its own role where the server has them (see the roles migration). */
export async function connect(url: string, options: ConnectOptions = {}): Promise<Database> {
  const connections = options.connections ?? 16
  const usable = await usableRoles(url)
  const open = (role: string, max: number) => {
    const pool = new Pool({
      connectionString: url,
      application_name: `postbag ${role}`,
      max,
      connectionTimeoutMillis: 3_000,
      idleTimeoutMillis: 60_000,
      keepAlive: true,
      statement_timeout: 4_500,
      // For a server that is gone without a word: nothing of it would ever come.
      query_timeout: 5_000,
      lock_timeout: 3_000,
      idle_in_transaction_session_timeout: 15_000,
      ...(usable.has(role) && { options: `-c role=${role}` }),
    })
    pool.on('error', () => options.onLost?.())
    return pool
  }
  const reader = open(roles.reader, Math.max(2, Math.ceil(connections / 2)))
  const desk = open(roles.desk, connections)
  const prisma = new PrismaClient({ adapter: new PrismaPg(desk) })
  return {
    reader,
    desk,
    prisma,
    async close() {
      await prisma.$disconnect()
      await Promise.all([reader.end(), desk.end()])
    },
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

async function usableRoles(url: string): Promise<Set<string>> {
  const client = new Client({ connectionString: url, connectionTimeoutMillis: 5_000 })
  await client.connect()
  try {
    const { rows } = await client.query<{ rolname: string }>(
      `select rolname from pg_roles where rolname = any($1) and pg_has_role(current_user, oid, 'member')`,
      [Object.values(roles)],
    )
    return new Set(rows.map((row) => row.rolname))
  } finally {
    await client.end()
  }
}
