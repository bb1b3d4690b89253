import { execFile } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { appendFileSync, existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { Client } from 'pg'
import { connect, type Database } from '../../../src/database/client.ts'
import { append } from '../../../src/moderation/ledger/ledger-file.ts'
import { replayLedger } from '../../../src/moderation/ledger/replay-ledger.ts'
import { writeLedger } from '../../../src/moderation/ledger/write-ledger.ts'
import { ask, type House, openHouse } from '../../support/house.ts'
import {
  aComment,
  aPerson,
  aSite,
  decision,
  type TestComment,
  type TestPerson,
} from '../../support/people.ts'
import { problemIn } from '../../support/problem.ts'

const folder = mkdtempSync(join(tmpdir(), 'postbag-ledger-'))
const words = 'Robin of Mill Lane did it.'

let house: House
let ledger: string
let site: string
let admin: TestPerson
let ada: TestPerson

beforeAll(async () => {
  ledger = join(folder, 'erasures.jsonl')
  house = await openHouse({ erasureLedger: ledger })
  site = await aSite(house, { publishDelay: 30 })
  admin = await aPerson(house, site, 'admin')
  ada = await aPerson(house, site)
})
afterAll(async () => {
  await house.close()
  rmSync(folder, { recursive: true, force: true })
})

const entries = (path = ledger): Record<string, string>[] =>
  existsSync(path)
    ? readFileSync(path, 'utf8')
        .split('\n')
        .filter((line) => line !== '')
        .map((line) => JSON.parse(line))
    : []
const kindsOf = (id: string) => entries().flatMap(({ comment, kind }) => (comment === id ? [kind] : []))

async function aPublished(): Promise<TestComment> {
  const comment = await aComment(house, site, { text: words, name: 'Wren' })
  await decide(comment, { action: 'approve' })
  await house.ahead(31)
  return comment
}

async function decide({ id }: TestComment, asked: Record<string, unknown>): Promise<void> {
  expect((await decision(house, admin.key, id, asked)).status).toBe(201)
}

const withdraw = ({ receipt }: TestComment) => ask(house, 'DELETE', '/v1/receipt', { key: receipt })
const erase = ({ receipt }: TestComment) => ask(house, 'POST', '/v1/receipt/erasure', { key: receipt })
const unpublishing = { action: 'unpublish', rules: ['private_details'], reason: 'It names somebody.' }
const editing = { action: 'edit', text: 'Somebody did it.', rules: ['private_details'] }

async function eraseFor({ id }: TestComment): Promise<void> {
  const { headers } = await ask(house, 'GET', `/v1/moderation/comments/${id}`, { key: admin.key })
  const erased = await ask(house, 'POST', `/v1/moderation/comments/${id}/erasure`, {
    key: admin.key,
    body: { reason: 'named_person', note: 'By letter.', rules: ['private_details'] },
    headers: { 'if-match': String(headers['etag']) },
  })
  expect(erased.status).toBe(201)
}

async function aReport({ id }: TestComment): Promise<string> {
  const body = { kind: 'law', country: 'DE', explanation: 'It insults me.', goodFaith: true }
  const sent = await ask(house, 'POST', `/v1/sites/${site}/comments/${id}/reports`, { body })
  expect(sent.status).toBe(202)
  return sent.body.receipt
}

/** A copy of the database as it is now, as a backup that is restored later. */
async function aBackup(): Promise<{ db: Database; url: string; owner: Client; drop: () => Promise<void> }> {
  const name = `postbag_test_${randomBytes(6).toString('hex')}`
  const from = new URL(house.url).pathname.slice(1)
  const server = new Client({ connectionString: process.env['TEST_DATABASE_SERVER'] })
  await server.connect()
  // A template has nobody in it; the service finds new connections by itself.
  await server.query(`alter database ${from} allow_connections false`)
  await server.query('select pg_terminate_backend(pid) from pg_stat_activity where datname = $1', [from])
  await server.query(`create database ${name} template ${from} strategy file_copy`)
  await server.query(`alter database ${from} allow_connections true`)
  const url = new URL(house.url)
  url.pathname = `/${name}`
  const db = await connect(url.href, { connections: 4 })
  const owner = new Client({ connectionString: url.href })
  await owner.connect()
  return {
    db,
    url: url.href,
    owner,
    async drop() {
      await owner.end()
      await db.close()
      await server.query(`drop database ${name} with (force)`)
      await server.end()
    },
  }
}

async function stateIn(owner: Client, { id }: TestComment): Promise<string> {
  const { rows } = await owner.query<{ status: string; erased: boolean; words: number }>(
    `select status, erased_at is not null as erased,
            (select count(*)::int from revision_text where comment_id = c.id) as words
       from comment c where id = $1`,
    [id],
  )
  const [row] = rows
  return row ? `${row.status}${row.erased ? ', erased' : ''}${row.words === 0 ? ', no words' : ''}` : 'none'
}

describe('the ledger of erasures', () => {
  test('has what was taken from sight or erased, and when, before that is answered; and nothing that was written', async () => {
    const [one, other, third, fourth] = [
      await aPublished(),
      await aPublished(),
      await aPublished(),
      await aPublished(),
    ]
    const report = await aReport(fourth)
    expect((await withdraw(one)).status).toBe(204)
    expect(kindsOf(one.id)).toEqual(['withdrawn'])
    expect((await erase(one)).status).toBe(204)
    expect(kindsOf(one.id)).toEqual(['withdrawn', 'erased'])
    expect((await ask(house, 'POST', '/v1/receipt/erasure', { key: report })).status).toBe(204)
    expect(entries().at(-1)).toMatchObject({ kind: 'report_erased' })
    await decide(other, editing)
    await decide(other, unpublishing)
    await decide(other, { action: 'restore', revision: 1 })
    await writeLedger(house.db, ledger)
    expect(kindsOf(other.id)).toEqual(['changed', 'taken_down', 'shown'])
    await eraseFor(third)
    expect(kindsOf(third.id)).toEqual(['taken_down', 'erased_for'])
    expect(kindsOf(fourth.id)).toEqual([])
    const members = new Set(entries().flatMap((entry) => Object.keys(entry)))
    expect(members).toEqual(new Set(['kind', 'comment', 'report', 'at']))
    const { rows } = await house.owner.query('select * from to_ledger')
    expect(rows).toEqual([])
  })

  test('is not waited for by what takes nothing from sight', async () => {
    const before = entries().length
    const { id } = await aComment(house, site)
    expect((await decision(house, ada.key, id, { action: 'reject', rules: ['topic'] })).status).toBe(201)
    const waiting = await aComment(house, site)
    await decide(waiting, { action: 'approve' })
    expect(entries()).toHaveLength(before)
  })

  test('has what happened while nobody wrote, and each once of many who write at once', async () => {
    const path = join(folder, 'many.jsonl')
    const without = await openHouse()
    const there = await aSite(without)
    const comments: TestComment[] = []
    for (let at = 0; at < 5; at += 1) comments.push(await aComment(without, there))
    for (const { receipt } of comments) {
      expect((await ask(without, 'DELETE', '/v1/receipt', { key: receipt })).status).toBe(204)
    }
    await Promise.all(Array.from({ length: 4 }, () => writeLedger(without.db, path)))
    expect(entries(path)).toHaveLength(comments.length)
    expect(new Set(entries(path).map(({ comment }) => comment))).toEqual(
      new Set(comments.map(({ id }) => id)),
    )
    await without.close()
  })
})

describe('with a disk that is full', () => {
  let full: House
  let there: string

  beforeAll(async () => {
    full = await openHouse({ erasureLedger: '/dev/full' })
    there = await aSite(full)
  })
  afterAll(() => full.close())

  test('what was done is done and answered by 503, again and again until it is written down', async () => {
    const { id, receipt } = await aComment(full, there)
    for (let time = 0; time < 2; time += 1) {
      expect(problemIn(await ask(full, 'POST', '/v1/receipt/erasure', { key: receipt }))).toBe(
        '503 unavailable',
      )
    }
    expect(await stateIn(full.owner, { id, receipt })).toBe('withdrawn, erased, no words')
    const path = join(folder, 'later.jsonl')
    await writeLedger(full.db, path)
    expect(entries(path).map(({ kind }) => kind)).toEqual(['withdrawn', 'erased'])
    expect((await ask(full, 'POST', '/v1/receipt/erasure', { key: receipt })).status).toBe(204)
  })

  test('everything that takes nothing from sight goes on', async () => {
    const gone = await aComment(full, there)
    expect((await ask(full, 'DELETE', '/v1/receipt', { key: gone.receipt })).status).toBe(503)
    const { id } = await aComment(full, there)
    expect((await decision(full, full.admin, id, { action: 'approve' })).status).toBe(201)
    expect((await ask(full, 'POST', '/v1/moderation/claims', { key: full.admin, body: {} })).status).toBe(200)
    expect((await ask(full, 'GET', `/v1/sites/${there}/articles/news/comments`)).body.comments).toHaveLength(
      1,
    )
  })
})

describe('a backup that is restored', () => {
  test('knows again what was erased and taken down since, and nothing else changes', async () => {
    const c = {
      kept: await aPublished(),
      erased: await aPublished(),
      erasedWaiting: await aComment(house, site, { text: words }),
      erasedFor: await aPublished(),
      erasedForWaiting: await aComment(house, site, { text: words }),
      withdrawn: await aPublished(),
      unpublished: await aPublished(),
      edited: await aPublished(),
      restored: await aPublished(),
      held: await aPublished(),
      waiting: await aComment(house, site),
      approvedLater: await aComment(house, site),
    }
    const report = await aReport(c.kept)
    const hold = await ask(house, 'POST', `/v1/moderation/comments/${c.held.id}/holds`, {
      key: admin.key,
      body: { reason: 'A court may ask.' },
    })
    expect(hold.status).toBe(201)
    const backup = await aBackup()

    await erase(c.erased)
    await erase(c.erasedWaiting)
    await eraseFor(c.erasedFor)
    await eraseFor(c.erasedForWaiting)
    await withdraw(c.withdrawn)
    await decide(c.unpublished, unpublishing)
    await decide(c.edited, editing)
    await decide(c.restored, unpublishing)
    await decide(c.restored, { action: 'restore', revision: 1 })
    await ask(house, 'DELETE', `/v1/moderation/comments/${c.held.id}/holds/${hold.body.id}`, {
      key: admin.key,
    })
    await erase(c.held)
    await decide(c.approvedLater, { action: 'approve' })
    await decide(c.approvedLater, unpublishing)
    await writeLedger(house.db, ledger)
    await ask(house, 'POST', '/v1/receipt/erasure', { key: report })
    const later = await aComment(house, site)
    await erase(later)
    appendFileSync(ledger, '\n{"kind":"erased","comm')
    await append(ledger, [{ kind: 'withdrawn', comment: c.withdrawn.id, at: new Date(0).toISOString() }])

    expect(await stateIn(backup.owner, c.erased)).toBe('published')
    const replayed = await replayLedger(backup.db, ledger)
    expect(replayed).toEqual({ erased: 5, takenDown: 3, torn: 1 })
    const states = await Promise.all(
      Object.entries(c).map(async ([name, one]) => [name, await stateIn(backup.owner, one)]),
    )
    expect(Object.fromEntries(states)).toEqual({
      kept: 'published',
      erased: 'withdrawn, erased, no words',
      erasedWaiting: 'withdrawn, erased, no words',
      erasedFor: 'unpublished, erased, no words',
      erasedForWaiting: 'expired, erased, no words',
      withdrawn: 'withdrawn',
      unpublished: 'unpublished',
      edited: 'unpublished',
      restored: 'published',
      held: 'withdrawn',
      waiting: 'pending',
      approvedLater: 'pending',
    })
    const { rows: wishes } = await backup.owner.query('select comment_id from erasure_wish')
    expect(wishes).toEqual([{ comment_id: c.held.id }])
    const { rows: reports } = await backup.owner.query('select outcome from report where comment_id = $1', [
      c.kept.id,
    ])
    expect(reports).toEqual([{ outcome: 'taken_back' }])
    const { rows: logged } = await backup.owner.query(
      `select action, actor from move where comment_id = any ($1) and actor <> 'person' and seq > 1 order by action, actor`,
      [[c.unpublished.id, c.withdrawn.id]],
    )
    expect(logged).toEqual([
      { action: 'unpublish', actor: 'system' },
      { action: 'withdraw', actor: 'reader' },
    ])

    expect(await replayLedger(backup.db, ledger)).toMatchObject({ erased: 0, takenDown: 0 })
    const command = promisify(execFile)(
      process.execPath,
      ['--import', 'tsx', 'src/cli.ts', 'ledger', 'replay', '--file', ledger],
      { env: { ...process.env, DATABASE_URL: backup.url } },
    )
    expect((await command).stdout).toBe(
      'Erased again: 0. Taken down again: 0. 1 lines were cut off while they were written.\n',
    )
    await backup.drop()
  }, 60_000)
})
