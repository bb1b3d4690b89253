import { randomInt } from 'node:crypto'
import { join } from 'node:path'
import { chanceOf } from '../support/newsroom/chance.ts'
import { type Clients, startClients } from './clients.ts'
import { cycles } from './cycle.ts'
import { possible, storyOf } from './faults.ts'
import { openStage, type Stage } from './stage.ts'
import { wholeLog } from './whole-log.ts'

/** Of everything that chance decides; `CHAOS_SEED` tells the same story again. */
const seed = Number(process.env['CHAOS_SEED'] ?? randomInt(2 ** 31))
const { can: story, cannot } = possible(
  storyOf(chanceOf(seed, 'the story'), { kills: 6, stops: 3, others: 1 }),
)
for (const why of cannot) process.stderr.write(`NOT RUN: ${why}\n`)

describe(`clients that write down what they ask for and hear (seed ${seed})`, () => {
  const closing: (() => Promise<void>)[] = []
  let stage: Stage
  let clients: Clients
  let run: ReturnType<typeof cycles>
  beforeAll(async () => {
    stage = await openStage(closing)
    clients = await startClients({
      name: 'a',
      seed,
      ports: stage.services.map(({ port }) => port),
      key: stage.key,
      ledger: join(stage.postgres.folder, 'ledger'),
      atOnce: 32,
    })
    closing.push(() => clients.kill())
    run = cycles(stage, clients)
  }, 120_000)
  afterAll(async () => {
    for (const close of closing.toReversed()) await close()
  }, 60_000)

  test.each(story.map((fault, at) => [at + 1, fault.name, fault] as const))(
    '%i: find all of it in the database, once, and nothing else, after %s',
    async (at, _name, fault) => {
      const outcome = await run(fault, chanceOf(seed, `fault ${at}`))
      expect(outcome).toMatchObject({ faults: [] })
      expect(outcome.acknowledged).toBeGreaterThan(100)
    },
    240_000,
  )

  test('and the log is whole, to its end', async () => {
    expect(await wholeLog(stage)).toEqual([])
  }, 60_000)
})
