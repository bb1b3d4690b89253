import { connect, type Socket } from 'node:net'
import { setTimeout as delay } from 'node:timers/promises'
import { english } from '../test/comments/ordinary/english.ts'

/** What is sent: comments to this address, each over one of so many connections that are kept, for so long. */
export interface Sending {
  port: number
  path: string
  clients: number
  seconds: number
}

/** What came back. */
export interface Sent {
  /** answered with 202 */
  taken: number
  /** answered with something else, as `status: how often` */
  others: Record<number, number>
  /** of the clock, from the first request to the last answer */
  seconds: number
  /** milliseconds that each answer took */
  took: number[]
}

// In a process of its own, so that the service has all of its own: told what to send, it answers with what came back.
process.on('message', (sending) => {
  void send(sendingOf(sending)).then((sent) => process.send?.(sent))
})
process.on('disconnect', () => process.exit())

/**
 * Every client sends its next comment when the last one is answered, as pgbench does. HTTP is written and read by hand,
 * because a client of Node's takes as much of a processor as the service.
 */
async function send({ port, path, clients, seconds }: Sending): Promise<Sent> {
  const sent: Sent = { taken: 0, others: {}, seconds: 0, took: [] }
  const head = `POST ${path} HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nContent-Type: application/json\r\nContent-Length: `
  const began = performance.now()
  const until = began + seconds * 1_000
  await Promise.all(Array.from({ length: clients }, () => client()))
  sent.seconds = (performance.now() - began) / 1_000
  return sent

  async function client(): Promise<void> {
    const socket = await connected(port)
    while (performance.now() < until) {
      const asked = performance.now()
      const body = JSON.stringify(aComment())
      socket.write(`${head}${Buffer.byteLength(body)}\r\n\r\n${body}`)
      const status = await answered(socket)
      sent.took.push(performance.now() - asked)
      if (status === 202) sent.taken += 1
      else {
        sent.others[status] = (sent.others[status] ?? 0) + 1
        await delay(10)
      }
    }
    socket.destroy()
  }
}

function connected(port: number): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const socket = connect({ port, host: '127.0.0.1', noDelay: true })
    socket.once('connect', () => resolve(socket))
    socket.once('error', reject)
  })
}

/** The status of the next answer, once all of it is there. */
function answered(socket: Socket): Promise<number> {
  return new Promise((resolve, reject) => {
    let answer = ''
    const read = (bytes: Buffer) => {
      answer += bytes.toString('latin1')
      const end = answer.indexOf('\r\n\r\n')
      const length = /content-length: (\d+)/i.exec(answer)?.[1]
      if (end < 0 || answer.length < end + 4 + Number(length)) return
      socket.off('data', read)
      socket.off('close', lost)
      resolve(Number(answer.slice(9, 12)))
    }
    const lost = () => reject(new Error('The service ended a connection.'))
    socket.on('data', read)
    socket.on('close', lost)
  })
}

/** About 300 characters: words that people write, at random, so that screening has much to compare and nothing to tell. */
function aComment(): { name: string; text: string } {
  const said = Array.from({ length: 51 }, () => words[Math.floor(Math.random() * words.length)])
  return { name: `Reader ${Math.floor(Math.random() * 2e9)}`, text: `${said.join(' ')}.` }
}

const words = [
  ...new Set(
    english.sentences
      .join(' ')
      .toLowerCase()
      .match(/[a-z’]+/g),
  ),
]

function sendingOf(message: unknown): Sending {
  const { port, path, clients, seconds }: Record<string, unknown> = Object(message)
  return { port: Number(port), path: String(path), clients: Number(clients), seconds: Number(seconds) }
}
