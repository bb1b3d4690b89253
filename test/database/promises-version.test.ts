import { allowed, found, refusal } from '../support/attacks.ts'
import {
  aGround,
  type Columns,
  type Ground,
  move,
  newText,
  type Standing,
  standing,
} from '../support/forged.ts'
import { type House, openHouse } from '../support/house.ts'
import { aComment } from '../support/people.ts'
import { aCommentIn } from '../support/states.ts'

const denied = /^permission denied for (?:table|function) /

let house: House
let ground: Ground
let comments: Record<'due' | 'unpublished' | 'resubmitted', Standing>

beforeAll(async () => {
  house = await openHouse()
  ground = await aGround(house)
  const returned = await standing(house, await aCommentIn(house, 'returned', ground.site, ground.ada))
  await allowed(house, 'desk', `${move(returned, 'resubmit')}; ${newText(returned)}`)
  comments = {
    resubmitted: await standing(house, returned),
    due: await standing(house, await aCommentIn(house, 'published, due', ground.site, ground.ada)),
    unpublished: await standing(house, await aCommentIn(house, 'unpublished', ground.site, ground.ada)),
  }
})
afterAll(() => house.close())

describe('what is published is the version that was judged', () => {
  const others: [string, () => string, string][] = [
    ['an approval of one that publishes another', () => other('approve', { revision: 1 }), 'move_stands'],
    [
      'an approval of one that stood before',
      () => other('approve', { revision: 1, judged_revision: 1 }),
      'move_follows_fkey',
    ],
    ['an edit that makes no new one', () => other('edit', { revision: 3, rules: cited() }), 'move_stands'],
    ['an edit without its new one', () => other('edit', { rules: cited() }), 'move_comment_id_revision_fkey'],
    ['a restoring of none', () => restore({ revision: 2 }), 'move_comment_id_revision_fkey'],
    ['a restoring of one to come', () => restore({ revision: 4 }), 'move_stands'],
    [
      'an approval that brings a text along',
      () => `${other('approve', {})}; ${newText(comments.resubmitted)}`,
      'revision_made_by_fkey',
    ],
    [
      'an approval that logs a text',
      () => `${other('approve', { text_hash: '\\x00' })}; ${newText(comments.resubmitted)}`,
      'move_brings_a_text',
    ],
    ['a text for an approval of before', () => newText(comments.due, { seq: 2 }), 'revision_made_by_fkey'],
    ['a text of no move', () => newText(comments.due), 'revision_made_by_fkey'],
  ]

  test.each(others)('and not %s', async (_what, sql, constraint) => {
    expect(await refusal(house, 'owner', sql())).toBe(constraint)
    expect(await refusal(house, 'desk', sql())).toBe(constraint)
    expect(await refusal(house, 'reader', sql())).toMatch(denied)
  })
})

test('what a caller writes about times and places does not count', async () => {
  const { id } = await aComment(house, ground.site)
  const forged = {
    person_id: ground.ada.id,
    decided_at: '2001-01-01',
    shows_from: '2001-01-01',
    first_shown_at: '2001-01-01',
    earlier_revision: 1,
    escalation_seq: 1,
    first_person_id: ground.ben.id,
    prev_hash: '\\x00',
    back_to_hash: '\\x00',
    hash: '\\x00',
  }
  await allowed(house, 'desk', move(await standing(house, { id }), 'approve', forged))
  expect(
    await found(
      house,
      `select c.shows_from = m.decided_at + interval '30 seconds' as delayed, c.shows_from = c.first_shown_at as placed,
              m.decided_at between moment() - interval '1 minute' and moment() as now, c.earlier_revision,
              m.escalation_seq, m.first_person_id, m.back_to_hash, m.hash = move_hash(m) as hashed
         from comment c join move m on m.comment_id = c.id and m.seq = c.seq where c.id = '${id}'`,
    ),
  ).toEqual([
    {
      delayed: true,
      placed: true,
      now: true,
      earlier_revision: null,
      escalation_seq: null,
      first_person_id: null,
      back_to_hash: null,
      hashed: true,
    },
  ])
  expect(await found(house, `select id from public_comment where id = '${id}'`, 'reader')).toEqual([])
})

function ada(): string {
  return ground.ada.id
}

function cited(): string[] {
  return [ground.rule('respect')]
}

function other(action: string, columns: Columns) {
  return move(comments.resubmitted, action, { person_id: ada(), ...columns })
}

function restore(columns: Columns) {
  return move(comments.unpublished, 'restore', { person_id: ada(), ...columns })
}
