import { ask, type House, openHouse } from '../support/house.ts'
import { aMember, byPassword, type Member, signedIn, signIn } from '../support/members.ts'
import { aComment, aPerson, aSite, decision } from '../support/people.ts'
import { problemIn } from '../support/problem.ts'

describe('whoever is deactivated', () => {
  let house: House
  let site: string
  beforeAll(async () => {
    house = await openHouse()
    site = await aSite(house)
  })
  afterAll(() => house.close())

  const anEditor = () => aMember(house, { roles: [{ site, role: 'editor' }] })
  const change = (
    { id, pseudonym, login = null }: Pick<Member, 'id' | 'pseudonym'> & { login?: string | null },
    active: boolean,
  ) =>
    ask(house, 'PUT', `/v1/people/${id}`, {
      key: house.admin,
      body: { pseudonym, login, active, roles: [{ site, role: 'editor' }] },
    })
  const claim = (headers: Record<string, string>) =>
    ask(house, 'POST', '/v1/moderation/claims', { headers, body: { site, limit: 5 } })

  test('holds nothing any more: what they had claimed is for others at once', async () => {
    const [ada, bea] = [await anEditor(), await anEditor()]
    await Promise.all([1, 2, 3].map(() => aComment(house, site)))
    const held = (await claim({ cookie: ada.cookie })).body.comments.map(({ id }: { id: string }) => id)
    expect(held).toHaveLength(3)
    expect((await claim({ cookie: bea.cookie })).body.comments).toEqual([])
    expect((await change(ada, false)).status).toBe(200)
    const taken = (await claim({ cookie: bea.cookie })).body.comments.map(({ id }: { id: string }) => id)
    expect(taken).toEqual(held)
  })

  test('comes in no more, by any way that was open, also when they are active again', async () => {
    const ada = await anEditor()
    const { link } = (await ask(house, 'POST', `/v1/people/${ada.id}/sign-in-link`, { key: house.admin }))
      .body
    await change(ada, false)
    expect((await signIn(house, byPassword(ada))).status).toBe(401)
    await change(ada, true)
    expect((await ask(house, 'GET', '/v1/me', { headers: { cookie: ada.cookie } })).status).toBe(401)
    expect((await signIn(house, { link })).status).toBe(401)
    expect((await signIn(house, byPassword(ada))).status).toBe(204)
  })

  test('does not decide with a request that had begun before', async () => {
    const person = await aPerson(house, site, 'editor')
    const { id } = await aComment(house, site)
    await house.owner.query('begin')
    await house.owner.query('select from comment where id = $1 for update', [id])
    await house.owner.query('select from waiting where comment_id = $1 for update', [id])
    await house.owner.query('lock table move in exclusive mode')
    const deciding = decision(house, person.key, id, { action: 'approve' }, 1)
    await waitingForALock(1)
    expect((await change(person, false)).status).toBe(200)
    await house.owner.query('commit')
    expect(problemIn(await deciding)).toBe('401 unauthenticated')
    const { rows } = await house.owner.query('select status from comment where id = $1', [id])
    expect(rows).toEqual([{ status: 'pending' }])
  })

  test('is deactivated after what they were deciding at that moment, never in the middle', async () => {
    for (let round = 0; round < 6; round += 1) {
      const person = await aPerson(house, site, 'editor')
      const { id } = await aComment(house, site)
      const [decided, changed] = await Promise.all([
        decision(house, person.key, id, { action: 'approve' }, 1),
        change(person, false),
      ])
      expect(changed.status).toBe(200)
      const { rows } = await house.owner.query<{ status: string }>(
        'select status from comment where id = $1',
        [id],
      )
      expect(rows).toEqual([{ status: decided.status === 201 ? 'published' : 'pending' }])
      expect([201, 401]).toContain(decided.status)
    }
  })

  test('begins no session at that moment which would last', async () => {
    for (let round = 0; round < 4; round += 1) {
      const ada = await anEditor()
      const [answer, changed] = await Promise.all([signIn(house, byPassword(ada)), change(ada, false)])
      expect(changed.status).toBe(200)
      expect([204, 401]).toContain(answer.status)
      const { rows } = await house.owner.query('select from session where person_id = $1', [ada.id])
      expect(rows).toEqual([])
    }
  })

  test('is seen under a pseudonym by everybody but admins; a login leaves for nobody else', async () => {
    const ada = await anEditor()
    const bea = await anEditor()
    const { id } = await aComment(house, site)
    await claim({ cookie: ada.cookie })
    const decided = await ask(house, 'POST', `/v1/moderation/comments/${id}/decisions`, {
      headers: { cookie: ada.cookie, 'if-match': '"1"' },
      body: { action: 'approve', note: 'Seen.' },
    })
    expect(decided.status).toBe(201)
    const cookie = await signedIn(house, byPassword(bea))
    const seen = await Promise.all(
      [
        `/v1/moderation/queue?site=${site}`,
        `/v1/moderation/comments/${id}`,
        `/v1/moderation/comments/${id}/history`,
        `/v1/moderation/log?site=${site}`,
        '/v1/me',
        '/v1/sessions',
        '/desk/forms',
      ].map((url) => ask(house, 'GET', url, { headers: { cookie } })),
    )
    expect(seen.map(({ status }) => status)).toEqual(seen.map(() => 200))
    expect(seen.some(({ text }) => text.includes(ada.pseudonym))).toBe(true)
    for (const { text } of [decided, ...seen]) expect(text).not.toContain('@news.example')
    const admins = await ask(house, 'GET', '/v1/people', { key: house.admin })
    expect(admins.text).toContain(ada.login)
  })

  /** Until so many of the service's statements wait for what the owner holds. */
  async function waitingForALock(many: number): Promise<void> {
    for (;;) {
      await house.owner.query('select pg_stat_clear_snapshot()')
      const { rows } = await house.owner.query(
        `select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`,
      )
      if (rows.length >= many) return
    }
  }
})
