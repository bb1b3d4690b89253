import { randomUUID } from 'node:crypto'
import Fastify, { type FastifyInstance, type FastifyServerOptions, LogController } from 'fastify'
import { serializerCompiler, validatorCompiler } from 'fastify-type-provider-zod'
import { identifyCallers } from './access/auth.ts'
import { type IssuerSettings, issuer } from './access/issuer.ts'
import { outsideAccountRoutes } from './access/outside-account-routes.ts'
import { keyRoutes, peopleRoutes } from './access/people-routes.ts'
import { signInRoutes } from './access/routes.ts'
import type { SecondFactorRule } from './access/second-factor.ts'
import { secondFactorRoutes } from './access/second-factor-routes.ts'
import { sessionRoutes } from './access/session-routes.ts'
import { challengeRoutes } from './comments/challenge-routes.ts'
import { reportRoutes } from './comments/reports/routes.ts'
import { commentRoutes, waitForSignals } from './comments/routes.ts'
import { type WayInLimits, wayIn } from './comments/way-in.ts'
import type { Database } from './database/client.ts'
import { readBodies } from './http/bodies.ts'
import { answerErrors, problemOf, refuseBrokenRequest, send } from './http/errors.ts'
import { always, sendHeaders } from './http/headers.ts'
import { keyring } from './http/keyring.ts'
import { type LimitOptions, limitRates } from './http/limits.ts'
import { describeApi } from './http/openapi.ts'
import { serverThatAnswers } from './http/server.ts'
import { serviceRoutes } from './http/service-routes.ts'
import { refuseOtherSpellings, refuseUnknownParameters } from './http/strict.ts'
import { appealRoutes } from './moderation/appeals/routes.ts'
import { claimRoutes } from './moderation/claims/routes.ts'
import { clusterRoutes } from './moderation/clusters/routes.ts'
import { dangerRoutes } from './moderation/danger/routes.ts'
import { decisionRoutes } from './moderation/decision-routes.ts'
import { erasureRoutes } from './moderation/erasures/routes.ts'
import { holdRoutes } from './moderation/holds/routes.ts'
import { answerOnceWrittenDown } from './moderation/ledger/routes.ts'
import { writeLedger } from './moderation/ledger/write-ledger.ts'
import { logRoutes } from './moderation/log/routes.ts'
import { orderRoutes } from './moderation/orders/routes.ts'
import { reportResolutionRoutes } from './moderation/reports/routes.ts'
import { moderationRoutes } from './moderation/routes.ts'
import { sampleRoutes } from './moderation/samples/routes.ts'
import { savedReasonRoutes } from './moderation/saved-reasons/routes.ts'
import { searchRoutes } from './moderation/search/routes.ts'
import { staffRoutes } from './moderation/staff/routes.ts'
import { statementRoutes } from './moderation/statements/routes.ts'
import { statisticsRoutes } from './moderation/statistics/routes.ts'
import { transparencyRoutes } from './moderation/transparency/routes.ts'
import { embedRoutes } from './pages/embed/routes.ts'
import { feedWordsIn } from './pages/feed-words.ts'
import { pageRoutes } from './pages/routes.ts'
import { textRoutes } from './pages/text-routes.ts'
import { feedRoutes } from './reading/feeds/routes.ts'
import { answerFromMemory } from './reading/front.ts'
import { type PublicMemory, publicMemory, usualMemory } from './reading/memory.ts'
import { readingRoutes, suspectChanges } from './reading/routes.ts'
import { phraseRoutes } from './screening/routes.ts'
import type { Screen } from './screening/screened.ts'
import { screener } from './screening/screener.ts'
import { articleMoveRoutes } from './sites/move-routes.ts'
import { pauseRoutes } from './sites/pause-routes.ts'
import { siteRoutes } from './sites/routes.ts'
import { mostOf } from './sites/site.ts'
import { slowModeRoutes } from './sites/slow-mode-routes.ts'
import { originsOf } from './sites/store.ts'
import { beginWithDefaultTerms } from './terms/publish.ts'
import { termsRoutes } from './terms/routes.ts'
import type { Reach } from './webhooks/calling.ts'
import { deliveryRoutes } from './webhooks/delivery-routes.ts'
import { describedMessages } from './webhooks/described.ts'
import { webhookRoutes } from './webhooks/routes.ts'

export interface AppOptions extends Pick<LimitOptions, 'redis'> {
  db: Database
  secret: string
  /** looks at readers' texts; by default with what the database knows */
  screen?: Screen
  /** what everybody may see; by default as much of it as is usual */
  memory?: PublicMemory
  /** told of every text of a reader's that was taken in */
  onTaken?: () => void
  /** how many submissions are under way at most, and up to how many are screened before they are written */
  submissions?: WayInLimits
  baseUrl: string
  trustProxy: string[]
  rateLimit: boolean
  /** whether everybody who signs in needs a second factor; optional by default */
  secondFactor?: SecondFactorRule
  /** where people sign in with their organisation's accounts */
  oidc?: IssuerSettings | undefined
  /** the site and the article that show a newcomer the embed on a page of its own */
  demo?: { site: string; article: string } | undefined
  /** how receivers of webhooks are reached; by default on the public Internet alone */
  reach?: Reach
  /** the file in which is written down what was erased or taken down; by default nowhere */
  erasureLedger?: string | undefined
  /** checks every answer against its schema; for tests and development, because it is slow */
  checkAnswers: boolean
  logger: FastifyServerOptions['logger']
  version: string
}

declare module 'fastify' {
  interface FastifyInstance {
    /** Says that the service is about to stop. */
    drain(): void
  }
}

/** Six bytes a character where a client escapes every one, at the largest text that a site may allow, and the rest. */
const bodyLimit = 6 * mostOf.textBytes + 16_384

/** The whole service, in the order in which a request meets it. */
export async function buildApp(options: AppOptions): Promise<FastifyInstance> {
  const { db, baseUrl, oidc, secondFactor = 'optional', reach = { isPrivateAllowed: false } } = options
  const keys = keyring(options.secret)
  const { screen = screener(db), onTaken, memory = publicMemory(db, usualMemory) } = options
  const screening = { db, screen, onTaken }
  const intake = { ...screening, keys, wayIn: wayIn(screening, options.submissions) }
  let draining = false
  const isDraining = () => draining
  const app = Fastify({
    logger: options.logger ?? false,
    logController: new LogController({ disableRequestLogging: true }),
    trustProxy: options.trustProxy.length > 0 ? options.trustProxy : false,
    bodyLimit,
    genReqId: () => randomUUID(),
    serverFactory: serverThatAnswers(
      (request, response) => answerFromMemory(memory, request, response),
      isDraining,
    ),
    routerOptions: { maxParamLength: 8_192 },
    // While it stops, requests on open connections are still answered; readiness has said no before.
    return503OnClosing: false,
    clientErrorHandler: refuseBrokenRequest,
    frameworkErrors: (error, request, reply) =>
      void send(reply.headers(always), problemOf(error, request), baseUrl),
  })
  app.setValidatorCompiler(validatorCompiler)
  app.setSerializerCompiler(
    options.checkAnswers ? serializerCompiler : () => (answer) => JSON.stringify(answer),
  )

  answerErrors(app, baseUrl)
  readBodies(app)
  await sendHeaders(app, baseUrl, (site) => originsOf(db.desk, site))
  await limitRates(app, { on: options.rateLimit, ...(options.redis && { redis: options.redis }) })
  await describeApi(app, options.version, describedMessages())
  await identifyCallers(app, db, baseUrl, secondFactor)
  refuseUnknownParameters(app)
  refuseOtherSpellings(app)
  logAnswers(app)
  suspectChanges(app, memory)
  const { erasureLedger: ledger } = options
  if (ledger !== undefined) answerOnceWrittenDown(app, () => writeLedger(db, ledger), baseUrl)
  waitForSignals(app, intake.wayIn)

  app.decorate('drain', () => {
    draining = true
  })
  // A connection that were kept would be closed in the middle of the next request on it.
  app.addHook('onRequest', async (_request, reply) => {
    if (draining) reply.header('connection', 'close')
  })
  // Whoever closes the database next does so when all that was sent is written.
  app.addHook('onClose', () => intake.wayIn.close())
  const outside =
    oidc &&
    issuer(oidc, keys, `${baseUrl}/v1/session/oidc/callback`, (fault) =>
      app.log.warn({ fault }, 'signing in at the issuer failed'),
    )
  await app.register(serviceRoutes, { db, isDraining })
  await app.register(readingRoutes, { db, keys, memory })
  await app.register(embedRoutes, { db, keys, memory })
  await app.register(feedRoutes, { db, keys, memory, baseUrl, wordsIn: feedWordsIn })
  await app.register(commentRoutes, intake)
  await app.register(challengeRoutes, { db, keys })
  await app.register(reportRoutes, { db })
  await app.register(moderationRoutes, { db, keys })
  await app.register(searchRoutes, { db, keys })
  await app.register(reportResolutionRoutes, { db, keys })
  await app.register(claimRoutes, { db })
  await app.register(decisionRoutes, { db, baseUrl })
  await app.register(clusterRoutes, { db })
  await app.register(appealRoutes, { db, keys })
  await app.register(statementRoutes, { db, keys, baseUrl })
  await app.register(staffRoutes, screening)
  await app.register(orderRoutes, { db, keys })
  await app.register(holdRoutes, { db })
  await app.register(dangerRoutes, { db })
  await app.register(erasureRoutes, { db })
  await app.register(statisticsRoutes, { db })
  await app.register(transparencyRoutes, { db })
  await app.register(sampleRoutes, { db })
  await app.register(logRoutes, { db, keys })
  await app.register(pauseRoutes, { db })
  await app.register(slowModeRoutes, { db })
  await app.register(articleMoveRoutes, { db })
  await app.register(savedReasonRoutes, { db })
  await app.register(signInRoutes, { db, keys, baseUrl })
  await app.register(sessionRoutes, { db })
  await app.register(secondFactorRoutes, { db, keys, baseUrl, secondFactor })
  await app.register(siteRoutes, { db, begin: beginWithDefaultTerms })
  await app.register(termsRoutes, { db })
  await app.register(phraseRoutes, { db })
  await app.register(textRoutes, { db })
  await app.register(peopleRoutes, { db, baseUrl })
  await app.register(outsideAccountRoutes, { db, issuer: outside })
  await app.register(keyRoutes, { db })
  await app.register(webhookRoutes, { db, keys, reach })
  await app.register(deliveryRoutes, { db, keys })
  await app.register(pageRoutes, {
    ...intake,
    memory,
    baseUrl,
    issuer: outside,
    secondFactor,
    demo: options.demo,
  })
  return app
}

/**
 * One line an answer: which route, how it went, how long it took. No address, no path, no query, no words. What is
 * answered from memory leaves none: to write it would cost more than the answer did.
 */
function logAnswers(app: FastifyInstance): void {
  app.addHook('onResponse', (request, reply, done) => {
    const route = request.routeOptions.url ?? 'none'
    request.log.info(
      { method: request.method, route, status: reply.statusCode, ms: Math.round(reply.elapsedTime) },
      'answered',
    )
    done()
  })
}
