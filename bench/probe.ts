import { type Hold, now, since } from './holds.ts'

/**
 * Loaded into the service's process before the service (`node --import`): how long its event loop is held, seen by a
 * timer of one millisecond that comes late. Told `reset` it begins anew; told `read` it answers with the longest hold.
 */
const interval = 1
let longest: Hold = { wall: 0, busy: 0 }
let before = now()
tick()

process.on('message', (order) => {
  if (order === 'reset') longest = { wall: 0, busy: 0 }
  // Not before the next turn, or a hold that goes on would be missed.
  setTimeout(() => process.send?.(longest), 5 * interval)
})
// Whoever measured is gone: nobody else would stop the service.
process.on('disconnect', () => process.kill(process.pid, 'SIGTERM'))
process.channel?.unref()

function tick(): void {
  const { wall, busy } = since(before)
  if (busy > longest.busy) longest = { wall: wall - interval, busy: Math.min(busy, wall - interval) }
  before = now()
  setTimeout(tick, interval).unref()
}
