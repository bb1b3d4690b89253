import { once } from 'node:events'
import { openLedger } from './ledger.ts'
import { lives } from './lives.ts'
import { ClientOrders, Order } from './orders.ts'

// A process of clients: lives of comments as fast as they go, from one order to the next. What it was started with is its
// only argument.

const { ledger: file, atOnce, ...more } = ClientOrders.parse(JSON.parse(process.argv[2] ?? '{}'))
const ledger = openLedger(file)
const { live, close } = lives({ ...more, ledger })
const state = { goes: false }
let under: Promise<void>[] = []
process.send?.('settled')

for (;;) {
  const [said] = await once(process, 'message')
  const order = Order.parse(said)
  if (order === 'go') {
    state.goes = true
    under = Array.from({ length: atOnce }, goOn)
  } else {
    state.goes = false
    await Promise.all(under)
    await ledger.sync()
    if (order === 'end') break
    process.send?.('settled')
  }
}
close()
ledger.close()
process.disconnect()

async function goOn(): Promise<void> {
  while (state.goes) await live()
}
