import { ask, type House, openHouse } from '../../support/house.ts'
import { aComment, aPerson, aSite, decision, receiptOf, type TestPerson } from '../../support/people.ts'

let house: House
let site: string
let ada: TestPerson
let eve: TestPerson

beforeAll(async () => {
  house = await openHouse()
  site = await aSite(house)
  ada = await aPerson(house, site)
  eve = await aPerson(house, site, 'editor')
})
afterAll(() => house.close())

const note = (id: string, key: string, text: string) =>
  ask(house, 'POST', `/v1/moderation/comments/${id}/notes`, { key, body: { text } })
const item = (id: string) => ask(house, 'GET', `/v1/moderation/comments/${id}`, { key: eve.key })

describe('a note', () => {
  test('is read by the other moderators, oldest first, and never by the reader', async () => {
    const { id, receipt } = await aComment(house, site)
    const made = await note(id, ada.key, 'Is this the same boat?')
    expect(made.status).toBe(201)
    expect(made.body).toMatchObject({ by: ada.pseudonym, text: 'Is this the same boat?' })
    await note(id, eve.key, 'It is another one.')
    const { body, headers } = await item(id)
    expect(body.notes.map(({ text }: { text: string }) => text)).toEqual([
      'Is this the same boat?',
      'It is another one.',
    ])
    expect(headers['etag']).toBe('"1"')
    expect(JSON.stringify(await receiptOf(house, receipt))).not.toContain('boat')
  })

  test('goes with the words of the comment, and none comes after them', async () => {
    const { id, receipt } = await aComment(house, site)
    await note(id, ada.key, 'Nothing to see.')
    await ask(house, 'POST', '/v1/receipt/erasure', { key: receipt })
    expect((await item(id)).body.notes).toEqual([])
    expect((await note(id, ada.key, 'Too late.')).body).toMatchObject({ status: 409, code: 'illegal_move' })
  })

  test('needs something to say, a person, and a part in the site', async () => {
    const { id } = await aComment(house, site)
    expect((await note(id, ada.key, '  ')).status).toBe(400)
    const stranger = await aPerson(house, await aSite(house))
    expect((await note(id, stranger.key, 'Hello.')).status).toBe(403)
  })
})

const url = () => `/v1/moderation/saved-reasons?site=${site}`

describe('saved reasons', () => {
  const reasons = [
    { title: 'No numbers', rule: 'private_details', language: 'en', text: 'Please leave out {{what}}.' },
    { title: 'ຫົວຂໍ້', rule: 'topic', language: 'lo', text: 'ກະລຸນາຂຽນກ່ຽວກັບບົດຄວາມ.' },
    { title: 'Anything', rule: null, language: null, text: 'Thank you.' },
  ]

  test('are written by editors, all at once, and read by moderators in their order', async () => {
    expect((await ask(house, 'PUT', url(), { key: ada.key, body: { reasons } })).status).toBe(403)
    const put = await ask(house, 'PUT', url(), { key: eve.key, body: { reasons } })
    expect(put.status).toBe(200)
    const read = await ask(house, 'GET', url(), { key: ada.key })
    expect(read.body).toEqual({ reasons })
    await ask(house, 'PUT', url(), { key: eve.key, body: { reasons: [] } })
    expect((await ask(house, 'GET', url(), { key: ada.key })).body).toEqual({ reasons: [] })
  })

  test('reach no reader while a place in them is to be filled in', async () => {
    const { id } = await aComment(house, site)
    const asked = { action: 'return', rules: ['private_details'], reason: 'Please leave out {{what}}.' }
    const refused = await decision(house, ada.key, id, asked)
    expect(refused.body).toMatchObject({
      status: 422,
      code: 'reason_unfinished',
      errors: [{ pointer: '#/reason' }],
    })
    const made = await decision(house, ada.key, id, { ...asked, reason: 'Please leave out your number.' })
    expect(made.status).toBe(201)
  })

  test('of a site that is not there are nowhere', async () => {
    const nowhere = await ask(house, 'PUT', '/v1/moderation/saved-reasons?site=nowhere', {
      key: house.admin,
      body: { reasons },
    })
    expect(nowhere.body).toMatchObject({ status: 404, code: 'site_not_found' })
  })
})
