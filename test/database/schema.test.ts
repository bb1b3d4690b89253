import { randomUUID } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Client } from 'pg'
import { migrate } from '../../src/database/migrate.ts'
import { difference, NO_DIFFERENCE } from '../support/schema-engine.ts'

const schema = readFileSync(join(import.meta.dirname, '../../prisma/schema.prisma'), 'utf8')
const server = process.env.TEST_DATABASE_SERVER ?? ''
const name = `drift_${randomUUID().replaceAll('-', '')}`
const url = Object.assign(new URL(server), { pathname: name }).href

beforeAll(async () => {
  await onServer(`create database ${name}`)
  await migrate(url)
})

afterAll(() => onServer(`drop database if exists ${name} with (force)`))

describe('the tables that the migrations make', () => {
  test('are those that the schema describes', async () => {
    expect(await difference(url, schema)).toBe(NO_DIFFERENCE)
  })

  test.each([
    ['a column more', /model Site \{/, '$&\n  extra String?', 'ALTER TABLE "site" ADD COLUMN'],
    ['a column fewer', /\n  removed .*/, '', 'ALTER TABLE "revision" DROP COLUMN "removed"'],
    ['a column that may be null', /pseudonym( +)String /, 'pseudonym$1String?', 'DROP NOT NULL'],
    ['a coarser time', /("due_at"\) @db.Timestamptz)\(3\)/, '$1(0)', 'TIMESTAMPTZ(0)'],
    ['another default', /@default\("pending"\)/, '@default("published")', `SET DEFAULT 'published'`],
    ['another function as default', /moment\(\)/, 'now()', 'SET DEFAULT now()'],
    ['a unique fewer', /\n  @@unique\(\[siteKey, key\]\)/, '', 'DROP INDEX "article_site_key_key"'],
    ['a unique without its condition', /, where: raw\("first_admin"\)/, '', 'ON "person"("first_admin");'],
    ['a key by another name', /"move_state_key"/, '"move_state"', 'RENAME TO "move_state"'],
    ['an index fewer', /\n  @@index\(\[dueAt\]\)/, '', 'DROP INDEX "event_due_at_idx"'],
    [
      'an index in another order',
      /\[siteKey, status, position\]/,
      '[status, siteKey, position]',
      'CREATE INDEX',
    ],
    ['a foreign key by another name', /"comment_stands_fkey"/, '"comment_stand"', 'TO "comment_stand"'],
    ['a foreign key that cascades', /(madeBy .*onDelete: )Restrict/, '$1Cascade', 'ON DELETE CASCADE'],
  ])('are not those of a schema with %s', async (_change, from, to, sql) => {
    const other = schema.replace(from, to)
    expect(other).not.toBe(schema)
    expect(await difference(url, other)).toContain(sql)
  })
})

async function onServer(sql: string): Promise<void> {
  const client = new Client({ connectionString: server })
  await client.connect()
  try {
    await client.query(sql)
  } finally {
    await client.end()
  }
}
