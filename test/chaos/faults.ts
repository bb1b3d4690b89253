import { setTimeout as delay } from 'node:timers/promises'
import { Client } from 'pg'
import type { Chance } from '../support/newsroom/chance.ts'
import { whyNoSmallDisk } from './small-disk.ts'
import { mostConnections, type Stage } from './stage.ts'

/** Something that goes wrong, and is well again. */
export interface Fault {
  name: string
  /** begins it, holds it for a while, and ends it */
  happen: (stage: Stage, chance: Chance) => Promise<void>
  /** whether the services live on, so that readers are sent meanwhile what was last known */
  readsGoOn: boolean
  /** processes of the service that it ends with SIGKILL, and whether it stops PostgreSQL at once */
  kills?: number
  stops?: true
  /** in a sentence, why it cannot happen on this machine; nothing where it can */
  isImpossible?: () => string | undefined
}

const kill: Fault = {
  name: 'a service is killed',
  kills: 1,
  readsGoOn: false,
  async happen({ services }, chance) {
    const victim = chance.one(services)
    await victim?.end('SIGKILL')
    await victim?.start()
  },
}

const killAll: Fault = {
  name: 'all services are killed',
  kills: 2,
  readsGoOn: false,
  async happen({ services }) {
    await Promise.all(services.map((one) => one.end('SIGKILL')))
    await Promise.all(services.map((one) => one.start()))
  },
}

const stop: Fault = {
  name: 'PostgreSQL is stopped at once',
  stops: true,
  readsGoOn: true,
  async happen({ postgres }, chance) {
    await postgres.end('SIGQUIT')
    await delay(chance.below(800))
    await postgres.start()
  },
}

const both: Fault = {
  name: 'PostgreSQL is stopped at once and all services are killed',
  kills: 2,
  stops: true,
  readsGoOn: false,
  async happen({ postgres, services }) {
    await Promise.all([postgres.end('SIGQUIT'), ...services.map((one) => one.end('SIGKILL'))])
    await postgres.start()
    await Promise.all(services.map((one) => one.start()))
  },
}

const cut: Fault = {
  name: 'connections are cut',
  readsGoOn: true,
  async happen({ proxy }, chance) {
    for (let drops = 0; drops < 4; drops += 1) {
      await proxy.drop()
      await delay(chance.below(200))
    }
    await proxy.cut()
    await delay(500 + chance.below(1_000))
    await proxy.restore()
  },
}

const silence: Fault = {
  name: 'the network swallows everything',
  readsGoOn: true,
  async happen({ proxy }, chance) {
    proxy.hang()
    await delay(500 + chance.below(2_000))
    await proxy.drop()
    await proxy.restore()
  },
}

const full: Fault = {
  name: 'the disk fills',
  readsGoOn: true,
  isImpossible: whyNoSmallDisk,
  async happen({ disk }) {
    if (typeof disk === 'string') throw new Error(disk)
    disk.fill()
    await delay(2_000)
    disk.empty()
  },
}

const readOnly: Fault = {
  name: 'the database turns read-only',
  readsGoOn: true,
  async happen({ asOwner }) {
    const set = (how: string) =>
      asOwner(async (owner) => {
        await owner.query(`alter system ${how}`)
        await owner.query('select pg_reload_conf()')
      })
    await set('set default_transaction_read_only = on')
    await delay(1_500)
    await set('reset default_transaction_read_only')
  },
}

const crowd: Fault = {
  name: 'all connections are taken',
  readsGoOn: true,
  async happen({ asOwner, postgres }) {
    const taken: Client[] = []
    await asOwner(async (owner) => {
      await owner.query(
        `select pg_terminate_backend(pid) from pg_stat_activity
          where backend_type = 'client backend' and pid <> pg_backend_pid()`,
      )
      await Promise.all(Array.from({ length: mostConnections }, () => take(postgres.url, taken)))
      await delay(1_500)
      // Whoever of the services came first, goes now; what is free is taken again.
      await owner.query(
        `select pg_terminate_backend(pid) from pg_stat_activity where application_name like 'postbag %'`,
      )
      await Promise.all(Array.from({ length: mostConnections }, () => take(postgres.url, taken)))
      await delay(1_500)
    })
    await Promise.all(taken.map((one) => one.end()))
  },
}

async function take(url: string, taken: Client[]): Promise<void> {
  const one = new Client(url)
  one.on('error', () => undefined)
  try {
    await one.connect()
    taken.push(one)
  } catch {
    // There is none left.
  }
}

const slow: Fault = {
  name: 'latency jumps',
  readsGoOn: true,
  async happen({ proxy }, chance) {
    proxy.slow(100 + chance.below(300))
    await delay(3_000)
    await proxy.restore()
  },
}

const clock: Fault = {
  name: 'the clock jumps',
  readsGoOn: true,
  async happen({ asOwner }, chance) {
    const jump = (seconds: number) =>
      asOwner((owner) => owner.query('update clock set ahead_ms = ahead_ms + $1', [seconds * 1_000]))
    const seconds = 600 + chance.below(3_000)
    await jump(seconds)
    await delay(1_000)
    await jump(-Math.floor(seconds / 2))
    await delay(1_000)
  },
}

/**
 * At least so many kills and stops, some of them together, and every other fault so often; in an order that chance
 * decides.
 */
export function storyOf(chance: Chance, often: { kills: number; stops: number; others: number }): Fault[] {
  const rest = [cut, silence, full, readOnly, crowd, slow, clock]
  const all = Array.from({ length: often.others }, () => rest).flat()
  for (let turn = 0; sum(all, 'kills') < often.kills; turn += 1)
    all.push([kill, killAll, kill, both][turn % 4] ?? kill)
  while (sum(all, 'stops') < often.stops) all.push(stop)
  return all
    .map((fault) => ({ fault, at: chance.below(2 ** 31) }))
    .toSorted((one, other) => one.at - other.at)
    .map(({ fault }) => fault)
}

/** What of a story can happen on this machine, and in a sentence each what cannot. */
export function possible(story: readonly Fault[]): { can: Fault[]; cannot: string[] } {
  const whyNot = new Map(story.map((fault) => [fault.name, fault.isImpossible?.()]))
  return {
    can: story.filter(({ name }) => whyNot.get(name) === undefined),
    cannot: [...whyNot].flatMap(([name, why]) => (why === undefined ? [] : [`${name}: ${why}`])),
  }
}

/** How many of them there are in a story. */
export function sum(story: readonly Fault[], what: 'kills' | 'stops'): number {
  return story.reduce((number, fault) => number + Number(fault[what] ?? 0), 0)
}
