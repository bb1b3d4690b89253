import { setTimeout as delay } from 'node:timers/promises'
import type { Chance } from '../support/newsroom/chance.ts'
import { patiently } from '../with-services/postgres.ts'
import type { TestService } from '../with-services/processes.ts'
import { check } from './checker.ts'
import type { Clients } from './clients.ts'
import type { Fault } from './faults.ts'
import { pursuedIn } from './history.ts'
import type { Entry, Heard, Intention } from './ledger.ts'
import { listOf, steady } from './lives.ts'
import type { Stage } from './stage.ts'

/** How one fault went. */
export interface CycleOutcome {
  fault: string
  /** what speaks against the promises, a sentence each */
  faults: string[]
  /** submissions acknowledged in the second before it began */
  rate: number
  /** milliseconds that it lasted */
  lasted: number
  /** milliseconds from its end until every service had acknowledged something again */
  recovered: number
  /** reads that were answered meanwhile */
  reads: number
  /** what clients asked for, and what of that was acknowledged, in this cycle */
  asked: number
  acknowledged: number
  /** of those, what was never certain */
  indeterminate: number
  comments: number
}

/** Milliseconds in which everybody is served again, without a restart. */
const promised = 5_000

/** Lets things go wrong under load, one after the other, and looks after each whether every promise was kept. */
export function cycles(stage: Stage, clients: Clients) {
  let position = '0'
  /** since the last check */
  let entries: Entry[] = []
  const gather = () => void entries.push(...clients.news())
  const heardSince = (time: number) =>
    heardIn(entries).filter(({ at, status }) => at >= time && isSuccess(status))

  return async function run(fault: Fault, chance: Chance): Promise<CycleOutcome> {
    clients.go()
    // However it went, nothing of it is under way when the next one begins.
    let happened: Happened
    try {
      happened = await happen(fault, chance)
    } finally {
      await clients.settle()
    }
    gather()
    const all = pursuedIn(entries)
    const checked = await stage.asOwner((owner) => check(owner, all, position))
    position = checked.position
    entries = []
    const { recovered, reads, warm, ...measured } = happened
    return {
      fault: fault.name,
      faults: [
        ...checked.faults,
        ...wrongReads([...warm, ...reads], fault.readsGoOn),
        ...(recovered > promised ? [`it took ${recovered} ms to acknowledge something again`] : []),
      ],
      ...measured,
      recovered,
      reads: reads.length,
      asked: all.length,
      acknowledged: all.filter(({ fate }) => fate === 'acknowledged').length,
      indeterminate: all.filter(({ fate }) => fate === 'indeterminate').length,
      comments: checked.comments,
    }
  }

  async function happen(fault: Fault, chance: Chance): Promise<Happened> {
    const from = Date.now()
    await patiently('clients are served', () => {
      gather()
      return heardSince(from).length >= 200
    })
    const warm = await Promise.all(stage.services.map(read))
    await delay(700 + chance.below(800))

    gather()
    const beganAt = Date.now()
    const rate = submissionsBetween(entries, beganAt - 1_000, beganAt)
    const reading = readMeanwhile(stage.services)
    let endedAt = Infinity
    let reads: number[] = []
    try {
      await fault.happen(stage, chance)
      endedAt = Date.now()
    } finally {
      reads = await reading.stop()
    }
    await patiently('every service acknowledges something again', () => {
      gather()
      const since = heardSince(endedAt)
      return stage.services.every(({ port }) => since.filter((one) => one.port === port).length >= 10)
    })
    const since = heardSince(endedAt)
    const firsts = stage.services.map(({ port }) => since.find((one) => one.port === port)?.at ?? Infinity)
    return { rate, warm, reads, lasted: endedAt - beganAt, recovered: Math.max(...firsts) - endedAt }
  }
}

interface Happened extends Pick<CycleOutcome, 'rate' | 'lasted' | 'recovered'> {
  /** how reads were answered before, and meanwhile */
  warm: number[]
  reads: number[]
}

/** What every service says, again and again, that readers are sent. */
function readMeanwhile(services: readonly TestService[]): { stop: () => Promise<number[]> } {
  const statuses: number[] = []
  const state = { stopped: false }
  const all = services.map(async (one) => {
    while (!state.stopped) {
      statuses.push(await read(one))
      await delay(50)
    }
  })
  return {
    async stop() {
      state.stopped = true
      await Promise.all(all)
      return statuses
    },
  }
}

/** The status; 0 where nobody answers. */
function read(one: TestService): Promise<number> {
  return one.ask({ path: listOf('swift', steady) }).then(
    ({ status }) => status,
    () => 0,
  )
}

/** Whoever was killed answers nothing, and remembers nothing of what it would have sent. */
function wrongReads(statuses: readonly number[], goOn: boolean): string[] {
  const right = goOn ? [200] : [200, 0, 503]
  const wrong = new Set(statuses.filter((status) => !right.includes(status)))
  return [...wrong].map((status) => `reading was answered ${status}`)
}

function submissionsBetween(entries: readonly Entry[], from: number, to: number): number {
  const submissions = new Set(
    intentionsIn(entries)
      .filter(({ what }) => what === 'submit')
      .map(({ n }) => n),
  )
  return heardIn(entries).filter(
    ({ n, at, status }) => status === 202 && at >= from && at < to && submissions.has(n),
  ).length
}

function heardIn(entries: readonly Entry[]): Heard[] {
  return entries.flatMap((entry) => ('heard' in entry ? [entry.heard] : []))
}

function intentionsIn(entries: readonly Entry[]): Intention[] {
  return entries.flatMap((entry) => ('intends' in entry ? [entry.intends] : []))
}

function isSuccess(status: number): boolean {
  return status >= 200 && status < 300
}
