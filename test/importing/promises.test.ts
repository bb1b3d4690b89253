import { openImporter } from '../../src/database/importer.ts'
import { sealLog } from '../../src/moderation/log/seal.ts'
import { verifyLog } from '../../src/moderation/log/verify.ts'
import { found, listed, refusal } from '../support/attacks.ts'
import { ask, type House, openHouse } from '../support/house.ts'
import { anEmptySite, imported } from '../support/importing.ts'
import { aPerson, decision, published } from '../support/people.ts'

/** What the import promises: nothing unread becomes public, nobody is told, the log says who vouched, and is whole. */
let house: House
let site: string
beforeAll(async () => {
  house = await openHouse()
  site = await anEmptySite(house)
})
afterAll(() => house.close())

const page = 'https://news.example/a'

const file = JSON.stringify(
  [
    { id: 's', url: page, metadata: { title: 'A' } },
    { id: 'u', username: 'Wren' },
    { id: 'seen', storyID: 's', authorID: 'u', revisions: [{ body: 'Seen there.' }], status: 'APPROVED' },
    { id: 'waits', storyID: 's', authorID: 'u', revisions: [{ body: 'Waits there.' }], status: 'PREMOD' },
    {
      id: 'below',
      storyID: 's',
      parentID: 'waits',
      revisions: [{ body: 'Answers what waits.' }],
      status: 'APPROVED',
    },
  ].map((one) => ({ ...one, createdAt: { $date: '2021-01-01T00:00:00Z' } })),
)

test('what waited there waits here, for its whole time, and everybody may decide about it', async () => {
  await imported(house, { source: 'coral', site }, file)
  const texts = (await published(house, site, page)).map(({ text }: { text: string }) => text)
  expect(texts.toSorted()).toEqual(['Answers what waits.', 'Seen there.'])

  const queue = await ask(house, 'GET', `/v1/moderation/queue?site=${site}`, { key: house.admin })
  expect(queue.body.comments).toEqual([expect.objectContaining({ text: 'Waits there.', status: 'pending' })])
  const [waiting] = queue.body.comments
  const overdue = await found(house, `select since > moment() - interval '1 hour' as fresh from waiting`)
  expect(overdue).toEqual([{ fresh: true }])

  // The admin who imported it wrote none of it.
  const decided = await decision(house, house.admin, waiting.id, { action: 'approve' })
  expect(decided.status).toBe(201)
  expect(await published(house, site, page)).toHaveLength(3)
})

test('nobody is told of what is imported', async () => {
  expect(
    await listed(
      house,
      `select e.type from event e join move m using (comment_id, seq) where m.action = 'import'`,
    ),
  ).toEqual([])
  expect(await listed(house, `select type from event`)).toEqual(['comment.published'])
})

test('the log says that it was imported, by whom and from where, and verifies', async () => {
  await sealLog(house.db)
  const log = await ask(house, 'GET', `/v1/moderation/log?site=${site}`, { key: house.admin })
  const [first] = log.body.moves
  expect(first).toMatchObject({
    action: 'import',
    from: 'none',
    to: 'published',
    by: 'First admin',
    source: 'coral',
    version: 1,
  })
  expect(log.body.moves.map(({ action }: { action: string }) => action)).toEqual([
    'import',
    'import',
    'import',
    'approve',
  ])
  expect(await verifyLog(house.db, { heads: null }, site, [])).toMatchObject({ verified: 4, firstBad: null })

  const tampered = await found(
    house,
    `select (m.hash = move_hash(m)) as kept, (m.hash = move_hash(jsonb_populate_record(m, jsonb_build_object('import_id', gen_random_uuid())))) as other
       from move m where action = 'import' limit 1`,
  )
  expect(tampered).toEqual([{ kept: true, other: false }])
})

test('an imported comment is moderated, searched and exported like any other', async () => {
  const shown: { id: string; text: string }[] = await published(house, site, page)
  const id = shown.find(({ text }) => text === 'Seen there.')?.id ?? ''
  const history = await ask(house, 'GET', `/v1/moderation/comments/${id}/history`, { key: house.admin })
  expect(history.body.moves).toEqual([expect.objectContaining({ action: 'import', by: 'First admin' })])
  const gone = await decision(house, house.admin, id, { action: 'unpublish', rules: ['respect'] })
  expect(gone.status).toBe(201)
  expect(await published(house, site, page)).toHaveLength(2)
  const days = await found(
    house,
    `select day::text, highest >= lowest as ranged from submission_day where site = '${site}'`,
  )
  expect(days).toContainEqual({ day: '2021-01-01', ranged: true })
})

describe('PostgreSQL refuses', () => {
  test('an import by the desk, and one of nothing', async () => {
    expect(await refusal(house, 'desk', moved('id'))).toBe('permission denied for table move')
    expect(await refusal(house, 'desk', `select write_imported(id, 0, 1, false) from import`)).toBe(
      'permission denied for function write_imported',
    )
    expect(await refusal(house, 'owner', moved('null'))).toBe('move_imported')
    expect(await refusal(house, 'owner', moved('gen_random_uuid()'))).toBe('move_import_fkey')
  })

  test('an import that nobody who may vouches for, or that changes afterwards', async () => {
    const moderator = await aPerson(house, site)
    const begun = (person: string) =>
      `insert into import (site, person_id, source, file_hash, options) values ('${site}', '${person}', 'disqus', sha256('x'), '')`
    expect(await refusal(house, 'owner', begun(moderator.id))).toBe('an active admin vouches for an import')
    const kept = 'what was imported, and who vouched for it, does not change'
    expect(await refusal(house, 'owner', `update import set source = 'isso'`)).toBe(kept)
    expect(await refusal(house, 'owner', `update import set finished_at = null`)).toBe(kept)
    expect(await refusal(house, 'owner', 'delete from import')).toBe(
      'rows of import are kept for ever: delete is refused',
    )
    expect(await refusal(house, 'owner', 'truncate import cascade')).toMatch(/^rows of import/)
  })

  test('that a comment begins published without one', async () => {
    for (const role of ['desk', 'owner'] as const) {
      expect(await refusal(house, role, beginning('published'))).toBe('a comment begins unread')
    }
  })
})

test('an importer writes no comment and no move itself', async () => {
  const importer = await openImporter(house.url)
  try {
    for (const table of ['comment', 'move', 'revision', 'event']) {
      await expect(importer.sql.query(`insert into ${table} default values`)).rejects.toThrow(
        'permission denied',
      )
    }
  } finally {
    await importer.close()
  }
})

/** A move of an import that is `more`. */
function moved(more: string): string {
  return `
    insert into move (comment_id, seq, site, action, from_status, to_status, actor, person_id, cites, judged_revision,
                      revision, text_hash, import_id)
    select gen_random_uuid(), 1, site, 'import', 'none', 'published', 'person', person_id, false, 1, 1, 'x', ${more}
      from import limit 1`
}

/** A comment that begins in this state. */
function beginning(status: string): string {
  return `
      insert into comment (site, article_id, language, receipt_hash, head_hash, status, shows_from, first_shown_at)
      select site, article_id, 'en', sha256(uuid_send(gen_random_uuid())), head_hash, '${status}', moment(), moment()
        from comment limit 1`
}
