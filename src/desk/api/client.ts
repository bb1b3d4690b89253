import createClient from 'openapi-fetch'
import type { paths } from '../generated/api.ts'
import { problemOf } from './problem.ts'
import type { Problem } from './shapes.ts'

/** The public API, as `/openapi.json` describes it, with the session's cookie: the desk has no other way in. */
export const api = createClient<paths>({
  baseUrl: location.origin,
  fetch: (request) => fetch(request, { signal: AbortSignal.timeout(longestWait), cache: 'no-store' }),
})

/** Milliseconds; what takes longer is asked again, which a version makes safe. */
const longestWait = 20_000

/** What became of a request. `lost`: it may or may not have arrived; `signed_out`: the session has ended. */
export type Answer<Data> =
  | { kind: 'given'; data: Data }
  | { kind: 'refused'; problem: Problem }
  | { kind: 'signed_out' }
  | { kind: 'lost'; retryAfter: number }

/** Never throws: whatever goes wrong is an answer of its kind. */
export async function answerTo<Data>(
  asked: Promise<{ data?: Data; error?: unknown; response: Response }>,
): Promise<Answer<Data>> {
  try {
    const { data, error, response } = await asked
    if (response.status === 401) return { kind: 'signed_out' }
    if (isPassing.has(response.status)) return { kind: 'lost', retryAfter: secondsIn(response) }
    if (error !== undefined || !response.ok)
      return { kind: 'refused', problem: problemOf(error, response.status) }
    // What has no body was given as well.
    return data === undefined ? emptyAnswer(response) : { kind: 'given', data }
  } catch {
    return { kind: 'lost', retryAfter: 0 }
  }
}

function emptyAnswer<Data>(response: Response): Answer<Data> {
  return { kind: 'refused', problem: problemOf(undefined, response.status) }
}

/** The same where nothing is answered but that it was done. */
export async function doneBy(asked: Promise<{ error?: unknown; response: Response }>): Promise<Answer<true>> {
  return answerTo(
    asked.then(({ error, response }) => ({ ...(response.ok && { data: true }), error, response })),
  )
}

/** What is over in a moment: too many requests, or a service that starts, stops, or cannot be reached behind its proxy. */
const isPassing = new Set([429, 502, 503, 504])

function secondsIn(response: Response): number {
  const seconds = Number(response.headers.get('retry-after') ?? 0)
  return Number.isFinite(seconds) ? seconds : 0
}
