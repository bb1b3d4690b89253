import { type Api, type Operation, readApi, requestFor } from '../support/api.ts'
import { ask, type House, openHouse, testBaseUrl } from '../support/house.ts'
import { askedOn, type Stage } from '../support/matrix/asked.ts'
import { aComment, aPerson, aSite, decision } from '../support/people.ts'
import { type Answer, sendRaw } from '../support/problem.ts'

const news = 'https://news.example'

/** Every page and every operation of the API, and what a browser or a cache is told about each answer. */
describe('what a browser is told', () => {
  let house: House
  let api: Api
  let stage: Stage
  let settings: Stage
  let pages: { url: string; isFramed: boolean; isKept: boolean }[]

  beforeAll(async () => {
    house = await openHouse()
    api = await readApi(house)
    const site = await aSite(house, { origins: [news], publishDelay: 30 })
    stage = { house, api, site, decider: await aPerson(house, site) }
    const other = await aSite(house)
    settings = { ...stage, site: other, decider: await aPerson(house, other) }
    const { id } = await aComment(house, site)
    await decision(house, stage.decider.key, id, { action: 'approve' })
    await house.ahead(31)
    pages = [
      { url: `/${site}/articles/news`, isFramed: true, isKept: false },
      { url: `/${site}/articles/news?reply=${id}`, isFramed: true, isKept: false },
      { url: `/${site}/articles/news/comments/${id}`, isFramed: true, isKept: true },
      { url: `/${site}/terms`, isFramed: false, isKept: true },
      { url: `/${site}/my-comment`, isFramed: false, isKept: false },
      { url: '/desk', isFramed: false, isKept: false },
      { url: '/desk/second-factor', isFramed: false, isKept: false },
      { url: '/problems/internal', isFramed: false, isKept: true },
      { url: `/${site}/articles/none-of-these`, isFramed: false, isKept: false },
      { url: `/none-of-these/articles/news`, isFramed: false, isKept: false },
    ]
  })
  afterAll(() => house.close())

  test('by pages: nothing runs or loads but what is ours, and only the site’s own pages frame an article', async () => {
    const faults: unknown[] = []
    for (const { url, isFramed } of pages) {
      const { headers } = await ask(house, 'GET', url)
      const policy = policyOf({ headers })
      const told = {
        default: policy.get('default-src'),
        script: policy.get('script-src'),
        style: policy.get('style-src'),
        base: policy.get('base-uri'),
        form: policy.get('form-action'),
        types: [policy.get('require-trusted-types-for'), policy.get('trusted-types')],
        framed: policy.get('frame-ancestors'),
        opener: headers['cross-origin-opener-policy'],
        resource: headers['cross-origin-resource-policy'],
      }
      const should = {
        default: "'none'",
        script: "'self'",
        style: "'self'",
        base: "'none'",
        form: "'self'",
        types: ["'script'", "'none'"],
        framed: isFramed ? news : "'none'",
        opener: 'same-origin',
        resource: isFramed ? 'cross-origin' : 'same-origin',
      }
      if (!isHtml(headers)) continue
      if (JSON.stringify(told) !== JSON.stringify(should)) faults.push({ url, told })
    }
    expect(faults).toEqual([])
    const { headers } = await ask(house, 'GET', '/docs/')
    expect(headers['content-security-policy']).not.toMatch(/unsafe-(inline|eval|hashes)/)
  })

  test('by pages: what is one person’s and what failed is kept by nobody', async () => {
    const kept = await Promise.all(
      pages.map(async ({ url, isKept }) => {
        const { headers, status } = await ask(house, 'GET', url)
        const isStored = headers['cache-control'] !== 'no-store'
        return { url, isWrong: isStored !== (isKept && status < 400), told: headers['cache-control'] }
      }),
    )
    expect(kept.filter(({ isWrong }) => isWrong)).toEqual([])
  })

  test('by every operation: what takes a key, a session or a receipt is kept by nobody; and so is every failure', async () => {
    const faults: string[] = []
    for (const operation of api.operations) {
      const asked = await askedOn(operation.path.startsWith('/v1/sites/') ? settings : stage, operation)
      const open = await sendRaw(house, requestFor(operation, asked))
      const key = { ...asked.headers, authorization: `Bearer ${house.admin}` }
      const known = await sendRaw(house, requestFor(operation, { ...asked, headers: key }))
      faults.push(...faultsOf(operation, open), ...faultsOf(operation, known))
      const wrong = requestFor(operation, { ...asked, query: ['none-of-these=a'] })
      faults.push(...faultsOf(operation, await sendRaw(house, wrong)))
    }
    expect(faults).toEqual([])
  }, 60_000)

  test('only what everybody may see, or a receipt opens, is for pages of other origins to load', async () => {
    const told = await Promise.all(
      api.operations.map(async ({ path, method }) => {
        const url = path.replaceAll(/\{\w+\}/g, 'a')
        const { headers } = await sendRaw(house, { method, url })
        return { path, resource: headers['cross-origin-resource-policy'] }
      }),
    )
    const forOthers = /^\/(v1\/sites\/|v1\/receipt|\{site\}|livez|readyz)/
    expect(
      told.filter(
        ({ path, resource }) => resource !== (forOthers.test(path) ? 'cross-origin' : 'same-origin'),
      ),
    ).toEqual([])
  })

  test.each([
    '//evil.example',
    '/%2f%2fevil.example',
    '/\\evil.example',
    '/desk?next=https://evil.example',
    '/desk//evil.example',
    '/v1/session/oidc?redirect_uri=https://evil.example',
    '/gazette/articles/https:%2f%2fevil.example',
    '/?url=https://evil.example',
  ])('nothing leads to another site: %s', async (url) => {
    for (const headers of [{}, { host: 'evil.example' }, { 'x-forwarded-host': 'evil.example' }]) {
      const { headers: answered } = await sendRaw(house, { url, headers })
      expect(isOurs(answered['location'])).toBe(true)
      expect(JSON.stringify(answered)).not.toContain('https://evil.example')
    }
  })
})

function isHtml(headers: Record<string, unknown>): boolean {
  return String(headers['content-type']).startsWith('text/html')
}

/** Whether an address, if there is one, is on this service. */
function isOurs(location: unknown): boolean {
  if (typeof location !== 'string') return location === undefined
  return new URL(location, testBaseUrl).origin === testBaseUrl
}

/** The directives of a Content-Security-Policy, by name. */
function policyOf({ headers }: Pick<Answer, 'headers'>): Map<string, string> {
  const { 'content-security-policy': policy } = headers
  const parts = typeof policy === 'string' ? policy.split(';') : []
  return new Map(
    parts.map((part) => {
      const [name = '', ...sources] = part.trim().split(/\s+/)
      return [name, sources.join(' ')]
    }),
  )
}

function faultsOf({ operationId, security, method }: Operation, { status, headers }: Answer): string[] {
  const control = String(headers['cache-control'])
  const mayBeKept = security.length === 0 && method === 'GET' && status < 400
  const faults = [
    mayBeKept || control === 'no-store' ? '' : `cache-control: ${control}`,
    headers['x-content-type-options'] === 'nosniff' ? '' : 'may be sniffed',
    headers['referrer-policy'] === 'no-referrer' ? '' : 'tells a referrer',
    isHtml(headers) ? 'a page' : '',
    isOurs(headers['location']) ? '' : `leads to ${String(headers['location'])}`,
  ]
  const about = `${operationId} ${status}: `
  return faults.filter((fault) => fault !== '').map((fault) => about + fault)
}
