import { ask, type House, openHouse } from '../support/house.ts'
import { aComment, anArticle, aPerson, aSite, decision, type TestPerson } from '../support/people.ts'
import { anEndpoint, answering, arrived, type Endpoint, tellAll } from '../support/webhooks.ts'

const against = { rules: ['topic'], reason: 'It is about something else.' }

let house: House
let site: string
let ada: TestPerson
let cache: Endpoint
beforeAll(async () => {
  house = await openHouse()
})
afterAll(() => house.close())
afterEach(async () => {
  await ask(house, 'DELETE', `/v1/webhooks/${cache.id}`, { key: house.admin })
  await cache.close()
})

async function aStage(publishDelay: number): Promise<void> {
  site = await aSite(house, { publishDelay })
  ada = await aPerson(house, site, 'editor')
  cache = await anEndpoint(house, { site, events: ['article.changed', 'site.changed'] })
}

/** What caches were told since this was asked last: how many of which, each as its type and article. */
async function told(after = 2): Promise<string[]> {
  await house.ahead(after)
  await tellAll(house)
  return cache.received.splice(0).map(({ body }) => {
    const { type, data } = JSON.parse(body)
    return [type, data.article].filter(Boolean).join(' ')
  })
}

describe('caches are told of an article', () => {
  test('by the tags and addresses with which readers were sent it', async () => {
    await aStage(0)
    const { id } = await aComment(house, site)
    await decision(house, ada.key, id, { action: 'approve' })
    await house.ahead(2)
    await tellAll(house)
    const [{ type, data } = { type: '', data: {} }] = cache.told()
    expect(type).toBe('article.changed')
    const [tag = ''] = [Reflect.get(data, 'tags')].flat()
    const urls: string[] = [Reflect.get(data, 'urls')].flat()
    expect(urls).toHaveLength(4)
    for (const url of urls) {
      const { status, headers } = await ask(house, 'GET', url.replace('http://localhost:3000', ''))
      expect({ url, status }).toEqual({ url, status: 200 })
      expect(String(headers['surrogate-key']).split(' ')).toContain(tag)
      expect(String(headers['cache-tag']).split(',')).toContain(tag)
      expect(String(headers['cache-groups'])).toContain(`"${tag}"`)
    }
  })

  test('once of a burst of decisions', async () => {
    await aStage(0)
    const ids = []
    for (let i = 0; i < 5; i += 1) ids.push((await aComment(house, site, { text: `The ${i}th.` })).id)
    for (const id of ids) await decision(house, ada.key, id, { action: 'approve' })
    expect(await told()).toEqual(['article.changed news'])
    expect(await told(60)).toEqual([])
  })

  test('when a publication is due, and not before; at once of what is taken down', async () => {
    await aStage(30)
    const { id } = await aComment(house, site)
    await decision(house, ada.key, id, { action: 'approve' })
    expect(await told(28)).toEqual([])
    expect(await told(4)).toEqual(['article.changed news'])
    await decision(house, ada.key, id, { action: 'unpublish', ...against })
    expect(await told()).toEqual(['article.changed news'])
    const { id: other, receipt } = await aComment(house, site, { text: 'Another one.' })
    await decision(house, ada.key, other, { action: 'approve' })
    expect(await told(32)).toEqual(['article.changed news'])
    await ask(house, 'DELETE', '/v1/receipt', { key: receipt })
    expect(await told()).toEqual(['article.changed news'])
  })

  test('not at all of what was undone, or never showed', async () => {
    await aStage(30)
    const { id } = await aComment(house, site)
    await decision(house, ada.key, id, { action: 'approve' })
    await decision(house, ada.key, id, { action: 'undo' })
    const { id: other, receipt } = await aComment(house, site, { text: 'Another one.' })
    await decision(house, ada.key, other, { action: 'approve' })
    await ask(house, 'DELETE', '/v1/receipt', { key: receipt })
    const { id: third } = await aComment(house, site, { text: 'A third one.' })
    await decision(house, ada.key, third, { action: 'reject', ...against })
    expect(await told(90)).toEqual([])
  })

  test('of each article by itself, by its key of now and those that it had', async () => {
    await aStage(0)
    await anArticle(house, site, 'other')
    const { id } = await aComment(house, site)
    const { id: elsewhere } = await aComment(house, site, {}, 'other')
    await decision(house, ada.key, id, { action: 'approve' })
    await decision(house, ada.key, elsewhere, { action: 'approve' })
    expect((await told()).toSorted()).toEqual(['article.changed news', 'article.changed other'])

    const moved = await ask(house, 'POST', `/v1/sites/${site}/articles/other/moves`, {
      key: house.admin,
      body: { to: 'news' },
    })
    expect(moved).toMatchObject({ status: 201, body: { outcome: 'merged' } })
    await told()
    await decision(house, ada.key, elsewhere, { action: 'unpublish', ...against })
    await house.ahead(2)
    await tellAll(house)
    const [message] = cache.told()
    expect(message?.data).toMatchObject({ article: 'news', tags: { length: 2 } })
  })

  test('again within seconds where that failed, with what changed meanwhile; and no more after some minutes', async () => {
    await aStage(0)
    cache.answers(answering(503))
    const { id } = await aComment(house, site)
    await decision(house, ada.key, id, { action: 'approve' })
    for (let i = 0; i < 20; i += 1) await told(120)
    const { body } = await ask(house, 'GET', `/v1/webhooks/${cache.id}/deliveries`, { key: house.admin })
    expect(body.deliveries).toMatchObject([{ type: 'article.changed', article: 'news', status: 'failed' }])

    const { id: other } = await aComment(house, site, { text: 'Another one.' })
    await decision(house, ada.key, other, { action: 'approve' })
    await told()
    cache.answers(arrived)
    await decision(house, ada.key, other, { action: 'unpublish', ...against })
    expect(await told()).toEqual(['article.changed news'])
    expect(await told(60)).toEqual([])
  })
})

describe('caches are told of a whole site', () => {
  test('where its settings change', async () => {
    await aStage(0)
    const body = { name: 'The New Gazette', publishDelay: 0, times: 'minute' }
    await ask(house, 'PUT', `/v1/sites/${site}`, { key: house.admin, body })
    await house.ahead(2)
    await tellAll(house)
    expect(cache.told()).toMatchObject([{ type: 'site.changed', data: { site, tags: [`s-${site}`] } }])
    const { headers } = await ask(house, 'GET', `/v1/sites/${site}`)
    expect(headers['surrogate-key']).toBe(`s-${site}`)
  })
})

test('an article is told where its own settings change', async () => {
  await aStage(0)
  await ask(house, 'PUT', `/v1/sites/${site}/articles/news`, { key: house.admin, body: { title: 'Anew' } })
  expect(await told()).toEqual(['article.changed news'])
})
