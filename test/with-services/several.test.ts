import { connect } from '../../src/database/client.ts'
import { migrate } from '../../src/database/migrate.ts'
import { row } from '../support/embedded.ts'
import { openReceiver } from '../support/receiver.ts'
import { arrived, messageOf } from '../support/webhooks.ts'
import { amid, saysItsAge } from './kept.ts'
import { patiently } from './postgres.ts'
import type { Said, TestService } from './processes.ts'
import { listOf, openStage, type Stage } from './stage.ts'
import { anAddress } from './traffic.ts'

/** An article about which nothing happens after the first test. */
const quiet = 'all-well'

/** Tries to sign in that one address has. */
const tries = 20

/** Needs Debian's `pgbouncer`, and `redis-server` or `valkey-server`. */
describe('three processes on a primary and a replica, behind PgBouncer, with Redis', () => {
  const closing: (() => Promise<void>)[] = []
  let stage: Stage
  beforeAll(async () => {
    stage = await openStage(closing)
  }, 120_000)
  afterAll(async () => {
    for (const close of closing.toReversed()) await close()
  }, 60_000)

  test('serve as one, and read from the replica', async () => {
    for (const one of stage.services) await says(one, 'a replica is read from', 1)
    const broken = await amid(stage, quiet, async (busy) => {
      await busy.goesOn()
      await patiently('the replica is asked', async () => {
        const reading = await row(
          stage.pair.replica.url,
          `select count(*)::integer as connections from pg_stat_activity
            where application_name = 'postbag postbag_reader' and query like '%extract(epoch from moment())%'`,
        )
        return Number(reading?.['connections']) >= 3
      })
    })
    expect(broken).toEqual([])
  }, 120_000)

  test('count together what one address asks', async () => {
    const from = anAddress()
    const said: number[] = []
    for (let i = 0; i < tries; i += 1) said.push((await signIn(inTurn(i), from)).status)
    expect(said).toEqual(Array.from({ length: tries }, () => 401))
    for (const one of [...stage.services, stage.many]) expect((await signIn(one, from)).status).toBe(429)
  }, 60_000)

  test('go on when one of them is gone', async () => {
    const broken = await amid(stage, 'a-process', async (busy) => {
      await stage.plain.end('SIGKILL')
      await busy.goesOn()
      await stage.plain.start()
    })
    expect(broken).toEqual([])
  }, 120_000)

  test('go on when a worker is gone, and another one takes its place', async () => {
    const { many } = stage
    const [gone = 0, other = 0] = many.workers()
    const broken = await amid(stage, 'a-worker', async (busy) => {
      const listened = times(many, 'Server listening')
      process.kill(gone, 'SIGKILL')
      await says(many, 'a worker ended and is replaced', 1)
      await busy.goesOn()
      await says(many, 'Server listening', listened + 1)
    })
    expect(broken).toEqual([])
    expect(many.workers()).toEqual([other, expect.any(Number)])
    const [, place] = /"worker":(\d),"code":null,"signal":"SIGKILL"/.exec(many.log()) ?? []
    expect(['1', '2']).toContain(place)
    expect(many.log()).toMatch(new RegExp(`is replaced"(?:.|\n)*"worker":${place},"msg":"Server listening`))
  }, 120_000)

  test('go on when the replica is gone, and read from it again when it is back', async () => {
    const before = stage.services.map((one) => times(one, 'a replica is read from'))
    const broken = await amid(stage, 'the-replica', async (busy) => {
      await stage.pair.replica.end('SIGKILL')
      await busy.goesOn()
      for (const one of stage.services) {
        await says(one, 'a replica is left out', 1)
        expect(await one.isReady()).toBe(true)
      }
      await busy.goesOn()
      await stage.pair.replica.start()
      for (const [at, one] of stage.services.entries())
        await says(one, 'a replica is read from', (before[at] ?? 0) + 1)
    })
    expect(broken).toEqual([])
  }, 120_000)

  test('let nobody sign in when Redis is gone, and all else go on; and count together when it is back', async () => {
    const broken = await amid(stage, 'redis', async (busy) => {
      await stage.redis.kill()
      await busy.goesOn()
      for (const one of stage.services) {
        const isRefused = async () => (await signIn(one, anAddress())).status === 503
        await patiently(`${one.name} lets nobody sign in`, isRefused)
        expect((await one.ask({ path: listOf('redis'), from: anAddress() })).status).toBe(200)
      }
      await stage.redis.start()
      await patiently('they count together', async () => {
        const from = anAddress()
        for (let i = 0; i < tries; i += 1) await signIn(inTurn(i), from)
        const last = [...stage.services, stage.many].map((one) => signIn(one, from))
        return (await Promise.all(last)).every(({ status }) => status === 429)
      })
    })
    expect(broken).toEqual([])
  }, 120_000)

  test('go on when PgBouncer is gone, but for the one behind it, which says how old it is what it shows', async () => {
    const { pooled, plain, bouncer } = stage
    const broken = await amid(stage, 'pgbouncer', async (busy) => {
      await pooled.ask({ path: listOf(quiet), from: anAddress() })
      await bouncer.kill()
      await busy.goesOn()
      expect(await plain.isReady()).toBe(true)
      await patiently('it is not ready', async () => !(await pooled.isReady()))
      await saysItsAge(pooled, quiet)
      await bouncer.start()
      await patiently('it is ready again', pooled.isReady)
    })
    expect(broken).toEqual([])
  }, 120_000)

  test('keep every word when the power of the primary is cut, and go on by themselves when it is back', async () => {
    const { pair, services, plain, pooled } = stage
    const broken = await amid(stage, 'the-primary', async () => {
      for (const one of [plain, pooled]) await one.ask({ path: listOf(quiet), from: anAddress() })
      await pair.primary.end('SIGQUIT')
      for (const one of [plain, pooled]) {
        await patiently(`${one.name} is not ready`, async () => !(await one.isReady()))
        await saysItsAge(one, quiet)
        const sending = { method: 'POST', path: listOf('the-primary'), body: { text: 'Is anybody there?' } }
        const { status, headers } = await one.ask({ ...sending, from: anAddress() })
        expect([status, headers['retry-after']]).toEqual([503, expect.stringMatching(/^\d+$/)])
      }
      await pair.primary.start()
      for (const one of services) await patiently(`${one.name} is ready again`, one.isReady)
    })
    expect(broken).toEqual([])
  }, 120_000)

  test('see through PgBouncer what is published and nothing else, on connections with limits', async () => {
    const { deskUrl, readerUrl } = stage.bouncer
    const sql = `select current_user as me, current_setting('statement_timeout') as statement,
                        current_setting('lock_timeout') as lock`
    expect(await row(readerUrl, sql)).toEqual({ me: 'postbag_reader', statement: '4500ms', lock: '3s' })
    await expect(row(readerUrl, 'select from move')).rejects.toThrow('permission denied')
    expect(await row(deskUrl, sql)).toEqual({ me: 'postbag_desk', statement: '4500ms', lock: '3s' })
  })

  test('refuse a pooler whose connections are others, and one that is not told of', async () => {
    const { pair, bouncer } = stage
    const [directUrl, url] = [pair.primary.url, bouncer.deskUrl]
    await expect(connect(url, { pooler: { readerUrl: url, directUrl } })).rejects.toThrow(
      /^DATABASE_READER_URL leads to connections as postbag_desk, and has to lead to some as postbag_reader\./,
    )
    await row(directUrl, `create role bare login password '${pair.password}' in role postbag_reader`)
    await row(directUrl, 'alter role bare set role postbag_reader')
    const readerUrl = directUrl.replace('postbag:', 'bare:')
    await expect(connect(url, { pooler: { readerUrl, directUrl } })).rejects.toThrow(
      /^DATABASE_READER_URL leads to connections without statement_timeout and lock_timeout and idle_in/,
    )
    await expect(migrate(url)).rejects.toThrow(/^DATABASE_URL leads to a pooler/)
  }, 60_000)

  test('tell webhooks of each comment once, all of them and the one behind PgBouncer alone', async () => {
    const { plain, many, pooled, key } = stage
    const receiver = await openReceiver(arrived)
    const body = { url: receiver.url, events: ['comment.submitted'] }
    expect((await pooled.ask({ method: 'POST', path: '/v1/webhooks', key, body })).status).toBe(201)
    const path = listOf('webhooks').replace('/comments', '')
    expect((await plain.ask({ method: 'PUT', path, key, body: { title: 'Webhooks' } })).status).toBe(201)
    const sent: string[] = []
    const send = async (through: TestService, count: number) => {
      for (let nth = 0; nth < count; nth += 1) {
        const text = `Through ${through.name}, ${sent.length}.`
        const asked = { method: 'POST', path: listOf('webhooks'), body: { text }, from: anAddress() }
        sent.push(JSON.parse((await through.ask(asked)).text).id)
      }
    }
    const told = () =>
      receiver.received.map(messageOf).map(({ data: { comment = {} } }) => String(Reflect.get(comment, 'id')))
    for (const one of stage.services) await send(one, 4)
    await patiently('all is told', () => told().length >= sent.length)
    await Promise.all([plain, many].map((one) => one.end('SIGTERM')))
    await send(pooled, 4)
    await patiently('all is told', () => told().length >= sent.length)
    expect(told().toSorted()).toEqual(sent.toSorted())
    await Promise.all([plain, many].map((one) => one.start()))
    await receiver.close()
  }, 120_000)

  test('stop in order, all workers too, and have told nothing private', async () => {
    await Promise.all(stage.services.map((one) => one.end('SIGTERM')))
    expect(stage.many.workers()).toEqual([])
    for (const one of stage.services) {
      expect(one.log()).not.toMatch(/fit to print|never to be|\b10\.\d+\.\d+\.\d+|postgresql:\/\/|redis:\/\//)
      expect(one.log()).not.toContain(stage.pair.password)
    }
  }, 60_000)

  function inTurn(i: number): TestService {
    return stage.services[i % stage.services.length] ?? stage.plain
  }
})

/** Waits until it has written something so many times. */
function says(one: TestService, what: string, atLeast: number): Promise<void> {
  return patiently(`${one.name} says ${what}`, () => times(one, what) >= atLeast)
}

function times(one: TestService, what: string): number {
  return one.log().split(what).length - 1
}

function signIn(one: TestService, from: string): Promise<Said> {
  return one.ask({ method: 'POST', path: '/v1/session', body: { link: 'none' }, from })
}
