import cluster, { type Worker } from 'node:cluster'
import { once } from 'node:events'
import { setTimeout as delay } from 'node:timers/promises'
import { z } from 'zod'

/** What a worker has to know that is not in its settings. */
const Orders = z.strictObject({
  /** its place, from 1: one that replaces another has the same */
  worker: z.int().min(1),
  databaseUrl: z.string(),
})
export type Orders = z.infer<typeof Orders>

/** In a worker, what it is told when it asks; undefined in the process that begins. */
export async function orders(): Promise<Orders | undefined> {
  if (!cluster.isWorker) return undefined
  const answer = once(process, 'message')
  process.send?.('which orders')
  const [given] = await answer
  return Orders.parse(given)
}

export interface WorkersOptions {
  count: number
  /** the file of the program, which asks for its `orders` */
  program: string
  databaseUrl: string
  /** told of one that ended by itself, and after how many milliseconds another one begins in its place */
  onEnd: (ended: Ended & { worker: number; next: number }) => void
}

export interface Workers {
  /** Begins all; rejects where the first one, which shows whether the service can be started at all, does not listen. */
  begin: () => Promise<void>
  /** Stops all in order. */
  stop: () => Promise<void>
}

interface Ended {
  code: number
  signal: string | null
}

/** Who lives for less than this, in milliseconds, is replaced after a pause: a longer one each time, up to the longest. */
const infancy = 10_000
const [pause, longestPause] = [500, 10_000]

/** Processes that serve on the same port; each that ends is replaced. */
export function workers({ count, program, databaseUrl, onEnd }: WorkersOptions): Workers {
  const stopping = new AbortController()
  const { signal } = stopping
  const living = new Set<Worker>()
  const places: Promise<void>[] = []

  /** Tells whether it came to listen. */
  function begin(place: number): Promise<boolean> {
    return new Promise((resolve) => {
      places.push(keep(place, resolve))
    })
  }

  async function keep(place: number, tell: (listens: boolean) => void): Promise<void> {
    for (let stillborn = 0; !signal.aborted; ) {
      const beganAt = performance.now()
      const ended = await live(place, tell)
      tell(false)
      if (signal.aborted) return
      stillborn = performance.now() - beganAt < infancy ? stillborn + 1 : 0
      const next = stillborn === 0 ? 0 : Math.min(longestPause, pause * 2 ** (stillborn - 1))
      onEnd({ worker: place, ...ended, next })
      await delay(next, undefined, { signal }).catch(() => undefined)
    }
  }

  /** One worker's life. */
  function live(place: number, tell: (listens: boolean) => void): Promise<Ended> {
    return new Promise((end) => {
      const worker = cluster.fork()
      living.add(worker)
      worker.on('error', () => undefined)
      worker.on('message', () => worker.send({ worker: place, databaseUrl } satisfies Orders))
      worker.on('listening', () => tell(true))
      worker.on('exit', (code, by) => {
        living.delete(worker)
        end({ code, signal: by })
      })
    })
  }

  async function stop(): Promise<void> {
    stopping.abort()
    for (const worker of living) worker.process.kill('SIGTERM')
    await Promise.all(places)
  }

  return {
    async begin() {
      // They take connections from the kernel themselves. One that were handed over while its worker dies would hang.
      cluster.schedulingPolicy = cluster.SCHED_NONE
      cluster.setupPrimary({ exec: program, args: [] })
      if (!(await begin(1))) {
        await stop()
        throw new Error('The first worker ended; it says why above.')
      }
      await Promise.all(Array.from({ length: count - 1 }, (_, at) => begin(at + 2)))
    },
    stop,
  }
}
