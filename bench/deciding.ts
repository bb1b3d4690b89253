import { join } from 'node:path'
import { aModerator, aSite } from './desk.ts'
import { type Effort, type Figure, turnsOf } from './figures.ts'
import { scriptRunner } from './pgbench.ts'
import { onStage } from './stage.ts'
import { compared, onlyAnswered, type Turn } from './turns.ts'

/** Moderators at the same time. */
const clients = [1, 8] as const
const atLeast = 0.6
const script = join(import.meta.dirname, 'yardsticks/decision.sql')

/**
 * Approving over HTTP with a person's key, from another process, against pgbench, which writes the same rows on the same
 * durable server with as many clients; in turns. What is asked for is how many are approved in each turn, 2,000 by default.
 */
export async function benchDeciding(effort: Effort): Promise<Figure[]> {
  const { rounds } = turnsOf(effort, 0)
  const each = effort.isSmoke ? 48 : Math.ceil(Number(effort.asked ?? 2_000) / 8) * 8
  const runScript = await scriptRunner(effort.isSmoke)
  return onStage({}, async (stage) => {
    const { owner, databaseUrl } = stage
    const service = await stage.service()
    await aSite(service)
    const { person, key } = await aModerator(service, 'bench')
    await stage.crowd({ site: 'bench', waiting: 2 * (1 + rounds * clients.length) * each })
    await owner.query('create schema bench')
    await owner.query('create table bench.to_decide (nth bigint primary key, comment_id uuid not null)')
    await owner.query('create sequence bench.decided')
    await owner.query(
      `create table bench.decider as
         select person_id, id as key_id from access_key where person_id = '${person}'`,
    )

    async function ours(connections: number): Promise<Turn> {
      const requests = { kind: 'approvals', ids: await nextToDecide(), key } as const
      return checked(async () =>
        onlyAnswered(201, await stage.drive({ port: service.port, connections, seconds: 600, requests })),
      )
    }
    async function theirs(many: number): Promise<Turn> {
      await owner.query('truncate bench.to_decide')
      await owner.query('alter sequence bench.decided restart')
      await owner.query(
        'insert into bench.to_decide select nth, id from unnest($1::uuid[]) with ordinality as one (id, nth)',
        [await nextToDecide()],
      )
      await owner.query('analyze bench.to_decide')
      return checked(() => runScript(databaseUrl, { script, clients: many, timesEach: each / many }))
    }
    async function nextToDecide(): Promise<string[]> {
      await owner.query('checkpoint')
      const { rows } = await owner.query<{ id: string }>(
        'select comment_id as id from waiting order by position limit $1',
        [each],
      )
      return rows.map(({ id }) => id)
    }
    /** Every decision that was made is there, and no other. */
    async function checked(take: () => Promise<Turn>): Promise<Turn> {
      const before = await published()
      const turn = await take()
      const now = await published()
      if (turn.done !== each || now - before !== each)
        throw new Error(`${turn.done} of ${each} were decided, ${now - before} are published.`)
      return turn
    }
    async function published(): Promise<number> {
      const { rows } = await owner.query<{ many: number }>(
        `select count(*)::int as many from comment c join move m on m.comment_id = c.id and m.seq = c.seq
          where c.status = 'published' and m.person_id = $1`,
        [person],
      )
      return rows[0]?.many ?? Number.NaN
    }

    await ours(8)
    await theirs(8)
    const figures: Figure[] = []
    for (const many of clients) {
      figures.push(
        await compared(rounds, {
          what: `moderators: ${many}`,
          atLeast,
          ours: () => ours(many),
          theirs: () => theirs(many),
        }),
      )
    }
    return figures
  })
}
