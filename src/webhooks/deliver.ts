import type { Database } from '../database/client.ts'
import type { Keyring } from '../http/keyring.ts'
import { type Called, call, type Reach } from './calling.ts'
import {
  dropDelivery,
  giveBack,
  settleDelivery,
  type TakenDelivery,
  type Tried,
  takeDelivery,
} from './queue-store.ts'
import { failingDays, pauseAfter } from './schedule.ts'
import { signedHeaders } from './signing.ts'
import { tell } from './tell.ts'

export interface DeliveringOptions {
  db: Database
  keys: Keyring
  baseUrl: string
  reach: Reach
  /** told of an endpoint that is told nothing more: its id, and why */
  onDisabled?: (webhook: string, because: 'gone' | 'failing') => void
}

/** Sends what is due, beside everything else. */
export interface Delivering {
  /** Looks whether something is due. Returns at once and never fails. */
  wake: () => void
  /** Waits until nothing is under way. */
  done: () => Promise<void>
  /** Takes nothing more, and waits a little for what is being sent; what has no answer by then is sent again. */
  stop: () => Promise<void>
}

/** Calls that are under way at once, in all and to one endpoint: a slow one holds up no other. */
const [mostAtOnce, mostEach] = [16, 4]

/** Seconds that nobody else tries what was taken: longer than any call takes. */
const lease = 60

/** Milliseconds for which stopping waits. */
const farewell = 3_000

/** Why a call is given up that is under way when the process stops. */
const leaving = Symbol('leaving')

interface TakenHere {
  delivery: TakenDelivery
  /** gives the call up */
  timer: AbortController
  over: () => void
}

/** Several processes may do this on one database: each delivery is tried by one of them. */
export function delivering(options: DeliveringOptions): Delivering {
  const { db } = options
  const lanes = new Set<Promise<void>>()
  const calls = new Map<string, Set<AbortController>>()
  let [wokenInVain, isStopping] = [false, false]
  let taking: Promise<unknown> = Promise.resolve()

  function wake(): void {
    if (isStopping) return
    wokenInVain = lanes.size >= mostAtOnce
    if (wokenInVain) return
    const lane = work()
      // The database is away: what was taken is due again when its lease ends.
      .catch(() => undefined)
      .finally(() => lanes.delete(lane))
    lanes.add(lane)
  }

  async function work(): Promise<void> {
    do {
      wokenInVain = false
      for (let taken = await take(); taken; taken = await take()) {
        // Where one was due there may be more.
        wake()
        await deliverTaken(options, taken.delivery, taken.timer).finally(taken.over)
      }
    } while (wokenInVain)
  }

  /** One after the other, so that each knows which endpoints are busy. */
  function take(): Promise<TakenHere | undefined> {
    const taken = taking.then(takeOne)
    taking = taken.catch(() => undefined)
    return taken
  }

  async function takeOne(): Promise<TakenHere | undefined> {
    if (isStopping) return undefined
    const busy = [...calls].filter(([, timers]) => timers.size >= mostEach).map(([id]) => id)
    const delivery = await takeDelivery(db.desk, lease, busy)
    if (!delivery) return undefined
    const { id } = delivery.webhook
    const timer = new AbortController()
    const timers = calls.get(id) ?? new Set()
    calls.set(id, timers.add(timer))
    const over = () => {
      timers.delete(timer)
      if (timers.size === 0) calls.delete(id)
    }
    return { delivery, timer, over }
  }

  function giveUp(): void {
    for (const timers of calls.values()) for (const timer of timers) timer.abort(leaving)
  }

  async function done(): Promise<void> {
    while (lanes.size > 0) await Promise.all(lanes)
  }

  return {
    wake,
    done,
    async stop() {
      isStopping = true
      const patience = setTimeout(giveUp, farewell)
      await done()
      clearTimeout(patience)
    },
  }
}

async function deliverTaken(
  { db, keys, baseUrl, reach, onDisabled }: DeliveringOptions,
  taken: TakenDelivery,
  timer: AbortController,
): Promise<void> {
  const { webhook, messageId, secrets, takenAt } = taken
  const body = await tell(db.desk, taken, baseUrl)
  if (body === undefined) return dropDelivery(db.desk, taken)

  const headers = {
    'content-type': 'application/json',
    'user-agent': 'Postbag',
    ...signedHeaders(keys, webhook.id, secrets, { id: messageId, at: takenAt, body }),
  }
  const called = await call({ url: webhook.url, headers, body }, reach, timer)
  if (timer.signal.reason === leaving) return giveBack(db.desk, taken)
  const because = await settleDelivery(db.desk, taken, triedAs(taken, called), failingDays)
  if (because) onDisabled?.(webhook.id, because)
}

/** Success is an answer of 2xx; a redirection is none, because it could lead the message elsewhere. */
function triedAs({ type, tries }: TakenDelivery, called: Called): Tried {
  const { ms, status = null, fault = null } = called
  const isDelivered = status !== null && status >= 200 && status < 300
  const asked = 'retryAfter' in called ? called.retryAfter : null
  const pause = isDelivered || status === 410 ? undefined : pauseAfter(type, tries + 1, Math.random(), asked)
  return { ms, status, fault, isDelivered, pause: pause ?? null }
}
