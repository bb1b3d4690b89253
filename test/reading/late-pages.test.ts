import { makeCrowd } from '../support/crowd.ts'
import { type House, openHouse } from '../support/house.ts'
import { aSite } from '../support/people.ts'

interface Plan {
  'Shared Hit Blocks': number
  'Shared Read Blocks': number
}

describe('of an article with thousands of comments', () => {
  let house: House
  let article: string

  beforeAll(async () => {
    house = await openHouse()
    const site = await aSite(house)
    await makeCrowd(house.owner, { site, published: { articles: 1, each: 8_000 } })
    await house.owner.query('vacuum analyze comment')
    const { rows } = await house.owner.query<{ id: string }>(
      `select id from article where key = 'article-1' and site = $1`,
      [site],
    )
    article = rows[0]?.id ?? ''
  })
  afterAll(() => house.close())

  /** Pages of PostgreSQL that a page of fifty touches behind so many comments. */
  async function touched(newest: boolean, behind: number): Promise<number> {
    const order = newest ? 'desc' : 'asc'
    const { rows: places } = await house.owner.query(
      `select first_shown_at as shown, id from comment where article_id = $1
        order by first_shown_at ${order}, id ${order} offset $2 limit 1`,
      [article, behind],
    )
    const asked = [article, newest, places[0]?.shown, places[0]?.id]
    const explain = 'explain (analyze, buffers, format json) select * from public_threads($1, $2, $3, $4, 51)'
    // What is looked up once for a connection is not counted.
    await house.owner.query(explain, asked)
    const { rows } = await house.owner.query<{ 'QUERY PLAN': [{ Plan: Plan }] }>(explain, asked)
    const plan = rows[0]?.['QUERY PLAN'][0].Plan
    return (plan?.['Shared Hit Blocks'] ?? Number.NaN) + (plan?.['Shared Read Blocks'] ?? Number.NaN)
  }

  test.each([
    ['the newest', true],
    ['the oldest', false],
  ])('a late page, %s first, is read as the first one is', async (_, newest) => {
    const first = await touched(newest, 0)
    expect(await touched(newest, 4_000)).toBeLessThanOrEqual(first + 10)
    expect(await touched(newest, 7_900)).toBeLessThanOrEqual(first + 10)
  })
})
