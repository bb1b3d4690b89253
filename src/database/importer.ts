import { Client } from 'pg'
import type { Sql } from './client.ts'

const role = 'postbag_import'

/** One connection that may bring comments in, which neither of the service's may. */
export interface Importer {
  sql: Sql
  /** Does something in one transaction: all of it, or nothing. */
  together<T>(story: () => Promise<T>): Promise<T>
  close(): Promise<void>
}

/** Opens it on `url`, under its own role where the server has that. A statement may take as long as a million rows need. */
export async function openImporter(url: string): Promise<Importer> {
  const client = new Client({
    connectionString: url,
    application_name: `postbag ${role}`,
    keepAlive: true,
    lock_timeout: 60_000,
    ...((await canTakeRole(url)) && { options: `-c role=${role}` }),
  })
  // What breaks fails the statement under way, or the next.
  client.on('error', () => undefined)
  await client.connect()
  return {
    sql: client,
    async together(story) {
      await client.query('begin')
      try {
        const result = await story()
        await client.query('commit')
        return result
      } catch (fault) {
        await client.query('rollback').catch(() => undefined)
        throw fault
      }
    },
    close: () => client.end(),
  }
}

async function canTakeRole(url: string): Promise<boolean> {
  const client = new Client({ connectionString: url, connectionTimeoutMillis: 5_000 })
  await client.connect()
  try {
    const { rowCount } = await client.query(
      `select from pg_roles where rolname = $1 and pg_has_role(current_user, oid, 'member')`,
      [role],
    )
    return rowCount === 1
  } finally {
    await client.end()
  }
}
