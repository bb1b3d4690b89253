import { type Api, addressOf, readApi } from '../support/api.ts'
import { ask, type House, openHouse } from '../support/house.ts'
import { aComment, aPerson, aSite, decision, published } from '../support/people.ts'
import { sendRaw } from '../support/problem.ts'
import { aCommentIn, type State, states } from '../support/states.ts'

/** A word that stands in one comment and nowhere else. */
const markerOf = (state: State, part: string) => `zq${state.replaceAll(/\W/g, '')}${part}`

/** A public page, with everything that may be asked of it. */
const pages = [
  '/{site}/articles/{article}',
  '/{site}/articles/{article}/comments/{id}',
  '/v1/sites/{site}/feed.atom',
  '/v1/sites/{site}/feed.json',
  '/{site}/terms',
  '/',
  '/docs',
  '/desk',
  '/metrics',
  '/livez',
  '/readyz',
]

describe('nothing that no person has published is public', () => {
  let house: House
  let api: Api
  let site: string
  let editedId: string
  const ids = new Map<State, string>()

  beforeAll(async () => {
    house = await openHouse()
    api = await readApi(house)
    site = await aSite(house, { publishDelay: 60 })
    const decider = await aPerson(house, site, 'editor')
    const first = await aCommentIn(house, 'published, due', site, decider, {
      text: markerOf('published, due', 'text'),
      name: markerOf('published, due', 'name'),
    })
    ids.set('published, due', first.id)
    const edited = await aComment(house, site, { text: 'zqbeforeedit', name: 'zqbeforename' })
    editedId = edited.id
    await decision(house, house.admin, edited.id, {
      action: 'edit',
      text: 'zqafteredit',
      name: null,
      rules: ['respect'],
    })
    await house.ahead(61)
    await decision(house, house.admin, edited.id, { action: 'edit', text: 'zqlateredit', rules: ['respect'] })
    for (const state of states) {
      if (ids.has(state)) continue
      const body = { text: markerOf(state, 'text'), name: markerOf(state, 'name'), parent: first.id }
      ids.set(state, (await aCommentIn(house, state, site, decider, body)).id)
    }
  })
  afterAll(() => house.close())

  /** Every answer that anybody can get without a key, by every way in which it can be asked for. */
  async function publicAnswers(): Promise<{ url: string; text: string }[]> {
    const operations = api.operations.filter(
      ({ method, security }) => method === 'GET' && security.length === 0,
    )
    const known = [...ids.values(), editedId]
    const words = [...states.map((state) => markerOf(state, 'text')), 'zqbeforeedit', 'zq']
    const urls = [
      ...operations,
      ...pages.map((path) => ({ path, parameters: [], method: 'GET' as const })),
    ].flatMap(({ path, parameters }) => {
      const queries = new Set(parameters.filter((one) => one.in === 'query').map(({ name }) => name))
      const needed = queries.has('article') ? ['article=news'] : []
      const wanted = queries.has('q') ? words.map((word) => [...needed, `q=${word}`]) : [needed]
      const asked = wanted.flatMap((base) => [
        base,
        ...(queries.has('parent') ? known.map((id) => [...base, `parent=${id}`]) : []),
        ...(queries.has('order') ? [[...base, 'order=oldest']] : []),
      ])
      const ways = path.includes('{id}') ? known : ['']
      return ways.flatMap((id) =>
        asked.map((query) => {
          const parts = { site, article: 'news', version: '1', id }
          return addressOf(path, parts, query)
        }),
      )
    })
    return Promise.all(urls.map(async (url) => ({ url, text: (await sendRaw(house, { url })).text })))
  }

  test('in no state but one, on no public route', async () => {
    const answers = await publicAnswers()
    expect(answers.length).toBeGreaterThan(25)
    const hidden = states.filter((state) => state !== 'published, due').map((state) => markerOf(state, ''))
    const leaks = answers.flatMap(({ url, text }) =>
      [...hidden, 'zqbefore', 'zqlater', 'Please say how it connects']
        .filter((word) => text.includes(word))
        .map((word) => `${word} at ${url}`),
    )
    expect(leaks).toEqual([])
    const showing = answers.filter(({ text }) => text.includes(markerOf('published, due', 'text')))
    expect(showing.length).toBeGreaterThan(3)
    expect(answers.some(({ text }) => text.includes('zqafteredit'))).toBe(true)
  })

  test('is not counted either', async () => {
    const { body } = await ask(house, 'GET', `/v1/sites/${site}/counts?article=news`)
    expect(body.counts).toEqual({ news: 2 })
    const shown: { id: string }[] = await published(house, site)
    expect(new Set(shown.map(({ id }) => id))).toEqual(new Set([ids.get('published, due'), editedId]))
  })

  test('shows itself when it is due, and not before', async () => {
    await house.ahead(61)
    const shown = JSON.stringify(await published(house, site))
    expect(shown).toContain(markerOf('published, not due', 'text'))
    expect(shown).toContain('zqlateredit')
    expect(shown).not.toContain('zqafteredit')
  })
})
