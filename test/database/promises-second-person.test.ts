import { allowed, found, refusal, refusalByKeys } from '../support/attacks.ts'
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

let house: House
let ground: Ground
let escalated: Standing

beforeAll(async () => {
  house = await openHouse()
  ground = await aGround(house)
  escalated = await anEscalated()
})
afterAll(() => house.close())

const settling: [string, () => Columns][] = [
  ['approve', () => ({})],
  ['edit', () => ({ rules: [ground.rule('at_risk')] })],
  ['reject', () => ({ rules: [ground.rule('at_risk')] })],
]

describe('who asked for a second person', () => {
  test.each(settling)('does not %s alone', async (action, columns) => {
    const sql = byAda(action, columns())
    expect(await refusal(house, 'owner', sql)).toBe('move_second_person')
    expect(await refusal(house, 'desk', sql)).toBe('move_second_person')
    expect(await refusal(house, 'reader', sql)).toMatch(/^permission denied for/)
  })

  test.each(settling)('does not %s by naming another as the first', async (action, columns) => {
    const forged = { ...columns(), escalation_seq: 2, first_person_id: ground.ben.id }
    expect(await refusal(house, 'desk', byAda(action, forged))).toBe('move_second_person')
    expect(await refusalByKeys(house, byAda(action, forged))).toBe('move_escalation_fkey')
  })

  test.each(settling)('does not %s when only the keys hold', async (action, columns) => {
    const same = { ...columns(), escalation_seq: 2, first_person_id: ground.ada.id }
    expect(await refusalByKeys(house, byAda(action, same))).toBe('move_second_person')
    const nobody = { ...columns(), escalation_seq: null, first_person_id: null }
    expect(await refusalByKeys(house, byAda(action, nobody))).toBe('move_second_person')
    const somebody = { ...columns(), escalation_seq: null, first_person_id: ground.ben.id }
    expect(await refusalByKeys(house, byAda(action, somebody))).toBe('move_second_person')
    const something = { ...columns(), escalation_seq: 2, first_person_id: null }
    expect(await refusalByKeys(house, byAda(action, something))).toBe('move_second_person')
  })

  test('does not become another by an escalation that nobody made', async () => {
    for (const seq of [1, 3]) {
      const faked = `insert into escalation (comment_id, seq, person_id) values ('${escalated.id}', ${seq}, '${ground.ben.id}')`
      const sql = seq === 3 ? `${faked}; ${byAda('approve', {})}` : faked
      expect(await refusal(house, 'owner', sql)).toBe('escalation_made_by_fkey')
      expect(await refusal(house, 'desk', sql)).toBe('permission denied for table escalation')
      expect(await refusalByKeys(house, faked)).toBe('escalation_made_by_fkey')
    }
  })

  test('does not become another by a trigger on a table of their own', async () => {
    const sql = `
      create temp table forged as table move with no data;
      create trigger forging after insert on forged for each row execute function comment_follows_its_moves();
      insert into forged (comment_id, seq, action, person_id, to_status, revision, hash, rules)
        values ('${escalated.id}', 3, 'escalate', '${ground.ben.id}', 'pending', 1, '\\x00', '{}');
      ${byAda('reject', { rules: [ground.rule('at_risk')] })}`
    expect(await refusal(house, 'desk', sql)).toBe('permission denied for function comment_follows_its_moves')
    expect(await refusal(house, 'owner', sql)).toBe('escalation_made_by_fkey')
  })

  test('does not avoid it by undoing and escalating through another', async () => {
    const on = await anEscalated()
    await allowed(house, 'desk', move(on, 'undo', { person_id: ground.ada.id, to_status: 'pending' }))
    const again = await standing(house, on)
    await allowed(house, 'desk', escalate(again, ground.ben.id))
    const second = await standing(house, on)
    const byBen = move(second, 'approve', { person_id: ground.ben.id })
    expect(await refusal(house, 'desk', byBen)).toBe('move_second_person')
    await allowed(house, 'desk', move(second, 'approve', { person_id: ground.ada.id }))
  })

  test('still waits when the second has undone', async () => {
    const on = await anEscalated()
    await allowed(house, 'desk', move(on, 'approve', { person_id: ground.ben.id }))
    const approved = await standing(house, on)
    const undo = { person_id: ground.ada.id, to_status: 'second_review' }
    await allowed(house, 'desk', move(approved, 'undo', undo))
    const again = move(await standing(house, on), 'approve', { person_id: ground.ada.id })
    expect(await refusal(house, 'desk', again)).toBe('move_second_person')
  })
})

test.each(settling)('another person may %s, and the log says who was the first', async (action, columns) => {
  const on = await anEscalated()
  const text = action === 'edit' ? newText(on, { rules: [ground.rule('at_risk')] }) : ''
  await allowed(house, 'desk', `${move(on, action, { person_id: ground.ben.id, ...columns() })}; ${text}`)
  expect(
    await found(
      house,
      `select escalation_seq, first_person_id from move where comment_id = '${on.id}' and seq = 3`,
    ),
  ).toEqual([{ escalation_seq: 2, first_person_id: ground.ada.id }])
})

async function anEscalated(): Promise<Standing> {
  const comment = await aComment(house, ground.site)
  await allowed(house, 'desk', escalate(await standing(house, comment), ground.ada.id))
  return standing(house, comment)
}

function escalate(on: Standing, person: string): string {
  return move(on, 'escalate', { person_id: person, proposal: 'reject', rules: [ground.rule('at_risk')] })
}

function byAda(action: string, columns: Columns): string {
  return move(escalated, action, { person_id: ground.ada.id, ...columns })
}
