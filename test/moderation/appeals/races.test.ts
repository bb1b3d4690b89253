import { aDecided, anAppealed, appeal, movesOf, ownAppeal, resolve } from '../../support/appeals.ts'
import { ask, type House, openHouse } from '../../support/house.ts'
import { aPerson, aSite, decision, receiptOf, type TestPerson } from '../../support/people.ts'
import { atOnce, everyRound, inParallel } from '../../support/races.ts'
import { outcomeOf } from '../../support/states.ts'

/** Requests that are under way at once, on several connections to the database. */
let house: House
let site: string
let ada: TestPerson
let eve: TestPerson
let ben: TestPerson

beforeAll(async () => {
  house = await openHouse()
  site = await aSite(house, { publishDelay: 3_600 })
  ada = await aPerson(house, site)
  eve = await aPerson(house, site, 'editor')
  ben = await aPerson(house, site, 'editor')
})
afterAll(() => house.close())

const partly = { outcome: 'partly_reversed', text: 'The boat was late.', rules: ['respect'] }
const outcomes = [{ outcome: 'upheld' }, { outcome: 'reversed' }, partly]

test('an appeal is filed twice at once: one is', async () => {
  await inParallel(everyRound, async (round) => {
    const { receipt } = await aDecided(house, site, ada)
    const answers = await atOnce(
      round,
      () => appeal(house, receipt, 'One.'),
      () => appeal(house, receipt, 'Other.'),
    )
    expect(answers.map(outcomeOf).toSorted()).toEqual(['202', '409 already_appealed'])
    expect(await ownAppeal(house, receipt)).toMatchObject({ status: 'open' })
  })
})

test('two reviewers decide at once: one does, and the comment follows the outcome that stands', async () => {
  const winners = new Set<string>()
  await inParallel(everyRound, async (round) => {
    const { id, receipt, appeal: appealId } = await anAppealed(house, site, ada)
    const [one, other] = [outcomes[round % 3], outcomes[Math.floor(round / 3) % 3]]
    const answers = await atOnce(
      round,
      () => resolve(house, eve.key, appealId, { ...one }),
      () => resolve(house, ben.key, appealId, { ...other }),
    )
    expect(answers.map(outcomeOf).toSorted()).toEqual(['200', '409 appeal_settled'])
    const won = answers.find(({ status }) => status === 200)
    winners.add(won?.body.by)
    await expectCarriedOut(id, receipt, won?.body.outcome)
  })
  expect(winners.size).toBe(2)
})

test('an outcome that restores, and a restoration: one of them', async () => {
  await inParallel(everyRound, async (round) => {
    const { id, receipt, appeal: appealId } = await anAppealed(house, site, ada)
    const asked = outcomes[1 + (round % 2)]
    const [resolved, restored] = await atOnce(
      round,
      () => resolve(house, eve.key, appealId, { ...asked }),
      () => decision(house, ben.key, id, { action: 'restore' }, 2),
    )
    const isResolved = resolved.status === 200
    expect([outcomeOf(resolved), outcomeOf(restored)]).toEqual(
      isResolved ? ['200', '412 stale_version'] : ['409 appeal_settled', '201 restore'],
    )
    expect(await ownAppeal(house, receipt)).toMatchObject({ status: isResolved ? 'decided' : 'lapsed' })
    expect(await movesOf(house, id)).toEqual(
      isResolved ? carriedOut(asked?.outcome) : ['submit', 'reject', 'restore'],
    )
  })
})

test('an outcome that moves nothing, and a restoration: the appeal may be decided just before', async () => {
  await inParallel(everyRound, async (round) => {
    const { receipt, appeal: appealId, id } = await anAppealed(house, site, ada)
    const [resolved, restored] = await atOnce(
      round,
      () => resolve(house, eve.key, appealId, { outcome: 'upheld' }),
      () => decision(house, ben.key, id, { action: 'restore' }, 2),
    )
    expect(restored.status).toBe(201)
    expect(['200', '409 appeal_settled']).toContain(outcomeOf(resolved))
    expect(await ownAppeal(house, receipt)).toMatchObject({
      status: resolved.status === 200 ? 'decided' : 'lapsed',
    })
  })
})

test('an outcome and a withdrawal: it is withdrawn, whoever came first', async () => {
  await inParallel(everyRound, async (round) => {
    const { id, receipt, appeal: appealId } = await anAppealed(house, site, ada)
    const [resolved, withdrawn] = await atOnce(
      round,
      () => resolve(house, eve.key, appealId, { ...outcomes[round % 3] }),
      () => ask(house, 'DELETE', '/v1/receipt', { key: receipt }),
    )
    expect(withdrawn.status).toBe(204)
    expect(['200', '409 appeal_settled']).toContain(outcomeOf(resolved))
    const mine = await receiptOf(house, receipt)
    expect(mine.status).toBe('withdrawn')
    expect(mine.appeal.status).toBe(resolved.status === 200 ? 'decided' : 'lapsed')
    const moves = await movesOf(house, id)
    expect(moves.at(-1)).toBe('withdraw')
    expect(moves.includes('restore')).toBe(resolved.status === 200 && round % 3 !== 0)
  })
})

test('an appeal and an undo, or a withdrawal: none stays open behind it', async () => {
  await inParallel(everyRound, async (round) => {
    const { id, receipt } = await aDecided(house, site, ada)
    const [filed, moved] = await atOnce(
      round,
      () => appeal(house, receipt),
      () =>
        round % 4 < 2
          ? decision(house, ada.key, id, { action: 'undo' }, 2)
          : ask(house, 'DELETE', '/v1/receipt', { key: receipt }),
    )
    expect(moved.status).toBeLessThan(300)
    expect(['202', '409 nothing_to_appeal']).toContain(outcomeOf(filed))
    const { rows } = await house.db.desk.query<{ status: string }>(
      'select status from appeal where comment_id = $1',
      [id],
    )
    expect(rows).toEqual(filed.status === 202 ? [{ status: 'lapsed' }] : [])
  })
})

async function expectCarriedOut(id: string, receipt: string, outcome: string | undefined): Promise<void> {
  expect(await ownAppeal(house, receipt)).toMatchObject({ status: 'decided', outcome })
  expect(await movesOf(house, id)).toEqual(carriedOut(outcome))
}

/** The moves of a rejected comment after an outcome. */
function carriedOut(outcome: string | undefined): string[] {
  if (outcome === 'upheld') return ['submit', 'reject']
  return outcome === 'reversed' ? ['submit', 'reject', 'restore'] : ['submit', 'reject', 'restore', 'edit']
}
