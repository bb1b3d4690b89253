import { type Api, readApi } from '../support/api.ts'
import { describedOperations } from '../support/openapi.ts'
import { openWorld, type World } from '../support/use-cases.ts'
import { sweep } from './every-call.ts'

describe('every operation that writes', () => {
  let world: World
  let api: Api
  beforeAll(async () => {
    world = await openWorld()
    api = await readApi(world.house)
  })
  afterAll(() => world.house.close())

  test.each(describedOperations().filter(({ method }) => method !== 'get'))(
    '$id is there or 503, wholly done or not at all, whichever of its calls of the database fails',
    async ({ id }) => {
      const operation = api.operations.find(({ operationId }) => operationId === id)
      expect(operation && (await sweep(world, operation))).toEqual({ calls: expect.any(Number), faults: [] })
    },
    240_000,
  )
})
