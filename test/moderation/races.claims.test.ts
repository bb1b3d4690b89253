import { ask, type House, openHouse } from '../support/house.ts'
import { aComment, aPerson, aSite, type TestPerson } from '../support/people.ts'
import { atOnce, everyRound, inParallel, rounds } from '../support/races.ts'

/** Two people who want the same comments at the same moment, on several connections to the database. */
let house: House
beforeAll(async () => {
  house = await openHouse()
})
afterAll(() => house.close())

interface Desk {
  site: string
  ada: TestPerson
  ben: TestPerson
}

async function aDesk(): Promise<Desk> {
  const site = await aSite(house)
  return { site, ada: await aPerson(house, site), ben: await aPerson(house, site) }
}

const ids = (comments: { id: string }[]): string[] => comments.map(({ id }) => id)

describe('two who ask for the next comment at once, where one waits', () => {
  test('by claiming: one of them holds it', async () => {
    const winners = await race(async (desk) => ({
      ada: () => claim(desk, desk.ada),
      ben: () => claim(desk, desk.ben),
    }))
    expect(winners).toHaveLength(rounds)
    expect(new Set(winners)).toEqual(new Set(['ada', 'ben']))
  })

  test('one by claiming, one with a decision: one of them holds it', async () => {
    const winners = await race(async (desk) => {
      const { site, ada, ben } = desk
      await aComment(house, site)
      const [held] = await claim(desk, ben)
      return { ada: () => claim(desk, ada), ben: () => approve(desk, ben, held) }
    })
    expect(winners).toHaveLength(rounds)
  })
})

interface Claims {
  ada: () => Promise<string[]>
  ben: () => Promise<string[]>
}

/** Each round has a desk of its own while it lasts, so that rounds do not meet. Who won each of them. */
async function race(prepare: (desk: Desk) => Promise<Claims>): Promise<string[]> {
  const free = [await aDesk(), await aDesk(), await aDesk(), await aDesk()]
  const winners: string[] = []
  await inParallel(everyRound, async (round) => {
    const desk = free.pop()
    if (!desk) throw new Error('There are more rounds at once than desks.')
    const claims = await prepare(desk)
    const { id } = await aComment(house, desk.site)
    const [ada, ben] = await atOnce(round, claims.ada, claims.ben)
    expect([...ada, ...ben]).toEqual([id])
    const winner = ada.length > 0 ? desk.ada : desk.ben
    expect(await holderOf(id)).toBe(winner.id)
    winners.push(ada.length > 0 ? 'ada' : 'ben')
    expect(await approve(desk, winner, id)).toEqual([])
    free.push(desk)
  })
  return winners
}

async function claim({ site }: Desk, { key }: TestPerson): Promise<string[]> {
  const answer = await ask(house, 'POST', '/v1/moderation/claims', { key, body: { site, limit: 5 } })
  expect(answer.status).toBe(200)
  return ids(answer.body.comments)
}

/** Approves a comment and asks for the next ones. */
async function approve({ site }: Desk, { key }: TestPerson, id: string | undefined): Promise<string[]> {
  const answer = await ask(house, 'POST', `/v1/moderation/comments/${id}/decisions`, {
    key,
    headers: { 'if-match': '"1"' },
    body: { action: 'approve', next: 5, nextFrom: { site } },
  })
  expect(answer.status).toBe(201)
  return ids(answer.body.next)
}

async function holderOf(id: string): Promise<string | null | undefined> {
  const { rows } = await house.db.desk.query<{ claimed_by: string | null }>(
    'select claimed_by from waiting where comment_id = $1 and claimed_until > moment()',
    [id],
  )
  return rows[0]?.claimed_by
}

test('two who send a batch about the same comments at once decide about each once, and learn which were theirs', async () => {
  const { site, ada, ben } = await aDesk()
  let approved = 0
  await inParallel(everyRound, async (round) => {
    const batch: string[] = []
    for (let made = 0; made < 4; made += 1) batch.push((await aComment(house, site)).id)
    // From both ends, so that they meet in the middle.
    const [mine, theirs] = await atOnce(
      round,
      () => decideAll(ada, batch, { action: 'approve' }),
      () => decideAll(ben, batch.toReversed(), { action: 'reject', rules: ['topic'] }),
    )
    for (const id of batch) expect(new Set([mine.get(id), theirs.get(id)])).toEqual(new Set([201, 412]))
    approved += batch.filter((id) => mine.get(id) === 201).length
    const expected = batch.map((id) =>
      mine.get(id) === 201 ? `${id} submit,approve ${ada.id} 1,2` : `${id} submit,reject ${ben.id} 1,2`,
    )
    expect(await logOf(batch)).toEqual(expected.toSorted())
  })
  expect(approved).toBeGreaterThan(0)
  expect(approved).toBeLessThan(rounds * 4)
  const { body } = await ask(house, 'GET', `/v1/sites/${site}/counts?article=news`)
  expect(body.counts).toEqual({ news: approved })
})

async function decideAll(
  { key }: TestPerson,
  batch: readonly string[],
  asked: Record<string, unknown>,
): Promise<Map<string, number>> {
  const decisions = batch.map((id) => ({ id, version: 1, ...asked }))
  const answer = await ask(house, 'POST', '/v1/moderation/decisions', { key, body: { decisions } })
  expect(answer.status).toBe(200)
  const results: { id: string; status: number }[] = answer.body.results
  expect(ids(results)).toEqual(batch)
  return new Map(results.map(({ id, status }) => [id, status]))
}

/** The moves of each comment, who made the last one, and the versions that were announced. */
async function logOf(batch: readonly string[]): Promise<string[]> {
  const { rows } = await house.db.desk.query<{ line: string }>(
    `select concat_ws(' ', c.id,
              (select string_agg(m.action, ',' order by m.seq) from move m where m.comment_id = c.id),
              (select m.person_id from move m where m.comment_id = c.id and m.seq = c.seq),
              (select string_agg(e.seq::text, ',' order by e.seq) from event e where e.comment_id = c.id)) as line
       from comment c where c.id = any ($1)`,
    [batch],
  )
  return rows.map(({ line }) => line).toSorted()
}
