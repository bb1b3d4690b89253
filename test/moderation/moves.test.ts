import { isDeepStrictEqual } from 'node:util'
import { ask, type House, openHouse } from '../support/house.ts'
import { aPerson, aSite, type TestPerson } from '../support/people.ts'
import { aCommentIn, type State, states, statusIn, tracesOf } from '../support/states.ts'

/** What a person asks for, as a valid request. */
const moves = {
  approve: { action: 'approve' },
  edit: { action: 'edit', rules: ['respect'], text: 'A comment with something kinder to say.' },
  reject: { action: 'reject', rules: ['topic'] },
  return: { action: 'return', rules: ['topic'], reason: 'Please say how it connects.' },
  'escalate: approve': { action: 'escalate', proposal: 'approve' },
  'escalate: edit': { action: 'escalate', proposal: 'edit', rules: ['at_risk'], text: 'A comment.' },
  'escalate: reject': { action: 'escalate', proposal: 'reject', rules: ['violence'] },
  undo: { action: 'undo' },
  unpublish: { action: 'unpublish', rules: ['topic'] },
  restore: { action: 'restore' },
} as const
type MoveName = keyof typeof moves

/** How a move can be refused here, and with which HTTP status. */
const refusals = {
  unauthenticated: 401,
  forbidden: 403,
  illegal_move: 409,
  second_person_needed: 409,
  too_late_to_undo: 409,
} as const
type Refusal = keyof typeof refusals
type Status = ReturnType<typeof statusIn>
type Result = Status | Refusal

/** A move, a state, and what comes of it for each who may decide: the status that follows, or the problem. */
type Row = [
  move: MoveName,
  state: State,
  whoeverDecidedLast: Result,
  anotherModerator: Result,
  editor: Result,
  admin: Result,
]

const table: Row[] = [
  ['approve', 'pending', 'published', 'published', 'published', 'published'],
  ['approve', 'second_review', 'second_person_needed', 'published', 'published', 'published'],
  ['approve', 'published, not due', 'illegal_move', 'illegal_move', 'illegal_move', 'illegal_move'],
  ['approve', 'published, due', 'illegal_move', 'illegal_move', 'illegal_move', 'illegal_move'],
  ['approve', 'rejected', 'illegal_move', 'illegal_move', 'illegal_move', 'illegal_move'],
  ['approve', 'returned', 'illegal_move', 'illegal_move', 'illegal_move', 'illegal_move'],
  ['approve', 'unpublished', 'illegal_move', 'illegal_move', 'illegal_move', 'illegal_move'],
  ['approve', 'expired', 'illegal_move', 'illegal_move', 'illegal_move', 'illegal_move'],
  ['approve', 'withdrawn', 'illegal_move', 'illegal_move', 'illegal_move', 'illegal_move'],

  ['edit', 'pending', 'published', 'published', 'published', 'published'],
  ['edit', 'second_review', 'second_person_needed', 'published', 'published', 'published'],
  ['edit', 'published, not due', 'published', 'published', 'published', 'published'],
  ['edit', 'published, due', 'published', 'published', 'published', 'published'],
  ['edit', 'rejected', 'illegal_move', 'illegal_move', 'illegal_move', 'illegal_move'],
  ['edit', 'returned', 'illegal_move', 'illegal_move', 'illegal_move', 'illegal_move'],
  ['edit', 'unpublished', 'illegal_move', 'illegal_move', 'illegal_move', 'illegal_move'],
  ['edit', 'expired', 'illegal_move', 'illegal_move', 'illegal_move', 'illegal_move'],
  ['edit', 'withdrawn', 'illegal_move', 'illegal_move', 'illegal_move', 'illegal_move'],

  ['reject', 'pending', 'rejected', 'rejected', 'rejected', 'rejected'],
  ['reject', 'second_review', 'second_person_needed', 'rejected', 'rejected', 'rejected'],
  ['reject', 'published, not due', 'illegal_move', 'illegal_move', 'illegal_move', 'illegal_move'],
  ['reject', 'published, due', 'illegal_move', 'illegal_move', 'illegal_move', 'illegal_move'],
  ['reject', 'rejected', 'illegal_move', 'illegal_move', 'illegal_move', 'illegal_move'],
  ['reject', 'returned', 'illegal_move', 'illegal_move', 'illegal_move', 'illegal_move'],
  ['reject', 'unpublished', 'illegal_move', 'illegal_move', 'illegal_move', 'illegal_move'],
  ['reject', 'expired', 'illegal_move', 'illegal_move', 'illegal_move', 'illegal_move'],
  ['reject', 'withdrawn', 'illegal_move', 'illegal_move', 'illegal_move', 'illegal_move'],

  ['return', 'pending', 'returned', 'returned', 'returned', 'returned'],
  ['return', 'second_review', 'illegal_move', 'illegal_move', 'illegal_move', 'illegal_move'],
  ['return', 'published, not due', 'illegal_move', 'illegal_move', 'illegal_move', 'illegal_move'],
  ['return', 'published, due', 'illegal_move', 'illegal_move', 'illegal_move', 'illegal_move'],
  ['return', 'rejected', 'illegal_move', 'illegal_move', 'illegal_move', 'illegal_move'],
  ['return', 'returned', 'illegal_move', 'illegal_move', 'illegal_move', 'illegal_move'],
  ['return', 'unpublished', 'illegal_move', 'illegal_move', 'illegal_move', 'illegal_move'],
  ['return', 'expired', 'illegal_move', 'illegal_move', 'illegal_move', 'illegal_move'],
  ['return', 'withdrawn', 'illegal_move', 'illegal_move', 'illegal_move', 'illegal_move'],

  ['escalate: approve', 'pending', 'second_review', 'second_review', 'second_review', 'second_review'],
  ['escalate: approve', 'second_review', 'illegal_move', 'illegal_move', 'illegal_move', 'illegal_move'],
  ['escalate: approve', 'published, not due', 'illegal_move', 'illegal_move', 'illegal_move', 'illegal_move'],
  ['escalate: approve', 'published, due', 'illegal_move', 'illegal_move', 'illegal_move', 'illegal_move'],
  ['escalate: approve', 'rejected', 'illegal_move', 'illegal_move', 'illegal_move', 'illegal_move'],
  ['escalate: approve', 'returned', 'illegal_move', 'illegal_move', 'illegal_move', 'illegal_move'],
  ['escalate: approve', 'unpublished', 'illegal_move', 'illegal_move', 'illegal_move', 'illegal_move'],
  ['escalate: approve', 'expired', 'illegal_move', 'illegal_move', 'illegal_move', 'illegal_move'],
  ['escalate: approve', 'withdrawn', 'illegal_move', 'illegal_move', 'illegal_move', 'illegal_move'],

  ['escalate: edit', 'pending', 'second_review', 'second_review', 'second_review', 'second_review'],
  ['escalate: edit', 'second_review', 'illegal_move', 'illegal_move', 'illegal_move', 'illegal_move'],
  ['escalate: edit', 'published, not due', 'illegal_move', 'illegal_move', 'illegal_move', 'illegal_move'],
  ['escalate: edit', 'published, due', 'illegal_move', 'illegal_move', 'illegal_move', 'illegal_move'],
  ['escalate: edit', 'rejected', 'illegal_move', 'illegal_move', 'illegal_move', 'illegal_move'],
  ['escalate: edit', 'returned', 'illegal_move', 'illegal_move', 'illegal_move', 'illegal_move'],
  ['escalate: edit', 'unpublished', 'illegal_move', 'illegal_move', 'illegal_move', 'illegal_move'],
  ['escalate: edit', 'expired', 'illegal_move', 'illegal_move', 'illegal_move', 'illegal_move'],
  ['escalate: edit', 'withdrawn', 'illegal_move', 'illegal_move', 'illegal_move', 'illegal_move'],

  ['escalate: reject', 'pending', 'second_review', 'second_review', 'second_review', 'second_review'],
  ['escalate: reject', 'second_review', 'illegal_move', 'illegal_move', 'illegal_move', 'illegal_move'],
  ['escalate: reject', 'published, not due', 'illegal_move', 'illegal_move', 'illegal_move', 'illegal_move'],
  ['escalate: reject', 'published, due', 'illegal_move', 'illegal_move', 'illegal_move', 'illegal_move'],
  ['escalate: reject', 'rejected', 'illegal_move', 'illegal_move', 'illegal_move', 'illegal_move'],
  ['escalate: reject', 'returned', 'illegal_move', 'illegal_move', 'illegal_move', 'illegal_move'],
  ['escalate: reject', 'unpublished', 'illegal_move', 'illegal_move', 'illegal_move', 'illegal_move'],
  ['escalate: reject', 'expired', 'illegal_move', 'illegal_move', 'illegal_move', 'illegal_move'],
  ['escalate: reject', 'withdrawn', 'illegal_move', 'illegal_move', 'illegal_move', 'illegal_move'],

  ['undo', 'pending', 'illegal_move', 'illegal_move', 'illegal_move', 'illegal_move'],
  ['undo', 'second_review', 'pending', 'forbidden', 'pending', 'pending'],
  ['undo', 'published, not due', 'pending', 'forbidden', 'pending', 'pending'],
  ['undo', 'published, due', 'too_late_to_undo', 'too_late_to_undo', 'too_late_to_undo', 'too_late_to_undo'],
  ['undo', 'rejected', 'pending', 'forbidden', 'pending', 'pending'],
  ['undo', 'returned', 'pending', 'forbidden', 'pending', 'pending'],
  ['undo', 'unpublished', 'illegal_move', 'illegal_move', 'illegal_move', 'illegal_move'],
  ['undo', 'expired', 'illegal_move', 'illegal_move', 'illegal_move', 'illegal_move'],
  ['undo', 'withdrawn', 'illegal_move', 'illegal_move', 'illegal_move', 'illegal_move'],

  ['unpublish', 'pending', 'illegal_move', 'illegal_move', 'illegal_move', 'illegal_move'],
  ['unpublish', 'second_review', 'illegal_move', 'illegal_move', 'illegal_move', 'illegal_move'],
  ['unpublish', 'published, not due', 'unpublished', 'unpublished', 'unpublished', 'unpublished'],
  ['unpublish', 'published, due', 'unpublished', 'unpublished', 'unpublished', 'unpublished'],
  ['unpublish', 'rejected', 'illegal_move', 'illegal_move', 'illegal_move', 'illegal_move'],
  ['unpublish', 'returned', 'illegal_move', 'illegal_move', 'illegal_move', 'illegal_move'],
  ['unpublish', 'unpublished', 'illegal_move', 'illegal_move', 'illegal_move', 'illegal_move'],
  ['unpublish', 'expired', 'illegal_move', 'illegal_move', 'illegal_move', 'illegal_move'],
  ['unpublish', 'withdrawn', 'illegal_move', 'illegal_move', 'illegal_move', 'illegal_move'],

  ['restore', 'pending', 'illegal_move', 'illegal_move', 'illegal_move', 'illegal_move'],
  ['restore', 'second_review', 'illegal_move', 'illegal_move', 'illegal_move', 'illegal_move'],
  ['restore', 'published, not due', 'illegal_move', 'illegal_move', 'illegal_move', 'illegal_move'],
  ['restore', 'published, due', 'illegal_move', 'illegal_move', 'illegal_move', 'illegal_move'],
  ['restore', 'rejected', 'forbidden', 'forbidden', 'published', 'published'],
  ['restore', 'returned', 'illegal_move', 'illegal_move', 'illegal_move', 'illegal_move'],
  ['restore', 'unpublished', 'forbidden', 'forbidden', 'published', 'published'],
  ['restore', 'expired', 'forbidden', 'forbidden', 'published', 'published'],
  ['restore', 'withdrawn', 'illegal_move', 'illegal_move', 'illegal_move', 'illegal_move'],
]

/** Who may decide, in the order of the table's columns. */
const deciders = ['whoever decided last', 'another moderator', 'an editor', 'an admin'] as const

/** Who may not decide anything on this comment, and the one answer to all of it. */
const outsiders = {
  'nobody in particular': 'unauthenticated',
  'somebody with a key that was made up': 'unauthenticated',
  'a moderator of another site': 'forbidden',
  'a moderator who does not read the language': 'forbidden',
  'a service with the scope moderation': 'forbidden',
  'an editor whose key lacks the scope moderation': 'forbidden',
} as const satisfies Record<string, Refusal>

type Who = (typeof deciders)[number] | keyof typeof outsiders

describe('every move in every state by everybody', () => {
  let house: House
  let keys: Map<string, string>
  /** for each state, as many comments as moves will succeed on it, and one for all that are refused */
  const stock = new Map<State, string[]>()

  beforeAll(async () => {
    house = await openHouse()
    const site = await aSite(house, { publishDelay: 3600 })
    const last = await aPerson(house, site, 'moderator')
    keys = await everybody(house, site, last)
    // What is due moves the clock, so it comes first.
    for (const state of ['published, due', ...states.filter((one) => one !== 'published, due')] as const) {
      const ids: string[] = []
      for (let made = 0; made <= successes(state); made += 1)
        ids.push((await aCommentIn(house, state, site, last)).id)
      stock.set(state, ids)
    }
  })
  afterAll(() => house.close())

  test('the table has each move in each state once', () => {
    const cells = table.map(([move, state]) => `${move} ${state}`)
    expect(new Set(cells).size).toBe(Object.keys(moves).length * states.length)
    expect(cells).toHaveLength(Object.keys(moves).length * states.length)
  })

  test.each(table)('%s a comment that is %s', async (move, state, ...results) => {
    const byColumn = deciders.map((who, column): [Who, Result | undefined] => [who, results[column]])
    const expected = { ...Object.fromEntries(byColumn), ...outsiders }
    const seen: Record<string, string> = {}
    for (const [who, result] of Object.entries(expected))
      seen[who] = await outcome(who, move, state, takeOne(state, result))
    expect(seen).toEqual(expected)
  })

  /** What succeeds uses a comment up; what is refused must leave it as it is. */
  function takeOne(state: State, result: Result | undefined): string {
    const ids = stock.get(state) ?? []
    return (result === undefined || isProblem(result) ? ids[0] : ids.pop()) ?? ''
  }

  /** The status that follows, or the problem's code; told otherwise where anything about the answer is wrong. */
  async function outcome(who: string, move: MoveName, state: State, id: string): Promise<string> {
    const before = await tracesOf(house, id)
    const answer = await ask(house, 'POST', `/v1/moderation/comments/${id}/decisions`, {
      key: keys.get(who),
      headers: { 'if-match': `"${before.version}"` },
      body: moves[move],
    })
    const after = await tracesOf(house, id)
    if (answer.status !== 201) {
      const changed = isDeepStrictEqual(after, before) ? '' : ', but something changed'
      const isExact = Object.entries(refusals).some(
        ([code, status]) => code === answer.body.code && status === answer.status,
      )
      return `${answer.body.code}${isExact ? '' : ` as ${answer.status}`}${changed}`
    }
    const { action, from, to, version } = answer.body
    const isOneMove =
      action === moves[move].action &&
      from === statusIn(state) &&
      version === before.version + 1 &&
      answer.headers['etag'] === `"${version}"` &&
      after.version === version &&
      after.status === to &&
      isDeepStrictEqual(after.moves.slice(0, -1), before.moves) &&
      after.moves.length === version
    return isOneMove ? to : `${to}, but not by this one move`
  }
})

/** How many cells of the table succeed in a state. */
function successes(state: State): number {
  const rows = table.filter(([, one]) => one === state)
  return rows.flatMap(([, , ...results]) => results.filter((result) => !isProblem(result))).length
}

function isProblem(result: Result): result is Refusal {
  return result in refusals
}

async function everybody(house: House, site: string, last: TestPerson): Promise<Map<string, string>> {
  const elsewhere = await aSite(house)
  const editor = await aPerson(house, site, 'editor')
  const key = async (person: string | null, scopes: string[]): Promise<string> => {
    const made = await ask(house, 'POST', '/v1/keys', {
      key: house.admin,
      body: { name: 'For one purpose', person, scopes },
    })
    expect(made.status).toBe(201)
    return made.body.key
  }
  const known: Record<Exclude<Who, 'nobody in particular'>, string> = {
    'whoever decided last': last.key,
    'another moderator': (await aPerson(house, site, 'moderator')).key,
    'an editor': editor.key,
    'an admin': (await aPerson(house, site, 'admin')).key,
    'somebody with a key that was made up': 'pbk_made-up',
    'a moderator of another site': (await aPerson(house, elsewhere, 'moderator')).key,
    'a moderator who does not read the language': (await aPerson(house, site, 'moderator', ['my'])).key,
    'a service with the scope moderation': await key(null, ['moderation']),
    'an editor whose key lacks the scope moderation': await key(editor.id, ['articles', 'administration']),
  }
  return new Map(Object.entries(known))
}
