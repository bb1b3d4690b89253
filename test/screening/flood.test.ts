import { known } from '../../src/screening/store.ts'
import { makeCrowd } from '../support/crowd.ts'
import { explainAll } from '../support/explained.ts'
import { type House, openHouse } from '../support/house.ts'
import { aSite } from '../support/people.ts'

describe('of a flood of one text', () => {
  let house: House
  let site: string
  beforeAll(async () => {
    house = await openHouse()
    site = await aSite(house)
  })
  afterAll(() => house.close())

  test('no more than a thousand are looked at for each that comes', async () => {
    await makeCrowd(house.owner, { site, waiting: 6_000 })
    await house.owner.query(`set session_replication_role = replica`)
    await house.owner.query(`update screening set match_hash = 42, screened_at = moment() where site = $1`, [
      site,
    ])
    await house.owner.query(`update revision_text set text = 'The same.'`)
    await house.owner.query(`set session_replication_role = origin`)
    await house.owner.query('vacuum analyze')
    const explain = await explainAll(house)
    let found: Awaited<ReturnType<typeof known>> = []
    const statements = await explain(async () => {
      found = await known(house.db.desk, [{ site, article: 'news', matchHash: 42n, simhash: -1n }], 3)
    })
    expect(found.map(({ alike }) => alike)).toEqual([[{ text: 'The same.', times: 1_000 }]])
    expect(statements.reduce((sum, { rows }) => sum + rows, 0)).toBeLessThan(25_000)
  })
})
