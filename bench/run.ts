import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { benchCapacity } from './capacity.ts'
import { drawChart } from './chart.ts'
import { benchCosts } from './costs.ts'
import { benchDeciding } from './deciding.ts'
import { type Effort, type Figure, isMet, keep, printTable, thisMachine } from './figures.ts'
import { benchGrowth } from './growth.ts'
import { print } from './holds.ts'
import { profile } from './profile.ts'
import { benchReading } from './reading.ts'
import { benchRunning } from './running.ts'
import { build } from './service.ts'
import { benchSubmitting } from './submitting.ts'
import { benchText } from './text.ts'

interface Bench {
  what: string
  /** what may be asked for behind its name */
  may?: string
  run: (effort: Effort) => Promise<Figure[]>
}

const benches: Record<string, Bench> = {
  text: { what: 'for how long a text holds the event loop', may: '"part of a name"', run: benchText },
  reading: { what: 'against a bare route that sends the same bytes', may: 'SECONDS', run: benchReading },
  submitting: { what: 'against pgbench writing the same rows', may: 'SECONDS', run: benchSubmitting },
  deciding: { what: 'against pgbench writing the same rows', may: 'DECISIONS', run: benchDeciding },
  running: { what: 'the start, and memory', may: 'SECONDS', run: benchRunning },
  costs: { what: 'processor time and room that one of each costs', may: 'SECONDS', run: benchCosts },
  capacity: { what: 'what a million readers a second would take, reckoned', run: benchCapacity },
  growth: { what: 'everything with ten million comments', may: 'SIZE,SIZE,…', run: benchGrowth },
}
/** It makes ten million comments first. */
const notWithTheOthers = 'growth'

const [, , which, asked, folder = join(tmpdir(), 'postbag-profiles')] = process.argv
process.exitCode = await run(which, asked)

/** 0 where everything is as it ought to be, or works at all; 1 where not; 2 where nobody knows what is meant. */
async function run(name: string | undefined, given: string | undefined): Promise<number> {
  if (name === 'chart') return drawChart()
  if (name !== undefined && name !== 'smoke' && name !== 'profile' && !(name in benches)) {
    listBenches()
    return 2
  }
  build()
  if (name === 'smoke') return smoke()
  if (name === 'profile') return profile(given, folder)
  if (name !== undefined) return measure(name, given)
  listBenches()
  let exitCode = 0
  for (const one of Object.keys(benches).filter((each) => each !== notWithTheOthers))
    exitCode = Math.max(exitCode, await measure(one, undefined))
  return exitCode
}

function listBenches(): void {
  print('npm run bench                       all of these but growth')
  for (const [name, { what, may = '' }] of Object.entries(benches))
    print(`npm run bench -- ${`${name} [${may}]`.padEnd(27)} ${what}`)
  print('npm run bench -- smoke                       each of them, only to see whether it works')
  print('npm run bench -- chart                       draws bench/results')
  print('npm run bench -- profile WORK [FOLDER]       which functions take the time, and a flame graph')
}

/** Measures, keeps what came of it unless that is only a part, and tells whether all is as it ought to be. */
async function measure(name: string, given: string | undefined): Promise<number> {
  print(`\n## ${name}`)
  const machine = thisMachine()
  const figures = await benches[name]?.run({ asked: given, isSmoke: false })
  if (!figures || figures.length === 0) return 2
  printTable(figures)
  if (name !== 'text' || given === undefined) await keep(name, given ?? '', machine, figures)
  return figures.every(isMet) ? 0 : 1
}

/** Each of them as short as can be, two at a time. No figure is judged, and none is kept. */
async function smoke(): Promise<number> {
  const left = Object.entries(benches).toReversed()
  let failed = 0
  async function lane(): Promise<void> {
    for (let next = left.pop(); next; next = left.pop()) {
      const [name, bench] = next
      const began = performance.now()
      const fault = await bench.run({ isSmoke: true }).then(printTable, inFull)
      if (fault !== undefined) failed += 1
      const took = ((performance.now() - began) / 1_000).toFixed(1)
      print(`\n${name}: ${fault === undefined ? 'works' : `FAILED: ${fault}`} (${took} s)`)
    }
  }
  await Promise.all([lane(), lane()])
  return failed > 0 ? 1 : 0
}

function inFull(fault: unknown): string {
  return fault instanceof Error ? (fault.stack ?? fault.message) : 'it threw no error'
}
