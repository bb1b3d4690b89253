import { found, listed } from '../../support/attacks.ts'
import { countAll, dayOf, texts } from '../../support/history.ts'
import { ask, type House, openHouse } from '../../support/house.ts'
import { aComment, aPerson, aSite, decision, type TestPerson } from '../../support/people.ts'

let house: House
beforeAll(async () => {
  house = await openHouse()
  // The days begin in the morning, so that none of their hours falls into the next.
  await house.owner.query(`update clock set ahead_ms = ahead_ms +
    (extract(epoch from date_trunc('day', now() at time zone 'UTC') + interval '32 hours' - now() at time zone 'UTC') * 1000)::bigint`)
})
afterAll(() => house.close())

interface Desk {
  site: string
  ada: TestPerson
  eve: TestPerson
  ids: string[]
}

/** A site on which so many comments wait, with a moderator and an editor. */
async function aDesk(comments: number, settings: Record<string, unknown> = {}): Promise<Desk> {
  const site = await aSite(house, settings)
  const [ada, eve] = [await aPerson(house, site), await aPerson(house, site, 'editor')]
  const ids: string[] = []
  for (let at = 0; at < comments; at += 1) ids.push((await aComment(house, site, { text: texts.en })).id)
  return { site, ada, eve, ids }
}

async function claim({ key }: TestPerson, body: Record<string, unknown> = {}): Promise<string[]> {
  const answer = await ask(house, 'POST', '/v1/moderation/claims', { key, body })
  expect(answer.status).toBe(200)
  return answer.body.comments.map(({ id }: { id: string }) => id)
}

async function decide({ key }: TestPerson, id: string | undefined, asked: Record<string, unknown> = approve) {
  const made = await decision(house, key, String(id), asked)
  expect(made.status).toBe(201)
  return made.body
}

const approve = { action: 'approve' }

const skip = ({ key }: TestPerson, id: string | undefined) =>
  ask(house, 'POST', `/v1/moderation/comments/${id}/skip`, { key })

async function statistics({ site }: Desk, query: Record<string, string> = {}, key = house.admin) {
  await countAll(house)
  const asked = new URLSearchParams({ site, ...query })
  const answer = await ask(house, 'GET', `/v1/moderation/statistics?${asked}`, { key })
  expect(answer.status).toBe(200)
  return answer.body
}

/** A number of seconds, a little more for the time that the test takes itself, within the 3 % of the statistics. */
const about = (seconds: number) => ({
  asymmetricMatch: (told: unknown) => Number(told) >= seconds * 0.97 && Number(told) <= (seconds + 15) * 1.03,
})

const nothing = { decisions: 0, median: null, p95: null, skips: 0, skipRate: null }

describe('handling time', () => {
  test('goes from the claim to the decision, of a site and of each moderator', async () => {
    const desk = await aDesk(3)
    const { ada, eve, ids } = desk
    expect(await claim(ada, { limit: 1 })).toEqual([ids[0]])
    await house.ahead(100)
    await decide(ada, ids[0])
    expect(await claim(eve, { limit: 2 })).toEqual(ids.slice(1))
    await house.ahead(200)
    await decide(eve, ids[1], { action: 'reject', rules: ['topic'] })
    await decide(eve, ids[2], { action: 'return', rules: ['topic'], reason: 'Please say how it connects.' })
    const { handling, moderators, counted } = await statistics(desk)
    expect(counted).toBe(true)
    expect(handling).toEqual({
      decisions: 3,
      median: about(200),
      p95: about(200),
      skips: 0,
      skipRate: 0,
    })
    expect(moderators).toMatchObject([
      { pseudonym: eve.pseudonym, handling: { decisions: 2, median: about(200) } },
      { pseudonym: ada.pseudonym, handling: { decisions: 1, median: about(100) } },
    ])
  })

  test('begins no new when the claim is renewed', async () => {
    const desk = await aDesk(1)
    await claim(desk.ada)
    for (let times = 0; times < 3; times += 1) {
      await house.ahead(250)
      await ask(house, 'POST', '/v1/moderation/claims/renewal', { key: desk.ada.key })
    }
    await house.ahead(50)
    await decide(desk.ada, desk.ids[0])
    expect((await statistics(desk)).handling).toMatchObject({ decisions: 1, median: about(800) })
  })

  test('begins anew with another claim, whoever had one before', async () => {
    const desk = await aDesk(2)
    const { ada, eve, ids } = desk
    await claim(ada)
    await house.ahead(301)
    expect(await claim(ada, { limit: 1 })).toEqual([ids[0]])
    await house.ahead(90)
    await decide(ada, ids[0])
    await claim(eve)
    await house.ahead(60)
    await ask(house, 'DELETE', '/v1/moderation/claims', { key: eve.key })
    await claim(ada)
    await house.ahead(90)
    await decide(ada, ids[1])
    expect((await statistics(desk)).handling).toMatchObject({
      decisions: 2,
      median: about(90),
      p95: about(90),
    })
  })

  test('is known as well of what came with the answer to a decision', async () => {
    const desk = await aDesk(2)
    const { ada, ids } = desk
    await claim(ada, { limit: 1 })
    const { next } = await decide(ada, ids[0], { ...approve, next: 1 })
    expect(next).toHaveLength(1)
    await house.ahead(150)
    await decide(ada, ids[1])
    expect((await statistics(desk)).handling).toMatchObject({ decisions: 2, p95: about(142) })
  })

  test('is of what was escalated, and of the second person by themselves', async () => {
    const desk = await aDesk(1)
    const { ada, eve, ids } = desk
    await claim(ada)
    await house.ahead(70)
    await decide(ada, ids[0], { action: 'escalate', proposal: 'approve' })
    await claim(eve)
    await house.ahead(140)
    await decide(eve, ids[0])
    expect((await statistics(desk)).moderators).toMatchObject([
      { pseudonym: eve.pseudonym, handling: { decisions: 1, median: about(140) } },
      { pseudonym: ada.pseudonym, handling: { decisions: 1, median: about(70) } },
    ])
  })

  test('stays counted when the decision is undone, which is none itself', async () => {
    const desk = await aDesk(1, { publishDelay: 60 })
    await claim(desk.ada)
    await decide(desk.ada, desk.ids[0], { action: 'escalate', proposal: 'approve' })
    await claim(desk.eve)
    await decide(desk.eve, desk.ids[0], { action: 'undo' })
    expect((await statistics(desk)).handling).toMatchObject({ decisions: 1 })
  })

  test.each<[string, (desk: Desk) => Promise<unknown>]>([
    ['nobody held', async ({ ada, ids }) => decide(ada, ids[0])],
    [
      'was given back',
      async ({ ada, ids }) => {
        await claim(ada)
        await ask(house, 'DELETE', `/v1/moderation/claims/${ids[0]}`, { key: ada.key })
        await decide(ada, ids[0])
      },
    ],
    [
      'was held until a moment ago',
      async ({ ada, ids }) => {
        await claim(ada)
        await house.ahead(301)
        await decide(ada, ids[0])
      },
    ],
    [
      'another holds',
      async ({ ada, eve, ids }) => {
        await claim(ada)
        await decide(eve, ids[0])
      },
    ],
    [
      'is one of many',
      async ({ ada, ids }) => {
        await claim(ada)
        const { body } = await ask(house, 'POST', '/v1/moderation/decisions', {
          key: ada.key,
          body: { decisions: ids.map((id) => ({ id, version: 1, action: 'approve' })) },
        })
        expect(body.results.map(({ status }: { status: number }) => status)).toEqual([201, 201])
      },
    ],
    [
      'is one of a flood',
      async ({ ada, ids }) => {
        await claim(ada)
        const { body } = await ask(house, 'GET', `/v1/moderation/comments/${ids[0]}`, { key: ada.key })
        const made = await ask(house, 'POST', `/v1/moderation/clusters/${body.cluster.key}/decisions`, {
          key: ada.key,
          body: { action: 'reject', rules: ['promotion'] },
        })
        expect(made.body).toMatchObject({ size: 2, done: 2 })
      },
    ],
    [
      'its reader withdraws',
      async ({ site, ada }) => {
        const { receipt } = await aComment(house, site)
        await claim(ada)
        expect((await ask(house, 'DELETE', '/v1/receipt', { key: receipt })).status).toBe(204)
      },
    ],
  ])('is of nothing that %s', async (_what, happens) => {
    const desk = await aDesk(2)
    await happens(desk)
    expect((await statistics(desk)).handling).toEqual(nothing)
  })

  test('costs no question to the database: who asks, about what, and the decision are three', async () => {
    const { ada, ids } = await aDesk(2)
    await claim(ada, { limit: 1 })
    const [claimed, unclaimed] = [await questionsOf(ada, ids[0]), await questionsOf(ada, ids[1])]
    expect([claimed, unclaimed]).toEqual([3, 3])
  })
})

/** How often the desk’s pool is asked something for a decision. */
async function questionsOf(person: TestPerson, id: string | undefined): Promise<number> {
  const { desk } = house.db
  const run = desk.query.bind(desk)
  let questions = 0
  Object.assign(desk, {
    query: (...asked: unknown[]) => {
      questions += 1
      return Reflect.apply(run, desk, asked)
    },
  })
  try {
    await ask(house, 'POST', `/v1/moderation/comments/${id}/decisions`, {
      key: person.key,
      headers: { 'if-match': '"1"' },
      body: approve,
    })
  } finally {
    Object.assign(desk, { query: run })
  }
  return questions
}

describe('the skip rate', () => {
  test('is the part that was passed on of what was held, of a site and of each moderator', async () => {
    const desk = await aDesk(4)
    const { ada, eve, ids } = desk
    await claim(ada, { limit: 4 })
    expect((await skip(ada, ids[0])).status).toBe(204)
    for (const id of ids.slice(1)) await decide(ada, id)
    await claim(eve)
    expect((await skip(eve, ids[0])).status).toBe(204)
    const { handling, moderators } = await statistics(desk)
    expect(handling).toMatchObject({ decisions: 3, skips: 2, skipRate: 0.4 })
    expect(moderators).toMatchObject([
      {
        pseudonym: eve.pseudonym,
        decided: { approve: 0 },
        handling: { ...nothing, skips: 1, skipRate: 1 },
      },
      { pseudonym: ada.pseudonym, handling: { decisions: 3, skips: 1, skipRate: 0.25 } },
    ])
  })

  test('counts nothing that was not held, and nothing twice', async () => {
    const desk = await aDesk(2)
    const { ada, ids } = desk
    await skip(ada, ids[0])
    await claim(ada)
    await skip(ada, ids[1])
    await skip(ada, ids[1])
    expect((await statistics(desk)).handling).toMatchObject({ skips: 1, skipRate: 1 })
    const late = await aDesk(1)
    await claim(late.ada)
    await house.ahead(301)
    await skip(late.ada, late.ids[0])
    expect((await statistics(late)).handling).toEqual(nothing)
  })

  test('counts one skip of two that come at once', async () => {
    const desk = await aDesk(1)
    await claim(desk.ada)
    const answers = await Promise.all([skip(desk.ada, desk.ids[0]), skip(desk.ada, desk.ids[0])])
    expect(answers.map(({ status }) => status)).toEqual([204, 204])
    expect((await statistics(desk)).handling).toMatchObject({ skips: 1 })
  })
})

describe('the figures', () => {
  test('are told by language and by day, as the others are', async () => {
    const desk = await aDesk(1)
    const { site, ada, ids } = desk
    const burmese = await aComment(house, site, { text: texts.my })
    const passed = await aComment(house, site, { text: texts.my })
    await claim(ada)
    await house.ahead(100)
    await decide(ada, ids[0])
    await decide(ada, burmese.id)
    await skip(ada, passed.id)
    const { handling, byLanguage } = await statistics(desk)
    expect(handling).toMatchObject({ decisions: 2, skips: 1 })
    expect(byLanguage).toMatchObject([
      { language: 'en', handling: { decisions: 1, skips: 0 } },
      { language: 'my', handling: { decisions: 1, skips: 1, skipRate: 0.5 } },
    ])
    const mine = { decisions: 1, median: about(100), skips: 1 }
    expect(await statistics(desk, { language: 'my' })).toMatchObject({
      handling: mine,
      moderators: [{ pseudonym: ada.pseudonym, handling: mine }],
    })
    const cho = await aPerson(house, site, 'editor', ['my'])
    expect((await statistics(desk, {}, cho.key)).handling).toMatchObject(mine)
    const tomorrow = await dayOf(house, 1)
    expect((await statistics(desk, { to: tomorrow })).handling).toMatchObject({ decisions: 2 })
    await house.ahead(86_400)
    expect((await statistics(desk, { from: tomorrow })).handling).toEqual(nothing)
  })

  test('are not all there before they are counted, which happens once', async () => {
    const desk = await aDesk(1)
    await claim(desk.ada)
    await countAll(house)
    await skip(desk.ada, desk.ids[0])
    const asked = `/v1/moderation/statistics?site=${desk.site}`
    const early = await ask(house, 'GET', asked, { key: house.admin })
    expect(early.body).toMatchObject({ counted: false, handling: { skips: 0 } })
    await Promise.all(Array.from({ length: 4 }, () => countAll(house)))
    expect(await statistics(desk)).toMatchObject({ counted: true, handling: { skips: 1 } })
  })

  test('keep nothing of a comment or its reader, and of what was handled nothing once it is counted', async () => {
    await countAll(house)
    expect(await found(house, 'select * from handled')).toEqual([])
    const columns = await listed(
      house,
      `select distinct attname from pg_attribute
        where attrelid in ('handled'::regclass, 'statistic_handling'::regclass, 'statistic_skip'::regclass)
          and attnum > 0 order by 1`,
    )
    expect(columns).toEqual([
      'bucket',
      'day',
      'decisions',
      'language',
      'person_id',
      'place',
      'seconds',
      'site',
      'skips',
    ])
  })

  test('are for editors', async () => {
    const { site, ada } = await aDesk(0)
    const asked = await ask(house, 'GET', `/v1/moderation/statistics?site=${site}`, { key: ada.key })
    expect(asked.status).toBe(403)
  })
})
