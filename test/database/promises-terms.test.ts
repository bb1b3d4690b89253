import { Client } from 'pg'
import { allowed, found, listed, refusal } from '../support/attacks.ts'
import { type House, openHouse } from '../support/house.ts'
import { aSite } from '../support/people.ts'

let house: House
let site: string

beforeAll(async () => {
  house = await openHouse()
  site = await aSite(house)
})
afterAll(() => house.close())

const frozen = 'published terms are frozen'
const denied = /^permission denied for table /

describe('published terms', () => {
  test.each([
    ['are not rewritten', `update terms set introduction = 'Anything goes.'`],
    ['are not translated', `update terms set language = 'my'`],
    ['are not renumbered', 'update terms set version = 7'],
    ['are not given to another site', `update terms set site = 'elsewhere'`],
    ['are not dated back', `update terms set published_at = published_at - interval '1 day'`],
    ['are not published again', 'update terms set published_at = moment()'],
    ['are not taken back', 'update terms set published_at = null'],
    ['are not deleted', 'delete from terms'],
  ])('%s', async (_what, change) => {
    const sql = `${change} where site = '${site}' and version = 1`
    const mayDate = change.startsWith('update terms set published_at')
    expect(await refusal(house, 'owner', sql)).toBe(frozen)
    expect(await refusal(house, 'desk', sql)).toMatch(mayDate ? frozen : denied)
    expect(await refusal(house, 'reader', sql)).toMatch(denied)
  })

  test('keep their rules as they are, in every column', async () => {
    for (const table of ['rule', 'rule_permit']) {
      const columns = await listed(
        house,
        `select attname from pg_attribute where attrelid = '${table}'::regclass and attnum > 0`,
      )
      expect(columns.length).toBeGreaterThan(3)
      for (const column of columns) {
        const sql = `update ${table} set ${column} = ${column} where site = '${site}'`
        expect(await refusal(house, 'owner', sql)).toBe(frozen)
        expect(await refusal(house, 'desk', sql)).toMatch(denied)
        expect(await refusal(house, 'reader', sql)).toMatch(denied)
      }
      expect(await refusal(house, 'owner', `delete from ${table} where site = '${site}'`)).toBe(frozen)
      expect(await refusal(house, 'desk', `delete from ${table} where site = '${site}'`)).toMatch(denied)
    }
  })

  const shadows = `
    create temp table terms as table terms with no data;
    create temp table rule as table rule with no data;`

  test.each([
    ['', ''],
    [', whatever tables of the same names a session makes', shadows],
  ])('get no rule and no permission more%s', async (_how, before) => {
    const permit = `${before} insert into rule_permit values ('${site}', '${await ruleId('topic')}', 'edit', true)`
    const rule = `${before} insert into public.${newRule(1, 'whim').slice('insert into '.length)}`
    for (const role of ['owner', 'desk'] as const) {
      expect(await refusal(house, role, permit)).toBe(frozen)
      expect(await refusal(house, role, rule)).toBe(frozen)
    }
    expect(await refusal(house, 'reader', newRule(1, 'whim'))).toMatch(denied)
  })

  test('get no rule from a draft, and give none away', async () => {
    await allowed(house, 'desk', `${draft(20)}; ${newRule(20, 'whim')}`)
    const into = `update rule set version = 1 where site = '${site}' and version = 20`
    const from = `update rule set version = 20, code = 'moved' where id = '${await ruleId('hatred')}'`
    expect(await refusal(house, 'owner', into)).toBe(frozen)
    expect(await refusal(house, 'owner', from)).toBe(frozen)
  })
})

describe('a draft', () => {
  test('is not published as it is written', async () => {
    const sql = `insert into terms (site, version, language, introduction, published_at)
                 values ('${site}', 30, 'en', 'In force.', moment())`
    const reason = 'terms are published after their rules are written'
    expect(await refusal(house, 'owner', sql)).toBe(reason)
    expect(await refusal(house, 'desk', sql)).toBe(reason)
    expect(await refusal(house, 'reader', sql)).toMatch(denied)
  })

  test('is not published without a rule, whatever tables of the same name a session makes', async () => {
    const reason = 'terms without a rule cannot be published'
    const shadow = 'create temp table rule as select * from public.rule'
    for (const role of ['owner', 'desk'] as const) {
      expect(await refusal(house, role, `${draft(31)}; ${publish(31)}`)).toBe(reason)
      const pretended = `${shadow}; update rule set version = 31 where site = '${site}'; ${draft(31)}; ${publish(31)}`
      expect(await refusal(house, role, pretended)).toBe(reason)
    }
  })

  test.each(['edit', 'reject'])('does not let one person %s what its rule wants two for', async (permit) => {
    const id = '9f6f3a5e-0000-4000-8000-000000000001'
    const permitted = `insert into rule_permit values ('${site}', '${id}', '${permit}', true)`
    const sql = `${draft(32)}; ${newRule(32, 'grave', { id, needsSecond: true })}; ${permitted}; ${publish(32)}`
    const reason = 'a rule that needs a second person permits nobody to settle alone'
    expect(await refusal(house, 'owner', sql)).toBe(reason)
    expect(await refusal(house, 'desk', sql)).toBe(reason)
  })

  test('changes until it is published, and takes the date of that', async () => {
    await allowed(house, 'desk', `${draft(33)}; ${newRule(33, 'one')}; ${newRule(33, 'two')}`)
    await allowed(
      house,
      'owner',
      `update rule set text = 'Better.' where site = '${site}' and version = 33 and code = 'one';
       delete from rule where site = '${site}' and version = 33 and code = 'two';
       update terms set introduction = 'Better.' where site = '${site}' and version = 33`,
    )
    await allowed(
      house,
      'desk',
      `update terms set published_at = '2001-01-01' where site = '${site}' and version = 33`,
    )
    expect(
      await found(
        house,
        `select introduction, published_at between moment() - interval '1 minute' and moment() as now
           from terms where site = '${site}' and version = 33`,
      ),
    ).toEqual([{ introduction: 'Better.', now: true }])
  })

  test('gets no rule while somebody else publishes it', async () => {
    await allowed(house, 'desk', `${draft(34)}; ${newRule(34, 'first')}`)
    expect(await atOnce(publish(34), newRule(34, 'late'))).toBe(frozen)
    expect(await listed(house, `select code from rule where site = '${site}' and version = 34`)).toEqual([
      'first',
    ])
  })

  test('loses no rule while somebody else publishes it', async () => {
    await allowed(house, 'desk', `${draft(35)}; ${newRule(35, 'only')}`)
    const remove = `delete from rule where site = '${site}' and version = 35`
    expect(await atOnce(remove, publish(35))).toBe('terms without a rule cannot be published')
  })
})

describe('a rule', () => {
  const id = '9f6f3a5e-0000-4000-8000-000000000002'
  test.each<[string, () => string, string]>([
    ['is one of terms', () => newRule(40, 'whim'), 'rule_site_version_fkey'],
    ['has a code that fits an address', () => `${draft(41)}; ${newRule(41, 'A Whim')}`, 'rule_code_form'],
    [
      'is the only one with its code',
      () => `${draft(42)}; ${newRule(42, 'a')}; ${newRule(42, 'a')}`,
      'rule_site_version_code_key',
    ],
    ['permits no move that is never asked for', () => permitting('approve'), 'rule_permit_known'],
    ['is there, if it permits anything', () => permit(site, 'reject'), 'rule_permit_site_rule_id_fkey'],
    [
      'permits things on its own site',
      () => permitting('reject', 'elsewhere'),
      'rule_permit_site_rule_id_fkey',
    ],
  ])('%s', async (_what, sql, reason) => {
    expect(await refusal(house, 'owner', sql())).toBe(reason)
    expect(await refusal(house, 'desk', sql())).toBe(reason)
  })

  function permitting(what: string, of = site): string {
    return `${draft(43)}; ${newRule(43, 'whim', { id })}; ${permit(of, what)}`
  }
  function permit(of: string, what: string): string {
    return `insert into rule_permit values ('${of}', '${id}', '${what}', false)`
  }
})

/** Two sessions: the second waits until the first has committed; why it is refused then. */
async function atOnce(first: string, second: string): Promise<string> {
  const [one, other] = [new Client(house.url), new Client(house.url)]
  await Promise.all([one.connect(), other.connect()])
  try {
    await one.query('begin')
    await one.query(first)
    const { rows } = await other.query<{ pid: number }>('select pg_backend_pid() as pid')
    const late = other.query(second).then(
      () => 'nothing refused it',
      (error: Error) => error.message,
    )
    await expect(Promise.race([late, untilItWaits(rows[0]?.pid ?? 0)])).resolves.toBe('waits')
    await one.query('commit')
    return await late
  } finally {
    await Promise.all([one.end(), other.end()])
  }
}

async function untilItWaits(pid: number): Promise<string> {
  for (let attempt = 0; attempt < 200; attempt += 1) {
    const waiting = await listed(house, `select cardinality(pg_blocking_pids(${pid})) > 0`)
    if (waiting[0] === 'true') return 'waits'
  }
  return 'does not wait'
}

function draft(version: number): string {
  return `insert into public.terms (site, version, language, introduction) values ('${site}', ${version}, 'en', 'A draft.')`
}

function newRule(
  version: number,
  code: string,
  { id, needsSecond = false }: { id?: string; needsSecond?: boolean } = {},
): string {
  const key = id === undefined ? 'gen_random_uuid()' : `'${id}'`
  return `insert into rule (id, site, version, position, code, title, text, needs_second, category, keywords)
          values (${key}, '${site}', ${version}, 1, '${code}', 'A rule', 'Its text.', ${needsSecond}, 'none', '{}')`
}

function publish(version: number): string {
  return `update public.terms set published_at = moment() where site = '${site}' and version = ${version}`
}

async function ruleId(code: string): Promise<string> {
  const [id = ''] = await listed(
    house,
    `select id from rule where site = '${site}' and version = 1 and code = '${code}'`,
  )
  return id
}
