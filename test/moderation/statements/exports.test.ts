import { readCsv } from '../../../src/http/csv.ts'
import { transparencyNames } from '../../../src/moderation/statements/transparency.ts'
import { aDecided, against, written } from '../../support/appeals.ts'
import { ask, type House, openHouse } from '../../support/house.ts'
import { aComment, aPerson, aSite, decision, type TestPerson } from '../../support/people.ts'
import { outcomeOf } from '../../support/states.ts'

const day = 86_400
let house: House
let site: string
let ada: TestPerson
let eve: TestPerson

beforeAll(async () => {
  house = await openHouse()
  site = await aSite(house, { publishDelay: 100 })
  ada = await aPerson(house, site)
  eve = await aPerson(house, site, 'editor')
})
afterAll(() => house.close())

const list = (query: string, key: string | undefined = eve.key) =>
  ask(house, 'GET', `/v1/moderation/statements?${query}`, { key })
const file = (ending: 'csv' | 'ndjson', query: string, key: string | undefined = eve.key) =>
  ask(house, 'GET', `/v1/moderation/statements.${ending}?${query}`, { key })

async function today(): Promise<string> {
  const { rows } = await house.owner.query<{ day: string }>(
    `select (moment() at time zone 'UTC')::date::text as day`,
  )
  return rows[0]?.day ?? ''
}

describe("a site's statements", () => {
  test('come page by page in the order of the decisions, marked where they were undone', async () => {
    const one = await aSite(house, { publishDelay: 100 })
    const moderator = await aPerson(house, one)
    const editor = await aPerson(house, one, 'editor')
    const ids: string[] = []
    for (const action of ['reject', 'return', 'edit', 'unpublish', 'reject'] as const)
      ids.push((await aDecided(house, one, moderator, action)).id)
    await decision(house, moderator.key, ids[4] ?? '', { action: 'undo' })

    const seen: { comment: string; annulled: boolean }[] = []
    let cursor = ''
    do {
      const { status, body } = await list(`site=${one}&limit=2${cursor && `&cursor=${cursor}`}`, editor.key)
      expect(status).toBe(200)
      seen.push(...body.statements)
      cursor = body.next ?? ''
    } while (cursor)
    expect(seen.map(({ comment }) => comment)).toEqual(ids)
    expect(seen.map(({ annulled }) => annulled)).toEqual([false, false, false, false, true])
    for (const statement of seen) expect(statement).not.toHaveProperty('reason')

    const first = await list(`site=${one}&limit=2`, editor.key)
    const moved = await list(`site=${site}&limit=2&cursor=${first.body.next}`, house.admin)
    expect(outcomeOf(moved)).toBe('400 invalid_cursor')
  })

  test('are those of the days that were asked for, both included', async () => {
    const one = await aSite(house)
    const moderator = await aPerson(house, one)
    const editor = await aPerson(house, one, 'editor')
    const days: string[] = []
    for (let count = 0; count < 3; count += 1) {
      await aDecided(house, one, moderator)
      days.push(await today())
      await house.ahead(day)
    }
    const [first, second, third] = days
    const count = async (query: string) =>
      (await list(`site=${one}${query}`, editor.key)).body.statements.length
    expect(await count('')).toBe(3)
    expect(await count(`&from=${second}`)).toBe(2)
    expect(await count(`&to=${second}`)).toBe(2)
    expect(await count(`&from=${second}&to=${second}`)).toBe(1)
    expect(await count(`&from=${third}&to=${first}`)).toBe(0)
    const lines = await file('ndjson', `site=${one}&from=${second}&to=${third}`, editor.key)
    expect(lines.text.trimEnd().split('\n')).toHaveLength(2)
  })

  test.each([
    'from=yesterday',
    'from=0000-01-01',
    'to=2026-13-01',
    'to=2026-02-30',
    'day=2026-01-01',
    'limit=0',
  ])('are refused for %s', async (query) => {
    expect(outcomeOf(await list(`site=${site}&${query}`))).toBe('400 invalid_request')
  })

  test('are for editors of the site and admins', async () => {
    const stranger = await aPerson(house, await aSite(house), 'editor')
    for (const read of [list, (query: string, key?: string) => file('csv', query, key)]) {
      expect((await read(`site=${site}`, house.admin)).status).toBe(200)
      expect(outcomeOf(await read(`site=${site}`, ada.key))).toBe('403 forbidden')
      expect(outcomeOf(await read(`site=${site}`, stranger.key))).toBe('403 forbidden')
      expect(outcomeOf(await read(`site=${site}`, 'pbk_made-up'))).toBe('401 unauthenticated')
    }
  })
})

describe('the files', () => {
  test('hold every statement under the names of the Transparency Database, and nothing else', async () => {
    const one = await aSite(house, { publishDelay: 100 })
    const moderator = await aPerson(house, one)
    const editor = await aPerson(house, one, 'editor')
    for (const action of ['reject', 'edit', 'unpublish'] as const)
      await aDecided(house, one, moderator, action)
    await house.ahead(101)
    const listed = await list(`site=${one}`, editor.key)
    const fields: Record<string, unknown>[] = listed.body.statements.map(
      (statement: { fields: Record<string, unknown> }) => statement.fields,
    )
    const csv = await file('csv', `site=${one}`, editor.key)
    expect(csv.headers).toMatchObject({
      'content-type': 'text/csv; charset=utf-8',
      'content-disposition': `attachment; filename="${one}-statements.csv"`,
      'cache-control': 'no-store',
    })
    const [header, ...records] = [...readCsv(csv.text)].map((record) => record.map(({ text }) => text))
    expect(header).toEqual(transparencyNames)
    expect(records).toEqual(fields.map((row) => transparencyNames.map((name) => inCsv(row[name]))))

    const lines = await file('ndjson', `site=${one}`, editor.key)
    expect(lines.headers['content-type']).toBe('application/x-ndjson; charset=utf-8')
    expect(
      lines.text
        .trimEnd()
        .split('\n')
        .map((line): unknown => JSON.parse(line)),
    ).toEqual(fields)
    expect(fields).toHaveLength(3)

    for (const { text } of [csv, lines, listed]) {
      const secrets = [written, 'fool', 'Wren', against.edit.text, moderator.pseudonym, against.reject.reason]
      for (const word of secrets) expect(text).not.toContain(word)
    }
  })

  test('leave out what was undone, and what still can be', async () => {
    const one = await aSite(house, { publishDelay: 100 })
    const moderator = await aPerson(house, one)
    const editor = await aPerson(house, one, 'editor')
    const rows = async () => (await file('ndjson', `site=${one}`, editor.key)).text.split('\n').length - 1
    const { id } = await aDecided(house, one, moderator)
    await aDecided(house, one, moderator)
    expect(await rows()).toBe(0)
    await decision(house, moderator.key, id, { action: 'undo' })
    await house.ahead(101)
    expect(await rows()).toBe(1)
  })

  test('are whole, however many there are', async () => {
    const one = await aSite(house)
    const moderator = await aPerson(house, one)
    const { id } = await aComment(house, one)
    await decision(house, moderator.key, id, against.reject)
    // As many as three pages, copied where only an owner can.
    await house.owner.query(`
      begin;
      alter table statement disable trigger user;
      alter table statement drop constraint statement_pkey cascade, drop constraint statement_people_key cascade;
      insert into statement (comment_id, seq, site, action, decider_id, first_person_id, decided_at, applies_from,
                             content_language, automated_detection)
      select comment_id, seq, site, action, decider_id, first_person_id, decided_at, applies_from, content_language, false
        from statement, generate_series(1, 1200) where comment_id = '${id}';
      commit`)
    const editor = await aPerson(house, one, 'editor')
    const lines = (await file('ndjson', `site=${one}`, editor.key)).text.trimEnd().split('\n')
    const puids = lines.map((line): unknown => JSON.parse(line).puid)
    expect(new Set(puids).size).toBe(1_201)
  })
})

function inCsv(value: unknown): string {
  if (value === null) return ''
  return typeof value === 'string' ? value : JSON.stringify(value)
}
