import { existsSync, readFileSync } from 'node:fs'
import { isIP } from 'node:net'
import { parseEnv } from 'node:util'
import { z } from 'zod'
import { Cidr, onOff, PostgresUrl, Secret, TrustedUrl, WebhookSecret } from './setting.ts'
import { type Environment, faultsTogether } from './settings-together.ts'

/** Every setting, as the environment gives it. .env.example explains each; a test compares the two. */
export const Settings = z.object({
  NODE_ENV: z.enum(['production', 'development', 'test']).default('development'),
  PORT: z.coerce.number().int().min(0).max(65_535).default(3_000),
  HOST: z.string().default('127.0.0.1'),
  POSTBAG_DATA_DIR: z.string().default('./.postbag'),
  DATABASE_URL: PostgresUrl.optional(),
  DATABASE_READER_URL: PostgresUrl.optional(),
  DIRECT_DATABASE_URL: PostgresUrl.optional(),
  DATABASE_REPLICA_URLS: z
    .string()
    .transform((value) => value.split(',').map((url) => url.trim()))
    .pipe(z.array(PostgresUrl))
    .optional(),
  DATABASE_CONNECTIONS: z.coerce.number().int().min(4).max(1_000).default(24),
  POSTBAG_SECRET: Secret.optional(),
  POSTBAG_ADMIN_KEY: Secret.optional(),
  POSTBAG_BASE_URL: z.url({ protocol: /^https?$/ }).optional(),
  TRUST_PROXY: z
    .string()
    .transform((value) => value.split(',').map((range) => range.trim()))
    .pipe(z.array(Cidr))
    .optional(),
  REDIS_URL: z
    .string()
    .regex(/^rediss?:\/\//, 'is not a redis:// URL')
    .optional(),
  POSTBAG_CLASSIFIER_URL: TrustedUrl.optional(),
  POSTBAG_CLASSIFIER_SECRET: WebhookSecret.optional(),
  POSTBAG_SECOND_FACTOR: z.enum(['required', 'optional']).default('optional'),
  POSTBAG_OIDC_ISSUER: TrustedUrl.optional(),
  POSTBAG_OIDC_CLIENT_ID: z.string().optional(),
  POSTBAG_OIDC_CLIENT_SECRET: z.string().optional(),
  POSTBAG_ERASURE_LEDGER: z.string().optional(),
  POSTBAG_CACHE_MB: z.coerce.number().int().min(1).max(100_000).default(64),
  POSTBAG_SERVE_STALE: z.coerce.number().int().min(0).max(86_400).default(300),
  POSTBAG_WEBHOOK_PRIVATE: onOff.default('off'),
  POSTBAG_DRAIN_SECONDS: z.coerce.number().int().min(0).max(300).optional(),
  POSTBAG_RATE_LIMIT: onOff.default('on'),
  POSTBAG_DEMO: onOff.optional(),
})

const CommandSettings = Settings.pick({
  DATABASE_URL: true,
  DIRECT_DATABASE_URL: true,
  POSTBAG_BASE_URL: true,
  HOST: true,
  PORT: true,
})

export interface Config {
  production: boolean
  port: number
  host: string
  dataDir: string
  /** processes that serve */
  workers: number
  /** none: the embedded database */
  databaseUrl: string | undefined
  /** where `databaseUrl` leads to a pooler in transaction mode: its way for readers, and the database itself */
  pooler: { readerUrl: string; directUrl: string } | undefined
  /** streaming replicas, from which what everybody sees may be read */
  replicaUrls: string[]
  /** that one process has to the database at most, besides the one on which it listens */
  connections: number
  /** none: one that is made once and kept beside the embedded database */
  secret: string | undefined
  adminKey: string | undefined
  /** where the world reaches the service, without a slash at the end */
  baseUrl: string
  trustProxy: string[]
  redisUrl: string | undefined
  /** the publisher's own, asked about readers' texts */
  classifier: { url: string; secret: string } | undefined
  secondFactor: 'required' | 'optional'
  /** the OpenID Connect issuer of an organisation's accounts */
  oidc: { issuer: string; clientId: string; clientSecret: string } | undefined
  /** the file that outlasts the database, of what was erased and taken down */
  erasureLedger: string | undefined
  /** bytes that what readers see may take in memory */
  cacheBytes: number
  /** seconds for which it is sent while the database is away */
  serveStale: number
  /** whether webhooks may lead to this machine and to private networks */
  privateWebhooks: boolean
  /** seconds for which it answers on after it was told to stop */
  drainFor: number
  rateLimit: boolean
  demo: boolean
}

/** Thrown with every fault at once, one a line, each beginning with the setting's name and never with its value. */
export class ConfigError extends Error {}

/** Reads the settings from an environment, for so many workers. An empty value counts as none. */
export function readConfig(environment: Environment, { workers } = { workers: 1 }): Config {
  const given = withoutEmpty(environment)
  const parsed = Settings.safeParse(given)
  const faults = parsed.success ? [] : faultsOf(parsed.error)
  faults.push(...faultsTogether(given, workers))
  if (!parsed.success || faults.length > 0) throw new ConfigError([...new Set(faults)].join('\n'))

  const settings = parsed.data
  return {
    production: settings.NODE_ENV === 'production',
    port: settings.PORT,
    host: settings.HOST,
    dataDir: settings.POSTBAG_DATA_DIR,
    workers,
    databaseUrl: settings.DATABASE_URL,
    pooler: poolerOf(settings),
    replicaUrls: settings.DATABASE_REPLICA_URLS ?? [],
    connections: settings.DATABASE_CONNECTIONS,
    secret: settings.POSTBAG_SECRET,
    adminKey: settings.POSTBAG_ADMIN_KEY,
    baseUrl: baseUrlOf(settings),
    trustProxy: settings.TRUST_PROXY ?? [],
    redisUrl: settings.REDIS_URL,
    classifier: classifierOf(settings),
    secondFactor: settings.POSTBAG_SECOND_FACTOR,
    oidc: issuerOf(settings),
    erasureLedger: settings.POSTBAG_ERASURE_LEDGER,
    cacheBytes: settings.POSTBAG_CACHE_MB * 2 ** 20,
    serveStale: settings.POSTBAG_SERVE_STALE,
    privateWebhooks: settings.POSTBAG_WEBHOOK_PRIVATE === 'on',
    drainFor: settings.POSTBAG_DRAIN_SECONDS ?? (settings.NODE_ENV === 'production' ? 5 : 0),
    rateLimit: settings.POSTBAG_RATE_LIMIT === 'on',
    demo: settings.POSTBAG_DEMO ? settings.POSTBAG_DEMO === 'on' : settings.DATABASE_URL === undefined,
  }
}

/** Reads what an operator's command needs: the database, and where the service is reached. */
export function readCommandConfig(
  environment: Environment,
): Pick<Config, 'baseUrl' | 'secret'> & { databaseUrl: string } {
  const given = withoutEmpty(environment)
  const parsed = CommandSettings.safeParse(given)
  if (!parsed.success) throw new ConfigError(faultsOf(parsed.error).join('\n'))
  const { DATABASE_URL: databaseUrl, DIRECT_DATABASE_URL: directUrl } = parsed.data
  if (databaseUrl === undefined) {
    throw new ConfigError('DATABASE_URL is missing: the commands are for a database of your own')
  }
  return {
    databaseUrl: directUrl ?? databaseUrl,
    secret: given['POSTBAG_SECRET'],
    baseUrl: baseUrlOf(parsed.data),
  }
}

/** The environment of this process over the lines of `.env` in its directory, if there is one; nothing else reads them. */
export function processEnvironment(): Environment {
  const lines = existsSync('.env') ? parseEnv(readFileSync('.env', 'utf8')) : {}
  return { ...lines, ...process.env }
}

function withoutEmpty(environment: Environment): Environment {
  return Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== ''))
}

function faultsOf(error: z.ZodError): string[] {
  return error.issues.map((issue) => `${String(issue.path[0])} ${issue.message}`)
}

/** Without POSTBAG_BASE_URL the service is reached on this machine. */
function baseUrlOf(settings: Pick<z.infer<typeof Settings>, 'POSTBAG_BASE_URL' | 'HOST' | 'PORT'>): string {
  const { POSTBAG_BASE_URL: baseUrl, HOST: host, PORT: port } = settings
  if (baseUrl !== undefined) return baseUrl.replace(/\/+$/, '')
  const isHere = ['127.0.0.1', '::1', '0.0.0.0', '::'].includes(host)
  return `http://${isHere ? 'localhost' : isIP(host) === 6 ? `[${host}]` : host}:${port}`
}

function poolerOf({
  DATABASE_READER_URL: readerUrl,
  DIRECT_DATABASE_URL: directUrl,
}: z.infer<typeof Settings>): Config['pooler'] {
  return readerUrl === undefined || directUrl === undefined ? undefined : { readerUrl, directUrl }
}

function classifierOf({
  POSTBAG_CLASSIFIER_URL: url,
  POSTBAG_CLASSIFIER_SECRET: secret,
}: z.infer<typeof Settings>): Config['classifier'] {
  return url === undefined || secret === undefined ? undefined : { url, secret }
}

function issuerOf({
  POSTBAG_OIDC_ISSUER: issuer,
  POSTBAG_OIDC_CLIENT_ID: clientId,
  POSTBAG_OIDC_CLIENT_SECRET: clientSecret,
}: z.infer<typeof Settings>): Config['oidc'] {
  if (issuer === undefined || clientId === undefined || clientSecret === undefined) return undefined
  return { issuer: new URL(issuer).href, clientId, clientSecret }
}
