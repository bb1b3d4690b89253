import { ask, type House, openHouse } from '../../support/house.ts'
import { anArticle, aPerson, aSite, type TestPerson } from '../../support/people.ts'

/** More than are gathered by a condition, so that a frequent one is met by many; then three times as many. */
const many = 18_000

interface Search {
  what: string
  asked: Record<string, unknown>
  /** how many a page has */
  found: number
}

let house: House
let site: string
let often: TestPerson
let seldom: TestPerson
let searches: Search[]
const queries: unknown[][] = []
const before = new Map<string, number>()

beforeAll(async () => {
  house = await openHouse()
  site = await aSite(house)
  await anArticle(house, site, 'small')
  often = await aPerson(house, site)
  seldom = await aPerson(house, site)
  searches = [
    { what: 'a frequent word', asked: { q: 'boats' }, found: 50 },
    { what: 'a rare word', asked: { q: 'number 7777 ' }, found: 1 },
    { what: 'a word that nobody wrote', asked: { q: 'submarine' }, found: 0 },
    { what: 'a frequent name', asked: { name: 'wren' }, found: 50 },
    { what: 'a rare name', asked: { name: 'osprey' }, found: 9 },
    { what: 'a frequent rule', asked: { rule: 'topic' }, found: 50 },
    { what: 'a rare rule', asked: { rule: 'facts' }, found: 9 },
    { what: 'somebody who decides often', asked: { moderator: often.pseudonym }, found: 50 },
    { what: 'somebody who decides seldom', asked: { moderator: seldom.pseudonym }, found: 4 },
    { what: 'a small article', asked: { article: 'small' }, found: 9 },
    { what: 'a small article and a state', asked: { article: 'small', status: 'expired' }, found: 0 },
    { what: 'a rare language', asked: { language: 'my' }, found: 9 },
    { what: 'a frequent language', asked: { language: 'en' }, found: 50 },
    { what: 'a rare state', asked: { status: 'returned' }, found: 0 },
    { what: 'a site', asked: { site }, found: 50 },
    { what: 'a day long ago', asked: { from: '2020-01-05', to: '2020-01-06' }, found: 50 },
    { what: 'a day on which nobody wrote', asked: { from: '2019-01-05', to: '2019-01-06' }, found: 0 },
    { what: 'a frequent word in a small article', asked: { q: 'boats', article: 'small' }, found: 9 },
    { what: 'a frequent word in a rare language', asked: { q: 'boats', language: 'my' }, found: 9 },
    { what: 'two who seldom meet', asked: { moderator: often.pseudonym, name: 'osprey' }, found: 5 },
  ]
  await grow(0)
  listenTo(house)
  for (const { what, asked } of searches) before.set(what, await touchedBy(asked))
  await grow(many)
  await grow(2 * many)
}, 240_000)
afterAll(() => house.close())

test('every search finds a page of what it asks for', async () => {
  for (const { what, asked, found } of searches) {
    const { status, body } = await ask(house, 'POST', '/v1/moderation/searches', {
      key: often.key,
      body: asked,
    })
    expect({ what, status, found: body.comments.length }).toEqual({ what, status: 200, found })
  }
})

test('no search looks at more when there are three times as many comments', async () => {
  const after = new Map<string, number>()
  for (const { what, asked } of searches) after.set(what, await touchedBy(asked))
  const grown = [...after].filter(([what, rows]) => rows > 1.1 * Number(before.get(what)) + 200)
  expect(Object.fromEntries(grown.map(([what, rows]) => [what, `${before.get(what)} → ${rows}`]))).toEqual({})
  expect(Math.max(...after.values())).toBeLessThan(75_000)
})

test('what is looked for in vain is looked for page by page, up to the end', async () => {
  await aSite(house)
  const asked = { moderator: often.pseudonym, q: 'boats', name: 'wren', status: 'pending' }
  let cursor: string | undefined
  let pages = 0
  do {
    const { status, body } = await ask(house, 'POST', '/v1/moderation/searches', {
      key: house.admin,
      body: { ...asked, ...(cursor !== undefined && { cursor }) },
    })
    expect({ status, comments: body.comments }).toEqual({ status: 200, comments: [] })
    cursor = body.next ?? undefined
    pages += 1
  } while (cursor !== undefined)
  expect(pages).toBe(2)
})

/** Every query of the desk is kept, so that its plan can be looked at. */
function listenTo({ db: { desk } }: House): void {
  const asked = desk.query.bind(desk)
  Object.assign(desk, {
    query: (...query: unknown[]) => {
      queries.push(query)
      return Reflect.apply(asked, desk, query)
    },
  })
}

interface Plan {
  'Actual Rows': number
  'Actual Loops': number
  'Relation Name'?: string
  'Index Name'?: string
  Plans?: Plan[]
  [figure: string]: unknown
}

/** All rows and index entries that the queries of a search look at. */
async function touchedBy(asked: Record<string, unknown>): Promise<number> {
  queries.length = 0
  await ask(house, 'POST', '/v1/moderation/searches', { key: often.key, body: asked })
  let touched = 0
  expect(queries.filter(([sql]) => String(sql).includes('as horizon'))).toHaveLength(1)
  for (const [sql, values] of queries.splice(0)) {
    if (typeof sql !== 'string') continue
    const { rows } = await house.owner.query(
      `explain (analyze, format json) ${sql}`,
      Array.isArray(values) ? values : [],
    )
    touched += touchedIn(rows[0]['QUERY PLAN'][0].Plan)
  }
  return touched
}

function touchedIn(plan: Plan): number {
  const isScan = plan['Relation Name'] !== undefined || plan['Index Name'] !== undefined
  const removed =
    Number(plan['Rows Removed by Filter'] ?? 0) + Number(plan['Rows Removed by Index Recheck'] ?? 0)
  const own = isScan ? (plan['Actual Rows'] + removed) * plan['Actual Loops'] : 0
  return (plan.Plans ?? []).reduce((sum, part) => sum + touchedIn(part), own)
}

/**
 * Comments, about a thousand a day, with their log; two thirds rejected. What is rare is among the first. Keys and
 * triggers are left aside for speed.
 */
async function grow(from: number): Promise<void> {
  const { owner } = house
  await owner.query(`set session_replication_role = replica`)
  await owner.query(growSql, [site, from, from + many - 1, often.id, seldom.id])
  await owner.query(`set session_replication_role = origin`)
  await owner.query(
    `insert into submission_day (site, day, lowest, highest)
     select site, (submitted_at at time zone 'UTC')::date, min(position), max(position) from comment group by 1, 2
     on conflict do nothing`,
  )
  await owner.query('select settle_search_index()')
  await owner.query('analyze')
}

const growSql = `
  with numbers as (
    select at, gen_random_uuid() as id, sha256(at::text::bytea) as hash, at < 10000 and at % 1111 = 1 as rare, at % 3 > 0 as rejected,
           timestamptz '2020-01-01T00:00:00Z' + at * interval '86 seconds' as sent
      from generate_series($2::int, $3::int) as at
  ), ruled as (
    select n.*, (select id from article where site = $1 and key = case when n.rare then 'small' else 'news' end) as article,
           array[(select id from rule where site = $1 and code = case when n.rare then 'facts' else 'topic' end)] as rules
      from numbers n
  ), commented as (
    insert into comment (id, site, article_id, language, receipt_hash, head_hash, status, seq, submitted_at)
    select id, $1, article, case when rare then 'my' else 'en' end, hash, hash,
           case when rejected or rare then 'rejected' else 'pending' end, case when rejected or rare then 2 else 1 end, sent
      from ruled order by at
  ), revised as (
    insert into revision (comment_id, seq, site, terms_version, graphemes, bytes, text_hash)
    select id, 1, $1, 1, 1, 1, hash from ruled
  ), worded as (
    insert into revision_text (comment_id, seq, salt, text, name)
    select id, 1, substring(hash for 16), 'Boats', case when rare then 'Osprey' else 'Wren' end from ruled
  ), keyed as (
    insert into search_key (comment_id, seq, key)
    select id, 1, 'boats number ' || at || ' here' || E'\\n' || case when rare then 'osprey' else 'wren' end from ruled
  ), sent as (
    insert into move (comment_id, seq, site, action, from_status, to_status, actor, cites, judged_revision, revision, decided_at, hash, text_hash)
    select id, 1, $1, 'submit', 'none', 'pending', 'reader', false, 1, 1, sent, hash, hash from ruled
  ), decided as (
    insert into move (comment_id, seq, site, action, from_status, to_status, actor, cites, person_id, judged_revision, revision,
                      rules, decided_at, hash, prev_hash)
    select id, 2, $1, 'reject', 'pending', 'rejected', 'person', true, case when rare and at % 2 = 0 then $5::uuid else $4::uuid end,
           1, 1, rules, sent, hash, hash
      from ruled where rejected or rare
  )
  insert into citation (comment_id, seq, site, rule_id, permit, alone)
  select id, 2, $1, rules[1], 'reject', true from ruled where rejected or rare`
