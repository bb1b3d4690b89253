import { imports, transitions } from '../../src/comments/status.ts'
import { allowed, found, listed, refusal, refusalByKeys } from '../support/attacks.ts'
import {
  aGround,
  type Columns,
  type Ground,
  move,
  newText,
  type Standing,
  standing,
} from '../support/forged.ts'
import { ask, type House, openHouse } from '../support/house.ts'
import { aComment, aSite } from '../support/people.ts'
import { aCommentIn } from '../support/states.ts'

let house: House
let ground: Ground
let pending: Standing
let due: Standing
let elsewhere: string

const lead = 'move_permitted_fkey'
const cited = 'citation_permitted_fkey'
const sentUnder = 'a text is judged under the terms under which it was sent'

beforeAll(async () => {
  house = await openHouse()
  ground = await aGround(house)
  pending = await standing(house, await aComment(house, ground.site))
  due = await standing(house, await aCommentIn(house, 'published, due', ground.site, ground.ada))
  const site = await aSite(house)
  const foreign = await listed(house, `select id from rule where site = '${site}' and code = 'respect'`)
  elsewhere = foreign[0] ?? 'the other site has no such rule'
})
afterAll(() => house.close())

test('the legal moves of PostgreSQL are those of the code', async () => {
  const inDatabase = await found(
    house,
    `select action, proposal, from_status as "from", to_status as "to", actor, cites from transition`,
  )
  expect(inDatabase).toHaveLength(transitions.length + imports.length)
  expect(inDatabase).toEqual(expect.arrayContaining([...transitions, ...imports]))
})

/** The moves against what a reader wrote. */
const restrictive: [string, string, Columns][] = [
  ['edit', 'pending', {}],
  ['reject', 'pending', {}],
  ['return', 'pending', {}],
  ['escalate', 'pending', { proposal: 'reject' }],
  ['escalate', 'pending', { proposal: 'edit' }],
  ['edit', 'published', {}],
  ['unpublish', 'published', {}],
]

describe('without a rule', () => {
  test.each(restrictive)('there is no move to %s what is %s %j', async (action, from, columns) => {
    const illegal = decide(action, from, columns)
    const empty = decide(action, from, { ...columns, cites: true, rules: [] })
    // What is published can go without a rule, but not without the order of an authority.
    const refused = action === 'unpublish' ? 'move_under_an_order' : 'move_transition_fkey'
    for (const role of ['owner', 'desk'] as const) {
      expect(await refusal(house, role, illegal)).toBe(refused)
      expect(await refusal(house, role, empty)).toBe('move_cites')
    }
    expect(await refusalByKeys(house, illegal)).toBe(refused)
    expect(await refusalByKeys(house, empty)).toBe('move_cites')
  })

  test('no move becomes legal later', async () => {
    const sql = `insert into transition values ('reject', 'none', 'pending', 'rejected', 'person', false)`
    expect(await refusal(house, 'owner', sql)).toBe('rows of transition are kept for ever: insert is refused')
    expect(await refusalByKeys(house, sql)).toBe('transition_restricts_under_a_rule')
  })

  test('nothing else cites one', async () => {
    const citing = { rules: rules('respect') }
    expect(await refusal(house, 'desk', decide('approve', 'pending', citing))).toBe('move_transition_fkey')
    const secretly = { ...citing, cites: false }
    expect(await refusal(house, 'desk', decide('approve', 'pending', secretly))).toBe('move_cites')
  })
})

describe('a move is refused under', () => {
  const refusals: [string, string, string, Columns, () => (string | null)[], string][] = [
    ['a rule that does not permit it', 'edit', 'pending', {}, () => rules('topic'), lead],
    ['a rule that does not permit it', 'edit', 'published', {}, () => rules('topic'), lead],
    ['a rule that does not permit it', 'reject', 'pending', {}, () => rules('edit_only'), lead],
    ['a rule that does not permit it', 'return', 'pending', {}, () => rules('reject_only'), lead],
    ['a rule that does not permit it', 'unpublish', 'published', {}, () => rules('reject_only'), lead],
    [
      'a rule that does not permit it',
      'escalate',
      'pending',
      { proposal: 'edit' },
      () => rules('topic'),
      lead,
    ],
    [
      'a rule that does not permit it',
      'escalate',
      'pending',
      { proposal: 'reject' },
      () => rules('edit_only'),
      lead,
    ],
    ["another site's rule", 'reject', 'pending', {}, () => [elsewhere], lead],
    ["another site's rule", 'unpublish', 'published', {}, () => [elsewhere], lead],
    ['no rule at all', 'reject', 'pending', {}, () => [pending.id], lead],
    ['a rule that needs two', 'reject', 'pending', {}, () => rules('at_risk'), lead],
    ['a rule that needs two', 'edit', 'pending', {}, () => rules('at_risk'), lead],
    ['a second rule that does not permit it', 'edit', 'pending', {}, () => rules('respect', 'topic'), cited],
    ['a second rule that needs two', 'reject', 'pending', {}, () => rules('respect', 'at_risk'), cited],
    [
      "another site's rule as the second",
      'reject',
      'pending',
      {},
      () => [...rules('topic'), elsewhere],
      cited,
    ],
    ['one rule twice', 'reject', 'pending', {}, () => rules('topic', 'topic'), 'citation_pkey'],
    [
      'no rule and another',
      'reject',
      'pending',
      { cites: true },
      () => [null, ...rules('topic')],
      'move_cites',
    ],
    ['a rule and no other', 'reject', 'pending', {}, () => [...rules('topic'), null], 'move_cites'],
    ['nothing, twice', 'reject', 'pending', { cites: false }, () => [null, null], 'move_cites'],
  ]

  test.each(refusals)('%s: %s what is %s %j', async (_what, action, from, columns, ids, reason) => {
    const sql = decide(action, from, { rules: ids(), ...columns })
    expect(await refusal(house, 'owner', sql)).toBe(reason)
    expect(await refusal(house, 'desk', sql)).toBe(reason)
  })

  const byKeys = refusals.filter(([, , , , , reason]) => reason === lead || reason === 'move_cites')
  test.each(byKeys)(
    '%s, when only the keys hold: %s what is %s %j',
    async (_what, action, from, columns, ids, reason) => {
      expect(await refusalByKeys(house, decide(action, from, { rules: ids(), ...columns }))).toBe(reason)
    },
  )

  test.each([
    ['that begin at another place', `'[2:2]={%}'::uuid[]`],
    ['in two dimensions', `array[array['%'::uuid]]`],
  ])('rules %s', async (_how, array) => {
    const sql = array.replace('%', ground.rule('respect'))
    const reject = decide('reject', 'pending', { cites: true, rules: { sql } })
    const approve = decide('approve', 'pending', { cites: false, rules: { sql } })
    for (const attack of [reject, approve]) {
      expect(await refusal(house, 'owner', attack)).toBe('move_cites')
      expect(await refusal(house, 'desk', attack)).toBe('move_cites')
    }
  })

  test('a rule of terms that can still change', async () => {
    const id = '8d7c0fb2-0000-4000-8000-000000000001'
    const draft = `
      insert into terms (site, version, language, introduction) values ('${ground.site}', 9, 'en', 'A draft.');
      insert into rule (id, site, version, position, code, title, text, needs_second, category, keywords)
        values ('${id}', '${ground.site}', 9, 1, 'whim', 'Whim', 'As I like.', false, 'none', '{}');
      insert into rule_permit values ('${ground.site}', '${id}', 'reject', true);`
    const sql = `${draft} ${decide('reject', 'pending', { rules: [id] })}`
    expect(await refusal(house, 'owner', sql)).toBe(sentUnder)
    expect(await refusal(house, 'desk', sql)).toBe(sentUnder)
  })

  test('a rule that came before or after the text was sent', async () => {
    const own = await aGround(house)
    const on = await standing(house, await aComment(house, own.site))
    const later = {
      introduction: 'Later.',
      rules: [{ code: 'respect', title: 'Respect', text: 'Be kind.', permits: ['reject'] }],
    }
    const made = await ask(house, 'POST', `/v1/sites/${own.site}/terms`, {
      key: house.admin,
      body: later,
    })
    expect(made.body).toMatchObject({ version: 3 })
    const ids = await listed(
      house,
      `select id from rule where site = '${own.site}' and code = 'respect' order by version`,
    )
    const [before, then, after] = ids.map((id) => move(on, 'reject', { person_id: own.ada.id, rules: [id] }))
    for (const sql of [before ?? '', after ?? '']) {
      expect(await refusal(house, 'owner', sql)).toBe(sentUnder)
      expect(await refusal(house, 'desk', sql)).toBe(sentUnder)
    }
    await allowed(house, 'desk', then ?? '')
  })
})

test('under rules that permit it, each of these moves is made, and cites them all', async () => {
  for (const [action, from, columns] of restrictive) {
    const on = await standing(
      house,
      await aCommentIn(house, from === 'pending' ? from : 'published, not due', ground.site, ground.ada),
    )
    const ids = rules('respect', 'form')
    const sql = move(on, action, { person_id: ground.ada.id, rules: ids, ...columns })
    const text = action === 'edit' || columns['proposal'] === 'edit' ? newText(on, { rules: ids }) : ''
    await allowed(house, 'desk', `${sql}; ${text}`)
    const citations = await listed(
      house,
      `select rule_id from citation where comment_id = '${on.id}' and seq = ${on.seq + 1}`,
    )
    expect(citations.toSorted()).toEqual(ids.toSorted())
  }
})

describe('what a move cites', () => {
  test('is added to by nobody', async () => {
    const on = await standing(house, await aCommentIn(house, 'rejected', ground.site, ground.ada))
    const values = `('${on.id}', 2, '${ground.site}', '${ground.rule('respect')}', 'reject', true)`
    const sql = `insert into citation (comment_id, seq, site, rule_id, permit, alone) values ${values}`
    expect(await refusal(house, 'owner', sql)).toBe('a move cites what it cites')
    expect(await refusal(house, 'desk', sql)).toBe('permission denied for table citation')
    expect(await refusal(house, 'reader', sql)).toBe('permission denied for table citation')
    const ofNoMove = sql.replace(`'${on.id}', 2`, `'${on.id}', 9`)
    expect(await refusal(house, 'owner', ofNoMove)).toBe('citation_comment_id_seq_fkey')
  })
})

function rules(...codes: string[]): string[] {
  return codes.map((code) => ground.rule(code))
}

function decide(action: string, from: string, columns: Columns): string {
  return move(from === 'pending' ? pending : due, action, { person_id: ground.ada.id, ...columns })
}
