import { z } from 'zod'
import { english } from '../test/comments/ordinary/english.ts'
import { quantile } from './quantiles.ts'
import { type Wire, wire, written } from './wire.ts'

const Requests = z.discriminatedUnion('kind', [
  /** the same over and over: what nobody has to be asked about */
  z.object({ kind: z.literal('same'), path: z.string(), tag: z.string().optional() }),
  /** one article of so many after another, at {article} in the path */
  z.object({ kind: z.literal('in turn'), path: z.string(), articles: z.number() }),
  /** one article of so many at random, nine times out of ten one of the first few */
  z.object({ kind: z.literal('at random'), path: z.string(), articles: z.number(), hot: z.number() }),
  /** comments of readers, each another one */
  z.object({ kind: z.literal('comments'), path: z.string() }),
  /** approvals of the first versions of these comments, each once */
  z.object({ kind: z.literal('approvals'), ids: z.array(z.string()), key: z.string() }),
])
export type Requests = z.infer<typeof Requests>

/**
 * What is asked for, over so many connections that are kept, for so many seconds, unless there is nothing left to ask. Each
 * connection asks its next when its last one is answered.
 */
const Drive = z.object({ port: z.number(), connections: z.number(), seconds: z.number(), requests: Requests })
export type Drive = z.infer<typeof Drive>

/** How it was answered. */
export interface Driven {
  done: number
  /** of the clock, from the first request to the last answer */
  seconds: number
  /** milliseconds */
  p50: number
  p99: number
  statuses: Record<string, number>
}

// In a process of its own, so that the service has all of its own: told what to ask, it answers with what came back.
process.on('message', (drive) => {
  void driven(Drive.parse(drive)).then(
    (answers) => process.send?.(answers),
    (error: unknown) => process.send?.({ fault: String(error) }),
  )
})
process.on('disconnect', () => process.exit())

/** Everybody who asks comes from an address of their own, but for who asks the same again. */
let asked = 0
let articlesAsked = 0

async function driven({ port, connections, seconds, requests }: Drive): Promise<Driven> {
  const took: number[] = []
  const statuses: Record<string, number> = {}
  const next = nextOf(requests)
  const began = performance.now()
  const until = began + seconds * 1_000
  await Promise.all(Array.from({ length: connections }, (_, number) => converse(number)))
  return {
    done: took.length,
    seconds: (performance.now() - began) / 1_000,
    p50: quantile(took, 0.5),
    p99: quantile(took, 0.99),
    statuses,
  }

  function converse(number: number): Promise<void> {
    return new Promise((resolve, reject) => {
      const one: Wire = wire(port, false, reject)
      const step = () => {
        const request = performance.now() < until ? next(number) : undefined
        if (request === undefined) {
          one.end()
          return resolve()
        }
        const sent = performance.now()
        one.ask(request, ({ status }) => {
          took.push(performance.now() - sent)
          statuses[status] = (statuses[status] ?? 0) + 1
          step()
        })
      }
      step()
    })
  }
}

/** What a connection asks next; undefined when there is nothing left. */
function nextOf(requests: Requests): (connection: number) => Buffer | string | undefined {
  if (requests.kind === 'same') {
    const { path, tag } = requests
    const headers = { ...(tag !== undefined && { 'if-none-match': tag }) }
    const ready: Buffer[] = []
    return (number) => (ready[number] ??= Buffer.from(written('GET', path, number, { headers })))
  }
  if (requests.kind === 'comments') {
    return () =>
      written('POST', requests.path, (asked += 1), {
        body: JSON.stringify(aComment()),
      })
  }
  if (requests.kind === 'approvals') {
    const left = requests.ids.toReversed()
    const headers = { authorization: `Bearer ${requests.key}`, 'if-match': '"1"' }
    return () => {
      const id = left.pop()
      if (id === undefined) return undefined
      const body = '{"action":"approve"}'
      return written('POST', `/v1/moderation/comments/${id}/decisions`, (asked += 1), { headers, body })
    }
  }
  return () => {
    const article = articleOf(requests)
    return written('GET', requests.path.replace('{article}', `article-${article}`), (asked += 1))
  }
}

function articleOf(requests: Extract<Requests, { kind: 'in turn' | 'at random' }>): number {
  if (requests.kind === 'in turn') return 1 + ((articlesAsked += 1) % requests.articles)
  const { articles, hot } = requests
  const isHot = Math.random() < 0.9
  return 1 + (isHot ? below(hot) : hot + below(articles - hot))
}

function below(most: number): number {
  return Math.floor(Math.random() * most)
}

/** About 300 characters: words that people write, at random, so that screening has much to compare and nothing to tell. */
function aComment(): { name: string; text: string } {
  const said = Array.from({ length: 51 }, () => words[below(words.length)])
  return { name: `Reader ${below(2e9)}`, text: `${said.join(' ')}.` }
}

const words = [
  ...new Set(
    english.sentences
      .join(' ')
      .toLowerCase()
      .match(/[a-z’]+/g),
  ),
]
