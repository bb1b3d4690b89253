import { carryOnWithClusters } from '../../../src/moderation/clusters/decide-cluster.ts'
import { ask, type House, openHouse } from '../../support/house.ts'
import { aComment, aPerson, aSite, decision, published, type TestPerson } from '../../support/people.ts'

let house: House
beforeAll(async () => {
  house = await openHouse()
})
afterAll(() => house.close())

interface Desk {
  site: string
  ada: TestPerson
  ben: TestPerson
  eve: TestPerson
  key: string
  ids: string[]
}

/** A site on which the same text waits so many times, each a little different to the eye. */
async function aFlood(many: number, settings: Record<string, unknown> = {}): Promise<Desk> {
  const site = await aSite(house, settings)
  const [ada, ben, eve] = [
    await aPerson(house, site),
    await aPerson(house, site),
    await aPerson(house, site, 'editor'),
  ]
  const ids: string[] = []
  for (let at = 0; at < many; at += 1) {
    const text = ['Buy cheap watches at the old harbour!', 'buy CHEAP watches, at the old harbour'][at % 2]
    ids.push((await aComment(house, site, { text })).id)
  }
  const one = await ask(house, 'GET', `/v1/moderation/comments/${ids[0]}`, { key: ada.key })
  return { site, ada, ben, eve, ids, key: one.body.cluster?.key }
}

const onCluster = ({ key }: Desk, person: TestPerson, body: Record<string, unknown>) =>
  ask(house, 'POST', `/v1/moderation/clusters/${key}/decisions`, { key: person.key, body })
const undo = ({ key }: Desk, person: TestPerson, id: string) =>
  ask(house, 'POST', `/v1/moderation/clusters/${key}/decisions/${id}/undo`, { key: person.key })
const statusOf = async ({ ada }: Desk, id: string | undefined) =>
  (await ask(house, 'GET', `/v1/moderation/comments/${id}`, { key: ada.key })).body.status

/** As if the process had ended before it noted anything. */
async function beginAgain(id: string): Promise<void> {
  await house.owner.query(`update cluster_comment set state = 'waits' where decision_id = $1`, [id])
  const asked = '{"action": "reject", "rules": ["promotion"]}'
  await house.owner.query('update cluster_decision set decision = $2 where id = $1', [id, asked])
}

describe('a cluster', () => {
  test('is known to each comment that says the same, and shows the oldest of them', async () => {
    const desk = await aFlood(3)
    await aComment(house, desk.site, { text: 'I sell nothing.' })
    const queue = await ask(house, 'GET', `/v1/moderation/queue?site=${desk.site}`, { key: desk.ada.key })
    const clusters = queue.body.comments.map((comment: { cluster?: unknown }) => comment.cluster)
    const same = { key: desk.key, size: 3 }
    expect(clusters).toEqual([same, same, same, undefined])
    const shown = await ask(house, 'GET', `/v1/moderation/clusters/${desk.key}`, { key: desk.ada.key })
    expect(shown.body).toMatchObject({ key: desk.key, site: desk.site, size: 3 })
    expect(shown.body.comments.map(({ id }: { id: string }) => id)).toEqual(desk.ids)
  })

  test('is nothing to whoever has no part in the site, and is gone when nothing of it waits', async () => {
    const desk = await aFlood(2)
    const stranger = await aPerson(house, await aSite(house))
    expect(
      (await ask(house, 'GET', `/v1/moderation/clusters/${desk.key}`, { key: stranger.key })).status,
    ).toBe(403)
    for (const id of desk.ids) await decision(house, desk.ada.key, id, { action: 'approve' })
    const gone = await ask(house, 'GET', `/v1/moderation/clusters/${desk.key}`, { key: desk.ada.key })
    expect(gone.body).toMatchObject({ status: 404, code: 'cluster_not_found' })
    expect((await onCluster(desk, desk.ada, { action: 'reject', rules: ['promotion'] })).status).toBe(404)
  })
})

describe('one decision over a cluster', () => {
  test('is one move for each comment, by the person, under the rule, with the reason', async () => {
    const desk = await aFlood(4)
    const made = await onCluster(desk, desk.ada, {
      action: 'reject',
      rules: ['promotion'],
      reason: 'No advertising, please.',
    })
    expect(made.status).toBe(202)
    expect(made.body).toMatchObject({
      finished: true,
      size: 4,
      done: 4,
      waits: 0,
      by: desk.ada.pseudonym,
      left: {},
    })
    for (const id of desk.ids) {
      const log = await ask(house, 'GET', `/v1/moderation/comments/${id}/history`, { key: desk.ada.key })
      expect(log.body.moves).toHaveLength(2)
      expect(log.body.moves[1]).toMatchObject({
        action: 'reject',
        by: desk.ada.pseudonym,
        reason: 'No advertising, please.',
        rules: [{ code: 'promotion' }],
      })
    }
    expect(
      (await house.owner.query('select decision from cluster_decision where id = $1', [made.body.id])).rows,
    ).toEqual([{ decision: null }])
  })

  test('leaves what came later, what another holds and what was decided meanwhile', async () => {
    const desk = await aFlood(3)
    await ask(house, 'POST', '/v1/moderation/claims', { key: desk.ben.key, body: { limit: 1 } })
    const made = await onCluster(desk, desk.ada, {
      action: 'reject',
      rules: ['promotion'],
      sample: desk.ids[1],
    })
    expect(made.body).toMatchObject({ size: 2, done: 2 })
    const late = await aComment(house, desk.site, { text: 'Buy cheap watches at the old harbour!' })
    expect(await statusOf(desk, late.id)).toBe('pending')
    expect(await statusOf(desk, desk.ids[0])).toBe('pending')
  })

  test('publishes only what says the very same as what was read', async () => {
    const desk = await aFlood(3)
    const made = await onCluster(desk, desk.ada, { action: 'approve', sample: desk.ids[0] })
    expect(made.body).toMatchObject({ size: 3, done: 2, left: { not_the_same: 1 } })
    expect(await published(house, desk.site)).toHaveLength(2)
    expect(await statusOf(desk, desk.ids[1])).toBe('pending')
  })

  test('does not reach a text whose hash was forged', async () => {
    const desk = await aFlood(2)
    const other = await aComment(house, desk.site, { text: 'An honest word about the harbour.' })
    await house.owner.query(
      `update screening set match_hash = (select match_hash from screening where comment_id = $1) where comment_id = $2`,
      [desk.ids[0], other.id],
    )
    await house.owner.query(
      `update waiting set match_hash = (select match_hash from waiting where comment_id = $1) where comment_id = $2`,
      [desk.ids[0], other.id],
    )
    const made = await onCluster(desk, desk.ada, { action: 'reject', rules: ['promotion'] })
    expect(made.body).toMatchObject({ size: 3, done: 2, left: { not_the_same: 1 } })
    expect(await statusOf(desk, other.id)).toBe('pending')
  })

  test('is refused as the same decision about one comment would be', async () => {
    const desk = await aFlood(2)
    for (const [body, code] of [
      [{ action: 'reject' }, 'rule_missing'],
      [{ action: 'reject', rules: ['nonsense'] }, 'rule_unknown'],
      [{ action: 'return', rules: ['promotion'] }, 'reason_missing'],
      [{ action: 'reject', rules: ['at_risk'] }, 'second_person_needed'],
      [{ action: 'reject', rules: ['promotion'], reason: 'Leave out {{what}}.' }, 'reason_unfinished'],
      [{ action: 'escalate' }, 'invalid_request'],
    ] as const) {
      expect((await onCluster(desk, desk.ada, body)).body.code).toBe(code)
    }
    expect(await statusOf(desk, desk.ids[0])).toBe('pending')
  })

  test('goes on where a process ended, and does nothing twice', async () => {
    const desk = await aFlood(3)
    const made = await onCluster(desk, desk.ada, { action: 'reject', rules: ['promotion'] })
    await beginAgain(made.body.id)
    await carryOnWithClusters(house.db)
    const after = await ask(house, 'GET', `/v1/moderation/clusters/${desk.key}/decisions/${made.body.id}`, {
      key: desk.ada.key,
    })
    expect(after.body).toMatchObject({ finished: true, waits: 0, left: { stale_version: 3 } })
    const log = await ask(house, 'GET', `/v1/moderation/comments/${desk.ids[0]}/history`, {
      key: desk.ada.key,
    })
    expect(log.body.moves).toHaveLength(2)
  })

  test('is not carried out for a person who was deactivated meanwhile', async () => {
    const desk = await aFlood(2)
    const made = await onCluster(desk, desk.ada, { action: 'reject', rules: ['promotion'] })
    await beginAgain(made.body.id)
    const off = { pseudonym: desk.ada.pseudonym, active: false, roles: [] }
    await ask(house, 'PUT', `/v1/people/${desk.ada.id}`, { key: house.admin, body: off })
    await carryOnWithClusters(house.db)
    const after = await ask(house, 'GET', `/v1/moderation/clusters/${desk.key}/decisions/${made.body.id}`, {
      key: desk.eve.key,
    })
    expect(after.body).toMatchObject({ finished: true, left: { forbidden: 2 } })
  })
})

describe('undoing it', () => {
  test('undoes each comment, as long as each can be undone', async () => {
    const desk = await aFlood(3, { publishDelay: 60 })
    const made = await onCluster(desk, desk.ada, { action: 'reject', rules: ['promotion'] })
    const undone = await undo(desk, desk.ada, made.body.id)
    expect(undone.status).toBe(202)
    expect(undone.body).toMatchObject({ finished: true, undone: 3, done: 0, undoneAt: expect.any(String) })
    for (const id of desk.ids) expect(await statusOf(desk, id)).toBe('pending')
    expect((await undo(desk, desk.ada, made.body.id)).body).toMatchObject({ undone: 3 })
  })

  test('is for whoever decided, and for editors', async () => {
    const desk = await aFlood(2, { publishDelay: 60 })
    const made = await onCluster(desk, desk.ada, { action: 'reject', rules: ['promotion'] })
    expect((await undo(desk, desk.ben, made.body.id)).status).toBe(403)
    expect((await undo(desk, desk.eve, made.body.id)).body).toMatchObject({ undone: 2 })
  })

  test('comes too late for what is told already', async () => {
    const desk = await aFlood(2, { publishDelay: 60 })
    const made = await onCluster(desk, desk.ada, { action: 'reject', rules: ['promotion'] })
    await house.ahead(61)
    expect((await undo(desk, desk.ada, made.body.id)).body).toMatchObject({
      undone: 0,
      left: { too_late_to_undo: 2 },
    })
  })
})
