import { ask, type House, openHouse } from '../../support/house.ts'
import {
  aComment,
  anArticle,
  aPerson,
  aSite,
  decision,
  published,
  type TestPerson,
} from '../../support/people.ts'
import { aCommentIn } from '../../support/states.ts'

let house: House
let site: string
let ada: TestPerson
let ben: TestPerson
let eve: TestPerson

beforeAll(async () => {
  house = await openHouse()
  site = await aSite(house)
  ada = await aPerson(house, site)
  ben = await aPerson(house, site)
  eve = await aPerson(house, site, 'editor')
})
afterAll(() => house.close())

const answer = (
  id: string,
  body: Record<string, unknown> = { text: 'We have corrected it.' },
  key = ada.key,
) => ask(house, 'POST', `/v1/moderation/comments/${id}/replies`, { key, body })

async function aPublished(article = 'news', body: Record<string, unknown> = {}): Promise<string> {
  const { id } = await aComment(house, site, body, article)
  expect((await decision(house, ben.key, id, { action: 'approve' })).status).toBe(201)
  return id
}

async function anAnswer(): Promise<string> {
  const sent = await answer(await aPublished(), { text: 'We have corrected it.', name: 'The desk' })
  expect(sent.status).toBe(202)
  return sent.body.id
}

const shown = async (id: string, article = 'news') =>
  (await published(house, site, article)).find((one: { id: string }) => one.id === id)

describe('an answer by the staff', () => {
  test('shows once another person has read it, marked as such', async () => {
    const parent = await aPublished()
    const sent = await answer(parent, { text: 'We have corrected it.', name: 'The desk' })
    expect([sent.status, sent.body]).toEqual([
      202,
      { id: expect.any(String), status: 'pending', by: ada.pseudonym },
    ])
    const { id } = sent.body
    expect(await shown(id)).toBeUndefined()
    expect((await decision(house, ben.key, id, { action: 'approve' })).status).toBe(201)
    expect(await shown(id)).toMatchObject({
      staff: true,
      parent,
      name: 'The desk',
      text: 'We have corrected it.',
    })
    expect((await shown(parent)).staff).toBeUndefined()
  })

  test('is marked on the page, and readers’ comments are not', async () => {
    await anArticle(house, site, 'marked')
    const parent = await aPublished('marked')
    const page = async () => (await house.app.inject({ method: 'GET', url: `/${site}/articles/marked` })).body
    expect(await page()).not.toContain('Staff')
    const { body } = await answer(parent)
    await decision(house, ben.key, body.id, { action: 'approve' })
    expect(await page()).toContain('<strong>Staff</strong>')
  })

  test('is not published by who wrote it, however they try', async () => {
    const id = await anAnswer()
    for (const asked of [
      { action: 'approve' },
      { action: 'edit', text: 'Other words.', rules: ['respect'] },
    ]) {
      const refused = await decision(house, ada.key, id, asked)
      expect([refused.status, refused.body.code]).toEqual([409, 'second_person_needed'])
    }
    await decision(house, ben.key, id, { action: 'escalate', proposal: 'approve' })
    expect((await decision(house, ada.key, id, { action: 'approve' })).body.code).toBe('second_person_needed')
    expect((await decision(house, eve.key, id, { action: 'approve' })).status).toBe(201)
  })

  test('nor restored by them', async () => {
    const sent = await answer(await aPublished(), { text: 'We have corrected it.' }, eve.key)
    const { id } = sent.body
    await decision(house, ben.key, id, { action: 'reject', rules: ['topic'] })
    expect((await decision(house, eve.key, id, { action: 'restore' })).body.code).toBe('second_person_needed')
    const other = await aPerson(house, site, 'editor')
    expect((await decision(house, other.key, id, { action: 'restore' })).status).toBe(201)
  })

  test('is rejected or unpublished by anybody, its writer too, and returned to nobody', async () => {
    const id = await anAnswer()
    const returned = await decision(house, ben.key, id, {
      action: 'return',
      rules: ['topic'],
      reason: 'Why?',
    })
    expect(returned.body.code).toBe('illegal_move')
    expect((await decision(house, ada.key, id, { action: 'reject', rules: ['topic'] })).status).toBe(201)
    const other = await anAnswer()
    await decision(house, ben.key, other, { action: 'approve' })
    expect((await decision(house, ada.key, other, { action: 'unpublish', rules: ['topic'] })).status).toBe(
      201,
    )
  })

  test('is given to others to read, never to who wrote it', async () => {
    const own = await aSite(house)
    const writer = await aPerson(house, own)
    const reader = await aPerson(house, own)
    const parent = await aComment(house, own)
    await decision(house, reader.key, parent.id, { action: 'approve' })
    const { body } = await answer(parent.id, { text: 'Thank you.' }, writer.key)
    const claim = async (key: string) =>
      (await ask(house, 'POST', '/v1/moderation/claims', { key, body: { site: own, limit: 5 } })).body
        .comments
    expect(await claim(writer.key)).toEqual([])
    expect(await claim(reader.key)).toMatchObject([
      { id: body.id, staff: true, last: { action: 'submit', by: writer.pseudonym } },
    ])
  })

  test('stands in the log under the name of who wrote it', async () => {
    const id = await anAnswer()
    const { body } = await ask(house, 'GET', `/v1/moderation/comments/${id}/history`, { key: ben.key })
    expect(body.moves).toMatchObject([{ action: 'submit', by: ada.pseudonym, from: 'none', to: 'pending' }])
    const { rows } = await house.owner.query(
      'select actor, person_id, hash = move_hash(m) as verifies from move m where comment_id = $1',
      [id],
    )
    expect(rows).toEqual([{ actor: 'person', person_id: ada.id, verifies: true }])
  })

  test('is told of no more once it is gone', async () => {
    const id = await anAnswer()
    await decision(house, ben.key, id, { action: 'approve' })
    const reply = await aComment(house, site, { parent: id })
    await decision(house, ben.key, reply.id, { action: 'approve' })
    await decision(house, ben.key, id, { action: 'unpublish', rules: ['topic'] })
    expect(await shown(id)).toEqual({
      id,
      name: null,
      text: null,
      language: null,
      publishedAt: expect.any(String),
      parent: expect.any(String),
      gone: true,
    })
  })
})

describe('answering as the staff', () => {
  test('is for moderators of the site', async () => {
    const parent = await aPublished()
    const stranger = await aPerson(house, await aSite(house))
    expect((await answer(parent, { text: 'x' }, stranger.key)).status).toBe(403)
    expect(
      (await ask(house, 'POST', `/v1/moderation/comments/${parent}/replies`, { body: { text: 'x' } })).status,
    ).toBe(401)
  })

  test.each(['pending', 'rejected', 'unpublished', 'withdrawn'] as const)(
    'answers what shows: not what is %s',
    async (state) => {
      const { id } = await aCommentIn(house, state, site, ben)
      expect((await answer(id)).body.code).toBe('parent_not_published')
    },
  )

  test('keeps to the limits of the site', async () => {
    const parent = await aPublished()
    expect((await answer(parent, { text: ' ' })).body.code).toBe('text_empty')
    expect((await answer(parent, { text: 'x'.repeat(5_001) })).body.code).toBe('text_too_long')
    expect((await answer(parent, { text: 'x', name: 'x'.repeat(81) })).body.code).toBe('name_too_long')
    expect((await answer(parent, { text: 'x', parent })).body.code).toBe('invalid_request')
  })

  test('needs somebody else to read it', async () => {
    const lone = await aSite(house)
    const parent = await aComment(house, lone)
    await decision(house, house.admin, parent.id, { action: 'approve' })
    await house.owner.query('update person set active = false where admin and not first_admin')
    const sent = await answer(parent.id, { text: 'x' }, house.admin)
    expect(sent.body.code).toBe('second_person_missing')
  })

  test('is possible where readers send nothing any more', async () => {
    await anArticle(house, site, 'closing')
    const parent = await aPublished('closing')
    await ask(house, 'PUT', `/v1/sites/${site}/articles/closing`, { key: house.admin, body: { open: false } })
    const { body } = await answer(parent)
    await decision(house, ben.key, body.id, { action: 'approve' })
    expect(await shown(body.id, 'closing')).toMatchObject({ staff: true })
  })
})
