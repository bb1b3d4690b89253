import { createHash, randomUUID } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { Client, Pool } from 'pg'

/** The advisory lock that Prisma's own migrate takes, so that the two never run at once. */
const MIGRATION_LOCK = 72_707_369

interface Migration {
  name: string
  sql: string
  /** SHA-256 of the file, as Prisma writes it. */
  checksum: string
}

/** Prisma's migration files, oldest first. */
function migrations(): Migration[] {
  const folder = join(import.meta.dirname, '../../prisma/migrations')
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .toSorted()
    .map((name) => {
      const sql = readFileSync(join(folder, name, 'migration.sql'), 'utf8')
      return { name, sql, checksum: createHash('sha256').update(sql).digest('hex') }
    })
}

/**
 * Applies the migrations that the database at `url` lacks, each in a transaction of its own, and keeps
 * `_prisma_migrations` as Prisma does, so that `prisma migrate deploy` may go on from here. Several
 * processes may call this at once. Returns the names of those applied; throws if an applied file changed, or `url`
 * leads to a pooler.
 */
export async function migrate(url: string): Promise<string[]> {
  const client = new Client({ connectionString: url, application_name: 'postbag migrate' })
  await client.connect()
  try {
    await refusePooler(client)
    await lock(client)
    await client.query(`set lock_timeout = '5s'`)
    await client.query(bookkeeping)
    const applied = await appliedChecksums(client)
    const missing: string[] = []
    for (const migration of migrations()) {
      const checksum = applied.get(migration.name)
      if (checksum === undefined) {
        await apply(client, migration)
        missing.push(migration.name)
      } else if (checksum !== migration.checksum) {
        throw new Error(`The migration ${migration.name} was changed after it had been applied.`)
      }
    }
    return missing
  } finally {
    await client.end()
  }
}

/**
 * A lock and a setting of a session need one. A pooler such as PgBouncer shows itself by the number of a process that is
 * not the one that answers.
 */
async function refusePooler(client: Client): Promise<void> {
  const { rows } = await client.query<{ pid: number }>('select pg_backend_pid() as pid')
  if (rows[0]?.pid === Reflect.get(client, 'processID')) return
  throw new Error(
    'DATABASE_URL leads to a pooler and not to the database itself, for which DIRECT_DATABASE_URL is: ' +
      'see "PgBouncer" in docs/operating.md.',
  )
}

/** Whether every migration of this release is applied (a newer release's may be there as well). */
export async function isMigrated(db: Pick<Pool, 'query'>): Promise<boolean> {
  const { rows } = await db.query<{ migrated: boolean }>(
    `select not exists (
       select from unnest($1::text[]) as wanted (name)
        where not exists (select from _prisma_migrations m
                           where m.migration_name = wanted.name and m.finished_at is not null)
     ) as migrated`,
    [migrations().map((migration) => migration.name)],
  )
  return rows[0]?.migrated ?? false
}

const bookkeeping = `
  create table if not exists _prisma_migrations (
    id varchar(36) primary key not null,
    checksum varchar(64) not null,
    finished_at timestamptz,
    migration_name varchar(255) not null,
    logs text,
    rolled_back_at timestamptz,
    started_at timestamptz not null default now(),
    applied_steps_count integer not null default 0
  )`

async function appliedChecksums(client: Client): Promise<Map<string, string>> {
  const { rows } = await client.query<{ name: string; checksum: string }>(
    `select migration_name as name, checksum from _prisma_migrations
      where finished_at is not null and rolled_back_at is null`,
  )
  return new Map(rows.map((row) => [row.name, row.checksum]))
}

/**
 * In one transaction, but for a file that builds an index while the service writes: PostgreSQL does that in none, and
 * leaves an invalid index when it is stopped, which makes place for the next attempt.
 */
async function apply(client: Client, migration: Migration): Promise<void> {
  const inTransaction = !/^create (?:unique )?index concurrently /im.test(migration.sql)
  try {
    if (inTransaction) await client.query('begin')
    else await dropInvalidIndexes(client)
    await client.query(migration.sql)
    await client.query(
      `insert into _prisma_migrations (id, checksum, migration_name, finished_at, applied_steps_count)
       values ($1, $2, $3, now(), 1)`,
      [randomUUID(), migration.checksum, migration.name],
    )
    if (inTransaction) await client.query('commit')
  } catch (error) {
    if (inTransaction) await client.query('rollback')
    throw new Error(
      `The migration ${migration.name} failed: ${error instanceof Error ? error.message : 'for an unknown reason'}`,
      {
        cause: error,
      },
    )
  }
}

async function dropInvalidIndexes(client: Client): Promise<void> {
  const { rows } = await client.query<{ name: string }>(
    `select c.oid::regclass::text as name from pg_index i join pg_class c on c.oid = i.indexrelid
      where not i.indisvalid and c.relnamespace = 'public'::regnamespace`,
  )
  for (const { name } of rows) await client.query(`drop index concurrently if exists ${name}`)
}

/**
 * Waits for other processes that migrate. It asks again and again: who waits inside of PostgreSQL holds a snapshot, for
 * whose end an index that is built concurrently would wait in turn.
 */
async function lock(client: Client): Promise<void> {
  for (;;) {
    const { rows } = await client.query<{ locked: boolean }>('select pg_try_advisory_lock($1) as locked', [
      MIGRATION_LOCK,
    ])
    if (rows[0]?.locked) return
    await sleep(100)
  }
}
