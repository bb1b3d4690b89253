import { allowed, found, listed, refusal, refusalByKeys } from '../support/attacks.ts'
import { aGround, type Ground, move, standing } from '../support/forged.ts'
import { ask, type House, openHouse } from '../support/house.ts'
import { aComment, decision } from '../support/people.ts'
import { aCommentIn, type State } from '../support/states.ts'

let house: House
let ground: Ground

beforeAll(async () => {
  house = await openHouse()
  ground = await aGround(house)
})
afterAll(() => house.close())

describe('erasing', () => {
  const open: State[] = ['pending', 'second_review', 'published, not due', 'published, due', 'returned']
  test.each(open)('leaves alone what is %s', async (state) => {
    const { id } = await aCommentIn(house, state, ground.site, ground.ada)
    const call = `select erase_comment('${id}', 'reader', null)`
    const log = `insert into erasure (comment_id, asked_by) values ('${id}', 'reader')`
    expect(await refusal(house, 'owner', call)).toBe('comment_erased_is_settled')
    expect(await refusal(house, 'desk', call)).toBe('comment_erased_is_settled')
    expect(await refusal(house, 'reader', call)).toBe('permission denied for function erase_comment')
    expect(await refusal(house, 'owner', log)).toBe('comment_erased_is_settled')
    expect(await refusal(house, 'desk', log)).toBe('permission denied for table erasure')
    expect(await refusalByKeys(house, `update comment set erased_at = moment() where id = '${id}'`)).toBe(
      'comment_erased_is_settled',
    )
  })

  const settled: State[] = ['rejected', 'unpublished', 'expired', 'withdrawn']
  test.each(settled)('takes every word of what is %s, and leaves the log as it is', async (state) => {
    const words = `Unlikely words of one that is ${state}`
    const { id, receipt } = await aComment(house, ground.site, { text: words, name: words })
    await bring(id, receipt, state)
    const log = `select * from move where comment_id = '${id}' order by seq`
    const before = await found(house, log)
    expect(await wordsIn(id)).toContain(words)
    expect(await found(house, `select from screening where comment_id = '${id}'`)).toHaveLength(1)

    expect(
      await found(house, `select erase_comment('${id}', 'person', '${ground.ben.id}') as erased`, 'desk'),
    ).toEqual([{ erased: true }])
    await allowed(house, 'desk', `select erase_comment('${id}', 'person', '${ground.ben.id}')`)
    expect(await found(house, `select erase_comment('${id}', 'reader', null) as erased`, 'desk')).toEqual([
      { erased: false },
    ])
    expect(await wordsIn(id)).not.toMatch(/Unlikely|What was wrong/)
    expect(await found(house, `select from screening where comment_id = '${id}'`)).toEqual([])
    expect(await found(house, log)).toEqual(before)
    expect(
      await found(
        house,
        `select c.erased_at = e.erased_at as at, e.asked_by, e.person_id, bool_and(m.hash = move_hash(m)) as verifies
           from comment c join erasure e on e.comment_id = c.id join move m on m.comment_id = c.id
          where c.id = '${id}' group by 1, 2, 3`,
      ),
    ).toEqual([{ at: true, asked_by: 'person', person_id: ground.ben.id, verifies: true }])
  })

  test.each([
    ['by nobody', `'somebody', null`, 'erasure_asked_by'],
    ['by a person without saying who', `'person', null`, 'erasure_person'],
    ['in the name of a person who did not ask', `'reader', '%'`, 'erasure_person'],
    ['by somebody unknown', `'person', gen_random_uuid()`, 'erasure_person_id_fkey'],
  ])('is not asked for %s', async (_who, by, constraint) => {
    const { id } = await aCommentIn(house, 'rejected', ground.site, ground.ada)
    const sql = `select erase_comment('${id}', ${by.replace('%', ground.ada.id)})`
    expect(await refusal(house, 'owner', sql)).toBe(constraint)
    expect(await refusal(house, 'desk', sql)).toBe(constraint)
  })

  test('is not logged of no comment', async () => {
    const sql = `select erase_comment('${ground.article}', 'reader', null)`
    expect(await refusal(house, 'owner', sql)).toBe('erasure_comment_id_fkey')
    expect(await refusal(house, 'desk', sql)).toBe('erasure_comment_id_fkey')
  })

  test('is not pretended', async () => {
    const { id } = await aCommentIn(house, 'rejected', ground.site, ground.ada)
    const sql = `update comment set erased_at = moment() where id = '${id}'`
    expect(await refusal(house, 'owner', sql)).toBe('a comment is erased by erase_comment(), which logs it')
    await allowed(house, 'desk', `select erase_comment('${id}', 'reader', null)`)
    for (const other of ['null', `erased_at - interval '1 day'`]) {
      expect(
        await refusal(house, 'owner', `update comment set erased_at = ${other} where id = '${id}'`),
      ).toBe('a comment is erased by erase_comment(), which logs it')
    }
  })

  test('is for good: the same words do not come back, nor does the comment', async () => {
    const comment = await aCommentIn(house, 'rejected', ground.site, ground.ada)
    const [text] = await found(
      house,
      `select format('insert into revision_text values (%L, %L, %L, %L, %L)', comment_id, seq, name, text, salt) as again
         from revision_text where comment_id = '${comment.id}'`,
    )
    await allowed(house, 'desk', `select erase_comment('${comment.id}', 'reader', null)`)
    expect(await refusal(house, 'owner', String(text?.['again']))).toBe('this comment is erased')
    expect(await refusal(house, 'desk', String(text?.['again']))).toBe('this comment is erased')

    const restore = move(await standing(house, comment), 'restore', { person_id: ground.ben.id })
    expect(await refusal(house, 'owner', restore)).toBe('comment_erased_is_settled')
    expect(await refusal(house, 'desk', restore)).toBe('comment_erased_is_settled')
    const asked = await decision(house, ground.ben.key, comment.id, { action: 'restore' })
    expect(asked).toMatchObject({ status: 409, body: { code: 'illegal_move' } })
  })
})

/** Brings a comment to a settled state, with words of a moderator on the way. */
async function bring(id: string, receipt: string, state: State): Promise<void> {
  if (state === 'expired') return allowed(house, 'owner', move(await standing(house, { id }), 'expire'))
  const against = { rules: ['topic'], reason: 'What was wrong', note: 'What was wrong' }
  const decisions =
    state === 'unpublished'
      ? [{ action: 'approve' }, { action: 'unpublish', ...against }]
      : [{ action: 'reject', ...against }]
  for (const one of decisions) {
    expect((await decision(house, ground.ada.key, id, one)).status).toBe(201)
  }
  if (state === 'withdrawn') await ask(house, 'DELETE', '/v1/receipt', { key: receipt })
}

/** Everything that any table says about a comment. */
async function wordsIn(id: string): Promise<string> {
  const tables = await listed(
    house,
    `select attrelid::regclass from pg_attribute where attname = 'comment_id'
        and attrelid in (select oid from pg_class where relkind = 'r' and relnamespace = 'public'::regnamespace)`,
  )
  const each = tables.map(
    (table) => `select t::text as row, to_jsonb(t)::text as json from ${table} t where comment_id = '${id}'`,
  )
  return JSON.stringify(await found(house, each.join(' union all ')))
}
