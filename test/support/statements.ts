import { mock } from 'node:test'
import { Client } from 'pg'

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
