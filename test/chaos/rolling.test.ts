import { row } from '../support/embedded.ts'
import { patiently } from '../with-services/postgres.ts'
import { service } from '../with-services/processes.ts'
import { listOf, steady } from './lives.ts'
import { nextRelease } from './release.ts'
import { rollingRestart } from './rolling.ts'
import { openStage, type Stage } from './stage.ts'

/** As many as a short run has time for; `npm run test:chaos` makes 20,000. */
const requests = 1_500

describe('two processes that are told to stop', () => {
  const closing: (() => Promise<void>)[] = []
  let stage: Stage
  beforeAll(async () => {
    stage = await openStage(closing, { settings: { POSTBAG_DRAIN_SECONDS: '3' } })
  }, 120_000)
  afterAll(async () => {
    for (const close of closing.toReversed()) await close()
  }, 60_000)

  test('one after the other, for the next release to take their places and migrate, fail no request', async () => {
    const { services, key, postgres, settings } = stage
    const program = nextRelease(postgres.folder)
    const pairs = await Promise.all(
      services.map(async (old, at) => ({
        old,
        next: await service(`the next ${at}`, postgres.folder, settings, [], program),
      })),
    )
    closing.push(async () => {
      await Promise.all(pairs.map(({ next }) => next.end('SIGKILL')))
    })
    stage.services = pairs.map(({ next }) => next)
    const { failures, answers, requests: made } = await rollingRestart(pairs, { key, requests })
    expect({ failures: failures.slice(0, 20), answers }).toEqual({ failures: [], answers })
    expect(made).toBeGreaterThanOrEqual(requests)
    const migrated = await row(
      postgres.url,
      `select count(*)::integer as number from _prisma_migrations where migration_name like '2999%'`,
    )
    expect(migrated).toEqual({ number: 2 })
  }, 180_000)

  test('say first that they are not ready, answer on meanwhile, and end each connection with its answer', async () => {
    const [one] = stage.services
    if (!one) throw new Error('There is no service.')
    const ending = one.end('SIGTERM')
    await patiently('it is not ready any more', async () => !(await one.isReady()))
    const ready = await one.ask({ path: '/readyz' })
    expect([ready.status, ready.headers['retry-after']]).toEqual([503, '5'])
    const list = await one.ask({ path: listOf('swift', steady) })
    const sent = await one.ask({
      method: 'POST',
      path: listOf('swift', steady),
      body: { text: 'Sent before it ended.' },
    })
    expect([list.status, sent.status]).toEqual([200, 202])
    expect([list.headers['connection'], sent.headers['connection']]).toEqual(['close', 'close'])
    await ending
    await expect(one.ask({ path: '/livez' })).rejects.toThrow('ECONNREFUSED')
  }, 60_000)
})
