import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { readCsv } from '../../../src/http/csv.ts'
import { transparencyNames } from '../../../src/moderation/statements/transparency.ts'
import { appeal } from '../../support/appeals.ts'
import { ask, type House, openHouse } from '../../support/house.ts'
import { aComment, aPerson, aSite, decision, receiptOf, type TestPerson } from '../../support/people.ts'
import { outcomeOf } from '../../support/states.ts'

/** Statements of reasons for what was taken down by order of an authority. */
let house: House
let site: string
let admin: TestPerson
let ada: TestPerson
let eve: TestPerson

beforeAll(async () => {
  house = await openHouse()
  site = await aSite(house)
  admin = await aPerson(house, site, 'admin')
  ada = await aPerson(house, site)
  eve = await aPerson(house, site, 'editor')
})
afterAll(() => house.close())

const migration = readFileSync(
  join(import.meta.dirname, '../../../prisma/migrations/20261124000023_handling_time/migration.sql'),
  'utf8',
)

const court = {
  country: 'DE',
  authority: 'District Court of Sallow Reach',
  legalBasis: '§ 1004 BGB',
  reference: '12 C 34/26',
}
const summary = 'The court holds that a sentence is not lawful.'
const untold = {
  readerMayBeTold: false,
  country: null,
  authority: null,
  legalBasis: null,
  reference: null,
  summary: null,
}

/** A comment that an order took down, before which something else may have been decided. */
async function anOrdered(body: Record<string, unknown> = {}, text = 'https://casino.example NOW!!') {
  const comment = await aComment(house, site, { text })
  expect((await decision(house, ada.key, comment.id, { action: 'approve' })).status).toBe(201)
  const order = await anOrderAbout(comment.id, body)
  return { ...comment, order }
}

async function anOrderAbout(id: string, body: Record<string, unknown> = {}): Promise<string> {
  const made = await ask(house, 'POST', '/v1/moderation/orders', {
    key: admin.key,
    body: {
      site,
      kind: 'art9',
      ...court,
      publicSummary: summary,
      receivedOn: '2026-11-20',
      comments: [id],
      ...body,
    },
  })
  expect(made.status).toBe(201)
  const done = await decision(house, admin.key, id, { action: 'unpublish', order: made.body.id })
  expect(done.status).toBe(201)
  return made.body.id
}

const own = (receipt: string) => ask(house, 'GET', '/v1/receipt/statement', { key: receipt })
const about = (id: string, key: string) =>
  ask(house, 'GET', `/v1/moderation/comments/${id}/statement`, { key })

describe('of an order of which its reader may be told', () => {
  test('the reader reads who ordered it, under which number and law, and what they can do', async () => {
    const { id, receipt } = await anOrdered()
    const { status, body } = await own(receipt)
    expect(status).toBe(200)
    expect(body).toMatchObject({
      site,
      comment: id,
      version: 3,
      action: 'unpublish',
      decidedBy: 'a person',
      annulled: false,
      rules: [],
      order: { readerMayBeTold: true, ...court, summary },
      reason: null,
      redress: {
        appealUntil: null,
        text: expect.stringMatching(/^An authority ordered this .* no appeal here\. .* court\.$/),
      },
    })
    expect(outcomeOf(await appeal(house, receipt))).toBe('409 nothing_to_appeal')
  })

  test('moderators read the same', async () => {
    const { id, receipt } = await anOrdered()
    const told = (await own(receipt)).body
    for (const { key } of [ada, eve, admin]) expect((await about(id, key)).body).toEqual(told)
  })

  test('the fields say that it is an order, by whom, under which number and law, and under no rule', async () => {
    const { id } = await anOrdered()
    const { fields, id: puid } = (await about(id, ada.key)).body
    expect(Object.keys(fields)).toEqual(transparencyNames)
    expect(fields).toEqual({
      puid,
      decision_visibility: ['DECISION_VISIBILITY_CONTENT_REMOVED'],
      decision_visibility_other: null,
      decision_monetary: null,
      decision_provision: null,
      decision_account: null,
      end_date_visibility_restriction: null,
      application_date: expect.stringMatching(/^\d{4}-\d\d-\d\d$/),
      content_date: expect.stringMatching(/^\d{4}-\d\d-\d\d$/),
      territorial_scope: expect.arrayContaining(['DE', 'FR']),
      decision_facts: expect.stringContaining('An authority ordered that the published comment goes.'),
      source_type: 'SOURCE_TYPE_OTHER_NOTIFICATION',
      source_identity: 'District Court of Sallow Reach (DE)',
      // Screening had noticed something, but the order had not come of that.
      automated_detection: 'No',
      automated_decision: 'AUTOMATED_DECISION_NOT_AUTOMATED',
      decision_ground: 'DECISION_GROUND_ILLEGAL_CONTENT',
      decision_ground_reference_url: null,
      illegal_content_legal_ground: expect.stringMatching(
        /^Order of an authority .*Article 9 of Regulation \(EU\) 2022\/2065.*; 12 C 34\/26; § 1004 BGB$/,
      ),
      illegal_content_explanation: summary,
      incompatible_content_ground: null,
      incompatible_content_explanation: null,
      incompatible_content_illegal: null,
      category: 'STATEMENT_CATEGORY_NOT_SPECIFIED_NOTICE',
      category_addition: [],
      category_specification: [],
      category_specification_other: null,
      content_type: ['CONTENT_TYPE_TEXT'],
      content_type_other: null,
      content_language: 'EN',
    })
  })

  test('they fit into the database, however much the order says, and however little', async () => {
    const ship = '\u{1f6a2}'
    const long = await anOrdered({
      authority: ship.repeat(150),
      legalBasis: ship.repeat(500),
      reference: ship.repeat(150),
      publicSummary: ship.repeat(500),
    })
    const { fields } = (await about(long.id, ada.key)).body
    for (const [name, most] of Object.entries({
      source_identity: 500,
      illegal_content_legal_ground: 500,
      illegal_content_explanation: 2_000,
      decision_facts: 5_000,
    })) {
      expect([name, fields[name].length <= most, fields[name].isWellFormed()]).toEqual([name, true, true])
    }
    const short = await anOrdered({ legalBasis: null, reference: null, publicSummary: null })
    expect((await about(short.id, ada.key)).body.fields).toMatchObject({
      illegal_content_legal_ground: expect.stringMatching(/the like of it\)$/),
      illegal_content_explanation: expect.stringContaining('nobody here judged that'),
    })
  })

  test('it is told when it was restored and taken down again under a rule', async () => {
    const { id, receipt } = await anOrdered()
    expect((await decision(house, admin.key, id, { action: 'restore' })).status).toBe(201)
    expect((await own(receipt)).body).toMatchObject({ version: 3, order: court })
    await decision(house, ada.key, id, { action: 'unpublish', rules: ['topic'] })
    const { body } = await own(receipt)
    expect(body).toMatchObject({ version: 5, rules: [{ code: 'topic' }] })
    expect(body).not.toHaveProperty('order')
  })
})

describe('of an order that forbids to tell its reader', () => {
  test('the reader is told nothing, and their receipt says what it says of any comment that was taken down', async () => {
    const { receipt } = await anOrdered({ readerMayBeTold: false })
    expect(outcomeOf(await own(receipt))).toBe('404 statement_not_found')
    const told = await receiptOf(house, receipt)
    expect(told.decision).toEqual({ action: 'unpublish', rules: [], reason: null })
    expect(Object.keys(told).toSorted()).toEqual([
      'article',
      'decision',
      'id',
      'language',
      'site',
      'status',
      'submitted',
    ])
    expect(JSON.stringify(told)).not.toMatch(/order|authority|court/i)
  })

  test('the reader keeps the statement that they had before', async () => {
    const { id, receipt } = await aComment(house, site)
    await decision(house, ada.key, id, { action: 'edit', text: 'Another text.', rules: ['respect'] })
    const before = await own(receipt)
    expect(before.body).toMatchObject({ action: 'edit', version: 2 })
    await anOrderAbout(id, { readerMayBeTold: false })
    expect((await own(receipt)).body).toEqual(before.body)
  })

  test('moderators are told that there is one, and who manages orders everything', async () => {
    const { id } = await anOrdered({ readerMayBeTold: false })
    for (const { key } of [ada, eve]) {
      const { body, text } = await about(id, key)
      expect(body).toMatchObject({ action: 'unpublish', rules: [], order: untold })
      for (const secret of [court.authority, court.legalBasis, court.reference, summary])
        expect(text).not.toContain(secret)
    }
    const whole = (await about(id, admin.key)).body
    expect(whole.order).toEqual({ readerMayBeTold: false, ...court, summary })
    expect(whole.fields).toMatchObject({
      source_type: 'SOURCE_TYPE_OTHER_NOTIFICATION',
      source_identity: null,
      decision_ground: 'DECISION_GROUND_ILLEGAL_CONTENT',
      illegal_content_legal_ground: expect.stringMatching(/^Order of an authority .* like of it\)$/),
      illegal_content_explanation: expect.not.stringContaining('sentence'),
    })
  })

  test('the reader reads it from when they may, and no longer when they may not', async () => {
    const { receipt, order } = await anOrdered({ readerMayBeTold: false })
    const conclude = (readerMayBeTold: boolean) =>
      ask(house, 'PUT', `/v1/moderation/orders/${order}/outcome`, {
        key: admin.key,
        body: { effect: 'unpublished', effectOn: '2026-11-24', readerMayBeTold },
      })
    expect((await conclude(true)).status).toBe(200)
    expect((await own(receipt)).body.order).toEqual({ readerMayBeTold: true, ...court, summary: null })
    await conclude(false)
    expect(outcomeOf(await own(receipt))).toBe('404 statement_not_found')
  })
})

describe('an export', () => {
  test('has what was ordered, and of an order that forbids to tell nothing but that', async () => {
    const one = await aSite(house)
    const [moderator, editor] = [await aPerson(house, one), await aPerson(house, one, 'editor')]
    for (const readerMayBeTold of [true, false]) {
      const { id } = await aComment(house, one)
      await decision(house, moderator.key, id, { action: 'approve' })
      await anOrderAbout(id, { site: one, readerMayBeTold })
    }
    await house.ahead(1)
    const path = (ending: string) => `/v1/moderation/statements${ending}?site=${one}`
    const list = (await ask(house, 'GET', path(''), { key: editor.key })).body.statements
    expect(list).toMatchObject([{ order: { readerMayBeTold: true, ...court, summary } }, { order: untold }])
    const complete = (await ask(house, 'GET', path(''), { key: admin.key })).body.statements
    expect(complete[1]).toMatchObject({ order: { readerMayBeTold: false, ...court, summary } })

    const csv = await ask(house, 'GET', path('.csv'), { key: editor.key })
    const [names, ...records] = [...readCsv(csv.text)].map((record) => record.map(({ text }) => text))
    expect(names).toEqual(transparencyNames)
    const at = (name: (typeof transparencyNames)[number]) =>
      records.map((record) => record[transparencyNames.indexOf(name)])
    expect(at('decision_ground')).toEqual(Array(2).fill('DECISION_GROUND_ILLEGAL_CONTENT'))
    expect(at('source_identity')).toEqual(['District Court of Sallow Reach (DE)', ''])
    expect(at('incompatible_content_ground')).toEqual(['', ''])

    const lines = (await ask(house, 'GET', path('.ndjson'), { key: editor.key })).text.trimEnd().split('\n')
    expect(lines.map((line): unknown => JSON.parse(line))).toEqual(
      list.map(({ fields }: { fields: unknown }) => fields),
    )
    expect(lines[1]).not.toMatch(/Sallow|BGB|12 C/)
  })
})

test('what was taken down before there were such statements has one since', async () => {
  const { id } = await anOrdered()
  const { statements } = (
    await ask(house, 'GET', `/v1/moderation/statements?site=${site}&limit=100`, { key: admin.key })
  ).body
  const before = statements.find(({ comment }: { comment: string }) => comment === id)
  const [backfill] = migration.match(/insert into statement[^;]+;/) ?? []
  await house.owner.query(`
    begin;
    alter table statement disable trigger user;
    delete from statement n using move m
     where m.comment_id = n.comment_id and m.seq = n.seq and m.order_id is not null;
    alter table statement enable trigger user;
    ${backfill}
    commit`)
  const { rows } = await house.owner.query(
    `select count(*)::int as ordered, count(n.comment_id)::int as stated
       from move m left join statement n on n.comment_id = m.comment_id and n.seq = m.seq where m.order_id is not null`,
  )
  expect(rows[0].ordered).toBeGreaterThan(5)
  expect(rows[0].stated).toBe(rows[0].ordered)
  const { id: puid, fields, ...made } = (await about(id, admin.key)).body
  expect({ ...made, id: before.id, fields: { ...fields, puid: before.id } }).toEqual({
    ...before,
    reason: null,
  })
  expect(puid).not.toBe(before.id)
})
