import { once } from 'node:events'
import { createServer, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from 'node:http'

/** What somebody sent. */
export interface Received {
  method: string
  path: string
  headers: IncomingHttpHeaders
  body: string
}

/** A server of somebody else's, on this machine. */
export interface Receiver {
  url: string
  /** in the order in which they came */
  received: Received[]
  /** how it answers from now on */
  answers(how: Answering): void
  close(): Promise<void>
}

export type Answering = (received: Received, answer: ServerResponse) => void | Promise<void>

export async function openReceiver(first: Answering): Promise<Receiver> {
  let how = first
  const received: Received[] = []
  const server = createServer((request, answer) => {
    void readBody(request).then((body) => {
      const { method = '', url: path = '', headers } = request
      const one = { method, path, headers, body }
      received.push(one)
      return how(one, answer)
    })
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  const port = typeof address === 'object' && address ? address.port : 0
  return {
    url: `http://127.0.0.1:${port}/classify`,
    received,
    answers(next) {
      how = next
    },
    async close() {
      const closed = once(server, 'close')
      server.close()
      server.closeAllConnections()
      await closed
    },
  }
}

/** Answers with this as JSON. */
export function withJson(body: unknown, status = 200): Answering {
  return (_received, answer) => {
    answer.writeHead(status, { 'content-type': 'application/json; charset=utf-8' }).end(JSON.stringify(body))
  }
}

async function readBody(request: IncomingMessage): Promise<string> {
  const chunks: Uint8Array[] = []
  for await (const chunk of request) chunks.push(chunk)
  return Buffer.concat(chunks).toString()
}
