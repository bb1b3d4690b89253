import { anAppealed, movesOf, resolve } from '../support/appeals.ts'
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
import { type House, openHouse } from '../support/house.ts'
import { aComment, aPerson, decision, type TestPerson } from '../support/people.ts'
import { aCommentIn } from '../support/states.ts'

/** What PostgreSQL itself says of statements and appeals, whoever asks. */
let house: House
let ground: Ground
let eve: TestPerson

const roles = ['owner', 'desk'] as const
const salt = `decode('${'5a'.repeat(16)}', 'hex')`

beforeAll(async () => {
  house = await openHouse()
  ground = await aGround(house)
  eve = await aPerson(house, ground.site, 'editor')
})
afterAll(() => house.close())

/** A comment that ada rejected, or another decision of hers. */
async function against(action: 'reject' | 'return' = 'reject'): Promise<Standing> {
  const comment = await aComment(house, ground.site)
  const rules = [ground.rule('topic')]
  await allowed(
    house,
    'desk',
    move(await standing(house, comment), action, { person_id: ground.ada.id, rules }),
  )
  return standing(house, comment)
}

/** The same with an edit that shows. */
async function edited(): Promise<Standing> {
  const comment = await aComment(house, ground.site)
  const on = await standing(house, comment)
  const rules = [ground.rule('respect')]
  await allowed(
    house,
    'desk',
    `${move(on, 'edit', { person_id: ground.ada.id, rules })}; ${newText(on, { rules })}`,
  )
  await house.ahead(31)
  return standing(house, comment)
}

interface Filing {
  seq?: number
  text?: string
  /** columns that are not the caller's to write */
  claims?: Record<string, string>
}

function filing(on: Standing, { seq = on.seq, text = 'No.', claims = {} }: Filing = {}): string {
  const columns = ['', ...Object.keys(claims)].join(', ')
  const values = ['', ...Object.values(claims)].join(', ')
  return `
    with filed as (
      insert into appeal (comment_id, seq, text_hash${columns})
      values ('${on.id}', ${seq}, words_hash(${salt}, '${text}', null)${values}) returning id
    )
    insert into appeal_text (appeal_id, part, comment_id, text, salt)
    select id, 'appeal', '${on.id}', '${text}', ${salt} from filed`
}

async function filed(on: Standing): Promise<Standing & { appeal: string }> {
  await allowed(house, 'desk', filing(on))
  const [id] = await listed(house, `select id from appeal where comment_id = '${on.id}' and status = 'open'`)
  return { ...on, appeal: String(id) }
}

interface Settling {
  outcome?: string
  by?: string
  outcomeSeq?: number | null
}

function settling(
  { id, appeal }: { id: string; appeal: string },
  { outcome = 'upheld', by = eve.id, outcomeSeq = null }: Settling = {},
): string {
  return `update appeal set status = 'decided', outcome = '${outcome}', reviewer_id = '${by}', outcome_seq = ${outcomeSeq},
                 explanation_hash = words_hash(${salt}, 'Yes.', null) where id = '${appeal}';
          insert into appeal_text (appeal_id, part, comment_id, text, salt)
          values ('${appeal}', 'explanation', '${id}', 'Yes.', ${salt})`
}

const restore = (on: Standing, columns: Columns = {}) =>
  move(on, 'restore', { person_id: eve.id, revision: 1, ...columns })

describe('every decision against a text has its statement', () => {
  test('made by the log, with what the log says', async () => {
    const on = await against()
    const [statement] = await found(house, `select * from statement where comment_id = '${on.id}'`)
    expect(statement).toMatchObject({
      seq: 2,
      site: ground.site,
      action: 'reject',
      decider_id: ground.ada.id,
      first_person_id: ground.ada.id,
      content_language: 'en',
      source: 'own',
      automated_detection: false,
    })
    expect(statement?.['id']).not.toBe(on.id)
    const due = await edited()
    expect(
      await found(
        house,
        `select n.applies_from = m.shows_from as applies, n.appeal_until - n.applies_from = interval '190 days' as until
           from statement n join move m using (comment_id, seq) where comment_id = '${due.id}'`,
      ),
    ).toEqual([{ applies: true, until: true }])
  })

  test('and names the first of two people', async () => {
    const { id } = await aComment(house, ground.site)
    await decision(house, ground.ada.key, id, { action: 'escalate', proposal: 'reject', rules: ['at_risk'] })
    await decision(house, ground.ben.key, id, { action: 'reject', rules: ['at_risk'] })
    expect(
      await found(house, `select seq, decider_id, first_person_id from statement where comment_id = '${id}'`),
    ).toEqual([{ seq: 3, decider_id: ground.ben.id, first_person_id: ground.ada.id }])
  })

  test('and nothing else has one', async () => {
    const { id } = await aCommentIn(house, 'published, not due', ground.site, ground.ada)
    for (const seq of [1, 2, 3]) {
      const sql = `insert into statement (comment_id, seq) values ('${id}', ${seq})`
      expect(await refusal(house, 'desk', sql)).toBe('permission denied for table statement')
      expect(await refusal(house, 'owner', sql)).toMatch(/^statement_action$|not-null constraint$/)
    }
    expect(await listed(house, `select seq from statement where comment_id = '${id}'`)).toEqual([])
  })

  test.each(roles)('which %s neither leaves out, nor changes, nor removes', async (role) => {
    const on = await against()
    const denied = role === 'desk' ? 'permission denied for table statement' : null
    const one = `where comment_id = '${on.id}'`
    for (const change of [
      `update statement set appeal_until = null ${one}`,
      `update statement set source = 'notice' ${one}`,
      `update statement set decider_id = '${eve.id}' ${one}`,
    ]) {
      expect(await refusal(house, role, change)).toBe(
        denied ?? 'rows of statement are kept for ever: update is refused',
      )
    }
    expect(await refusal(house, role, `delete from statement ${one}`)).toBe(
      denied ?? 'rows of statement are kept for ever: delete is refused',
    )
    expect(await refusal(house, role, 'truncate statement cascade')).toMatch(
      denied ?? /^rows of \w+ are kept for ever: truncate is refused$/,
    )
    const forged = `insert into statement (comment_id, seq, site, action, decider_id, first_person_id, decided_at,
        applies_from, content_language, automated_detection)
      values ('${on.id}', 2, '${ground.site}', 'reject', '${eve.id}', '${eve.id}', moment(), moment(), 'en', false)`
    expect(await refusal(house, role, forged)).toBe(denied ?? 'statement_pkey')
  })

  test('even if an owner switches off what writes it', async () => {
    const { id } = await aComment(house, ground.site)
    const on = await standing(house, { id })
    const rejecting = move(on, 'reject', { person_id: ground.ada.id, rules: [ground.rule('topic')] })
    const silently = `alter table move disable trigger move_makes_its_statement; ${rejecting}`
    expect(await refusal(house, 'owner', silently)).toBe(
      'a decision against a text has a statement of reasons',
    )
    const byAnother = `insert into statement (comment_id, seq, site, action, decider_id, first_person_id, decided_at,
        applies_from, content_language, automated_detection)
      values ('${id}', 2, '${ground.site}', 'reject', '${eve.id}', '${eve.id}', moment(), moment(), 'en', false)`
    expect(await refusalByKeys(house, byAnother)).toBe('statement_decision_fkey')
  })
})

describe('an appeal is filed', () => {
  test.each(roles)('once against a decision: %s', async (role) => {
    const on = await filed(await against())
    expect(await refusal(house, role, filing(on))).toBe('appeal_once_key')
    await allowed(house, 'desk', settling(on))
    expect(await refusal(house, role, filing(on))).toBe('appeal_once_key')
    const claims = {
      site: `'${ground.site}'`,
      decider_id: `'${ground.ada.id}'`,
      first_person_id: `'${ground.ada.id}'`,
      version: '2',
      filed_at: 'moment()',
    }
    expect(await refusalByKeys(house, filing(on, { claims }))).toBe('appeal_once_key')
  })

  test.each(roles)('against a decision that stands, that the reader knows, and in time: %s', async (role) => {
    const stands = 'appeal_of_what_stands'
    const pending = await standing(house, await aComment(house, ground.site))
    expect(await refusal(house, role, filing(pending))).toBe(stands)
    const approved = await standing(
      house,
      await aCommentIn(house, 'published, not due', ground.site, ground.ada),
    )
    expect(await refusal(house, role, filing(approved))).toBe(stands)
    const restored = await against()
    await allowed(house, 'desk', restore(restored))
    expect(await refusal(house, role, filing(restored))).toBe(stands)
    const undone = await against()
    await allowed(house, 'desk', move(undone, 'undo', { person_id: ground.ada.id, to_status: 'pending' }))
    expect(await refusal(house, role, filing(undone))).toBe(stands)
    const rejected = await against()
    expect(await refusal(house, role, filing(rejected, { seq: 1 }))).toBe(stands)
    expect(await refusal(house, role, filing(rejected, { seq: 3 }))).toBe(stands)
    const shownLater = await standing(house, await aComment(house, ground.site))
    const rules = [ground.rule('respect')]
    await allowed(
      house,
      'desk',
      `${move(shownLater, 'edit', { person_id: ground.ada.id, rules })}; ${newText(shownLater, { rules })}`,
    )
    expect(await refusal(house, role, filing(shownLater, { seq: 2 }))).toBe(stands)
    const erased = await against()
    await house.owner.query(`select erase_comment('${erased.id}', 'person', '${eve.id}')`)
    expect(await refusal(house, role, filing(erased))).toBe(stands)
    const late = await against()
    await house.ahead(190 * 86_400)
    expect(await refusal(house, role, filing(late))).toBe('appeal_in_time')
  })

  test.each(roles)('as what it is, whatever %s claims', async (role) => {
    const on = await against()
    const claims = {
      site: `'another-site'`,
      decider_id: `'${eve.id}'`,
      first_person_id: `'${eve.id}'`,
      version: '9',
      filed_at: `'2001-01-01'`,
    }
    for (const status of [`'lapsed'`, `'decided'`]) {
      expect(await refusal(house, role, filing(on, { claims: { ...claims, status } }))).toMatch(
        /^an appeal begins open$|^appeal_is_decided_whole$/,
      )
    }
    await allowed(house, role, filing(on, { claims }))
    expect(
      await found(
        house,
        `select site, decider_id, first_person_id, version, filed_at > moment() - interval '1 minute' as just_now
           from appeal where comment_id = '${on.id}'`,
      ),
    ).toEqual([
      {
        site: ground.site,
        decider_id: ground.ada.id,
        first_person_id: ground.ada.id,
        version: 2,
        just_now: true,
      },
    ])
  })

  test.each(roles)('with its words, and no others: %s', async (role) => {
    const on = await against()
    const wordless = `insert into appeal (comment_id, seq, text_hash) values ('${on.id}', 2, '\\x00')`
    expect(await refusal(house, role, wordless)).toBe('an appeal brings the words whose hash it has')
    const other = filing(on).replace(`'appeal', '${on.id}', 'No.'`, `'appeal', '${on.id}', 'Yes.'`)
    expect(await refusal(house, role, other)).toBe('these words are not the ones of the appeal')
    const { appeal } = await filed(on)
    const update = `update appeal_text set text = 'Yes.' where appeal_id = '${appeal}'`
    const remove = `delete from appeal_text where appeal_id = '${appeal}'`
    const denied = role === 'desk' ? 'permission denied for table appeal_text' : null
    expect(await refusal(house, role, update)).toBe(
      denied ?? 'rows of appeal_text are kept for ever: update is refused',
    )
    expect(await refusal(house, role, remove)).toBe(
      denied ?? 'words are erased by erase_comment(), which logs it',
    )
  })
})

describe('an appeal is decided', () => {
  test.each(roles)('by another than who decided: %s', async (role) => {
    const on = await filed(await against())
    const own = settling(on, { by: ground.ada.id })
    expect(await refusal(house, role, own)).toBe('appeal_reviewer_is_another')
    const timed = own.replace(`status = 'decided'`, `status = 'decided', reviewed_at = moment()`)
    expect(await refusalByKeys(house, timed)).toBe('appeal_reviewer_is_another')
    const reversing = `${settling(on, { by: ground.ada.id, outcome: 'reversed', outcomeSeq: 3 })};
      ${restore(on, { person_id: ground.ada.id })}`
    expect(await refusal(house, role, reversing)).toBe('appeal_reviewer_is_another')
  })

  test.each(roles)('by another than the first of two: %s', async (role) => {
    const { id } = await aComment(house, ground.site)
    await decision(house, ground.ada.key, id, { action: 'escalate', proposal: 'reject', rules: ['at_risk'] })
    await decision(house, ground.ben.key, id, { action: 'reject', rules: ['at_risk'] })
    const on = await filed(await standing(house, { id }))
    for (const { id: by } of [ground.ada, ground.ben]) {
      expect(await refusal(house, role, settling(on, { by }))).toBe('appeal_reviewer_is_another')
    }
    for (const column of ['decider_id', 'first_person_id']) {
      const forged = `update appeal set ${column} = '${eve.id}' where id = '${on.appeal}'`
      expect(await refusal(house, role, forged)).toBe(
        role === 'desk' ? 'permission denied for table appeal' : 'an appeal is settled once',
      )
      expect(await refusalByKeys(house, forged)).toBe('appeal_statement_fkey')
    }
    await allowed(house, role, settling(on))
  })

  test.each(roles)('by somebody, wholly: %s', async (role) => {
    const on = await filed(await against())
    const whole = 'appeal_is_decided_whole'
    const one = `where id = '${on.appeal}'`
    for (const [columns, reason] of [
      [`status = 'decided'`, whole],
      [`status = 'decided', outcome = 'upheld'`, whole],
      [`status = 'decided', outcome = 'upheld', reviewer_id = '${eve.id}'`, whole],
      [`status = 'decided', outcome = 'upheld', explanation_hash = '\\x00'`, whole],
      [`status = 'decided', reviewer_id = '${eve.id}', explanation_hash = '\\x00'`, whole],
      [
        `status = 'decided', outcome = 'maybe', reviewer_id = '${eve.id}', explanation_hash = '\\x00'`,
        'appeal_outcome',
      ],
      [
        `status = 'decided', outcome = 'upheld', reviewer_id = '${eve.id}', explanation_hash = '\\x00'`,
        'an appeal brings the words whose hash it has',
      ],
      [
        `status = 'decided', outcome = 'upheld', reviewer_id = '${on.id}', explanation_hash = '\\x00'`,
        'appeal_reviewer_id_fkey',
      ],
      [
        `status = 'decided', outcome = 'upheld', reviewer_id = '${eve.id}', explanation_hash = '\\x00', key_id = '${ground.adasKey}'`,
        'appeal_key_id_reviewer_id_fkey',
      ],
      [`outcome = 'upheld'`, 'an appeal is settled once'],
      [`status = 'lapsed'`, 'an appeal lapses when something else happened'],
      [`status = 'open'`, 'an appeal is settled once'],
      [`status = 'gone'`, /appeal_status|an appeal lapses when something else happened/],
    ] as const) {
      expect(await refusal(house, role, `update appeal set ${columns} ${one}`)).toMatch(reason)
    }
    expect(await refusal(house, role, `delete from appeal ${one}`)).toBe(
      role === 'desk'
        ? 'permission denied for table appeal'
        : 'rows of appeal are kept for ever: delete is refused',
    )
    await allowed(house, role, settling(on))
    expect(await refusal(house, role, settling(on, { outcome: 'reversed', outcomeSeq: 3 }))).toBe(
      'an appeal is settled once',
    )
    expect(await refusal(house, role, `update appeal set status = 'open' ${one}`)).toBe(
      'an appeal is settled once',
    )
  })

  test.each(roles)('with the moves that carry its outcome out, and no others: %s', async (role) => {
    const on = await filed(await against())
    const reversed = settling(on, { outcome: 'reversed', outcomeSeq: 3 })
    expect(await refusal(house, role, reversed)).toMatch(/^appeal_outcome_fkey$|^what an appeal reverses/)
    expect(await refusal(house, role, settling(on, { outcome: 'reversed' }))).toBe('appeal_outcome_is_moves')
    for (const outcomeSeq of [1, 2, 4, 5]) {
      const elsewhere = settling(on, { outcome: 'reversed', outcomeSeq })
      expect(await refusal(house, role, elsewhere)).toBe('appeal_outcome_is_moves')
    }
    expect(await refusal(house, role, settling(on, { outcome: 'upheld', outcomeSeq: 2 }))).toBe(
      'appeal_outcome_is_moves',
    )
    const byAnother = `${reversed}; ${restore(on, { person_id: ground.ben.id })}`
    expect(await refusal(house, role, byAnother)).toMatch(/^appeal_outcome_fkey$|^what an appeal reverses/)
    const byReader = `${reversed}; ${move(on, 'withdraw')}`
    expect(await refusal(house, role, byReader)).toMatch(/^appeal_outcome_fkey$|^what an appeal reverses/)
    const halfway = `${settling(on, { outcome: 'partly_reversed', outcomeSeq: 4 })}; ${restore(on)}`
    expect(await refusal(house, role, halfway)).toBe('appeal_outcome_fkey')
    await allowed(house, role, `${reversed}; ${restore(on)}`)
    expect(await listed(house, `select outcome_action from appeal where id = '${on.appeal}'`)).toEqual([
      'restore',
    ])
  })

  test.each(roles)('restoring what was judged, not another revision: %s', async (role) => {
    const { id } = await edited()
    const rules = [ground.rule('respect')]
    const first = await standing(house, { id })
    await allowed(
      house,
      'desk',
      `${move(first, 'edit', { person_id: ground.ada.id, rules })}; ${newText(first, { rules })}`,
    )
    await house.ahead(31)
    const on = await filed(await standing(house, { id }))
    const reversed = settling(on, { outcome: 'reversed', outcomeSeq: 4 })
    expect(await refusal(house, role, `${reversed}; ${restore(on, { revision: 1 })}`)).toBe(
      'what an appeal reverses is restored as it was judged',
    )
    await allowed(house, role, `${reversed}; ${restore(on, { revision: 2 })}`)
  })

  test.each(roles)('and whatever else happens ends it: %s', async (role) => {
    const on = await filed(await against())
    await allowed(house, role, move(on, 'withdraw'))
    expect(await found(house, `select status, outcome from appeal where id = '${on.appeal}'`)).toEqual([
      { status: 'lapsed', outcome: null },
    ])
    expect(await refusal(house, role, settling(on))).toBe('an appeal is settled once')
  })
})

describe('what is published or returned is restored', () => {
  const alone = /^what is (?:published|returned) is restored by the outcome of an appeal alone$/

  test.each(roles)('by no %s without an appeal', async (role) => {
    for (const on of [await edited(), await against('return')]) {
      expect(await refusal(house, role, restore(on))).toMatch(alone)
    }
  })

  test.each(roles)('by nobody while an appeal is open, upheld, or decided by another: %s', async (role) => {
    const on = await filed(await against('return'))
    expect(await refusal(house, role, restore(on))).toMatch(alone)
    const byBen = `${settling(on, { outcome: 'reversed', outcomeSeq: 3 })}; ${restore(on, { person_id: ground.ben.id })}`
    expect(await refusal(house, role, byBen)).toMatch(/^appeal_outcome_fkey$|alone$|as it was judged$/)
    await allowed(house, 'desk', settling(on))
    expect(await refusal(house, role, restore(on))).toMatch(alone)
  })

  test.each(roles)('by its outcome: %s', async (role) => {
    for (const on of [await filed(await edited()), await filed(await against('return'))]) {
      await allowed(house, role, `${settling(on, { outcome: 'reversed', outcomeSeq: 3 })}; ${restore(on)}`)
      expect(await standing(house, on)).toMatchObject({ status: 'published', revision: 1 })
    }
  })

  test('and no row of the table leads back from there', async () => {
    expect(
      await listed(
        house,
        `select to_status from transition where action = 'undo' and from_status = 'published' order by 1`,
      ),
    ).not.toContain('returned')
  })
})

describe('an outcome', () => {
  test.each(roles)('is undone by no %s', async (role) => {
    for (const [on, to] of [
      [await filed(await edited()), 'published'],
      [await filed(await against()), 'rejected'],
    ] as const) {
      await allowed(house, 'desk', `${settling(on, { outcome: 'reversed', outcomeSeq: 3 })}; ${restore(on)}`)
      const undo = move(await standing(house, on), 'undo', { person_id: eve.id, to_status: to })
      expect(await refusal(house, role, undo)).toBe('the outcome of an appeal cannot be undone')
    }
  })

  test.each(roles)('in two moves never shows the first of them: %s', async (role) => {
    const on = await filed(await edited())
    const rules = [ground.rule('form')]
    const restored: Standing = { ...on, seq: 3, status: 'published', revision: 1 }
    await house.owner.query('update site set publish_delay = 0 where key = $1', [ground.site])
    await allowed(
      house,
      role,
      `${settling(on, { outcome: 'partly_reversed', outcomeSeq: 4 })}; ${restore(on)};
       ${move(restored, 'edit', { person_id: eve.id, rules })}; ${newText(restored, { rules })}`,
    )
    await house.owner.query('update site set publish_delay = 30 where key = $1', [ground.site])
    expect(
      await found(house, `select seq, revision, earlier_revision from comment where id = '${on.id}'`),
    ).toEqual([{ seq: 4, revision: 4, earlier_revision: 2 }])
    expect(
      await listed(house, `select appeal_until from statement where comment_id = '${on.id}' and seq = 4`),
    ).toEqual(['null'])
    const again = await standing(house, on)
    expect(await refusal(house, role, filing(again))).toBe('appeal_of_what_stands')
  })
})

describe('retention', () => {
  test('waits for an open appeal, for one that may still come, and after an outcome', async () => {
    const needed = async ({ id }: { id: string }) =>
      (await listed(house, `select words_are_needed('${id}')`))[0]
    const on = await filed(await against())
    const returned = await filed(await against('return'))
    const free = await against()
    await house.ahead(189 * 86_400)
    expect(await Promise.all([on].map(needed))).toEqual(['true'])
    expect(await needed(free)).toBe('true')
    await house.ahead(2 * 86_400)
    expect(await needed(free)).toBe('false')
    expect(await needed(on)).toBe('true')
    expect(await needed(returned)).toBe('true')
    await allowed(house, 'desk', settling(on))
    await house.ahead(219 * 86_400)
    expect(await needed(on)).toBe('true')
    await house.ahead(2 * 86_400)
    expect(await needed(on)).toBe('false')
    await allowed(house, 'desk', move(await standing(house, returned), 'withdraw'))
    expect(await needed(returned)).toBe('false')
  })
})

test('the service leaves what these rules ask for', async () => {
  const { id, appeal } = await anAppealed(house, ground.site, ground.ada, 'reject')
  const asked = { outcome: 'partly_reversed', text: 'Late.', rules: ['respect'] }
  expect((await resolve(house, ground.ben.key, appeal, asked)).status).toBe(200)
  expect(await movesOf(house, id)).toEqual(['submit', 'reject', 'restore', 'edit'])
  expect(
    await found(
      house,
      `select reviewer_id, key_id is not null as keyed, outcome_seq from appeal where id = '${appeal}'`,
    ),
  ).toEqual([{ reviewer_id: ground.ben.id, keyed: true, outcome_seq: 4 }])
})
