import { randomBytes } from 'node:crypto'
import { chmodSync, mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Client } from 'pg'
import { type EmbeddedPostgres, startEmbeddedPostgres } from '../../src/database/embedded.ts'
import { migrate } from '../../src/database/migrate.ts'

declare global {
  var testServer: {
    embedded: EmbeddedPostgres | undefined
    folder: string | undefined
    url: string
    template: string
  }
}

/** One real PostgreSQL for the whole run (DATABASE_URL's, or the embedded one), with a migrated template database. */
export default async function globalSetup(): Promise<void> {
  const folder = process.env['DATABASE_URL'] ? undefined : mkdtempSync(join(tmpdir(), 'postbag-test-'))
  if (folder) chmodSync(folder, 0o755)
  const embedded = folder ? await startEmbeddedPostgres({ dataDir: folder, durable: false }) : undefined
  const url = process.env['DATABASE_URL'] ?? embedded?.url ?? ''
  const template = `postbag_template_${randomBytes(4).toString('hex')}`

  const server = new Client({ connectionString: url })
  await server.connect()
  await server.query(`create database ${template}`)
  await server.end()
  const templateUrl = new URL(url)
  templateUrl.pathname = `/${template}`
  await migrate(templateUrl.href)

  process.env['TEST_DATABASE_SERVER'] = url
  process.env['TEST_DATABASE_TEMPLATE'] = template
  if (folder) process.env['TEST_DATABASE_LOG'] = join(folder, 'postgres.log')
  globalThis.testServer = { embedded, folder, url, template }
}
