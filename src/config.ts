import { existsSync, readFileSync } from 'node:fs'
import { isIP } from 'node:net'
import { parseEnv } from 'node:util'
import { z } from 'zod'
import { Cidr, onOff, Secret, TrustedUrl, WebhookSecret } from './setting.ts'

/** Every setting, as the environment gives it. .env.example explains each; a test compares the two. */
export const Settings = z.object({
  NODE_ENV: z.enum(['production', 'development', 'test']).default('development'),
  PORT: z.coerce.number().int().min(0).max(65_535).default(3_000),
  HOST: z.string().default('127.0.0.1'),
  POSTBAG_DATA_DIR: z.string().default('./.postbag'),
  DATABASE_URL: z
    .string()
    .regex(/^postgres(ql)?:\/\//, 'is not a postgresql:// URL')
    .optional(),
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
  POSTBAG_CACHE_MB: z.coerce.number().int().min(1).max(100_000).default(64),
  POSTBAG_SERVE_STALE: z.coerce.number().int().min(0).max(86_400).default(300),
  POSTBAG_RATE_LIMIT: onOff.default('on'),
  POSTBAG_DEMO: onOff.optional(),
})

const CommandSettings = Settings.pick({ DATABASE_URL: true, POSTBAG_BASE_URL: true, HOST: true, PORT: true })

export interface Config {
  production: boolean
  port: number
  host: string
  dataDir: string
  /** none: the embedded database */
  databaseUrl: string | undefined
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
  /** bytes that what readers see may take in memory */
  cacheBytes: number
  /** seconds for which it is sent while the database is away */
  serveStale: number
  rateLimit: boolean
  demo: boolean
}

/** Thrown with every fault at once, one a line, each beginning with the setting's name and never with its value. */
export class ConfigError extends Error {}

type Environment = Record<string, string | undefined>

/** Reads the settings from an environment. An empty value counts as none. */
export function readConfig(environment: Environment): Config {
  const given = withoutEmpty(environment)
  const parsed = Settings.safeParse(given)
  const faults = parsed.success ? [] : faultsOf(parsed.error)
  faults.push(...missing(given), ...classifierFaults(given), ...issuerFaults(given), ...plainFaults(given))
  if (!parsed.success || faults.length > 0) throw new ConfigError([...new Set(faults)].join('\n'))

  const settings = parsed.data
  return {
    production: settings.NODE_ENV === 'production',
    port: settings.PORT,
    host: settings.HOST,
    dataDir: settings.POSTBAG_DATA_DIR,
    databaseUrl: settings.DATABASE_URL,
    secret: settings.POSTBAG_SECRET,
    adminKey: settings.POSTBAG_ADMIN_KEY,
    baseUrl: baseUrlOf(settings),
    trustProxy: settings.TRUST_PROXY ?? [],
    redisUrl: settings.REDIS_URL,
    classifier: classifierOf(settings),
    secondFactor: settings.POSTBAG_SECOND_FACTOR,
    oidc: issuerOf(settings),
    cacheBytes: settings.POSTBAG_CACHE_MB * 2 ** 20,
    serveStale: settings.POSTBAG_SERVE_STALE,
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
  const { DATABASE_URL: databaseUrl } = parsed.data
  if (databaseUrl === undefined) {
    throw new ConfigError('DATABASE_URL is missing: the commands are for a database of your own')
  }
  return { databaseUrl, secret: given['POSTBAG_SECRET'], baseUrl: baseUrlOf(parsed.data) }
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

function classifierOf({
  POSTBAG_CLASSIFIER_URL: url,
  POSTBAG_CLASSIFIER_SECRET: secret,
}: z.infer<typeof Settings>): Config['classifier'] {
  return url === undefined || secret === undefined ? undefined : { url, secret }
}

/** What speaks against the classifier's settings together. */
function classifierFaults(given: Environment): string[] {
  const { POSTBAG_CLASSIFIER_URL: url, POSTBAG_CLASSIFIER_SECRET: secret } = given
  if (url === undefined || secret !== undefined) return []
  return ['POSTBAG_CLASSIFIER_SECRET is missing: the classifier knows by it that a call is yours']
}

function issuerOf({
  POSTBAG_OIDC_ISSUER: issuer,
  POSTBAG_OIDC_CLIENT_ID: clientId,
  POSTBAG_OIDC_CLIENT_SECRET: clientSecret,
}: z.infer<typeof Settings>): Config['oidc'] {
  if (issuer === undefined || clientId === undefined || clientSecret === undefined) return undefined
  return { issuer: new URL(issuer).href, clientId, clientSecret }
}

/** What speaks against the issuer's settings together. */
function issuerFaults(given: Environment): string[] {
  const names = ['POSTBAG_OIDC_ISSUER', 'POSTBAG_OIDC_CLIENT_ID', 'POSTBAG_OIDC_CLIENT_SECRET']
  const lacking = names.filter((name) => given[name] === undefined)
  if (lacking.length === names.length) return []
  return lacking.map((name) => `${name} is missing: the settings of an issuer belong together`)
}

/** In production neither words nor accounts travel in the open. */
function plainFaults(given: Environment): string[] {
  if (given['NODE_ENV'] !== 'production') return []
  return ['POSTBAG_CLASSIFIER_URL', 'POSTBAG_OIDC_ISSUER']
    .filter((name) => URL.canParse(given[name] ?? '') && isUnprotected(new URL(given[name] ?? '')))
    .map((name) => `${name} is not an https:// URL: in production it is asked over TLS`)
}

function isUnprotected({ protocol, hostname }: URL): boolean {
  const isHere =
    hostname === 'localhost' || hostname === '[::1]' || (isIP(hostname) === 4 && hostname.startsWith('127.'))
  return protocol === 'http:' && !isHere
}

/** What a real deployment cannot go without. */
function missing(given: Environment): string[] {
  const production = given['NODE_ENV'] === 'production'
  if (!production && given['DATABASE_URL'] === undefined) return []
  const faults = ['POSTBAG_SECRET', 'POSTBAG_ADMIN_KEY']
    .filter((name) => given[name] === undefined)
    .map((name) => `${name} is missing: with a database of your own it needs at least 32 random characters`)
  if (production && given['DATABASE_URL'] === undefined) {
    faults.push('DATABASE_URL is missing: in production the embedded database is not used')
  }
  if (production && given['POSTBAG_RATE_LIMIT'] === 'off') {
    faults.push('POSTBAG_RATE_LIMIT cannot be off in production')
  }
  if (given['POSTBAG_SECRET'] !== undefined && given['POSTBAG_SECRET'] === given['POSTBAG_ADMIN_KEY']) {
    faults.push('POSTBAG_ADMIN_KEY is the same as POSTBAG_SECRET; make another one')
  }
  return faults
}
