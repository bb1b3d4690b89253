import * as fc from 'fast-check'
import { keyring } from '../../src/http/keyring.ts'
import { openCursor, sealCursor } from '../../src/http/paging.ts'
import { ask, type House, openHouse } from '../support/house.ts'
import { aComment, anArticle, aSite, decision } from '../support/people.ts'
import { problemIn } from '../support/problem.ts'

const { cursors: key } = keyring('a secret that only the tests have, long enough')
const { cursors: otherKey } = keyring('another secret, of another house, also long')
const place = ['2026-11-24T12:34:56.789Z', '6f9619ff-8b86-4011-b42d-00c04fc964ff']

describe('a cursor', () => {
  test('opens where it was sealed', () => {
    fc.assert(
      fc.property(fc.string(), fc.array(fc.string()), (list, parts) => {
        expect(openCursor(key, list, sealCursor(key, list, parts))).toEqual(parts)
      }),
    )
  })

  test('opens nowhere else', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (list, other) => {
        fc.pre(list !== other)
        expect(() => openCursor(key, other, sealCursor(key, list, place))).toThrow(refusal)
        expect(() => openCursor(otherKey, list, sealCursor(key, list, place))).toThrow(refusal)
      }),
    )
  })

  test('opens only whole: a bit changed, cut or added is refused', () => {
    const sealed = Buffer.from(sealCursor(key, 'list', place), 'base64url')
    fc.assert(
      fc.property(fc.nat({ max: sealed.length * 8 - 1 }), (bit) => {
        const changed = Buffer.from(sealed)
        changed.writeUInt8(changed.readUInt8(bit >> 3) ^ (1 << (bit & 7)), bit >> 3)
        expect(() => openCursor(key, 'list', changed.toString('base64url'))).toThrow(refusal)
      }),
    )
    for (let length = 0; length < sealed.length; length += 1) {
      expect(() => openCursor(key, 'list', sealed.subarray(0, length).toString('base64url'))).toThrow(refusal)
    }
    expect(() =>
      openCursor(key, 'list', Buffer.concat([sealed, Buffer.of(0)]).toString('base64url')),
    ).toThrow(refusal)
  })

  test('made of anything else is refused', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 1_000 }), (cursor) => {
        expect(() => openCursor(key, 'list', cursor)).toThrow(refusal)
      }),
    )
  })

  test('is the same for the same place, and tells nothing of it', () => {
    const cursor = sealCursor(key, 'list', place)
    expect(cursor).toMatch(/^[\w-]+$/)
    expect(sealCursor(key, 'list', place)).toBe(cursor)
    const other = sealCursor(key, 'list', ['2026-11-24T12:34:56.788Z', place[1] ?? ''])
    expect(sharedBytes(cursor, other)).toBeLessThan(8)
    const plain = Buffer.from(cursor, 'base64url').toString('latin1')
    for (const part of ['2026', '12:34', '6f9619ff']) expect(plain).not.toContain(part)
  })

  const refusal = expect.objectContaining({ code: 'invalid_cursor' })
})

describe('a list by pages', () => {
  let house: House
  let site: string
  let root: string

  beforeAll(async () => {
    house = await openHouse()
    site = await aSite(house)
    await anArticle(house, site, 'other')
    for (const article of ['news', 'other']) {
      for (let i = 0; i < 3; i += 1) root = await publish(article)
    }
    for (let i = 0; i < 3; i += 1) await publish('other', root)
  })
  afterAll(() => house.close())

  async function publish(article: string, parent: string | null = null): Promise<string> {
    const { id } = await aComment(house, site, { parent }, article)
    await decision(house, house.admin, id, { action: 'approve' }, 1)
    return id
  }
  const read = (article: string, query: Record<string, string>) =>
    ask(
      house,
      'GET',
      `/v1/sites/${site}/articles/${article}/comments?${new URLSearchParams({ limit: '1', ...query })}`,
    )

  test('takes the cursor of its own order, article and thread, and of no other', async () => {
    const newest = (await read('news', {})).body.next
    const oldest = (await read('news', { order: 'oldest' })).body.next
    const ofOther = (await read('other', {})).body.next
    const ofThread = (await read('other', { parent: root })).body.next
    const queue = await ask(house, 'GET', '/v1/moderation/queue', { key: house.admin })
    expect(queue.body.next).toBeNull()

    expect((await read('news', { cursor: newest })).status).toBe(200)
    expect((await read('news', { cursor: newest, limit: '2' })).status).toBe(200)
    expect((await read('other', { cursor: ofThread, parent: root })).status).toBe(200)
    for (const refused of [
      await read('news', { cursor: oldest }),
      await read('news', { cursor: newest, order: 'oldest' }),
      await read('news', { cursor: ofOther }),
      await read('other', { cursor: ofThread }),
      await read('other', { cursor: ofOther, parent: root }),
    ]) {
      expect(problemIn(refused)).toBe('400 invalid_cursor')
      expect(refused.body.errors).toEqual([expect.objectContaining({ parameter: 'cursor' })])
    }
  })

  test.each([
    '',
    'a',
    '0',
    'null',
    '-1',
    '\0',
    '🙂',
    'a'.repeat(1_000),
    Buffer.alloc(60).toString('base64url'),
  ])('takes no %j for a cursor', async (cursor) => {
    expect(problemIn(await read('news', { cursor }))).toBe('400 invalid_cursor')
  })

  test('takes none of more than 1,000 characters, and gives none', async () => {
    expect(problemIn(await read('news', { cursor: 'a'.repeat(1_001) }))).toBe('400 invalid_request')
    expect((await read('news', {})).body.next.length).toBeLessThan(200)
  })
})

/** Bytes of the same value at the same place. */
function sharedBytes(one: string, other: string): number {
  const others = Buffer.from(other, 'base64url')
  return Buffer.from(one, 'base64url').filter((byte, i) => byte === others[i]).length
}
