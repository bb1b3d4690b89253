import { isIP } from 'node:net'
import { z } from 'zod'

/** Values that stand in examples and are therefore known to everybody. */
const exampleSecrets = new Set([
  'change-me-to-32-random-characters-or-more',
  'change-me-too-to-32-random-characters-or-more',
])

const onOff = z.enum(['on', 'off'])

const Secret = z
  .string()
  .min(32, 'is too short: it needs at least 32 random characters, such as those of `openssl rand -base64 32`')
  .refine((value) => !exampleSecrets.has(value), 'is the example from .env.example; make your own')

/** An address range such as 10.0.0.0/8; a bare number of hops or `true` would let readers forge their address. */
const Cidr = z.string().refine(
  (value) => {
    const [address = '', prefix = '', ...rest] = value.split('/')
    const version = isIP(address)
    return (
      version !== 0 &&
      rest.length === 0 &&
      /^\d{1,3}$/.test(prefix) &&
      Number(prefix) <= (version === 4 ? 32 : 128)
    )
  },
  { message: 'takes address ranges only, such as 10.0.0.0/8,fd00::/8 (no numbers of hops, no `true`)' },
)

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
  POSTBAG_RATE_LIMIT: onOff.default('on'),
  POSTBAG_DEMO: onOff.optional(),
})

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
  /** where the world reaches the service, without a slash at the end; none: host and port */
  baseUrl: string | undefined
  trustProxy: string[]
  redisUrl: string | undefined
  rateLimit: boolean
  demo: boolean
}

/** Thrown with every fault at once, one a line, each beginning with the setting's name and never with its value. */
export class ConfigError extends Error {}

/** Reads the settings from an environment. An empty value counts as none. */
export function readConfig(environment: Record<string, string | undefined>): Config {
  const given = Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== ''))
  const parsed = Settings.safeParse(given)
  const faults = parsed.success
    ? []
    : parsed.error.issues.map((issue) => `${String(issue.path[0])} ${issue.message}`)
  faults.push(...missing(given))
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
    baseUrl: settings.POSTBAG_BASE_URL?.replace(/\/+$/, ''),
    trustProxy: settings.TRUST_PROXY ?? [],
    redisUrl: settings.REDIS_URL,
    rateLimit: settings.POSTBAG_RATE_LIMIT === 'on',
    demo: settings.POSTBAG_DEMO ? settings.POSTBAG_DEMO === 'on' : settings.DATABASE_URL === undefined,
  }
}

/** The environment of this process; nothing else reads it. */
export function processEnvironment(): Record<string, string | undefined> {
  return process.env
}

/** What a real deployment cannot go without. */
function missing(given: Record<string, string | undefined>): string[] {
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
