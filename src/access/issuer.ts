import * as client from 'openid-client'
import { z } from 'zod'
import type { Keyring } from '../http/keyring.ts'
import { Problem } from '../http/problems.ts'
import { plain } from '../http/words.ts'
import { Login } from './person.ts'
import { seal, unseal } from './secrets.ts'

/** An OpenID Connect issuer of an organisation's accounts, and what the service is to it. */
export interface IssuerSettings {
  issuer: string
  clientId: string
  clientSecret: string
}

/** Who signed in there. */
export interface Account {
  issuer: string
  subject: string
  /** only one that the issuer has verified */
  email: string | null
}

export interface Issuer {
  /** its identifier, by which accounts are kept apart */
  url: string
  /** Where to send a browser, and what it has to bring back. Throws `unavailable` while the issuer is away. */
  begin(): Promise<{ url: string; handshake: string }>
  /** Who came back, with which query and handshake. Throws `sign_in_failed` or `unavailable`. */
  finish(query: string, handshake: string | undefined): Promise<Account>
}

/** A subject as OpenID Connect Core §2 has it. */
export const Subject = plain(z.string().min(1).max(255))

/** What ties an answer to the browser and to the question: RFC 7636, OpenID Connect Core §3.1.2.1. */
const Handshake = z.strictObject({ state: z.string(), nonce: z.string(), verifier: z.string() })

const Claims = z.object({
  sub: Subject,
  email: z.unknown().optional(),
  email_verified: z.unknown().optional(),
})

/** Seconds that the issuer has for each answer. */
const patience = 5

/**
 * Asks an issuer by authorization code with PKCE (S256), state and nonce. It is asked for its settings when they are
 * needed first, and again after it failed, so that its absence holds up nothing else. `onFault` hears why, in a word.
 */
export function issuer(
  settings: IssuerSettings,
  keys: Keyring,
  redirectUri: string,
  onFault: (fault: string) => void = () => undefined,
): Issuer {
  let known: Promise<client.Configuration> | undefined
  const configuration = () => (known ??= discover(settings))
  const refuse = (error: unknown): never => {
    const { isAway, fault } = faultOf(error)
    if (isAway) known = undefined
    onFault(fault)
    throw new Problem(isAway ? 'unavailable' : 'sign_in_failed', isAway ? away : strangers)
  }

  const begin: Issuer['begin'] = async () => {
    const config = await configuration()
    const handshake = {
      state: client.randomState(),
      nonce: client.randomNonce(),
      verifier: client.randomPKCECodeVerifier(),
    }
    const url = client.buildAuthorizationUrl(config, {
      redirect_uri: redirectUri,
      scope: 'openid email',
      state: handshake.state,
      nonce: handshake.nonce,
      code_challenge: await client.calculatePKCECodeChallenge(handshake.verifier),
      code_challenge_method: 'S256',
    })
    const sealed = seal(keys.handshakes, redirectUri, Buffer.from(JSON.stringify(handshake)))
    return { url: url.href, handshake: sealed.toString('base64url') }
  }

  const finish = async (query: string, { state, nonce, verifier }: z.infer<typeof Handshake>) => {
    const config = await configuration()
    const tokens = await client.authorizationCodeGrant(config, new URL(`${redirectUri}?${query}`), {
      expectedState: state,
      expectedNonce: nonce,
      pkceCodeVerifier: verifier,
      idTokenExpected: true,
    })
    const told = Claims.parse(tokens.claims())
    const asks = told.email === undefined && config.serverMetadata().userinfo_endpoint !== undefined
    const more = asks ? await client.fetchUserInfo(config, tokens.access_token, told.sub) : told
    return { issuer: settings.issuer, subject: told.sub, email: verifiedEmail(more) }
  }

  return {
    url: settings.issuer,
    begin: () => begin().catch(refuse),
    finish: async (query, sealed) => {
      const handshake = opened(keys, redirectUri, sealed)
      if (!handshake)
        throw new Problem('sign_in_failed', 'Begin again: this browser has not begun to sign in.')
      return finish(query, handshake).catch(refuse)
    },
  }
}

const away = 'Your organisation’s sign-in does not answer. Try it again in a while, or take another way.'
/** The same for a stranger, for somebody who left, and for a forged answer. */
export const strangers = 'This account is nobody’s here. Ask an admin to invite you.'

async function discover({ issuer: url, clientId, clientSecret }: IssuerSettings) {
  const isPlain = url.startsWith('http:')
  const config = await client.discovery(new URL(url), clientId, undefined, undefined, {
    timeout: patience,
    ...(isPlain && { execute: [client.allowInsecureRequests] }),
  })
  const { token_endpoint_auth_methods_supported: methods = ['client_secret_basic'] } = config.serverMetadata()
  const auth = methods.includes('client_secret_basic')
    ? client.ClientSecretBasic(clientSecret)
    : client.ClientSecretPost(clientSecret)
  const made = new client.Configuration(config.serverMetadata(), clientId, undefined, auth)
  made.timeout = patience
  if (isPlain) client.allowInsecureRequests(made)
  return made
}

function opened(keys: Keyring, redirectUri: string, sealed: string | undefined) {
  try {
    const text = unseal(keys.handshakes, redirectUri, Buffer.from(sealed ?? '', 'base64url')).toString()
    return Handshake.parse(JSON.parse(text))
  } catch {
    return undefined
  }
}

function verifiedEmail(claims: { email?: unknown; email_verified?: unknown }): string | null {
  return claims.email_verified === true ? (Login.safeParse(claims.email).data ?? null) : null
}

/** What went wrong between here and the issuer, and not with who signs in: nobody answers, or not as an issuer does. */
const awayFaults = new Set([
  'temporarily_unavailable',
  'OAUTH_TIMEOUT',
  'OAUTH_RESPONSE_IS_NOT_CONFORM',
  'OAUTH_RESPONSE_IS_NOT_JSON',
  'OAUTH_PARSE_ERROR',
  'TimeoutError',
  'TypeError',
])

function faultOf(error: unknown): { isAway: boolean; fault: string } {
  const fault = wordFor(error)
  return { isAway: awayFaults.has(fault), fault }
}

function wordFor(error: unknown): string {
  if (!(error instanceof Error)) return typeof error
  if (error instanceof client.AuthorizationResponseError || error instanceof client.ResponseBodyError) {
    return error.error
  }
  if (error instanceof client.ClientError) return error.code ?? causeOf(error) ?? error.name
  return error.name
}

function causeOf({ cause }: Error): string | undefined {
  const name: unknown = typeof cause === 'object' && cause !== null ? Reflect.get(cause, 'name') : undefined
  return typeof name === 'string' ? name : undefined
}
