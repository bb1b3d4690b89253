import { join } from 'node:path'
import { untilSettled } from './behind.ts'
import { aSite, commentsOn } from './desk.ts'
import { type Effort, type Figure, turnsOf } from './figures.ts'
import { scriptRunner } from './pgbench.ts'
import { quantile } from './quantiles.ts'
import { onStage } from './stage.ts'
import { compared, onlyAnswered, type Turn } from './turns.ts'

/** Clients at the same time, and how many comments a second have to be taken for each row a second that pgbench writes. */
const needed = [
  [1, 0.4],
  [16, 1],
  [64, 2],
  [256, 4],
] as const

const script = join(import.meta.dirname, 'yardsticks/submission.sql')

/**
 * Submitting over HTTP, from another process to the service as it is in production, against pgbench, which writes the same
 * rows on the same durable server with as many clients; in turns. Of a crowd the service takes in first what it screens and
 * makes findable afterwards: the yardstick's turn begins when all of that is done, and how many a second they are until
 * then is told too. What is asked for is how many seconds each turn lasts, 10 by default.
 */
export async function benchSubmitting(effort: Effort): Promise<Figure[]> {
  const { rounds, seconds } = turnsOf(effort, 10)
  const runScript = await scriptRunner(effort.isSmoke)
  const measured = needed.slice(0, effort.isSmoke ? 2 : needed.length)
  return onStage({ connections: 50 + Math.max(...needed.map(([clients]) => clients)) }, async (stage) => {
    const { owner, databaseUrl } = stage
    const service = await stage.service()
    await aSite(service)

    const wholly = new Map<number, number[]>()
    async function ours(clients: number): Promise<Turn> {
      const before = await comments()
      const began = performance.now()
      const requests = { kind: 'comments', path: commentsOn('news') } as const
      const sent = await stage.drive({ port: service.port, connections: clients, seconds, requests })
      const kept = (await comments()) - before
      if (kept !== sent.done) throw new Error(`${sent.done} were answered, ${kept} are there.`)
      await untilSettled(owner)
      const rates = wholly.get(clients) ?? []
      wholly.set(clients, [...rates, sent.done / ((performance.now() - began) / 1_000)])
      return onlyAnswered(202, sent)
    }
    async function theirs(clients: number): Promise<Turn> {
      const turn = await runScript(databaseUrl, { script, clients, seconds })
      await owner.query('checkpoint')
      return turn
    }
    async function comments(): Promise<number> {
      const { rows } = await owner.query<{ many: number }>('select count(*)::int as many from comment')
      return rows[0]?.many ?? Number.NaN
    }

    await ours(16)
    await theirs(16)
    wholly.clear()
    const figures: Figure[] = []
    for (const [clients, atLeast] of measured) {
      const figure = await compared(rounds, {
        what: `clients: ${clients}`,
        atLeast,
        ours: () => ours(clients),
        theirs: () => theirs(clients),
      })
      const untilAllIsDone = quantile(wholly.get(clients) ?? [], 0.5).toFixed(0)
      figures.push({
        ...figure,
        details: { ...figure.details, 'a second until all is done': untilAllIsDone },
      })
    }
    return figures
  })
}
