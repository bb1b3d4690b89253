import { wordsKey } from '../../src/screening/search-key.ts'
import { listed } from '../support/attacks.ts'
import { ask, type House, openHouse } from '../support/house.ts'
import { aPerson, aSite, type TestPerson } from '../support/people.ts'

/** More than are taken for few, so that a word of all of them is frequent. */
const many = 12_000

const rare: Record<number, string> = {
  6_000: 'ថ្ងៃនេះភ្លៀងខ្លាំងណាស់',
  7_000: '搭𨋢上去',
  8_000: '昨天的新闻我看了',
  9_000: '还有新闻吗',
  10_000: 'Tôi không đồng ý',
  11_000: 'ཤིས་བདེ་ལེགས',
}

let house: House
let moderator: TestPerson
const queries: unknown[][] = []

beforeAll(async () => {
  house = await openHouse()
  const site = await aSite(house)
  moderator = await aPerson(house, site)
  const texts = Array.from({ length: many }, (_, at) => `boats ${rare[at] ?? filling(at)}`)
  await house.owner.query(
    `alter table move disable trigger user; alter table revision_text disable trigger user`,
  )
  await house.owner.query(manySql, [site, texts, texts.map((text) => wordsKey({ name: null, text }))])
  await house.owner.query(
    `alter table move enable trigger user; alter table revision_text enable trigger user`,
  )
  await house.owner.query('analyze')
  listenTo(house)
}, 120_000)
afterAll(() => house.close())

describe('among many comments', () => {
  test.each([
    ['one Han character', '𨋢', [7_000]],
    ['two Han characters', '新闻', [8_000, 9_000]],
    ['three characters of Khmer', 'ភ្ល', [6_000]],
    ['a Khmer word', 'ភ្លៀង', [6_000]],
    ['Tibetan syllables', 'བདེ་ལེགས', [11_000]],
    ['Vietnamese without its marks', 'khong dong y', [10_000]],
    ['Vietnamese with its marks', 'đồng ý', [10_000]],
    ['a long query', `boats ${filling(42)}`, [42]],
    ['what nobody wrote', 'submarine', []],
    ['one character that nobody wrote', '%', []],
    ['two that nobody wrote', "'\\", []],
  ])('%s is found by way of the index', async (_what, words, places) => {
    expect(await foundBy(words)).toEqual(places.map((at) => `boats ${rare[at] ?? filling(at)}`))
    const plan = await planOfLast()
    expect(plan).toContain('Bitmap Index Scan on search_key_grams_idx')
    expect(lookedThrough(plan)).toEqual([])
  })

  test.each([
    ['a frequent word', 'boats'],
    ['a frequent letter', 'b'],
    ['two frequent letters', 'bo'],
  ])('%s is met on the way', async (_what, words) => {
    expect(await foundBy(words)).toEqual(Array.from({ length: 50 }, (_, at) => `boats ${filling(at)}`))
    const plan = await planOfLast()
    expect(plan).toMatch(/Index Scan using search_key_pkey on search_key k\S* .*rows=1(\.\d+)? loops=51\)/)
  })

  test('the pages of a frequent word follow each other, and so do those of a rare one', async () => {
    for (const [words, count] of [
      ['boats', 100],
      ['新闻', 2],
    ] as const) {
      const pages: string[] = []
      let cursor: string | undefined
      do {
        const { body } = await search({
          q: words,
          limit: count === 2 ? '1' : '50',
          ...(cursor && { cursor }),
        })
        pages.push(...body.comments.map(({ id }: { id: string }) => id))
        cursor = body.next ?? undefined
      } while (cursor && pages.length < count)
      expect(new Set(pages).size).toBe(count)
      expect(pages).toEqual(
        await listed(
          house,
          `select id from comment join search_key on comment_id = id where key like '%${words}%' order by position limit ${count}`,
        ),
      )
    }
  })
})

/** Words that differ from text to text, in letters of several scripts. */
function filling(at: number): string {
  const alphabets = [
    'acdefghijklmn',
    'កខគងចឆជឈញដឋឌឍ',
    '天地人心水火山石田土木金日',
    '가나다라마바사아자차카타파',
  ]
  const letters = Array.from(alphabets[at % alphabets.length] ?? '')
  let word = ''
  for (let rest = (at + 1) * 7_919_317; rest > 0; rest = Math.floor(rest / letters.length)) {
    word += letters[rest % letters.length]
  }
  return word
}

/** Every query of the desk is kept, so that its plan can be looked at. */
function listenTo({ db: { desk } }: House): void {
  const asked = desk.query.bind(desk)
  Object.assign(desk, {
    query: (...query: unknown[]) => {
      queries.push(query)
      return Reflect.apply(asked, desk, query)
    },
  })
}

async function planOfLast(): Promise<string> {
  const [sql, values] = queries.findLast(([text]) => String(text).includes('search_key')) ?? []
  const { rows } = await house.owner.query<{ 'QUERY PLAN': string }>(
    `explain (analyze, costs off, timing off, buffers off) ${String(sql)}`,
    Array.isArray(values) ? values : [],
  )
  return rows.map((row) => row['QUERY PLAN']).join('\n')
}

/** The tables that a plan reads from end to end. */
function lookedThrough(plan: string): string[] {
  const grown = /Seq Scan on (comment|move|revision|revision_text|search_key)\b.*/g
  return [...plan.matchAll(grown)].map(([line]) => line).filter((line) => !line.includes('never executed'))
}

function search(query: Record<string, string>) {
  return ask(house, 'GET', `/v1/moderation/queue?${new URLSearchParams(query)}`, { key: moderator.key })
}

async function foundBy(q: string): Promise<string[]> {
  const { status, body } = await search({ q })
  expect(status).toBe(200)
  return body.comments.map(({ text }: { text: string }) => text)
}

/** Submissions, many at once. */
const manySql = `
  with sent as (
    select gen_random_uuid() as id, text, key, sha256('salt') as hash, substring(sha256('salt') for 16) as salt, at
      from unnest($2::text[], $3::text[]) with ordinality as given (text, key, at) order by at
  ), moved as (
    insert into move (comment_id, seq, site, action, from_status, to_status, actor, cites, judged_revision, revision,
                      decided_at, hash, text_hash)
    select id, 1, $1, 'submit', 'none', 'pending', 'reader', false, 1, 1, moment(), hash, words_hash(salt, null, text)
      from sent
  ), commented as (
    insert into comment (id, site, article_id, language, receipt_hash, head_hash)
    select sent.id, $1, a.id, 'en', sha256(sent.id::text::bytea), hash from sent, article a where a.site = $1 order by at
  ), revised as (
    insert into revision (comment_id, seq, site, terms_version, graphemes, bytes, text_hash)
    select id, 1, $1, 1, 1, 1, words_hash(salt, null, text) from sent
  ), worded as (
    insert into revision_text (comment_id, seq, salt, text) select id, 1, salt, text from sent
  )
  insert into search_key (comment_id, seq, key) select id, 1, key from sent`
