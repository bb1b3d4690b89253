import { seal, unseal } from '../access/secrets.ts'

/**
 * A nonce for a form: it makes a refresh or a double click harmless, because the same form is the same submission, and
 * carries sealed when the form was made (milliseconds since 1970), so that nothing has to be kept of that. A form that is
 * given back to be mended is as old as it was.
 */
export function formNonce(key: Buffer, made: number | null = null): string {
  const time = Buffer.alloc(6)
  time.writeUIntBE(made ?? Date.now(), 0, 6)
  return seal(key, 'form', time).toString('base64url')
}

/** When the form with this nonce was made, and how many seconds ago; null where it is none of ours. */
export function ageOf(key: Buffer, nonce: string): { made: number; seconds: number } | null {
  try {
    const made = unseal(key, 'form', Buffer.from(nonce, 'base64url')).readUIntBE(0, 6)
    return { made, seconds: (Date.now() - made) / 1_000 }
  } catch {
    return null
  }
}
