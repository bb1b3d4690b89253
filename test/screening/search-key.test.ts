import { assert, property } from 'fast-check'
import { normalizeText } from '../../src/comments/text.ts'
import { likePattern, nameTerms, searchKey, searchTerms, wordsKey } from '../../src/screening/search-key.ts'
import { hostileText } from '../comments/hostile.ts'
import { heaviest } from '../support/heaviest.ts'
import { searches } from './sets/searches.ts'

describe('a search', () => {
  test.each(searches)('for %s', (_, text, query, finds) => {
    expect(found(searchKey(text), likePattern(query))).toBe(finds)
  })

  test.each(['', ' \n', '\u200B\u3164'])('for nothing is none: %j', (query) => {
    expect(likePattern(query)).toBeUndefined()
  })
})

describe('what a search is told of a query', () => {
  test.each([
    ['three characters are one gram', 'Bus', '%bus%', "'bus'"],
    ['each three in a row are one', 'buses', '%buses%', "'bus' & 'use' & 'ses'"],
    ['and each of them once', 'banana', '%banana%', "'ban' & 'ana' & 'nan'"],
    ['fewer begin one', 'bu', '%bu%', "'bu':*"],
    ['a character of two units counts once', '搭𨋢上去', '%搭𨋢上去%', "'搭𨋢上' & '𨋢上去'"],
    ['apostrophes and backslashes are written twice', "'\\x", "%'\\\\x%", "'''\\\\x'"],
    ['what LIKE would read is none of its signs', '5%_', '%5\\%\\_%', "'5%_'"],
  ])('%s', (_, query, pattern, grams) => {
    expect(searchTerms(query)).toEqual({ pattern, grams })
  })

  test.each(['', ' \n', '\u200B\u3164'])('is nothing where it has nothing to look for: %j', (query) => {
    expect(searchTerms(query)).toBeUndefined()
  })
})

describe('the key of a comment', () => {
  test.each([
    ['that is signed has its name on a line of its own', 'Ana', 'Hello', 'hello\nana'],
    ['that is not has none', null, 'Hello', 'hello'],
  ])('%s', (_, name, text, key) => {
    expect(wordsKey({ name, text })).toBe(key)
  })
})

describe('the key', () => {
  test.each([
    ['of a text without marks has one line', 'Hello\n  World', 'hello world'],
    ['of a text with marks has a second without', 'Đồng ý', 'đồng ý\ndong y'],
    ['has marks that stay apart in the first line alone', 'M\u0300 kò', 'm\u0300 kò\nm ko'],
    ['has letters with a bar in the first line alone', 'Đħłøŧ', 'đħłøŧ\ndhlot'],
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

describe('a search for a name', () => {
  test.each([
    ['the same', 'Wren', 'Wren', true],
    ['another case and width', 'Ｗren', 'wREN', true],
    ['a name with marks by its letters', 'Zoë', 'zoe', true],
    ['a name with marks by these', 'Zoë', 'Zoe\u0308', true],
    ['no name without marks by marks', 'Zoe', 'Zoë', false],
    ['no part of a name', 'Anna Wren', 'Wren', false],
    ['no beginning of a name', 'Wrensong', 'Wren', false],
    ['a character', '他', '他', true],
    ['what LIKE knows', '100%_\\', '100%_\\', true],
    ['a mark of LIKE as itself alone', '100 percent', '100%', false],
  ])('finds %s', (_what, name, sought, finds) => {
    for (const text of ['Hello.', 'Đồng ý']) {
      expect(foundAtTheEnd(wordsKey({ name, text }), nameTerms(sought))).toBe(finds)
    }
  })

  test.each([
    ['of a line end before it, and an end', 'Wren', '%\nwren', "'\nwr' & 'wre' & 'ren' & 'en'"],
    ['each of them once', 'Banana', '%\nbanana', "'\nba' & 'ban' & 'ana' & 'nan' & 'na'"],
    ['of one character and the line end', '他', '%\n他', "'\n他'"],
    [
      'of both lines of one with marks',
      'Zoë',
      '%\nzoë\nzoe',
      "'\nzo' & 'zoë' & 'oë\n' & 'ë\nz' & 'zoe' & 'oe'",
    ],
  ])('is told grams: %s', (_, name, pattern, grams) => {
    expect(nameTerms(name)).toEqual({ pattern, grams })
  })

  test.each(['', ' \n', '\u200B\u3164'])('for nothing is none: %j', (name) => {
    expect(nameTerms(name)).toBeUndefined()
  })
})

function foundAtTheEnd(key: string, terms: { pattern: string } | undefined) {
  return terms !== undefined && key.endsWith(terms.pattern.slice(1).replaceAll(/\\([\\%_])/g, '$1'))
}

/** What LIKE does with a pattern that begins and ends with %, and has no other that is not escaped. */
function found(key: string, pattern: string | undefined) {
  const sought = pattern?.slice(1, -1).replaceAll(/\\([\\%_])/g, '$1')
  return sought !== undefined && key.includes(sought)
}
