import { ask, type House, openHouse } from '../support/house.ts'
import { aPerson, aSite, type TestPerson } from '../support/people.ts'
import { aCommentIn, type State, states, tracesOf } from '../support/states.ts'

/** What the holder of a receipt can do about the comment. */
const moves = {
  resubmit: {
    method: 'PUT',
    url: '/v1/receipt/text',
    body: { text: 'A comment that says how it connects.' },
  },
  withdraw: { method: 'DELETE', url: '/v1/receipt' },
  erase: { method: 'POST', url: '/v1/receipt/erasure' },
} as const
type MoveName = keyof typeof moves

/** What comes of it: the answer, the status that follows, the moves that it took, and whether words are left. */
type Row = [
  move: MoveName,
  state: State | 'erased',
  answer: string,
  after: string,
  taken: string[],
  words: 'kept' | 'gone',
]

const table: Row[] = [
  ['resubmit', 'pending', '409 not_returned', 'pending', [], 'kept'],
  ['resubmit', 'second_review', '409 not_returned', 'second_review', [], 'kept'],
  ['resubmit', 'published, not due', '409 not_returned', 'published', [], 'kept'],
  ['resubmit', 'published, due', '409 not_returned', 'published', [], 'kept'],
  ['resubmit', 'rejected', '409 not_returned', 'rejected', [], 'kept'],
  ['resubmit', 'returned', '200', 'pending', ['resubmit'], 'kept'],
  ['resubmit', 'unpublished', '409 not_returned', 'unpublished', [], 'kept'],
  ['resubmit', 'expired', '409 not_returned', 'expired', [], 'kept'],
  ['resubmit', 'withdrawn', '409 not_returned', 'withdrawn', [], 'kept'],
  ['resubmit', 'erased', '409 not_returned', 'withdrawn', [], 'gone'],

  ['withdraw', 'pending', '204', 'withdrawn', ['withdraw'], 'kept'],
  ['withdraw', 'second_review', '204', 'withdrawn', ['withdraw'], 'kept'],
  ['withdraw', 'published, not due', '204', 'withdrawn', ['withdraw'], 'kept'],
  ['withdraw', 'published, due', '204', 'withdrawn', ['withdraw'], 'kept'],
  ['withdraw', 'rejected', '204', 'withdrawn', ['withdraw'], 'kept'],
  ['withdraw', 'returned', '204', 'withdrawn', ['withdraw'], 'kept'],
  ['withdraw', 'unpublished', '204', 'withdrawn', ['withdraw'], 'kept'],
  ['withdraw', 'expired', '204', 'withdrawn', ['withdraw'], 'kept'],
  ['withdraw', 'withdrawn', '204', 'withdrawn', [], 'kept'],
  ['withdraw', 'erased', '204', 'withdrawn', [], 'gone'],

  ['erase', 'pending', '204', 'withdrawn', ['withdraw'], 'gone'],
  ['erase', 'second_review', '204', 'withdrawn', ['withdraw'], 'gone'],
  ['erase', 'published, not due', '204', 'withdrawn', ['withdraw'], 'gone'],
  ['erase', 'published, due', '204', 'withdrawn', ['withdraw'], 'gone'],
  ['erase', 'rejected', '204', 'withdrawn', ['withdraw'], 'gone'],
  ['erase', 'returned', '204', 'withdrawn', ['withdraw'], 'gone'],
  ['erase', 'unpublished', '204', 'withdrawn', ['withdraw'], 'gone'],
  ['erase', 'expired', '204', 'withdrawn', ['withdraw'], 'gone'],
  ['erase', 'withdrawn', '204', 'withdrawn', [], 'gone'],
  ['erase', 'erased', '204', 'withdrawn', [], 'gone'],
]

describe("every move of the reader's in every state", () => {
  let house: House
  let site: string
  let moderator: TestPerson

  beforeAll(async () => {
    house = await openHouse()
    site = await aSite(house, { publishDelay: 3600 })
    moderator = await aPerson(house, site)
  })
  afterAll(() => house.close())

  const commentIn = async (state: State | 'erased') => {
    if (state !== 'erased') return aCommentIn(house, state, site, moderator)
    const comment = await aCommentIn(house, 'rejected', site, moderator)
    await ask(house, 'POST', '/v1/receipt/erasure', { key: comment.receipt })
    return comment
  }
  const move = (name: MoveName, key: string | undefined) => {
    const { method, url, ...rest } = moves[name]
    return ask(house, method, url, { key, ...rest })
  }

  test('the table has each move in each state once', () => {
    const cells = table.map(([name, state]) => `${name} ${state}`)
    const all = Object.keys(moves).flatMap((name) => [...states, 'erased'].map((state) => `${name} ${state}`))
    expect(cells.toSorted()).toEqual(all.toSorted())
  })

  test.each(table)('to %s a comment that is %s: %s', async (name, state, answer, after, taken, words) => {
    const { id, receipt } = await commentIn(state)
    const before = await tracesOf(house, id)
    const { status, body } = await move(name, receipt)
    const traces = await tracesOf(house, id)

    expect([status, body.code].filter(Boolean).join(' ')).toBe(answer)
    expect(traces.status).toBe(after)
    expect(traces.version).toBe(before.version + taken.length)
    expect(traces.moves).toEqual([
      ...before.moves,
      ...taken.map((action) =>
        expect.objectContaining({ action, actor: 'reader', person_id: null, rules: [] }),
      ),
    ])
    expect(traces.events).toHaveLength(traces.moves.length)
    expect(traces.texts === null ? 'gone' : 'kept').toBe(words)
    expect(words === 'gone' ? [traces.remarks, traces.screenings] : [null, null]).toEqual([null, null])
  })

  const refused = table.filter(([, state]) => state === 'pending' || state === 'returned')
  test.each(refused)('to %s a comment that is %s takes its own receipt', async (name, state) => {
    const { id, receipt } = await commentIn(state)
    const another = await commentIn('withdrawn')
    const before = await tracesOf(house, id)
    const answers = await Promise.all(
      [undefined, '', 'no receipt', `${receipt}0`, moderator.key, house.admin, id].map((key) =>
        move(name, key),
      ),
    )
    await move(name, another.receipt)

    expect(answers.map(({ status, body }) => `${status} ${body.code}`)).toEqual([
      '401 unauthenticated',
      '401 unauthenticated',
      '401 receipt_unknown',
      '401 receipt_unknown',
      '401 receipt_unknown',
      '401 receipt_unknown',
      '401 receipt_unknown',
    ])
    expect(await tracesOf(house, id)).toEqual(before)
  })

  test.each(['published, not due', 'published, due'] as const)(
    'what was %s is nowhere after it was withdrawn',
    async (state) => {
      const { id, receipt } = await commentIn(state)
      await move('withdraw', receipt)
      const list = await ask(house, 'GET', `/v1/sites/${site}/articles/news/comments?limit=100`)
      expect(list.status).toBe(200)
      expect(list.text).not.toContain(id)
    },
  )

  test('a receipt is forgiven case, spaces, and letters that look alike', async () => {
    const { id, receipt } = await commentIn('pending')
    const written = receipt.toLowerCase().replaceAll('-', '').replaceAll('1', 'l').replaceAll('0', 'o')
    expect((await move('withdraw', written)).status).toBe(204)
    expect((await tracesOf(house, id)).status).toBe('withdrawn')
  })
})
