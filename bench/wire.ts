import { connect } from 'node:net'

/** What came back: the status, and the body where it was wanted. */
export interface Answered {
  status: string
  body: string
}

/** One connection that is kept: the next request is sent when the last one is answered. */
export interface Wire {
  /** sends a whole request, head and all */
  ask: (request: Buffer | string, answered: (answer: Answered) => void) => void
  end: () => void
}

/**
 * HTTP written and read by hand, because a client of Node's takes as much of a processor as the service. It reads no more of
 * an answer than it must. `failed` is told of a connection that breaks, or that the service ends.
 */
export function wire(port: number, wantsBody: boolean, failed: (error: Error) => void): Wire {
  const socket = connect({ port, host: '127.0.0.1', noDelay: true })
  let [status, begun] = ['', Buffer.alloc(0)]
  /** bytes of the answer that are not there yet; undefined before its head is */
  let missing: number | undefined
  let body: Buffer[] = []
  let tell: ((answer: Answered) => void) | undefined

  socket.on('error', failed)
  socket.on('close', () => failed(new Error('The service ended a connection.')))
  socket.on('data', (part) => {
    let rest = part
    if (missing === undefined) {
      begun = begun.length > 0 ? Buffer.concat([begun, part]) : part
      const end = begun.indexOf('\r\n\r\n')
      if (end < 0) return
      const head = begun.subarray(0, end).toString('latin1')
      status = head.slice(9, 12)
      missing = lengthIn(head, status)
      rest = begun.subarray(end + 4)
    }
    missing -= rest.length
    if (wantsBody) body.push(rest)
    if (missing > 0) return
    const answer = { status, body: wantsBody ? Buffer.concat(body).toString() : '' }
    tell?.(answer)
  })

  return {
    ask(request, answered) {
      tell = answered
      missing = undefined
      begun = Buffer.alloc(0)
      body = []
      socket.write(request)
    },
    end: () => {
      socket.removeAllListeners('close')
      socket.destroy()
    },
  }
}

function lengthIn(head: string, status: string): number {
  if (status === '304' || status === '204') return 0
  const length = /content-length: (\d+)/i.exec(head)?.[1]
  if (length === undefined) throw new Error(`An answer without a length: ${head}`)
  return Number(length)
}

/** A request as it goes over the wire. `from` numbers whoever asks: what each may do is counted by address. */
export function written(
  method: string,
  path: string,
  from: number,
  { headers = {}, body }: { headers?: Record<string, string>; body?: string } = {},
): string {
  const all = {
    host: 'localhost',
    'x-forwarded-for': addressOf(from),
    ...headers,
    ...(body !== undefined && {
      'content-type': 'application/json',
      'content-length': String(Buffer.byteLength(body)),
    }),
  }
  const lines = Object.entries(all).map(([name, value]) => `${name}: ${value}\r\n`)
  return `${method} ${path} HTTP/1.1\r\n${lines.join('')}\r\n${body ?? ''}`
}

/** One of 16 million addresses. */
export function addressOf(from: number): string {
  return `10.${(from >> 16) & 255}.${(from >> 8) & 255}.${from & 255}`
}
