import { type Caller, can, type Permission, type Scope, type SiteRole } from '../../src/access/roles.ts'
import { type Api, type Asked, type Operation, readApi, requestFor } from '../support/api.ts'
import { ask, type House, openHouse } from '../support/house.ts'
import { aRejected, askedOn, type Stage } from '../support/matrix/asked.ts'
import { type Asker, askersOn, expected } from '../support/matrix/callers.ts'
import { comesAsFarAs, openings, securityOf } from '../support/matrix/doors.ts'
import { aComment, aPerson, aSite, decision } from '../support/people.ts'
import { type Answer, sendRaw } from '../support/problem.ts'

/** Every operation of the document, every kind of caller, on their own site and on another: what the permissions say, and nothing else. */
describe('who may ask for what', () => {
  let house: House
  let api: Api
  let askers: Asker[]
  let own: { work: Stage; settings: Stage }
  let foreign: { work: Stage; settings: Stage }

  beforeAll(async () => {
    house = await openHouse()
    api = await readApi(house)
    own = await stages()
    foreign = await stages()
    const { receipt } = await aComment(house, own.work.site)
    askers = await askersOn(house, [own.work.site, own.settings.site], receipt)
  }, 120_000)
  afterAll(() => house.close())

  /** A site to work on, and one whose settings may be changed. */
  async function stages() {
    const [work, settings] = [await aSite(house, { publishDelay: 30 }), await aSite(house)]
    return {
      work: { house, api, site: work, decider: await aPerson(house, work) },
      settings: { house, api, site: settings, decider: await aPerson(house, settings) },
    }
  }

  function stageFor({ work, settings }: typeof own, { path }: Operation): Stage {
    return path.startsWith('/v1/sites/') ? settings : work
  }

  async function told(operation: Operation, asked: Asked, asker: Asker, isAnew: boolean): Promise<string> {
    const headers = { ...asked.headers, ...(await asker.credential(isAnew)) }
    return outcomeOf(await sendRaw(house, requestFor(operation, { ...asked, headers })))
  }

  /** The bearer of a receipt that the operation can be asked for with. */
  async function aReader({ operationId }: Operation): Promise<Record<string, string>> {
    const { site, decider } = own.work
    if (operationId !== 'resubmitText') return bearer((await aRejected(house, site, decider)).receipt)
    const { id, receipt } = await aComment(house, site)
    await decision(house, decider.key, id, { action: 'return', rules: ['topic'], reason: 'Say how.' }, 1)
    return bearer(receipt)
  }

  async function aSessionToEnd(asker: Asker): Promise<{ id: string }> {
    const { cookie = '' } = await asker.credential(true)
    const { body } = await ask(house, 'GET', '/v1/sessions', { headers: { cookie } })
    return { id: body.sessions?.[0]?.id ?? '6f9619ff-8b86-4011-b42d-00c04fc964ff' }
  }

  test('every operation is in the matrix, and the document says what lets through', () => {
    expect(api.operations.map(({ operationId }) => operationId).toSorted()).toEqual(
      Object.keys(openings).toSorted(),
    )
    const documented = api.operations.map(({ operationId, security }) => [operationId, security])
    const meant = api.operations.map(({ operationId }) => [
      operationId,
      securityOf(openings[operationId] ?? 'open'),
    ])
    expect(documented).toEqual(meant)
  })

  test('on their own site', async () => {
    const wrong: string[] = []
    let mayHaveEnded = false
    for (const operation of api.operations) {
      const { operationId } = operation
      const opening = openings[operationId] ?? 'open'
      const stage = stageFor(own, operation)
      const asked = await askedOn(stage, operation)
      const inOrder = askers.toSorted(refusedFirst(opening, stage.site))
      const outcomes: string[] = []
      for (const asker of inOrder) {
        const path =
          operationId === 'endMySession' ? { ...asked.path, ...(await aSessionToEnd(asker)) } : asked.path
        const isReader = opening === 'receipt' && asker.name === 'a reader'
        const who = isReader ? { ...asker, credential: () => aReader(operation) } : asker
        const outcome = await told(
          operation,
          { ...asked, path },
          who,
          mayHaveEnded || opening === 'signed_in',
        )
        const should = expected(asker, opening, stage.site)
        if (!isAsExpected(outcome, should, operationId)) {
          wrong.push(`${operationId} by ${asker.name}: ${outcome}, not ${should}`)
        }
        if (should === 'in') outcomes.push(outcome)
      }
      mayHaveEnded = opening === 'signed_in'
      const reached = comesAsFarAs[operationId]
      const isReached = outcomes.some((one) =>
        reached === undefined ? /^(2|302|303)/.test(one) : one.endsWith(` ${reached}`),
      )
      if (!isReached && operationId !== 'signIn')
        wrong.push(`${operationId} was not reached: ${outcomes.join('; ')}`)
    }
    expect(wrong).toEqual([])
  }, 240_000)

  test('on a site where they have no part', async () => {
    const wrong: string[] = []
    const strangers = askers.filter(({ caller }) => caller?.person && !caller.person.admin)
    expect(strangers.length).toBeGreaterThan(4)
    const [first] = api.operations
    for (const operation of api.operations) {
      const opening = openings[operation.operationId] ?? 'open'
      if (['open', 'receipt', 'known', 'signed_in', 'own'].includes(opening)) continue
      if (ofOwnSites.has(operation.operationId)) continue
      const stage = stageFor(foreign, operation)
      const asked = await askedOn(stage, operation)
      for (const asker of strangers) {
        const outcome = await told(operation, asked, asker, operation === first)
        if (!isAsExpected(outcome, 403, operation.operationId)) {
          wrong.push(`${operation.operationId} by ${asker.name}: ${outcome}`)
        }
      }
    }
    expect(wrong).toEqual([])
  }, 120_000)
})

/** What tells of the caller's own sites alone, and names no other. */
const ofOwnSites: ReadonlySet<string> = new Set(['countQueue'])

/** Whoever is refused asks first, so that nobody has used up what they ask for. */
function refusedFirst(opening: Parameters<typeof expected>[1], site: string) {
  const place = (asker: Asker) => (expected(asker, opening, site) === 'in' ? 1 : 0)
  return (one: Asker, other: Asker) => place(one) - place(other)
}

/** `200`, `403 forbidden`; of many decisions the first. */
function outcomeOf({ status, body }: Answer): string {
  const results: unknown = body['results']
  const first: unknown = Array.isArray(results) ? results[0] : undefined
  if (typeof first === 'object' && first !== null) {
    const problem: unknown = Reflect.get(first, 'problem')
    const code = typeof problem === 'object' && problem !== null ? ` ${Reflect.get(problem, 'code')}` : ''
    return `${Reflect.get(first, 'status')}${code}`
  }
  return typeof body['code'] === 'string' ? `${status} ${body['code']}` : String(status)
}

function isAsExpected(outcome: string, should: 'in' | 401 | 403, operationId: string): boolean {
  if (should === 401) return ['401 unauthenticated', '401 receipt_unknown'].includes(outcome)
  // Whoever may not judge a sample is not told that there is one.
  const isHidden = operationId === 'judgeSample' && outcome === '404 sample_not_found'
  if (should === 403) return outcome === '403 forbidden' || isHidden
  if (operationId === 'signIn') return outcome === '401 sign_in_failed'
  return !/^(400|401|403|405|406|413|415|428|5)/.test(outcome)
}

function bearer(secret: string): Record<string, string> {
  return { authorization: `Bearer ${secret}` }
}

/** The table that the matrix goes by, once more by hand: the least role, the scope of a key, whether a service may. */
const table: [Permission, SiteRole | 'admin', Scope, boolean][] = [
  ['read_queue', 'moderator', 'moderation', true],
  ['decide', 'moderator', 'moderation', false],
  ['reply_as_staff', 'moderator', 'moderation', false],
  ['restore', 'editor', 'moderation', false],
  ['take_over', 'editor', 'moderation', false],
  ['undo_for_others', 'editor', 'moderation', false],
  ['write_saved_reasons', 'editor', 'moderation', false],
  ['resolve_appeals', 'editor', 'moderation', false],
  ['resolve_reports', 'editor', 'moderation', false],
  ['read_statements', 'editor', 'moderation', false],
  ['read_log', 'editor', 'moderation', false],
  ['read_statistics', 'editor', 'moderation', false],
  ['pause', 'editor', 'moderation', false],
  ['write_phrases', 'editor', 'administration', false],
  ['write_texts', 'editor', 'administration', false],
  ['publish_terms', 'editor', 'administration', false],
  ['manage_orders', 'admin', 'moderation', false],
  ['hold', 'admin', 'moderation', false],
  ['erase', 'admin', 'moderation', false],
  ['register_articles', 'admin', 'articles', true],
  ['move_articles', 'admin', 'articles', false],
  ['change_sites', 'admin', 'administration', false],
  ['manage_people', 'admin', 'administration', false],
  ['manage_keys', 'admin', 'administration', false],
  ['manage_webhooks', 'admin', 'administration', false],
]

test.each(table)(
  '%s takes at least a role of %s and a key for %s; a service: %s',
  (permission, role, scope, service) => {
    const roles = ['moderator', 'editor', 'admin'] as const
    const may = roles.filter((one) => can(aCaller(one), permission, 'here'))
    expect(may).toEqual(roles.slice(roles.indexOf(role)))
    expect(roles.filter((one) => one !== 'admin' && can(aCaller(one), permission, 'elsewhere'))).toEqual([])
    const scopes = ['moderation', 'articles', 'administration'] as const
    const byKey = (person: Caller['person']) =>
      scopes.filter((one) => can({ person, key: { id: 'a', scopes: [one] } }, permission, 'here'))
    expect(byKey(aCaller('admin').person)).toEqual([scope])
    expect(byKey(null)).toEqual(service ? [scope] : [])
  },
)

test('the table by hand has every permission that lets through to something', () => {
  const others: ReadonlySet<string> = new Set(['open', 'receipt', 'known', 'signed_in', 'own'])
  const byHand: ReadonlySet<string> = new Set(table.map(([permission]) => permission))
  expect(Object.values(openings).filter((one) => !others.has(one) && !byHand.has(one))).toEqual([])
})

function aCaller(role: SiteRole | 'admin') {
  const memberships = role === 'admin' ? [] : [{ site: 'here', role, languages: [] }]
  return { person: { id: 'a', pseudonym: 'A', admin: role === 'admin', memberships }, key: null }
}
