import { array, assert, constantFrom, property } from 'fast-check'
import { normalizeText } from '../../src/comments/text.ts'
import { compilePhrases, compiling, Phrase, PhraseList } from '../../src/screening/phrases.ts'
import { hostileText } from '../comments/hostile.ts'
import { heaviest } from '../support/heaviest.ts'

/** [why, the phrase, a text, what of it is marked] */
const found: [why: string, phrase: string, text: string, marked: string[]][] = [
  ['a word, whatever its case', 'casino', 'The CASINO and a Casino.', ['CASINO', 'Casino']],
  ['not a part of a word', 'casino', 'casinos, mycasino, casino24', []],
  ['a word beside punctuation', 'casino', '“casino”: online-casino', ['casino', 'casino']],
  ['the beginning of a word', 'casino*', 'casinos mycasino', ['casino']],
  ['the end of a word', '*casino', 'casinos mycasino', ['casino']],
  ['any part of a word', '*casino*', 'casinos mycasino', ['casino', 'casino']],
  [
    'several words, however they are parted',
    'buy now',
    'Buy\n  now! buy—now, buynow',
    ['Buy\n  now', 'buy—now'],
  ],
  ['an apostrophe of any kind', "don't", 'don’t dont', ['don’t']],
  ['a word in another width', 'casino', 'ｃａｓｉｎｏ', ['ｃａｓｉｎｏ']],
  ['a word with something hidden in it', 'casino', 'ca\u200Bsi\u00ADno', ['ca\u200Bsi\u00ADno']],
  ['a word with strokes over it', 'casino', 'c̶a̶s̶i̶n̶o̶', ['c̶a̶s̶i̶n̶o̶']],
  ['a sharp s as two', 'Straße', 'STRASSE', ['STRASSE']],
  ['a word with a sign', 'C++', 'I like C++ and C', ['C++']],
  ['a number in any digits', '100', '100% 1000 ១០០', ['100', '១០០']],
  ['an emoji in any colour', '👍', '👍🏽👍', ['👍', '👍']],
  ['decomposed Vietnamese', 'tiếng Việt', 'TIẾNG VIỆT'.normalize('NFD'), ['TIẾNG VIỆT'.normalize('NFD')]],
  ['not Vietnamese with other marks', 'ma', 'má mà ma', ['ma']],
  ['a Cyrillic word', 'дурак', 'Дурак! дурака', ['Дурак']],
  ['a Uyghur word', 'ئەخمەق', 'سەن ئەخمەق، ئەخمەقلەر', ['ئەخمەق']],
  ['a Korean word with its particles', '바보', '바보는 바보들에게만 바보짓 왕바보', ['바보', '바보']],
  ['a Latin word with a Korean particle', 'facebook', 'facebook은 Facebook是', ['facebook', 'Facebook']],
  ['a Chinese word in a sentence', '傻逼', '你真傻逼啊', ['傻逼']],
  ['a Chinese word pulled apart', '傻逼', '傻 \u3000逼', ['傻 \u3000逼']],
  ['not Chinese characters of two sentences', '傻逼', '真傻。逼我', []],
  ['a rare Cantonese character', '𨳒', '𨳒你', ['𨳒']],
  ['a Burmese word in a sentence', 'ကောင်း', 'မကောင်းဘူး', ['ကောင်း']],
  ['not a Burmese consonant that has a vowel', 'က', 'ကို က', ['က']],
  ['a Khmer word in a sentence with spaces of no width', 'ខ្លាំង', 'ភ្លៀង\u200Bខ្លាំង\u200Bណាស់', ['ខ្លាំង']],
  ['not a Khmer consonant below another', 'រ', 'ស្រី', []],
  ['a Lao word in a sentence', 'ຝົນ', 'ມື້ນີ້ຝົນຕົກ', ['ຝົນ']],
  ['Tibetan syllables, with a particle or without', 'བོད', 'བོད་ལྗོངས། བོདས། བོདལ།', ['བོད', 'བོད']],
  ['a phrase that ends in a mark between syllables', 'བོད་', 'བོད་ལྗོངས།', ['བོད']],
]

describe('a phrase is found:', () => {
  test.each(found)('%s', (_, phrase, text, marked) => {
    const find = compilePhrases([Phrase.parse({ phrase })])
    expect(find(text).map(({ start, end }) => text.slice(start, end))).toEqual(marked)
  })

  test('among others, each by itself, with what it says', () => {
    const phrases = PhraseList.parse([
      { phrase: 'new york', severity: 'info' },
      { phrase: 'york', note: 'a town' },
      { phrase: 'YORK', severity: 'warning' },
      { phrase: 'york*' },
    ])
    const matches = compilePhrases(phrases)('In New York.')
    expect(matches).toEqual([
      { phrase: phrases[0], start: 3, end: 11 },
      { phrase: phrases[1], start: 7, end: 11 },
      { phrase: phrases[2], start: 7, end: 11 },
      { phrase: phrases[3], start: 7, end: 11 },
    ])
  })

  test.each([
    ['vi', 'vi', 1],
    ['vi', 'vi-VN', 1],
    ['zh-Hant', 'zh', 1],
    ['vi', 'en', 0],
    ['vi', 'und', 1],
    ['vi', undefined, 1],
    [undefined, 'en', 1],
  ])('for language %s in a text in %s: %i times', (language, ofText, times) => {
    const find = compilePhrases([Phrase.parse({ phrase: 'ma', language })])
    expect(find('ma', ofText)).toHaveLength(times)
  })

  test('at most about a thousand times', () => {
    expect(compilePhrases([Phrase.parse({ phrase: 'a' })])('a '.repeat(5000))).toHaveLength(1000)
  })

  test('or not, where a list has one that is nothing but punctuation', () => {
    expect(compilePhrases([{ phrase: '***', severity: 'info' }])('*** a')).toEqual([])
    const phrases: PhraseList = ['***', 'a'].map((phrase) => ({ phrase, severity: 'info' }))
    expect(compilePhrases(phrases)('*** a')).toEqual([{ phrase: phrases[1], start: 4, end: 5 }])
  })

  test('in any text around it, where it stands', () => {
    const find = compilePhrases([Phrase.parse({ phrase: 'Straße 7' })])
    assert(
      property(hostileText, hostileText, (before, after) => {
        const text = normalizeText(`${before}. STRASSE７ straße 7 .${after}`, {
          graphemes: 5000,
          bytes: 65_536,
        }).text
        const marked = find(text).map(({ start, end }) => text.slice(start, end))
        expect(marked).toContain('straße 7')
      }),
      { numRuns: 500 },
    )
  })

  test('in ranges that lie in the text', () => {
    const phrases = array(constantFrom('a*', '*e*', '好', 'က', '한', '\u0301', '👩', '9', 'b a'), {
      maxLength: 9,
    })
    assert(
      property(phrases, hostileText, (list, text) => {
        const find = compilePhrases(list.map((phrase) => ({ phrase, severity: 'notice' })))
        for (const { start, end } of find(text)) {
          expect(start).toBeGreaterThanOrEqual(0)
          expect(end).toBeGreaterThan(start)
          expect(end).toBeLessThanOrEqual(text.length)
        }
      }),
      { numRuns: 500 },
    )
  })
})

describe('a phrase is refused', () => {
  test.each([
    ['that is empty', { phrase: ' ' }],
    ['that is only a star', { phrase: '*' }],
    ['of punctuation', { phrase: '...' }],
    ['of a hundred points', { phrase: '.'.repeat(100) }],
    ['of nothing visible', { phrase: '\u200B\u3164' }],
    ['of more than 100 characters', { phrase: 'a'.repeat(101) }],
    ['with a control character', { phrase: 'a\0' }],
    ['in no language', { phrase: 'a', language: 'english!' }],
    ['of another severity', { phrase: 'a', severity: 'loud' }],
    ['with something unknown', { phrase: 'a', colour: 'red' }],
  ])('%s', (_, phrase) => {
    expect(Phrase.safeParse(phrase).success).toBe(false)
  })

  test('of punctuation, and told what it lacks', () => {
    const { error } = Phrase.safeParse({ phrase: '...' })
    expect(error?.issues).toMatchObject([{ message: 'It has a letter, a digit or a symbol' }])
  })

  test.each(['a', '.'])('that is too long for that alone, whatever is in it: %s', (character) => {
    const { error } = Phrase.safeParse({ phrase: character.repeat(101) })
    expect(error?.issues).toMatchObject([{ code: 'too_big' }])
  })
})

describe('ten thousand phrases', () => {
  const list = Array.from({ length: 10_000 }, (_, index) => ({
    phrase: `${String.fromCodePoint(0x61 + (index % 26), 0x4e00 + index)} word${index}*`,
    severity: 'notice' as const,
  }))

  test('that are wrong are told by the first twenty', () => {
    const wrong = PhraseList.safeParse(list.map(() => ({ phrase: '...', severity: 'loud', of: 'none' })))
    expect(new Set(wrong.error?.issues.map(({ path }) => path[0])).size).toBe(20)
    const lateFault = PhraseList.safeParse([...list.slice(1), { phrase: '...' }])
    expect(lateFault.error?.issues.map(({ path }) => path)).toEqual([[9_999, 'phrase']])
    expect(PhraseList.safeParse(list).data).toEqual(list)
    expect(PhraseList.safeParse([...list, ...list]).error?.issues).toMatchObject([{ code: 'too_big' }])
  })

  test('and one more are refused as too many, whatever is wrong with them', () => {
    const wrong = PhraseList.safeParse(Array.from({ length: 10_001 }, () => 'casino'))
    expect(wrong.error?.issues.map(({ code }) => code)).toEqual(['too_big'])
  })

  test('are made ready soon', () => {
    expect(() => compilePhrases(list)).not.toThrow()
  })

  test('are made ready with a pause behind each five hundred', () => {
    const same = list.map((one) => ({ ...one, phrase: 'casino' }))
    expect(stepsOf(same.slice(0, 1500)) - stepsOf(same.slice(0, 500))).toBe(2)
  })

  test.each(heaviest)('are looked for soon in 64 KiB of %s', (_, text) => {
    const nested = Array.from({ length: 100 }, (_one, index) => ({
      phrase: `${'a'.repeat(index + 1)}*`,
      severity: 'info' as const,
    }))
    const find = compilePhrases([...list.slice(0, 1000), ...nested])
    expect(() => find(text)).not.toThrow()
  })
})

describe('a list', () => {
  test('of phrases is read, with what they leave open', () => {
    expect(PhraseList.parse([{ phrase: 'casino' }])).toEqual([{ phrase: 'casino', severity: 'notice' }])
    expect(PhraseList.parse([])).toEqual([])
  })

  test('is none where it is something else', () => {
    expect(PhraseList.safeParse('casino').success).toBe(false)
    expect(PhraseList.safeParse({ length: 1 }).success).toBe(false)
  })

  test('tells which phrases are wrong, up to twenty of them', () => {
    const wrong = { phrase: '' }
    const right = { phrase: 'casino' }
    expect(faultsOf([right, wrong, right, wrong])).toEqual([1, 3])
    const many = Array.from({ length: 60 }, (_, at) => (at % 2 === 0 ? right : wrong))
    expect(faultsOf(many)).toEqual(Array.from({ length: 20 }, (_, at) => at * 2 + 1))
  })
})

function stepsOf(phrases: PhraseList) {
  return [...compiling(phrases)].length
}

function faultsOf(list: unknown) {
  return [...new Set(PhraseList.safeParse(list).error?.issues.map(({ path }) => path[0]))]
}
