import { allowed, found, refusal, refusalByKeys } from '../support/attacks.ts'
import { aGround, type Ground, move, type Standing, standing } from '../support/forged.ts'
import { ask, type House, openHouse } from '../support/house.ts'
import { aComment, aPerson, decision, type TestPerson } from '../support/people.ts'

let house: House
let ground: Ground
let carl: TestPerson

beforeAll(async () => {
  house = await openHouse()
  ground = await aGround(house)
  carl = await aPerson(house, ground.site)
})
afterAll(() => house.close())

/** A comment that Ada holds. */
async function aHeld(): Promise<Standing> {
  const comment = await standing(house, await aComment(house, ground.site))
  await ask(house, 'POST', '/v1/moderation/claims', {
    key: ground.ada.key,
    body: { site: ground.site, limit: 10 },
  })
  expect(await waitingRow(comment)).toMatchObject({ claimed_by: ground.ada.id })
  return comment
}

const waitingRow = async ({ id }: { id: string }) =>
  (await found(house, `select * from waiting where comment_id = '${id}'`))[0]

describe('a live lease', () => {
  test('keeps another moderator from deciding, by whatever way', async () => {
    const held = await aHeld()
    for (const action of ['approve', 'reject', 'return', 'escalate']) {
      const rules = action === 'reject' || action === 'return' ? [ground.rule('topic')] : []
      const columns = { person_id: carl.id, rules, ...(action === 'escalate' && { proposal: 'approve' }) }
      for (const role of ['desk', 'owner'] as const) {
        expect(await refusal(house, role, move(held, action, columns))).toBe(
          'another moderator holds this comment',
        )
      }
    }
  })

  test('lets its holder, an editor and an admin decide', async () => {
    const admin = await aPerson(house, ground.site, 'admin')
    for (const person of [ground.ada, ground.ben, admin]) {
      const held = await aHeld()
      await allowed(house, 'desk', move(held, 'approve', { person_id: person.id }))
      expect(await waitingRow(held)).toBeUndefined()
    }
  })

  test('names somebody and an end, both or neither', async () => {
    const held = await aHeld()
    const set = (what: string) => `update waiting set ${what} where comment_id = '${held.id}'`
    expect(await refusal(house, 'desk', set('claimed_by = null'))).toBe('waiting_claim')
    expect(await refusal(house, 'desk', set('claimed_until = null'))).toBe('waiting_claim')
    expect(await refusal(house, 'desk', set(`claimed_by = gen_random_uuid()`))).toBe(
      'waiting_claimed_by_fkey',
    )
  })
})

const since = async (of: Standing) => (await waitingRow(of))?.['claimed_since']

describe('since when a claim is somebody’s', () => {
  test('is the moment of the claim, whatever is written, and no renewal changes it', async () => {
    const held = await aHeld()
    const began = await since(held)
    expect(began).toBeInstanceOf(Date)
    await house.ahead(60)
    const set = (what: string) => `update waiting set ${what} where comment_id = '${held.id}'`
    await allowed(house, 'desk', set(`claimed_until = moment() + interval '5 minutes'`))
    expect(await since(held)).toEqual(began)
    expect(await refusal(house, 'desk', set('claimed_since = moment()'))).toBe(
      'permission denied for table waiting',
    )
    const again = set(`claimed_by = '${carl.id}', claimed_since = 'epoch'`)
    expect(await refusal(house, 'desk', again)).toBe('permission denied for table waiting')
    await allowed(house, 'owner', again)
    const anew = await found(
      house,
      `select claimed_since > moment() - interval '30 seconds' as anew from waiting where comment_id = '${held.id}'`,
    )
    expect(anew).toEqual([{ anew: true }])
    await allowed(house, 'desk', set('claimed_by = null, claimed_until = null'))
    expect(await since(held)).toBeNull()
  })

  test('is written down once of a decision, and only added to what was counted', async () => {
    const [handled] = await found(
      house,
      `select count(*)::int as many from handled where site = '${ground.site}'`,
    )
    expect(handled).toEqual({ many: 0 })
    const noted = (columns: string, values: string) =>
      `insert into handled (site, language, person_id, day${columns}) values ('${ground.site}', 'en', '${ground.ada.id}', '2026-11-24'${values})`
    await allowed(house, 'desk', noted(', seconds', ', 7'))
    for (const [change, denied] of [
      [`update handled set seconds = 1`, 'handled'],
      [`delete from handled`, 'handled'],
      [`update statistic_handling set decisions = 0`, 'statistic_handling'],
      [
        `insert into statistic_skip values ('${ground.site}', now(), '${ground.ada.id}', 'en', 9)`,
        'statistic_skip',
      ],
      [`delete from statistic_skip`, 'statistic_skip'],
    ]) {
      for (const role of ['desk', 'reader'] as const) {
        expect(await refusal(house, role, String(change))).toBe(`permission denied for table ${denied}`)
      }
    }
    expect(await refusal(house, 'reader', 'select * from handled')).toBe(
      'permission denied for table handled',
    )
    expect(await refusal(house, 'reader', 'select count_handled(1)')).toBe(
      'permission denied for function count_handled',
    )
    expect(await refusal(house, 'desk', noted(', seconds', ', -1'))).toBe('handled_seconds')
    expect(await refusal(house, 'desk', noted('', '').replace(ground.site, 'nowhere'))).toBe(
      'handled_site_fkey',
    )
    expect(await refusal(house, 'desk', noted('', '').replace(ground.ada.id, ground.article))).toBe(
      'handled_person_id_fkey',
    )
    await allowed(house, 'desk', 'select count_handled(10)')
    await allowed(house, 'desk', noted(', seconds', ', 7'))
    await allowed(house, 'desk', noted('', ''))
    await allowed(house, 'desk', 'select count_handled(10)')
    expect(await found(house, 'select bucket, decisions from statistic_handling')).toEqual([
      { bucket: 7, decisions: 2 },
    ])
    expect(await found(house, 'select skips from statistic_skip')).toEqual([{ skips: 1 }])
  })
})

describe('the queue', () => {
  test('holds what waits and nothing else', async () => {
    const waits = await standing(house, await aComment(house, ground.site))
    const settled = await standing(house, await aComment(house, ground.site))
    await decision(house, ground.ben.key, settled.id, { action: 'approve' })
    const said = 'the queue holds what waits and nothing else'
    for (const attack of [
      `delete from waiting where comment_id = '${waits.id}'`,
      `update waiting set status = 'second_review' where comment_id = '${waits.id}'`,
      `update waiting set language = 'lo' where comment_id = '${waits.id}'`,
      `insert into waiting (comment_id, site, status, language, position, since)
       select id, site, 'pending', language, position, moment() from comment where id = '${settled.id}'`,
    ]) {
      expect(await refusal(house, 'owner', attack)).toBe(said)
      expect(await refusal(house, 'desk', attack)).toBe('permission denied for table waiting')
      expect(await refusal(house, 'reader', attack)).toBe('permission denied for table waiting')
    }
    expect(await refusal(house, 'owner', 'truncate waiting cascade')).toContain('are kept for ever')
  })

  test('takes no state of its own', async () => {
    const waits = await standing(house, await aComment(house, ground.site))
    expect(
      await refusalByKeys(house, `update waiting set status = 'published' where comment_id = '${waits.id}'`),
    ).toBe('waiting_status')
  })

  test('agrees with a recount after many moves', async () => {
    const counted = `select c.status, count(*)::int as comments, count(w.comment_id)::int as rows
                       from comment c left join waiting w on w.comment_id = c.id and w.status = c.status
                      group by c.status`
    for (const { status, comments, rows } of await found(house, counted)) {
      const waits = status === 'pending' || status === 'second_review'
      expect([status, rows]).toEqual([status, waits ? comments : 0])
    }
  })
})
