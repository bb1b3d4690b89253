import { allowed, found, refusal, refusalByKeys } from '../support/attacks.ts'
import { aGround, type Ground, move, newText, standing, submission } from '../support/forged.ts'
import { ask, type House, openHouse } from '../support/house.ts'
import { aCommentIn } from '../support/states.ts'

/** The log does not lie about who wrote a text, and nobody publishes their own. */
let house: House
let ground: Ground
let parent: string
let answer: { id: string }

beforeAll(async () => {
  house = await openHouse()
  ground = await aGround(house)
  parent = (await aCommentIn(house, 'published, due', ground.site, ground.ada)).id
  answer = await anAnswer()
})
afterAll(() => house.close())

async function anAnswer(): Promise<{ id: string }> {
  const sent = await ask(house, 'POST', `/v1/moderation/comments/${parent}/replies`, {
    key: ground.ada.key,
    body: { text: 'Thank you.' },
  })
  expect(sent.status).toBe(202)
  return sent.body
}

const below = () => ({ parent_id: parent, root_id: parent, ancestors: [parent] })
const byAda = () => ({ actor: 'person', person_id: ground.ada.id })

test('a comment is the staff’s when its first move is, and not otherwise', async () => {
  const reason = "a comment is the staff's when its first move is"
  for (const role of ['owner', 'desk'] as const) {
    const posing = submission(ground, { comment: { ...below(), staff: true } })
    expect(await refusal(house, role, posing)).toBe(reason)
    const hidden = submission(ground, { comment: { ...below(), staff: false }, first: byAda() })
    expect(await refusal(house, role, hidden)).toBe(reason)
    const nobody = submission(ground, {
      comment: { ...below(), staff: true },
      first: { actor: 'person', person_id: null },
    })
    expect(await refusal(house, role, nobody)).toBe('move_person')
  }
})

test('the staff answers; it begins no thread', async () => {
  const sql = submission(ground, { comment: { staff: true }, first: byAda() })
  for (const role of ['owner', 'desk'] as const) {
    expect(await refusal(house, role, sql)).toBe('the staff answers comments')
  }
})

test('who wrote a comment does not change', async () => {
  for (const id of [answer.id, parent]) {
    const sql = `update comment set staff = not staff where id = '${id}'`
    expect(await refusal(house, 'owner', sql)).toBe('what was submitted does not change')
    expect(await refusal(house, 'desk', sql)).toBe('permission denied for table comment')
  }
})

test('the system writes nothing', async () => {
  const sql = submission(ground, { comment: below(), first: { actor: 'system' } })
  expect(await refusalByKeys(house, sql)).toBe('move_transition_fkey')
})

test('nobody publishes what they wrote: not by approving, not by editing, not by restoring', async () => {
  const own = 'another person reads what somebody of the staff wrote'
  const on = await standing(house, answer)
  const rules = [ground.rule('respect')]
  for (const role of ['owner', 'desk'] as const) {
    expect(await refusal(house, role, move(on, 'approve', { person_id: ground.ada.id }))).toBe(own)
    const edit = `${move(on, 'edit', { person_id: ground.ada.id, rules })}; ${newText(on, { rules })}`
    expect(await refusal(house, role, edit)).toBe(own)
  }
  const reject = move(on, 'reject', { person_id: ground.ben.id, rules: [ground.rule('topic')] })
  await allowed(house, 'desk', reject)
  const rejected = await standing(house, answer)
  const restore = move(rejected, 'restore', { person_id: ground.ada.id })
  for (const role of ['owner', 'desk'] as const) expect(await refusal(house, role, restore)).toBe(own)
  await allowed(house, 'desk', move(rejected, 'restore', { person_id: ground.ben.id }))
  const [shown] = await found(
    house,
    `select staff from comment where id = '${answer.id}' and status = 'published'`,
  )
  expect(shown).toEqual({ staff: true })
})

test('it is sent under published terms, and marked with no rule', async () => {
  const id = 'f3b1c1f0-0000-4000-8000-000000000001'
  const sql = submission(ground, { id, comment: { ...below(), staff: true }, first: byAda() })
  const marked = sql
    .replace('insert into revision (', 'insert into revision (rules, ')
    .replace(
      /(insert into revision \(rules[^)]*\) values \()/,
      `$1array['${ground.rule('respect')}']::uuid[], `,
    )
  expect(marked).not.toBe(sql)
  expect(await refusal(house, 'desk', marked)).toBe("a reader's own text is marked with no rule")
  const draft = `insert into terms (site, version, language, introduction) values ('${ground.site}', 9, 'en', 'A draft.');`
  const early = `${draft} ${sql.replace(/terms_version(.*?)values \(([^,]*), ([^,]*), ([^,]*), 2,/s, 'terms_version$1values ($2, $3, $4, 9,')}`
  expect(early).toContain(', 9,')
  expect(await refusal(house, 'owner', early)).toBe('a text is sent under published terms')
})
