import { randomBytes } from 'node:crypto'
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
