import { movesOf, resolve } from '../support/appeals.ts'
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
import { aPerson, type TestPerson } from '../support/people.ts'
import { aReport, aReportersAppeal, keep } from '../support/report-appeals.ts'
import { aCommentIn } from '../support/states.ts'

/** What PostgreSQL itself says of appeals against keeping a comment, whoever asks. */
let house: House
let ground: Ground
let eve: TestPerson
let people: { publisher: TestPerson; resolver: TestPerson }

const roles = ['owner', 'desk'] as const
const salt = `decode('${'5a'.repeat(16)}', 'hex')`
const day = 86_400

beforeAll(async () => {
  house = await openHouse()
  ground = await aGround(house)
  eve = await aPerson(house, ground.site, 'editor')
  people = { publisher: ground.ada, resolver: ground.ben }
})
afterAll(() => house.close())

type Reported = Standing & { report: string; receipt: string }

/** A comment that shows, and that ben kept although it was reported. */
async function kept(): Promise<Reported> {
  const { id } = await aCommentIn(house, 'published, due', ground.site, ground.ada)
  const report = await aReport(house, ground.site, id)
  await keep(house, ground.ben, report.id)
  return { ...(await standing(house, { id })), report: report.id, receipt: report.receipt }
}

/** An appeal as an INSERT; `claims` are columns that are not the caller's to write. */
function filing(report: string, claims: Record<string, string> = {}): string {
  const columns = ['', ...Object.keys(claims)].join(', ')
  const values = ['', ...Object.values(claims)].join(', ')
  return `
    with filed as (
      insert into report_appeal (report_id, text_hash${columns})
      values ('${report}', words_hash(${salt}, 'No.', null)${values}) returning id
    )
    insert into report_appeal_text (appeal_id, part, text, salt) select id, 'appeal', 'No.', ${salt} from filed`
}

async function filed(): Promise<Reported & { appeal: string }> {
  const on = await kept()
  await allowed(house, 'desk', filing(on.report))
  const [appeal] = await listed(house, `select id from report_appeal where report_id = '${on.report}'`)
  return { ...on, appeal: String(appeal) }
}

interface Settling {
  outcome?: string
  by?: string
  outcomeSeq?: number | null
}

function settling(
  { appeal }: { appeal: string },
  { outcome = 'upheld', by = eve.id, outcomeSeq = null }: Settling = {},
): string {
  return `update report_appeal set status = 'decided', outcome = '${outcome}', reviewer_id = '${by}',
                 outcome_seq = ${outcomeSeq}, explanation_hash = words_hash(${salt}, 'Yes.', null) where id = '${appeal}';
          insert into report_appeal_text (appeal_id, part, text, salt)
          values ('${appeal}', 'explanation', 'Yes.', ${salt})`
}

const unpublish = (on: Standing, columns: Columns = {}) =>
  move(on, 'unpublish', { person_id: eve.id, rules: [ground.rule('topic')], ...columns })

function edit(on: Standing, person: TestPerson = eve): string {
  const rules = [ground.rule('respect')]
  return `${move(on, 'edit', { person_id: person.id, rules })}; ${newText(on, { rules })}`
}

/** All columns of an appeal as they would be, for an owner without triggers. */
function whole(on: Reported, columns: Record<string, string> = {}): string {
  const row = {
    position: '-1',
    report_id: `'${on.report}'`,
    resolver_id: `'${ground.ben.id}'`,
    comment_id: `'${on.id}'`,
    site: `'${on.site}'`,
    version: '2',
    filed_at: 'moment()',
    text_hash: `'x'`,
    ...columns,
  }
  return `insert into report_appeal (${Object.keys(row).join(', ')}) values (${Object.values(row).join(', ')})`
}

describe('an appeal of whoever reported is filed', () => {
  const about = 'report_appeal_of_what_was_kept'

  test.each(roles)('once: %s', async (role) => {
    const on = await filed()
    expect(await refusal(house, role, filing(on.report))).toBe('report_appeal_once_key')
    await allowed(house, 'desk', settling(on))
    expect(await refusal(house, role, filing(on.report))).toBe('report_appeal_once_key')
    expect(await refusalByKeys(house, whole(on))).toBe('report_appeal_once_key')
    const back = await filed()
    await allowed(
      house,
      'desk',
      `update report_appeal set status = 'lapsed', taken_back = true where id = '${back.appeal}'`,
    )
    expect(await refusal(house, role, filing(back.report))).toBe('report_appeal_once_key')
  })

  test.each(roles)('only against keeping, whoever %s says resolved it', async (role) => {
    const { id } = await aCommentIn(house, 'published, due', ground.site, ground.ada)
    const open = await aReport(house, ground.site, id)
    expect(await refusal(house, role, filing(open.id))).toBe(about)
    await ask(house, 'DELETE', '/v1/receipt', { key: open.receipt })
    expect(await refusal(house, role, filing(open.id))).toBe(about)
    const acted = await aReport(house, ground.site, id)
    await ask(house, 'POST', `/v1/moderation/reports/${acted.id}/resolution`, {
      key: ground.ben.key,
      body: { outcome: 'edit', version: 2, rules: ['respect'], text: 'Late.', explanation: 'Yes.' },
    })
    expect(await refusal(house, role, filing(acted.id))).toBe(about)
    expect(await refusal(house, role, filing(id))).toBe(about)

    const on = await kept()
    for (const { columns, report = on.report } of [
      { columns: {}, report: open.id },
      { columns: {}, report: acted.id },
      { columns: { resolver_id: `'${eve.id}'` } },
      { columns: { comment_id: `'${id}'` } },
      { columns: { site: `'elsewhere'` } },
    ]) {
      expect(await refusalByKeys(house, whole({ ...on, report }, columns))).toBe('report_appeal_report_fkey')
    }
    for (const column of ['report_id', 'resolver_id', 'comment_id', 'site', 'version']) {
      expect(await refusalByKeys(house, whole(on, { [column]: 'null' }))).toContain('not-null constraint')
    }
    expect(await refusalByKeys(house, whole(on, { report_outcome: `'edit'` }))).toMatch(/report_outcome/)
    expect(await refusalByKeys(house, whole(on))).toBeNull()
  })

  test.each(roles)('while what was kept shows, and in time: %s', async (role) => {
    for (const moved of [
      (on: Reported) => edit(on, ground.ada),
      (on: Reported) => unpublish(on),
      (on: Reported) => move(on, 'withdraw'),
    ]) {
      const on = await kept()
      await allowed(house, 'desk', moved(on))
      expect(await refusal(house, role, filing(on.report))).toBe(about)
    }
    const erased = await kept()
    await ask(house, 'POST', '/v1/receipt/erasure', { key: erased.receipt })
    expect(await refusal(house, role, filing(erased.report))).toBe(about)
    const late = await kept()
    await house.ahead(190 * day)
    expect(await refusal(house, role, filing(late.report))).toBe('report_appeal_in_time')
  })

  test.each(roles)('as what it is, whatever %s claims', async (role) => {
    const on = await kept()
    const claims = {
      position: '1',
      resolver_id: `'${eve.id}'`,
      comment_id: `'${eve.id}'`,
      site: `'elsewhere'`,
      version: '9',
      filed_at: `'2001-01-01'`,
    }
    for (const status of [`'lapsed'`, `'decided'`]) {
      expect(await refusal(house, role, filing(on.report, { ...claims, status }))).toMatch(
        /^an appeal begins open$|^report_appeal_is_decided_whole$/,
      )
    }
    expect(await refusal(house, role, filing(on.report, { taken_back: 'true' }))).toBe(
      'report_appeal_taken_back',
    )
    await allowed(house, role, filing(on.report, claims))
    expect(
      await found(
        house,
        `select resolver_id, comment_id, site, version, filed_at > moment() - interval '1 minute' as just_now,
                position > coalesce((select max(position) from appeal), 1) as last
           from report_appeal where report_id = '${on.report}'`,
      ),
    ).toEqual([
      {
        resolver_id: ground.ben.id,
        comment_id: on.id,
        site: ground.site,
        version: 2,
        just_now: true,
        last: true,
      },
    ])
  })

  test.each(roles)('with its words, and no others: %s', async (role) => {
    const on = await kept()
    const wordless = `insert into report_appeal (report_id, text_hash) values ('${on.report}', '\\x00')`
    expect(await refusal(house, role, wordless)).toBe('an appeal brings the words whose hash it has')
    const other = filing(on.report).replace(`'appeal', 'No.'`, `'appeal', 'Yes.'`)
    expect(await refusal(house, role, other)).toBe('these words are not the ones of the appeal')
    const { appeal } = await filed()
    const denied = role === 'desk' ? 'permission denied for table report_appeal_text' : null
    const one = `where appeal_id = '${appeal}'`
    expect(await refusal(house, role, `update report_appeal_text set text = 'Yes.' ${one}`)).toBe(
      denied ?? 'rows of report_appeal_text are kept for ever: update is refused',
    )
    expect(await refusal(house, role, `delete from report_appeal_text ${one}`)).toBe(
      denied ?? 'the words of an appeal go with those of its report',
    )
    expect(await refusal(house, role, 'truncate report_appeal_text')).toBe(
      denied ?? 'rows of report_appeal_text are kept for ever: truncate is refused',
    )
    const explained = `insert into report_appeal_text (appeal_id, part, text, salt)
      values ('${appeal}', 'explanation', 'Yes.', ${salt})`
    expect(await refusal(house, role, explained)).toBe('these words are not the ones of the appeal')
  })

  test('by the time that stood when the comment was kept, which nobody writes', async () => {
    const { id } = await aCommentIn(house, 'published, due', ground.site, ground.ada)
    const { id: report } = await aReport(house, ground.site, id)
    const longer = `update report set appeal_until = moment() + interval '9 years' where id = '${report}'`
    expect(await refusal(house, 'desk', longer)).toBe('permission denied for table report')
    expect(await refusalByKeys(house, longer)).toBe('report_appeal_until')
    await allowed(house, 'owner', longer)
    expect(await listed(house, `select appeal_until from report where id = '${report}'`)).toEqual(['null'])
    await keep(house, ground.ben, report)
    expect(
      await listed(
        house,
        `select appeal_until - resolved_at = interval '190 days' from report where id = '${report}'`,
      ),
    ).toEqual(['true'])
    expect(await refusal(house, 'owner', longer)).toContain('a report is resolved once')
  })
})

describe('it is decided', () => {
  test.each(roles)('by another than who kept the comment, and by no other writer of it: %s', async (role) => {
    const on = await filed()
    const own = settling(on, { by: ground.ben.id })
    expect(await refusal(house, role, own)).toBe('report_appeal_reviewer_is_another')
    const timed = own.replace(`status = 'decided'`, `status = 'decided', reviewed_at = moment()`)
    expect(await refusalByKeys(house, timed)).toBe('report_appeal_reviewer_is_another')
    const reversing = `${unpublish(on, { person_id: ground.ben.id })};
      ${settling(on, { by: ground.ben.id, outcome: 'reversed', outcomeSeq: 3 })}`
    expect(await refusal(house, role, reversing)).toBe('report_appeal_reviewer_is_another')
    const forged = `update report_appeal set resolver_id = '${eve.id}' where id = '${on.appeal}'`
    expect(await refusal(house, role, forged)).toBe(
      role === 'desk' ? 'permission denied for table report_appeal' : 'an appeal is settled once',
    )
    expect(await refusalByKeys(house, forged)).toBe('report_appeal_report_fkey')

    const sent = await ask(house, 'POST', `/v1/moderation/comments/${on.id}/replies`, {
      key: eve.key,
      body: { text: 'It was late.' },
    })
    await ask(house, 'POST', `/v1/moderation/comments/${sent.body.id}/decisions`, {
      key: ground.ada.key,
      body: { action: 'approve' },
      headers: { 'if-match': '"1"' },
    })
    await house.ahead(31)
    const report = await aReport(house, ground.site, sent.body.id)
    await keep(house, ground.ben, report.id)
    await allowed(house, 'desk', filing(report.id))
    const [appeal] = await listed(house, `select id from report_appeal where report_id = '${report.id}'`)
    expect(await refusal(house, role, settling({ appeal: String(appeal) }))).toBe(
      'report_appeal_reviewer_is_another',
    )
  })

  test.each(roles)('by somebody, wholly, once: %s', async (role) => {
    const on = await filed()
    const all = 'report_appeal_is_decided_whole'
    const one = `where id = '${on.appeal}'`
    const upheld = `status = 'decided', outcome = 'upheld'`
    for (const [columns, reason] of [
      [upheld, all],
      [`${upheld}, reviewer_id = '${eve.id}'`, all],
      [`${upheld}, explanation_hash = '\\x00'`, all],
      [`${upheld}, reviewer_id = null, explanation_hash = '\\x00', key_id = '${ground.adasKey}'`, all],
      [
        `status = 'decided', reviewer_id = '${eve.id}', explanation_hash = '\\x00'`,
        /_is_next$|_decided_whole$/,
      ],
      [
        `status = 'decided', outcome = 'maybe', reviewer_id = '${eve.id}', explanation_hash = '\\x00'`,
        /_is_next$|^report_appeal_outcome$/,
      ],
      [
        `${upheld}, reviewer_id = '${eve.id}', explanation_hash = '\\x00'`,
        'an appeal brings the words whose hash it has',
      ],
      [`${upheld}, reviewer_id = '${on.id}', explanation_hash = '\\x00'`, 'report_appeal_reviewer_id_fkey'],
      [
        `${upheld}, reviewer_id = '${eve.id}', explanation_hash = '\\x00', key_id = '${ground.adasKey}'`,
        'report_appeal_key_id_reviewer_id_fkey',
      ],
      [
        `${upheld}, reviewer_id = '${eve.id}', explanation_hash = '\\x00', taken_back = true`,
        'report_appeal_taken_back',
      ],
      [`outcome = 'upheld'`, 'an appeal is settled once'],
      [`taken_back = true`, 'an appeal is settled once'],
      [`status = 'lapsed'`, 'an appeal lapses when something else happened'],
      [`status = 'gone'`, /report_appeal_status|an appeal lapses when something else happened/],
    ] as const) {
      expect(await refusal(house, role, `update report_appeal set ${columns} ${one}`)).toMatch(reason)
    }
    const maybe = `status = 'decided', reviewed_at = moment(), outcome = 'maybe', reviewer_id = '${eve.id}', explanation_hash = '\\x00'`
    expect(await refusalByKeys(house, `update report_appeal set ${maybe} ${one}`)).toBe(
      'report_appeal_outcome',
    )
    expect(await refusal(house, role, `delete from report_appeal ${one}`)).toBe(
      role === 'desk'
        ? 'permission denied for table report_appeal'
        : 'rows of report_appeal are kept for ever: delete is refused',
    )
    expect(await refusal(house, role, 'truncate report_appeal cascade')).toMatch(
      role === 'desk' ? /^permission denied/ : /are kept for ever: truncate is refused$/,
    )
    await allowed(house, role, settling(on))
    for (const change of [
      `outcome = 'reversed', outcome_seq = 3`,
      `status = 'open'`,
      `status = 'lapsed', taken_back = true`,
      `reviewer_id = '${ground.ada.id}'`,
      `outcome = outcome`,
    ]) {
      expect(await refusal(house, role, `update report_appeal set ${change} ${one}`)).toBe(
        'an appeal is settled once',
      )
    }
  })

  test.each(roles)('with the move that carries its outcome out, and no other: %s', async (role) => {
    const on = await filed()
    const reversed = settling(on, { outcome: 'reversed', outcomeSeq: 3 })
    const next = 'report_appeal_outcome_is_next'
    expect(await refusal(house, role, reversed)).toBe(next)
    expect(await refusalByKeys(house, atATime(reversed))).toBe('report_appeal_outcome_fkey')
    expect(await refusal(house, role, `${unpublish(on)}; ${settling(on, { outcome: 'reversed' })}`)).toBe(
      'report_appeal_outcome_is_a_move',
    )
    expect(await refusal(house, role, settling(on, { outcome: 'upheld', outcomeSeq: 2 }))).toBe(
      'report_appeal_outcome_is_a_move',
    )
    for (const outcomeSeq of [1, 2, 4]) {
      const elsewhere = settling(on, { outcome: 'reversed', outcomeSeq })
      expect(await refusal(house, role, `${unpublish(on)}; ${elsewhere}`)).toBe(
        'report_appeal_outcome_is_a_move',
      )
    }
    const binding = 'report_appeal_outcome_fkey'
    const byAnother = unpublish(on, { person_id: ground.ada.id })
    expect(await refusal(house, role, `${byAnother}; ${reversed}`)).toBe(binding)
    expect(await refusal(house, role, `${edit(on)}; ${reversed}`)).toBe(binding)
    const partly = settling(on, { outcome: 'partly_reversed', outcomeSeq: 3 })
    expect(await refusal(house, role, `${unpublish(on)}; ${partly}`)).toBe(binding)
    expect(await refusal(house, role, `${move(on, 'withdraw')}; ${reversed}`)).toBe(next)
    // Upheld is what stands, not what was changed in the same breath.
    expect(await refusal(house, role, `${unpublish(on)}; ${settling(on)}`)).toBe(next)
    await allowed(house, role, `${unpublish(on)}; ${reversed}`)
    expect(
      await found(house, `select status, outcome_action from report_appeal where id = '${on.appeal}'`),
    ).toEqual([{ status: 'decided', outcome_action: 'unpublish' }])
    const other = await filed()
    await allowed(
      house,
      role,
      `${edit(other)}; ${settling(other, { outcome: 'partly_reversed', outcomeSeq: 3 })}`,
    )
  })

  test.each(roles)('under a rule, not an order of an authority: %s', async (role) => {
    const on = await filed()
    const ordered = await ask(house, 'POST', '/v1/moderation/orders', {
      key: house.admin,
      body: {
        site: ground.site,
        kind: 'art9',
        country: 'DE',
        authority: 'A court',
        receivedOn: '2026-01-01',
        comments: [on.id],
      },
    })
    expect(ordered.status).toBe(201)
    const taken = move(on, 'unpublish', { person_id: eve.id, cites: false, order_id: ordered.body.id })
    const reversed = settling(on, { outcome: 'reversed', outcomeSeq: 3 })
    expect(await refusal(house, role, `${taken}; ${reversed}`)).toBe('report_appeal_outcome_is_next')
  })

  test.each(roles)('each by a move of its own: %s', async (role) => {
    const on = await filed()
    const another = await aReport(house, ground.site, on.id)
    await keep(house, ground.ben, another.id)
    await allowed(house, 'desk', filing(another.id))
    const [appeal] = await listed(house, `select id from report_appeal where report_id = '${another.id}'`)
    const both = [on, { appeal: String(appeal) }].map((one) =>
      settling(one, { outcome: 'reversed', outcomeSeq: 3 }),
    )
    expect(await refusal(house, role, `${unpublish(on)}; ${both.join('; ')}`)).toBe(
      'report_appeal_outcome_key',
    )
    await allowed(house, role, `${unpublish(on)}; ${both[0]}`)
    expect(await listed(house, `select status from report_appeal where id = '${appeal}'`)).toEqual(['lapsed'])
  })

  test.each(roles)('for good: no %s undoes it', async (role) => {
    const on = await filed()
    await allowed(
      house,
      'desk',
      `${edit(on)}; ${settling(on, { outcome: 'partly_reversed', outcomeSeq: 3 })}`,
    )
    const undo = move(await standing(house, on), 'undo', { person_id: eve.id, to_status: 'published' })
    expect(await refusal(house, role, undo)).toBe('the outcome of an appeal cannot be undone')
  })

  test.each(roles)('unless something else happened: %s', async (role) => {
    const on = await filed()
    await allowed(house, role, unpublish(on))
    expect(await found(house, `select status, outcome from report_appeal where id = '${on.appeal}'`)).toEqual(
      [{ status: 'lapsed', outcome: null }],
    )
    expect(await refusal(house, role, settling(on))).toBe('an appeal is settled once')
  })
})

test.each(roles)('its words go with those of the report, and none come back: %s', async (role) => {
  const on = await filed()
  const [again] = await listed(
    house,
    `select format('insert into report_appeal_text values (%L, %L, %L, %L)', appeal_id, part, text, salt)
       from report_appeal_text where appeal_id = '${on.appeal}'`,
  )
  await allowed(house, role, `delete from report_text where report_id = '${on.report}'`)
  expect(await found(house, `select from report_appeal_text where appeal_id = '${on.appeal}'`)).toEqual([])
  expect(await listed(house, `select status from report_appeal where id = '${on.appeal}'`)).toEqual([
    'lapsed',
  ])
  expect(await refusal(house, role, String(again))).toBe('the words of this report are erased')
})

test('the author of what was reversed has a statement of reasons and time to appeal', async () => {
  const on = await filed()
  await allowed(house, 'desk', `${unpublish(on)}; ${settling(on, { outcome: 'reversed', outcomeSeq: 3 })}`)
  expect(
    await found(
      house,
      `select action, decider_id, appeal_until - applies_from = interval '190 days' as appealable
         from statement where comment_id = '${on.id}' and seq = 3`,
    ),
  ).toEqual([{ action: 'unpublish', decider_id: eve.id, appealable: true }])
})

test('retention waits for an open appeal, and after an outcome', async () => {
  const needed = async (id: string) => (await listed(house, `select words_are_needed('${id}')`))[0]
  const [on, free] = [await filed(), await kept()]
  await house.ahead(300 * day)
  expect([await needed(on.id), await needed(free.id)]).toEqual(['true', 'false'])
  await allowed(house, 'desk', settling(on))
  await house.ahead(219 * day)
  expect(await needed(on.id)).toBe('true')
  await house.ahead(2 * day)
  expect(await needed(on.id)).toBe('false')
})

test('what was kept before is appealed in the site’s days of now', async () => {
  const on = await kept()
  await house.owner.query(`alter table report disable trigger user`)
  await house.owner.query(`update report set appeal_until = null where id = $1`, [on.report])
  await house.owner.query(`alter table report enable trigger user`)
  const until = `select report_appeal_until('${on.report}') - resolved_at = interval '190 days' from report where id = '${on.report}'`
  expect(await listed(house, until)).toEqual(['true'])
  await allowed(house, 'desk', filing(on.report))
})

test('the service leaves what these rules ask for', async () => {
  await house.owner.query('update site set publish_delay = 0 where key = $1', [ground.site])
  const { id, appeal } = await aReportersAppeal(house, ground.site, people)
  const asked = { outcome: 'reversed', rules: ['respect'] }
  expect((await resolve(house, eve.key, appeal, asked)).status).toBe(200)
  expect(await movesOf(house, id)).toEqual(['submit', 'approve', 'unpublish'])
  expect(
    await found(
      house,
      `select reviewer_id, key_id is not null as keyed, outcome_seq from report_appeal where id = '${appeal}'`,
    ),
  ).toEqual([{ reviewer_id: eve.id, keyed: true, outcome_seq: 3 }])
})

function atATime(sql: string): string {
  return sql.replace(`status = 'decided'`, `status = 'decided', reviewed_at = moment()`)
}
