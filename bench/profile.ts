import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { untilSettled } from './behind.ts'
import { aModerator, aSite, commentsOn } from './desk.ts'
import type { Requests } from './driving.ts'
import { flameGraph, foldedIn, sharesIn } from './flame.ts'
import { print } from './holds.ts'
import type { Service } from './service.ts'
import { onStage, type Stage } from './stage.ts'
import { onlyAnswered } from './turns.ts'

/** What is done while V8 looks on: with so many connections, and how it has to be answered. */
interface Work {
  connections: number
  expected: number
  requests: (stage: Stage, service: Service) => Promise<Requests>
}

const works: Record<string, Work> = {
  reading: {
    connections: 32,
    expected: 200,
    async requests(stage) {
      await stage.crowd({ site: 'bench', published: { articles: 1, each: 50 }, length: 300 })
      return { kind: 'same', path: commentsOn('article-1') }
    },
  },
  building: {
    connections: 32,
    expected: 200,
    async requests(stage) {
      await stage.crowd({ site: 'bench', published: { articles: 500, each: 50 }, length: 300 })
      return { kind: 'in turn', path: commentsOn('{article}'), articles: 500 }
    },
  },
  submitting: {
    connections: 64,
    expected: 202,
    requests: async () => ({ kind: 'comments', path: commentsOn('news') }),
  },
  deciding: {
    connections: 8,
    expected: 201,
    async requests(stage, service) {
      const { key } = await aModerator(service, 'bench')
      await stage.crowd({ site: 'bench', waiting: 20_000 })
      const { rows } = await stage.owner.query<{ id: string }>(
        'select comment_id as id from waiting order by position',
      )
      return { kind: 'approvals', ids: rows.map(({ id }) => id), key }
    },
  },
}

const seconds = 8
/** Of all time, from which on a function is told of. */
const worthTelling = 0.02

/**
 * Profiles the service at one of its works, prints which functions took the most time, and writes `WORK.folded` and `WORK.svg`
 * (a flame graph) into a folder. The exit code.
 */
export async function profile(name: string | undefined, folder: string): Promise<number> {
  const work = name === undefined ? undefined : works[name]
  if (!name || !work) {
    print(`npm run bench -- profile ${Object.keys(works).join('|')} [FOLDER]`)
    return 2
  }
  await mkdir(folder, { recursive: true })
  const folded = await onStage({}, async (stage) => {
    const profiles = join(stage.folder, 'profiles')
    // As little memory as its own pages are built anew each time, where that is what is looked at.
    const settings = name === 'building' ? { POSTBAG_CACHE_MB: '1' } : {}
    const service = await stage.service({ profiles, settings })
    await aSite(service, { publishDelay: 0 })
    const requests = await work.requests(stage, service)
    const drive = async (lasting: number) =>
      onlyAnswered(
        work.expected,
        await stage.drive({ port: service.port, connections: work.connections, seconds: lasting, requests }),
      )
    if (requests.kind !== 'approvals') await drive(2)
    const began = performance.now()
    await drive(seconds)
    if (name === 'submitting') await untilSettled(stage.owner)
    const ended = performance.now()
    await service.stop()
    const stopped = performance.now()
    const file = (await readdir(profiles)).find((one) => one.endsWith('.cpuprofile')) ?? ''
    return foldedIn(
      await readFile(join(profiles, file), 'utf8'),
      (stopped - began) / 1_000,
      (stopped - ended) / 1_000,
    )
  })
  await writeFile(
    join(folder, `${name}.folded`),
    [...folded].map(([stack, spent]) => `${stack} ${spent.toFixed(2)}\n`).join(''),
  )
  await writeFile(join(folder, `${name}.svg`), flameGraph(folded, name))
  const shares = sharesIn(folded)
  for (const by of ['self', 'inclusive'] as const) {
    print(`\nby ${by === 'self' ? 'its own time' : 'its time with what it called'}`)
    for (const share of shares.toSorted((one, other) => other[by] - one[by]))
      if (share[by] >= worthTelling) print(`${(100 * share[by]).toFixed(1).padStart(6)} %  ${share.name}`)
  }
  print(`\n${join(folder, `${name}.svg`)}`)
  return 0
}
