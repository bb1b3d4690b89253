import { createPrivateKey, createPublicKey, type KeyObject, sign, verify } from 'node:crypto'
import type { LogHead } from './log.ts'

/** PKCS #8 around the 32 bytes of an Ed25519 key (RFC 8410 §7). */
const pkcs8 = Buffer.from('302e020100300506032b657004220420', 'hex')

/** The signing key that 32 secret bytes make. */
export function signingKey(seed: Buffer): KeyObject {
  return createPrivateKey({ key: Buffer.concat([pkcs8, seed]), format: 'der', type: 'pkcs8' })
}

/** The public half of a key, as it is published: base64url of its 32 bytes. */
export function publicKeyOf(key: KeyObject): string {
  const { x } = createPublicKey(key).export({ format: 'jwk' })
  return String(x)
}

/** Signs the end of a chain. */
export function signHead(key: KeyObject, head: Omit<LogHead, 'signature'>): Buffer {
  return sign(null, saying(head), key)
}

/** Whether this service's key signed a head. */
export function isSigned(key: KeyObject, { signature, ...head }: LogHead): boolean {
  return verify(null, saying(head), createPublicKey(key), Buffer.from(signature, 'base64url'))
}

function saying({ site, day, position, hash }: Omit<LogHead, 'signature'>): Buffer {
  return Buffer.from(`postbag log head\n${site}\n${day}\n${position}\n${hash}\n`)
}
