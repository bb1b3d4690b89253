import { setTimeout as delay } from 'node:timers/promises'

/** Things that were opened, to be closed in the opposite order, whatever happens. */
const opened: (() => Promise<unknown>)[] = []

/** Something that has to be closed before the process ends. */
export function closeLater(close: () => Promise<unknown>): void {
  opened.push(close)
}

/** What still answers when it is told to stop, and for how many seconds. */
export interface Draining {
  app?: { drain: () => void }
  drainFor?: number
}

/** Says that it is about to stop, and answers on until whoever sends requests here has heard of it. */
export async function drain({ app, drainFor = 0 }: Draining): Promise<void> {
  if (!app) return
  app.drain()
  await delay(drainFor * 1_000)
}

export async function closeAll(): Promise<void> {
  for (const close of opened.splice(0).toReversed()) await close().catch(() => undefined)
}

/**
 * Stops when told to, or after a fault of the program: readiness says no (`drained`) until nobody sends anything here any
 * more, what was asked is still answered, then all that was opened is closed. npm passes on a signal that the terminal has sent already, so an echo is not a second
 * command.
 */
export function stopWhenTold(drained: () => Promise<void>, onFault: (fault: Error) => void): void {
  let toldAt: number | undefined
  const stop = async (fault?: Error) => {
    if (fault) onFault(fault)
    if (toldAt !== undefined && (fault || performance.now() - toldAt > 1_000)) process.exit(1)
    if (toldAt !== undefined) return
    toldAt = performance.now()
    if (!fault) await drained()
    setTimeout(() => process.exit(1), 20_000).unref()
    await closeAll()
    process.exit(fault ? 1 : 0)
  }
  process.on('SIGINT', () => void stop())
  process.on('SIGTERM', () => void stop())
  process.on('uncaughtException', (fault) => void stop(fault))
}
