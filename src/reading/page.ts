import { promisify } from 'node:util'
import { brotliCompress, constants, gzip } from 'node:zlib'
import { bytesHash } from '../http/conditional.ts'
import type { Encoding } from '../http/encodings.ts'
import { readableByAll } from '../http/headers.ts'
import type { Body, Shown } from './shown.ts'

/** One form of an answer. */
export interface Representation {
  bytes: Buffer
  tag: string
  /** what is sent with it, and what with a 304 in its stead, but for how long either may be kept */
  headers: Record<string, string>
  headersIfKnown: Record<string, string>
  /** the same ready-made, in the form that costs least to send, for what may be kept as long as anything */
  ready: string[]
  readyIfKnown: string[]
}

/** An answer that everybody may see, as bytes: made once, sent often. */
export interface Page {
  shown: Omit<Shown<unknown>, 'answer'>
  /** on this process's monotonic clock, in milliseconds: when it was made, and when it shows something else by itself */
  madeAt: number
  until: number
  /** since when something is missing in it, on the same clock; null while nothing is known to be */
  outdatedAt: number | null
  /** what is there already; the others are made when they are asked for first */
  ready: Partial<Record<Encoding, Representation>>
  beingMade: Partial<Record<Encoding, Promise<Representation>>>
  hash: string
  type: string
  /** besides those that every answer has */
  headers: Record<string, string>
}

/** Shorter answers fit into one packet of a network in any form. */
const worthCompressing = 1_200

const brotlied = promisify(brotliCompress)
const gzipped = promisify(gzip)

/** The page of an answer. `now` is when it was read, on this process's monotonic clock. */
export function pageOf({ answer, ...shown }: Shown<Body>, now: number): Page {
  const { bytes, type, headers = {} } = answer
  const until = shown.changesIn === null ? Infinity : now + shown.changesIn
  const times = { madeAt: now, until, outdatedAt: null }
  const page = { shown, ...times, hash: bytesHash(bytes), type, headers, ready: {}, beingMade: {} }
  return { ...page, ready: { identity: represented(bytes, 'identity', page) } }
}

/** Bytes that a page may come to hold: no form of it is larger than the text, and all others together hardly. */
export function weightOf({ ready }: Page): number {
  return 2 * (ready.identity?.bytes.length ?? 0) + 2_000
}

/** A page in one form, which is made when it is first asked for, and once. */
export async function representation(page: Page, encoding: Encoding): Promise<Representation> {
  const ready = page.ready[encoding]
  if (ready) return ready
  page.beingMade[encoding] ??= compressed(page, encoding)
  const made = await page.beingMade[encoding]
  page.ready[encoding] = made
  return made
}

async function compressed(page: Page, encoding: Encoding): Promise<Representation> {
  const { identity } = page.ready
  if (!identity) throw new Error('a page without its text')
  if (encoding === 'identity' || identity.bytes.length < worthCompressing) return identity
  const bytes =
    encoding === 'br'
      ? await brotlied(identity.bytes, {
          params: {
            [constants.BROTLI_PARAM_QUALITY]: 5,
            [constants.BROTLI_PARAM_MODE]: constants.BROTLI_MODE_TEXT,
            [constants.BROTLI_PARAM_SIZE_HINT]: identity.bytes.length,
          },
        })
      : await gzipped(identity.bytes)
  return represented(bytes, encoding, page)
}

function represented(bytes: Buffer, encoding: Encoding, page: Page): Representation {
  const {
    hash,
    type,
    shown: { site, about },
  } = page
  // Strong, and so another one for each form (RFC 9110 §8.8.3).
  const tag = encoding === 'identity' ? `"${hash}"` : `"${hash}-${encoding}"`
  const groups = [siteTag(site), ...about.map((key) => articleTag(site, key))]
  // What else was said with the answer stays said (RFC 9110 §15.4.5).
  const headersIfKnown = { 'access-control-allow-origin': '*', vary: 'Accept-Encoding', etag: tag }
  const headers = {
    ...readableByAll,
    ...headersIfKnown,
    'content-type': type,
    'content-length': String(bytes.length),
    ...(encoding !== 'identity' && { 'content-encoding': encoding }),
    // By these, a cache in front is told what to forget: Cloudflare, Akamai; Fastly, Varnish; RFC 9875.
    'cache-tag': groups.join(','),
    'surrogate-key': groups.join(' '),
    'cache-groups': groups.map((group) => `"${group}"`).join(', '),
  }
  return {
    bytes,
    tag,
    headers,
    headersIfKnown,
    ready: flat({ ...headers, ...keptFor(longest) }),
    readyIfKnown: flat({ ...headersIfKnown, ...keptFor(longest) }),
  }
}

/** Seconds for which a cache may keep a page before it asks again; less where it shows something else before. */
export const longest = 10

/** How long caches in front of us and browsers keep something (RFC 9111, RFC 5861, and for the former RFC 9213). */
export function keptFor(seconds: number): Record<string, string> {
  const most = Math.max(0, Math.min(longest, seconds))
  const value = `public, max-age=${most}, stale-while-revalidate=10, stale-if-error=60`
  return { 'cache-control': value, 'cdn-cache-control': value }
}

/** Headers as Node sends them soonest: names and values in turn. */
export function flat(headers: Record<string, string>): string[] {
  return Object.entries(headers).flat()
}

/** The name under which caches know everything of a site. */
export function siteTag(site: string): string {
  return `s-${site}`
}

/** The name under which caches know everything about an article. */
export function articleTag(site: string, key: string): string {
  return `a-${bytesHash(`${site} ${key}`)}`
}
