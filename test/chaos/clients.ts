import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { closeSync, openSync, readSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { StringDecoder } from 'node:string_decoder'
import { setTimeout as delay } from 'node:timers/promises'
import { end } from '../with-services/postgres.ts'
import type { Entry } from './ledger.ts'
import type { ClientOrders, Order } from './orders.ts'

/** A process of clients, as whoever started it sees it. */
export interface Clients {
  go(): void
  /** Waits until everything that was begun is certain, or given up. */
  settle(): Promise<void>
  /** what it has written down since this was asked last */
  news(): Entry[]
  kill(): Promise<void>
}

/** Milliseconds after which whatever is still not certain never will be. */
const patience = 60_000

export async function startClients(orders: ClientOrders): Promise<Clients> {
  writeFileSync(orders.ledger, '')
  const program = join(import.meta.dirname, 'client.ts')
  const running = spawn(
    process.execPath,
    ['--import', import.meta.resolve('tsx'), program, JSON.stringify(orders)],
    { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] },
  )
  const send = (order: Order) => running.send(order)
  await once(running, 'message')
  const news = newLinesOf(orders.ledger)
  return {
    go: () => void send('go'),
    async settle() {
      const settled = once(running, 'message').then(() => true)
      send('settle')
      const isSettled = await Promise.race([settled, delay(patience, false, { ref: false })])
      if (!isSettled) throw new Error('The clients did not come to an end.')
    },
    news: () => news().map((line): Entry => JSON.parse(line)),
    kill: () => end(running, 'SIGKILL'),
  }
}

/** Gives the whole lines that a file has got since it was asked last. */
function newLinesOf(file: string): () => string[] {
  const descriptor = openSync(file, 'r')
  const buffer = Buffer.alloc(2 ** 20)
  let position = 0
  let rest = ''
  const decoder = new StringDecoder()
  process.once('exit', () => closeSync(descriptor))
  return () => {
    for (;;) {
      const length = readSync(descriptor, buffer, 0, buffer.length, position)
      if (length === 0) break
      position += length
      rest += decoder.write(buffer.subarray(0, length))
    }
    const lines = rest.split('\n')
    rest = lines.pop() ?? ''
    return lines.filter((line) => line !== '')
  }
}
