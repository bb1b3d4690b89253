import { isIP } from 'node:net'

export type Environment = Record<string, string | undefined>

/** What speaks against settings that are right each by itself, for so many workers. A sentence each, without a value. */
export function faultsTogether(given: Environment, workers: number): string[] {
  return [
    ...missing(given),
    ...databaseFaults(given),
    ...workersFaults(given, workers),
    ...classifierFaults(given),
    ...issuerFaults(given),
    ...plainFaults(given),
  ]
}

function databaseFaults(given: Environment): string[] {
  const pooler = ['DATABASE_READER_URL', 'DIRECT_DATABASE_URL']
  const lacking = pooler.filter((name) => given[name] === undefined)
  const more = [...pooler, 'DATABASE_REPLICA_URLS'].filter((name) => given[name] !== undefined)
  return [
    ...(lacking.length === 1 ? [`${lacking[0]} is missing: the settings of a pooler belong together`] : []),
    ...(given['DATABASE_URL'] === undefined && more.length > 0
      ? [`DATABASE_URL is missing: ${more.join(' and ')} belong to it`]
      : []),
  ]
}

/** Each worker would count for itself, and let through as much as all of them should. */
function workersFaults(given: Environment, workers: number): string[] {
  if (workers === 1 || given['REDIS_URL'] !== undefined || given['POSTBAG_RATE_LIMIT'] === 'off') return []
  return [
    'REDIS_URL is missing: workers count their rate limits together there (or, outside production, POSTBAG_RATE_LIMIT=off)',
  ]
}

function classifierFaults(given: Environment): string[] {
  const { POSTBAG_CLASSIFIER_URL: url, POSTBAG_CLASSIFIER_SECRET: secret } = given
  if (url === undefined || secret !== undefined) return []
  return ['POSTBAG_CLASSIFIER_SECRET is missing: the classifier knows by it that a call is yours']
}

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
  if (production && given['POSTBAG_WEBHOOK_PRIVATE'] === 'on') {
    faults.push('POSTBAG_WEBHOOK_PRIVATE cannot be on in production')
  }
  if (given['POSTBAG_SECRET'] !== undefined && given['POSTBAG_SECRET'] === given['POSTBAG_ADMIN_KEY']) {
    faults.push('POSTBAG_ADMIN_KEY is the same as POSTBAG_SECRET; make another one')
  }
  return faults
}
