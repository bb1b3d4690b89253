import { randomBytes } from 'node:crypto'
import { Secret, TOTP } from 'otpauth'
import { z } from 'zod'
import { type Keyring, mac } from '../http/keyring.ts'
import { plain } from '../http/words.ts'
import { seal, unseal } from './secrets.ts'

/** Whether everybody needs a second factor, or whoever wants one has one. */
export type SecondFactorRule = 'required' | 'optional'

/** What somebody types as their second factor. */
export const Code = plain(z.string().trim().min(6).max(40)).meta({
  description: 'Six digits of the app, or a recovery code. Each works once.',
})

export const SecondFactor = z
  .strictObject({
    enrolled: z.boolean(),
    required: z.boolean().meta({ description: 'Whether nobody here can do anything without.' }),
    recoveryCodes: z.int().meta({ description: 'How many are left.' }),
  })
  .meta({ id: 'SecondFactor' })
export type SecondFactor = z.infer<typeof SecondFactor>

export const Enrolment = z
  .strictObject({
    uri: z.string().meta({ description: 'otpauth://, for a QR code.' }),
    secret: z.string().meta({ description: 'The same secret in base32, to be typed.' }),
  })
  .meta({ id: 'Enrolment', description: 'Shown only here. It counts once a first code has confirmed it.' })
export type Enrolment = z.infer<typeof Enrolment>

export const RecoveryCodes = z
  .strictObject({ recoveryCodes: z.array(z.string()) })
  .meta({ id: 'RecoveryCodes', description: 'Each stands in for a code once. Shown only here.' })
export type RecoveryCodes = z.infer<typeof RecoveryCodes>

/** What every authenticator app can do (RFC 6238, with the defaults of otpauth:// URIs). */
const settings = { issuer: 'Postbag', algorithm: 'SHA1', digits: 6, period: 30 } as const

/** A new secret of 160 bits (RFC 4226 §4, R6): sealed for the store, and as its person sees it. */
export function newEnrolment(
  keys: Keyring,
  personId: string,
  account: string,
): { sealed: Buffer; shown: Enrolment } {
  const totp = new TOTP({ ...settings, label: account, secret: new Secret({ size: 20 }) })
  const sealed = seal(keys.secondFactors, personId, Buffer.from(totp.secret.bytes))
  return { sealed, shown: { uri: totp.toString(), secret: totp.secret.base32 } }
}

/**
 * The time step whose code this is, of the current one and its two neighbours (RFC 6238 §5.2); undefined where it is the
 * code of none. `seconds` is the time since 1970. Throws where the secret was sealed under another key.
 */
export function stepOf(
  keys: Keyring,
  personId: string,
  sealed: Buffer,
  code: string,
  seconds: number,
): number | undefined {
  const bytes = unseal(keys.secondFactors, personId, sealed)
  const totp = new TOTP({ ...settings, secret: new Secret({ buffer: Uint8Array.from(bytes).buffer }) })
  const off = totp.validate({ token: code, window: 1, timestamp: seconds * 1_000 })
  return off === null ? undefined : totp.counter({ timestamp: seconds * 1_000 }) + off
}

/** What an app shows, with or without the space in the middle; undefined where it is something else. */
export function digitsOf(code: string): string | undefined {
  const digits = code.replaceAll(/\s/g, '')
  return /^\d{6}$/.test(digits) ? digits : undefined
}

/** Ten new recovery codes of 80 bits each, in groups of four letters and digits. */
export function newRecoveryCodes(): string[] {
  return Array.from({ length: 10 }, () => {
    const code = new Secret({ buffer: Uint8Array.from(randomBytes(10)).buffer }).base32.toLowerCase()
    return (code.match(/.{4}/g) ?? []).join('-')
  })
}

/** What a recovery code is kept as: a MAC under a key of ours, so that a copy of the database has nothing to guess at. */
export function recoveryHash(keys: Keyring, personId: string, code: string): Buffer {
  return mac(keys.recoveryCodes, personId, code.toLowerCase().replaceAll(/[^a-z0-9]/g, ''))
}
