import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { makeSearchable } from '../../src/comments/make-searchable.ts'
import { allowed, listed } from '../support/attacks.ts'
import { aGround, type Ground, submission } from '../support/forged.ts'
import { ask, type House, openHouse } from '../support/house.ts'
import { aComment, decision } from '../support/people.ts'
import { aCommentIn } from '../support/states.ts'

const backlog = readFileSync(
  join(import.meta.dirname, '../../prisma/migrations/20261124000004_search_backlog/migration.sql'),
  'utf8',
)

let house: House
let ground: Ground

beforeAll(async () => {
  house = await openHouse()
  ground = await aGround(house)
})
afterAll(() => house.close())

describe('a text that came without its search key', () => {
  test('is found once its key is made', async () => {
    const id = crypto.randomUUID()
    await allowed(house, 'desk', submission(ground, { id }))
    expect(await foundBy('new text')).toEqual([])
    expect(await makeSearchable(house.db)).toBe(1)
    expect(await foundBy('new text')).toEqual([id])
    expect(await makeSearchable(house.db)).toBe(0)
  })

  test('is listed by the migration if it was there before: what waits first, then the newest', async () => {
    const rejected = await aCommentIn(house, 'rejected', ground.site, ground.ada, { text: 'Older boats' })
    const published = await aCommentIn(house, 'published, due', ground.site, ground.ada, {
      text: 'Old boats',
    })
    const pending = await aComment(house, ground.site, { text: 'Waiting boats' })
    const ids = [rejected, published, pending].map(({ id }) => `'${id}'`).join(', ')
    await withoutTriggers('search_key', `delete from search_key where comment_id in (${ids})`)
    expect(await foundBy('boats')).toEqual([])

    await house.owner.query(backlog)
    expect(await listed(house, 'select comment_id from search_key_missing order by place')).toEqual([
      pending.id,
      published.id,
      rejected.id,
    ])
    expect(await makeSearchable(house.db)).toBe(3)
    expect(await foundBy('boats')).toEqual([pending.id])
    expect(await foundBy('boats', 'published')).toEqual([published.id])
    expect(await foundBy('boats', 'rejected')).toEqual([rejected.id])
    expect(await listed(house, 'select place from search_key_missing')).toEqual([])
    await house.owner.query(backlog)
    expect(await listed(house, 'select place from search_key_missing')).toEqual([])
  })

  test('gets none if it is erased by then, and none if somebody else made it', async () => {
    const [erased, made] = [crypto.randomUUID(), crypto.randomUUID()]
    await allowed(house, 'desk', `${submission(ground, { id: erased })}; ${submission(ground, { id: made })}`)
    await decision(house, ground.ada.key, erased, { action: 'reject', rules: ['topic'] })
    await allowed(house, 'desk', `select erase_comment('${erased}', 'reader', null)`)
    const other = `insert into search_key (comment_id, seq, key) values ('${made}', 1, 'made by another')`
    await allowed(house, 'desk', other)

    expect(await makeSearchable(house.db)).toBe(2)
    expect(
      await listed(house, `select key from search_key where comment_id in ('${erased}', '${made}')`),
    ).toEqual(['made by another'])
    expect(await makeSearchable(house.db)).toBe(0)
  })

  test('may be one of many', async () => {
    const many = Array.from({ length: 201 }, () => submission(ground))
    await allowed(house, 'desk', many.join('; '))
    expect(await makeSearchable(house.db)).toBe(201)
    expect(await makeSearchable(house.db)).toBe(0)
  })
})

test('what is new is found at once, and soon has its place in the index', async () => {
  const settled = `select gin_clean_pending_list('search_key_grams_idx') = 0 as settled`
  await house.owner.query(settled)
  const { id } = await aComment(house, ground.site, { text: 'Brand-new ships' })
  expect(await foundBy('ships')).toEqual([id])
  await makeSearchable(house.db)
  expect(await listed(house, settled)).toEqual(['true'])
  expect(await foundBy('ships')).toEqual([id])
  await aComment(house, ground.site, { text: 'Newer ships' })
  expect(await listed(house, settled)).toEqual(['false'])
})

async function foundBy(q: string, status = 'pending'): Promise<string[]> {
  const query = new URLSearchParams({ q, status, site: ground.site })
  const { body } = await ask(house, 'GET', `/v1/moderation/queue?${query}`, { key: ground.ben.key })
  return body.comments.map(({ id }: { id: string }) => id)
}

async function withoutTriggers(table: string, sql: string): Promise<void> {
  await house.owner.query(
    `begin; alter table ${table} disable trigger user; ${sql}; alter table ${table} enable trigger user; commit`,
  )
}
