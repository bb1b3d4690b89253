import { found, listed, refusal } from '../support/attacks.ts'
import { type House, openHouse } from '../support/house.ts'

/** What each role may do, to the last table: a new one is granted to nobody until it is written here. */
let house: House

beforeAll(async () => {
  house = await openHouse()
})
afterAll(() => house.close())

describe('postbag_reader', () => {
  test('sees what is public and the clock, and writes nothing', async () => {
    expect(await rightsOf('postbag_reader')).toEqual({
      clock: 'SELECT',
      public_article: 'SELECT',
      public_comment: 'SELECT',
    })
  })

  test('calls what shows what is public, and nothing else', async () => {
    expect(await callableBy('postbag_reader')).toEqual([
      'article_called',
      'article_parts',
      'moment',
      'public_newest',
      'public_replies',
      'public_threads',
      'shown_count',
      'shown_until',
      'sitemap_part',
      'sitemap_parts',
    ])
  })
})

describe('postbag_desk', () => {
  const append = 'SELECT, INSERT'
  const readable = 'SELECT'
  const settings = 'SELECT, INSERT, UPDATE'
  const leases = 'SELECT, INSERT, UPDATE, DELETE'

  test('changes and removes nothing that is kept for ever', async () => {
    expect(await rightsOf('postbag_desk')).toEqual({
      _prisma_migrations: readable,
      access_key: settings,
      appeal: append,
      appeal_text: append,
      article: settings,
      article_alias: readable,
      article_move: readable,
      citation: readable,
      clock: readable,
      cluster_comment: append,
      cluster_decision: append,
      comment: append,
      counted: readable,
      danger: append,
      delivery: leases,
      delivery_attempt: 'SELECT, INSERT, DELETE',
      erasure: readable,
      erasure_wish: append,
      escalation: readable,
      event: append,
      handled: append,
      hold: append,
      idempotency_key: leases,
      import: readable,
      legal_order: append,
      legal_order_comment: append,
      log_head: append,
      membership: leases,
      merged_article: readable,
      // All of its columns but one, as is told below.
      move: readable,
      move_text: append,
      note: append,
      outside_account: 'SELECT, INSERT, DELETE',
      person: settings,
      phrase: 'SELECT, INSERT, DELETE',
      public_article: readable,
      public_change: readable,
      public_comment: readable,
      public_sum: readable,
      recovery_code: 'SELECT, INSERT, DELETE',
      report: append,
      report_answer: 'SELECT, INSERT, DELETE',
      report_appeal: append,
      report_appeal_text: append,
      report_contact: 'SELECT, INSERT, DELETE',
      report_text: 'SELECT, INSERT, DELETE',
      revision: append,
      revision_text: append,
      rule: append,
      rule_permit: append,
      sample: readable,
      sample_verdict: append,
      saved_reason: 'SELECT, INSERT, DELETE',
      screening: append,
      sealed_move: readable,
      search_key: append,
      search_key_missing: 'SELECT, DELETE',
      second_factor: leases,
      session: leases,
      shown_comment: readable,
      sign_in_link: leases,
      site: settings,
      site_text: leases,
      skip: append,
      spent_proof: 'SELECT, INSERT, DELETE',
      statement: readable,
      statistic_day: readable,
      statistic_handling: readable,
      statistic_person_day: readable,
      statistic_skip: readable,
      statistic_wait: readable,
      submission_day: readable,
      terms: append,
      to_ledger: 'SELECT, INSERT, DELETE',
      transition: readable,
      unclassified: 'SELECT, INSERT, DELETE',
      unsealed: readable,
      waiting: readable,
      webhook: leases,
      webhook_secret: leases,
    })
  })

  test('changes of terms only when they are published, of an appeal its outcome, of screening its signals, of what waits who has it', async () => {
    const columns = await found(
      house,
      `select a.attrelid::regclass::text as table, a.attname as column
         from pg_attribute a join pg_class c on c.oid = a.attrelid and c.relnamespace = 'public'::regnamespace
        where a.attnum > 0 and has_column_privilege('postbag_desk', c.oid, a.attnum, 'UPDATE')
          and not has_table_privilege('postbag_desk', c.oid, 'UPDATE')
        order by 1, a.attnum`,
    )
    expect(columns).toEqual([
      { table: 'appeal', column: 'status' },
      { table: 'appeal', column: 'outcome' },
      { table: 'appeal', column: 'reviewer_id' },
      { table: 'appeal', column: 'key_id' },
      { table: 'appeal', column: 'explanation_hash' },
      { table: 'appeal', column: 'outcome_seq' },
      { table: 'cluster_comment', column: 'version' },
      { table: 'cluster_comment', column: 'state' },
      { table: 'cluster_comment', column: 'problem' },
      { table: 'cluster_decision', column: 'decision' },
      { table: 'cluster_decision', column: 'undone_at' },
      { table: 'cluster_decision', column: 'undone_by' },
      { table: 'hold', column: 'ended_by' },
      { table: 'legal_order', column: 'public_summary' },
      { table: 'legal_order', column: 'reader_may_be_told' },
      { table: 'legal_order', column: 'effect' },
      { table: 'legal_order', column: 'effect_on' },
      { table: 'legal_order', column: 'authority_informed_on' },
      { table: 'legal_order', column: 'reader_informed_on' },
      { table: 'report', column: 'status' },
      { table: 'report', column: 'outcome' },
      { table: 'report', column: 'person_id' },
      { table: 'report', column: 'resolved_at' },
      { table: 'report', column: 'outcome_seq' },
      { table: 'report', column: 'answer_hash' },
      { table: 'report_appeal', column: 'status' },
      { table: 'report_appeal', column: 'taken_back' },
      { table: 'report_appeal', column: 'outcome' },
      { table: 'report_appeal', column: 'reviewer_id' },
      { table: 'report_appeal', column: 'key_id' },
      { table: 'report_appeal', column: 'explanation_hash' },
      { table: 'report_appeal', column: 'outcome_seq' },
      { table: 'screening', column: 'signals' },
      { table: 'terms', column: 'published_at' },
      { table: 'unclassified', column: 'tries' },
      { table: 'unclassified', column: 'due_at' },
      { table: 'waiting', column: 'claimed_by' },
      { table: 'waiting', column: 'claimed_until' },
    ])
  })

  test('calls what it needs, and nothing that is there for triggers', async () => {
    expect(await callableBy('postbag_desk')).toEqual([
      'article_called',
      'article_parts',
      'count_handled',
      'count_moves',
      'erase_comment',
      'erase_comment_for',
      'erase_kept_words',
      'is_held',
      'is_ordered',
      'kept_still_shows',
      'let_unproven_catch_up',
      'moment',
      'move_article',
      'move_hash',
      'report_appeal_until',
      'seal_beginning',
      'seal_hash',
      'seal_log',
      'search_grams',
      'settle_search_index',
      'standing_decision',
      'sum_up_public_changes',
      'undo_until',
      'words_are_needed',
      'words_hash',
    ])
  })
})

describe('an import', () => {
  test('is what the desk cannot write: of a move it writes all but from which import it came', async () => {
    const writable = (role: string) =>
      columnsOfMove(`has_column_privilege('${role}', attrelid, attnum, 'INSERT')`)
    expect(await listed(house, writable('postbag_desk'))).toEqual(
      await listed(house, columnsOfMove("attname <> 'import_id'")),
    )
    expect(await listed(house, writable('postbag_import'))).toEqual([])
  })

  test('is written by a role of its own, which writes no comment but through its functions', async () => {
    const readable = 'SELECT'
    const laidDown = 'SELECT, INSERT, DELETE'
    expect(await rightsOf('postbag_import')).toEqual({
      _prisma_migrations: readable,
      article: readable,
      clock: readable,
      comment: readable,
      import: 'SELECT, INSERT',
      import_article: laidDown,
      import_author: laidDown,
      import_comment: laidDown,
      person: readable,
      rule: readable,
      site: readable,
      terms: readable,
    })
    expect(await callableBy('postbag_import')).toEqual([
      'article_called',
      'make_imported_articles',
      'moment',
      'write_imported',
    ])
  })
})

describe('neither', () => {
  test('owns anything, has a right on a sequence, or may make anything in the schema', async () => {
    for (const role of ['postbag_reader', 'postbag_desk', 'postbag_import']) {
      expect(
        await listed(
          house,
          `select relname from pg_class where relnamespace = 'public'::regnamespace
              and (pg_get_userbyid(relowner) = '${role}'
                   or relkind = 'S' and has_sequence_privilege('${role}', oid, 'USAGE, SELECT, UPDATE'))`,
        ),
      ).toEqual([])
      const [rights] = await found(
        house,
        `select has_schema_privilege('${role}', 'public', 'CREATE') as create, rolsuper, rolcreaterole, rolcreatedb,
                rolcanlogin, rolbypassrls, rolreplication from pg_roles where rolname = '${role}'`,
      )
      expect(Object.values(rights ?? {})).toEqual([false, false, false, false, false, false, false])
    }
    const memberships = `select true from pg_auth_members m join pg_roles r on r.oid = m.member where r.rolname ~ '^postbag_(reader|desk|import)$'`
    expect(await listed(house, memberships)).toEqual([])
  })

  test.each(['desk', 'reader'] as const)('moves the clock: %s', async (role) => {
    for (const sql of [
      'update clock set ahead_ms = 1',
      'insert into clock values (false, 1)',
      'delete from clock',
      'create or replace function moment() returns timestamptz language sql return now()',
    ]) {
      expect(await refusal(house, role, sql)).toMatch(/^permission denied for (?:table clock|schema public)$/)
    }
    const shadow = `create temp table clock as select true as one, 9e12::bigint as ahead_ms; `
    expect(
      await refusal(house, role, `${shadow} select 1 / (moment() > now() + interval '1 day')::int`),
    ).toBe('division by zero')
  })

  test('nor does anybody have a second clock', async () => {
    expect(await refusal(house, 'owner', 'insert into clock values (false, 1)')).toBe('clock_one_row')
    expect(await refusal(house, 'owner', 'insert into clock values (true, 1)')).toBe('clock_pkey')
  })

  test.each(['desk', 'reader'] as const)(
    'hangs a trigger of ours on a table of its own: %s',
    async (role) => {
      const triggers = await listed(
        house,
        `select proname from pg_proc where pronamespace = 'public'::regnamespace and prorettype = 'trigger'::regtype`,
      )
      expect(triggers).toContain('comment_follows_its_moves')
      for (const name of triggers) {
        const sql = `create temp table own (id int); create trigger own after insert on own for each row execute function ${name}()`
        expect(await refusal(house, role, sql)).toBe(`permission denied for function ${name}`)
        expect(await refusal(house, role, `select ${name}()`)).toBe(`permission denied for function ${name}`)
      }
    },
    // Two attacks a trigger, of which there are many; in milliseconds.
    120_000,
  )
})

describe('a function of ours', () => {
  test('is for nobody by default', async () => {
    expect(await callableBy('public')).toEqual([])
  })

  test('finds its tables where they are, whatever the caller has made', async () => {
    const loose = await listed(
      house,
      `select p.proname from pg_proc p join pg_language l on l.oid = p.prolang
        where p.pronamespace = 'public'::regnamespace
          and not (l.lanname = 'sql' and p.prosqlbody is not null)
          and not coalesce(p.proconfig, '{}') @> array['search_path=pg_catalog, public, pg_temp']`,
    )
    expect(loose).toEqual([])
  })

  test('is no trigger that a table calls for the caller', async () => {
    for (const name of await listed(
      house,
      `select proname from pg_proc where pronamespace = 'public'::regnamespace and prorettype = 'trigger'::regtype`,
    )) {
      expect(await refusal(house, 'owner', `select ${name}()`)).toBe(
        'trigger functions can only be called as triggers',
      )
    }
  })
})

/** The rights of a role on each table and view on which it has any. */
async function rightsOf(role: string): Promise<Record<string, string>> {
  const rights = await found(
    house,
    `select c.relname as name, string_agg(r.name, ', ' order by r.place) as rights
       from pg_class c
      cross join unnest(array['SELECT', 'INSERT', 'UPDATE', 'DELETE', 'TRUNCATE', 'REFERENCES', 'TRIGGER']
                        || case when current_setting('server_version_num')::int >= 170000 then 'MAINTAIN' end)
                 with ordinality as r (name, place)
      where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'v', 'm', 'p', 'f')
        and has_table_privilege('${role}', c.oid, r.name)
      group by c.relname order by c.relname`,
  )
  return Object.fromEntries(rights.map(({ name, rights: all }) => [name, String(all)]))
}

async function callableBy(role: string): Promise<string[]> {
  return listed(
    house,
    `select proname from pg_proc where pronamespace = 'public'::regnamespace
        and has_function_privilege('${role}', oid, 'EXECUTE') order by proname`,
  )
}

/** Columns of a move that are written, not computed. */
function columnsOfMove(condition: string): string {
  return `
      select attname from pg_attribute
       where attrelid = 'move'::regclass and attnum > 0 and not attisdropped and attgenerated = '' and ${condition}
       order by attnum`
}
