import { createCipheriv, createDecipheriv } from 'node:crypto'
import { z } from 'zod'
import { mac } from './keyring.ts'
import { Problem } from './problems.ts'

/** A whole number in an address: digits alone, because `Number` also reads 0x1, 1e0, spaces and nothing. */
export function inDigits<T extends z.ZodType<number>>(number: T) {
  return z.preprocess(
    (value) => (typeof value === 'string' && /^(0|[1-9]\d{0,14})$/.test(value) ? Number(value) : value),
    number,
  )
}

/** How many, at most, and from where: the query of every list. */
export const Page = z.strictObject({
  limit: inDigits(z.int().min(1).max(100).default(50).meta({ description: 'How many to return at most.' })),
  cursor: z.string().max(1_000).optional().meta({ description: 'The `next` of the page before.' }),
})

/** Where the next page starts, or null at the end. Opaque: encrypted, and bound to its list. */
export const NextCursor = z.string().max(1_000).nullable().meta({ description: 'Give it as `cursor`.' })

/**
 * Encrypts the place where the next page starts (AES-256-GCM), because positions and exact times are
 * private. `list` names the list and its order: a cursor opens only there. The nonce is made from what is sealed, so
 * that the same page has the same bytes and the same ETag.
 */
export function sealCursor(key: Buffer, list: string, place: string[]): string {
  const words = JSON.stringify(place)
  const nonce = mac(key, list, words).subarray(0, 12)
  const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(Buffer.from(list))
  const sealed = Buffer.concat([nonce, cipher.update(words), cipher.final(), cipher.getAuthTag()])
  return sealed.toString('base64url')
}

/** Opens a cursor of this list; anything else is the reader's mistake (`invalid_cursor`). */
export function openCursor(key: Buffer, list: string, cursor: string): string[] {
  try {
    const sealed = Buffer.from(cursor, 'base64url')
    const decipher = createDecipheriv('aes-256-gcm', key, sealed.subarray(0, 12), { authTagLength: 16 })
      .setAAD(Buffer.from(list))
      .setAuthTag(sealed.subarray(-16))
    const place = Buffer.concat([decipher.update(sealed.subarray(12, -16)), decipher.final()])
    return z.array(z.string()).parse(JSON.parse(place.toString()))
  } catch {
    throw notOfThisList()
  }
}

/** That a cursor leads nowhere here. */
export function notOfThisList(): Problem {
  return new Problem('invalid_cursor', undefined, {
    errors: [{ parameter: 'cursor', code: 'invalid_cursor', detail: 'It is not a cursor of this list.' }],
  })
}
