import { randomBytes } from 'node:crypto'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { FastifyInstance } from 'fastify'
import { Redis } from 'ioredis'
import { makeSignInLink } from './access/sign-in.ts'
import { configureAdminKey, firstAdmin } from './access/store.ts'
import { buildApp } from './app.ts'
import { chores, keepDoing } from './chores.ts'
import { type Config, ConfigError, processEnvironment, readConfig } from './config.ts'
import { connect, type Database } from './database/client.ts'
import { type EmbeddedPostgres, startEmbeddedPostgres } from './database/embedded.ts'
import { reasonOf } from './database/faults.ts'
import { listen } from './database/listen.ts'
import { migrate } from './database/migrate.ts'
import { demoArticleKey, demoSite, makeDemo } from './demo.ts'
import { keyring, sha256 } from './http/keyring.ts'
import { signingKey } from './moderation/log/head.ts'
import { publicMemory, usualMemory } from './reading/memory.ts'
import { classifier } from './screening/classifier.ts'
import { type Classifying, classifiedLater, classifying } from './screening/classify-later.ts'
import { loadDetector } from './screening/language-by-words.ts'
import { screener } from './screening/screener.ts'
import { forgetUnclassified } from './screening/unclassified-store.ts'

/** Things that were opened, to be closed in the opposite order, whatever happens. */
const opened: (() => Promise<unknown>)[] = []

start().catch(async (error: unknown) => {
  say(`Postbag did not start.\n${sentence(error)}`)
  await closeAll()
  process.exitCode = 1
})

async function start(): Promise<void> {
  const serving: Serving = {}
  stopInOrder(serving)
  const config = readConfig(processEnvironment())
  // What tells languages apart is loaded while the database starts, so that it keeps no request waiting.
  const languagesLoaded = loadDetector()
  const embedded = config.databaseUrl === undefined ? await embeddedDatabase(config) : undefined
  const url = config.databaseUrl ?? embedded?.url ?? ''
  await migrate(url)
  const db = await connect(url)
  opened.push(() => db.close())

  const secret = config.secret ?? keptSecret(config.dataDir)
  const { baseUrl } = config
  const redis = config.redisUrl === undefined ? undefined : sharedStore(config.redisUrl)
  const classified = config.classifier && outsideClassifier(db, config.classifier, serving)
  if (!classified) await forgetUnclassified(db.desk)
  const screenHere = screener(db, (fault) =>
    serving.app?.log.warn({ fault: nameOf(fault) }, 'a text is screened later'),
  )
  const screen = classified ? classifiedLater(screenHere) : screenHere
  const memory = publicMemory(db, {
    ...usualMemory,
    bytes: config.cacheBytes,
    serveFor: config.serveStale * 1_000,
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
    secondFactor: config.secondFactor,
    oidc: config.oidc,
    ...(redis && { redis }),
    checkAnswers: false,
    logger: { level: 'info', base: null },
    version: version(),
  })
  serving.app = app
  opened.push(() => app.close())
  const admin = await firstAdmin(db.desk)
  if (config.adminKey !== undefined) await configureAdminKey(db.desk, admin, sha256(config.adminKey))
  if (config.demo) await makeDemo({ db, keys: keyring(secret), screen }, baseUrl)
  await languagesLoaded
  await app.ready()
  // Made now and kept: whoever looked at it first would hold up everybody else.
  app.swagger()
  const catchUp = () => void memory.catchUp().catch(() => undefined)
  opened.push(listen(url, 'public_change', catchUp))
  await app.listen({ port: config.port, host: config.host })
  const stopChores = keepDoing(
    chores({ db, screen, classify: classified?.wake, headKey: signingKey(keyring(secret).logHeads) }),
    (chore, fault) => app.log.warn({ chore, fault: nameOf(fault) }, 'a chore failed and is tried again'),
  )
  opened.push(stopChores)

  if (embedded) void stopWith(embedded)
  say(await summary(config, db, admin, baseUrl, embedded))
}

async function embeddedDatabase(config: Config): Promise<EmbeddedPostgres> {
  const embedded = await startEmbeddedPostgres({ dataDir: config.dataDir })
  opened.push(() => embedded.stop())
  return embedded
}

/** What answers requests, once it does. */
interface Serving {
  app?: FastifyInstance
}

/**
 * Stops when told to: readiness says no, what was asked is still answered, then the connections and the embedded
 * database end. npm passes on a signal that the terminal has sent already, so an echo is not a second command.
 */
function stopInOrder(serving: Serving): void {
  let toldAt: number | undefined
  const stop = async (fault?: Error) => {
    if (fault)
      serving.app?.log.error(
        { name: fault.name, at: fault.stack?.split('\n').slice(1, 6) },
        'stopping after a fault',
      )
    if (toldAt !== undefined && (fault || performance.now() - toldAt > 1_000)) process.exit(1)
    if (toldAt !== undefined) return
    toldAt = performance.now()
    setTimeout(() => process.exit(1), 20_000).unref()
    serving.app?.drain()
    await closeAll()
    process.exit(fault ? 1 : 0)
  }
  process.on('SIGINT', () => void stop())
  process.on('SIGTERM', () => void stop())
  process.on('uncaughtException', (fault) => void stop(fault))
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

/** The secret of a service without settings: made once, kept beside its database. */
function keptSecret(dataDir: string): string {
  const file = join(dataDir, 'secret')
  mkdirSync(dataDir, { recursive: true })
  try {
    writeFileSync(file, randomBytes(32).toString('base64url'), { flag: 'wx', mode: 0o600 })
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error
  }
  return readFileSync(file, 'utf8')
}

/** The store of shared rate limits. Its faults are answered where it is asked; a broken connection mends itself. */
function sharedStore(url: string): Redis {
  const redis = new Redis(url, {
    connectTimeout: 500,
    commandTimeout: 500,
    maxRetriesPerRequest: 1,
    enableOfflineQueue: false,
  })
  redis.on('error', () => undefined)
  opened.push(async () => redis.disconnect())
  return redis
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
  opened.push(() => classified.stop())
  return classified
}

async function summary(
  config: Config,
  db: Database,
  admin: string,
  baseUrl: string,
  embedded: EmbeddedPostgres | undefined,
): Promise<string> {
  if (!config.demo) return `Postbag is running: ${baseUrl}`
  const { url, until } = await makeSignInLink(db, admin, baseUrl)
  const comments = `${baseUrl}/v1/sites/${demoSite}/articles/${demoArticleKey}/comments`
  return `
Postbag is running.

  Article        ${baseUrl}/${demoSite}/articles/${demoArticleKey}
  Desk           ${url}
                 (signs in once, until ${until.slice(11, 16)} UTC)
  API reference  ${baseUrl}/docs

Send a comment; it waits on the desk until you approve it:

  curl -s ${comments} -H 'Content-Type: application/json' -d '{"text":"Is there an evening boat?","name":"Robin"}'

${embedded?.note ? `${embedded.note}\n\n` : ''}Ctrl-C stops everything; the next start goes on with the same comments.
`
}

async function closeAll(): Promise<void> {
  for (const close of opened.splice(0).toReversed()) await close().catch(() => undefined)
}

function version(): string {
  const { version: found } = JSON.parse(readFileSync(join(import.meta.dirname, '../package.json'), 'utf8'))
  return String(found)
}

/** What an operator needs to know of a fault at the start, and nothing secret. */
function sentence(error: unknown): string {
  if (error instanceof ConfigError) return error.message.replace(/^/gm, '  ')
  if (error instanceof Error && 'code' in error && error.code === 'EADDRINUSE') {
    const port = 'port' in error ? String(error.port) : 'asked for'
    return `Port ${port} is taken by another program. Stop it, or choose another port: PORT=3001 npm start`
  }
  return reasonOf(error)
}

function say(text: string): void {
  process.stdout.write(`${text}\n`)
}
