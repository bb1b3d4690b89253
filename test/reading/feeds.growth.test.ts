import { makeCrowd } from '../support/crowd.ts'
import { type House, openHouse } from '../support/house.ts'
import { aSite } from '../support/people.ts'

interface Plan {
  'Shared Hit Blocks': number
  'Shared Read Blocks': number
}

describe('of a site with thousands of comments', () => {
  let house: House
  let small: string
  let large: string

  beforeAll(async () => {
    house = await openHouse()
    small = await aSite(house)
    large = await aSite(house)
    await makeCrowd(house.owner, { site: small, published: { articles: 1, each: 60 } })
    await makeCrowd(house.owner, { site: large, published: { articles: 2, each: 4_000 } })
    await house.owner.query('vacuum analyze comment')
    await house.owner.query('vacuum analyze revision')
    await house.owner.query('vacuum analyze revision_text')
  })
  afterAll(() => house.close())

  /** Pages of PostgreSQL that a statement touches. */
  async function touched(statement: string, values: unknown[]): Promise<number> {
    const explain = `explain (analyze, buffers, format json) ${statement}`
    // What is looked up once for a connection is not counted.
    await house.owner.query(explain, values)
    const { rows } = await house.owner.query<{ 'QUERY PLAN': [{ Plan: Plan }] }>(explain, values)
    const plan = rows[0]?.['QUERY PLAN'][0].Plan
    return (plan?.['Shared Hit Blocks'] ?? Number.NaN) + (plan?.['Shared Read Blocks'] ?? Number.NaN)
  }

  const grown = [
    ['its feed', 'select * from public_newest($1, null, 50)'],
    [
      'the feed of one of its articles',
      `select * from public_newest($1, (select array_agg(id) from article where site = $1 and key = 'article-1'), 50)`,
    ],
    [
      'its sitemap',
      `select * from sitemap_part($1, '-infinity', '00000000-0000-0000-0000-000000000000', 5000)`,
    ],
  ] as const
  test.each(grown)('%s is read as that of a site with sixty', async (_, statement) => {
    expect(await touched(statement, [large])).toBeLessThan((await touched(statement, [small])) * 1.5 + 50)
  })
})
