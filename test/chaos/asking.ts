import { Agent, request } from 'node:http'

export interface Asked {
  method: 'GET' | 'POST' | 'PUT' | 'DELETE'
  path: string
  headers?: Record<string, string>
  body?: object
}

export interface Said {
  /** 0 where nothing came, or not all of it */
  status: number
  retryAfter?: string | undefined
  etag?: string | undefined
  /** the body where it is JSON, else nothing */
  body: Record<string, unknown>
  /** why nothing came */
  fault?: string | undefined
}

/** Milliseconds after which nobody waits for an answer any more. */
const patience = 10_000

/** Asks servers of this machine over connections that are kept. */
export function asker() {
  const agent = new Agent({ keepAlive: true, maxSockets: 256 })

  function ask(port: number, { method, path, headers, body }: Asked): Promise<Said> {
    const sent = body && JSON.stringify(body)
    return new Promise((resolve) => {
      const nothing = (fault: Error) => resolve({ status: 0, body: {}, fault: fault.message })
      const asking = request({
        port,
        host: '127.0.0.1',
        method,
        path,
        agent,
        timeout: patience,
        headers: {
          ...(sent !== undefined && {
            'content-type': 'application/json',
            'content-length': String(Buffer.byteLength(sent)),
          }),
          ...headers,
        },
      })
      asking.on('error', nothing)
      asking.on('timeout', () => asking.destroy(new Error('no answer in time')))
      asking.on('response', (answer) => {
        const parts: Buffer[] = []
        answer.on('data', (part) => parts.push(part))
        answer.on('error', nothing)
        answer.on('end', () =>
          resolve({
            status: answer.statusCode ?? 0,
            retryAfter: answer.headers['retry-after'],
            etag: answer.headers.etag,
            body: bodyIn(Buffer.concat(parts).toString(), answer.headers['content-type']),
          }),
        )
      })
      asking.end(sent)
    })
  }

  return { ask, close: () => agent.destroy() }
}

function bodyIn(text: string, type = ''): Record<string, unknown> {
  return /[/+]json\b/.test(type) && text !== '' ? JSON.parse(text) : {}
}
