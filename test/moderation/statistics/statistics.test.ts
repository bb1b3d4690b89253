import { expireOverdue } from '../../../src/moderation/expiry/expire.ts'
import { sealLog } from '../../../src/moderation/log/seal.ts'
import { countSealedMoves } from '../../../src/moderation/statistics/count-moves.ts'
import { found } from '../../support/attacks.ts'
import { aDay, countAll, dayOf, texts } from '../../support/history.ts'
import { ask, type House, openHouse } from '../../support/house.ts'
import { aComment, aPerson, aSite, decision, type TestPerson } from '../../support/people.ts'

let house: House
let site: string
let ada: TestPerson
let ben: TestPerson
let days: string[]

beforeAll(async () => {
  house = await openHouse()
  site = await aSite(house, { publishDelay: 30, expireAfter: 1 })
  ada = await aPerson(house, site)
  ben = await aPerson(house, site, 'editor')
  // The days begin in the morning, so that none of their minutes falls into the next.
  await house.owner.query(`update clock set ahead_ms = ahead_ms +
    (extract(epoch from date_trunc('day', now() at time zone 'UTC') + interval '32 hours' - now() at time zone 'UTC') * 1000)::bigint`)
  days = [await dayOf(house), await dayOf(house, 1), await dayOf(house, 2), await dayOf(house, 3)]
  await aDay(house, site, { ada, ben })
  await aComment(house, site, { text: texts.my })
  await house.ahead(86_400)
  await aDay(house, site, { ada, ben })
  await house.ahead(86_400)
  await aComment(house, site)
  await expireOverdue(house.db)
  await countAll(house)
})
afterAll(() => house.close())

async function statistics(query: Record<string, string> = {}, key = ben.key) {
  const answer = await ask(
    house,
    'GET',
    `/v1/moderation/statistics?${new URLSearchParams({ site, ...query })}`,
    {
      key,
    },
  )
  expect(answer.status).toBe(200)
  return answer.body
}

describe('what is counted', () => {
  test('is what a recount of the log finds, by day, language, action and rule', async () => {
    const kept = await found(
      house,
      `select day::text, language, action, rule, made, undone, overturned from statistic_day
        where site = '${site}' and (made, undone, overturned) <> (0, 0, 0) order by 1, 2, 3, 4`,
    )
    expect(kept).toEqual(await found(house, recountSql(site)))
    expect(kept.length).toBeGreaterThan(30)
  })

  test('is the same for each person', async () => {
    const kept = await found(
      house,
      `select person_id, action, rule, sum(made)::int as made from statistic_person_day where site = '${site}'
        group by 1, 2, 3 order by 1, 2, 3`,
    )
    expect(kept).toEqual(
      await found(
        house,
        `select person_id, action, rule, count(*)::int as made from move m
          cross join lateral (select '' as rule union all select code from rule where id = any (m.rules)) as cited
          where site = '${site}' and person_id is not null group by 1, 2, 3 order by 1, 2, 3`,
      ),
    )
  })

  test('stays the same, however often and by how many it is counted', async () => {
    const before = await found(house, everything)
    await Promise.all(Array.from({ length: 4 }, () => countSealedMoves(house.db)))
    expect(await found(house, everything)).toEqual(before)
  })

  test('is nothing before it is sealed, and then belongs to its own day', async () => {
    const own = await aSite(house)
    const query = { site: own, from: await dayOf(house), to: await dayOf(house, 1) }
    await aComment(house, own)
    expect(await statistics(query, house.admin)).toMatchObject({ received: 0, counted: false })
    await house.ahead(86_400)
    await sealLog(house.db)
    expect(await statistics(query, house.admin)).toMatchObject({ received: 0, counted: false })
    await countSealedMoves(house.db)
    expect(await statistics(query, house.admin)).toMatchObject({ received: 1, counted: true })
  })

  test('is counted in parts as in one', async () => {
    const own = await aSite(house)
    for (let at = 0; at < 5; at += 1) await aComment(house, own)
    await sealLog(house.db)
    for (const expected of [2, 2, 1, 0]) {
      const { rows } = await house.db.desk.query('select count_moves($1, 2) as counted', [own])
      expect(rows).toEqual([{ counted: expected }])
    }
    expect(await statistics({ site: own }, house.admin)).toMatchObject({ received: 5 })
  })
})

describe('statistics', () => {
  test('tell of a day', async () => {
    expect(await statistics({ from: String(days[0]), to: String(days[1]) })).toMatchObject({
      site,
      from: days[0],
      to: days[1],
      counted: true,
      received: 11,
      resubmitted: 1,
      expired: 0,
      withdrawn: 1,
      // Of two restores, one was undone.
      decided: { approve: 5, edit: 1, reject: 3, return: 1, unpublish: 1, restore: 1 },
      escalated: 1,
      undone: { count: 2, share: 2 / 15 },
      byRule: [
        {
          code: 'defamation',
          edit: 0,
          reject: 1,
          return: 0,
          unpublish: 0,
          overturned: 0,
          overturnedShare: 0,
        },
        { code: 'facts', unpublish: 1, overturned: 0 },
        { code: 'form', return: 1 },
        { code: 'promotion', reject: 1, overturned: 0, overturnedShare: 0 },
        { code: 'respect', edit: 1 },
        { code: 'topic', reject: 2, overturned: 1, overturnedShare: 0.5 },
      ],
      byLanguage: [
        { language: 'en', received: 8, decided: { approve: 4, reject: 2 } },
        { language: 'my', received: 3, decided: { approve: 1, reject: 1 } },
      ],
      appeals: { filed: 0, upheld: 0, reversed: 0, partlyReversed: 0, byRule: [], open: 0 },
    })
  })

  test('add the days up, without the last', async () => {
    const one = await statistics({ from: String(days[0]), to: String(days[1]) })
    const two = await statistics({ from: String(days[1]), to: String(days[2]) })
    const both = await statistics({ from: String(days[0]), to: String(days[2]) })
    const all = await statistics({ from: String(days[0]), to: String(days[3]) })
    expect(both.received).toBe(one.received + two.received)
    expect(both.decided.reject).toBe(one.decided.reject + two.decided.reject)
    expect(all).toMatchObject({ received: both.received + 1, expired: 1 })
  })

  test('tell how long comments waited, as PostgreSQL counts it', async () => {
    const { waiting } = await statistics({ from: String(days[0]), to: String(days[3]) })
    const [exact] = await found(house, waitSql(site))
    expect(waiting.decisions).toBe(exact?.['decisions'])
    for (const part of ['median', 'p95']) {
      expect(Math.abs(waiting[part] / Number(exact?.[part]) - 1)).toBeLessThan(0.03)
    }
  })

  test('tell what waits now, by language', async () => {
    const own = await aSite(house, { times: 'hour' })
    await aComment(house, own, { text: texts.en })
    await house.ahead(7_200)
    await aComment(house, own, { text: texts.my })
    await aComment(house, own, { text: texts.my })
    const { backlog } = await statistics({ site: own }, house.admin)
    expect(backlog).toMatchObject({
      count: 3,
      byLanguage: [
        { language: 'en', count: 1, oldest: backlog.oldest },
        { language: 'my', count: 2 },
      ],
    })
    expect(backlog.oldest).toMatch(/:00:00\.000Z$/)
    expect((await statistics({ site: own, language: 'my' }, house.admin)).backlog.count).toBe(2)
  })

  test('tell of one language alone', async () => {
    const whole = { from: String(days[0]), to: String(days[1]) }
    expect(await statistics({ ...whole, language: 'my' })).toMatchObject({
      received: 3,
      byLanguage: [expect.objectContaining({ language: 'my' })],
      waiting: { decisions: 2 },
    })
    const cho = await aPerson(house, site, 'editor', ['my'])
    expect(await statistics(whole, cho.key)).toMatchObject({ received: 3 })
    expect(await statistics({ ...whole, language: 'en' }, cho.key)).toMatchObject({
      received: 0,
      moderators: [],
    })
  })

  test('tell who decided what, by pseudonym', async () => {
    const { moderators } = await statistics({ from: String(days[0]), to: String(days[1]) })
    const handling = { decisions: 0, median: null, p95: null, skips: 0, skipRate: null }
    expect(moderators).toEqual([
      {
        pseudonym: ben.pseudonym,
        decided: { approve: 2, edit: 0, reject: 1, return: 0, unpublish: 0, restore: 1 },
        escalated: 0,
        undone: 1,
        overturned: 0,
        handling,
      },
      {
        pseudonym: ada.pseudonym,
        decided: { approve: 3, edit: 1, reject: 2, return: 1, unpublish: 1, restore: 0 },
        escalated: 1,
        undone: 1,
        overturned: 1,
        handling,
      },
    ])
  })

  test('count what an appeal reversed against the decision that it was about', async () => {
    const own = await aSite(house, { publishDelay: 0 })
    const [cho, dan] = [await aPerson(house, own), await aPerson(house, own, 'editor')]
    const { id, receipt } = await aComment(house, own)
    await decision(house, cho.key, id, { action: 'reject', rules: ['topic'] })
    const filed = await ask(house, 'POST', '/v1/receipt/appeal', {
      key: receipt,
      body: { text: 'Read again.' },
    })
    expect(filed.status).toBe(202)
    const { body } = await ask(house, 'GET', `/v1/moderation/appeals?site=${own}`, { key: dan.key })
    const resolved = await ask(house, 'POST', `/v1/moderation/appeals/${body.appeals[0].id}/resolution`, {
      key: dan.key,
      body: { outcome: 'reversed', explanation: 'You are right: it is about the article.' },
    })
    expect(resolved.status).toBe(200)
    await countAll(house)
    expect(await statistics({ site: own }, dan.key)).toMatchObject({
      byRule: [{ code: 'topic', reject: 1, overturned: 1, overturnedShare: 1 }],
      appeals: {
        filed: 1,
        reversed: 1,
        upheld: 0,
        open: 0,
        byRule: [{ code: 'topic', answered: 1, reversed: 1 }],
      },
    })
  })

  test('are of the last thirty days, unless others are asked for', async () => {
    const answer = await statistics()
    expect(answer.to).toBe(await dayOf(house, 1))
    expect(answer.from).toBe(await dayOf(house, -29))
    expect((await statistics({ from: '2020-01-01', to: '2020-02-01' })).received).toBe(0)
  })

  test('are for editors of the site', async () => {
    const stranger = await aPerson(house, await aSite(house), 'editor')
    const asked = async (key: string | undefined, query: string) =>
      (await ask(house, 'GET', `/v1/moderation/statistics?${query}`, { key })).status
    expect(await asked(ada.key, `site=${site}`)).toBe(403)
    expect(await asked(stranger.key, `site=${site}`)).toBe(403)
    expect(await asked(undefined, `site=${site}`)).toBe(401)
    expect(await asked(house.admin, 'site=nowhere')).toBe(404)
    expect(await asked(ben.key, `site=${site}&from=2026-02-02&to=2026-02-02`)).toBe(400)
    expect(await asked(ben.key, `site=${site}&reader=x`)).toBe(400)
  })
})

const everything = 'select * from statistic_day order by 1, 2, 3, 4, 5'

/** The figures as plain SQL finds them in the log. */
function recountSql(of: string): string {
  return `
    with told as (
      select m.*, c.language, (m.decided_at at time zone 'UTC')::date::text as day from move m join comment c on c.id = m.comment_id
       where m.site = '${of}'
    ), undone as (
      select t.* from told t join move u on u.comment_id = t.comment_id and u.seq = t.seq + 1 and u.action = 'undo'
    ), overturned as (
      select o.language, o.action, o.rules, r.day
        from told r
        join lateral (select * from told o
                       where o.comment_id = r.comment_id and o.seq < r.seq and o.action in ('reject', 'unpublish')
                         and not exists (select from undone u where (u.comment_id, u.seq) = (o.comment_id, o.seq))
                       order by o.seq desc limit 1) as o on true
       where r.action = 'restore' and not exists (select from undone u where (u.comment_id, u.seq) = (r.comment_id, r.seq))
    ), figure (day, language, action, rules, made, undone, overturned) as (
      select day, language, action, rules, 1, 0, 0 from told
      union all select day, language, action, rules, 0, 1, 0 from undone
      union all select day, language, action, rules, 0, 0, 1 from overturned
    )
    select day, language, action, rule, sum(made)::int as made, sum(undone)::int as undone, sum(overturned)::int as overturned
      from figure cross join lateral (select '' as rule union all select code from rule where id = any (rules)) as cited
     group by 1, 2, 3, 4 order by 1, 2, 3, 4`
}

function waitSql(of: string): string {
  return `
    select count(*)::int as decisions, percentile_cont(0.5) within group (order by seconds) as median,
           percentile_cont(0.95) within group (order by seconds) as p95
      from (select floor(extract(epoch from m.decided_at - (select max(s.decided_at) from move s
                                                       where s.comment_id = m.comment_id and s.seq < m.seq
                                                         and s.action in ('submit', 'resubmit')))) as seconds
              from move m
             where m.site = '${of}' and m.from_status in ('pending', 'second_review')
               and m.action in ('approve', 'edit', 'reject', 'return')
               and not exists (select from move u where u.comment_id = m.comment_id and u.seq = m.seq + 1 and u.action = 'undo')
           ) as waits`
}
