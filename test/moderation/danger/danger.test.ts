import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { standardDangerPath } from '../../../src/moderation/danger/danger.ts'
import { ask, type House, openHouse } from '../../support/house.ts'
import { aComment, aPerson, aSite, decision, type TestPerson } from '../../support/people.ts'

let house: House
beforeAll(async () => {
  house = await openHouse()
})
afterAll(() => house.close())

interface Desk {
  site: string
  ada: TestPerson
  ben: TestPerson
}

async function aDesk(settings: Record<string, unknown> = {}): Promise<Desk> {
  const site = await aSite(house, { publishDelay: 60, ...settings })
  return { site, ada: await aPerson(house, site), ben: await aPerson(house, site) }
}

const report = (id: string, key: string, note = 'Names a school and a day.') =>
  ask(house, 'POST', `/v1/moderation/comments/${id}/danger`, { key, body: { note } })

async function queueOf({ site, ben }: Desk): Promise<string[]> {
  const { body } = await ask(house, 'GET', `/v1/moderation/queue?site=${site}`, { key: ben.key })
  return body.comments.map((comment: { id: string }) => comment.id)
}

async function nextOf({ site, ben }: Desk): Promise<string> {
  const { body } = await ask(house, 'POST', '/v1/moderation/claims', {
    key: ben.key,
    body: { site, limit: 1 },
  })
  await ask(house, 'DELETE', '/v1/moderation/claims', { key: ben.key })
  return body.comments[0]?.id
}

describe('a threat to life', () => {
  test('comes before all others, older ones and warnings alike', async () => {
    const desk = await aDesk()
    await ask(house, 'PUT', `/v1/sites/${desk.site}/phrases`, {
      key: house.admin,
      body: { phrases: [{ phrase: 'forbidden words', severity: 'warning' }] },
    })
    const oldest = await aComment(house, desk.site)
    const warned = await aComment(house, desk.site, { text: 'There are forbidden words in it.' })
    const threat = await aComment(house, desk.site, { text: 'Tomorrow at the school.' })
    expect(await queueOf(desk)).toEqual([warned.id, oldest.id, threat.id])
    const reported = await report(threat.id, desk.ada.key)
    expect(reported.status).toBe(201)
    expect(await queueOf(desk)).toEqual([threat.id, warned.id, oldest.id])
    expect(await nextOf(desk)).toBe(threat.id)
  })

  test('keeps the note with the comment, and marks it', async () => {
    const { site, ada, ben } = await aDesk()
    const { id } = await aComment(house, site)
    const { body } = await report(id, ada.key)
    expect(body.note).toEqual({
      id: expect.any(String),
      by: ada.pseudonym,
      at: expect.any(String),
      text: 'Names a school and a day.',
    })
    const read = await ask(house, 'GET', `/v1/moderation/comments/${id}`, { key: ben.key })
    expect(read.body).toMatchObject({ danger: true, notes: [body.note], status: 'pending', version: 1 })
    const other = await aComment(house, site)
    const calm = await ask(house, 'GET', `/v1/moderation/comments/${other.id}`, { key: ben.key })
    expect(calm.body.danger).toBeUndefined()
  })

  test('stays first when signals come later, and when a decision is undone', async () => {
    const desk = await aDesk()
    const older = await aComment(house, desk.site)
    const threat = await aComment(house, desk.site)
    await report(threat.id, desk.ada.key)
    await house.owner.query(
      `update screening set signals = '[{"code": "links", "severity": "notice", "message": "It has a link.", "ranges": []}]' where comment_id = $1`,
      [threat.id],
    )
    expect(await queueOf(desk)).toEqual([threat.id, older.id])
    await decision(house, desk.ada.key, threat.id, { action: 'approve' })
    expect(await queueOf(desk)).toEqual([older.id])
    await decision(house, desk.ada.key, threat.id, { action: 'undo' })
    expect(await queueOf(desk)).toEqual([threat.id, older.id])
    await decision(house, desk.ada.key, threat.id, {
      action: 'escalate',
      proposal: 'reject',
      rules: ['violence'],
    })
    expect(await queueOf(desk)).toEqual([threat.id, older.id])
  })

  test('can be said of what is published; it is first should it wait again', async () => {
    const desk = await aDesk()
    const older = await aComment(house, desk.site)
    const threat = await aComment(house, desk.site)
    await decision(house, desk.ada.key, threat.id, { action: 'approve' })
    expect((await report(threat.id, desk.ben.key)).status).toBe(201)
    await decision(house, desk.ada.key, threat.id, { action: 'undo' })
    expect(await queueOf(desk)).toEqual([threat.id, older.id])
  })

  test('is said twice without harm', async () => {
    const desk = await aDesk()
    const { id } = await aComment(house, desk.site)
    expect((await report(id, desk.ada.key)).status).toBe(201)
    expect((await report(id, desk.ada.key, 'I have called the police.')).status).toBe(201)
    expect((await report(id, desk.ben.key)).status).toBe(201)
    const read = await ask(house, 'GET', `/v1/moderation/comments/${id}`, { key: desk.ben.key })
    expect(read.body.notes).toHaveLength(3)
  })

  test('is for moderators of the site, with a note, while there are words', async () => {
    const { site, ada } = await aDesk()
    const stranger = await aPerson(house, await aSite(house))
    const { id, receipt } = await aComment(house, site)
    expect((await report(id, stranger.key)).status).toBe(403)
    expect((await report(id, ada.key, ' ')).body.code).toBe('invalid_request')
    await ask(house, 'POST', '/v1/receipt/erasure', { key: receipt })
    expect((await report(id, ada.key)).body.code).toBe('illegal_move')
  })
})

const put = (dangerPath: string) =>
  ask(house, 'PUT', `/v1/sites/too-long`, { key: house.admin, body: { dangerPath } })

describe('the written path', () => {
  test('is the site’s own', async () => {
    const path = 'Call Robin on +999 555 0100 first.\nThen the police.'
    const { site, ada } = await aDesk({ dangerPath: path })
    const { id } = await aComment(house, site)
    expect((await report(id, ada.key)).body.path).toBe(path)
  })

  test('or says whom to call and what not to delete, in the words of the docs', async () => {
    const { site, ada } = await aDesk()
    const { id } = await aComment(house, site)
    expect((await report(id, ada.key)).body.path).toBe(standardDangerPath)
    expect(standardDangerPath.length).toBeLessThanOrEqual(2_000)
    const docs = readFileSync(join(import.meta.dirname, '../../../docs/danger.md'), 'utf8')
    expect(flat(docs)).toContain(flat(standardDangerPath))
  })

  test('is plain text of at most 2,000 characters', async () => {
    expect((await put('x'.repeat(2_001))).body.code).toBe('invalid_request')
    expect((await put('x'.repeat(2_000))).body.dangerPath).toHaveLength(2_000)
  })
})

function flat(text: string): string {
  return text.replace(/\s+/g, ' ')
}
