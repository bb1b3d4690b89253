import { connect } from 'node:net'
import { quantile } from './quantiles.ts'

/** What is asked for: the same request over and over, over each of so many connections that are kept, for so long. */
export interface Asking {
  port: number
  /** a whole request, head and all; in it, {n} stands for the number of the connection */
  request: string
  connections: number
  seconds: number
}

/** How it was answered. */
export interface Answers {
  perSecond: number
  /** milliseconds */
  p50: number
  p99: number
  statuses: Record<string, number>
}

// In a process of its own, so that the service has all of its own. It reads no more of an answer than it must: clients
// that are built on Node's take longer to read the head of an answer than the service takes to send it.
process.on('message', (asking) => {
  void ask(askingOf(asking)).then((answers) => process.send?.(answers))
})
process.on('disconnect', () => process.exit())

async function ask({ port, request, connections, seconds }: Asking): Promise<Answers> {
  const took: number[] = []
  const statuses: Record<string, number> = {}
  const began = performance.now()
  const until = began + seconds * 1_000
  await Promise.all(Array.from({ length: connections }, (_, number) => converse(number)))
  const lasted = (performance.now() - began) / 1_000
  return { perSecond: took.length / lasted, p50: quantile(took, 0.5), p99: quantile(took, 0.99), statuses }

  function converse(number: number): Promise<void> {
    const bytes = Buffer.from(request.replace('{n}', String(number)))
    return new Promise((resolve, reject) => {
      const socket = connect({ port, host: '127.0.0.1', noDelay: true })
      let asked = 0
      /** bytes of an answer that are not there yet; undefined before its head is */
      let missing: number | undefined
      let begun = Buffer.alloc(0)
      const next = () => {
        asked = performance.now()
        missing = undefined
        begun = Buffer.alloc(0)
        socket.write(bytes)
      }
      socket.on('connect', next)
      socket.on('error', reject)
      socket.on('close', () => resolve())
      socket.on('data', (part) => {
        if (missing === undefined) {
          begun = begun.length > 0 ? Buffer.concat([begun, part]) : part
          const end = begun.indexOf('\r\n\r\n')
          if (end < 0) return
          const head = begun.subarray(0, end).toString('latin1')
          const status = head.slice(9, 12)
          statuses[status] = (statuses[status] ?? 0) + 1
          missing = lengthIn(head, status) - (begun.length - end - 4)
        } else {
          missing -= part.length
        }
        if (missing > 0) return
        const now = performance.now()
        took.push(now - asked)
        if (now < until) next()
        else socket.end()
      })
    })
  }
}

function lengthIn(head: string, status: string): number {
  if (status === '304' || status === '204') return 0
  const length = /content-length: (\d+)/i.exec(head)?.[1]
  if (length === undefined) throw new Error(`An answer without a length: ${head}`)
  return Number(length)
}

function askingOf(message: unknown): Asking {
  const { port, request, connections, seconds }: Record<string, unknown> = Object(message)
  return {
    port: Number(port),
    request: String(request),
    connections: Number(connections),
    seconds: Number(seconds),
  }
}
