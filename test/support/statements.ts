import { mock } from 'node:test'
import { Client } from 'pg'

/** How often, while `story` runs, this process waits for the database: statements that are under way at once count once. */
export async function waitsDuring(story: () => Promise<unknown>): Promise<number> {
  const send: unknown = Reflect.get(Client.prototype, 'query')
  if (typeof send !== 'function') throw new Error('a client that cannot ask')
  let [waits, underWay] = [0, 0]
  const query = mock.method(Client.prototype, 'query', function (this: Client, ...given: unknown[]) {
    if (underWay === 0) waits += 1
    underWay += 1
    const done = () => {
      underWay -= 1
    }
    const callback = given.findLastIndex((one) => typeof one === 'function')
    if (callback < 0) return Promise.resolve(Reflect.apply(send, this, given)).finally(done)
    const tell = given[callback]
    const answered = (...answer: unknown[]) => {
      done()
      if (typeof tell === 'function') Reflect.apply(tell, undefined, answer)
    }
    return Reflect.apply(send, this, given.with(callback, answered))
  })
  try {
    await story()
    return waits
  } finally {
    query.mock.restore()
  }
}

/** The SQL that this process sends while `story` runs, statement by statement. */
export async function statementsDuring(story: () => Promise<unknown>): Promise<string[]> {
  const sent: string[] = []
  const query = mock.method(Client.prototype, 'query')
  try {
    await story()
    for (const { arguments: given } of query.mock.calls) sent.push(textOf(given[0]))
  } finally {
    query.mock.restore()
  }
  return sent
}

function textOf(asked: unknown): string {
  if (typeof asked === 'string') return asked
  const text: unknown = typeof asked === 'object' && asked !== null ? Reflect.get(asked, 'text') : undefined
  return typeof text === 'string' ? text : 'a statement of another kind'
}
