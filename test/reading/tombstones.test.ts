import { ask, type House, openHouse } from '../support/house.ts'
import { aComment, aSite, decision, published, type TestComment } from '../support/people.ts'

describe('where a published comment is gone', () => {
  let house: House
  let site: string

  beforeAll(async () => {
    house = await openHouse()
  })
  beforeEach(async () => {
    site = await aSite(house)
  })
  afterAll(() => house.close())

  async function publish(text: string, parent?: TestComment): Promise<TestComment> {
    const comment = await aComment(house, site, {
      text,
      name: `By ${text}`,
      ...(parent && { parent: parent.id }),
    })
    expect((await decision(house, house.admin, comment.id, { action: 'approve' }, 1)).status).toBe(201)
    await house.ahead(0.002)
    return comment
  }
  const withdraw = ({ receipt }: TestComment) => ask(house, 'DELETE', '/v1/receipt', { key: receipt })
  const erase = ({ receipt }: TestComment) => ask(house, 'POST', '/v1/receipt/erasure', { key: receipt })
  const unpublish = ({ id }: TestComment) =>
    decision(house, house.admin, id, { action: 'unpublish', rules: ['topic'] })

  /** Every comment in a word: its text, or † for a place without words. */
  async function shown(): Promise<string[]> {
    return (await published(house, site)).map((comment: { text: string | null }) => comment.text ?? '†')
  }
  async function count(): Promise<number> {
    const { body } = await ask(house, 'GET', `/v1/sites/${site}/counts?article=news`)
    return body.counts.news
  }

  test.each([
    ['withdrawn', withdraw],
    ['unpublished', unpublish],
    ['erased', erase],
  ])('because it was %s, a place without words remains for the answers to it', async (_how, remove) => {
    const root = await publish('Root')
    const reply = await publish('Reply', root)
    await remove(root)
    const [place, answer] = await published(house, site)
    expect(place).toEqual({
      id: root.id,
      name: null,
      text: null,
      language: null,
      publishedAt: expect.any(String),
      gone: true,
    })
    expect(answer).toMatchObject({ id: reply.id, parent: root.id, text: 'Reply', name: 'By Reply' })
    expect(await count()).toBe(1)
  })

  test.each([
    ['withdrawn', withdraw],
    ['unpublished', unpublish],
    ['erased', erase],
  ])('because it was %s, nothing remains if nobody had answered', async (_how, remove) => {
    await remove(await publish('Root'))
    expect(await published(house, site)).toEqual([])
    expect(await count()).toBe(0)
  })

  test('the place goes with the last answer', async () => {
    const root = await publish('Root')
    const one = await publish('One', root)
    const two = await publish('Two', root)
    await withdraw(root)
    await unpublish(one)
    expect(await shown()).toEqual(['†', 'Two'])
    await erase(two)
    expect(await shown()).toEqual([])
  })

  test('places nest: each stands while something below it is shown', async () => {
    const root = await publish('Root')
    const middle = await publish('Middle', root)
    const side = await publish('Side', root)
    const leaf = await publish('Leaf', middle)
    await withdraw(middle)
    expect(await shown()).toEqual(['Root', '†', 'Side', 'Leaf'])
    await withdraw(root)
    expect(await shown()).toEqual(['†', '†', 'Side', 'Leaf'])
    await withdraw(side)
    expect(await shown()).toEqual(['†', '†', 'Leaf'])
    expect(await count()).toBe(1)
    await withdraw(leaf)
    expect(await shown()).toEqual([])
  })

  test('an answer that is only waiting keeps no place', async () => {
    const root = await publish('Root')
    await aComment(house, site, { text: 'Waiting', parent: root.id })
    await withdraw(root)
    expect(await shown()).toEqual([])
  })

  test('a place shows words again when the comment is restored', async () => {
    const root = await publish('Root')
    await publish('Reply', root)
    await unpublish(root)
    expect(await shown()).toEqual(['†', 'Reply'])
    await decision(house, house.admin, root.id, { action: 'restore' })
    expect(await shown()).toEqual(['Root', 'Reply'])
  })

  test('nothing of its words is left on any page', async () => {
    const root = await publish('Zqxjkvbw')
    await publish('Reply', root)
    await withdraw(root)
    for (const url of [
      `/v1/sites/${site}/articles/news/comments`,
      `/v1/sites/${site}/comments?article=news&parent=${root.id}`,
      `/${site}/articles/news`,
    ]) {
      const { status, text } = await ask(house, 'GET', url)
      expect(status).toBe(200)
      expect(text).toContain('Reply')
      expect(text).not.toContain('Zqxjkvbw')
    }
  })
})
