import { setTimeout as wait } from 'node:timers/promises'
import { clusterOf } from '../../src/moderation/clusters/cluster.ts'
import { carryOnWithClusters } from '../../src/moderation/clusters/decide-cluster.ts'
import { insertClusterDecision } from '../../src/moderation/clusters/store.ts'
import { ask, type House, openHouse } from '../support/house.ts'
import { aComment, aPerson, aSite, type TestPerson } from '../support/people.ts'
import { everyRound, inParallel } from '../support/races.ts'

/** Decisions about floods that are undone while they are being carried out, by several processes at once. */
let house: House
let site: string
let ada: TestPerson

beforeAll(async () => {
  house = await openHouse()
  site = await aSite(house, { publishDelay: 3_600 })
  ada = await aPerson(house, site)
})
afterAll(() => house.close())

test('a decision about a flood is undone right after it was made: nothing of it stays', async () => {
  await inParallel(everyRound, async (round) => {
    const { key, ids } = await aFlood(round)
    const made = await onCluster(key, '', { action: 'reject', rules: ['promotion'] })
    expect(made.body).toMatchObject({ size: ids.length, done: ids.length })
    const undone = await onCluster(key, `/${made.body.id}/undo`)
    expect(undone.status).toBe(202)
    await expectUndone(key, made.body.id, ids)
  })
})

test('it is undone while two processes carry it out: each comment is left alone, or decided and undone', async () => {
  const ways = new Set<string>()
  await inParallel(everyRound, async (round) => {
    const { key, ids } = await aFlood(round)
    const id = await aDecisionToCarryOut(key, ids)
    const [undone] = await Promise.all([
      wait((round % 10) * 8).then(() => onCluster(key, `/${id}/undo`)),
      carryOnWithClusters(house.db),
      carryOnWithClusters(house.db),
    ])
    expect(undone.status).toBe(202)
    for (const way of await expectUndone(key, id, ids)) ways.add(way)
  })
  expect(ways).toEqual(new Set(['submit', 'submit,reject,undo']))
})

/** Comments that say the same, and nothing that those of other rounds say. */
async function aFlood(round: number): Promise<{ key: string; ids: string[] }> {
  const text = `Cheap watches ${Math.random()} ${round}`
  const ids: string[] = []
  for (let many = 0; many < 3; many += 1) ids.push((await aComment(house, site, { text })).id)
  const { body } = await ask(house, 'GET', `/v1/moderation/comments/${ids[0]}`, { key: ada.key })
  return { key: body.cluster.key, ids }
}

/** A decision that was written down and nothing more, as by a process that ended then. */
async function aDecisionToCarryOut(key: string, [sampleId = '']: string[]): Promise<string> {
  const id = await insertClusterDecision(house.db.desk, {
    ...clusterOf(key),
    sampleId,
    languages: null,
    personId: ada.id,
    keyId: null,
    action: 'reject',
    decision: JSON.stringify({ action: 'reject', rules: ['promotion'] }),
  })
  return id ?? ''
}

function onCluster(key: string, path: string, body?: Record<string, unknown>) {
  const url = `/v1/moderation/clusters/${key}/decisions${path}`
  return ask(house, 'POST', url, { key: ada.key, body })
}

/** All wait again, once everything is done that is to be done; the moves of each. */
async function expectUndone(key: string, id: string, ids: string[]): Promise<string[]> {
  await carryOnWithClusters(house.db)
  const url = `/v1/moderation/clusters/${key}/decisions/${id}`
  const told = await ask(house, 'GET', url, { key: ada.key })
  expect(told.body).toMatchObject({ finished: true, waits: 0, done: 0, undone: ids.length, left: {} })
  const { rows } = await house.db.desk.query<{ status: string; moves: string }>(
    `select status, (select string_agg(action, ',' order by seq) from move where comment_id = c.id) as moves
       from comment c where id = any ($1)`,
    [ids],
  )
  expect(rows.map(({ status }) => status)).toEqual(ids.map(() => 'pending'))
  return rows.map(({ moves }) => moves)
}
