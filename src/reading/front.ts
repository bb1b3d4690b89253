import type { IncomingMessage, ServerResponse } from 'node:http'
import { matches } from '../http/conditional.ts'
import { encodingFor } from '../http/encodings.ts'
import type { PublicMemory } from './memory.ts'
import { flat, keptFor, longest, type Page } from './page.ts'

/**
 * Answers what everybody may see from memory, before Fastify has made anything of the request: that would cost more than
 * the answer. False where something is not there, or has to be asked for first; then it goes its usual way.
 */
export function answerFromMemory(
  memory: PublicMemory,
  request: IncomingMessage,
  response: ServerResponse,
): boolean {
  const { method, url, headers } = request
  const page = method === 'GET' && url !== undefined ? memory.held(url) : undefined
  const form = page?.ready[encodingFor(headers['accept-encoding']?.toString())]
  if (!page || !form) return false
  const seconds = secondsLeft(page)
  if (matches(headers['if-none-match'], form.tag)) {
    const { readyIfKnown, headersIfKnown } = form
    response
      .writeHead(304, seconds >= longest ? readyIfKnown : flat({ ...headersIfKnown, ...keptFor(seconds) }))
      .end()
  } else {
    const { ready, headers: told } = form
    response
      .writeHead(200, seconds >= longest ? ready : flat({ ...told, ...keptFor(seconds) }))
      .end(form.bytes)
  }
  return true
}

/** Whole seconds until a page shows something else by itself. */
export function secondsLeft({ until }: Page): number {
  return Math.floor((until - performance.now()) / 1_000)
}
