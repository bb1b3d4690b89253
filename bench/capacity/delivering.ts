import type { Chance } from '../../test/support/newsroom/chance.ts'
import { type Copy, freshUntil, type Lifetimes, useOf } from './copies.ts'
import { type Crowd, crowd, type Rate } from './crowd.ts'
import { type Change, origin } from './page.ts'
import type { Tally } from './tally.ts'
import { timeline } from './timeline.ts'

/** Caches in front: points of presence, and perhaps one more (a shield) that alone asks the origin. */
export interface Network {
  /** which share of the readers comes to each point of presence */
  edges: readonly number[]
  hasShield: boolean
  /** seconds that a message is under way */
  toShield: number
  fromShieldToOrigin: number
  toOrigin: number
}

/** What caches are told to forget, and when: so many seconds after a change, in each cache later by up to `spread`. */
export interface Purging {
  of: 'nothing' | 'removals' | 'everything'
  after: number
  spread: number
  /** once more so many seconds later, for what was asked for before */
  again?: number
}

/** One page: who reads it, and what changes. */
export interface Story {
  readers: readonly Rate[]
  /** in the order of `atOrigin` */
  changes: readonly Change[]
  until: number
  /** while nobody answers at the origin */
  outage?: { from: number; until: number } | undefined
}

/** Somebody gets an answer, or none. */
type Reply = (copy: Copy | undefined, now: number) => void

interface Edge {
  crowd: Crowd
  copy: Copy | undefined
  isAsking: boolean
  /** up to when it is told how its readers were answered */
  since: number
  /** readers who wait for an answer */
  waiting: number
  /** counts up, so that a reader who was expected under other circumstances does not come */
  expected: number
}

/**
 * Plays what becomes of one page. Only those readers are played one by one who find nothing fresh: because they come
 * independently of each other, the first of them after a time can be drawn, and the others are told by how many are expected.
 */
export function deliver(
  story: Story,
  network: Network,
  purging: Purging,
  lifetimes: Lifetimes,
  chance: Chance,
  tally: Tally,
): void {
  const page = origin(story.changes, lifetimes.maxAge)
  const time = timeline()
  const shield: { copy: Copy | undefined; isAsking: boolean; waiting: Reply[] } = {
    copy: undefined,
    isAsking: false,
    waiting: [],
  }
  const edges = network.edges.map(
    (share): Edge => ({
      crowd: crowd(story.readers, share),
      copy: undefined,
      isAsking: false,
      since: 0,
      waiting: 0,
      expected: 0,
    }),
  )

  for (const edge of edges) expectReader(edge, 0)
  for (const change of story.changes) purge(change)
  time.runUntil(story.until)
  for (const edge of edges) settle(edge, story.until)

  /** The next reader after this time who finds nothing fresh. */
  function expectReader(edge: Edge, after: number): void {
    edge.expected += 1
    const { expected } = edge
    time.at(edge.crowd.firstAfter(after, chance), (now) => {
      if (edge.expected === expected) come(edge, now)
    })
  }

  function come(edge: Edge, now: number): void {
    settle(edge, now)
    if (useOf(edge.copy, now, lifetimes) === 'while asking' && edge.copy)
      tally.served('stale', 1, now, now, page, edge.copy)
    else edge.waiting += 1
    edge.isAsking = true
    ask(edge, now)
  }

  /** Tells how everybody was answered who came since it was told last. */
  function settle(edge: Edge, now: number): void {
    const { copy, since } = edge
    edge.since = now
    if (edge.isAsking) {
      const readers = edge.crowd.between(since, now)
      if (copy && useOf(copy, since, lifetimes) === 'while asking')
        tally.served('stale', readers, since, now, page, copy)
      else edge.waiting += readers
    } else if (copy) {
      // Behind that, the first reader asks.
      const until = Math.min(now, freshUntil(copy))
      if (until > since) tally.served('fresh', edge.crowd.between(since, until), since, until, page, copy)
    }
  }

  function ask(edge: Edge, now: number): void {
    const known = edge.copy
    tally.atEdges(now)
    const back: Reply = (copy, later) => {
      const way = network.hasShield ? network.toShield : network.toOrigin
      time.at(later + way, (arrived) => answered(edge, copy, arrived))
    }
    if (network.hasShield) time.at(now + network.toShield, (later) => askShield(later, back))
    else time.at(now + network.toOrigin, (later) => askOrigin(known, later, back))
  }

  function answered(edge: Edge, copy: Copy | undefined, now: number): void {
    settle(edge, now)
    edge.isAsking = false
    if (copy) edge.copy = copy
    const isUsable = edge.copy !== undefined && useOf(edge.copy, now, lifetimes) !== 'none'
    if (isUsable && edge.copy)
      tally.served(copy ? 'waited' : 'stale', edge.waiting, now, now, page, edge.copy)
    else tally.failed(edge.waiting, now)
    edge.waiting = 0
    expectReader(edge, copy ? Math.max(now, freshUntil(copy)) : now)
  }

  function askShield(now: number, reply: Reply): void {
    const use = useOf(shield.copy, now, lifetimes)
    if (use === 'fresh') return reply(shield.copy, now)
    if (use === 'while asking') reply(shield.copy, now)
    else shield.waiting.push(reply)
    if (shield.isAsking) return undefined
    shield.isAsking = true
    const known = shield.copy
    const way = network.fromShieldToOrigin
    time.at(now + way, (there) =>
      askOrigin(known, there, (copy, sent) =>
        time.at(sent + way, (arrived) => shieldAnswered(copy, arrived)),
      ),
    )
    return undefined
  }

  function shieldAnswered(copy: Copy | undefined, now: number): void {
    shield.isAsking = false
    if (copy) shield.copy = copy
    const given = copy ?? (useOf(shield.copy, now, lifetimes) === 'none' ? undefined : shield.copy)
    for (const reply of shield.waiting.splice(0)) reply(given, now)
  }

  function askOrigin(known: Copy | undefined, now: number, reply: Reply): void {
    const { outage } = story
    if (outage && now >= outage.from && now < outage.until) return reply(undefined, now)
    const copy = page.answer(now)
    tally.atOrigin(now, known?.version === copy.version)
    return reply(copy, now)
  }

  function purge(change: Change): void {
    if (purging.of === 'nothing' || (purging.of === 'removals' && !change.isRemoval)) return
    const told = change.at + purging.after
    for (const when of purging.again === undefined ? [told] : [told, told + purging.again]) {
      time.at(when, () => {
        shield.copy = undefined
      })
      for (const [at, edge] of edges.entries())
        time.at(when + (purging.spread * (at + 1)) / edges.length, (now) => forget(edge, now))
    }
  }

  function forget(edge: Edge, now: number): void {
    settle(edge, now)
    edge.copy = undefined
    if (!edge.isAsking) expectReader(edge, now)
  }
}
