import type { Api, Asked, Operation } from '../api.ts'
import { anAppealed } from '../appeals.ts'
import { ask, type House } from '../house.ts'
import { aComment, aPerson, decision, type TestPerson } from '../people.ts'

/** A site with people who have decided before, so that whoever asks now did not. */
export interface Stage {
  house: House
  api: Api
  site: string
  decider: TestPerson
}

/** A request for an operation that finds on the stage whatever it needs; all but who asks. */
export async function askedOn(stage: Stage, operation: Operation): Promise<Asked> {
  const { api, site } = stage
  const { operationId, parameters, body, mediaType } = operation
  const own = bodies[operationId]
  const payload = own ? await own(stage) : body && api.sample(body)
  const queried = {
    ...usualQuery,
    ...(operationId === 'moveArticleByQuery' && (await anArticleToMove(stage))),
  }
  return {
    path: { site, article: 'news', version: '1', language: 'en', ...(await namedIn(stage, operation)) },
    query: parameters
      .filter(({ name, in: where, required }) => where === 'query' && (required || name === 'site'))
      .map(({ name }) => `${name}=${new Map(Object.entries(queried)).get(name) ?? site}`),
    headers: { 'if-match': '"1"' },
    payload:
      mediaType === 'text/csv'
        ? 'phrase\r\ncasino*\r\n'
        : payload === undefined
          ? undefined
          : JSON.stringify(payload),
  }
}

const usualQuery: Record<string, string> = { article: 'news', from: '2020-01-01', to: '2020-02-01' }

const bodies: Record<string, (stage: Stage) => Promise<Record<string, unknown>>> = {
  putSite: async () => ({ name: 'The Test Gazette', publishDelay: 0, times: 'minute' }),
  searchComments: async ({ site }) => ({ site, status: 'pending' }),
  claimComments: async ({ site }) => ({ site, limit: 1 }),
  decide: async () => ({ action: 'approve' }),
  decideMany: async ({ house, site }) => ({
    decisions: [{ id: (await aComment(house, site)).id, version: 1, action: 'approve' }],
  }),
  decideCluster: async () => ({ action: 'reject', rules: ['promotion'] }),
  reportComment: async () => report,
  resolveReport: async () => ({ outcome: 'keep', explanation: 'It keeps to the terms.' }),
  resolveAppeal: async () => ({ outcome: 'upheld', explanation: 'I have read both again.' }),
  registerOrder: async ({ site }) => order(site),
  eraseFor: async () => erasing,
  judgeSample: async () => ({ action: 'reject', rules: ['topic'] }),
  moveArticle: async () => ({ to: `moved-${Math.random()}` }),
  moveArticleByQuery: async () => ({ to: `moved-${Math.random()}` }),
  pauseSite: async () => ({ paused: false }),
  signIn: async () => ({ login: 'nobody@news.example', password: 'a password of some length' }),
  invitePerson: async () => ({ pseudonym: `Somebody ${Math.random()}` }),
  changePerson: async () => ({ pseudonym: `Somebody ${Math.random()}` }),
  makeKey: async () => ({ name: 'A key', scopes: ['articles'] }),
  slowArticle: async () => ({ minutes: null }),
  slowArticleByQuery: async () => ({ minutes: null }),
  createWebhook: async () => webhook,
  changeWebhook: async () => webhook,
  replayEvents: async () => ({ since: '2026-01-01T00:00:00Z' }),
}

const erasing = { reason: 'named_person', note: 'By letter.', rules: ['private_details'] }

/** Nobody listens there. */
const webhook = { url: 'http://127.0.0.1:9/', events: ['comment.published'] }

const report = { kind: 'law', country: 'DE', explanation: 'It insults somebody.', goodFaith: true }

function order(site: string): Record<string, unknown> {
  return { site, kind: 'art9', country: 'DE', authority: 'A court', receivedOn: '2026-11-20' }
}

/** What the path names besides the site: made for this request, so that nobody else has used it up. */
async function namedIn(stage: Stage, { operationId, path }: Operation): Promise<Record<string, string>> {
  const own = named[operationId]
  if (own) return own(stage)
  const { house, site } = stage
  if (path.startsWith('/v1/webhooks/')) return { id: (await made(house, '/v1/webhooks', webhook)).id }
  if (path.startsWith('/v1/people/')) return { id: (await aPerson(house, site)).id }
  if (path.startsWith('/v1/moderation/clusters/')) return aCluster(stage)
  if (path.startsWith('/v1/moderation/reports/')) return { id: await aReport(stage) }
  if (path.startsWith('/v1/moderation/appeals/')) {
    return { id: (await anAppealed(house, site, stage.decider)).appeal }
  }
  if (path.startsWith('/v1/moderation/orders/')) {
    return { id: (await made(house, '/v1/moderation/orders', order(site))).id }
  }
  if (path.includes('/comments/{id}') || path.includes('/claims/{id}')) {
    return { id: (await aComment(house, site)).id }
  }
  return {}
}

const named: Record<string, (stage: Stage) => Promise<Record<string, string>>> = {
  putTexts: async () => ({ language: 'en' }),
  readSitemap: async (stage) => {
    await aPublished(stage)
    return {}
  },
  reportComment: async (stage) => ({ id: await aPublished(stage) }),
  replyAsStaff: async (stage) => ({ id: await aPublished(stage) }),
  readStatement: async ({ house, site, decider }) => ({ id: (await aRejected(house, site, decider)).id }),
  readErasure: async ({ house, site }) => {
    const { id } = await aComment(house, site)
    const erased = await ask(house, 'POST', `/v1/moderation/comments/${id}/erasure`, {
      key: house.admin,
      body: erasing,
      headers: { 'if-match': '"1"' },
    })
    expect(erased.status).toBe(201)
    return { id }
  },
  liftHold: async ({ house, site, api }) => {
    const { id } = await aComment(house, site)
    const placing = api.operations.find(({ operationId }) => operationId === 'placeHold')
    const body = placing?.body && api.sample(placing.body)
    return { id, hold: (await made(house, `/v1/moderation/comments/${id}/holds`, body)).id }
  },
  judgeSample: async ({ house, site, decider }) => {
    const { id } = await aRejected(house, site, decider)
    const { rows } = await house.owner.query<{ id: string }>(
      `insert into sample (comment_id, seq, site, language, action, rule, person_id, decided_at)
       select comment_id, seq, site, 'en', action, 'topic', person_id, decided_at from move
        where comment_id = $1 and seq = 2
       on conflict (comment_id, seq) do update set language = excluded.language returning id`,
      [id],
    )
    return { id: rows[0]?.id ?? '' }
  },
  readClusterDecision: (stage) => aClusterDecided(stage),
  undoCluster: (stage) => aClusterDecided(stage),
  revokeKey: async ({ house }) => ({
    id: (await made(house, '/v1/keys', { name: 'To be revoked', scopes: ['articles'] })).id,
  }),
  moveArticle: anArticleToMove,
  replayDelivery: async ({ house }) => {
    const { id } = await made(house, '/v1/webhooks', webhook)
    const pinged = await ask(house, 'POST', `/v1/webhooks/${id}/ping`, { key: house.admin })
    expect(pinged.status).toBe(202)
    return { id, delivery: pinged.body.id }
  },
}

async function made(house: House, url: string, body: unknown): Promise<{ id: string }> {
  const answer = await ask(house, 'POST', url, { key: house.admin, body })
  expect(answer.status).toBe(201)
  return answer.body
}

export async function aRejected(house: House, site: string, { key }: TestPerson) {
  const comment = await aComment(house, site)
  const asked = { action: 'reject', rules: ['topic'], reason: 'It is about another thing.' }
  expect((await decision(house, key, comment.id, asked, 1)).status).toBe(201)
  return comment
}

async function aPublished({ house, site, decider }: Stage): Promise<string> {
  const { id } = await aComment(house, site)
  expect((await decision(house, decider.key, id, { action: 'approve' }, 1)).status).toBe(201)
  // The site waits before it publishes, so that there is something to undo.
  await house.ahead(31)
  return id
}

async function aReport(stage: Stage): Promise<string> {
  const { house, site } = stage
  const id = await aPublished(stage)
  const sent = await ask(house, 'POST', `/v1/sites/${site}/comments/${id}/reports`, { body: report })
  expect(sent.status).toBe(202)
  const { rows } = await house.owner.query<{ id: string }>('select id from report where comment_id = $1', [
    id,
  ])
  return rows[0]?.id ?? ''
}

async function aCluster({ house, site }: Stage): Promise<{ key: string }> {
  const text = `Buy cheap watches at the harbour of ${Math.random()}!`
  const ids = [(await aComment(house, site, { text })).id, (await aComment(house, site, { text })).id]
  const one = await ask(house, 'GET', `/v1/moderation/comments/${ids[0]}`, { key: house.admin })
  return { key: one.body.cluster.key }
}

async function aClusterDecided(stage: Stage): Promise<{ key: string; id: string }> {
  const { key } = await aCluster(stage)
  const decided = await ask(stage.house, 'POST', `/v1/moderation/clusters/${key}/decisions`, {
    key: stage.decider.key,
    body: { action: 'reject', rules: ['promotion'] },
  })
  expect(decided.status).toBe(202)
  return { key, id: decided.body.id }
}

async function anArticleToMove({ house, site }: Stage): Promise<{ article: string }> {
  const article = `to-move-${Math.random()}`
  const put = await ask(house, 'PUT', `/v1/sites/${site}/articles/${article}`, { key: house.admin, body: {} })
  expect(put.status).toBe(201)
  return { article }
}
