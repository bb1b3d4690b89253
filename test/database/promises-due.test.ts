import { allowed, found, listed } from '../support/attacks.ts'
import {
  aGround,
  type Ground,
  move,
  newText,
  type Standing,
  standing,
  submission,
  textHash,
} from '../support/forged.ts'
import { type House, openHouse } from '../support/house.ts'
import { aComment } from '../support/people.ts'
import { aCommentIn } from '../support/states.ts'

/** When a publication is due, as the database computes it. */
let house: House
let ground: Ground

beforeAll(async () => {
  house = await openHouse()
})
beforeEach(async () => {
  ground = await aGround(house)
})
afterAll(() => house.close())

describe("a publication is due after its site's delay", () => {
  test.each([0, 30, 86_400])('of %i seconds', async (delay) => {
    await set(`publish_delay = ${delay}`)
    const { id } = await approved()
    expect(await delayOf(id)).toBe(delay)
  })

  test("by the database's clock", async () => {
    await house.ahead(3_600)
    const { id } = await approved()
    const question = `select extract(epoch from decided_at - statement_timestamp())::int as ahead from move
                       where comment_id = '${id}' and action = 'approve'`
    const [row] = await found(house, question)
    expect(Number(row?.['ahead'])).toBeGreaterThan(3_590)
  })

  test('whatever the delay becomes afterwards', async () => {
    const { id } = await approved()
    await set('publish_delay = 0')
    expect(await delayOf(id)).toBe(30)
    expect(await found(house, `select id from public_comment where id = '${id}'`, 'reader')).toEqual([])
  })

  test.each(['edit', 'restore'])('also to %s', async (action) => {
    const state = action === 'edit' ? 'published, due' : 'unpublished'
    const on = await standing(house, await aCommentIn(house, state, ground.site, ground.ada))
    const rules = action === 'edit' ? [ground.rule('respect')] : []
    const text = action === 'edit' ? newText(on, { rules }) : ''
    await allowed(house, 'desk', `${move(on, action, { person_id: ground.ada.id, rules })}; ${text}`)
    expect(await delayOf(on.id)).toBe(30)
  })
})

describe("a publication is due in its site's rhythm", () => {
  test.each([
    [1, 0],
    [60, 30],
    [3_600, 0],
    [86_400, 86_400],
  ])('of %i seconds, after a delay of %i', async (every, delay) => {
    await set(`publish_every = ${every}, publish_delay = ${delay}`)
    const { id } = await approved()
    const [due] = await found(
      house,
      `select extract(epoch from m.shows_from)::numeric % ${every} as rest,
              extract(epoch from m.shows_from - m.decided_at) - ${delay} as wait
         from move m where m.comment_id = '${id}' and m.action = 'approve'`,
    )
    expect(Number(due?.['rest'])).toBe(0)
    expect(Number(due?.['wait'])).toBeGreaterThanOrEqual(0)
    expect(Number(due?.['wait'])).toBeLessThan(every)
  })
})

describe('an answer is due', () => {
  test('no earlier than what it answers', async () => {
    const parent = await approved()
    const answer = await anAnswerTo(parent)
    await set('publish_delay = 0')
    await approve(answer)
    expect(await dueAt(answer.id)).toBe(await dueAt(parent.id))
    await house.ahead(29)
    expect(await shown()).toEqual([])
    await house.ahead(2)
    expect(await shown()).toEqual([answer.id, parent.id].toSorted())
  })

  test('no later for an edit that it waits for', async () => {
    const parent = await standing(house, await aCommentIn(house, 'published, due', ground.site, ground.ada))
    const answer = await anAnswerTo(parent)
    await edit(parent, 'A text of tomorrow.')
    await set('publish_delay = 0')
    await approve(answer)
    expect(await delayOf(answer.id)).toBe(0)
  })

  test('on its own, once what it answers has gone', async () => {
    const parent = await standing(house, await aCommentIn(house, 'published, due', ground.site, ground.ada))
    const answer = await anAnswerTo(parent)
    const rules = [ground.rule('topic')]
    await allowed(house, 'desk', move(parent, 'unpublish', { person_id: ground.ada.id, rules }))
    await approve(answer)
    expect(await delayOf(answer.id)).toBe(30)
  })
})

test('until an edit is due, what showed before it shows: not an edit before it that nobody has seen', async () => {
  const on = await standing(house, await aCommentIn(house, 'published, due', ground.site, ground.ada))
  const text = `select text from public_comment where id = '${on.id}'`
  const [first] = await found(house, text, 'reader')
  await edit(on, 'The first edit.')
  await edit(await standing(house, on), 'The second edit.')
  expect(await found(house, text, 'reader')).toEqual([first])
  await house.ahead(31)
  expect(await found(house, text, 'reader')).toEqual([{ text: 'The second edit.' }])

  const unseen = await approved()
  await edit(unseen, 'What is shown first.')
  expect(await found(house, text.replace(on.id, unseen.id), 'reader')).toEqual([])
  await house.ahead(31)
  expect(await found(house, text.replace(on.id, unseen.id), 'reader')).toEqual([
    { text: 'What is shown first.' },
  ])
})

test('a comment keeps its place in the list from the first time that it was shown', async () => {
  const on = await standing(house, await aCommentIn(house, 'published, due', ground.site, ground.ada))
  const place = `select first_shown_at from comment where id = '${on.id}'`
  const [first] = await listed(house, place)
  await house.ahead(3_600)
  const unpublish = { person_id: ground.ada.id, rules: [ground.rule('topic')] }
  await allowed(house, 'desk', move(on, 'unpublish', unpublish))
  await allowed(house, 'desk', move(await standing(house, on), 'restore', { person_id: ground.ben.id }))
  expect(await listed(house, place)).toEqual([first])
  expect(await shown()).toEqual([])
})

test('what was undone or unpublished before it showed has no place in the list', async () => {
  for (const [action, rules] of [
    ['undo', []],
    ['unpublish', [ground.rule('topic')]],
  ] as const) {
    const on = await approved()
    const columns = { person_id: ground.ada.id, rules, ...(action === 'undo' && { to_status: 'pending' }) }
    await allowed(house, 'desk', move(on, action, columns))
    expect(await found(house, `select first_shown_at from comment where id = '${on.id}'`)).toEqual([
      { first_shown_at: null },
    ])
  }
})

async function approved(): Promise<Standing> {
  const on = await standing(house, await aComment(house, ground.site))
  await approve(on)
  return standing(house, on)
}

async function approve(on: Standing): Promise<void> {
  await allowed(house, 'desk', move(on, 'approve', { person_id: ground.ada.id }))
}

async function edit(on: Standing, text: string): Promise<void> {
  const rules = [ground.rule('respect')]
  const edited = move(on, 'edit', { person_id: ground.ada.id, rules, text_hash: textHash(text) })
  await allowed(house, 'desk', `${edited}; ${newText(on, { rules, text })}`)
}

async function anAnswerTo({ id: parent }: Standing): Promise<Standing> {
  const id = crypto.randomUUID()
  const comment = { parent_id: parent, root_id: parent, ancestors: [parent] }
  await allowed(house, 'desk', submission(ground, { id, comment }))
  return standing(house, { id })
}

async function set(what: string): Promise<void> {
  await allowed(house, 'desk', `update site set ${what} where key = '${ground.site}'`)
}

/** Seconds from the newest decision until it shows. */
async function delayOf(id: string): Promise<number> {
  const [seconds] = await listed(
    house,
    `select extract(epoch from m.shows_from - m.decided_at) from move m join comment c on c.id = m.comment_id and c.seq = m.seq
      where c.id = '${id}' and c.shows_from = m.shows_from`,
  )
  return Number(seconds)
}

async function dueAt(id: string): Promise<string | undefined> {
  const [due] = await listed(house, `select extract(epoch from shows_from) from comment where id = '${id}'`)
  return due
}

async function shown(): Promise<string[]> {
  const rows = await found(house, `select id from public_comment where site = '${ground.site}'`, 'reader')
  return rows.map(({ id }) => String(id)).toSorted()
}
