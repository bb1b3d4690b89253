import { once } from 'node:events'
import { createConnection, createServer, type Socket } from 'node:net'
import { setTimeout as delay } from 'node:timers/promises'

/** A stretch of network before a database, that can fail in every way in which networks fail. */
export interface Proxy {
  /** the database's address through it */
  url: string
  /** ends every connection; new ones are refused */
  cut(): Promise<void>
  /** ends every connection once; new ones are well */
  drop(): Promise<void>
  /** passes nothing on, and tells nobody; new connections are taken and not answered */
  hang(): void
  /** as `hang`, and what was connected stays deaf for ever; new connections are well */
  deafen(): void
  /** holds whatever passes for so many milliseconds, each way */
  slow(milliseconds: number): void
  /** passes everything on again, what was held back too */
  restore(): Promise<void>
  close(): Promise<void>
}

interface Pair {
  near: Socket
  far: Socket
  deaf: boolean
}

export async function proxyTo(databaseUrl: string): Promise<Proxy> {
  const target = new URL(databaseUrl)
  const pairs = new Set<Pair>()
  let hangs = false
  let latency = 0

  const server = createServer({ pauseOnConnect: true }, (near) => {
    const far = createConnection(Number(target.port || 5432), target.hostname)
    const pair = { near, far, deaf: false }
    pairs.add(pair)
    near.on(
      'data',
      inOrder(
        (bytes) => far.write(bytes),
        () => latency,
      ),
    )
    far.on(
      'data',
      inOrder(
        (bytes) => near.write(bytes),
        () => latency,
      ),
    )
    for (const [one, other] of [
      [near, far],
      [far, near],
    ] as const) {
      one.on('error', () => other.destroy())
      one.on('close', () => {
        pairs.delete(pair)
        if (!pair.deaf) other.destroy()
      })
    }
    flow(pair, !hangs)
  })
  const listen = async (port: number) => {
    server.listen(port, '127.0.0.1')
    await once(server, 'listening')
  }
  const end = async () => {
    const ended = [...pairs].map(async ({ near, far }) => {
      const closed = once(near, 'close')
      near.destroy()
      far.destroy()
      await closed
    })
    await Promise.all(ended)
  }
  const stopListening = async () => {
    if (!server.listening) return
    const closed = once(server, 'close')
    server.close()
    await end()
    await closed
  }

  await listen(0)
  const address = server.address()
  const port = typeof address === 'object' && address ? address.port : 0
  const url = new URL(databaseUrl)
  url.hostname = '127.0.0.1'
  url.port = String(port)
  return {
    url: url.href,
    cut: stopListening,
    drop: end,
    hang() {
      hangs = true
      for (const pair of pairs) flow(pair, false)
    },
    deafen() {
      for (const pair of pairs) {
        pair.deaf = true
        flow(pair, false)
      }
    },
    slow(milliseconds) {
      latency = milliseconds
    },
    async restore() {
      hangs = false
      latency = 0
      for (const pair of pairs) flow(pair, !pair.deaf)
      if (!server.listening) await listen(port)
    },
    close: stopListening,
  }
}

/** Passes on what comes after a while that may change; nothing overtakes what came before it. */
function inOrder(pass: (bytes: Buffer) => void, latency: () => number): (bytes: Buffer) => void {
  let held = 0
  let last = Promise.resolve()
  return (bytes) => {
    if (latency() === 0 && held === 0) {
      pass(bytes)
      return
    }
    held += 1
    const due = delay(latency())
    last = last
      .then(() => due)
      .then(() => {
        held -= 1
        pass(bytes)
        return undefined
      })
  }
}

function flow({ near, far }: Pair, flows: boolean): void {
  for (const socket of [near, far]) {
    if (flows) socket.resume()
    else socket.pause()
  }
}
