import { firstUses } from './first.ts'
import { readers } from './functions.ts'
import { longestStep, type Measured, measured, print, report } from './holds.ts'
import { acceptable, hostileTexts, rawUnits } from './inputs.ts'
import { type Case, cases } from './requests.ts'
import { type Service, startService } from './service.ts'
import { settle, type World } from './world.ts'

/**
 * Measures for how long text can hold the event loop: each function alone, then requests to a running service. Gives
 * how many inputs hold it for longer than anything may. `only` names what to measure, by a part of its name.
 */
export async function benchText(only = ''): Promise<number> {
  const over = [
    await functionsOver(only),
    'the first'.includes(only) ? report('After the start', await firstUses(starts)) : 0,
    await requestsOver(cases().filter(({ what }) => what.includes(only))),
  ]
  return over.reduce((sum, count) => sum + count, 0)
}

const starts = 3

async function functionsOver(only: string): Promise<number> {
  const texts = hostileTexts().map((hostile) => ({
    what: hostile.what,
    stored: acceptable(hostile),
    arriving: hostile.ofUnits(rawUnits),
  }))
  const rows: Measured[] = []
  for (const { name, readsArriving, read } of readers.filter((reader) => reader.name.includes(only))) {
    for (const { what, stored, arriving } of texts) {
      const text = readsArriving ? arriving : stored
      rows.push(await measured(`${name}: ${what}`, () => longestStep(() => read(text))))
    }
  }
  return rows.length === 0 ? 0 : report('Functions, or the longest of their steps', rows)
}

async function requestsOver(chosen: Case[]): Promise<number> {
  if (chosen.length === 0) return 0
  const service = await startService()
  try {
    const world = await settle(service)
    const rows: Measured[] = []
    const strange: string[] = []
    for (const one of chosen) {
      rows.push(await measured(one.what, () => held(service, world, one, strange)))
    }
    const over = report('Requests to a running service', rows)
    for (const answer of strange) print(`Not as expected: ${answer}`)
    return over + strange.length
  } finally {
    await service.stop()
  }
}

/** How long a case holds the service's event loop; what is answered otherwise than it should be is noted. */
async function held(service: Service, world: World, { what, prepare, answers }: Case, strange: string[]) {
  const asked = [await prepare(world)].flat()
  return service.during(async () => {
    for (const { status, body } of await Promise.all(asked.map((one) => service.ask(one)))) {
      if (!answers.includes(status)) strange.push(`${what}: ${status} ${body.slice(0, 300)}`)
    }
  })
}
