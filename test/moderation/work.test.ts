import { makeCrowd } from '../support/crowd.ts'
import { ask, type House, openHouse } from '../support/house.ts'
import { aPerson, aSite } from '../support/people.ts'

interface Plan {
  'Actual Rows': number
  'Actual Loops': number
  'Rows Removed by Filter'?: number
  'Rows Removed by Join Filter'?: number
  Plans?: Plan[]
}

/** Explains each query of the desk before it is run, without leaving a trace, and adds up what it touches. */
function explainEach({ db: { desk }, owner }: House): { rows: number } {
  const total = { rows: 0 }
  const run = desk.query.bind(desk)
  Object.assign(desk, {
    query: async (query: string | { text: string; values?: unknown[] }, values?: unknown[]) => {
      const { text, values: given = values ?? [] } = typeof query === 'string' ? { text: query } : query
      await owner.query('begin')
      const { rows } = await owner.query<{ 'QUERY PLAN': [{ Plan: Plan }] }>(
        `explain (analyze, format json) ${text}`,
        given,
      )
      await owner.query('rollback')
      const plan = rows[0]?.['QUERY PLAN'][0].Plan
      if (!plan) throw new Error(`PostgreSQL has no plan for this: ${text}`)
      total.rows += rowsOf(plan)
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
