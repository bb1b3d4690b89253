import { randomBytes } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Client } from 'pg'
import { connect } from '../../src/database/client.ts'
import { migrate } from '../../src/database/migrate.ts'
import { allowed, found, listed, type Owned, refusal } from '../support/attacks.ts'
import { move, newText, type Standing, standing, submission } from '../support/forged.ts'

/**
 * Where the server does not let us make roles, the service runs as the owner of the tables, who is no superuser:
 * the keys and triggers hold all the same. The roles of the tests' server are there already, for other owners;
 * the second database stands for a server on which they are not.
 */
const name = `plain_${randomBytes(6).toString('hex')}`
const databases = { withoutTheirs: `${name}_one`, withoutAny: `${name}_two` }
const server = process.env.TEST_DATABASE_SERVER ?? ''

beforeAll(async () => {
  await onServer(`create role ${name} login password '${name}' nosuperuser nocreaterole nocreatedb`)
  for (const database of Object.values(databases)) await onServer(`create database ${database} owner ${name}`)
})
afterAll(async () => {
  for (const database of Object.values(databases)) await onServer(`drop database ${database} with (force)`)
  await onServer(`drop role ${name}`)
})

describe('an owner who may not make roles', () => {
  test('migrates, and serves both pools', async () => {
    const url = urlOf(databases.withoutTheirs)
    expect(await migrate(url)).toHaveLength(migrations().length)
    expect(await migrate(url)).toEqual([])
    const db = await connect(url, { connections: 2 })
    try {
      for (const pool of [db.reader, db.desk]) {
        expect((await pool.query('select current_user as me from clock')).rows).toEqual([{ me: name }])
      }
      expect((await db.reader.query('select * from public_comment')).rows).toEqual([])
      await expect(db.desk.query('set role postbag_desk')).rejects.toThrow('permission denied to set role')
    } finally {
      await db.close()
    }
  })

  test('migrates where the roles are not there at all, and is told so', async () => {
    const owner = new Client(urlOf(databases.withoutAny))
    const notices: string[] = []
    owner.on('notice', ({ message = '' }) => notices.push(message))
    await owner.connect()
    try {
      for (const sql of migrations()) await owner.query(sql.replaceAll('postbag_', `${name}_`))
      const roles = await owner.query(`select from pg_roles where rolname like '${name}\\_%'`)
      expect(roles.rowCount).toBe(0)
    } finally {
      await owner.end()
    }
    expect(notices.join()).toContain(
      `the roles ${name}_reader and ${name}_desk were not made: permission denied`,
    )
  })
})

describe.each(Object.entries(databases))('to an owner, %s', (_which, database) => {
  let owned: Owned
  let pending: Standing
  let published: Standing
  let escalated: Standing

  beforeAll(async () => {
    const owner = new Client(urlOf(database))
    await owner.connect()
    owned = { owner }
    await allowed(owned, 'owner', ground)
    const [article = ''] = await listed(owned, 'select id from article')
    const comment = async (id: string) => {
      await allowed(owned, 'owner', submission({ site: 'gazette', article }, { id }))
      return standing(owned, { id })
    }
    pending = await comment(ids.first)
    published = await comment(ids.second)
    await allowed(owned, 'owner', move(published, 'approve', { person_id: ids.ada }))
    published = await standing(owned, published)
    escalated = await comment(ids.third)
    const proposal = { person_id: ids.ada, proposal: 'reject', rules: [ids.grave] }
    await allowed(owned, 'owner', move(escalated, 'escalate', proposal))
    escalated = await standing(owned, escalated)
  })
  afterAll(() => owned.owner.end())

  const kept = /^rows of \w+ are kept for ever: (?:update|delete|truncate) is refused$/
  test.each<[string, () => string, string | RegExp]>([
    [
      'publishing without a decision',
      () =>
        `update comment set status = 'published', shows_from = moment(), first_shown_at = moment() where id = '${ids.first}'`,
      'comment_stands_fkey',
    ],
    [
      'publishing early',
      () => `update comment set shows_from = moment() where id = '${ids.second}'`,
      /^a comment shows its newest move/,
    ],
    ['publishing by a machine', () => move(pending, 'approve', { actor: 'system' }), 'move_transition_fkey'],
    ['publishing by nobody', () => move(pending, 'approve', { person_id: null }), 'move_person'],
    [
      'publishing by a new way',
      () => `insert into transition values ('approve', 'none', 'pending', 'published', 'system', false)`,
      /insert is refused$/,
    ],
    [
      'refusing without a rule',
      () => move(pending, 'reject', { person_id: ids.ada }),
      'move_transition_fkey',
    ],
    ['refusing alone what needs two', () => by('reject', [ids.grave]), 'move_permitted_fkey'],
    ['settling alone', () => move(escalated, 'approve', { person_id: ids.ada }), 'move_second_person'],
    [
      'editing without a mark',
      () => `${by('edit', [ids.plain])}; ${newText(pending)}`,
      /^an edited text is marked/,
    ],
    [
      'leaving a move out',
      () => move({ ...pending, seq: 5 }, 'approve', { person_id: ids.ada }),
      'a move follows another move',
    ],
    [
      'deciding twice',
      () => move({ ...published, seq: 1, status: 'pending' }, 'approve', { person_id: ids.ada }),
      'move_pkey',
    ],
    ['rewriting the log', () => `update move set person_id = null`, kept],
    ['forgetting the log', () => `delete from move`, kept],
    ['forgetting everything', () => `truncate move cascade`, kept],
    ['rewriting words', () => `update revision_text set text = 'Other words.'`, kept],
    ['losing words', () => `delete from revision_text`, 'words are erased by erase_comment(), which logs it'],
    [
      'erasing what waits',
      () => `select erase_comment('${ids.first}', 'reader', null)`,
      'comment_erased_is_settled',
    ],
    ['changing terms', () => `update terms set introduction = 'Other terms.'`, 'published terms are frozen'],
    [
      'permitting more',
      () => `insert into rule_permit values ('gazette', '${ids.grave}', 'reject', true)`,
      'published terms are frozen',
    ],
  ])('%s is refused', async (_attack, sql, reason) => {
    expect(await refusal(owned, 'owner', sql())).toMatch(reason)
  })

  test('the owner is no superuser', async () => {
    expect(
      await found(owned, 'select rolsuper, rolcreaterole from pg_roles where rolname = current_user'),
    ).toEqual([{ rolsuper: false, rolcreaterole: false }])
  })

  function by(action: string, rules: string[]): string {
    return move(pending, action, { person_id: ids.ada, rules })
  }
})

const ids = {
  ada: '1c9b3c3e-0000-4000-8000-000000000001',
  plain: '1c9b3c3e-0000-4000-8000-000000000002',
  grave: '1c9b3c3e-0000-4000-8000-000000000003',
  first: '1c9b3c3e-0000-4000-8000-000000000004',
  second: '1c9b3c3e-0000-4000-8000-000000000005',
  third: '1c9b3c3e-0000-4000-8000-000000000006',
}

const ground = `
  insert into site (key, name, language, direction, origins, text_graphemes, text_bytes, name_graphemes, edits,
                    publish_delay, times, reply_depth, automatic_articles)
    values ('gazette', 'The Gazette', 'en', 'ltr', '{}', 500, 2000, 80, 'full', 30, 'day', 3, false);
  insert into article (site, key) values ('gazette', 'news');
  insert into person (id, pseudonym) values ('${ids.ada}', 'Ada');
  insert into terms (site, version, language, introduction) values ('gazette', 2, 'en', 'Be kind.');
  insert into rule (id, site, version, position, code, title, text, needs_second, category, keywords)
    values ('${ids.plain}', 'gazette', 2, 1, 'plain', 'Plain', 'Be kind.', false, 'none', '{}'),
           ('${ids.grave}', 'gazette', 2, 2, 'grave', 'Grave', 'Harm nobody.', true, 'none', '{}');
  insert into rule_permit
    select site, id, permit, alone from rule, unnest(array['edit', 'reject']) as permit, unnest(array[true, false]) as alone
     where not (alone and needs_second);
  update terms set published_at = moment()`

function migrations(): string[] {
  const folder = join(import.meta.dirname, '../../prisma/migrations')
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .toSorted((one, other) => one.localeCompare(other))
    .map((migration) => readFileSync(join(folder, migration, 'migration.sql'), 'utf8'))
}

function urlOf(database: string): string {
  return Object.assign(new URL(server), { pathname: database, username: name, password: name }).href
}

async function onServer(sql: string): Promise<void> {
  const client = new Client(server)
  await client.connect()
  try {
    await client.query(sql)
  } finally {
    await client.end()
  }
}
