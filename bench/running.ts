import { setTimeout as delay } from 'node:timers/promises'
import { aSite, commentsOn } from './desk.ts'
import type { Requests } from './driving.ts'
import { type Effort, type Figure, medianOf, turnsOf } from './figures.ts'
import type { Service } from './service.ts'
import { onStage, type Stage } from './stage.ts'
import { meanwhile, onlyAnswered } from './turns.ts'

/**
 * From its start to its first answer, on a database that is there already; and how much memory it takes, idle and at
 * work. What is asked for is how many seconds it is at work, 30 by default.
 */
export async function benchRunning(effort: Effort): Promise<Figure[]> {
  const { rounds, seconds } = turnsOf(effort, 30)
  const articles = effort.isSmoke ? 60 : 3_000
  return onStage({}, async (stage) => {
    const first = await stage.service()
    await aSite(first)
    await stage.crowd({ site: 'bench', published: { articles, each: 50 }, length: 300 })
    await first.stop()

    const [starts, idle]: [number[], number[]] = [[], []]
    for (let round = 0; round < rounds; round += 1) {
      const service = await stage.service()
      starts.push(service.startedIn)
      await read(service)
      await delay(effort.isSmoke ? 100 : 5_000)
      idle.push(await service.memory())
      await service.stop()
    }

    const atWork = await mostAtWork(stage, { articles, seconds })
    return [
      {
        what: 'from its start to its first answer',
        ...medianOf(starts, 'ms'),
        aim: { atMost: 1_500 },
        details: { measured: `${rounds} starts` },
      },
      {
        what: 'memory, idle after a request',
        ...medianOf(idle, 'MB'),
        aim: { atMost: 120 },
        details: { measured: `${rounds} starts` },
      },
      {
        what: 'memory, the most while reading and submitting',
        figure: atWork,
        unit: 'MB',
        aim: { atMost: 250 },
        details: { measured: `${3 * seconds} s` },
      },
    ]
  })
}

async function read(service: Service): Promise<void> {
  const { status } = await service.ask({ method: 'GET', path: commentsOn('article-1') })
  if (status !== 200) throw new Error(`The first page: ${status}`)
}

/** The most megabytes that it has in memory while it is read from and submitted to, looked at ten times a second. */
async function mostAtWork(
  stage: Stage,
  { articles, seconds }: { articles: number; seconds: number },
): Promise<number> {
  const service = await stage.service()
  const drive = async (expected: number, connections: number, requests: Requests) =>
    onlyAnswered(expected, await stage.drive({ port: service.port, connections, seconds, requests }))
  let most = 0
  await meanwhile(
    async () => {
      await drive(200, 32, { kind: 'same', path: commentsOn('article-1') })
      await drive(200, 32, { kind: 'at random', path: commentsOn('{article}'), articles, hot: articles / 10 })
      await drive(202, 64, { kind: 'comments', path: commentsOn('news') })
    },
    async () => {
      most = Math.max(most, await service.memory())
    },
  )
  return most
}
