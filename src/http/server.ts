import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { FastifyServerFactory } from 'fastify'

/** Milliseconds that a connection may take for what, and how large a head it may send. */
export const usualPatience = {
  headersTimeout: 10_000,
  requestTimeout: 15_000,
  keepAliveTimeout: 72_000,
  connectionsCheckingInterval: 1_000,
  maxHeaderSize: 16_384,
  /** without a byte in either direction, such as of whoever reads nothing of an answer */
  silence: 30_000,
}

/** Answers a request at once, and says whether it did. */
export type AtOnce = (request: IncomingMessage, response: ServerResponse) => boolean

/**
 * The HTTP server in front of Fastify's routes. What can be answered at once is, before a route is looked for; while the
 * server is about to close everything goes the usual way, which ends each connection with its answer.
 */
export function serverThatAnswers(
  atOnce: AtOnce,
  isClosing: () => boolean,
  patience = usualPatience,
): FastifyServerFactory {
  return (handle) => {
    const { silence, ...limits } = patience
    const server = createServer(limits, (request, response) => {
      if (isClosing() || !server.listening || !atOnce(request, response)) handle(request, response)
    })
    server.setTimeout(silence)
    return server
  }
}
