import { makeCrowd } from '../support/crowd.ts'
import { ask, type House, openHouse } from '../support/house.ts'
import { aPerson, aSite, type TestPerson } from '../support/people.ts'

interface Plan {
  'Actual Rows': number
  'Actual Loops': number
  'Rows Removed by Filter'?: number
  'Rows Removed by Join Filter'?: number
  'Shared Hit Blocks': number
  'Shared Read Blocks': number
  Plans?: Plan[]
}

/** What PostgreSQL touched: rows that were read, thrown away ones included, and pages. */
interface Touched {
  rows: number
  pages: number
}

const work = ['claim', 'claim in one language', 'queue', 'decision', 'batch'] as const
type Work = (typeof work)[number]

/** The work of each kind with so many comments of which a fifth waits, in ten languages. */
async function touchedWith(many: number): Promise<Record<Work, Touched>> {
  const house = await openHouse()
  try {
    const site = await aSite(house)
    const ada = await aPerson(house, site)
    const lao = await aPerson(house, site, 'moderator', ['lo'])
    await makeCrowd(house.owner, { site, waiting: many / 5, rejected: (many / 5) * 4 })
    return await touched(house, site, ada, lao)
  } finally {
    await house.close()
  }
}

async function touched(house: House, site: string, ada: TestPerson, lao: TestPerson) {
  const total = explainEach(house)
  const measure = async (request: Promise<{ status: number }>): Promise<Touched> => {
    total.rows = 0
    total.pages = 0
    expect((await request).status).toBeLessThan(300)
    return { ...total }
  }
  const claim = (person: TestPerson) =>
    ask(house, 'POST', '/v1/moderation/claims', { key: person.key, body: { site, limit: 5 } })
  const queue = () => ask(house, 'GET', `/v1/moderation/queue?site=${site}&limit=20`, { key: ada.key })

  // What is looked up once for a connection, and the pages that the first to come by tidies up, are not counted.
  const [first, second] = (await claim(ada)).body.comments
  await claim(lao)
  await queue()
  return {
    claim: await measure(claim(ada)),
    'claim in one language': await measure(claim(lao)),
    queue: await measure(queue()),
    decision: await measure(
      ask(house, 'POST', `/v1/moderation/comments/${first.id}/decisions`, {
        key: ada.key,
        headers: { 'if-match': '"1"' },
        body: { action: 'approve', next: 1 },
      }),
    ),
    batch: await measure(
      ask(house, 'POST', '/v1/moderation/decisions', {
        key: ada.key,
        body: { decisions: [{ id: second.id, version: 1, action: 'reject', rules: ['topic'] }] },
      }),
    ),
  }
}

/** Explains each query of the desk before it is run, without leaving a trace, and adds up what it touches. */
function explainEach({ db: { desk }, owner }: House): Touched {
  const total = { rows: 0, pages: 0 }
  const run = desk.query.bind(desk)
  Object.assign(desk, {
    query: async (query: string | { text: string; values?: unknown[] }, values?: unknown[]) => {
      const { text, values: given = values ?? [] } = typeof query === 'string' ? { text: query } : query
      await owner.query('begin')
      const { rows } = await owner.query<{ 'QUERY PLAN': [{ Plan: Plan }] }>(
        `explain (analyze, buffers, format json) ${text}`,
        given,
      )
      await owner.query('rollback')
      const plan = rows[0]?.['QUERY PLAN'][0].Plan
      if (!plan) throw new Error(`PostgreSQL has no plan for this: ${text}`)
      total.rows += rowsOf(plan)
      total.pages += plan['Shared Hit Blocks'] + plan['Shared Read Blocks']
      return Reflect.apply(run, desk, [query, values])
    },
  })
  return total
}

function rowsOf(plan: Plan): number {
  const thrownAway = (plan['Rows Removed by Filter'] ?? 0) + (plan['Rows Removed by Join Filter'] ?? 0)
  const own = (plan['Actual Rows'] + thrownAway) * plan['Actual Loops']
  return own + (plan.Plans ?? []).reduce((sum, inner) => sum + rowsOf(inner), 0)
}

describe('with ten times as many comments', () => {
  let few: Record<Work, Touched>
  let many: Record<Work, Touched>
  beforeAll(async () => {
    few = await touchedWith(10_000)
    many = await touchedWith(100_000)
  }, 120_000)

  test.each(work)('a %s touches as many rows, and hardly more pages', (kind) => {
    expect(many[kind].rows).toBeLessThanOrEqual(few[kind].rows * 1.2 + 20)
    // An index of more rows is a level or two higher.
    expect(many[kind].pages).toBeLessThanOrEqual(few[kind].pages * 1.5 + 40)
  })
})

describe('with a few thousand comments', () => {
  test.each([
    [500, 500],
    [1_000, 3_000],
    [2_000, 500],
    [2_000, 5_000],
  ])(
    '%s of which wait and %s do not, a page of the queue reads no table whole',
    async (waiting, rejected) => {
      const house = await openHouse()
      try {
        const site = await aSite(house)
        const ada = await aPerson(house, site)
        await makeCrowd(house.owner, { site, waiting, rejected })
        const total = explainEach(house)
        const page = await ask(house, 'GET', `/v1/moderation/queue?site=${site}&limit=50`, { key: ada.key })
        expect(page.body.comments).toHaveLength(50)
        expect(total.rows).toBeLessThan(2_500)
      } finally {
        await house.close()
      }
    },
  )
})
