import { createHash, createHmac, hkdfSync } from 'node:crypto'

/** Keys derived from the service's one secret, each for one purpose. */
export interface Keyring {
  cursors: Buffer
  idempotency: Buffer
  receipts: Buffer
  limits: Buffer
  /** the seed of the key that signs the ends of the log */
  logHeads: Buffer
  /** under which the secrets of second factors are encrypted */
  secondFactors: Buffer
  recoveryCodes: Buffer
  /** what a browser keeps while its person is at the issuer of an organisation's accounts */
  handshakes: Buffer
  /** when a form was made, as the form itself carries it */
  forms: Buffer
  /** which work was asked for, as whoever does it carries it */
  challenges: Buffer
  /** under which the secrets of webhooks are encrypted */
  webhooks: Buffer
}

/** Derives every key from `secret` (HKDF-SHA-256, RFC 5869), so that none can stand in for another. */
export function keyring(secret: string): Keyring {
  const key = (purpose: string) => Buffer.from(hkdfSync('sha256', secret, 'postbag', purpose, 32))
  return {
    cursors: key('cursors'),
    idempotency: key('idempotency'),
    receipts: key('receipts'),
    limits: key('limits'),
    logHeads: key('log heads'),
    secondFactors: key('second factors'),
    recoveryCodes: key('recovery codes'),
    handshakes: key('handshakes'),
    forms: key('forms'),
    challenges: key('challenges'),
    webhooks: key('webhooks'),
  }
}

/** HMAC-SHA-256 over the parts, each with its length, so that no two lists of parts look alike. */
export function mac(key: Buffer, ...parts: (string | null)[]): Buffer {
  const hmac = createHmac('sha256', key)
  for (const part of parts) hmac.update(part === null ? '-' : `${Buffer.byteLength(part)}:${part}`)
  return hmac.digest()
}

/** SHA-256, for secrets that are random enough to need no salt (100 bits and more). */
export function sha256(secret: string): Buffer {
  return createHash('sha256').update(secret).digest()
}
