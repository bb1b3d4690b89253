import { randomBytes } from 'node:crypto'
import { aDecided, against, anAppealed, explanation, objection } from './appeals.ts'
import { ask, type House, openHouse } from './house.ts'
import { aMember, anApp, byPassword, codesOf } from './members.ts'
import { aComment, anArticle, aPerson, aSite, decision, type TestComment, type TestPerson } from './people.ts'
import { aReport } from './report-appeals.ts'

/** A publisher's site, with people; everything that a request can be about is made there. */
export interface World {
  house: House
  site: string
  /** on which everything can be undone for a while */
  slow: string
  ada: TestPerson
  ben: TestPerson
  cho: TestPerson
}

/** What a request that succeeds says, besides the operation. */
export interface Given {
  path?: Record<string, string>
  query?: string[]
  key?: string
  cookie?: string
  /** of the comment, as it is judged */
  version?: number
  body?: unknown
  headers?: Record<string, string>
}

export async function openWorld(): Promise<World> {
  const oidc = { issuer: 'https://accounts.example.org/', clientId: 'postbag', clientSecret: 'a secret' }
  const house = await openHouse({ oidc })
  const site = await aSite(house)
  const slow = await aSite(house, { publishDelay: 3_600 })
  return {
    house,
    site,
    slow,
    ada: await aPerson(house, site),
    ben: await aPerson(house, site, 'editor'),
    cho: await aPerson(house, site, 'editor'),
  }
}

/** What has to be there before a request of each operation succeeds, made anew each time; and what the request says. */
export const useCases: Record<string, (world: World) => Promise<Given>> = {
  isAlive: async () => ({}),
  isReady: async () => ({}),

  readSite: async () => ({}),
  readTerms: async () => ({}),
  readTermsVersion: async () => ({ path: { version: '1' } }),
  listComments: async () => ({}),
  listCommentsByQuery: async () => ({}),
  countComments: async () => ({}),
  readSiteFeedAtom: async () => ({}),
  readArticleFeedAtom: async () => ({}),
  readSiteFeedJson: async () => ({}),
  readArticleFeedJson: async () => ({}),
  readSitemap: async (world) => {
    await aPublished(world)
    return {}
  },
  readEmbed: async () => ({}),
  readEmbedByQuery: async () => ({}),
  readChallenge: async () => ({}),
  readTransparency: async () => ({}),
  readTransparencyCsv: async () => ({}),

  submitComment: async () => ({ headers: once(), body: { text: aText() } }),
  submitCommentByQuery: async () => ({ headers: once(), body: { text: aText() } }),
  reportComment: async (world) => ({
    path: { id: (await aPublished(world)).id },
    body: { kind: 'rule', rule: 'respect', explanation: 'It insults a reader.' },
  }),
  readReceipt: async ({ house, site }) => ({ key: (await aComment(house, site)).receipt }),
  withdrawComment: async (world) => ({ key: (await aPublished(world)).receipt }),
  resubmitText: async ({ house, site, ada }) => ({
    key: (await aDecided(house, site, ada, 'return')).receipt,
    body: { text: aText() },
  }),
  eraseComment: async (world) => ({ key: (await aPublished(world)).receipt }),
  fileAppeal: async ({ house, site, ada }) => ({
    key: (await aDecided(house, site, ada)).receipt,
    body: { text: objection },
  }),
  readOwnStatement: async ({ house, site, ada }) => ({ key: (await aDecided(house, site, ada)).receipt }),

  readQueue: async ({ ada }) => ({ key: ada.key }),
  countQueue: async ({ ada }) => ({ key: ada.key }),
  readComment: waiting,
  readHistory: waiting,
  writeNote: async (world) => ({ ...(await waiting(world)), body: { text: 'Seen before.' } }),
  searchComments: async ({ site, ada }) => ({ key: ada.key, body: { q: 'something to say', site } }),
  claimComments: async ({ house, site, ada }) => {
    await aComment(house, site)
    return { key: ada.key, body: { site, limit: 1 } }
  },
  readClaims: async (world) => ({ key: (await claimed(world)).key }),
  renewClaims: async (world) => ({ key: (await claimed(world)).key }),
  releaseClaims: async (world) => ({ key: (await claimed(world)).key }),
  releaseClaim: claimed,
  skipComment: claimed,
  decide: async (world) => ({ ...(await waiting(world)), version: 1, body: against.reject }),
  decideMany: async ({ house, site, ada }) => {
    const comments = [await aComment(house, site), await aComment(house, site)]
    const decisions = comments.map(({ id }) => ({ id, version: 1, action: 'approve' }))
    return { key: ada.key, body: { decisions } }
  },
  readCluster: async (world) => {
    const { key, person } = await aFlood(world)
    return { path: { key }, key: person }
  },
  decideCluster: async (world) => {
    const { key, person } = await aFlood(world)
    return { path: { key }, key: person, body: { action: 'reject', rules: ['promotion'] } }
  },
  readClusterDecision: decidedFlood,
  undoCluster: decidedFlood,
  replyAsStaff: async (world) => ({
    path: { id: (await aPublished(world)).id },
    key: world.ada.key,
    body: { text: aText() },
  }),

  readReports: async ({ ben }) => ({ key: ben.key }),
  readReport: reported,
  resolveReport: async (world) => ({
    ...(await reported(world)),
    body: { outcome: 'unpublish', version: 2, rules: ['respect'], explanation: 'You are right.' },
  }),
  listAppeals: async ({ ben }) => ({ key: ben.key }),
  readAppeal: appealed,
  resolveAppeal: async (world) => ({
    ...(await appealed(world)),
    body: { outcome: 'reversed', explanation },
  }),
  readStatement: async ({ house, site, ada }) => ({
    path: { id: (await aDecided(house, site, ada)).id },
    key: ada.key,
  }),
  listStatements: async ({ ben }) => ({ key: ben.key }),
  exportStatementsCsv: async ({ ben }) => ({ key: ben.key }),
  exportStatementsLines: async ({ ben }) => ({ key: ben.key }),

  readOrders: admin,
  readOrder: async (world) => ({ path: { id: await anOrder(world) }, key: world.house.admin }),
  registerOrder: async (world) => ({
    key: world.house.admin,
    body: { site: world.site, ...court, comments: [(await aPublished(world)).id] },
  }),
  concludeOrder: async (world) => ({
    path: { id: await anOrder(world) },
    key: world.house.admin,
    body: { effect: 'refused', effectOn: '2026-11-20' },
  }),
  readHolds: async (world) => ({ ...(await waiting(world)), key: world.house.admin }),
  placeHold: async (world) => ({
    ...(await waiting(world)),
    key: world.house.admin,
    body: { reason: 'The police asked for it.' },
  }),
  liftHold: async (world) => {
    const { house } = world
    const { id } = await aComment(house, world.site)
    const placed = await succeed(
      ask(house, 'POST', `/v1/moderation/comments/${id}/holds`, {
        key: house.admin,
        body: { reason: 'The police asked for it.' },
      }),
    )
    return { path: { id, hold: placed.body.id }, key: house.admin }
  },
  reportDanger: async (world) => ({
    ...(await waiting(world)),
    body: { note: 'Names a school, a day and a gun.' },
  }),
  readErasure: async (world) => {
    const given = await toErase(world)
    const path = `/v1/moderation/comments/${given.path.id}/erasure`
    const headers = { 'if-match': `"${given.version}"` }
    await succeed(ask(world.house, 'POST', path, { key: given.key, body: given.body, headers }))
    return { path: given.path, key: given.key }
  },
  eraseFor: toErase,
  readStatistics: async ({ ben }) => ({ key: ben.key }),
  readWholeTransparency: admin,
  readWholeTransparencyCsv: admin,
  giveSamples: async ({ ben }) => ({ key: ben.key }),
  judgeSample: async (world) => {
    const { house, site, ada } = world
    const { id } = await aDecided(house, site, ada)
    await house.owner.query(
      `insert into sample (comment_id, seq, site, language, action, rule, person_id, decided_at)
       select m.comment_id, m.seq, m.site, 'en', m.action, 'topic', m.person_id, m.decided_at
         from move m where m.comment_id = $1 and m.action = 'reject' on conflict do nothing`,
      [id],
    )
    const { rows } = await house.owner.query<{ id: string }>('select id from sample where comment_id = $1', [
      id,
    ])
    return { path: { id: rows[0]?.id ?? '' }, key: world.ben.key, body: { action: 'approve' } }
  },
  readLog: admin,
  verifyLog: admin,
  readLogHeads: admin,

  pauseSite: async ({ house }) => ({
    path: { site: await aSite(house) },
    key: house.admin,
    body: { paused: true },
  }),
  pauseArticle: async (world) => ({ ...(await ofItsOwn(world)), body: { paused: true } }),
  pauseArticleByQuery: async (world) => ({ ...(await ofItsOwn(world)), body: { paused: true } }),
  slowArticle: async (world) => ({ ...(await ofItsOwn(world)), body: { minutes: 10, hours: 1 } }),
  slowArticleByQuery: async (world) => ({ ...(await ofItsOwn(world)), body: { minutes: 10, hours: 1 } }),
  moveArticle: async (world) => ({ ...(await ofItsOwn(world)), body: { to: aKey() } }),
  moveArticleByQuery: async (world) => ({ ...(await ofItsOwn(world)), body: { to: aKey() } }),
  readSavedReasons: async ({ ada }) => ({ key: ada.key }),
  putSavedReasons: async ({ ben }) => ({
    key: ben.key,
    body: {
      reasons: [{ title: 'Numbers', rule: 'topic', language: null, text: 'Please leave numbers out.' }],
    },
  }),

  putSite: async ({ house }) => ({ path: { site: aKey() }, key: house.admin, body: { name: 'Another one' } }),
  publishTerms: async ({ house }) => ({
    path: { site: await aSite(house) },
    key: house.admin,
    body: {
      introduction: 'What we ask of you.',
      rules: [{ code: 'kindness', title: 'Be kind', text: 'Write as you speak.', permits: ['reject'] }],
    },
  }),
  listSites: admin,
  putArticle: async ({ house }) => ({ path: { article: aKey() }, key: house.admin, body: { title: 'New' } }),
  putArticleByQuery: async ({ house }) => ({
    query: [`article=${aKey()}`],
    key: house.admin,
    body: { title: 'New' },
  }),
  readPhrases: admin,
  putPhrases: async ({ house }) => ({
    path: { site: await aSite(house) },
    key: house.admin,
    body: { phrases: [{ phrase: 'casino*' }] },
  }),
  exportPhrases: admin,
  importPhrases: async ({ house }) => ({
    path: { site: await aSite(house) },
    key: house.admin,
    headers: { 'content-type': 'text/csv' },
    body: 'phrase\r\ncasino*\r\n',
  }),
  readTexts: async ({ house }) => ({ path: { language: 'en' }, key: house.admin }),
  putTexts: async ({ house }) => ({
    path: { language: 'en', site: await aSite(house) },
    key: house.admin,
    body: { 'list.empty': 'Be the first to write.' },
  }),

  signIn: async ({ house }) => ({ body: byPassword(await aMember(house)) }),
  signOut: session,
  getMe: async ({ ada }) => ({ key: ada.key }),
  setMyPassword: async (world) => ({
    ...(await session(world)),
    body: { password: 'another good password' },
  }),
  listMySessions: session,
  endMyOtherSessions: session,
  endMySession: async ({ house }) => {
    const { id, cookie } = await aMember(house)
    const { body } = await succeed(ask(house, 'GET', `/v1/people/${id}/sessions`, { key: house.admin }))
    return { path: { id: body.sessions[0].id }, cookie }
  },
  listSessions: member,
  endSessions: member,
  getMySecondFactor: session,
  enrolSecondFactor: session,
  confirmSecondFactor: async ({ house }) => {
    const { cookie } = await aMember(house)
    const begun = await succeed(ask(house, 'POST', '/v1/me/second-factor', { headers: { cookie } }))
    return { cookie, body: { code: await codesOf(house, begun.body.uri)() } }
  },
  renewRecoveryCodes: withApp,
  removeMySecondFactor: withApp,
  removeSecondFactor: async ({ house }) => {
    const { member: one } = await anApp(house, await aMember(house))
    return { path: { id: one.id }, key: house.admin }
  },

  listPeople: admin,
  invitePerson: async ({ house, site }) => ({
    key: house.admin,
    body: {
      pseudonym: aKey(),
      login: `${aKey()}@news.example`,
      roles: [{ site, role: 'moderator', languages: [] }],
    },
  }),
  changePerson: async ({ house, site }) => {
    const { id, login } = await aMember(house, { roles: [{ site, role: 'moderator', languages: [] }] })
    const body = { pseudonym: aKey(), login, active: false, roles: [{ site, role: 'editor', languages: [] }] }
    return { path: { id }, key: house.admin, body }
  },
  makeSignInLink: member,
  setAccount: async (world) => ({ ...(await member(world)), body: { subject: aKey() } }),
  forgetAccount: async (world) => {
    const given = await member(world)
    const { house } = world
    const body = { subject: aKey() }
    await succeed(ask(house, 'PUT', `/v1/people/${given.path.id}/account`, { key: house.admin, body }))
    return given
  },
  listKeys: admin,
  makeKey: async ({ house, ada }) => ({
    key: house.admin,
    body: { name: aKey(), person: ada.id, scopes: ['moderation'] },
  }),
  revokeKey: async ({ house }) => {
    const body = { name: aKey(), scopes: ['articles'] }
    const made = await succeed(ask(house, 'POST', '/v1/keys', { key: house.admin, body }))
    return { path: { id: made.body.id }, key: house.admin }
  },

  listWebhooks: admin,
  createWebhook: async ({ house }) => ({ key: house.admin, body: webhook }),
  readWebhook: endpoint,
  changeWebhook: async (world) => ({ ...(await endpoint(world)), body: webhook }),
  deleteWebhook: endpoint,
  rotateWebhookSecret: async (world) => ({ ...(await endpoint(world)), body: { keepOldHours: 24 } }),
  listDeliveries: endpoint,
  replayDelivery: async (world) => {
    const { house } = world
    const { path, key } = await endpoint(world)
    const pinged = await succeed(ask(house, 'POST', `/v1/webhooks/${path.id}/ping`, { key }))
    return { path: { ...path, delivery: pinged.body.id }, key }
  },
  replayEvents: async (world) => ({
    ...(await endpoint(world)),
    body: { since: new Date(Date.now() - 60_000).toISOString() },
  }),
  pingWebhook: endpoint,
}

/** Nobody listens there. */
const webhook = { url: 'http://127.0.0.1:9/', events: ['comment.published'] }

const court = {
  kind: 'art9',
  country: 'DE',
  authority: 'District Court of Sallow Reach',
  receivedOn: '2026-11-20',
}

async function endpoint({ house }: World) {
  const made = await succeed(ask(house, 'POST', '/v1/webhooks', { key: house.admin, body: webhook }))
  return { path: { id: String(made.body.id) }, key: house.admin }
}

async function admin({ house }: World): Promise<Given> {
  return { key: house.admin }
}

async function waiting({ house, site, ada }: World) {
  return { path: { id: (await aComment(house, site)).id }, key: ada.key }
}

async function session({ house }: World) {
  return { cookie: (await aMember(house)).cookie }
}

async function member({ house }: World) {
  return { path: { id: (await aMember(house)).id }, key: house.admin }
}

async function withApp({ house }: World): Promise<Given> {
  const { member: one, code } = await anApp(house, await aMember(house))
  return { cookie: one.cookie, body: { code: await code(1) } }
}

async function aPublished({ house, site, ada }: World): Promise<TestComment> {
  const comment = await aComment(house, site)
  await succeed(decision(house, ada.key, comment.id, { action: 'approve' }, 1))
  return comment
}

/** A comment that somebody holds whom nobody else is like, so that they hold nothing else. */
async function claimed({ house }: World): Promise<Given & { key: string }> {
  const site = await aSite(house)
  const { key } = await aPerson(house, site)
  const { id } = await aComment(house, site)
  await succeed(ask(house, 'POST', '/v1/moderation/claims', { key, body: { site, limit: 1 } }))
  return { path: { id }, key }
}

async function aFlood({ house, slow }: World): Promise<{ key: string; person: string }> {
  const { key: person } = await aPerson(house, slow)
  const text = `Cheap watches, number ${randomBytes(8).toString('hex')}, at the old harbour!`
  const { id } = await aComment(house, slow, { text })
  await aComment(house, slow, { text })
  const { body } = await succeed(ask(house, 'GET', `/v1/moderation/comments/${id}`, { key: person }))
  return { key: body.cluster.key, person }
}

async function decidedFlood(world: World): Promise<Given> {
  const { key, person } = await aFlood(world)
  const body = { action: 'reject', rules: ['promotion'] }
  const path = `/v1/moderation/clusters/${key}/decisions`
  const made = await succeed(ask(world.house, 'POST', path, { key: person, body }))
  return { path: { key, id: made.body.id }, key: person }
}

async function reported(world: World): Promise<Given> {
  const { id } = await aPublished(world)
  const report = await aReport(world.house, world.site, id)
  return { path: { id: report.id }, key: world.ben.key }
}

async function appealed({ house, site, ada, cho }: World): Promise<Given> {
  return { path: { id: (await anAppealed(house, site, ada)).appeal }, key: cho.key }
}

async function anOrder(world: World): Promise<string> {
  const { house, site } = world
  const body = { site, ...court, comments: [(await aPublished(world)).id] }
  return (await succeed(ask(house, 'POST', '/v1/moderation/orders', { key: house.admin, body }))).body.id
}

async function toErase(world: World) {
  const { id } = await aPublished(world)
  const body = { reason: 'named_person', rules: ['private_details'], note: 'By letter of 20 November.' }
  return { path: { id }, key: world.house.admin, body, version: 2 }
}

async function ofItsOwn({ house, site }: World): Promise<Given> {
  const article = aKey()
  await anArticle(house, site, article)
  return { path: { article }, query: [`article=${article}`], key: house.admin }
}

async function succeed(answer: ReturnType<typeof ask>): ReturnType<typeof ask> {
  const { status, text } = await answer
  if (status >= 300) throw new Error(`What was needed for it was refused: ${status} ${text}`)
  return answer
}

function once(): Record<string, string> {
  return { 'idempotency-key': randomBytes(24).toString('base64url') }
}

function aText(): string {
  return `The evening boat was late again, by ${randomBytes(4).toString('hex')}.`
}

function aKey(): string {
  return `one-${randomBytes(6).toString('hex')}`
}
