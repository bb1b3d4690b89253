import { allowed, found, refusal, refusalByKeys } from '../support/attacks.ts'
import {
  aGround,
  type Columns,
  type Ground,
  hashAt,
  move,
  newText,
  type Standing,
  standing,
  submission,
} from '../support/forged.ts'
import { type House, openHouse } from '../support/house.ts'
import { aComment } from '../support/people.ts'
import { aCommentIn, type State } from '../support/states.ts'

const legal = 'move_transition_fkey'

let house: House
let ground: Ground

beforeAll(async () => {
  house = await openHouse()
  ground = await aGround(house)
})
afterAll(() => house.close())

describe("a comment's moves are one unbroken chain", () => {
  let pending: Standing
  let undue: Standing
  let withdrawn: Standing

  beforeAll(async () => {
    pending = await inState('pending')
    undue = await inState('published, not due')
    withdrawn = await inState('withdrawn')
  })

  const follows = 'move_follows_fkey'
  const none = 'a move follows another move'
  const breaks: [string, () => string, string, string][] = [
    ['a place left out', () => by(pending, 'approve', { seq: 3, prev_hash: '\\x00' }), none, follows],
    ['a place before the first', () => by(pending, 'approve', { seq: 0 }), none, 'move_starts'],
    ['a second first', () => by(pending, 'approve', { seq: 1 }), none, 'move_starts'],
    [
      'a second submission',
      () => move({ ...pending, seq: 0, status: 'none' }, 'submit', { prev_hash: null }),
      'move_pkey',
      'move_pkey',
    ],
    ['a submission later', () => move(pending, 'submit', { revision: 2 }), 'move_starts', 'move_starts'],
    [
      'two for one step',
      () => by({ ...undue, seq: 1, status: 'pending' }, 'approve'),
      'move_pkey',
      'move_pkey',
    ],
    [
      'another state before',
      () => by({ ...pending, status: 'published' }, 'unpublish', { rules: [topic()] }),
      follows,
      follows,
    ],
    ['no state before', () => by(pending, 'approve', { from_status: 'none' }), 'move_starts', 'move_starts'],
    [
      'another version judged',
      () => by(pending, 'approve', { judged_revision: 2, revision: 2 }),
      follows,
      follows,
    ],
    ['a move after the last', () => by({ ...withdrawn, status: 'unpublished' }, 'restore'), follows, follows],
    ['no comment', () => by({ ...pending, id: topic() }, 'approve'), none, 'move_starts'],
    [
      'an end that is none',
      () => by(pending, 'reject', { to_status: 'none', rules: [topic()] }),
      legal,
      legal,
    ],
    ['a way that there is not', () => by(withdrawn, 'approve'), legal, legal],
    ['a way back without undoing', () => by(undue, 'return', { rules: [topic()] }), legal, legal],
  ]

  test.each(breaks)('without %s', async (_what, sql, reason, key) => {
    expect(await refusal(house, 'owner', sql())).toBe(reason)
    expect(await refusal(house, 'desk', sql())).toBe(reason)
    expect(await refusalByKeys(house, sql())).toBe(key)
  })

  test('which is of a comment', async () => {
    const [first, , ...text] = submission(ground).split('; ')
    expect(await refusal(house, 'owner', [first, ...text].join('; '))).toBe('move_comment_id_fkey')
    expect(await refusal(house, 'desk', [first, ...text].join('; '))).toBe('move_comment_id_fkey')
  })

  test('which is linked by hashes that no caller can choose', async () => {
    const other = await inState('pending')
    for (const prev_hash of ['\\x00', hashAt(other.id, 1)]) {
      expect(await refusalByKeys(house, by(pending, 'approve', { prev_hash }))).toBe('move_follows_fkey')
    }
    await allowed(house, 'desk', by(other, 'approve', { prev_hash: hashAt(pending.id, 1), hash: '\\x00' }))
    const linked = `select m.prev_hash = ${hashAt(other.id, 1).sql} and m.hash = move_hash(m) as linked
                      from move m where comment_id = '${other.id}' and seq = 2`
    expect(await found(house, linked)).toEqual([{ linked: true }])
  })

  test('which lets a move through that is as it should be, when only the keys hold', async () => {
    expect(await refusalByKeys(house, by(pending, 'approve'))).toBeNull()
    expect(await refusalByKeys(house, by(undue, 'undo', { to_status: 'pending' }))).toBeNull()
  })
})

describe('undo', () => {
  const notUndoable: [State, string][] = [
    ['pending', 'submit'],
    ['unpublished', 'unpublish'],
    ['expired', 'expire'],
    ['withdrawn', 'withdraw'],
  ]
  test.each(notUndoable)('does not take back what made a comment %s', async (from, action) => {
    const sql = by(await inState(from), 'undo', { to_status: 'pending' })
    expect(await refusal(house, 'owner', sql)).toBe(`a ${action} cannot be undone`)
    expect(await refusal(house, 'desk', sql)).toBe(`a ${action} cannot be undone`)
    expect(await refusalByKeys(house, sql)).toMatch(
      /^move_(?:transition_fkey|undo_goes_back_fkey|undo_names_state)$/,
    )
  })

  test('is not undone itself', async () => {
    const rejected = await inState('rejected')
    await allowed(house, 'desk', by(rejected, 'undo', { to_status: 'pending' }))
    const sql = by(await standing(house, rejected), 'undo', { to_status: 'rejected', from_status: 'pending' })
    expect(await refusal(house, 'owner', sql)).toBe('a undo cannot be undone')
    expect(await refusalByKeys(house, sql)).toBe('move_transition_fkey')
  })

  test('leads to the state before and to no other', async () => {
    const undue = await inState('published, not due')
    const wrong = { to_status: 'rejected' }
    expect(await refusalByKeys(house, by(undue, 'undo', wrong))).toBe('move_undo_goes_back_fkey')
    const from = { to_status: 'pending', back_to_hash: hashAt(undue.id, 2) }
    expect(await refusalByKeys(house, by(undue, 'undo', from))).toBe('move_undo_goes_back_fkey')
    const nowhere = { to_status: 'pending', back_to_hash: null }
    expect(await refusalByKeys(house, by(undue, 'undo', nowhere))).toBe('move_undo_names_state')
    await allowed(house, 'desk', by(undue, 'undo', wrong))
    expect(await standing(house, undue)).toMatchObject({ seq: 3, status: 'pending', revision: 1 })
  })

  test('brings back what showed before, with its times', async () => {
    const due = await inState('published, due')
    const before = await found(house, state(due))
    const rules = [ground.rule('respect')]
    await allowed(house, 'desk', `${by(due, 'edit', { rules })}; ${newText(due, { rules })}`)
    const edited = await standing(house, due)
    expect(await found(house, state(due))).toEqual([
      { ...before[0], revision: 3, earlier_revision: 1, shows_from: expect.any(Date) },
    ])
    await allowed(house, 'desk', by(edited, 'undo', { to_status: 'published', revision: 1 }))
    expect(await found(house, state(due))).toEqual(before)
  })

  const late = 'it is too late to undo this'
  test.each<[string, State, string]>([
    ['it showed', 'published, not due', 'pending'],
    ['it would have shown', 'rejected', 'pending'],
    ['it would have shown', 'second_review', 'pending'],
  ])('comes too late once %s: %s', async (_when, from, to) => {
    const on = await inState(from)
    await house.ahead(29)
    const sql = by(on, 'undo', { to_status: to })
    const meanwhile = `${sql}; update clock set ahead_ms = ahead_ms + 1000`
    expect(await refusal(house, 'owner', meanwhile)).toBe(late)
    await house.ahead(1)
    expect(await refusal(house, 'owner', sql)).toBe(late)
    expect(await refusal(house, 'desk', sql)).toBe(late)
  })

  test('comes too late when nothing is left for the commit', async () => {
    const on = await inState('published, not due')
    await house.owner.query(
      `update clock set ahead_ms = ahead_ms
         + (select extract(epoch from shows_from - moment()) * 1000 - 200 from comment where id = '${on.id}')`,
    )
    expect(await refusal(house, 'desk', by(on, 'undo', { to_status: 'pending' }))).toBe(late)
  })

  test('comes too late for what is public', async () => {
    const due = await inState('published, due')
    const sql = by(due, 'undo', { to_status: 'pending' })
    expect(await refusal(house, 'desk', sql)).toBe(late)
  })
})

async function inState(name: State): Promise<Standing> {
  const comment =
    name === 'pending'
      ? await aComment(house, ground.site)
      : await aCommentIn(house, name, ground.site, ground.ada)
  return standing(house, comment)
}

function by(on: Standing, action: string, columns: Columns = {}): string {
  return move(on, action, { person_id: ground.ada.id, ...columns })
}

function topic(): string {
  return ground.rule('topic')
}

function state({ id }: Standing): string {
  return `select status, revision, shows_from, earlier_revision, first_shown_at from comment where id = '${id}'`
}
