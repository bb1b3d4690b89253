import { ask, type House, openHouse } from '../support/house.ts'
import {
  aComment,
  aPerson,
  aSite,
  decision,
  published,
  receiptOf,
  type TestPerson,
} from '../support/people.ts'
import { outcomeOf, tracesOf } from '../support/states.ts'

const proposals = {
  approve: { action: 'escalate', proposal: 'approve' },
  edit: { action: 'escalate', proposal: 'edit', rules: ['at_risk'], text: 'Somebody told me that it is so.' },
  reject: { action: 'escalate', proposal: 'reject', rules: ['violence'] },
} as const
const settlements = [
  ['approve', { action: 'approve' }, 'published'],
  ['edit', { action: 'edit', rules: ['at_risk'], text: 'I heard that it is so.' }, 'published'],
  ['reject', { action: 'reject', rules: ['violence', 'topic'] }, 'rejected'],
] as const

describe('rules that need a second person', () => {
  let house: House
  let site: string
  let ada: TestPerson
  let ben: TestPerson

  beforeAll(async () => {
    house = await openHouse()
    site = await aSite(house, { publishDelay: 3600 })
    ada = await aPerson(house, site)
    ben = await aPerson(house, site)
  })
  afterAll(() => house.close())

  const newComment = () =>
    aComment(house, site, { text: 'My neighbour in Harbour Street told me that it is so.' })
  const decide = (person: { key: string }, id: string, asked: object) =>
    decision(house, person.key, id, { ...asked })

  test.each([
    ['reject', { action: 'reject', rules: ['at_risk'] }],
    ['edit', { action: 'edit', rules: ['at_risk'], text: 'Somebody told me.' }],
    ['reject under several', { action: 'reject', rules: ['topic', 'violence', 'respect'] }],
    ['edit under several', { action: 'edit', rules: ['respect', 'defamation'], text: 'Somebody told me.' }],
  ])('nobody may %s alone, not even an admin', async (_what, asked) => {
    const { id } = await newComment()
    const before = await tracesOf(house, id)
    for (const person of [ada, await aPerson(house, site, 'editor'), { key: house.admin }]) {
      const refused = await decide(person, id, asked)
      expect(outcomeOf(refused)).toBe('409 second_person_needed')
      expect(refused.body.detail).toMatch(/^The rule (at_risk|violence|defamation) needs a second person/)
    }
    expect(await tracesOf(house, id)).toEqual(before)
  })

  test('what does not settle a comment, or only hides it, one person may do', async () => {
    const { id } = await newComment()
    const returned = { action: 'return', rules: ['at_risk'], reason: 'Please leave the street out.' }
    expect(outcomeOf(await decide(ada, id, returned))).toBe('201 return')

    const other = await newComment()
    await decide(ada, other.id, { action: 'approve' })
    expect(outcomeOf(await decide(ada, other.id, { action: 'unpublish', rules: ['at_risk'] }))).toBe(
      '201 unpublish',
    )
  })

  const pairs = Object.entries(proposals).flatMap(([proposed, escalation]) =>
    settlements.map(([settled, settlement, to]) => [proposed, settled, escalation, settlement, to] as const),
  )
  test.each(pairs)('one proposes to %s, another may %s', async (_p, _s, escalation, settlement, to) => {
    const { id } = await newComment()
    expect((await decide(ada, id, escalation)).body).toMatchObject({ to: 'second_review', by: ada.pseudonym })
    expect(outcomeOf(await decide(ada, id, settlement))).toBe('409 second_person_needed')
    const made = await decide(ben, id, settlement)
    expect(made.body).toMatchObject({ from: 'second_review', to, by: ben.pseudonym })
    expect((await tracesOf(house, id)).moves.at(-1)).toMatchObject({
      escalation_seq: 2,
      first_person_id: ada.id,
      person_id: ben.id,
    })
  })

  test('the second person sees what was proposed; the reader does not, and nothing of it is published', async () => {
    const { id, receipt } = await newComment()
    await decide(ada, id, { ...proposals.edit, reason: 'The street gives her away.', note: 'I know her.' })
    const shown = await ask(house, 'GET', `/v1/moderation/comments/${id}`, { key: ben.key })
    expect(shown.body).toMatchObject({
      status: 'second_review',
      text: 'My neighbour in Harbour Street told me that it is so.',
      proposed: { name: null, text: 'Somebody told me that it is so.' },
      last: { action: 'escalate', proposal: 'edit', by: ada.pseudonym, rules: [{ code: 'at_risk' }] },
    })

    const mine = await receiptOf(house, receipt)
    expect(mine).toMatchObject({ status: 'pending', submitted: { text: shown.body.text } })
    for (const secret of ['Somebody', 'gives her away', 'I know her', 'escalate', 'at_risk'])
      expect(JSON.stringify(mine)).not.toContain(secret)

    await decide(ben, id, { action: 'approve' })
    await house.ahead(3601)
    expect(await published(house, site)).toContainEqual(
      expect.objectContaining({ id, text: 'My neighbour in Harbour Street told me that it is so.' }),
    )
  })

  test('the second person is another person, not another key or session of the first', async () => {
    const { id } = await newComment()
    await decide(ada, id, proposals.reject)
    const another = await ask(house, 'POST', '/v1/keys', {
      key: house.admin,
      body: { name: 'Another of hers', person: ada.id, scopes: ['moderation'] },
    })
    const asked = { action: 'reject', rules: ['violence'] }
    expect(outcomeOf(await decide(another.body, id, asked))).toBe('409 second_person_needed')

    const link = await ask(house, 'POST', `/v1/people/${ada.id}/sign-in-link`, { key: house.admin })
    const signedIn = await ask(house, 'POST', '/v1/session', { body: { link: link.body.link } })
    const [cookie = ''] = String(signedIn.headers['set-cookie']).split(';')
    const bySession = await ask(house, 'POST', `/v1/moderation/comments/${id}/decisions`, {
      body: asked,
      headers: { cookie, 'if-match': '"2"' },
    })
    expect(outcomeOf(bySession)).toBe('409 second_person_needed')
  })

  test.each(['editor', 'admin'] as const)('an %s who escalated is no second person either', async (role) => {
    const { id } = await newComment()
    const person = await aPerson(house, site, role)
    await decide(person, id, proposals.approve)
    expect(outcomeOf(await decide(person, id, { action: 'approve' }))).toBe('409 second_person_needed')
    expect(outcomeOf(await decide(ada, id, { action: 'approve' }))).toBe('201 approve')
  })

  test('who escalated may take it back and then decide alone', async () => {
    const { id } = await newComment()
    await decide(ada, id, proposals.approve)
    expect((await decide(ada, id, { action: 'undo' })).body).toMatchObject({ to: 'pending' })
    expect(outcomeOf(await decide(ada, id, { action: 'approve' }))).toBe('201 approve')
  })

  test('a settlement that is undone leaves the first person the first', async () => {
    const { id } = await newComment()
    await decide(ada, id, proposals.reject)
    await decide(ben, id, { action: 'reject', rules: ['violence'] })
    expect((await decide(ben, id, { action: 'undo' })).body).toMatchObject({
      to: 'second_review',
      version: 4,
    })
    expect(outcomeOf(await decide(ada, id, { action: 'approve' }))).toBe('409 second_person_needed')
    expect(outcomeOf(await decide(ben, id, { action: 'approve' }))).toBe('201 approve')
  })

  test('of two escalations the newer one counts', async () => {
    const { id } = await newComment()
    await decide(ada, id, proposals.reject)
    await decide(ada, id, { action: 'undo' })
    await decide(ben, id, proposals.reject)
    const asked = { action: 'reject', rules: ['violence'] }
    expect(outcomeOf(await decide(ben, id, asked))).toBe('409 second_person_needed')
    expect(outcomeOf(await decide(ada, id, asked))).toBe('201 reject')
  })
})

describe('a site where one person decides', () => {
  let house: House
  let site: string
  let id: string

  beforeAll(async () => {
    house = await openHouse()
    site = await aSite(house)
    ;({ id } = await aComment(house, site))
  })
  afterAll(() => house.close())

  const alone = { action: 'reject', rules: ['violence'] }
  const decide = (asked: object) => decision(house, house.admin, id, { ...asked })

  test.each([
    ['reject', alone],
    ['edit', { action: 'edit', rules: ['at_risk'], text: 'Shorter.' }],
    ...Object.entries(proposals),
  ])('refuses at once what would wait for nobody: %s, %p', async (_what, asked) => {
    expect(outcomeOf(await decide(asked))).toBe('409 second_person_missing')
  })

  test('takes the other rules all the same', async () => {
    const other = await aComment(house, site)
    const made = await decision(house, house.admin, other.id, { action: 'reject', rules: ['topic'] })
    expect(outcomeOf(made)).toBe('201 reject')
  })

  test('does not count people of other sites, nor those who are no longer active', async () => {
    await aPerson(house, await aSite(house), 'editor')
    const gone = await aPerson(house, site)
    const left = await ask(house, 'PUT', `/v1/people/${gone.id}`, {
      key: house.admin,
      body: { pseudonym: gone.pseudonym, active: false, roles: [{ site, role: 'moderator' }] },
    })
    expect(left.status).toBe(200)
    expect(outcomeOf(await decide(alone))).toBe('409 second_person_missing')
    expect(outcomeOf(await decide(proposals.reject))).toBe('409 second_person_missing')
  })

  test('counts the first admin: with one moderator there are two', async () => {
    const moderator = await aPerson(house, site)
    expect(outcomeOf(await decision(house, moderator.key, id, alone))).toBe('409 second_person_needed')
    expect(outcomeOf(await decision(house, moderator.key, id, proposals.reject))).toBe('201 escalate')
    expect(outcomeOf(await decide(alone))).toBe('201 reject')
  })
})
