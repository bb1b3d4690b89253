import { allowed, found, type Role, refusal } from '../support/attacks.ts'
import { aGround, type Ground, submission } from '../support/forged.ts'
import { type House, openHouse } from '../support/house.ts'
import { anArticle } from '../support/people.ts'

/** Articles move by one function, which logs it, and no comment ever does. */
let house: House
let ground: Ground

beforeAll(async () => {
  house = await openHouse()
  ground = await aGround(house)
  for (const key of ['a', 'b', 'c', 'd']) await anArticle(house, ground.site, key)
  await moveArticle('a', 'b')
  await moveArticle('d', 'e')
})
afterAll(() => house.close())

const both: Role[] = ['owner', 'desk']

async function moveArticle(from: string, to: string): Promise<void> {
  await allowed(
    house,
    'desk',
    `select move_article('${ground.site}', '${from}', '${to}', '${ground.ada.id}')`,
  )
}

const idOf = (key: string) => `(select id from article where site = '${ground.site}' and key = '${key}')`

test('no comment moves to another article', async () => {
  const sent = submission(ground)
  const move = `update comment set article_id = ${idOf('b')} where site = '${ground.site}'`
  expect(await refusal(house, 'owner', `${sent}; ${move}`)).toBe('what was submitted does not change')
})

test('the desk reads what was moved, and moves nothing but by the function', async () => {
  for (const [table, row] of [
    ['article_alias', `'${ground.site}', 'x', ${idOf('b')}`],
    ['merged_article', `${idOf('c')}, ${idOf('b')}`],
    ['article_move', `gen_random_uuid(), '${ground.site}', ${idOf('c')}, 'c', 'x', null, '${ground.ada.id}'`],
  ]) {
    for (const sql of [`insert into ${table} values (${row})`, `delete from ${table}`, `truncate ${table}`]) {
      expect(await refusal(house, 'desk', sql)).toBe(`permission denied for table ${table}`)
    }
  }
  const sql = `select move_article('${ground.site}', 'c', 'x', '${ground.ada.id}')`
  expect(await refusal(house, 'reader', sql)).toBe('permission denied for function move_article')
})

test('who moves is somebody', async () => {
  const nobody = `select move_article('${ground.site}', 'c', 'x', null)`
  for (const role of both)
    expect(await refusal(house, role, nobody)).toMatch(/null value in column "person_id"/)
  const stranger = `select move_article('${ground.site}', 'c', 'x', gen_random_uuid())`
  for (const role of both) expect(await refusal(house, role, stranger)).toBe('article_move_person_id_fkey')
})

test('what was moved is written down for ever', async () => {
  expect(await refusal(house, 'owner', 'delete from article_move')).toMatch(/kept for ever/)
  expect(await refusal(house, 'owner', `update article_move set to_key = 'x'`)).toMatch(/kept for ever/)
  expect(await refusal(house, 'owner', 'truncate article_move')).toMatch(/kept for ever/)
  expect(await refusal(house, 'owner', 'delete from merged_article')).toMatch(/kept for ever/)
  expect(await refusal(house, 'owner', 'truncate merged_article')).toMatch(/kept for ever/)
})

test('a key leads to one article', async () => {
  const again = `insert into article (site, key) values ('${ground.site}', 'd')`
  const taken = `update article set key = 'd' where site = '${ground.site}' and key = 'c'`
  for (const role of both) {
    expect(await refusal(house, role, again)).toBe('article_moved')
    expect(await refusal(house, role, taken)).toBe('article_moved')
  }
})

test('a part of an article rests, and is part of one that is part of none, on the same site', async () => {
  const change = `update article set title = 'x' where id = ${idOf('a')}`
  for (const role of both) expect(await refusal(house, role, change)).toBe('article_moved')
  const elsewhere = await aGround(house)
  const reason = 'an article is part of an article of its site that is part of none'
  for (const [part, whole] of [
    [idOf('c'), idOf('a')],
    [idOf('b'), idOf('c')],
    [idOf('c'), `'${elsewhere.article}'`],
  ]) {
    expect(await refusal(house, 'owner', `insert into merged_article values (${part}, ${whole})`)).toBe(
      reason,
    )
  }
  expect(
    await refusal(house, 'owner', `insert into merged_article values (${idOf('c')}, ${idOf('c')})`),
  ).toBe('merged_article_is_another')
})

test('readers see an article that is part of another as none of its own', async () => {
  const keys = await found(
    house,
    `select key from public_article where site = '${ground.site}' order by key`,
    'reader',
  )
  expect(keys).toEqual([{ key: 'b' }, { key: 'c' }, { key: 'e' }, { key: 'news' }])
})
