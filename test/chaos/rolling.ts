import { randomBytes, randomInt } from 'node:crypto'
import { setTimeout as delay } from 'node:timers/promises'
import { patiently } from '../with-services/postgres.ts'
import type { TestService } from '../with-services/processes.ts'
import { type Asked, asker, type Said } from './asking.ts'
import { listOf, steady } from './lives.ts'

/** Whoever spreads requests over the services that say that they are ready. */
interface Balancer {
  /** asks one of them, once */
  ask(asked: Asked): Promise<Said>
  /** what it sends requests to from now on, as long as that says that it is ready */
  add(service: TestService): void
  remove(service: TestService): void
  close(): void
}

/** Milliseconds between two questions whether a service is ready, as somebody in front of it asks. */
const beat = 250

/** As a proxy in front does it: by the answers of `/readyz`, over connections that it keeps, and without a second try. */
function balancer(): Balancer {
  const { ask, close } = asker()
  const watched = new Map<TestService, { isReady: boolean; timer: NodeJS.Timeout }>()
  let turn = 0

  function add(service: TestService): void {
    const state = { isReady: false, timer: setInterval(() => void look(), beat) }
    watched.set(service, state)
    async function look(): Promise<void> {
      state.isReady = (await ask(service.port, { method: 'GET', path: '/readyz' })).status === 200
    }
  }

  return {
    add,
    remove(service) {
      clearInterval(watched.get(service)?.timer)
      watched.delete(service)
    },
    async ask(asked) {
      const ready = [...watched].filter(([, { isReady }]) => isReady)
      const [next] = ready[(turn += 1) % Math.max(1, ready.length)] ?? []
      return next ? ask(next.port, asked) : { status: 0, body: {}, fault: 'nobody is ready' }
    },
    close() {
      for (const { timer } of watched.values()) clearInterval(timer)
      close()
    },
  }
}

export interface RollingOutcome {
  requests: number
  /** how often each kind of request was answered how */
  answers: Record<string, number>
  /** what was answered by no success, a sentence each */
  failures: string[]
}

/**
 * Stops each of the services in order and starts its successor, one after the other, while at least so many requests are
 * made of those that are ready. Each is made once.
 */
export async function rollingRestart(
  pairs: readonly { old: TestService; next: TestService }[],
  { key, requests }: { key: string; requests: number },
): Promise<RollingOutcome> {
  const front = balancer()
  for (const { old } of pairs) front.add(old)
  const answers = new Map<string, number>()
  const failures: string[] = []
  const state = { made: 0, isOver: false }

  async function send(what: string, asked: Asked): Promise<Said> {
    state.made += 1
    const said = await front.ask(asked)
    const told = `${what} ${said.status}`
    answers.set(told, (answers.get(told) ?? 0) + 1)
    if (said.status < 200 || said.status >= 300) {
      const why = typeof said.body['code'] === 'string' ? said.body['code'] : (said.fault ?? '')
      failures.push(`${told} ${why}`)
    }
    return said
  }

  async function someone(): Promise<void> {
    while (!state.isOver || state.made < requests) {
      await send('read', { method: 'GET', path: listOf('swift', steady) })
      await send('page', { method: 'GET', path: `/swift/articles/${steady}` })
      const submitted = await send('submit', {
        method: 'POST',
        path: listOf('swift', steady),
        headers: { 'idempotency-key': randomBytes(24).toString('base64url') },
        body: { text: `During a restart: ${randomBytes(8).toString('hex')}.` },
      })
      await send('receipt', {
        method: 'GET',
        path: '/v1/receipt',
        headers: { authorization: `Bearer ${String(submitted.body['receipt'])}` },
      })
      if (randomInt(4) === 0)
        await send('decide', {
          method: 'POST',
          path: `/v1/moderation/comments/${String(submitted.body['id'])}/decisions`,
          headers: { authorization: `Bearer ${key}`, 'if-match': '"1"' },
          body: { action: 'approve' },
        })
      else
        await send('queue', {
          method: 'GET',
          path: '/v1/moderation/queue?site=swift&limit=5',
          headers: { authorization: `Bearer ${key}` },
        })
    }
  }

  await patiently(
    'the services are found ready',
    async () => (await front.ask({ method: 'GET', path: '/livez' })).status === 200,
  )
  const all = Promise.all(Array.from({ length: 16 }, someone))
  const share = requests / (pairs.length + 1)
  for (const [at, { old, next }] of pairs.entries()) {
    await patiently('requests go on', () => state.made >= share * (at + 1) || failures.length > 100)
    await old.end('SIGTERM')
    front.remove(old)
    await next.start()
    front.add(next)
    // Until it is found ready, and gets its share.
    await delay(4 * beat)
  }
  state.isOver = true
  await all
  front.close()
  return {
    requests: state.made,
    answers: Object.fromEntries([...answers].toSorted(([one], [other]) => (one < other ? -1 : 1))),
    failures,
  }
}
