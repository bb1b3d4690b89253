import { createHash, randomUUID } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
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
 * processes may call this at once. Returns the names of those applied; throws if an applied file changed.
 */
export async function migrate(url: string): Promise<string[]> {
  const client = new Client({ connectionString: url, application_name: 'postbag migrate' })
  await client.connect()
  try {
    await client.query('select pg_advisory_lock($1)', [MIGRATION_LOCK])
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

async function apply(client: Client, migration: Migration): Promise<void> {
  await client.query('begin')
  try {
    await client.query(migration.sql)
    await client.query(
      `insert into _prisma_migrations (id, checksum, migration_name, finished_at, applied_steps_count)
       values ($1, $2, $3, now(), 1)`,
      [randomUUID(), migration.checksum, migration.name],
    )
    await client.query('commit')
  } catch (error) {
    await client.query('rollback')
    throw new Error(
      `The migration ${migration.name} failed: ${error instanceof Error ? error.message : 'for an unknown reason'}`,
      {
        cause: error,
      },
    )
  }
}
