import { assert, property } from 'fast-check'
import { normalizeText } from '../../src/comments/text.ts'
import { matchHash, matchKey } from '../../src/screening/match-key.ts'
import { hostileText } from '../comments/hostile.ts'
import { heaviest } from '../support/heaviest.ts'

const same: [why: string, one: string, other: string][] = [
  ['case and punctuation', 'I agree!', 'i AGREE'],
  ['white space', '  I\tagree\n\n', 'I agree'],
  ['apostrophes', 'I don’t know', "I don't know"],
  ['no apostrophe', 'I dont know', "I don't know"],
  ['Chinese and Western punctuation', '你好，世界！', '你好,世界'],
  ['Chinese without punctuation', '你好世界', '你好，世界。'],
  ['spaces of Korean', '한번 해보자', '한 번 해 보자'],
  ['spaces of no width in Khmer', 'ភ្លៀង\u200Bខ្លាំង', 'ភ្លៀងខ្លាំង'],
  ['the marks between Tibetan syllables', 'བཀྲ་ཤིས་བདེ་ལེགས།', 'བཀྲ་ཤིས་བདེ་ལེགས'],
  ['Burmese digits', 'ည ၉ နာရီ', 'ည 9 နာရီ'],
  ['how a telephone number is parted', '0912-345-678', '0912 345.678'],
  ['hidden characters', 'b\u200Bu\u2060y', 'buy'],
  ['emoji in two colours', 'well done 👍🏽', 'well done 👍🏿'],
]

const different: [why: string, one: string, other: string][] = [
  ['one word', 'I agree', 'I disagree'],
  ['a tone of Vietnamese', 'má', 'mà'],
  ['another emoji', '👍', '👎'],
  ['another punctuation mark alone', '?', '!'],
  ['three of them instead of one', '???', '?'],
  ['lookalikes of another alphabet', 'paypal', 'pаypаl'],
  ['a plus and nothing', 'C++', 'C'],
]

describe('two texts are the same', () => {
  test.each(same)('but for %s', (_, one, other) => {
    expect(matchKey(one)).toBe(matchKey(other))
    expect(matchHash(matchKey(one))).toBe(matchHash(matchKey(other)))
  })

  test.each(different)('and are not with %s', (_, one, other) => {
    expect(matchKey(one)).not.toBe(matchKey(other))
    expect(matchHash(matchKey(one))).not.toBe(matchHash(matchKey(other)))
  })

  test('where lookalikes are one, if what makes them one is given', () => {
    expect(matchKey('Pаypаl 0', skeleton)).toBe('paypalo')
  })
})

describe('the key', () => {
  test.each([
    ['of an ordinary text', 'Hello,  World… 12', 'helloworld12'],
    ['of punctuation alone is that, on one line', ' ?!\n —', '?! —'],
    ['of nothing visible is empty', ' \u200B\u3164\n', ''],
    ['of nothing is empty', '', ''],
    ['of an emoji is that', '👍🏽', '👍'],
    ['of letters that combine without the space between them', '\u{16D67} \u{16D67}', '\u{16D68}'],
  ])('%s', (_, text, key) => {
    expect(matchKey(text)).toBe(key)
  })

  test('of a key is itself, whatever the text', () => {
    assert(
      property(hostileText, (typed) => {
        const { text } = normalizeText(typed, { graphemes: 5000, bytes: 65_536 })
        const key = matchKey(text)
        expect(matchKey(key)).toBe(key)
      }),
      { numRuns: 500 },
    )
  })

  test('does not change with what is invisible, with white space and with case', () => {
    assert(
      property(hostileText, (typed) => {
        const { text } = normalizeText(`letters ${typed}`, { graphemes: 5000, bytes: 65_536 })
        const spaced = text.replaceAll(' ', ' \u3000\n').toUpperCase()
        expect(matchKey(spaced.replaceAll('L', '\u200BL\u2060'))).toBe(matchKey(text))
      }),
      { numRuns: 500 },
    )
  })

  test.each(heaviest)('is made soon of 64 KiB of %s', (_, text) => {
    expect(() => matchHash(matchKey(text))).not.toThrow()
  })
})

function skeleton(folded: string) {
  return folded.replaceAll('а', 'a').replaceAll('0', 'O')
}
