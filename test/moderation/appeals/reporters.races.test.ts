import { appeal, movesOf, resolve } from '../../support/appeals.ts'
import { ask, type House, openHouse } from '../../support/house.ts'
import { aPerson, aSite, decision, type TestPerson } from '../../support/people.ts'
import { atOnce, everyRound, inParallel } from '../../support/races.ts'
import { aKept, aReportersAppeal, type Kept, reportersAppeal } from '../../support/report-appeals.ts'
import { outcomeOf } from '../../support/states.ts'

/** Appeals of reporters that meet each other and what else happens, on several connections to the database. */
let house: House
let site: string
let ada: TestPerson
let ben: TestPerson
let cho: TestPerson
let people: { publisher: TestPerson; resolver: TestPerson }

beforeAll(async () => {
  house = await openHouse()
  site = await aSite(house)
  ada = await aPerson(house, site)
  ben = await aPerson(house, site, 'editor')
  cho = await aPerson(house, site, 'editor')
  people = { publisher: ada, resolver: await aPerson(house, site, 'editor') }
})
afterAll(() => house.close())

const outcomes = [
  { outcome: 'upheld' },
  { outcome: 'reversed', rules: ['respect'] },
  { outcome: 'partly_reversed', text: 'The boat was late.', rules: ['respect'] },
]
const moves: Record<string, string[]> = {
  upheld: [],
  reversed: ['unpublish'],
  partly_reversed: ['edit'],
}

/** How many appeals there are about a report, and words of theirs. */
async function rowsOf({ report }: Kept): Promise<string[]> {
  const { rows } = await house.db.desk.query<{ row: string }>(
    `select concat_ws(' ', a.status, t.part) as row
       from report_appeal a left join report_appeal_text t on t.appeal_id = a.id
      where a.report_id = $1 order by 1`,
    [report.id],
  )
  return rows.map(({ row }) => row)
}

test('an appeal is filed twice at once: one is', async () => {
  await inParallel(everyRound, async (round) => {
    const it = await aKept(house, site, people)
    const answers = await atOnce(
      round,
      () => appeal(house, it.report.receipt, 'One.'),
      () => appeal(house, it.report.receipt, 'Other.'),
    )
    expect(answers.map(outcomeOf).toSorted()).toEqual(['202', '409 already_appealed'])
    expect(await rowsOf(it)).toEqual(['open appeal'])
  })
})

test('an appeal, and a comment that goes or changes: it is refused, or lapses', async () => {
  const seen = new Set<string>()
  await inParallel(everyRound, async (round) => {
    const it = await aKept(house, site, people)
    const [filed, moved] = await atOnce(
      round,
      () => appeal(house, it.report.receipt),
      () =>
        [
          () => ask(house, 'DELETE', '/v1/receipt', { key: it.receipt }),
          () => decision(house, ada.key, it.id, { action: 'unpublish', rules: ['topic'] }, 2),
          () => decision(house, ada.key, it.id, { action: 'edit', rules: ['respect'], text: 'Late.' }, 2),
        ][round % 3]?.() ?? Promise.reject(new Error('no move')),
    )
    expect(moved.status).toBeLessThan(300)
    seen.add(outcomeOf(filed))
    expect(await rowsOf(it)).toEqual(filed.status === 202 ? ['lapsed appeal'] : [])
  })
  expect([...seen].toSorted()).toEqual(['202', '409 nothing_to_appeal'])
})

test('an appeal, and the erasure of its report: no word of it stays', async () => {
  await inParallel(everyRound, async (round) => {
    const it = await aKept(house, site, people)
    const [filed, erased] = await atOnce(
      round,
      () => appeal(house, it.report.receipt),
      () => ask(house, 'POST', '/v1/receipt/erasure', { key: it.report.receipt }),
    )
    expect(erased.status).toBe(204)
    expect(['202', '409 nothing_to_appeal']).toContain(outcomeOf(filed))
    expect(await rowsOf(it)).toEqual(filed.status === 202 ? ['lapsed'] : [])
  })
})

test('two reviewers decide at once: one does, and the comment follows the outcome that stands', async () => {
  const winners = new Set<string>()
  await inParallel(everyRound, async (round) => {
    const it = await aReportersAppeal(house, site, people)
    const [one, other] = [outcomes[round % 3], outcomes[Math.floor(round / 3) % 3]]
    const answers = await atOnce(
      round,
      () => resolve(house, ben.key, it.appeal, { ...one }),
      () => resolve(house, cho.key, it.appeal, { ...other }),
    )
    expect(answers.map(outcomeOf).toSorted()).toEqual(['200', '409 appeal_settled'])
    const won = answers.find(({ status }) => status === 200)?.body
    winners.add(won.by)
    expect(await reportersAppeal(house, it.report)).toMatchObject({ status: 'decided', outcome: won.outcome })
    expect(await movesOf(house, it.id)).toEqual(['submit', 'approve', ...(moves[won.outcome] ?? [])])
  })
  expect(winners.size).toBe(2)
})

test('an outcome, and another decision: the outcome stands or the appeal lapses', async () => {
  await inParallel(everyRound, async (round) => {
    const it = await aReportersAppeal(house, site, people)
    const asked = outcomes[1 + (round % 2)]
    const [resolved, decided] = await atOnce(
      round,
      () => resolve(house, ben.key, it.appeal, { ...asked }),
      () => decision(house, ada.key, it.id, { action: 'unpublish', rules: ['topic'] }, 2),
    )
    const isResolved = resolved.status === 200
    expect([outcomeOf(resolved), outcomeOf(decided)]).toEqual(
      isResolved ? ['200', '412 stale_version'] : ['409 appeal_settled', '201 unpublish'],
    )
    expect(await reportersAppeal(house, it.report)).toMatchObject({
      status: isResolved ? 'decided' : 'lapsed',
    })
  })
})

test('an outcome, and the erasure of its report: it is decided or not, and no word of it stays', async () => {
  await inParallel(everyRound, async (round) => {
    const it = await aReportersAppeal(house, site, people)
    const asked = outcomes[Math.floor(round / 2) % 3]
    const [resolved, erased] = await atOnce(
      round,
      () => resolve(house, ben.key, it.appeal, { ...asked }),
      () => ask(house, 'POST', '/v1/receipt/erasure', { key: it.report.receipt }),
    )
    expect(erased.status).toBe(204)
    expect(['200', '409 appeal_settled']).toContain(outcomeOf(resolved))
    expect(await rowsOf(it)).toEqual([resolved.status === 200 ? 'decided' : 'lapsed'])
    expect(await movesOf(house, it.id)).toEqual([
      'submit',
      'approve',
      ...(resolved.status === 200 ? (moves[String(asked?.outcome)] ?? []) : []),
    ])
  })
})
