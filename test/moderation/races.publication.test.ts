import { setTimeout as wait } from 'node:timers/promises'
import { ask, type House, openHouse } from '../support/house.ts'
import { aComment, anArticle, aPerson, aSite, decision, type TestPerson } from '../support/people.ts'
import { inParallel, rounds } from '../support/races.ts'

const publishDelay = 120
const atOnce = 25

/** Undos that come just before, just when and just after what they undo becomes public. */
let house: House
let site: string
let ada: TestPerson

beforeAll(async () => {
  house = await openHouse()
  site = await aSite(house, { publishDelay })
  ada = await aPerson(house, site)
})
afterAll(() => house.close())

test('an undo and a publication that is due: undone and never public, or public and not undone', async () => {
  const outcomes = { undone: 0, 'too late': 0 }
  for (let left = rounds; left > 0; left -= atOnce) {
    const wave = await aWave(Math.min(atOnce, left))
    const { undone, late, seen } = await race(wave)
    expect([...undone, ...late].toSorted()).toEqual([...wave.due.keys()].toSorted())
    expect([...undone].filter((id) => seen.has(id))).toEqual([])
    outcomes.undone += undone.size
    outcomes['too late'] += late.size

    await house.ahead(publishDelay)
    expect(await shownIn(wave)).toEqual([...late].toSorted())
    const { body } = await ask(house, 'GET', `/v1/sites/${site}/counts?article=${wave.article}`)
    expect(body.counts).toEqual({ [wave.article]: late.size })
    expect(await logOf(wave)).toEqual(
      [...wave.due.keys()]
        .map((id) =>
          undone.has(id) ? `${id} pending submit,approve,undo 1,2,3` : `${id} published submit,approve 1,2`,
        )
        .toSorted(),
    )
  }
  expect(outcomes.undone + outcomes['too late']).toBe(rounds)
  expect(Math.min(...Object.values(outcomes))).toBeGreaterThan(0)
}, 3_600_000)

/** Comments of one article that were just approved, and when each of them is due, in milliseconds. */
interface Wave {
  article: string
  due: Map<string, number>
}

async function aWave(size: number): Promise<Wave> {
  const article = `wave-${Math.random()}`
  await anArticle(house, site, article)
  const ids: string[] = []
  await inParallel(Array.from({ length: size }), async () => {
    ids.push((await aComment(house, site, {}, article)).id)
  })
  const due = new Map<string, number>()
  await inParallel(ids, async (id) => {
    const approved = await decision(house, ada.key, id, { action: 'approve' }, 1)
    expect(approved.status).toBe(201)
    due.set(id, Date.parse(approved.body.visibleAt))
  })
  return { article, due }
}

/**
 * Moves the clock to some tenths of a second before the first is due, and undoes each at another moment from there on,
 * while others look at the article all the time.
 */
async function race(wave: Wave) {
  const times = [...wave.due.values()]
  const lead = 700
  await house.ahead((Math.min(...times) - lead - (await now())) / 1_000)
  const until = performance.now() + lead + (Math.max(...times) - Math.min(...times)) + 300
  const [undone, late, seen] = [new Set<string>(), new Set<string>(), new Set<string>()]

  const undoOne = async (id: string, place: number) => {
    await wait((place / wave.due.size) * (lead + 200))
    const answer = await decision(house, ada.key, id, { action: 'undo' }, 2)
    const isUndone = answer.status === 201
    expect([answer.status, answer.body.code]).toEqual(isUndone ? [201, undefined] : [409, 'too_late_to_undo'])
    const outcome = isUndone ? undone : late
    outcome.add(id)
  }
  const look = async () => {
    while (performance.now() < until) for (const id of await shownIn(wave)) seen.add(id)
  }
  await Promise.all([...[...wave.due.keys()].map(undoOne), look(), look()])
  return { undone, late, seen }
}

async function now(): Promise<number> {
  const { rows } = await house.owner.query<{ now: number }>(
    'select (extract(epoch from moment()) * 1000)::float8 as now',
  )
  return rows[0]?.now ?? 0
}

/** What everybody sees under the article at this moment. */
async function shownIn({ article }: Wave): Promise<string[]> {
  const { body } = await ask(house, 'GET', `/v1/sites/${site}/articles/${article}/comments?limit=100`)
  const comments: { id: string }[] = body.comments
  return comments.map(({ id }) => id).toSorted()
}

async function logOf({ due }: Wave): Promise<string[]> {
  const { rows } = await house.owner.query<{ line: string }>(
    `select concat_ws(' ', c.id, c.status,
              (select string_agg(m.action, ',' order by m.seq) from move m where m.comment_id = c.id),
              (select string_agg(e.seq::text, ',' order by e.seq) from event e where e.comment_id = c.id)) as line
       from comment c where c.id = any ($1)`,
    [[...due.keys()]],
  )
  return rows.map(({ line }) => line).toSorted()
}
