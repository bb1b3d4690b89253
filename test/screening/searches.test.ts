import { likePattern, searchKey } from '../../src/screening/search-key.ts'
import { freshDatabase, type TestDatabase } from '../support/database.ts'
import { searches } from './sets/searches.ts'

let database: TestDatabase

beforeAll(async () => {
  database = await freshDatabase()
})

afterAll(() => database.drop())

describe('a search in PostgreSQL', () => {
  test.each(searches)('for %s', async (_, text, query, finds) => {
    const { rows } = await database.owner.query('select $1::text like $2::text as found', [
      searchKey(text),
      likePattern(query),
    ])
    expect(rows).toEqual([{ found: finds }])
  })
})
