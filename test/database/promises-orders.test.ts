import { allowed, found, type Role, refusal, refusalByKeys } from '../support/attacks.ts'
import { aGround, type Columns, type Ground, move, type Standing, standing } from '../support/forged.ts'
import { ask, type House, openHouse } from '../support/house.ts'
import { aComment, decision } from '../support/people.ts'
import { aCommentIn } from '../support/states.ts'

/** What only an order may do, what a hold stops, and what stays written down of both. */
let house: House
let ground: Ground
let due: Standing
let other: Standing
let pending: Standing
let rejected: Standing
let held: Standing
let order: string
let request: string
let hold: string

beforeAll(async () => {
  house = await openHouse()
  ground = await aGround(house)
  due = await standing(house, await aCommentIn(house, 'published, due', ground.site, ground.ada))
  other = await standing(house, await aCommentIn(house, 'published, due', ground.site, ground.ada))
  pending = await standing(house, await aComment(house, ground.site))
  rejected = await standing(house, await aCommentIn(house, 'rejected', ground.site, ground.ada))
  held = await standing(house, await aCommentIn(house, 'rejected', ground.site, ground.ada))
  order = await anOrder('art9')
  request = await anOrder('informal_request')
  hold = await aHold(held)
})
afterAll(() => house.close())

async function aHold({ id }: Standing): Promise<string> {
  const placed = await ask(house, 'POST', `/v1/moderation/comments/${id}/holds`, {
    key: house.admin,
    body: { reason: 'A court asks.' },
  })
  expect(placed.status).toBe(201)
  return placed.body.id
}

async function anOrder(kind: string): Promise<string> {
  const made = await ask(house, 'POST', '/v1/moderation/orders', {
    key: house.admin,
    body: {
      site: ground.site,
      kind,
      country: 'DE',
      authority: 'A court',
      receivedOn: '2026-11-20',
      comments: [due.id, pending.id, rejected.id],
    },
  })
  expect(made.status).toBe(201)
  return made.body.id
}

const both: Role[] = ['owner', 'desk']

/** Why each of these roles is refused it; the reason, where it is the same for all. */
async function refusalTo(roles: Role[], sql: string): Promise<string> {
  const reasons = new Set<string>()
  for (const role of roles) reasons.add(await refusal(house, role, sql))
  return [...reasons].join(', or ')
}

function by(on: Standing, action: string, columns: Columns = {}): string {
  return move(on, action, { person_id: ground.ada.id, ...columns })
}

describe('without a rule nothing goes but by an order', () => {
  const lone = /^move_under_an_order$/

  test('that is named', async () => {
    expect(await refusalTo(both, by(due, 'unpublish', { cites: false }))).toMatch(lone)
    expect(await refusalByKeys(house, by(due, 'unpublish', { cites: false }))).toBe('move_under_an_order')
  })

  test('that there is, and that names the comment', async () => {
    for (const [on, id] of [
      [other, order],
      [due, ground.ada.id],
    ] as const) {
      const sql = by(on, 'unpublish', { cites: false, order_id: id })
      expect(await refusalTo(['desk'], sql)).toMatch(
        /^only an order to act against content acts$|^move_order_fkey$/,
      )
      expect(await refusalByKeys(house, sql)).toBe('move_order_fkey')
    }
  })

  test('that is no mere request', async () => {
    const sql = by(due, 'unpublish', { cites: false, order_id: request })
    expect(await refusalTo(both, sql)).toBe('only an order to act against content acts')
  })

  test('and an order does nothing else, and stands beside no rule', async () => {
    const rules = [ground.rule('respect')]
    for (const sql of [
      by(pending, 'approve', { order_id: order }),
      by(pending, 'reject', { rules, order_id: order }),
      by(due, 'unpublish', { rules, order_id: order }),
      move(due, 'withdraw', { order_id: order }),
    ]) {
      expect(await refusalTo(both, sql)).toMatch(lone)
      expect(await refusalByKeys(house, sql)).toBe('move_under_an_order')
    }
    const illegal = by(pending, 'unpublish', { cites: false, order_id: order })
    expect(await refusalByKeys(house, illegal)).toBe('move_transition_fkey')
  })

  test('by a person', async () => {
    for (const actor of ['system', 'reader']) {
      const sql = move(due, 'unpublish', { actor, person_id: null, cites: false, order_id: order })
      expect(await refusalByKeys(house, sql)).toBe('move_under_an_order')
    }
    const byReader = move(due, 'unpublish', { actor: 'reader', person_id: null, cites: false })
    expect(await refusalByKeys(house, byReader)).toBe('move_transition_fkey')
    const sql = `insert into transition values ('unpublish', 'none', 'published', 'unpublished', 'reader', false)`
    expect(await refusalByKeys(house, sql)).toBe('transition_restricts_under_a_rule')
  })

  test('whose move says so in its hash, while the hashes of all others are as they were', async () => {
    const sql = by(due, 'unpublish', { cites: false, order_id: order })
    await house.owner.query('begin')
    try {
      await house.owner.query(sql)
      const { rows } = await house.owner.query(
        `select m.hash = move_hash(m) as verifies,
                m.hash = move_hash(jsonb_populate_record(m, '{"order_id": null}')) as silent
           from move m where order_id is not null`,
      )
      expect(rows).toEqual([{ verifies: true, silent: false }])
    } finally {
      await house.owner.query('rollback')
    }
  })
})

const taking = () => by(due, 'unpublish', { cites: false, order_id: order })

describe('what an order takes down has its statement', () => {
  test('made by the log, without an appeal, noticed by nobody here', async () => {
    await house.owner.query('begin')
    try {
      await house.owner.query('set local role postbag_desk')
      await house.owner.query(taking())
      await house.owner.query('set constraints all immediate')
      const { rows } = await house.owner.query(
        `select action, decider_id, first_person_id, appeal_until, automated_detection
           from statement where comment_id = '${due.id}'`,
      )
      const person = ground.ada.id
      expect(rows).toEqual([
        {
          action: 'unpublish',
          decider_id: person,
          first_person_id: person,
          appeal_until: null,
          automated_detection: false,
        },
      ])
    } finally {
      await house.owner.query('rollback')
    }
  })

  test('which nobody changes or removes', async () => {
    for (const [change, verb] of [
      [`update statement set appeal_until = moment() where comment_id = '${due.id}'`, 'update'],
      [`delete from statement where comment_id = '${due.id}'`, 'delete'],
    ]) {
      expect(await refusal(house, 'desk', `${taking()}; ${change}`)).toBe(
        'permission denied for table statement',
      )
      expect(await refusal(house, 'owner', `${taking()}; ${change}`)).toBe(
        `rows of statement are kept for ever: ${verb} is refused`,
      )
    }
  })

  test('even if an owner switches off what writes it', async () => {
    const silently = `alter table move disable trigger order_makes_its_statement; ${taking()}`
    expect(await refusal(house, 'owner', silently)).toBe(
      'a decision against a text has a statement of reasons',
    )
  })

  test('and cannot be appealed', async () => {
    const filing = `${taking()}; insert into appeal (comment_id, seq, text_hash) values ('${due.id}', ${due.seq + 1}, '\\x00')`
    expect(await refusalTo(both, filing)).toBe('appeal_of_what_stands')
  })
})

test('a move without an order has the hash that it had before there were orders', async () => {
  const before = `
    select count(*)::int as moves,
           bool_and(m.hash = sha256(coalesce(m.prev_hash, '\\x') || convert_to(jsonb_build_array(
             m.comment_id, m.seq, m.id, m.site, m.action, m.proposal, m.from_status, m.to_status, m.actor,
             m.person_id, m.key_id, m.judged_revision, m.revision, m.rules,
             encode(m.words_hash, 'hex'), encode(m.text_hash, 'hex'),
             (extract(epoch from m.decided_at) * 1000)::bigint, (extract(epoch from m.shows_from) * 1000)::bigint,
             m.earlier_revision, (extract(epoch from m.first_shown_at) * 1000)::bigint,
             m.escalation_seq, m.first_person_id, encode(m.back_to_hash, 'hex'))::text, 'UTF8'))) as same
      from move m where order_id is null`
  expect(await found(house, before)).toEqual([{ moves: expect.any(Number), same: true }])
})

describe('an order', () => {
  test.each([
    ['its kind', `kind = 'art10'`],
    ['its country', `country = 'FR'`],
    ['its authority', `authority = 'Another'`],
    ['its basis', `legal_basis = 'Another'`],
    ['its reference', `reference = 'Another'`],
    ['its day', `received_on = '2026-11-21'`],
    ['its scope', `scope = '{FR}'`],
    ['who wrote it down', `person_id = (select id from person where id <> person_id limit 1)`],
    ['when', `registered_at = registered_at - interval '1 day'`],
  ])('stays as it was received: %s', async (_what, change) => {
    const sql = `update legal_order set ${change} where id = '${order}'`
    expect(await refusal(house, 'owner', sql)).toBe('an order stays as it was received')
    expect(await refusal(house, 'desk', sql)).toBe('permission denied for table legal_order')
  })

  test('is kept, with what it names', async () => {
    for (const table of ['legal_order', 'legal_order_comment']) {
      expect(await refusal(house, 'owner', `delete from ${table}`)).toBe(
        `rows of ${table} are kept for ever: delete is refused`,
      )
      expect(await refusal(house, 'desk', `delete from ${table}`)).toBe(
        `permission denied for table ${table}`,
      )
      expect(await refusal(house, 'owner', `truncate ${table} cascade`)).toMatch(/kept for ever/)
    }
    const moved = `update legal_order_comment set comment_id = '${other.id}' where comment_id = '${due.id}' and order_id = '${order}'`
    expect(await refusal(house, 'owner', moved)).toMatch(/kept for ever/)
  })

  test('names comments of its own site', async () => {
    const elsewhere = await aGround(house)
    const { id } = await aComment(house, elsewhere.site)
    const sql = `insert into legal_order_comment values ('${order}', '${id}')`
    expect(await refusalTo(both, sql)).toBe('an order names comments of its site')
  })

  test('has no effect without a day, and none that is unknown', async () => {
    for (const change of [`effect = 'refused'`, `effect_on = now()`, `effect = 'none', effect_on = now()`]) {
      expect(await refusalTo(both, `update legal_order set ${change} where id = '${order}'`)).toBe(
        'legal_order_effect',
      )
    }
    const odd = `insert into legal_order (site, kind, country, authority, received_on, person_id, registered_at)
                 values ('${ground.site}', 'wish', 'DE', 'A', now(), '${ground.ada.id}', now())`
    expect(await refusalTo(both, odd)).toBe('legal_order_kind')
    expect(await refusalTo(both, odd.replace('wish', 'art9').replace('DE', 'de'))).toBe('legal_order_country')
  })
})

describe('while a hold stands', () => {
  const standsHold = 'the words of this comment are held'

  test('nothing erases the words', async () => {
    const id = held.id
    const why = `select erase_comment_for('${id}', '${ground.ada.id}', 'other', null, 'x')`
    expect(await refusalTo(both, `select erase_comment('${id}', 'reader', null)`)).toBe(standsHold)
    expect(await refusalTo(both, `select erase_comment('${id}', 'system', null)`)).toBe(standsHold)
    expect(await refusalTo(both, why)).toBe(standsHold)
    const direct = `insert into erasure (comment_id, asked_by) values ('${id}', 'reader')`
    expect(await refusal(house, 'owner', direct)).toBe(standsHold)
    expect(await refusal(house, 'desk', direct)).toBe('permission denied for table erasure')
  })

  test('it is kept, and ends once, by somebody', async () => {
    expect(await refusal(house, 'owner', 'delete from hold')).toMatch(/kept for ever/)
    expect(await refusal(house, 'owner', 'truncate hold')).toMatch(/kept for ever/)
    for (const change of [
      'reason = null',
      `reason = 'Another.'`,
      `comment_id = '${other.id}'`,
      `person_id = '${ground.ada.id}'`,
      `placed_at = now() - interval '1 day'`,
      `order_id = '${order}'`,
    ]) {
      const sql = `update hold set ${change} where id = '${hold}'`
      expect(await refusal(house, 'owner', sql)).toBe('a hold ends, and nothing else of it changes')
      expect(await refusal(house, 'desk', sql)).toBe('permission denied for table hold')
    }
    const ended = `update hold set ended_by = '${ground.ben.id}' where id = '${hold}'`
    const again = `${ended}; update hold set ended_by = '${ground.ada.id}' where id = '${hold}'`
    expect(await refusalTo(both, again)).toBe('a hold ends once')
    expect(await refusalTo(both, `${ended}; update hold set ended_by = null where id = '${hold}'`)).toBe(
      'a hold ends once',
    )
    expect(await refusal(house, 'owner', `update hold set ended_at = now() where id = '${hold}'`)).toBe(
      'hold_ended',
    )
  })

  test('it does not begin ended, without a reason, for an order that does not name the comment, or after the words', async () => {
    const place = (columns: string, values: string) =>
      `insert into hold (comment_id, person_id, placed_at, ${columns}) values ('${other.id}', '${ground.ada.id}', now(), ${values})`
    expect(await refusalTo(both, place('reason, ended_by', `'x', '${ground.ada.id}'`))).toBe(
      'a hold stands before it ends',
    )
    expect(await refusalTo(both, place('reason', 'null'))).toBe('hold_standing_has_a_reason')
    expect(await refusalTo(both, place('reason, order_id', `'x', '${order}'`))).toBe('hold_order_fkey')
    const gone = await standing(house, await aCommentIn(house, 'rejected', ground.site, ground.ada))
    await allowed(house, 'desk', `select erase_comment('${gone.id}', 'system', null)`)
    expect(await refusalTo(both, place('reason', `'x'`).replace(other.id, gone.id))).toBe('hold_of_words')
  })

  test('a wish stays until it is done', async () => {
    const wish = `insert into erasure_wish values ('${held.id}')`
    expect(await refusal(house, 'owner', `${wish}; delete from erasure_wish`)).toBe(
      'words are erased by erase_comment(), which logs it',
    )
    expect(await refusal(house, 'desk', `${wish}; delete from erasure_wish`)).toBe(
      'permission denied for table erasure_wish',
    )
  })
})

const erase = (why: string, of = rejected.id) =>
  `select erase_comment_for('${of}', '${ground.ada.id}', ${why})`

describe('an erasure for somebody else', () => {
  test('has a reason, and an order where that is the reason', async () => {
    expect(await refusalTo(both, erase(`null, null, 'x'`))).toBe('an erasure for somebody else has a reason')
    expect(await refusalTo(both, erase(`'whim', null, 'x'`))).toBe('erasure_reason')
    expect(await refusalTo(both, erase(`'order', null, 'x'`))).toBe('erasure_reason')
    expect(await refusalTo(both, erase(`'other', '${order}', 'x'`))).toBe('erasure_reason')
    expect(await refusalTo(both, erase(`'order', '${request}', 'x'`))).toBe(
      'only an order to act against content acts',
    )
    expect(await refusalTo(both, erase(`'order', '${ground.ada.id}', 'x'`))).toMatch(
      /^erasure_order_fkey$|^only an order to act against content acts$/,
    )
    const direct = `insert into erasure (comment_id, asked_by, reason) values ('${rejected.id}', 'reader', 'other')`
    expect(await refusal(house, 'owner', direct)).toBe('erasure_reason')
    const noted = direct.replace('reason)', 'note)')
    expect(await refusal(house, 'owner', noted)).toBe('erasure_reason')
  })

  test('does not reach what shows or waits', async () => {
    expect(await refusalTo(both, erase(`'other', null, 'x'`, due.id))).toBe('comment_erased_is_settled')
    expect(await refusalTo(both, erase(`'other', null, 'x'`, pending.id))).toBe('comment_erased_is_settled')
  })
})

describe('danger', () => {
  test('raises a comment, and nothing lowers it', async () => {
    const { id } = await aComment(house, ground.site)
    await allowed(house, 'desk', `insert into danger values ('${id}', '${ground.ada.id}')`)
    const priority = `select priority from waiting where comment_id = '${id}'`
    expect(await found(house, priority)).toEqual([{ priority: 3 }])
    await allowed(house, 'desk', `update screening set signals = '[]' where comment_id = '${id}'`)
    await allowed(house, 'owner', `select raise_priority('${id}', 1::smallint)`)
    expect(await found(house, priority)).toEqual([{ priority: 3 }])
    expect((await decision(house, ground.ada.key, id, { action: 'approve' })).status).toBe(201)
    expect((await decision(house, ground.ada.key, id, { action: 'undo' })).status).toBe(201)
    expect(await found(house, priority)).toEqual([{ priority: 3 }])
    const lower = `update waiting set priority = 0 where comment_id = '${id}'`
    expect(await refusal(house, 'desk', lower)).toBe('permission denied for table waiting')
    expect(await refusal(house, 'desk', `select raise_priority('${id}', 3::smallint)`)).toBe(
      'permission denied for function raise_priority',
    )
    expect(await refusal(house, 'owner', 'delete from danger')).toMatch(/kept for ever/)
    expect(await refusal(house, 'owner', `update danger set person_id = '${ground.ben.id}'`)).toMatch(
      /kept for ever/,
    )
  })
})
