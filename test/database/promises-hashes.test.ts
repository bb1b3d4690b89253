import { afterTampering, allowed, found, listed } from '../support/attacks.ts'
import { aGround, type Ground, move, newReason, newText, reasonHash, standing } from '../support/forged.ts'
import { type House, openHouse } from '../support/house.ts'
import { aCommentIn, states } from '../support/states.ts'

let house: House
let ground: Ground
let id: string

beforeAll(async () => {
  house = await openHouse()
  ground = await aGround(house)
  for (const state of states) await aCommentIn(house, state, ground.site, ground.ada)
  const due = await standing(house, await aCommentIn(house, 'published, due', ground.site, ground.ada))
  id = due.id
  const rules = [ground.rule('respect'), ground.rule('form')]
  const edit = { person_id: ground.ben.id, rules, words_hash: reasonHash('It was rude.') }
  await allowed(
    house,
    'desk',
    `${move(due, 'edit', edit)}; ${newText(due, { rules })}; ${newReason(due, 'It was rude.')}`,
  )
  await allowed(house, 'desk', move(await standing(house, due), 'withdraw'))
})
afterAll(() => house.close())

/** The moves that are not what their hash says, or do not follow the one before. */
const broken = `
  select m.comment_id, m.seq from move m
    left join move before on before.comment_id = m.comment_id and before.seq = m.seq - 1
   where m.hash is distinct from move_hash(m) or m.prev_hash is distinct from before.hash
   order by m.seq`

describe('the log', () => {
  test('verifies, move by move', async () => {
    expect(Number((await listed(house, 'select count(*) from move'))[0])).toBeGreaterThan(20)
    expect(await found(house, broken)).toEqual([])
  })

  test('hashes everything that a move says', async () => {
    const said = await listed(
      house,
      `select a.attname from pg_attribute a
        where a.attrelid = 'move'::regclass and a.attnum > 0 and not a.attisdropped
          and exists (
            select from move m
             where m.comment_id = '${id}' and m.seq = 3
               and move_hash(jsonb_populate_record(m, jsonb_build_object(a.attname, ${another}))) <> move_hash(m))`,
    )
    const columns = await listed(house, columnsOf('move'))
    const silent = columns.filter((column) => !said.includes(column))
    expect(silent.toSorted()).toEqual([
      'alone', // from action and from_status
      'back_to_seq', // from action and seq
      'cites', // from rules
      'hash',
      'lead_rule_id', // from rules
      'permit', // from action and proposal
      'prev_seq', // from seq
    ])
  })

  /** Another value of the type of column `a`. */
  const another = `
    case format_type(a.atttypid, null)
      when 'uuid' then to_jsonb(gen_random_uuid())
      when 'uuid[]' then jsonb_build_array(gen_random_uuid())
      when 'text' then '"something else"'
      when 'bytea' then '"\\\\x77"'
      when 'integer' then '77'
      when 'boolean' then to_jsonb(not m.alone)
      else '"2001-01-01T00:00:00Z"' end`

  test('says so when a move was changed by whoever switched the triggers off', async () => {
    const tampering = [
      `person_id = '${ground.ben.id}', key_id = null where seq = 2 and comment_id = '${id}'`,
      `decided_at = decided_at - interval '1 hour' where seq = 2 and comment_id = '${id}'`,
      `id = gen_random_uuid() where seq = 2 and comment_id = '${id}'`,
      `words_hash = '\\x00' where seq = 2 and comment_id = '${id}'`,
      `shows_from = shows_from - interval '1 hour' where seq = 2 and comment_id = '${id}'`,
    ]
    for (const change of tampering) {
      expect(await afterTampering(house, `update move set ${change}`, broken)).toEqual([
        { comment_id: id, seq: 2 },
      ])
    }
  })

  test('cannot be given the hash of another story', async () => {
    const rewritten = (seq: number) => `
      update move set person_id = '${ground.ben.id}', key_id = null where comment_id = '${id}' and seq = ${seq};
      update move m set hash = move_hash(m) where comment_id = '${id}' and seq = ${seq}`
    await expect(afterTampering(house, rewritten(2), broken)).rejects.toThrow('move_follows_fkey')
    const [last] = await found(
      house,
      `select comment_id, seq from move m where action = 'approve'
         and not exists (select from move n where n.comment_id = m.comment_id and n.seq > m.seq) limit 1`,
    )
    const head = rewritten(Number(last?.['seq'])).replaceAll(id, String(last?.['comment_id']))
    await expect(afterTampering(house, head, broken)).rejects.toThrow('comment_stands_fkey')
  })

  test('says so when words were replaced, together with their hash, by whoever switched the triggers off', async () => {
    const other = `words_hash(salt, name, 'Other words.')`
    const words = `update revision_text set text = 'Other words.' where comment_id = '${id}' and seq = 1`
    const revision = `update revision set text_hash = (select ${other} from revision_text where comment_id = '${id}' and seq = 1)
                       where comment_id = '${id}' and seq = 1`
    const logged = `update move m set text_hash = (select text_hash from revision where comment_id = '${id}' and seq = 1)
                     where comment_id = '${id}' and seq = 1`
    const swapped = `select comment_id, t.seq from revision_text t join revision r using (comment_id, seq)
                      where r.text_hash <> words_hash(t.salt, t.name, t.text)`
    expect(await found(house, swapped)).toEqual([])
    expect(await afterTampering(house, words, swapped)).toEqual([{ comment_id: id, seq: 1 }])
    await expect(afterTampering(house, `${words}; ${revision}`, swapped)).rejects.toThrow(
      'revision_made_by_fkey',
    )
    const all = `set constraints all deferred; ${words}; ${revision}; ${logged}`
    expect(await afterTampering(house, all, broken)).toEqual([{ comment_id: id, seq: 1 }])
  })

  test('holds no words, and no hash that tells which they are', async () => {
    const [row] = await found(house, `select to_jsonb(m)::text as all from move m where action = 'edit'`)
    expect(String(row?.['all'])).not.toMatch(/rude|new text/)
    const guessed = await listed(
      house,
      `select count(*) from move where words_hash in (sha256('It was rude.'), words_hash('', 'It was rude.', null))`,
    )
    expect(guessed).toEqual(['0'])
    const salts = await listed(
      house,
      `select count(*) = count(distinct salt) from revision_text where seq = 1`,
    )
    expect(salts).toEqual(['true'])
  })

  test('verifies whatever a session has set for how values look', async () => {
    for (const setting of [
      `timezone = 'Asia/Yangon'`,
      `datestyle = 'German'`,
      `bytea_output = 'escape'`,
      `intervalstyle = 'sql_standard'`,
      `extra_float_digits = -3`,
    ]) {
      await house.owner.query(`set ${setting}`)
      expect(await found(house, broken)).toEqual([])
      await house.owner.query(`reset ${setting.split(' ', 1)[0] ?? ''}`)
    }
  })
})

function columnsOf(table: string): string {
  return `select attname from pg_attribute where attrelid = '${table}'::regclass and attnum > 0 and not attisdropped`
}
