import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { aSite, commentsOn, must, withKey } from './desk.ts'
import type { Requests } from './driving.ts'
import { type Effort, type Figure, medianOf, turnsOf } from './figures.ts'
import type { Service } from './service.ts'
import { onStage } from './stage.ts'
import { compared, meanwhile, onlyAnswered, type Turn } from './turns.ts'

const connections = 32
const path = commentsOn('news')
const anyArticle = commentsOn('{article}')

/**
 * Reading a page of 50 comments of 300 characters, from another process, of the service as it is in production, against
 * a bare Fastify route that answers the same bytes from a Buffer; in turns. Then how soon another process knows of a
 * decision. What is asked for is how many seconds each turn lasts, 5 by default.
 */
export async function benchReading(effort: Effort): Promise<Figure[]> {
  const { rounds, seconds } = turnsOf(effort, 5)
  // As many articles as their pages do not fit into memory: 64 MB have room for about 1,400 of these, 1 MB for 20.
  const { articles, hot } = effort.isSmoke ? { articles: 60, hot: 6 } : { articles: 10_000, hot: 1_000 }
  const options = effort.isSmoke ? { settings: { POSTBAG_CACHE_MB: '1' } } : {}
  return onStage({}, async (stage) => {
    const service = await stage.service(options)
    const another = await stage.service(options)
    await aSite(service, { publishDelay: 0 })
    const changing = await fill(service)
    const { headers, body } = await service.ask({
      method: 'GET',
      path,
      headers: { 'accept-encoding': 'identity' },
    })
    const page = join(stage.folder, 'page.json')
    await writeFile(page, body)
    const buffer = await stage.yardstick('buffer.mjs', page)
    const query = await stage.yardstick('query.mjs', stage.databaseUrl, 'bench')

    const drive =
      (port: number, requests: Requests, expected = 200) =>
      async (): Promise<Turn> =>
        onlyAnswered(expected, await stage.drive({ port, connections, seconds, requests }))
    const ours = drive(service.port, { kind: 'same', path })
    const theirs = drive(buffer, { kind: 'same', path: '/' })
    const tag = String(headers.get('etag'))
    const inTurn = drive(service.port, { kind: 'in turn', path: anyArticle, articles })
    const atRandom = drive(service.port, { kind: 'at random', path: anyArticle, articles, hot })

    const warm = [
      await compared(rounds, { what: 'a page', atLeast: 0.9, ours, theirs }),
      await compared(rounds, {
        what: '304',
        atLeast: 0.9,
        ours: drive(service.port, { kind: 'same', path, tag }, 304),
        theirs: drive(buffer, { kind: 'same', path: '/', tag: '"the-only-one"' }, 304),
      }),
      await compared(rounds, {
        what: 'a page, with 10 decisions a second on it',
        atLeast: 0.85,
        ours: () => meanwhile(ours, () => changing(service)),
        theirs,
      }),
    ]
    const soon = await howSoon(service, another, changing, effort.isSmoke ? 2 : 50)
    await stage.crowd({ site: 'bench', published: { articles, each: 50 }, length: 300 })
    await atRandom()
    return [
      ...warm,
      await compared(rounds, { what: 'many articles, most of them seldom', ours: atRandom, theirs }),
      await compared(rounds, { what: 'a page that is not in memory', ours: inTurn, theirs }),
      await compared(rounds, {
        what: 'a page that is not in memory, against a plain query',
        ours: inTurn,
        theirs: drive(query, { kind: 'in turn', path: '/{article}', articles }),
      }),
      soon,
    ]
  })
}

/** Changes what the article shows, once. */
type Changing = (through: Service) => Promise<void>

/** Fills an article with 50 comments that show; what it gives takes a 51st away, and shows it again, in turns. */
async function fill(service: Service): Promise<Changing> {
  const decide = (id: string, version: number, decision: unknown, through: Service) =>
    must(
      through,
      withKey(service.admin, 'POST', `/v1/moderation/comments/${id}/decisions`, decision, version),
    )
  let last = ''
  for (let made = 0; made <= 50; made += 1) {
    const text = `Comment ${made} says something of ordinary length. `.repeat(9).slice(0, 300)
    const sent = withKey(service.admin, 'POST', path, { name: `Reader ${made}`, text })
    last = JSON.parse(await must(service, sent)).id
    if (made < 50) await decide(last, 1, { action: 'approve' }, service)
  }
  let version = 1
  return async (through) => {
    const shows = version === 1 ? { action: 'approve' } : { action: 'restore', revision: 1 }
    const gone = { action: 'unpublish', rules: ['respect'] }
    await decide(last, version, version % 2 === 1 ? shows : gone, through)
    version += 1
  }
}

/** How many milliseconds after a decision through one process another one shows what came of it. */
async function howSoon(
  service: Service,
  another: Service,
  changing: Changing,
  times: number,
): Promise<Figure> {
  const tagOf = async () => (await another.ask({ method: 'GET', path })).headers.get('etag')
  const took: number[] = []
  for (let round = 0; round < times; round += 1) {
    const before = await tagOf()
    await changing(service)
    const decided = performance.now()
    while ((await tagOf()) === before)
      if (performance.now() - decided > 10_000) throw new Error('Another process is not told of a decision.')
    took.push(performance.now() - decided)
  }
  return {
    what: 'until another process shows a decision',
    ...medianOf(took, 'ms'),
    aim: { atMost: 2_000 },
    details: { decisions: times },
  }
}
