import { makeCrowd } from '../support/crowd.ts'
import { ask, type House, openHouse } from '../support/house.ts'
import { aPerson, aSite, decision, published, type TestPerson } from '../support/people.ts'

/** What benches and tests of growth take for comments that people sent and decided about. */
describe('a crowd', () => {
  let house: House
  let site: string
  let ada: TestPerson

  beforeAll(async () => {
    house = await openHouse()
    site = await aSite(house)
    ada = await aPerson(house, site)
    await makeCrowd(house.owner, {
      site,
      waiting: 30,
      rejected: 20,
      published: { articles: 3, each: 70 },
      length: 300,
    })
    await makeCrowd(house.owner, { site, published: { articles: 1, each: 120, word: 'long' } })
  })
  afterAll(() => house.close())

  async function counts() {
    const asked = ['news', 'article-1', 'article-2', 'article-3', 'long-1'].map((key) => `article=${key}`)
    return (await ask(house, 'GET', `/v1/sites/${site}/counts?${asked.join('&')}`)).body.counts
  }

  test('shows in the lists of its articles, to the last page, newest first', async () => {
    const first = await ask(house, 'GET', `/v1/sites/${site}/articles/article-2/comments`)
    expect(first.status).toBe(200)
    expect(first.body.article).toEqual({ key: 'article-2', open: true, count: 70 })
    const { body: last } = await ask(
      house,
      'GET',
      `/v1/sites/${site}/articles/article-2/comments?cursor=${first.body.next}`,
    )
    const all = [...first.body.comments, ...last.comments]
    expect(all).toHaveLength(70)
    expect(new Set(all.map(({ id }) => id)).size).toBe(70)
    expect(last.next).toBeNull()
    for (const { text } of all) expect(text).toHaveLength(300)
  })

  test('is counted as the triggers would have counted it, and what is not published is not', async () => {
    expect(await counts()).toEqual({
      news: 0,
      'article-1': 70,
      'article-2': 70,
      'article-3': 70,
      'long-1': 120,
    })
    const { rows } = await house.owner.query(
      `select c.article_id, count(*)::int as many, shown_count(array[c.article_id]) as shown
         from comment c where c.status = 'published' group by c.article_id`,
    )
    expect(rows).toHaveLength(4)
    for (const { many, shown } of rows) expect(shown).toBe(many)
  })

  test('waits in the queue', async () => {
    const queue = await ask(house, 'GET', `/v1/moderation/queue?site=${site}&limit=100`, { key: ada.key })
    expect(queue.body.comments).toHaveLength(30)
  })

  test('is decided about like any other comments, and counted on', async () => {
    const [shown] = await published(house, site, 'article-1')
    const taken = await decision(house, ada.key, shown.id, { action: 'unpublish', rules: ['respect'] })
    expect(taken.status).toBe(201)
    expect((await counts())['article-1']).toBe(69)
    expect((await published(house, site, 'article-1')).map(({ id }: { id: string }) => id)).not.toContain(
      shown.id,
    )

    const { body } = await ask(house, 'GET', `/v1/moderation/queue?site=${site}&limit=1`, { key: ada.key })
    const approved = await decision(house, ada.key, body.comments[0].id, { action: 'approve' })
    expect(approved.status).toBe(201)
    expect((await counts()).news).toBe(1)
  })

  test('is counted again when more of it comes', async () => {
    await makeCrowd(house.owner, { site, published: { articles: 1, each: 5 } })
    house.memory.forget()
    expect((await counts())['article-1']).toBe(74)
  })
})
