import { Webhook } from 'standardwebhooks'
import { errorCode } from '../database/faults.ts'
import { Classification, question, signalsOf, type TextToClassify } from './classification.ts'
import type { Signal } from './signal.ts'

/** Where the publisher's classifier is, and the secret (`whsec_…`) that it shares with us. */
export interface ClassifierSettings {
  url: string
  secret: string
  /** milliseconds for a whole answer */
  patience?: number
}

/** One call about one text. */
interface Call {
  /** the same when it is asked again, so that the classifier can tell */
  webhookId: string
  at: Date
  text: TextToClassify
}

/** What came back; or what was wrong, in a word for the log that holds nothing of the text. */
type Answered = { signals: Signal[] } | { fault: string }

/** Asks about a text; never throws. */
export type Classify = (call: Call) => Promise<Answered>

/** The most bytes of an answer that are read. */
const mostBytes = 65_536

/**
 * A classifier that is asked over HTTP, each call signed (Standard Webhooks 1.0). It has five seconds for an answer of
 * 2xx in JSON (see `Classification`); a redirection is none, because it could lead the text elsewhere.
 */
export function classifier({ url, secret, patience = 5_000 }: ClassifierSettings): Classify {
  const webhook = new Webhook(secret)

  return async ({ webhookId, at, text }) => {
    const body = question(text)
    const timer = new AbortController()
    const timeout = setTimeout(() => timer.abort(), patience)
    try {
      const answer = await fetch(url, {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          accept: 'application/json',
          'user-agent': 'Postbag',
          'webhook-id': webhookId,
          'webhook-timestamp': String(Math.floor(at.getTime() / 1_000)),
          'webhook-signature': webhook.sign(webhookId, at, body),
        },
        body,
        // Not followed, but seen: a fault that says 302 is one that an operator can mend.
        redirect: 'manual',
        signal: timer.signal,
      })
      return await read(answer, text.text)
    } catch (error) {
      return { fault: timer.signal.aborted ? 'timed_out' : causeOf(error) }
    } finally {
      clearTimeout(timeout)
      // What is left of an answer that was not read to its end.
      timer.abort()
    }
  }
}

async function read(answer: Response, text: string): Promise<Answered> {
  if (!answer.ok) return { fault: `status_${answer.status}` }
  if (!json.test(answer.headers.get('content-type') ?? '')) return { fault: 'not_json' }
  const bytes = await bytesOf(answer)
  if (!bytes) return { fault: 'too_large' }
  const parsed = Classification.safeParse(parse(bytes))
  if (!parsed.success) return { fault: 'unexpected_answer' }
  return { signals: signalsOf(parsed.data, text) }
}

const json = /^application\/(?:[\w.+-]+\+)?json\s*(?:;|$)/i

/** The answer's bytes, unpacked; undefined once they are too many. */
async function bytesOf({ body }: Response): Promise<Buffer | undefined> {
  const chunks: Uint8Array[] = []
  let size = 0
  for await (const chunk of body ?? []) {
    size += chunk.byteLength
    if (size > mostBytes) return undefined
    chunks.push(chunk)
  }
  return Buffer.concat(chunks)
}

/** Undefined where it is no JSON in UTF-8. */
function parse(bytes: Buffer): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes))
  } catch {
    return undefined
  }
}

/** Why there was no answer: the code of the socket's or of TLS, such as ECONNREFUSED. */
function causeOf(error: unknown): string {
  const { cause }: { cause?: unknown } = Object(error)
  return errorCode(cause) ?? 'unreachable'
}
