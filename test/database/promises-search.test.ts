import { sample } from 'fast-check'
import { normalizeText } from '../../src/comments/text.ts'
import { searchKey, searchTerms } from '../../src/screening/search-key.ts'
import { hostileText } from '../comments/hostile.ts'
import { allowed, found, listed, refusal } from '../support/attacks.ts'
import { aGround, type Ground, newText, standing, submission } from '../support/forged.ts'
import { heaviest } from '../support/heaviest.ts'
import { type House, openHouse } from '../support/house.ts'
import { aComment } from '../support/people.ts'
import { aCommentIn } from '../support/states.ts'

let house: House
let ground: Ground

beforeAll(async () => {
  house = await openHouse()
  ground = await aGround(house)
})
afterAll(() => house.close())

describe('what words are searched in', () => {
  const secret = 'Unmistakable Words'
  const folded = 'unmistakable words'

  test('comes with them', async () => {
    const { id } = await aComment(house, ground.site, { text: secret, name: 'Wren' })
    expect(await found(house, `select seq, key from search_key where comment_id = '${id}'`)).toEqual([
      { seq: 1, key: `${folded}\nwren` },
    ])
    expect(await found(house, 'select from search_key_missing')).toEqual([])
  })

  test('goes with them, and does not come back', async () => {
    const { id } = await aCommentIn(house, 'rejected', ground.site, ground.ada, { text: secret })
    const again = `insert into search_key (comment_id, seq, key) values ('${id}', 1, '${folded}')`
    expect(await listed(house, `select key from search_key where comment_id = '${id}'`)).toEqual([folded])
    await allowed(house, 'desk', `select erase_comment('${id}', 'reader', null)`)
    expect(await found(house, `select from search_key where comment_id = '${id}'`)).toEqual([])
    expect(await refusal(house, 'owner', again)).toBe('search_key_comment_id_seq_fkey')
    expect(await refusal(house, 'desk', again)).toBe('search_key_comment_id_seq_fkey')
  })

  test('leaves nothing of itself in what the planner knows', async () => {
    const { id } = await aCommentIn(house, 'rejected', ground.site, ground.ada, { text: secret })
    await house.owner.query('analyze search_key')
    await allowed(house, 'desk', `select erase_comment('${id}', 'reader', null)`)
    const known = await listed(house, `select s::text from pg_stats s where tablename = 'search_key'`)
    expect(known.length).toBeGreaterThan(0)
    expect(known.join('\n')).not.toContain(folded)
  })

  test('is not rewritten, nor removed while the words are there', async () => {
    await aComment(house, ground.site)
    for (const [attack, reason] of [
      [`update search_key set key = key`, 'rows of search_key are kept for ever: update is refused'],
      [`delete from search_key`, 'words are erased by erase_comment(), which logs it'],
      [`truncate search_key`, 'rows of search_key are kept for ever: truncate is refused'],
    ] as const) {
      expect(await refusal(house, 'owner', attack)).toBe(reason)
      expect(await refusal(house, 'desk', attack)).toBe('permission denied for table search_key')
      expect(await refusal(house, 'reader', attack)).toBe('permission denied for table search_key')
    }
  })

  test('is of words, and its parts are its own', async () => {
    const { id } = await aComment(house, ground.site)
    const stray = `insert into search_key (comment_id, seq, key) values ('${id}', 7, 'words')`
    const forged = `insert into search_key (comment_id, seq, key, grams) values ('${id}', 1, 'words', '''other''')`
    expect(await refusal(house, 'desk', stray)).toBe('search_key_comment_id_seq_fkey')
    expect(await refusal(house, 'desk', forged)).toBe('cannot insert a non-DEFAULT value into column "grams"')
  })

  test('is not for readers', async () => {
    for (const table of ['search_key', 'search_key_missing']) {
      expect(await refusal(house, 'reader', `select from ${table}`)).toBe(
        `permission denied for table ${table}`,
      )
    }
    expect(await refusal(house, 'reader', `select search_grams('words')`)).toBe(
      'permission denied for function search_grams',
    )
  })

  test('is missed where it did not come with them', async () => {
    const id = '9d1bd1f2-55a1-4d05-a1ac-3f0b1e2d3c4b'
    await allowed(house, 'desk', submission(ground, { id }))
    const on = await standing(house, await aCommentIn(house, 'returned', ground.site, ground.ada))
    expect(await refusal(house, 'desk', newText(on))).toBe('revision_made_by_fkey')
    expect(await found(house, 'select comment_id, seq from search_key_missing')).toEqual([
      { comment_id: id, seq: 1 },
    ])
    const entry = `insert into search_key_missing (comment_id, seq) values ('${id}', 1)`
    expect(await refusal(house, 'desk', entry)).toBe('permission denied for table search_key_missing')
  })
})

describe('the parts of a key', () => {
  test.each([
    ['', []],
    ['新', ['新']],
    ['新闻', ['新闻', '闻']],
    ["a'\\b", ["'\\b", '\\b', "a'\\", 'b']],
    ['aaaa', ['a', 'aa', 'aaa']],
    ['x 𨋢\ny', ['\ny', ' 𨋢\n', 'x 𨋢', 'y', '𨋢\ny']],
  ])('of %j', async (key, parts) => {
    const { rows } = await house.owner.query<{ parts: string[] }>(
      'select tsvector_to_array(search_grams($1)) as parts',
      [key],
    )
    expect(rows[0]?.parts.toSorted()).toEqual(parts.toSorted())
  })

  test('have those of every query that finds it, whatever the two are made of', async () => {
    const pairs = sample(hostileText, 1_200).flatMap((part, at, all) => {
      const terms = searchTerms(normalizeText(part, limits).text)
      return terms ? [{ ...terms, key: searchKey(normalizeText(`${all[at - 1]}${part}x`, limits).text) }] : []
    })
    expect(pairs.length).toBeGreaterThan(500)
    const { rows } = await house.owner.query<{ pattern: string; isFound: boolean }>(
      `select pattern, search_grams(key) @@ grams as "isFound"
         from unnest($1::text[], $2::text[], $3::tsquery[]) as given (key, pattern, grams) where key like pattern`,
      [pairs.map(({ key }) => key), pairs.map(({ pattern }) => pattern), pairs.map(({ grams }) => grams)],
    )
    expect(rows.length).toBeGreaterThan(300)
    expect(rows.filter(({ isFound }) => !isFound)).toEqual([])
  })

  const squares: [string, string] = [
    'characters of up to six, in ever another order',
    walk(0x3300, 148, 21_845),
  ]
  const accented: [string, string] = ['letters with marks, in ever another order', walk(0x1ea0, 90, 21_845)]
  test.each([...heaviest, squares, accented])('are not too many of 64 KiB of %s', async (_what, text) => {
    const key = searchKey(text.toWellFormed())
    const { rows } = await house.owner.query<{ size: number }>(
      'select pg_column_size(search_grams($1))::int as size',
      [key],
    )
    expect(rows[0]?.size).toBeLessThan(2 ** 20)
  })
})

/** Characters in which every two come one after the other at some place, as far as `length` goes. */
function walk(first: number, count: number, length: number): string {
  let text = ''
  for (let step = 1, at = 0; text.length < length; at = (at + step) % count) {
    text += String.fromCharCode(first + at)
    if (text.length % count === 0) step += 1
  }
  return text
}

const limits = { graphemes: 20_000, bytes: 65_536 }
