import { randomUUID } from 'node:crypto'
import { z } from 'zod'
import { type House, openHouse } from '../support/house.ts'
import { aPerson, aSite, published, type TestComment, type TestPerson } from '../support/people.ts'
import { atOnce, inParallel, rounds } from '../support/races.ts'

/** What is needed of any answer here. */
const Answer = z.looseObject({
  id: z.string().optional(),
  code: z.string().optional(),
  receipt: z.string().optional(),
  current: z
    .looseObject({ version: z.int(), last: z.looseObject({ action: z.string(), by: z.string().nullable() }) })
    .optional(),
})

const aText = 'A comment with something to say.'

/** Requests that are really under way at once: over sockets, on several connections to the database. */
describe('who comes at the same time', () => {
  let house: House
  let address: string
  let site: string
  let ada: TestPerson
  let ben: TestPerson
  let editor: TestPerson

  beforeAll(async () => {
    house = await openHouse()
    address = await house.app.listen({ port: 0, host: '127.0.0.1' })
    site = await aSite(house, { publishDelay: 3600 })
    ada = await aPerson(house, site)
    ben = await aPerson(house, site)
    editor = await aPerson(house, site, 'editor')
  })
  afterAll(() => house.close())

  test('of two moderators one decides, and the other learns who it was', async () => {
    const comments = await newComments(rounds)
    const winners = new Set<string>()
    await inParallel(comments, async ({ id }, round) => {
      const approving = () => decide(ada, id, 1, { action: 'approve' })
      const rejecting = () => decide(ben, id, 1, { action: 'reject', rules: ['topic'] })
      const [approved, rejected] = await atOnce(round, approving, rejecting)

      const won = approved.status === 201
      winners.add(won ? 'ada' : 'ben')
      expect([approved.status, rejected.status]).toEqual(won ? [201, 412] : [412, 201])
      expect((won ? rejected : approved).body).toMatchObject({
        code: 'stale_version',
        current: {
          version: 2,
          status: won ? 'published' : 'rejected',
          last: won ? { action: 'approve', by: ada.pseudonym } : { action: 'reject', by: ben.pseudonym },
        },
      })
      expect((won ? rejected : approved).etag).toBe('"2"')
    })
    expect(winners).toEqual(new Set(['ada', 'ben']))
    for (const { moves, events, status, words } of await logOf(comments)) {
      expect([
        ['submit', 'approve'],
        ['submit', 'reject'],
      ]).toContainEqual(moves)
      expect(events).toEqual([1, 2])
      expect(status).toBe(moves[1] === 'approve' ? 'published' : 'rejected')
      expect(words).toBe(1)
    }
    const approved = (await logOf(comments)).filter(({ status }) => status === 'published')
    await house.ahead(3_601)
    expect(await shownOf(comments)).toEqual(new Map(approved.map(({ id }) => [id, aText])))
  })

  test('an edit and an approval: one of them, never both', async () => {
    const comments = await newComments(rounds)
    await inParallel(comments, async ({ id }, round) => {
      const edit = { action: 'edit', rules: ['respect'], text: 'Other words.' }
      const answers = await atOnce(
        round,
        () => decide(ada, id, 1, edit),
        () => decide(ben, id, 1, { action: 'approve' }),
      )
      expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([201, 412]))
    })
    for (const { moves, events, revision, words } of await logOf(comments)) {
      expect(events).toEqual([1, 2])
      expect([moves[1], revision, words]).toEqual(moves[1] === 'edit' ? ['edit', 2, 2] : ['approve', 1, 1])
    }
    const log = await logOf(comments)
    await house.ahead(3_601)
    const texts = log.map(({ id, revision }): [string, string] => [
      id,
      revision === 2 ? 'Other words.' : aText,
    ])
    expect(await shownOf(comments)).toEqual(new Map(texts))
  })

  test('an undo and an undo: one of them', async () => {
    const comments = await newComments(rounds)
    await inParallel(comments, async ({ id }) => {
      expect((await decide(ada, id, 1, { action: 'approve' })).status).toBe(201)
    })
    await inParallel(comments, async ({ id }, round) => {
      const answers = await atOnce(
        round,
        () => decide(ada, id, 2, { action: 'undo' }),
        () => decide(editor, id, 2, { action: 'undo' }),
      )
      const winner = answers[0].status === 201 ? ada : editor
      const loser = answers.find(({ status }) => status !== 201)
      expect(loser?.status).toBe(412)
      expect(loser?.body.current?.last).toMatchObject({ action: 'undo', by: winner.pseudonym })
    })
    for (const log of await logOf(comments))
      expect(log).toMatchObject({
        moves: ['submit', 'approve', 'undo'],
        events: [1, 2, 3],
        status: 'pending',
      })
  })

  test('an approval and a withdrawal: it is withdrawn, whoever came first', async () => {
    const quick = await aSite(house, { publishDelay: 0 })
    const moderator = await aPerson(house, quick)
    const comments = await newComments(rounds, quick)
    await inParallel(comments, async ({ id, receipt }, round) => {
      const [approved, withdrawn] = await atOnce(
        round,
        () => decide(moderator, id, 1, { action: 'approve' }),
        () => send('DELETE', '/v1/receipt', { key: receipt }),
      )
      expect(withdrawn.status).toBe(204)
      expect([201, 412]).toContain(approved.status)
      expect(approved.body.current?.last ?? { by: null }).toMatchObject({ by: null })
    })
    for (const { moves, events, status } of await logOf(comments)) {
      expect([
        ['submit', 'withdraw'],
        ['submit', 'approve', 'withdraw'],
      ]).toContainEqual(moves)
      expect(events).toEqual(moves.map((_move, index) => index + 1))
      expect(status).toBe('withdrawn')
    }
    expect(await published(house, quick)).toEqual([])
  })

  test('a second text and a withdrawal: it is withdrawn, whoever came first', async () => {
    const comments = await newComments(rounds)
    await inParallel(comments, async ({ id }) => {
      const asked = { action: 'return', rules: ['topic'], reason: 'Please say more.' }
      expect((await decide(ada, id, 1, asked)).status).toBe(201)
    })
    await inParallel(comments, async ({ receipt }, round) => {
      const [sent, withdrawn] = await atOnce(
        round,
        () => send('PUT', '/v1/receipt/text', { key: receipt, body: { text: 'More words.' } }),
        () => send('DELETE', '/v1/receipt', { key: receipt }),
      )
      expect(withdrawn.status).toBe(204)
      expect(['200', '409 not_returned']).toContain([sent.status, sent.body.code].filter(Boolean).join(' '))
    })
    for (const { moves, events, status, words } of await logOf(comments)) {
      expect([
        ['submit', 'return', 'withdraw'],
        ['submit', 'return', 'resubmit', 'withdraw'],
      ]).toContainEqual(moves)
      expect(events).toEqual(moves.map((_move, index) => index + 1))
      expect([status, words]).toEqual(['withdrawn', moves.length - 2])
    }
  })

  test('five submissions with one Idempotency-Key: one comment, and one answer in the end', async () => {
    const before = await countComments()
    await inParallel(Array.from({ length: rounds }), async () => {
      const key = randomUUID()
      const submit = () =>
        send('POST', `/v1/sites/${site}/articles/news/comments`, {
          headers: { 'idempotency-key': key },
          body: { text: `The same words, sent five times: ${key}` },
        })
      const answers = await Promise.all([submit(), submit(), submit(), submit(), submit()])
      const taken = answers.filter(({ status }) => status === 202)
      const others = answers.filter(({ status }) => status !== 202)
      expect(taken.length).toBeGreaterThan(0)
      expect(others.map(({ status, body }) => [status, body.code])).toEqual(
        others.map(() => [409, 'still_running']),
      )
      const again = await Promise.all([submit(), submit()])
      const settled = [...taken, ...again.filter(({ status }) => status === 202), await submit()]
      expect(new Set(settled.map(({ status, body }) => [status, body.id, body.receipt].join(' '))).size).toBe(
        1,
      )
    })
    expect(await countComments()).toBe(before + rounds)
  })

  /** Asks over a socket. */
  async function send(
    method: 'POST' | 'PUT' | 'DELETE',
    path: string,
    { key, body, headers }: { key?: string; body?: unknown; headers?: Record<string, string> } = {},
  ) {
    const answer = await fetch(address + path, {
      method,
      headers: {
        ...(key !== undefined && { authorization: `Bearer ${key}` }),
        ...(body !== undefined && { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    })
    const text = await answer.text()
    return {
      status: answer.status,
      etag: answer.headers.get('etag'),
      body: Answer.parse(text === '' ? {} : JSON.parse(text)),
    }
  }

  function decide(person: TestPerson, id: string, version: number, body: Record<string, unknown>) {
    return send('POST', `/v1/moderation/comments/${id}/decisions`, {
      key: person.key,
      headers: { 'if-match': `"${version}"` },
      body,
    })
  }

  async function newComments(count: number, on = site): Promise<TestComment[]> {
    const comments: TestComment[] = []
    await inParallel(Array.from({ length: count }), async () => {
      const body = { text: aText }
      const sent = await send('POST', `/v1/sites/${on}/articles/news/comments`, { body })
      comments.push({ id: sent.body.id ?? '', receipt: sent.body.receipt ?? '' })
    })
    expect(new Set(comments.map(({ id }) => id)).size).toBe(count)
    return comments
  }

  async function countComments(): Promise<number> {
    const { rows } = await house.owner.query<{ count: number }>('select count(*)::int as count from comment')
    return rows[0]?.count ?? 0
  }

  /** What everybody sees of these comments now. */
  async function shownOf(comments: TestComment[]): Promise<Map<string, string>> {
    const { rows } = await house.db.reader.query<{ id: string; text: string }>(
      'select id, text from public_comment where id = any ($1)',
      [comments.map(({ id }) => id)],
    )
    return new Map(rows.map(({ id, text }) => [id, text]))
  }

  /** What the database says of these comments. */
  async function logOf(comments: TestComment[]) {
    const { rows } = await house.owner.query<{
      id: string
      status: string
      revision: number
      moves: string[]
      events: number[]
      words: number
    }>(
      `select c.id, c.status, c.revision,
              (select array_agg(m.action order by m.seq) from move m where m.comment_id = c.id) as moves,
              (select array_agg(e.seq order by e.seq) from event e where e.comment_id = c.id) as events,
              (select count(*)::int from revision_text t where t.comment_id = c.id) as words
         from comment c where c.id = any ($1)`,
      [comments.map(({ id }) => id)],
    )
    expect(rows).toHaveLength(comments.length)
    return rows
  }
})
