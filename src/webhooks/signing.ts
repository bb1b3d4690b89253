import { randomBytes } from 'node:crypto'
import { Webhook } from 'standardwebhooks'
import { seal, unseal } from '../access/secrets.ts'
import type { Keyring } from '../http/keyring.ts'

/** A new secret of 256 bits, as its receiver gets it (Standard Webhooks 1.0). */
export function newSigningSecret(): string {
  return `whsec_${randomBytes(32).toString('base64')}`
}

/** A secret as it is kept: encrypted, for one endpoint. */
export function sealSecret(keys: Keyring, webhookId: string, secret: string): Buffer {
  return seal(keys.webhooks, webhookId, Buffer.from(secret))
}

/** A message to be signed. */
interface Message {
  id: string
  at: Date
  body: string
}

/**
 * The headers of a message that is sent at `at`, signed with every secret (HMAC-SHA-256, `v1`), so that receivers can
 * change from one to another. Throws where a secret was sealed under another key.
 */
export function signedHeaders(
  keys: Keyring,
  webhookId: string,
  sealed: readonly Buffer[],
  { id, at, body }: Message,
): Record<string, string> {
  const secrets = sealed.map((one) => unseal(keys.webhooks, webhookId, one).toString())
  return {
    'webhook-id': id,
    'webhook-timestamp': String(Math.floor(at.getTime() / 1_000)),
    'webhook-signature': secrets.map((secret) => new Webhook(secret).sign(id, at, body)).join(' '),
  }
}
