import { keyring } from '../../../src/http/keyring.ts'
import { signingKey } from '../../../src/moderation/log/head.ts'
import type { LogHead } from '../../../src/moderation/log/log.ts'
import { sealLog, signHeads } from '../../../src/moderation/log/seal.ts'
import { verifyLog } from '../../../src/moderation/log/verify.ts'
import { ask, type House, openHouse, testSecret } from '../../support/house.ts'
import { aComment, aPerson, aSite, decision, type TestPerson } from '../../support/people.ts'

const heads = signingKey(keyring(testSecret).logHeads)
const day = 86_400

let house: House
let site: string
let eve: TestPerson
let ada: TestPerson

beforeEach(async () => {
  house = await openHouse()
  site = await aSite(house)
  eve = await aPerson(house, site, 'editor')
  ada = await aPerson(house, site)
})
afterEach(() => house.close())

const ofSite = (path: string, key = eve.key) =>
  ask(house, 'GET', `/v1/moderation/log${path}${path.includes('?') ? '&' : '?'}site=${site}`, { key })
const verify = (kept: LogHead[] = []) => verifyLog(house.db, { heads }, site, kept)

/** Three comments: one approved, one rejected with a reason, one waiting; all in the chain. */
async function aLog(): Promise<string[]> {
  const ids: string[] = []
  for (const text of ['First.', 'Second.', 'Third.']) ids.push((await aComment(house, site, { text })).id)
  await decision(house, ada.key, String(ids[0]), { action: 'approve' })
  await decision(house, ada.key, String(ids[1]), {
    action: 'reject',
    rules: ['topic'],
    reason: 'Another time.',
  })
  await sealLog(house.db)
  return ids
}

/** What an owner does who has switched off every trigger and key. */
async function tamper(sql: string): Promise<void> {
  await house.owner.query('begin')
  await house.owner.query('set local session_replication_role = replica')
  await house.owner.query(sql)
  await house.owner.query('commit')
}

describe("a site's log", () => {
  test('has every move in one order, who made it and under which rules, and no word of anybody', async () => {
    const [first, second, third] = await aLog()
    const { status, body, text } = await ofSite('')
    expect(status).toBe(200)
    const told = body.moves.map((move: Record<string, unknown>) => [
      move['position'],
      move['comment'],
      move['action'],
      move['by'],
    ])
    expect(told).toEqual([
      [1, first, 'submit', null],
      [2, second, 'submit', null],
      [3, third, 'submit', null],
      [4, first, 'approve', ada.pseudonym],
      [5, second, 'reject', ada.pseudonym],
    ])
    expect(body.moves[4]).toMatchObject({ rules: ['topic'], from: 'pending', to: 'rejected', version: 2 })
    for (const word of ['First', 'Second', 'Another time']) expect(text).not.toContain(word)
  })

  test('comes in pages', async () => {
    await aLog()
    const first = await ofSite('?limit=3')
    const second = await ofSite(`?limit=3&cursor=${first.body.next}`)
    expect(second.body.moves.map((move: { position: number }) => move.position)).toEqual([4, 5])
    expect(second.body.next).toBeNull()
  })

  test('is for editors of the site', async () => {
    for (const path of ['', '/verification', '/heads']) {
      expect((await ofSite(path, ada.key)).status).toBe(403)
      expect((await ofSite(path, (await aPerson(house, await aSite(house), 'editor')).key)).status).toBe(403)
    }
  })
})

describe('the sealer', () => {
  test('seals what is new, each move once, whoever else seals', async () => {
    await aLog()
    await aComment(house, site)
    expect((await verify()).unsealed).toMatchObject({ moves: 1, since: expect.any(String) })
    await Promise.all([sealLog(house.db), sealLog(house.db), sealLog(house.db)])
    await sealLog(house.db)
    expect(await verify()).toEqual({
      site,
      verified: 6,
      firstBad: null,
      unsealed: { moves: 0, since: null },
    })
  })

  test('signs the end of a chain once a day on which something happened', async () => {
    await aLog()
    await signHeads(house.db, heads)
    await signHeads(house.db, heads)
    await house.ahead(day)
    await signHeads(house.db, heads)
    await aComment(house, site)
    await sealLog(house.db)
    await house.ahead(day)
    await signHeads(house.db, heads)
    const { body } = await ofSite('/heads')
    expect(body.heads.map((head: LogHead) => head.position)).toEqual([5, 6])
    expect(body.publicKey).toMatch(/^[\w-]{43}$/)
  })
})

describe('verification', () => {
  test('finds nothing wrong with what was only used', async () => {
    const [first] = await aLog()
    const { receipt } = await aComment(house, site)
    await ask(house, 'POST', '/v1/receipt/erasure', { key: receipt })
    await decision(house, eve.key, String(first), { action: 'unpublish', rules: ['topic'] })
    await sealLog(house.db)
    expect(await verify()).toMatchObject({ verified: 8, firstBad: null })
    const over = await ofSite('/verification')
    expect(over.body).toEqual({
      site,
      verified: 8,
      firstBad: null,
      unsealed: { moves: 0, since: null },
      next: expect.any(String),
    })
    const rest = await ofSite(`/verification?cursor=${over.body.next}`)
    expect(rest.body).toMatchObject({ verified: 0, firstBad: null, next: null })
  })

  test.each<[string, (ids: string[]) => string, string]>([
    [
      'who decided',
      ([id]) => `update move set person_id = '${eve.id}' where comment_id = '${id}' and seq = 2`,
      'changed_move',
    ],
    [
      'when',
      ([id]) =>
        `update move set decided_at = decided_at - interval '1 day' where comment_id = '${id}' and seq = 2`,
      'changed_move',
    ],
    [
      'under which rules',
      ([, id]) => `update move set rules = array[gen_random_uuid()] where comment_id = '${id}' and seq = 2`,
      'changed_move',
    ],
    [
      'a move, and its hash with it',
      ([id]) =>
        `update move set person_id = '${eve.id}' where comment_id = '${id}' and seq = 2;
         update move m set hash = move_hash(m) where comment_id = '${id}' and seq = 2;
         update comment set head_hash = (select hash from move where comment_id = '${id}' and seq = 2) where id = '${id}'`,
      'broken_site_chain',
    ],
    [
      'that there was a move',
      ([id]) => `delete from move where comment_id = '${id}' and seq = 2`,
      'missing_move',
    ],
    ['that it was sealed', () => `delete from sealed_move where position = 2`, 'missing_seal'],
    [
      'the text',
      ([id]) => `update revision_text set text = 'Forged.' where comment_id = '${id}'`,
      'changed_words',
    ],
    [
      'the reason',
      ([, id]) => `update move_text set reason = 'Forged.' where comment_id = '${id}'`,
      'changed_words',
    ],
    [
      'that there was a text',
      ([id]) => `delete from revision_text where comment_id = '${id}'`,
      'missing_words',
    ],
    [
      'the state of a comment',
      ([, , id]) =>
        `update comment set status = 'published', shows_from = moment(), first_shown_at = moment() where id = '${id}'`,
      'changed_comment',
    ],
    [
      'when it shows',
      ([id]) => `update comment set shows_from = shows_from - interval '1 hour' where id = '${id}'`,
      'changed_comment',
    ],
    [
      'what came after, behind the log',
      ([id]) =>
        `insert into move (comment_id, seq, id, site, action, from_status, to_status, actor, cites, judged_revision, revision, decided_at, prev_hash, hash)
         select comment_id, 3, gen_random_uuid(), site, 'withdraw', 'published', 'withdrawn', 'reader', false, 1, 1, decided_at, hash, sha256('x')
           from move where comment_id = '${id}' and seq = 2`,
      'move_outside_the_log',
    ],
    [
      'that a comment is in the log',
      ([, , id]) =>
        `delete from sealed_move where comment_id = '${id}'; update sealed_move set position = position - 1 where position > 3`,
      'broken_site_chain',
    ],
  ])('names the first row when somebody changed %s', async (_what, sql, breach) => {
    const ids = await aLog()
    await tamper(sql(ids))
    const { firstBad } = await verify()
    expect(firstBad?.breach).toBe(breach)
    expect((await ofSite('/verification')).body.firstBad).toEqual(firstBad)
  })

  test('finds a comment that no log knows', async () => {
    await aLog()
    const { id } = await aComment(house, site)
    await tamper(`delete from unsealed where comment_id = '${id}'`)
    expect((await verify()).firstBad).toMatchObject({
      breach: 'comment_outside_the_log',
      comment: id,
      position: null,
    })
  })

  test('finds by a head that was kept elsewhere that a whole chain was written anew', async () => {
    const [first] = await aLog()
    await signHeads(house.db, heads)
    const kept: LogHead[] = (await ofSite('/heads')).body.heads
    expect(kept).toHaveLength(1)
    await tamper(`
      delete from log_head;
      update move set person_id = '${eve.id}' where comment_id = '${first}' and seq = 2;
      update move m set hash = move_hash(m) where comment_id = '${first}' and seq = 2;
      update comment set head_hash = (select hash from move where comment_id = '${first}' and seq = 2) where id = '${first}';
      create temp table anew as select * from sealed_move;
      delete from sealed_move`)
    await house.owner.query(
      'insert into sealed_move (site, position, comment_id, seq, hash, sealed_at) select site, 0, comment_id, seq, hash, sealed_at from anew order by position',
    )
    expect((await verify()).firstBad).toBeNull()
    expect((await verify(kept)).firstBad).toMatchObject({ breach: 'other_head', position: 5 })
  })

  test('finds a head that nobody with the key has signed', async () => {
    await aLog()
    await signHeads(house.db, heads)
    await tamper(`update log_head set signature = decode(repeat('00', 64), 'hex')`)
    expect((await verify()).firstBad).toMatchObject({ breach: 'forged_head' })
    expect((await verifyLog(house.db, { heads: null }, site, [])).firstBad).toBeNull()
  })
})
