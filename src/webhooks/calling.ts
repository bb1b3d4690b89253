import { lookup as systemLookup } from 'node:dns'
import type { IncomingMessage } from 'node:http'
import { request as plainRequest } from 'node:http'
import { type RequestOptions, request as secureRequest } from 'node:https'
import { isIP, type LookupFunction } from 'node:net'
import { errorCode } from '../database/faults.ts'
import { isPublic } from './address.ts'

/** How receivers are reached. */
export interface Reach {
  /** whether they may be on this machine or in a private network, and without TLS; for development and tests */
  isPrivateAllowed: boolean
  /** asks for the addresses of a name; by default as the system does */
  lookup?: LookupFunction
  /** milliseconds for a whole call: connecting, sending, and the answer */
  patience?: number
}

/** What is sent. */
export interface Call {
  url: string
  headers: Record<string, string>
  body: string
}

/** How a call went: the answer's status, or a word for the log that says why there was none. */
export type Called = { ms: number } & (
  | { status: number; retryAfter: number | null; fault?: never }
  | { fault: string; status?: never }
)

/** Specification: Standard Webhooks 1.0 recommends 15 to 30 seconds. */
const usualPatience = 15_000

/** Bytes of an answer that are read, so that the connection ends in order; none of them is kept. */
const mostRead = 4_096

/**
 * Posts a call and never throws. A redirection is not followed. The address is looked up once, is refused where it is no
 * public one, and is the one that is connected to: there is no second look-up that could say something else. Whoever
 * aborts `timer` gives it up.
 */
export function call(
  { url, headers, body }: Call,
  reach: Reach,
  timer = new AbortController(),
): Promise<Called> {
  const began = performance.now()
  const took = () => Math.round(performance.now() - began)
  const timeout = setTimeout(() => timer.abort(), reach.patience ?? usualPatience)
  return new Promise<Called>((resolve) => {
    const fail = (error: unknown) =>
      resolve({ ms: took(), fault: timer.signal.aborted ? 'timed_out' : faultOf(error) })
    try {
      const { protocol, hostname } = refusePrivate(url, reach)
      const options: RequestOptions = {
        method: 'POST',
        headers: { ...headers, 'content-length': Buffer.byteLength(body) },
        agent: false,
        lookup: guarded(reach),
        signal: timer.signal,
        ...(isIP(hostname) === 0 && { servername: hostname }),
      }
      const asking = protocol === 'https:' ? secureRequest(url, options) : plainRequest(url, options)
      asking.on('error', fail)
      asking.on('response', (answer) => {
        const { statusCode: status = 0 } = answer
        const told = { status, retryAfter: secondsIn(answer.headers['retry-after']) }
        const end = () => resolve({ ms: took(), ...told })
        // The status says how it went, however the rest comes.
        asking.off('error', fail).on('error', end)
        void drain(answer)
          .catch(() => undefined)
          .finally(() => {
            asking.destroy()
            end()
          })
      })
      asking.end(body)
    } catch (error) {
      fail(error)
    }
  }).finally(() => clearTimeout(timeout))
}

/**
 * Why an address cannot be called, in a word: `not_https`, `credentials`, `private_address`, `unresolved`. Undefined where
 * it can. It is looked at again with each call, because a name may lead elsewhere by then.
 */
export async function refusal(url: string, reach: Reach): Promise<string | undefined> {
  try {
    const { hostname } = refusePrivate(url, reach)
    if (reach.isPrivateAllowed || isIP(hostname) !== 0) return undefined
    await new Promise((resolve, reject) =>
      guarded(reach)(hostname, { all: true }, (error, found) => (error ? reject(error) : resolve(found))),
    )
    return undefined
  } catch (error) {
    return error instanceof Refused ? error.message : 'unresolved'
  }
}

/** That an address is none that is called; the message is the word for it. */
class Refused extends Error {}

/** The parts of a URL, whose host is without brackets; a name is looked at when it is looked up. */
function refusePrivate(url: string, { isPrivateAllowed }: Reach): { protocol: string; hostname: string } {
  const { protocol, username, password, hostname: written } = new URL(url)
  const hostname = written.replace(/^\[(.*)\]$/, '$1')
  if (username !== '' || password !== '') throw new Refused('credentials')
  if (isPrivateAllowed) return { protocol, hostname }
  if (protocol !== 'https:') throw new Refused('not_https')
  if (isIP(hostname) !== 0 && !isPublic(hostname)) throw new Refused('private_address')
  return { protocol, hostname }
}

/** A look-up that gives public addresses or none at all: who mixes in a private one is not trusted with the others. */
function guarded({ isPrivateAllowed, lookup = systemLookup }: Reach): LookupFunction {
  return (hostname, options, answer) => {
    lookup(hostname, { ...options, all: true }, (error, found) => {
      if (error) return answer(error, [])
      const addresses = typeof found === 'string' ? [{ address: found, family: isIP(found) }] : found
      const [first] = addresses
      if (!first) return answer(new Refused('unresolved'), [])
      if (!isPrivateAllowed && !addresses.every(({ address }) => isPublic(address))) {
        return answer(new Refused('private_address'), [])
      }
      return options.all ? answer(null, addresses) : answer(null, first.address, first.family)
    })
  }
}

/** Reads an answer to its end, or as far as it is read. */
async function drain(answer: IncomingMessage): Promise<void> {
  let read = 0
  for await (const part of answer) {
    read += Buffer.byteLength(part)
    if (read > mostRead) return
  }
}

/** Seconds in a Retry-After of this form (RFC 9110 §10.2.3); a date is not understood. */
function secondsIn(retryAfter: string | undefined): number | null {
  return retryAfter !== undefined && /^\d{1,6}$/.test(retryAfter) ? Number(retryAfter) : null
}

/** The code of the socket's or of TLS, such as ECONNREFUSED, or our own word. */
function faultOf(error: unknown): string {
  if (error instanceof Refused) return error.message
  return errorCode(error) ?? 'unreachable'
}
