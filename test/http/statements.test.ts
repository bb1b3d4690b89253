import { ask, type House, openHouse } from '../support/house.ts'
import { aComment, aPerson, aSite, decision, type TestComment, type TestPerson } from '../support/people.ts'
import { statementsDuring, waitsDuring } from '../support/statements.ts'

// Of what everybody sees: test/reading/memory.test.ts.
describe('of statements, it takes', () => {
  let house: House
  let site: string
  let ada: TestPerson
  let comment: TestComment
  let other: TestComment
  beforeAll(async () => {
    house = await openHouse({}, { trustFor: Infinity })
    site = await aSite(house)
    ada = await aPerson(house, site)
    comment = await aComment(house, site)
    other = await aComment(house, site)
    await aComment(house, site)
  })
  afterAll(() => house.close())

  const asKey = () => ({ key: ada.key })
  const stories: [what: string, statements: number, story: () => Promise<unknown>][] = [
    ['a receipt', 1, () => ask(house, 'GET', '/v1/receipt', { key: comment.receipt })],
    ['a page of the queue', 2, () => ask(house, 'GET', `/v1/moderation/queue?site=${site}`, asKey())],
    [
      'a claim',
      2,
      () => ask(house, 'POST', '/v1/moderation/claims', { ...asKey(), body: { site, limit: 2 } }),
    ],
    [
      'one comment of the queue, with its context',
      4,
      () => ask(house, 'GET', `/v1/moderation/comments/${comment.id}`, asKey()),
    ],
    // Who decides, what they judge, and the decision.
    ['a decision', 3, () => decision(house, ada.key, comment.id, { action: 'approve' }, 1)],
    [
      'a decision that brings the next comment',
      4,
      () => decision(house, ada.key, other.id, { action: 'approve', next: 1 }, 1),
    ],
  ]
  test.each(stories)('%s: %i', async (_, statements, story) => {
    expect(await statementsDuring(story)).toHaveLength(statements)
  })

  test('a decision waits for the database twice: who asks and what about are read at once', async () => {
    const { id } = await aComment(house, site, { text: 'One more.' })
    const story = () => decision(house, ada.key, id, { action: 'approve' }, 1)
    expect(await waitsDuring(story)).toBe(2)
  })
})
