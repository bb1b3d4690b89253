import { assert, property } from 'fast-check'
import { normalizeText } from '../../src/comments/text.ts'
import { likePattern, searchKey } from '../../src/screening/search-key.ts'
import { hostileText } from '../comments/hostile.ts'
import { freshDatabase, type TestDatabase } from '../support/database.ts'
import { heaviest } from '../support/heaviest.ts'

/** [why, a text, a query, whether it finds the text] */
const searches: [why: string, text: string, query: string, finds: boolean][] = [
  ['a word in another case', 'The Evening Bus', 'evening bus', true],
  ['a part of a word', 'buses', 'bus', true],
  ['a word that is not there', 'The evening bus', 'morning', false],
  ['a word over the end of a line', 'evening\nbus', 'evening bus', true],
  ['words with more spaces', 'evening bus', '  evening   bus ', true],
  ['a sharp s as two', 'Straße', 'STRASSE', true],
  ['Vietnamese with its marks', 'Tôi đồng ý', 'đồng', true],
  ['Vietnamese without', 'Tôi đồng ý', 'dong y', true],
  ['Vietnamese, decomposed', 'Tôi đồng ý', 'đồng'.normalize('NFD'), true],
  ['Vietnamese that was written decomposed', 'Tôi đồng ý'.normalize('NFD'), 'ĐỒNG', true],
  ['Vietnamese with other marks', 'Tôi đồng ý', 'đóng', false],
  ['Vietnamese with marks, written without', 'Toi dong y', 'đồng', false],
  ['Greek without accents', 'Καλημέρα', 'καλημερα', true],
  ['letters with bars', 'Łódź, Malmø', 'lodz malmo', false],
  ['letters with bars, as they stand', 'Łódź, Malmø', 'lodz, malmo', true],
  ['Cyrillic, whose marks make letters', 'мой', 'мои', false],
  ['a Korean syllable', '도서관에 갔다', '서관', true],
  ['Korean, decomposed', '도서관에', '도서관'.normalize('NFD'), true],
  ['a Chinese word in a sentence', '昨天的新闻我看了', '新闻', true],
  ['a rare Cantonese character', '搭𨋢上去', '𨋢', true],
  ['a Khmer word between spaces of no width', 'ថ្ងៃ\u200Bនេះ\u200Bភ្លៀង', 'នេះភ្លៀង', true],
  ['a Khmer word with spaces of no width', 'ថ្ងៃនេះភ្លៀង', 'នេះ\u200Bភ្លៀង', true],
  ['a Burmese word in a sentence', 'ဒီနေ့မိုးရွာတယ်', 'မိုး', true],
  ['a Lao word with am', 'ນ້ຳຖ້ວມ', 'ນ້ຳ', true],
  ['Tibetan syllables', 'བཀྲ་ཤིས་བདེ་ལེགས།', 'ཤིས་བདེ', true],
  ['Uyghur, decomposed', 'ئۇيغۇر تىلى', 'ئۇيغۇر'.normalize('NFD'), true],
  ['digits of another script', 'ည ၉ နာရီ', '9', true],
  ['full-width letters', 'ＡＢＣ', 'abc', true],
  ['a hidden character in the text', 'ca\u200Bsi\u00ADno', 'casino', true],
  ['an apostrophe of a keyboard', 'I don’t', "don't", true],
  ['an apostrophe of a word processor', "I don't", 'don’t', true],
  ['quotation marks and dashes', '“a” – b', '"a" - b', true],
  ['angle quotation marks', '«a»', '"a"', true],
  ['a per cent sign', 'up 12% now', '12%', true],
  ['a per cent sign that is not there', 'up 12 now', '12%', false],
  ['a full-width per cent sign', 'up 12% now', '12％', true],
  ['an underscore', 'a_b', 'a_b', true],
  ['an underscore that is not there', 'axb', 'a_b', false],
  ['a backslash', 'C:\\temp', 'c:\\temp', true],
  ['a backslash at the end', 'C:\\', '\\', true],
  ['a backslash that is not there', 'C:', '\\', false],
  ['operators of a search', 'a & b | !c', '& b | !c', true],
  ['an emoji', 'so angry 😡', '😡', true],
  ['a query over both lines of a key', 'á b', 'b a', false],
]

let database: TestDatabase

beforeAll(async () => {
  database = await freshDatabase()
})

afterAll(() => database.drop())

describe('a search in PostgreSQL', () => {
  test.each(searches)('for %s', async (_, text, query, finds) => {
    const { rows } = await database.owner.query('select $1::text like $2::text as found', [
      searchKey(text),
      likePattern(query),
    ])
    expect(rows).toEqual([{ found: finds }])
  })

  test.each(['', ' \n', '\u200B\u3164'])('for nothing is none: %j', (query) => {
    expect(likePattern(query)).toBeUndefined()
  })
})

describe('the key', () => {
  test.each([
    ['of a text without marks has one line', 'Hello\n  World', 'hello world'],
    ['of a text with marks has a second without', 'Đồng ý', 'đồng ý\ndong y'],
    ['keeps the marks of other scripts', 'ئۇيغۇر កើត ガ שָׁלוֹם', 'ئۇيغۇر កើត ガ שָׁלוֹם'.normalize('NFC')],
    ['of nothing is empty', ' \u200B ', ''],
  ])('%s', (_, text, key) => {
    expect(searchKey(text)).toBe(key)
  })

  test('has every part of its text, however that is encoded, and no line but its own', () => {
    assert(
      property(hostileText, hostileText, (first, second) => {
        const limits = { graphemes: 5000, bytes: 65_536 }
        const part = normalizeText(`x ${first} x`, limits).text
        const text = normalizeText(`before x ${first} x, ${second}`, limits).text
        const finds = found(searchKey(text.normalize('NFD')), likePattern(part))
        expect(finds || !text.includes(part)).toBe(true)
        expect(searchKey(text).split('\n').length).toBeLessThanOrEqual(2)
      }),
      { numRuns: 300 },
    )
  })

  test.each(heaviest)('is made soon of 64 KiB of %s', (_, text) => {
    expect(() => searchKey(text)).not.toThrow()
    expect(() => likePattern(text)).not.toThrow()
  })
})

/** What LIKE does with a pattern that begins and ends with %, and has no other that is not escaped. */
function found(key: string, pattern: string | undefined) {
  const sought = pattern?.slice(1, -1).replaceAll(/\\([\\%_])/g, '$1')
  return sought !== undefined && key.includes(sought)
}
