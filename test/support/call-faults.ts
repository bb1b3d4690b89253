import { mock } from 'node:test'
import { Client } from 'pg'

/**
 * How a call of the database fails. `cut`: the connection ends before the statement is sent. `unheard`: after it was
 * carried out, before anybody heard so. The others are PostgreSQL's own errors: a transaction that could not be
 * serialized (40001), a statement that took too long (57014).
 */
export const callFaults = ['cut', 'serialization', 'timeout', 'unheard'] as const
export type CallFault = (typeof callFaults)[number]

export interface FaultyRun<T> {
  result: T
  /** calls of the database, one that failed counted in */
  calls: number
}

/**
 * Runs a story in which the `at`th call of the database (from 1) fails once; none for 0. Every statement counts, `begin`
 * and `commit` as well.
 */
export async function withFaultAt<T>(
  at: number,
  fault: CallFault,
  story: () => Promise<T>,
): Promise<FaultyRun<T>> {
  const send: unknown = Reflect.get(Client.prototype, 'query')
  if (typeof send !== 'function') throw new Error('a client that cannot ask')
  const ask = send
  let calls = 0
  const query = mock.method(Client.prototype, 'query', function (this: Client, ...given: unknown[]) {
    calls += 1
    return calls === at ? failing(this, ask, given, fault) : Reflect.apply(ask, this, given)
  })
  try {
    return { result: await story(), calls }
  } finally {
    query.mock.restore()
  }
}

function failing(client: Client, ask: Function, given: unknown[], fault: CallFault): unknown {
  if (fault === 'cut') {
    end(client)
    return Reflect.apply(ask, client, given)
  }
  if (fault === 'unheard') return unheard(client, ask, given)
  const callback = given.findLast((one) => typeof one === 'function')
  const state = fault === 'timeout' ? '57014' : '40001'
  // PostgreSQL's own error, so that whatever is under way there ends as it does.
  const raise = { text: `do $$ begin raise exception 'as if' using errcode = '${state}'; end $$` }
  return Reflect.apply(ask, client, callback === undefined ? [raise] : [raise, callback])
}

function unheard(client: Client, ask: Function, given: unknown[]): unknown {
  const lost = new Error('Connection terminated unexpectedly')
  const at = given.findLastIndex((one) => typeof one === 'function')
  const tell = given[at]
  if (typeof tell !== 'function') {
    return Promise.resolve(Reflect.apply(ask, client, given)).then(() => {
      end(client)
      throw lost
    })
  }
  const told = () => {
    end(client)
    Reflect.apply(tell, undefined, [lost])
  }
  return Reflect.apply(ask, client, given.with(at, told))
}

/** Ends the connection as a network does. */
function end(client: Client): void {
  const connection: unknown = Reflect.get(client, 'connection')
  const stream: unknown =
    typeof connection === 'object' && connection !== null ? Reflect.get(connection, 'stream') : undefined
  if (typeof stream !== 'object' || stream === null || !('destroy' in stream))
    throw new Error('no connection')
  if (typeof stream.destroy === 'function') stream.destroy()
}
