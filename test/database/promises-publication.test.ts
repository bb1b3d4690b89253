import { allowed, refusal, refusalByKeys } from '../support/attacks.ts'
import {
  aGround,
  type Columns,
  type Ground,
  hashAt,
  move,
  type Standing,
  standing,
  submission,
} from '../support/forged.ts'
import { type House, openHouse } from '../support/house.ts'
import { aComment } from '../support/people.ts'
import { aCommentIn, type State } from '../support/states.ts'

let house: House
let ground: Ground
let comments: Record<'pending' | 'second_review' | 'undue' | 'due' | 'unpublished', Standing>

beforeAll(async () => {
  house = await openHouse()
  ground = await aGround(house)
  const inState = async (state: State) =>
    standing(house, await aCommentIn(house, state, ground.site, ground.ada))
  comments = {
    due: await inState('published, due'),
    undue: await inState('published, not due'),
    pending: await inState('pending'),
    second_review: await inState('second_review'),
    unpublished: await inState('unpublished'),
  }
})
afterAll(() => house.close())

const denied = /^permission denied for (?:table|function) /
const stands = 'comment_stands_fkey'
const shownOnly = 'comment_shown_only_when_published'
const legal = 'move_transition_fkey'
const keyOfPerson = 'move_key_id_person_id_fkey'
const newest = 'a comment shows its newest move and nothing else'

describe('a comment is not published', () => {
  const published = `status = 'published', shows_from = moment(), first_shown_at = moment()`
  const writes: [string, () => string, string][] = [
    ['by writing its status', () => update(comments.pending, published), stands],
    ['by writing the bare word', () => update(comments.pending, `status = 'published'`), shownOnly],
    [
      'as if its submission had published it',
      () => update(comments.pending, `${published}, seq = 1`),
      stands,
    ],
    [
      "with another comment's decision",
      () =>
        update(comments.pending, `${published}, seq = 2, head_hash = ${hashAt(comments.undue.id, 2).sql}`),
      stands,
    ],
    [
      'by going back to an older decision',
      () =>
        `update comment c set (seq, status, revision, head_hash, shows_from, first_shown_at)
           = (select seq, to_status, revision, hash, shows_from, first_shown_at from move where comment_id = c.id and seq = 2)
          where id = '${comments.unpublished.id}'`,
      newest,
    ],
    ['before it is due', () => update(comments.undue, `shows_from = moment()`), newest],
    ['with an earlier text until it is due', () => update(comments.undue, `earlier_revision = 1`), newest],
    [
      'longer than it is',
      () => update(comments.due, `first_shown_at = shows_from - interval '1 day'`),
      newest,
    ],
    ['in another version than the judged one', () => update(comments.due, `revision = 2`), stands],
  ]

  test.each(writes)('%s, by the owner', async (_how, sql, constraint) => {
    expect(await refusal(house, 'owner', sql())).toBe(constraint)
  })

  test.each(writes)('%s, by the roles that the service has', async (_how, sql) => {
    expect(await refusal(house, 'desk', sql())).toBe('permission denied for table comment')
    expect(await refusal(house, 'reader', sql())).toMatch(denied)
  })

  test.each([
    ['published', { status: 'published', shows_from: now(), first_shown_at: now() }],
    ['published long ago', { seq: 2, status: 'published', shows_from: now(), first_shown_at: now() }],
    ['with a place in the list', { first_shown_at: now() }],
    ['erased', { erased_at: now() }],
    ['with another text than its first', { revision: 2 }],
  ])('when it comes %s', async (_how, comment) => {
    const sql = submission(ground, { comment })
    expect(await refusal(house, 'owner', sql)).toBe('a comment begins unread')
    expect(await refusal(house, 'desk', sql)).toBe('a comment begins unread')
    expect(await refusal(house, 'reader', sql)).toMatch(denied)
  })

  test('when its moves come before itself', async () => {
    const id = '6b1d9f0a-0000-4000-8000-000000000001'
    const first = { id, site: ground.site, seq: 1, status: 'pending', revision: 1 }
    const [submit = '', ...rest] = submission(ground, { id }).split('; ')
    const sql = [submit, move(first, 'approve', { person_id: ground.ada.id }), ...rest].join('; ')
    expect(await refusal(house, 'desk', sql)).toBe('a comment is there before a second move')
    expect(await refusal(house, 'owner', sql)).toBe('a comment is there before a second move')
  })

  test.each([
    ['publishes', { to_status: 'published' }, 'move_shows_only_when_published', legal],
    ['approves', { action: 'approve', text_hash: null }, 'a move follows another move', 'move_starts'],
    ['is not the first', { seq: 2, revision: 2, prev_hash: '\\x00' }, 'move_starts', 'move_starts'],
  ])('by a first move that %s', async (_how, first, reason, key) => {
    const sql = submission(ground, { first })
    expect(await refusal(house, 'owner', sql)).toBe(reason)
    expect(await refusal(house, 'desk', sql)).toBe(reason)
    expect(await refusalByKeys(house, sql)).toBe(key)
  })
})

describe('a publishing move is made by a person', () => {
  const machines: [string, () => string, string][] = [
    ['the system', () => approve({ actor: 'system' }), legal],
    ['a reader', () => approve({ actor: 'reader' }), legal],
    ['something else', () => approve({ actor: 'program' }), legal],
    [
      'the system in the name of a person',
      () => approve({ actor: 'system', person_id: ada() }),
      'move_person',
    ],
    ['nobody', () => approve({ person_id: null }), 'move_person'],
    ['somebody unknown', () => approve({ person_id: comments.due.id }), 'move_person_id_fkey'],
    ["a service's key", () => approve({ person_id: ada(), key_id: ground.servicesKey }), keyOfPerson],
    [
      "another person's key",
      () => approve({ person_id: ground.ben.id, key_id: ground.adasKey }),
      keyOfPerson,
    ],
    ['a key alone', () => approve({ actor: 'system', key_id: ground.servicesKey }), 'move_key_of_a_person'],
    ['the system, after a second review', () => next('second_review', 'approve', 'system'), legal],
    ['the system, restoring', () => next('unpublished', 'restore', 'system'), legal],
    ['a reader, editing', () => next('due', 'edit', 'reader'), legal],
  ]

  test.each(machines)('and not by %s', async (_who, sql, constraint) => {
    expect(await refusal(house, 'owner', sql())).toBe(constraint)
    expect(await refusal(house, 'desk', sql())).toBe(constraint)
    expect(await refusal(house, 'reader', sql())).toMatch(denied)
  })

  test('which the list of legal moves cannot be made to forget', async () => {
    const sql = `insert into transition values ('approve', 'none', 'pending', 'published', 'system', false)`
    expect(await refusal(house, 'owner', sql)).toBe('rows of transition are kept for ever: insert is refused')
    expect(await refusal(house, 'desk', sql)).toBe('permission denied for table transition')
    expect(await refusalByKeys(house, sql)).toBe('transition_publishes_by_a_person')
  })

  test('who may use a key of their own, or none', async () => {
    const withKey = move(comments.second_review, 'approve', { person_id: ground.ben.id })
    await allowed(house, 'desk', withKey)
    const id = (await aComment(house, ground.site)).id
    const sql = move(await standing(house, { id }), 'approve', {
      person_id: ground.ada.id,
      key_id: ground.adasKey,
    })
    await allowed(house, 'desk', sql)
    expect(await standing(house, { id })).toMatchObject({ seq: 2, status: 'published' })
  })
})

function now() {
  return { sql: 'moment()' }
}

function update({ id }: Standing, what: string): string {
  return `update comment set ${what} where id = '${id}'`
}

function approve(columns: Columns): string {
  return move(comments.pending, 'approve', columns)
}

function next(name: keyof typeof comments, action: string, actor: string): string {
  const rules = action === 'edit' ? { rules: [ground.rule('respect')] } : {}
  return move(comments[name], action, { actor, ...rules })
}

function ada(): string {
  return ground.ada.id
}
