import { createHash } from 'node:crypto'
import { found, refusal } from '../../support/attacks.ts'
import { aDay, countAll, dayOf, texts } from '../../support/history.ts'
import { ask, type House, openHouse } from '../../support/house.ts'
import { aComment, aPerson, aSite, decision, type TestPerson } from '../../support/people.ts'

let house: House
beforeAll(async () => {
  house = await openHouse()
})
afterAll(() => house.close())

interface Desk {
  site: string
  ada: TestPerson
  ben: TestPerson
  cho: TestPerson
}

async function aDesk(): Promise<Desk> {
  const site = await aSite(house, { publishDelay: 30 })
  return {
    site,
    ada: await aPerson(house, site),
    ben: await aPerson(house, site, 'editor'),
    cho: await aPerson(house, site),
  }
}

/** As if chance had chosen every decision of the site. */
async function sampleAll(site: string): Promise<void> {
  await house.owner.query(
    `insert into sample (comment_id, seq, site, language, action, rule, person_id, decided_at)
     select m.comment_id, m.seq, m.site, c.language, m.action,
            coalesce((select code from rule where id = m.lead_rule_id), ''), m.person_id, m.decided_at
       from move m join comment c on c.id = m.comment_id
      where m.site = $1 and m.actor = 'person' and m.action in ('approve', 'edit', 'reject', 'return')
     on conflict do nothing`,
    [site],
  )
}

async function samplesOf(site: string, key: string, limit = 50) {
  const answer = await ask(house, 'GET', `/v1/moderation/samples?site=${site}&limit=${limit}`, { key })
  expect(answer.status).toBe(200)
  return answer.body.samples
}

async function judge(id: string, key: string | undefined, body: Record<string, unknown>) {
  return ask(house, 'POST', `/v1/moderation/samples/${id}/verdict`, { key, body })
}

describe('chance', () => {
  test('chooses two in a hundred decisions, and ten in a hundred edits', async () => {
    const [share] = await found(
      house,
      `select avg(is_sampled(id, 'edit')::int)::float as edits, avg(is_sampled(id, 'reject')::int)::float as others
         from (select md5(at::text)::uuid as id from generate_series(1, 20000) as at) as moves`,
    )
    expect(Number(share?.['edits'])).toBeCloseTo(0.1, 2)
    expect(Number(share?.['others'])).toBeCloseTo(0.02, 2)
  })

  test('chooses by the id of the move alone, of decisions alone', async () => {
    const { site, ada, ben } = await aDesk()
    await aDay(house, site, { ada, ben })
    for (let at = 0; at < 30; at += 1) {
      const { id } = await aComment(house, site)
      await decision(house, ada.key, id, { action: 'edit', text: `Number ${at}.`, rules: ['respect'] })
    }
    await countAll(house)
    const moves = await found(
      house,
      `select id, action, actor, from_status, comment_id from move where site = '${site}'`,
    )
    const chosen = moves.filter(({ id, action, actor, from_status: from }) => {
      const chance = Number.parseInt(createHash('md5').update(String(id)).digest('hex').slice(0, 8), 16) % 100
      const isDecision = /^(approve|edit|reject|return)$/.test(String(action)) && actor === 'person'
      return isDecision && from !== 'published' && chance < (action === 'edit' ? 10 : 2)
    })
    const kept = await found(
      house,
      `select m.id from sample s join move m on m.comment_id = s.comment_id and m.seq = s.seq where s.site = '${site}'`,
    )
    expect(new Set(kept.map(({ id }) => id))).toEqual(new Set(chosen.map(({ id }) => id)))
  })
})

describe('samples', () => {
  test('show a comment as it was judged, and nothing of who judged it and how', async () => {
    const { site, ada, cho } = await aDesk()
    const first = await aComment(house, site, { text: texts.en, name: 'Wren' })
    await decision(house, ada.key, first.id, { action: 'approve' })
    await house.ahead(60)
    const answer = await aComment(house, site, {
      text: 'See https://boats.example/ for more.',
      parent: first.id,
    })
    await decision(house, ada.key, answer.id, {
      action: 'edit',
      text: 'See for more.',
      rules: ['promotion'],
      reason: 'No links, please.',
    })
    await sampleAll(site)
    const samples = await samplesOf(site, cho.key)
    expect(samples).toHaveLength(2)
    const edited = samples.find(({ thread }: { thread: unknown[] }) => thread.length > 0)
    expect(edited).toMatchObject({
      site,
      article: 'news',
      name: null,
      text: 'See https://boats.example/ for more.',
      signals: [expect.objectContaining({ code: 'links' })],
      thread: [{ name: 'Wren', text: texts.en }],
    })
    expect(edited.rules).toHaveLength(14)
    const told = JSON.stringify(edited)
    for (const secret of [
      ada.pseudonym,
      ada.id,
      answer.id,
      'See for more.',
      'No links',
      '"edit"}',
      '"status"',
    ]) {
      expect(told).not.toContain(secret)
    }
    expect(Object.keys(edited).toSorted()).toEqual(
      'article articleTitle articleUrl id language name rules signals site text thread'.split(' '),
    )
  })

  test("are never of one's own decisions, nor of what one had a part in, nor of what was undone", async () => {
    const { site, ada, ben, cho } = await aDesk()
    const escalated = await aComment(house, site)
    await decision(house, ada.key, escalated.id, { action: 'escalate', proposal: 'approve' })
    await decision(house, ben.key, escalated.id, { action: 'approve' })
    const undone = await aComment(house, site)
    await decision(house, ben.key, undone.id, { action: 'reject', rules: ['topic'] })
    await decision(house, ben.key, undone.id, { action: 'undo' })
    await sampleAll(site)
    expect(await samplesOf(site, ada.key)).toEqual([])
    expect(await samplesOf(site, ben.key)).toEqual([])
    const [own, ...others] = await samplesOf(site, cho.key)
    expect(others).toEqual([])
    expect((await judge(own.id, ada.key, { action: 'approve' })).body.code).toBe('sample_not_found')
    expect(
      await refusal(
        house,
        'desk',
        `insert into sample_verdict (sample_id, person_id, site, action, rules)
         values ('${own.id}', '${ada.id}', '${site}', 'approve', '{}')`,
      ),
    ).toMatch(/another person/)
  })

  test('are of each moderator, language and rule before two are of one', async () => {
    const { site, ada, ben, cho } = await aDesk()
    for (let at = 0; at < 6; at += 1) {
      const { id } = await aComment(house, site, {
        text: `Buy boat number ${at} from me, as soon as you can.`,
      })
      await decision(house, ada.key, id, { action: 'reject', rules: ['promotion'] })
    }
    const rare = [
      { text: 'The other boat was late.', by: ada, asked: { action: 'reject', rules: ['topic'] } },
      { text: texts.my, by: ada, asked: { action: 'reject', rules: ['promotion'] } },
      { text: 'The last boat was late.', by: ben, asked: { action: 'reject', rules: ['promotion'] } },
    ]
    for (const { text, by, asked } of rare) {
      await decision(house, by.key, (await aComment(house, site, { text })).id, asked)
    }
    await sampleAll(site)
    const told = (await samplesOf(site, cho.key, 4)).map(({ text }: { text: string }) => text)
    expect(told).toEqual(expect.arrayContaining(rare.map(({ text }) => text)))
    expect(await samplesOf(site, cho.key)).toHaveLength(9)
  })

  test('are gone with the words of the comment', async () => {
    const { site, ada, cho } = await aDesk()
    const { id, receipt } = await aComment(house, site)
    await decision(house, ada.key, id, { action: 'reject', rules: ['topic'] })
    await sampleAll(site)
    const [sample] = await samplesOf(site, cho.key)
    expect((await ask(house, 'POST', '/v1/receipt/erasure', { key: receipt })).status).toBe(204)
    expect(await samplesOf(site, cho.key)).toEqual([])
    expect((await judge(sample.id, cho.key, { action: 'approve' })).body.code).toBe('sample_not_found')
  })

  test('are for moderators of the site, in the languages that they read', async () => {
    const { site, ada } = await aDesk()
    const { id } = await aComment(house, site)
    await decision(house, ada.key, id, { action: 'approve' })
    await sampleAll(site)
    const dan = await aPerson(house, site, 'moderator', ['my'])
    const eve = await aPerson(house, await aSite(house))
    const [sample] = await samplesOf(site, (await aPerson(house, site)).key)
    expect(await samplesOf(site, dan.key)).toEqual([])
    expect((await judge(sample.id, dan.key, { action: 'approve' })).status).toBe(404)
    expect((await judge(sample.id, eve.key, { action: 'approve' })).status).toBe(404)
    expect((await judge(sample.id, undefined, { action: 'approve' })).status).toBe(401)
    expect((await ask(house, 'GET', `/v1/moderation/samples?site=${site}`, { key: eve.key })).status).toBe(
      403,
    )
  })
})

describe('a verdict', () => {
  let desk: Desk
  let reviewed: string

  beforeAll(async () => {
    desk = await aDesk()
    const { id } = await aComment(house, desk.site)
    await decision(house, desk.ada.key, id, { action: 'reject', rules: ['topic'] })
    await sampleAll(desk.site)
    const [sample] = await samplesOf(desk.site, desk.cho.key)
    reviewed = sample.id
  })

  test.each([
    ['a restriction without a rule', { action: 'reject' }, 'rule_missing'],
    ['a rule that is not there', { action: 'reject', rules: ['nothing'] }, 'rule_unknown'],
    ['a rule that does not permit it', { action: 'edit', rules: ['facts'] }, 'rule_does_not_permit'],
    ['approval under a rule', { action: 'approve', rules: ['topic'] }, 'rule_does_not_permit'],
    ['what is no verdict', { action: 'undo' }, 'invalid_request'],
  ])('is refused as %s', async (_what, body, code) => {
    expect((await judge(reviewed, desk.cho.key, body)).body.code).toBe(code)
  })

  test('is given once, changes nothing, and is asked for no more', async () => {
    const log = () => found(house, `select count(*)::int as moves from move where site = '${desk.site}'`)
    const before = await log()
    const made = await judge(reviewed, desk.cho.key, {
      action: 'reject',
      rules: ['promotion', 'topic', 'topic'],
    })
    expect(made.status).toBe(201)
    expect(made.body).toEqual({
      sample: reviewed,
      action: 'reject',
      rules: ['promotion', 'topic'],
      judgedAt: expect.any(String),
    })
    expect(await log()).toEqual(before)
    expect((await judge(reviewed, desk.cho.key, { action: 'approve' })).body.code).toBe('already_judged')
    expect(await samplesOf(desk.site, desk.cho.key)).toEqual([])
    expect((await judge(reviewed, desk.ben.key, { action: 'approve' })).status).toBe(201)
  })

  test('is kept, and so is what was sampled', async () => {
    for (const table of ['sample', 'sample_verdict']) {
      for (const sql of [
        `update ${table} set action = 'edit'`,
        `delete from ${table}`,
        `truncate ${table} cascade`,
      ]) {
        expect(await refusal(house, 'owner', sql)).toMatch(/kept for ever/)
      }
    }
  })

  test('counts for how often two people decide alike', async () => {
    const { body } = await ask(house, 'GET', `/v1/moderation/statistics?site=${desk.site}`, {
      key: desk.ben.key,
    })
    expect(body.agreement).toEqual({
      verdicts: 2,
      share: 0.5,
      kappa: 0,
      byRule: [
        { code: 'promotion', both: 0, first: 0, second: 1, share: 0.5, kappa: 0 },
        { code: 'topic', both: 1, first: 1, second: 0, share: 0.5, kappa: 0 },
      ],
      byLanguage: [{ language: 'en', verdicts: 2, share: 0.5 }],
      byModerator: [{ pseudonym: desk.ada.pseudonym, verdicts: 2, share: 0.5 }],
    })
    const today = await dayOf(house)
    const earlier = await ask(
      house,
      'GET',
      `/v1/moderation/statistics?site=${desk.site}&from=2020-01-01&to=${today}`,
      { key: desk.ben.key },
    )
    expect(earlier.body.agreement.verdicts).toBe(0)
  })
})
