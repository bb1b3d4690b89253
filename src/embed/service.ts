import type { EmbedView } from '../pages/embed/view.ts'

/** Which article it is, and where its comments are. */
export interface Place {
  /** the service's address, with a slash at its end */
  service: string
  site: string
  article: string
  /** BCP 47 tag of the language that was asked for */
  lang: string | null
}

/** Which page of the list. */
export interface Asked {
  order: string
  cursor?: string
  parent?: string
}

/** Milliseconds after which an answer is no longer waited for. */
const patience = 20_000

/** A page of the list, as the service has it at this moment (`isFresh`), or as a cache may still have it. */
export async function readView(
  { service, site, article, lang }: Place,
  { order, cursor, parent }: Asked,
  isFresh = false,
): Promise<EmbedView> {
  const query = new URLSearchParams({ article })
  if (lang) query.set('lang', lang)
  if (order === 'oldest') query.set('order', order)
  if (parent) query.set('parent', parent)
  if (cursor) query.set('cursor', cursor)
  // `no-cache` asks with If-None-Match: what has not changed is not sent again.
  const answer = await ask(`${service}v1/sites/${site}/embed?${query}`, {
    cache: isFresh ? 'no-cache' : 'default',
  })
  if (!answer.ok) throw new Error(String(answer.status))
  return answer.json()
}

/** What became of something that was sent: the answer, or the code of the problem and the field that it is about. */
export type Outcome = { receipt: string } | { code: string; pointer: string | undefined }

/** Sends something, once however often it is tried with the same `key`. */
export async function send(address: string, body: object, key: string): Promise<Outcome> {
  try {
    const answer = await ask(address, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'idempotency-key': key },
      body: JSON.stringify(body),
    })
    const told = await answer.json()
    return answer.ok ? told : { code: told.code, pointer: told.errors?.[0]?.pointer }
  } catch {
    return { code: navigator.onLine ? 'unavailable' : 'offline', pointer: undefined }
  }
}

/** 128 random bits; `randomUUID` is there on safe origins alone. */
export function newKey(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) =>
    byte.toString(16).padStart(2, '0'),
  ).join('')
}

/** Asks without cookies, and without telling from which page. */
export function ask(address: string, asked?: RequestInit): Promise<Response> {
  return fetch(address, {
    credentials: 'omit',
    referrerPolicy: 'no-referrer',
    signal: AbortSignal.timeout(patience),
    ...asked,
  })
}
