import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { FastifyServerFactory } from 'fastify'

/** Milliseconds that a connection may take for what, and how large a head it may send. */
const patience = {
  headersTimeout: 10_000,
  requestTimeout: 15_000,
  keepAliveTimeout: 72_000,
  connectionsCheckingInterval: 1_000,
  maxHeaderSize: 16_384,
}
const silence = 30_000

/** Answers a request at once, and says whether it did. */
export type AtOnce = (request: IncomingMessage, response: ServerResponse) => boolean

/**
 * The HTTP server in front of Fastify's routes. What can be answered at once is, before a route is looked for; while the
 * server is about to close everything goes the usual way, which ends each connection with its answer.
 */
export function serverThatAnswers(atOnce: AtOnce, isClosing: () => boolean): FastifyServerFactory {
  return (handle) => {
    const server = createServer(patience, (request, response) => {
      if (isClosing() || !server.listening || !atOnce(request, response)) handle(request, response)
    })
    server.setTimeout(silence)
    return server
  }
}
