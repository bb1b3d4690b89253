import { ask, type House, openHouse } from '../../support/house.ts'
import { aComment, aPerson, aSite, decision } from '../../support/people.ts'

describe('the counts of the queue', () => {
  let house: House

  beforeAll(async () => {
    house = await openHouse()
  })
  afterAll(() => house.close())

  const counts = (key: string) => ask(house, 'GET', '/v1/moderation/queue/counts', { key })

  test('are of what waits on the sites and in the languages of whoever asks', async () => {
    const site = await aSite(house)
    await aSite(house)
    const [all, lao, other] = [
      await aPerson(house, site),
      await aPerson(house, site, 'moderator', ['lo']),
      await aPerson(house, site),
    ]
    await aComment(house, site, { text: 'ຂ້ອຍກໍເຫັນດີນຳ. ປະຊາຊົນຄວນໄດ້ຮູ້.' })
    const { id } = await aComment(house, site, { text: 'Is there an evening boat on Sundays?' })
    await aComment(house, site, { text: 'And who pays for all of these stops?' })
    expect((await counts(all.key)).body).toEqual({ sites: [{ site, pending: 3, secondReview: 0 }], here: [] })
    expect((await counts(lao.key)).body.sites).toEqual([{ site, pending: 1, secondReview: 0 }])

    await decision(house, other.key, id, { action: 'escalate', proposal: 'approve' })
    await ask(house, 'POST', '/v1/moderation/claims', { key: all.key, body: { limit: 2 } })
    expect((await counts(all.key)).body).toEqual({
      sites: [{ site, pending: 2, secondReview: 1 }],
      here: [{ by: all.pseudonym, holds: 2 }],
    })
    await house.ahead(301)
    expect((await counts(all.key)).body.here).toEqual([])
  })

  test('are no reader’s', async () => {
    expect((await ask(house, 'GET', '/v1/moderation/queue/counts')).status).toBe(401)
  })
})
