import { allowed, found, listed, refusal, refusalByKeys } from '../support/attacks.ts'
import {
  aGround,
  type Columns,
  type Ground,
  move,
  type Standing,
  standing,
  submission,
} from '../support/forged.ts'
import { type House, openHouse } from '../support/house.ts'
import { aComment } from '../support/people.ts'
import { aCommentIn } from '../support/states.ts'

/**
 * A composite key with a NULL in it is not checked, and a CHECK that yields NULL passes. Whatever may be NULL is
 * named here, so that a new column is thought about.
 */
let house: House
let ground: Ground
let pending: Standing
let undue: Standing
let escalated: Standing

beforeAll(async () => {
  house = await openHouse()
  ground = await aGround(house)
  pending = await standing(house, await aComment(house, ground.site))
  undue = await standing(house, await aCommentIn(house, 'published, not due', ground.site, ground.ada))
  escalated = await standing(house, await aCommentIn(house, 'second_review', ground.site, ground.ada))
})
afterAll(() => house.close())

test('these columns of a move may be NULL, and no others', async () => {
  expect(await listed(house, nullable('move'))).toEqual([
    'alone',
    'back_to_hash',
    'back_to_seq',
    'earlier_revision',
    'escalation_seq',
    'first_person_id',
    'first_shown_at',
    'import_id',
    'key_id',
    'lead_rule_id',
    'order_id',
    'permit',
    'person_id',
    'prev_hash',
    'prev_seq',
    'shows_from',
    'text_hash',
    'words_hash',
  ])
})

test('these columns of a comment may be NULL, and no others', async () => {
  expect(await listed(house, nullable('comment'))).toEqual([
    'earlier_revision',
    'erased_at',
    'first_shown_at',
    'parent_id',
    'root_id',
    'shows_from',
  ])
})

test('these composite keys have columns that may be NULL, and no others', async () => {
  const keys = await found(
    house,
    `select k.conname as key, array_agg(a.attname::text order by a.attname) as nullable
       from pg_constraint k
       join pg_attribute a on a.attrelid = k.conrelid and a.attnum = any (k.conkey) and not a.attnotnull
      where k.contype = 'f' and cardinality(k.conkey) > 1 group by k.conname order by k.conname`,
  )
  expect(keys).toEqual([
    // Without a key it was a session; without an outcome nothing was moved: CHECKs say when each is there.
    { key: 'appeal_key_id_reviewer_id_fkey', nullable: ['key_id', 'reviewer_id'] },
    { key: 'appeal_outcome_fkey', nullable: ['outcome_action', 'outcome_seq', 'reviewer_id'] },
    // Without a key it was a session: nothing is claimed of a key.
    { key: 'cluster_decision_key_id_person_id_fkey', nullable: ['key_id'] },
    { key: 'comment_parent_id_article_id_fkey', nullable: ['parent_id'] },
    { key: 'comment_root_id_article_id_fkey', nullable: ['root_id'] },
    // erasure_reason says when there is an order.
    { key: 'erasure_order_fkey', nullable: ['order_id'] },
    // event_tells_a_move_or_names_it says when there is no move.
    { key: 'event_comment_id_seq_fkey', nullable: ['seq'] },
    // A hold need not be of an order.
    { key: 'hold_order_fkey', nullable: ['order_id'] },
    { key: 'move_escalation_fkey', nullable: ['escalation_seq', 'first_person_id'] },
    { key: 'move_follows_fkey', nullable: ['prev_hash', 'prev_seq'] },
    // move_imported says when there is one, and a move of an import is a person's.
    { key: 'move_import_fkey', nullable: ['import_id', 'person_id'] },
    { key: 'move_key_id_person_id_fkey', nullable: ['key_id', 'person_id'] },
    // move_under_an_order says when there is one.
    { key: 'move_order_fkey', nullable: ['order_id'] },
    { key: 'move_permitted_fkey', nullable: ['alone', 'lead_rule_id', 'permit'] },
    { key: 'move_undo_goes_back_fkey', nullable: ['back_to_hash', 'back_to_seq'] },
    // The same as of an appeal; what is appealed is never NULL.
    { key: 'report_appeal_key_id_reviewer_id_fkey', nullable: ['key_id', 'reviewer_id'] },
    { key: 'report_appeal_outcome_fkey', nullable: ['outcome_action', 'outcome_seq', 'reviewer_id'] },
    { key: 'report_appeal_statement_fkey', nullable: ['outcome_seq'] },
    // report_outcome says when there is none.
    { key: 'report_outcome_fkey', nullable: ['outcome_seq'] },
  ])
})

describe('a move is not let through by NULL', () => {
  const none = null
  test.each<[string, () => string, string]>([
    ['person_id', () => by(pending, 'approve', { person_id: none }), 'move_person'],
    [
      'person_id, with a key',
      () => by(pending, 'approve', { person_id: none, key_id: ground.adasKey }),
      'move_key_of_a_person',
    ],
    ['lead_rule_id', () => by(pending, 'reject', { rules: [], cites: true }), 'move_cites'],
    [
      'lead_rule_id, before a rule',
      () => by(pending, 'reject', { rules: [none, topic()], cites: true }),
      'move_cites',
    ],
    [
      'lead_rule_id, and nothing more',
      () => by(pending, 'reject', { rules: [none], cites: true }),
      'move_cites',
    ],
    [
      'text_hash',
      () => by(pending, 'edit', { rules: [ground.rule('respect')], text_hash: none }),
      'move_brings_a_text',
    ],
    ['text_hash, resubmitting', () => move(pending, 'resubmit', { text_hash: none }), 'move_brings_a_text'],
  ])('in %s', async (_column, sql, key) => {
    const reason = key === 'move_key_of_a_person' ? /^move_key_of_a_person$|^move_person$/ : key
    expect(await refusal(house, 'owner', sql())).toMatch(reason)
    expect(await refusal(house, 'desk', sql())).toMatch(reason)
    expect(await refusalByKeys(house, sql())).toMatch(reason)
  })

  test.each<[string, () => string, string]>([
    ['prev_hash', () => by(pending, 'approve', { prev_hash: none }), 'move_starts'],
    ['prev_hash, far ahead', () => by(pending, 'approve', { seq: 9, prev_hash: none }), 'move_starts'],
    [
      'back_to_hash',
      () => by(undue, 'undo', { to_status: 'pending', back_to_hash: none }),
      'move_undo_names_state',
    ],
    ['shows_from', () => by(pending, 'approve', { shows_from: none }), 'move_shows_only_when_published'],
    [
      'first_shown_at',
      () => by(pending, 'approve', { first_shown_at: none }),
      'move_shows_only_when_published',
    ],
    [
      'escalation_seq',
      () => settle({ escalation_seq: none, first_person_id: ground.ada.id }),
      'move_second_person',
    ],
    ['first_person_id', () => settle({ escalation_seq: 2, first_person_id: none }), 'move_second_person'],
    ['both of these', () => settle({ escalation_seq: none, first_person_id: none }), 'move_second_person'],
  ])('in %s, when only the keys hold', async (_column, sql, key) => {
    expect(await refusalByKeys(house, sql())).toBe(key)
  })

  test('in what the database computes: a caller who leaves it out gets it all the same', async () => {
    const columns = `(comment_id, seq, action, from_status, to_status, actor, cites, person_id, judged_revision, revision)`
    const { id } = await aComment(house, ground.site)
    await allowed(
      house,
      'desk',
      `insert into move ${columns} values ('${id}', 2, 'approve', 'pending', 'published', 'person', false, '${ground.ada.id}', 1, 1);
       insert into move ${columns} values ('${id}', 3, 'undo', 'published', 'pending', 'person', false, '${ground.ada.id}', 1, 1)`,
    )
    const computed = ['site', 'decided_at', 'prev_hash', 'prev_seq', 'permit', 'alone', 'hash']
    const publishing = ['shows_from', 'first_shown_at']
    const [first, second] = await found(
      house,
      `select * from move where comment_id = '${id}' and seq > 1 order by seq`,
    )
    for (const column of [...computed, ...publishing]) expect(first?.[column]).not.toBeNull()
    for (const column of [...computed, 'back_to_hash', 'back_to_seq']) expect(second?.[column]).not.toBeNull()
  })

  test('in any column that may not have it', async () => {
    for (const column of [
      'comment_id',
      'action',
      'proposal',
      'from_status',
      'to_status',
      'actor',
      'cites',
      'rules',
      'judged_revision',
      'revision',
    ]) {
      const sql = by(pending, 'approve', { cites: false, [column]: none })
      expect(await refusalByKeys(house, sql)).toBe(
        `null value in column "${column}" of relation "move" violates not-null constraint`,
      )
      expect(await refusal(house, 'desk', sql)).toMatch(/not-null constraint$|^a move follows another move$/)
    }
  })
})

describe('a reply is not hung up by NULL', () => {
  test.each<[string, (parent: string, other: string) => Columns]>([
    ['without ancestors', (parent) => ({ parent_id: parent, root_id: parent })],
    [
      'with one ancestor that is none',
      (parent) => ({ parent_id: parent, root_id: parent, ancestors: [null] }),
    ],
    ['without a parent', (parent) => ({ root_id: parent, ancestors: [parent] })],
    ['without a root', (parent) => ({ parent_id: parent, ancestors: [parent] })],
    ['with ancestors alone', (parent) => ({ ancestors: [parent] })],
    [
      'with ancestors that begin at another place',
      (parent) => ({ ancestors: { sql: `'[2:2]={${parent}}'` } }),
    ],
    [
      'with none in between',
      (parent) => ({ parent_id: parent, root_id: parent, ancestors: [parent, null, parent] }),
    ],
    [
      'below another root',
      (parent, other) => ({ parent_id: parent, root_id: other, ancestors: [other, parent] }),
    ],
    [
      'below its parent twice',
      (parent) => ({ parent_id: parent, root_id: parent, ancestors: [parent, parent] }),
    ],
    ['below no comment', () => ({ parent_id: topic(), root_id: topic(), ancestors: [topic()] })],
  ])('%s', async (_how, columns) => {
    const sql = submission(ground, { comment: columns(undue.id, pending.id) })
    const reason = /^comment_thread$|^a reply hangs below its parent$/
    expect(await refusal(house, 'owner', sql)).toMatch(reason)
    expect(await refusal(house, 'desk', sql)).toMatch(reason)
  })

  test('and what a parent cannot be for the keys alone', async () => {
    const half = { parent_id: undue.id, root_id: undue.id }
    for (const ancestors of [[], [null], [null, undue.id], [undue.id, null], [undue.id, null, undue.id]]) {
      const sql = submission(ground, { comment: { ...half, ancestors } })
      expect(await refusalByKeys(house, sql)).toBe('comment_thread')
    }
    const sql = submission(ground, { comment: { ...half, ancestors: [undue.id] } })
    expect(await refusalByKeys(house, sql)).toBeNull()
  })

  test('nor below a comment of another article', async () => {
    const elsewhere = await aGround(house)
    const { id } = await aCommentIn(house, 'published, due', elsewhere.site, elsewhere.ada)
    const sql = submission(ground, { comment: { parent_id: id, root_id: id, ancestors: [id] } })
    const reason = /^comment_(?:parent|root)_id_article_id_fkey$/
    expect(await refusal(house, 'owner', sql)).toMatch(reason)
    expect(await refusal(house, 'desk', sql)).toMatch(reason)
  })
})

function by(on: Standing, action: string, columns: Columns): string {
  return move(on, action, { person_id: ground.ada.id, ...columns })
}

function settle(columns: Columns): string {
  return move(escalated, 'approve', { person_id: ground.ben.id, ...columns })
}

function topic(): string {
  return ground.rule('topic')
}

function nullable(table: string): string {
  return `select attname from pg_attribute
           where attrelid = '${table}'::regclass and attnum > 0 and not attisdropped and not attnotnull order by attname`
}
