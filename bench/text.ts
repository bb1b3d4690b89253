import type { Effort, Figure } from './figures.ts'
import { firstUses } from './first.ts'
import { readers } from './functions.ts'
import { longestStep, type Measured, measured, report } from './holds.ts'
import { acceptable, type Hostile, hostileTexts, rawUnits } from './inputs.ts'
import { type Case, cases } from './requests.ts'
import type { Service } from './service.ts'
import { onStage } from './stage.ts'
import { settle, type World } from './world.ts'

/**
 * Measures for how long text can hold the event loop: each function alone, then what comes first after a start, then
 * requests to a running service. What is asked for names what to measure, by a part of its name.
 */
export async function benchText({ asked = '', isSmoke }: Effort): Promise<Figure[]> {
  const names = isSmoke ? ['countGraphemes', smokeText] : [asked]
  const isChosen = (name: string) => names.some((part) => name.includes(part))
  const texts = hostileTexts().filter(({ what }) => !isSmoke || what === smokeText)
  return [
    ...report('Functions, or the longest of their steps', await functionsMeasured(texts, isChosen)),
    ...report('After the start', await firstUses(3, isChosen)),
    ...report('Requests to a running service', await requestsMeasured(texts, isChosen)),
  ]
}

const smokeText = 'marks and joiners'

type IsChosen = (name: string) => boolean

async function functionsMeasured(texts: Hostile[], isChosen: IsChosen): Promise<Measured[]> {
  const read = texts.map((hostile) => ({
    what: hostile.what,
    stored: acceptable(hostile),
    arriving: hostile.ofUnits(rawUnits),
  }))
  const rows: Measured[] = []
  for (const { name, readsArriving, read: readText } of readers.filter((reader) => isChosen(reader.name))) {
    for (const { what, stored, arriving } of read) {
      const text = readsArriving ? arriving : stored
      rows.push(await measured(`${name}: ${what}`, () => longestStep(() => readText(text))))
    }
  }
  return rows
}

async function requestsMeasured(texts: Hostile[], isChosen: IsChosen): Promise<Measured[]> {
  const chosen = cases(texts).filter(({ what }) => isChosen(what))
  if (chosen.length === 0) return []
  return onStage({}, async (stage) => {
    const service = await stage.service({ isProbed: true })
    const world = await settle(service)
    const rows: Measured[] = []
    const strange: string[] = []
    for (const one of chosen) {
      rows.push(await measured(one.what, () => held(service, world, one, strange)))
    }
    if (strange.length > 0) throw new Error(`Not as expected:\n${strange.join('\n')}`)
    return rows
  })
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
