import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto'
import { hash, verify } from '@node-rs/argon2'

/** A new secret of 256 random bits, for keys, sessions and links; `prefix` tells a person what it is. */
export function newSecret(prefix = ''): string {
  return prefix + randomBytes(32).toString('base64url')
}

/** Hashes a password with argon2id (OWASP: 19 MiB, two passes). */
export function hashPassword(password: string): Promise<string> {
  return hash(password)
}

/**
 * Whether `password` is the one that was hashed. Without a hash (nobody has this login) it takes as long and
 * says no, so that the answer's time does not tell who has an account.
 */
export async function isPassword(password: string, hashed: string | null): Promise<boolean> {
  const matched = await verify(hashed ?? (await nobodysHash), password)
  return matched && hashed !== null
}

const nobodysHash = hash(randomBytes(32))

/**
 * Encrypts with AES-256-GCM under a random nonce. `whose` is bound to it: what was sealed for one opens for no other.
 */
export function seal(key: Buffer, whose: string, open: Buffer): Buffer {
  const nonce = randomBytes(12)
  const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(Buffer.from(whose))
  return Buffer.concat([nonce, cipher.update(open), cipher.final(), cipher.getAuthTag()])
}

/** Opens what `seal` made for the same; throws for anything else. */
export function unseal(key: Buffer, whose: string, sealed: Buffer): Buffer {
  const decipher = createDecipheriv('aes-256-gcm', key, sealed.subarray(0, 12), { authTagLength: 16 })
    .setAAD(Buffer.from(whose))
    .setAuthTag(sealed.subarray(-16))
  return Buffer.concat([decipher.update(sealed.subarray(12, -16)), decipher.final()])
}
