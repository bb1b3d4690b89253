import type { Client } from 'pg'
import { untilSettled } from './behind.ts'
import { aModerator, aSite, commentsOn } from './desk.ts'
import type { Driven, Requests } from './driving.ts'
import type { Effort, Figure } from './figures.ts'
import { secondsOf, secondsOfServer } from './processors.ts'
import type { Service } from './service.ts'
import { onStage, type Stage } from './stage.ts'
import { onlyAnswered } from './turns.ts'

/** Processor time and room that one of each costs; what capacity is planned with. */
export const costs = {
  page: 'a page from memory',
  known: 'a 304 from memory',
  built: 'a page from PostgreSQL',
  comment: 'a comment, until it is screened and can be found',
  decision: 'an approval',
  room: 'a comment in the database',
  log: "a comment in PostgreSQL's write-ahead log",
} as const

interface Spent {
  done: number
  /** seconds of processors */
  service: number
  postgres: number
}

/**
 * What one of everything costs the service and PostgreSQL, in processor time, which hangs less on what else the machine
 * does than how many there are a second. What is asked for is how many seconds each lasts, 8 by default.
 */
export async function benchCosts({ asked, isSmoke }: Effort): Promise<Figure[]> {
  const seconds = isSmoke ? 0.5 : Number(asked ?? 8)
  const articles = isSmoke ? 60 : 2_000
  return onStage({}, async (stage) => {
    const service = await stage.service({ settings: { POSTBAG_CACHE_MB: '1' } })
    await aSite(service, { publishDelay: 0 })
    const { key } = await aModerator(service, 'bench')
    await stage.crowd({ site: 'bench', published: { articles, each: 50 }, length: 300 })
    const ask = (expected: number, connections: number, requests: Requests) => async () =>
      onlyAnswered(expected, await stage.drive({ port: service.port, connections, seconds, requests }))
    const spent = (what: () => Promise<Driven>) => spentOn(stage, service, what)

    const path = commentsOn('article-1')
    const tag = (await service.ask({ method: 'GET', path, headers: { 'accept-encoding': 'identity' } }))
      .headers
    const anyArticle = commentsOn('{article}')
    const page = await spent(ask(200, 32, { kind: 'same', path }))
    const known = await spent(ask(304, 32, { kind: 'same', path, tag: String(tag.get('etag')) }))
    const built = await spent(ask(200, 32, { kind: 'in turn', path: anyArticle, articles }))

    await ask(202, 64, { kind: 'comments', path: commentsOn('news') })()
    await untilSettled(stage.owner)
    const before = await sizes(stage.owner)
    const comment = await spent(async () => {
      const sent = await ask(202, 64, { kind: 'comments', path: commentsOn('news') })()
      await untilSettled(stage.owner)
      return sent
    })
    const after = await sizes(stage.owner)
    const { rows } = await stage.owner.query<{ id: string }>(
      'select comment_id as id from waiting order by position limit $1',
      [isSmoke ? 48 : 2_000],
    )
    const ids = rows.map(({ id }) => id)
    const decision = await spent(ask(201, 8, { kind: 'approvals', ids, key }))
    return [
      figure(costs.page, page),
      figure(costs.known, known),
      figure(costs.built, built),
      figure(costs.comment, comment),
      figure(costs.decision, decision),
      room(costs.room, (after.tables - before.tables) / comment.done),
      room(costs.log, (after.log - before.log) / comment.done),
    ]
  })
}

async function spentOn(stage: Stage, service: Service, what: () => Promise<Driven>): Promise<Spent> {
  const look = async () => [await secondsOf(service.pid), await secondsOfServer(stage.owner)] as const
  const [serviceBefore, postgresBefore] = await look()
  const { done } = await what()
  const [serviceAfter, postgresAfter] = await look()
  return { done, service: serviceAfter - serviceBefore, postgres: postgresAfter - postgresBefore }
}

function figure(what: string, { done, service, postgres }: Spent): Figure {
  const each = (seconds: number) => Number(((seconds * 1_000) / done).toPrecision(3))
  return {
    what,
    figure: each(service + postgres),
    unit: 'ms',
    details: { 'of the service': each(service), 'of PostgreSQL': each(postgres), done },
  }
}

function room(what: string, bytes: number): Figure {
  return { what, figure: bytes / 1_000, unit: 'kB', details: { 'text, characters': 300 } }
}

async function sizes(owner: Client): Promise<{ tables: number; log: number }> {
  await owner.query('checkpoint')
  const { rows } = await owner.query<{ tables: number; log: number }>(
    `select pg_database_size(current_database())::float8 as tables,
            (pg_current_wal_insert_lsn() - '0/0')::float8 as log`,
  )
  return rows[0] ?? { tables: Number.NaN, log: Number.NaN }
}
