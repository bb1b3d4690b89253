import { allowed, listed, refusal } from '../support/attacks.ts'
import { aGround, type Ground, move, newReason, newText, reasonHash, standing } from '../support/forged.ts'
import { type House, openHouse } from '../support/house.ts'
import { aComment, receiptOf } from '../support/people.ts'
import { aCommentIn } from '../support/states.ts'

let house: House
let ground: Ground

/** One row in each of the tables that are kept. */
beforeAll(async () => {
  house = await openHouse()
  ground = await aGround(house)
  const on = await standing(house, await aCommentIn(house, 'second_review', ground.site, ground.ada))
  const rules = [ground.rule('respect')]
  const edit = { person_id: ground.ben.id, rules, words_hash: reasonHash('It was rude.') }
  const words = `${newText(on, { rules })}; ${newReason(on, 'It was rude.')}`
  await allowed(house, 'desk', `${move(on, 'edit', edit)}; ${words}`)
  const rejected = await aCommentIn(house, 'rejected', ground.site, ground.ada)
  await allowed(house, 'desk', `select erase_comment('${rejected.id}', 'reader', null)`)
})
afterAll(() => house.close())

const log = ['move', 'revision', 'citation', 'escalation', 'erasure', 'transition']
const kept = [...log, 'comment', 'revision_text', 'move_text', 'terms', 'rule', 'rule_permit']

describe('of what is kept for ever', () => {
  test('there is something to lose', async () => {
    for (const table of kept)
      expect(await listed(house, `select true from ${table} limit 1`)).toEqual(['true'])
  })

  test.each(log)('no %s is changed, in any column', async (table) => {
    const columns = await listed(
      house,
      `select attname from pg_attribute where attrelid = '${table}'::regclass and attnum > 0 and attgenerated = ''`,
    )
    for (const column of columns) {
      const sql = `update ${table} set ${column} = ${column}`
      expect(await refusal(house, 'owner', sql)).toBe(`rows of ${table} are kept for ever: update is refused`)
      expect(await refusal(house, 'desk', sql)).toBe(`permission denied for table ${table}`)
      expect(await refusal(house, 'reader', sql)).toBe(`permission denied for table ${table}`)
    }
  })

  test.each([...log, 'comment'])('no %s is deleted', async (table) => {
    const sql = `delete from ${table}`
    expect(await refusal(house, 'owner', sql)).toBe(`rows of ${table} are kept for ever: delete is refused`)
    expect(await refusal(house, 'desk', sql)).toBe(`permission denied for table ${table}`)
    expect(await refusal(house, 'reader', sql)).toBe(`permission denied for table ${table}`)
  })

  test.each(kept)('no %s goes with all the others', async (table) => {
    expect(await refusal(house, 'owner', `truncate ${table} cascade`)).toBe(
      `rows of ${table} are kept for ever: truncate is refused`,
    )
    expect(await refusal(house, 'desk', `truncate ${table} cascade`)).toMatch(/^permission denied/)
    expect(await refusal(house, 'reader', `truncate ${table} cascade`)).toMatch(/^permission denied/)
  })

  test.each(['site', 'article', 'person', 'access_key'])(
    'nothing goes together with every %s',
    async (table) => {
      const reason = /^rows of \w+ are kept for ever: truncate is refused$/
      expect(await refusal(house, 'owner', `truncate ${table} cascade`)).toMatch(reason)
    },
  )

  test('nothing goes with what it refers to', async () => {
    expect(await refusal(house, 'owner', `delete from person where id = '${ground.ada.id}'`)).toMatch(
      /_fkey$/,
    )
    expect(await refusal(house, 'owner', `delete from article where id = '${ground.article}'`)).toMatch(
      /_fkey$/,
    )
    expect(await refusal(house, 'owner', `delete from site where key = '${ground.site}'`)).toMatch(/_fkey$/)
    const renumbered = `update person set id = gen_random_uuid() where id = '${ground.ada.id}'`
    expect(await refusal(house, 'owner', renumbered)).toMatch(/_fkey$/)
    expect(await refusal(house, 'desk', renumbered)).toMatch(/_fkey$/)
  })

  test('nothing is changed by the way', async () => {
    const conflict = `insert into move select * from move on conflict (comment_id, seq) do update set action = 'approve'`
    const columns = await listed(
      house,
      `select attname from pg_attribute where attrelid = 'move'::regclass and attnum > 0 and attgenerated = ''`,
    )
    const list = columns.join(', ')
    const sql = conflict.replace('move select *', `move (${list}) select ${list}`)
    expect(await refusal(house, 'owner', sql.replace('from move on', 'from move where seq = 2 on'))).toBe(
      'rows of move are kept for ever: update is refused',
    )
    const merge = `merge into move m using move n on m.id = n.id when matched then delete`
    expect(await refusal(house, 'owner', merge)).toBe('rows of move are kept for ever: delete is refused')
  })
})

describe('of a comment', () => {
  const projection = [
    'seq',
    'status',
    'revision',
    'head_hash',
    'shows_from',
    'earlier_revision',
    'first_shown_at',
  ]

  test('nothing that was submitted changes', async () => {
    const parent = await aCommentIn(house, 'published, due', ground.site, ground.ada)
    const other = await aCommentIn(house, 'published, due', ground.site, ground.ada)
    const reply = await aComment(house, ground.site, { parent: parent.id })
    const changes = new Map([
      ['id', 'gen_random_uuid()'],
      ['position', 'default'],
      ['site', `'elsewhere'`],
      ['article_id', 'gen_random_uuid()'],
      ['parent_id', `'${other.id}'`],
      ['root_id', `'${other.id}'`],
      ['ancestors', `array['${other.id}'::uuid]`],
      ['language', `'my'`],
      ['receipt_hash', `'\\x00'`],
      ['submitted_at', `submitted_at - interval '1 day'`],
      ['staff', 'not staff'],
    ])
    const columns = await listed(
      house,
      `select attname from pg_attribute where attrelid = 'comment'::regclass and attnum > 0`,
    )
    expect(columns.toSorted()).toEqual([...changes.keys(), ...projection, 'erased_at'].toSorted())
    for (const [column, value] of changes) {
      const sql = `update comment set ${column} = ${value} where id = '${reply.id}'`
      expect(await refusal(house, 'owner', sql)).toBe('what was submitted does not change')
      expect(await refusal(house, 'desk', sql)).toBe('permission denied for table comment')
    }
    const moved = `parent_id = '${other.id}', root_id = '${other.id}', ancestors = array['${other.id}'::uuid]`
    for (const place of [moved, `parent_id = null, root_id = null, ancestors = '{}'`]) {
      const sql = `update comment set ${place} where id = '${reply.id}'`
      expect(await refusal(house, 'owner', sql)).toBe('what was submitted does not change')
    }
    expect(await receiptOf(house, reply.receipt)).toMatchObject({ status: 'pending' })
  })

  test('nothing that its moves made changes', async () => {
    const undue = await aCommentIn(house, 'published, not due', ground.site, ground.ada)
    const changes: Record<string, string> = {
      seq: '1',
      status: `'unpublished', shows_from = null`,
      revision: '2',
      head_hash: `'\\x00'`,
      shows_from: 'moment()',
      earlier_revision: '1',
      first_shown_at: 'moment()',
    }
    expect(Object.keys(changes)).toEqual(projection)
    for (const [column, value] of Object.entries(changes)) {
      const sql = `update comment set ${column} = ${value} where id = '${undue.id}'`
      expect(await refusal(house, 'owner', sql)).toMatch(
        /^comment_stands_fkey$|^a comment shows its newest move and nothing else$/,
      )
      expect(await refusal(house, 'desk', sql)).toBe('permission denied for table comment')
    }
  })
})
