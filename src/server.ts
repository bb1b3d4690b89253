import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { setFlagsFromString } from 'node:v8'
import type { FastifyInstance } from 'fastify'
import { configureAdminKey, firstAdmin } from './access/store.ts'
import { buildApp } from './app.ts'
import { chores, keepDoing } from './chores.ts'
import { type Config, ConfigError, processEnvironment, readConfig } from './config.ts'
import { connect, type Database } from './database/client.ts'
import { type EmbeddedPostgres, startEmbeddedPostgres } from './database/embedded.ts'
import { listen } from './database/listen.ts'
import { migrate } from './database/migrate.ts'
import { type Replicas, replicas } from './database/replicas.ts'
import { demoArticleKey, demoSite, makeDemo } from './demo.ts'
import { faultOf } from './http/errors.ts'
import { keyring, sha256 } from './http/keyring.ts'
import { sharedStore } from './http/limits.ts'
import { keptSecret } from './kept-secret.ts'
import { checkLedger } from './moderation/ledger/ledger-file.ts'
import { replayLedger } from './moderation/ledger/replay-ledger.ts'
import { signingKey } from './moderation/log/head.ts'
import { readOptions } from './options.ts'
import { publicMemory, usualMemory } from './reading/memory.ts'
import { logLine, say, sentence } from './saying.ts'
import { classifier } from './screening/classifier.ts'
import { type Classifying, classifiedLater, classifying } from './screening/classify-later.ts'
import { loadDetector } from './screening/language-by-words.ts'
import { screener } from './screening/screener.ts'
import { forgetUnclassified } from './screening/unclassified-store.ts'
import { closeAll, closeLater, type Draining, drain, stopWhenTold } from './stopping.ts'
import { summary } from './summary.ts'
import { delivering } from './webhooks/deliver.ts'
import { orders, workers } from './workers.ts'

// V8 lets a heap grow to several times what lives in it before it tidies up; a quarter costs no throughput that shows.
setFlagsFromString('--heap-growing-percent=25')

start().catch(async (error: unknown) => {
  say(
    `Postbag did not start.\n${error instanceof ConfigError ? error.message.replace(/^/gm, '  ') : sentence(error)}`,
  )
  await closeAll()
  process.exitCode = 1
})

/** What answers requests, once it does. */
interface Serving extends Draining {
  app?: FastifyInstance
}

/** One process does all; or the first one makes what is made once, and its workers serve. */
async function start(): Promise<void> {
  const serving: Serving = {}
  stopWhenTold(
    () => drain(serving),
    (fault) => serving.app?.log.error({ fault: faultOf(fault) }, 'stopping after a fault'),
  )
  const told = await orders()
  const config = readConfig(processEnvironment(), readOptions(process.argv.slice(2)))
  if (told) return serve({ ...config, worker: told.worker }, told.databaseUrl, serving)
  // What tells languages apart is loaded while the database starts, so that it keeps no request waiting.
  if (config.workers === 1) void loadDetector()
  const embedded = config.databaseUrl === undefined ? await embeddedDatabase(config) : undefined
  const url = config.databaseUrl ?? embedded?.url ?? ''
  const directUrl = config.pooler?.directUrl ?? url
  await migrate(directUrl)
  const db = await connect(directUrl, { connections: 2 })
  try {
    const admin = await prepare(config, db)
    if (config.workers === 1) await serve(config, url, serving)
    else await serveByWorkers(config.workers, url)

    if (embedded) void stopWith(embedded)
    say(await summary(config, db, admin, embedded))
  } finally {
    await db.close()
  }
}

async function embeddedDatabase({ dataDir, workers: many, connections }: Config): Promise<EmbeddedPostgres> {
  const needed = many * (connections + 1) + 20
  const embedded = await startEmbeddedPostgres({ dataDir, connections: Math.max(200, needed) })
  closeLater(() => embedded.stop())
  return embedded
}

/** What is made once, before anybody is served; gives the first admin. */
async function prepare(config: Config, db: Database): Promise<string> {
  const { adminKey, demo, secret, dataDir, baseUrl, erasureLedger } = config
  if (erasureLedger !== undefined) await bringUpToLedger(db, erasureLedger)
  const admin = await firstAdmin(db.desk)
  if (adminKey !== undefined) await configureAdminKey(db.desk, admin, sha256(adminKey))
  const keys = keyring(secret ?? keptSecret(dataDir))
  if (demo) await makeDemo({ db, keys, screen: screener(db) }, baseUrl)
  return admin
}

/** Nobody is served what was gone before a backup was restored. */
async function bringUpToLedger(db: Database, ledger: string): Promise<void> {
  await checkLedger(ledger)
  const replayed = await replayLedger(db, ledger)
  if (Object.values(replayed).some((count) => count > 0)) {
    logLine(40, { ...replayed, msg: 'the database lacked what the ledger of erasures has' })
  }
}

async function serveByWorkers(count: number, databaseUrl: string): Promise<void> {
  const { begin, stop } = workers({
    count,
    program: import.meta.filename,
    databaseUrl,
    onEnd: (ended) => logLine(40, { ...ended, msg: 'a worker ended and is replaced' }),
  })
  closeLater(stop)
  await begin()
}

/** Answers requests, and does the chores, until it is told to stop. */
async function serve(config: Config & { worker?: number }, url: string, serving: Serving): Promise<void> {
  const languagesLoaded = loadDetector()
  const { baseUrl, pooler, worker } = config
  const connections = Math.floor((config.connections * 2) / 3)
  const db = await connect(url, {
    connections,
    pooler,
    onWordsLogged: () =>
      logLine(40, { worker, msg: 'the database may write what readers send into its log' }),
  })
  closeLater(() => db.close())

  const secret = config.secret ?? keptSecret(config.dataDir)
  const redis = config.redisUrl === undefined ? undefined : sharedStore(config.redisUrl)
  if (redis) closeLater(async () => redis.disconnect())
  const classified = config.classifier && outsideClassifier(db, config.classifier, serving)
  if (!classified) await forgetUnclassified(db.desk)
  const screenHere = screener(db, (fault) =>
    serving.app?.log.warn({ fault: nameOf(fault) }, 'a text is screened later'),
  )
  const screen = classified ? classifiedLater(screenHere) : screenHere
  const reach = { isPrivateAllowed: config.privateWebhooks }
  const elsewhere =
    config.replicaUrls.length > 0 && readElsewhere(config.replicaUrls, db, connections, worker)
  const memory = publicMemory(db, {
    ...usualMemory,
    bytes: config.cacheBytes,
    serveFor: config.serveStale * 1_000,
    ...(elsewhere && { replicas: elsewhere }),
  })
  const app = await buildApp({
    db,
    memory,
    secret,
    screen,
    ...(classified && { onTaken: classified.wake }),
    baseUrl,
    trustProxy: config.trustProxy,
    rateLimit: config.rateLimit,
    erasureLedger: config.erasureLedger,
    secondFactor: config.secondFactor,
    oidc: config.oidc,
    demo: config.demo ? { site: demoSite, article: demoArticleKey } : undefined,
    reach,
    ...(redis && { redis }),
    checkAnswers: false,
    logger: { level: 'info', base: worker === undefined ? null : { worker } },
    version: version(),
  })
  serving.app = app
  serving.drainFor = config.drainFor
  closeLater(() => app.close())
  await languagesLoaded
  await app.ready()
  // Made now and kept: whoever looked at it first would hold up everybody else.
  app.swagger()
  const catchUp = () => void memory.catchUp().catch(() => undefined)
  closeLater(listen(pooler?.directUrl ?? url, 'public_change', catchUp))
  await app.listen({ port: config.port, host: config.host })
  const keys = keyring(secret)
  const webhooks = delivering({
    db,
    keys,
    baseUrl,
    reach,
    onDisabled: (webhook, because) => app.log.warn({ webhook, because }, 'a webhook is told nothing more'),
  })
  closeLater(() => webhooks.stop())
  const stopChores = keepDoing(
    chores({
      db,
      screen,
      classify: classified?.wake,
      tell: webhooks.wake,
      headKey: signingKey(keys.logHeads),
      ledger: config.erasureLedger,
    }),
    (chore, fault) => app.log.warn({ chore, fault: nameOf(fault) }, 'a chore failed and is tried again'),
  )
  closeLater(stopChores)
}

/** Without its database the service is of no use: it says so and stops. */
async function stopWith(embedded: EmbeddedPostgres): Promise<void> {
  await embedded.died
  say('The embedded database has ended by itself; stopping.')
  process.kill(process.pid, 'SIGTERM')
}

/** What the log may know of a fault: its kind, never its message, which may hold a query's values. */
function nameOf(fault: unknown): string {
  return fault instanceof Error ? fault.name : typeof fault
}

/** Asks the publisher's classifier until the service stops. */
function outsideClassifier(
  db: Database,
  settings: NonNullable<Config['classifier']>,
  serving: Serving,
): Classifying {
  const classified = classifying(db, classifier(settings), (fault, tries) =>
    serving.app?.log.warn({ fault, tries }, 'the classifier did not answer'),
  )
  closeLater(() => classified.stop())
  return classified
}

/** Reads what everybody sees from replicas where they can be trusted with it. */
function readElsewhere(urls: string[], db: Database, connections: number, worker?: number): Replicas {
  const elsewhere = replicas(urls, db.desk, {
    connections,
    onNews: ({ isRead, ...news }) =>
      isRead
        ? logLine(30, { worker, ...news, msg: 'a replica is read from' })
        : logLine(40, { worker, ...news, msg: 'a replica is left out' }),
  })
  closeLater(() => elsewhere.close())
  return elsewhere
}

function version(): string {
  const { version: found } = JSON.parse(readFileSync(join(import.meta.dirname, '../package.json'), 'utf8'))
  return String(found)
}
