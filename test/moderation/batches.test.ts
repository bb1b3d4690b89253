import { ask, type House, openHouse } from '../support/house.ts'
import { aComment, aPerson, aSite, type TestPerson } from '../support/people.ts'

let house: House
let site: string
let ada: TestPerson
let ben: TestPerson

beforeAll(async () => {
  house = await openHouse()
  site = await aSite(house, { publishDelay: 60 })
  ada = await aPerson(house, site)
  ben = await aPerson(house, site)
})
afterAll(() => house.close())

const decideMany = (person: TestPerson, body: Record<string, unknown>) =>
  ask(house, 'POST', '/v1/moderation/decisions', { key: person.key, body })

async function comments(many: number): Promise<string[]> {
  const ids: string[] = []
  for (let at = 0; at < many; at += 1) ids.push((await aComment(house, site, { text: `Comment ${at}.` })).id)
  return ids
}

describe('several decisions in one request', () => {
  test('are each made as if asked alone, in their order, with a result of their own', async () => {
    const [first, second, third, fourth] = await comments(4)
    const { status, body } = await decideMany(ada, {
      decisions: [
        { id: first, version: 1, action: 'approve' },
        { id: second, version: 7, action: 'approve' },
        { id: third, version: 1, action: 'reject', rules: ['topic'], reason: 'Another article.' },
        { id: fourth, version: 1, action: 'reject' },
        { id: '00000000-0000-4000-8000-000000000000', version: 1, action: 'approve' },
        { id: first, version: 2, action: 'undo' },
      ],
    })
    expect(status).toBe(200)
    expect(body.results.map((result: { status: number }) => result.status)).toEqual([
      201, 412, 201, 422, 404, 201,
    ])
    expect(body.results[0]).toMatchObject({
      id: first,
      decision: { to: 'published', version: 2, by: ada.pseudonym },
    })
    expect(body.results[1].problem).toMatchObject({
      code: 'stale_version',
      current: { version: 1, status: 'pending' },
      type: expect.stringContaining('/problems/stale_version'),
    })
    expect(body.results[2].decision).toMatchObject({ to: 'rejected', rules: ['topic'] })
    expect(body.results[3].problem).toMatchObject({ code: 'rule_missing' })
    expect(body.results[5].decision).toMatchObject({ action: 'undo', to: 'pending', version: 3 })
  })

  test('are undone together by the versions that the results name', async () => {
    const ids = await comments(3)
    const made = await decideMany(ada, {
      decisions: ids.map((id) => ({ id, version: 1, action: 'reject', rules: ['topic'] })),
    })
    const undone = await decideMany(ada, {
      decisions: made.body.results.map(({ id, decision }: { id: string; decision: { version: number } }) => ({
        id,
        version: decision.version,
        action: 'undo',
      })),
    })
    expect(undone.body.results.map((result: { status: number }) => result.status)).toEqual([201, 201, 201])
  })

  test('do not touch what another holds', async () => {
    await ask(house, 'DELETE', '/v1/moderation/claims', { key: ben.key })
    const place = await aSite(house)
    const [one, two] = [await aPerson(house, place), await aPerson(house, place)]
    const { id } = await aComment(house, place)
    await ask(house, 'POST', '/v1/moderation/claims', { key: one.key, body: {} })
    const { body } = await decideMany(two, { decisions: [{ id, version: 1, action: 'approve' }] })
    expect(body.results[0]).toMatchObject({
      status: 409,
      problem: { code: 'claimed', until: expect.any(String) },
    })
  })

  test('bring the next comments along', async () => {
    const place = await aSite(house)
    const one = await aPerson(house, place)
    const [first, second] = [await aComment(house, place), await aComment(house, place)]
    const { body } = await decideMany(one, {
      decisions: [{ id: first.id, version: 1, action: 'approve' }],
      next: 5,
    })
    expect(body.next.map(({ id }: { id: string }) => id)).toEqual([second.id])
  })

  test('are a hundred at most, and none is no request', async () => {
    const one = { id: '00000000-0000-4000-8000-000000000000', version: 1, action: 'approve' }
    const hundred = await decideMany(ada, { decisions: Array.from({ length: 100 }, () => one) })
    expect(hundred.body.results).toHaveLength(100)
    for (const decisions of [[], Array.from({ length: 101 }, () => one)]) {
      expect((await decideMany(ada, { decisions })).body).toMatchObject({
        status: 400,
        code: 'invalid_request',
      })
    }
  })
})
