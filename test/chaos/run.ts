import { spawnSync } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
import { cpus, loadavg } from 'node:os'
import { join } from 'node:path'
import { row } from '../support/embedded.ts'
import { chanceOf } from '../support/newsroom/chance.ts'
import { service } from '../with-services/processes.ts'
import { check } from './checker.ts'
import { startClients } from './clients.ts'
import { type CycleOutcome, cycles } from './cycle.ts'
import { type Fault, possible, storyOf, sum } from './faults.ts'
import { pursuedIn } from './history.ts'
import { readLedger } from './ledger.ts'
import { nextRelease } from './release.ts'
import { type ChaosResults, report } from './report.ts'
import { type RollingOutcome, rollingRestart } from './rolling.ts'
import { openStage, type Stage } from './stage.ts'
import { wholeLog } from './whole-log.ts'

// The long form of the ledger test: npm run test:chaos. Its arguments are how many SIGKILLs, immediate stops, and rounds of
// all other faults, for how many minutes at most, with how many requests of a rolling restart, and the seed. What came of
// it is written to docs/chaos.md.

const root = join(import.meta.dirname, '../..')
const [
  kills = 100,
  stops = 50,
  others = 3,
  minutes = 60,
  requests = 20_000,
  seed = Math.trunc(Math.random() * 2 ** 31),
] = process.argv.slice(2).map(Number)
if (
  ![kills, stops, others, minutes, requests, seed].every(
    (number) => Number.isSafeInteger(number) && number >= 0,
  )
)
  throw new Error(`Not numbers: ${process.argv.slice(2).join(' ')}`)

/** Lives of comments at the same time. */
const atOnce = 96
/** Megabytes on which the tables have room for a long run. */
const disk = 6_000

const closing: (() => Promise<void>)[] = []
const began = Date.now()
const { can: story, cannot } = possible(storyOf(chanceOf(seed, 'the story'), { kills, stops, others }))

try {
  const compiled = spawnSync(process.execPath, ['node_modules/typescript/bin/tsc', '--noCheck'], {
    cwd: root,
  })
  if (compiled.status !== 0) throw new Error('The service could not be compiled.')
  const program = join(root, 'dist/server.js')
  const stage = await openStage(closing, { program, disk, settings: { POSTBAG_DRAIN_SECONDS: '3' } })
  const ledgers = await goThrough(stage)
  const log = await wholeLog(stage)
  const rolling = requests > 0 ? await roll(stage) : undefined
  finish({ ...ledgers, faults: [...ledgers.faults, ...log], rolling })
} finally {
  for (const close of closing.toReversed()) await close().catch(() => undefined)
}

/** All of the story that there is time for, and one more look at everything at its end. */
async function goThrough(
  stage: Stage,
): Promise<Omit<ChaosResults, 'rolling' | 'seed' | 'minutes' | 'planned' | 'command' | 'machine'>> {
  const ledger = join(stage.postgres.folder, 'ledger')
  const ports = stage.services.map(({ port }) => port)
  const clients = await startClients({ name: 'a', seed, ports, key: stage.key, ledger, atOnce })
  closing.push(() => clients.kill())
  const run = cycles(stage, clients)
  const outcomes: CycleOutcome[] = []
  const ran: Fault[] = []
  const faults: string[] = []
  for (const [at, fault] of story.entries()) {
    if (Date.now() - began > minutes * 60_000) break
    const outcome = await run(fault, chanceOf(seed, `fault ${at}`)).catch((broken: unknown) => broken)
    if (outcome instanceof Error || !isOutcome(outcome)) {
      // Whatever follows would begin with what this one left behind.
      faults.push(`${fault.name}: the run ended here: ${outcome instanceof Error ? outcome.message : ''}`)
      break
    }
    outcomes.push(outcome)
    ran.push(fault)
    faults.push(...outcome.faults.map((one) => `${fault.name}: ${one}`))
    say(`${at + 1} of ${story.length}: ${JSON.stringify({ ...outcome, load: loadavg()[0] })}`)
  }
  await clients.kill()
  // Nothing that was well once may have gone since.
  const all = pursuedIn(readLedger(ledger))
  const checked = await stage.asOwner((owner) => check(owner, all, '0'))
  return {
    outcomes,
    kills: sum(ran, 'kills'),
    stops: sum(ran, 'stops'),
    notRun: cannot,
    faults: [...faults, ...checked.faults.map((fault) => `at the end: ${fault}`)],
    comments: checked.comments,
  }
}

function isOutcome(outcome: unknown): outcome is CycleOutcome {
  return typeof outcome === 'object' && outcome !== null && 'recovered' in outcome
}

async function roll(stage: Stage): Promise<RollingOutcome & { migrations: number }> {
  const { services, key, postgres, settings } = stage
  const program = nextRelease(postgres.folder, 'dist')
  const pairs: Parameters<typeof rollingRestart>[0][number][] = []
  for (const [at, old] of services.entries())
    pairs.push({ old, next: await service(`the next ${at}`, postgres.folder, settings, [], program) })
  closing.push(async () => {
    await Promise.all(pairs.map(({ next }) => next.end('SIGKILL')))
  })
  const outcome = await rollingRestart(pairs, { key, requests })
  const migrated = await row(
    postgres.url,
    `select count(*)::integer as number from _prisma_migrations where migration_name like '2999%'`,
  )
  return { ...outcome, migrations: Number(migrated?.['number']) }
}

function finish(results: Omit<ChaosResults, 'seed' | 'minutes' | 'planned' | 'command' | 'machine'>): void {
  const [processor] = cpus()
  const told: ChaosResults = {
    ...results,
    seed,
    minutes: Math.round((Date.now() - began) / 60_000),
    planned: { kills, stops, others, faults: story.length },
    command: `npm run test:chaos -- ${[kills, stops, others, minutes, requests, seed].join(' ')}`,
    machine: `Node ${process.versions.node}; ${process.platform} on ${cpus().length} × ${processor?.model ?? 'unknown'}`,
  }
  mkdirSync(join(root, 'docs'), { recursive: true })
  writeFileSync(join(root, 'docs/chaos.md'), report(told))
  say(
    `${told.faults.length} faults, ${told.rolling?.failures.length ?? 0} failed requests: see docs/chaos.md`,
  )
  if (told.faults.length > 0 || (told.rolling?.failures.length ?? 0) > 0) process.exitCode = 1
}

function say(text: string): void {
  process.stdout.write(`${text}\n`)
}
