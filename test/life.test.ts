import { ask, type House, openHouse } from './support/house.ts'
import { aPerson, aSite, published, receiptOf, type TestPerson } from './support/people.ts'

/**
 * One comment's whole life through HTTP, in reading order: the best introduction to the code.
 * Each test goes on where the one before it stopped.
 */
describe("a comment's life", () => {
  let house: House
  let site: string
  let ada: TestPerson
  let ben: TestPerson
  let id: string
  let receipt: string

  beforeAll(async () => {
    house = await openHouse()
    site = await aSite(house, { publishDelay: 30 })
    ada = await aPerson(house, site, 'moderator')
    ben = await aPerson(house, site, 'editor')
  })
  afterAll(() => house.close())

  const decide = (person: TestPerson, version: number, body: Record<string, unknown>) =>
    ask(house, 'POST', `/v1/moderation/comments/${id}/decisions`, {
      key: person.key,
      headers: { 'if-match': `"${version}"` },
      body,
    })

  test('a reader sends plain text and gets a receipt', async () => {
    const sent = await ask(house, 'POST', `/v1/sites/${site}/articles/news/comments`, {
      headers: { 'idempotency-key': 'f3b1c0de-0000-4000-8000-00000000life' },
      body: { text: 'Call me at 555 0142 about the <b>evening</b> boat.', name: 'Wren' },
    })
    expect(sent.status).toBe(202)
    expect(sent.headers['location']).toBe('/v1/receipt')
    expect(sent.body).toMatchObject({ status: 'pending', notice: expect.stringContaining('real time') })
    ;({ id, receipt } = sent.body)
    expect(receipt).toMatch(/^(?:[0-9A-Z]{5}-){4}[0-9A-Z]{5}$/)
  })

  test('the same request again gets the same answer, and makes no second comment', async () => {
    const again = await ask(house, 'POST', `/v1/sites/${site}/articles/news/comments`, {
      headers: { 'idempotency-key': 'f3b1c0de-0000-4000-8000-00000000life' },
      body: { text: 'Call me at 555 0142 about the <b>evening</b> boat.', name: 'Wren' },
    })
    expect(again.body).toMatchObject({ id, receipt, status: 'pending' })
    expect(again.headers['idempotency-replayed']).toBe('true')
  })

  test('nobody sees it but its reader and the moderators', async () => {
    expect(await published(house, site)).toEqual([])
    const counted = await ask(house, 'GET', `/v1/sites/${site}/counts?article=news`)
    expect(counted.body).toEqual({ counts: { news: 0 } })
    expect(await receiptOf(house, receipt)).toMatchObject({ id, status: 'pending' })
  })

  test('it waits in the queue, as it was typed', async () => {
    const waiting = await ask(house, 'GET', `/v1/moderation/queue?site=${site}`, { key: ada.key })
    expect(waiting.body.comments).toHaveLength(1)
    expect(waiting.body.comments[0]).toMatchObject({
      id,
      status: 'pending',
      version: 1,
      name: 'Wren',
      text: 'Call me at 555 0142 about the <b>evening</b> boat.',
    })
  })

  test('a moderator returns it under a rule and says what to change', async () => {
    const made = await decide(ada, 1, {
      action: 'return',
      rules: ['private_details'],
      reason: 'Please leave your number out.',
    })
    expect(made.status).toBe(201)
    expect(made.body).toMatchObject({ from: 'pending', to: 'returned', version: 2, by: ada.pseudonym })
  })

  test('the reader learns why, and sends a better text', async () => {
    expect(await receiptOf(house, receipt)).toMatchObject({
      status: 'returned',
      decision: {
        action: 'return',
        rules: [{ code: 'private_details' }],
        reason: 'Please leave your number out.',
      },
    })
    const sent = await ask(house, 'PUT', '/v1/receipt/text', {
      key: receipt,
      body: { text: 'Tell the idiots at the town hall about the <b>evening</b> boat.', name: 'Wren' },
    })
    expect(sent.status).toBe(200)
    expect(sent.body).toMatchObject({ status: 'pending' })
  })

  test('of two moderators who decide at once, the second learns who was first', async () => {
    const edit = {
      action: 'edit',
      rules: ['respect'],
      text: 'Tell the people at the town hall about the <b>evening</b> boat.',
    }
    expect((await decide(ada, 3, edit)).status).toBe(201)
    const late = await decide(ben, 3, { action: 'approve' })
    expect(late.status).toBe(412)
    expect(late.headers['etag']).toBe('"4"')
    expect(late.body).toMatchObject({
      code: 'stale_version',
      current: { version: 4, status: 'published', last: { action: 'edit', by: ada.pseudonym } },
    })
  })

  test('until the delay is over it can be undone, and was never public', async () => {
    expect(await published(house, site)).toEqual([])
    expect(await receiptOf(house, receipt)).toMatchObject({ status: 'pending' })
    expect((await decide(ada, 4, { action: 'undo' })).body).toMatchObject({ to: 'pending', version: 5 })
    const again = await decide(ada, 5, {
      action: 'edit',
      rules: ['respect'],
      text: 'Tell the town hall about the <b>evening</b> boat.',
    })
    expect(again.status).toBe(201)
  })

  test('then it is public: edited, marked, and under which rule', async () => {
    await house.ahead(31)
    const [comment] = await published(house, site)
    expect(comment).toMatchObject({
      id,
      name: 'Wren',
      text: 'Tell the town hall about the <b>evening</b> boat.',
      edited: { rules: [{ code: 'respect' }] },
    })
  })

  test('the reader sees what was changed', async () => {
    const mine = await receiptOf(house, receipt)
    expect(mine).toMatchObject({
      status: 'published',
      decision: { action: 'edit', rules: [{ code: 'respect' }] },
    })
    const kept = mine.difference.filter((part: { kind: string }) => part.kind !== 'added')
    expect(kept.map((part: { text: string }) => part.text).join('')).toBe(
      'Tell the idiots at the town hall about the <b>evening</b> boat.',
    )
  })

  test('a moderator unpublishes it under a rule: gone at once', async () => {
    expect((await decide(ada, 6, { action: 'unpublish', rules: ['topic'] })).status).toBe(201)
    expect(await published(house, site)).toEqual([])
  })

  test('only an editor restores it', async () => {
    expect((await decide(ada, 7, { action: 'restore' })).status).toBe(403)
    expect((await decide(ben, 7, { action: 'restore' })).status).toBe(201)
    await house.ahead(31)
    expect(await published(house, site)).toHaveLength(1)
  })

  test('the log tells it all, in order', async () => {
    const log = await ask(house, 'GET', `/v1/moderation/comments/${id}/history`, { key: ben.key })
    expect(log.body.moves.map((move: { action: string }) => move.action)).toEqual([
      'submit',
      'return',
      'resubmit',
      'edit',
      'undo',
      'edit',
      'unpublish',
      'restore',
    ])
  })

  test('the reader withdraws it and erases every word; the log stays', async () => {
    expect((await ask(house, 'POST', '/v1/receipt/erasure', { key: receipt })).status).toBe(204)
    expect(await published(house, site)).toEqual([])
    expect(await receiptOf(house, receipt)).toMatchObject({ status: 'withdrawn', submitted: null })
    const log = await ask(house, 'GET', `/v1/moderation/comments/${id}/history`, { key: ben.key })
    expect(log.body.moves).toHaveLength(9)
    expect(log.text).not.toContain('evening')
  })
})
