import { isIP } from 'node:net'
import { z } from 'zod'

/** Values that stand in examples and are therefore known to everybody. */
const exampleSecrets = new Set([
  'change-me-to-32-random-characters-or-more',
  'change-me-too-to-32-random-characters-or-more',
])

export const onOff = z.enum(['on', 'off'])

export const Secret = z
  .string()
  .min(32, 'is too short: it needs at least 32 random characters, such as those of `openssl rand -base64 32`')
  .refine((value) => !exampleSecrets.has(value), 'is the example from .env.example; make your own')

export const PostgresUrl = z.string().regex(/^postgres(ql)?:\/\//, 'is not a postgresql:// URL')

/** An address range such as 10.0.0.0/8; a bare number of hops or `true` would let readers forge their address. */
export const Cidr = z.string().refine(
  (value) => {
    const [address = '', prefix = '', ...rest] = value.split('/')
    const version = isIP(address)
    return (
      version !== 0 &&
      rest.length === 0 &&
      /^\d{1,3}$/.test(prefix) &&
      Number(prefix) <= (version === 4 ? 32 : 128)
    )
  },
  { message: 'takes address ranges only, such as 10.0.0.0/8,fd00::/8 (no numbers of hops, no `true`)' },
)

/** A shared secret of Standard Webhooks 1.0: 24 to 64 bytes in base64 behind `whsec_`. */
export const WebhookSecret = z.string().refine(
  (value) => {
    const [, encoded] =
      /^whsec_((?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?)$/.exec(value) ?? []
    const { length } = Buffer.from(encoded ?? '', 'base64')
    return length >= 24 && length <= 64
  },
  {
    message:
      'is not whsec_ and 24 to 64 bytes in base64: put whsec_ before what `openssl rand -base64 32` says',
  },
)

/** Readers' words go there, or accounts come from there: over TLS, or on this machine (see `plainFaults`). */
export const TrustedUrl = z
  .url({ protocol: /^https?$/, error: 'is not an https:// URL' })
  .refine(
    (url) => !hasCredentials(url),
    'holds credentials: leave them out, the secret is a setting of its own',
  )

function hasCredentials(url: string): boolean {
  if (!URL.canParse(url)) return false
  const { username, password } = new URL(url)
  return username !== '' || password !== ''
}
