import { randomBytes } from 'node:crypto'
import { mac, sha256 } from '../http/keyring.ts'

/** Crockford's base 32: no letter that a person could take for another one. */
const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'
const characters = 25

/** A new receipt: 125 random bits, in five groups of five for writing on paper. */
export function newReceipt(): string {
  return spell(randomBytes(characters))
}

/**
 * The receipt of a submission that came with an Idempotency-Key, derived so that it can be given again though only
 * its hash is kept. Whoever lacks the key or the server's secret cannot make it. The comment's id belongs to it,
 * because the same request may be sent as a new one when its key is forgotten.
 */
export function derivedReceipt(
  serverKey: Buffer,
  idempotencyKey: string,
  fingerprint: Buffer,
  commentId: string,
): string {
  return spell(mac(serverKey, idempotencyKey, fingerprint.toString('base64'), commentId))
}

/**
 * The hash under which a receipt is known; undefined for what cannot be one. Forgives case, spaces, every kind of dash,
 * look-alikes, and what keyboards of other languages write: full-width letters, their own digits.
 */
export function receiptHash(written: string): Buffer | undefined {
  const bare = written
    .normalize('NFKC')
    .replace(/[\s\p{Pd}\p{Cf}\u2212]/gu, '')
    .replace(/\p{Nd}/gu, digitOf)
    .toUpperCase()
    .replaceAll('O', '0')
    .replace(/[IL]/g, '1')
  const isReceipt = bare.length === characters && /^[0-9A-HJKMNP-TV-Z]*$/.test(bare)
  return isReceipt ? sha256(bare) : undefined
}

/** A decimal digit of any script as ours: Unicode keeps the ten of each script in a row. */
function digitOf(digit: string): string {
  const code = digit.codePointAt(0) ?? 0
  let value = 0
  while (value < 9 && /\p{Nd}/u.test(String.fromCodePoint(code - value - 1))) value += 1
  return String(value)
}

/** Five bits of each byte: a letter each. */
function spell(bytes: Buffer): string {
  const letters = Array.from(bytes.subarray(0, characters), (byte) => alphabet[byte % 32])
  return [0, 5, 10, 15, 20].map((start) => letters.slice(start, start + 5).join('')).join('-')
}
