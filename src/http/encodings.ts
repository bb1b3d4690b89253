import { Negotiator } from '@fastify/accept-negotiator'
import { LRUCache } from 'lru-cache'

/** The forms in which an answer is sent (RFC 9110 §8.4.1), the smallest first. */
const encodings = ['br', 'gzip', 'identity'] as const
export type Encoding = (typeof encodings)[number]

const negotiator = new Negotiator({
  supportedValues: [...encodings],
  cache: new LRUCache<string, string>({ max: 200 }),
})

/** The form that a client wants most (RFC 9110 §12.5.3); one that says nothing, or wants none of ours, gets the text. */
export function encodingFor(acceptEncoding: string | undefined): Encoding {
  if (acceptEncoding === undefined || acceptEncoding.length > 200) return 'identity'
  const wanted = negotiator.negotiate(acceptEncoding)
  return encodings.find((one) => one === wanted) ?? 'identity'
}
