import { assert, property } from 'fast-check'
import { foldWords } from '../../src/screening/word-folding.ts'
import { hostileText } from '../comments/hostile.ts'

describe('for finding phrases a text has', () => {
  test.each([
    ['one space for all that parts words', 'buy,  now…\n“cheap”', 'buy now cheap'],
    ['none at its ends', ' (buy) ', 'buy'],
    ['none between Chinese characters', '傻 \u3000 逼', '傻逼'],
    ['one for punctuation between them', '傻。 逼', '傻 逼'],
    ['one for an accent that stands alone between them', '傻´逼', '傻 逼'],
    ['one between Chinese and Latin', '买 now', '买 now'],
    ['none of no width', 'ភ្លៀង\u200Bខ្លាំង', 'ភ្លៀងខ្លាំង'],
    ['one between Tibetan syllables', 'བཀྲ་ཤིས་', 'བཀྲ ཤིས'],
    ['one inside of what was one character', 'ask ㏂ today', 'ask a m today'],
    ['nothing where there is no word', ' …!? ', ''],
  ])('%s', (_, text, folded) => {
    expect(foldWords(text).folded).toBe(folded)
  })

  test('and knows where each unit comes from', () => {
    const text = ' Cafe\u0301,\u200B ﬁn'
    const { folded, starts, ends } = foldWords(text)
    expect(folded).toBe('café fin')
    expect(starts.map((start, unit) => text.slice(start, ends[unit]))).toEqual([
      'C',
      'a',
      'f',
      'e\u0301',
      ',\u200B ',
      'ﬁ',
      'ﬁ',
      'n',
    ])
  })

  test('whatever the text', () => {
    assert(
      property(hostileText, (text) => {
        const { folded, starts, ends } = foldWords(text)
        expect(starts).toHaveLength(folded.length)
        expect(ends).toHaveLength(folded.length)
        expect(starts.every((start, unit) => start < (ends[unit] ?? 0))).toBe(true)
        expect(starts).toEqual(starts.toSorted((one, other) => one - other))
        expect(folded).toBe(folded.trim())
      }),
      { numRuns: 500 },
    )
  })
})
