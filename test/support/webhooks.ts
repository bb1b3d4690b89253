import { setTimeout as pause } from 'node:timers/promises'
import { keyring } from '../../src/http/keyring.ts'
import type { Reach } from '../../src/webhooks/calling.ts'
import { type Delivering, delivering } from '../../src/webhooks/deliver.ts'
import { replayEvents } from '../../src/webhooks/queue-store.ts'
import { ask, type House, testBaseUrl, testSecret } from './house.ts'
import { type Answering, openReceiver, type Received, type Receiver } from './receiver.ts'

/** Says that it has arrived. */
export const arrived: Answering = (_received, answer) => {
  answer.writeHead(204).end()
}

export function answering(status: number, headers: Record<string, string> = {}): Answering {
  return (_received, answer) => {
    answer.writeHead(status, headers).end('something that nobody reads')
  }
}

/** A receiver with an endpoint that leads there. */
export interface Endpoint extends Receiver {
  id: string
  secret: string
  /** what it was told, in the order in which it came */
  told(): Message[]
  /** only the types, sorted */
  types(): string[]
}

export interface Message {
  id: string
  type: string
  timestamp: string
  // What a test looks for in it, it says itself.
  data: Record<string, never>
}

export async function anEndpoint(
  house: House,
  settings: { site?: string | null; events: string[]; moderation?: boolean },
  answers: Answering = arrived,
): Promise<Endpoint> {
  const receiver = await openReceiver(answers)
  const made = await ask(house, 'POST', '/v1/webhooks', {
    key: house.admin,
    body: { url: receiver.url, ...settings },
  })
  expect(made).toMatchObject({ status: 201 })
  const told = () => receiver.received.map(messageOf)
  return {
    ...receiver,
    id: made.body.id,
    secret: made.body.secret,
    told,
    types: () =>
      told()
        .map(({ type }) => type)
        .toSorted(),
  }
}

export function messageOf({ headers, body }: Received): Message {
  return { id: String(headers['webhook-id']), ...JSON.parse(body) }
}

/** A process that delivers. */
export function aNode(house: House, reach: Partial<Reach> = {}): Delivering {
  return delivering({
    db: house.db,
    keys: keyring(testSecret),
    baseUrl: testBaseUrl,
    reach: { isPrivateAllowed: true, ...reach },
  })
}

/** Sends all that is due by now. */
export async function tellAll(house: House, reach: Partial<Reach> = {}): Promise<void> {
  await replayEvents(house.db.desk, 500)
  const node = aNode(house, reach)
  node.wake()
  await node.done()
}

export async function until(holds: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await holds())) await pause(10)
}
