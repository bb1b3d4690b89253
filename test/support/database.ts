import { randomBytes } from 'node:crypto'
import { Client } from 'pg'

export interface TestDatabase {
  url: string
  /** a connection as the owner of everything, who migrates */
  owner: Client
  drop(): Promise<void>
}

/** A migrated, empty database of one's own on the run's server. */
export async function freshDatabase(): Promise<TestDatabase> {
  const { TEST_DATABASE_SERVER: server = '', TEST_DATABASE_TEMPLATE: template = '' } = process.env
  const name = `postbag_test_${randomBytes(6).toString('hex')}`
  await onServer(server, `create database ${name} template ${template}`)
  const url = new URL(server)
  url.pathname = `/${name}`
  const owner = new Client({ connectionString: url.href })
  owner.on('error', () => undefined)
  await owner.connect()
  return {
    url: url.href,
    owner,
    async drop() {
      await owner.end()
      await onServer(server, `drop database ${name} with (force)`)
    },
  }
}

async function onServer(url: string, statement: string): Promise<void> {
  const client = new Client({ connectionString: url })
  await client.connect()
  try {
    await client.query(statement)
  } finally {
    await client.end()
  }
}
