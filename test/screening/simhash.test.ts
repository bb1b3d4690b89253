import { assert, bigInt, property, string } from 'fast-check'
import { matchKey } from '../../src/screening/match-key.ts'
import {
  hammingDistance,
  isTelling,
  nearlySame,
  shortlistDistance,
  simhash,
} from '../../src/screening/simhash.ts'
import { heaviest } from '../support/heaviest.ts'
import { isCalledRepeat, measured } from './repeat-figures.ts'
import { type LabelledPair, labelledPairs } from './sets/repeat.ts'

describe('of the labelled pairs', () => {
  test('there are more than 300, in ten languages', () => {
    expect(labelledPairs.length).toBeGreaterThan(300)
    expect(new Set(labelledPairs.map(({ language }) => language)).size).toBe(10)
  })

  test('no repeat is claimed that is none, and of every 100 at least 93 are found', () => {
    const { precision, recall } = measured(labelledPairs)
    expect(precision).toBe(1)
    expect(recall).toBeGreaterThan(0.93)
  })

  test('all that are the same but for typing have one key', () => {
    const others = labelled('same').filter(({ one, other }) => matchKey(one) !== matchKey(other))
    expect(others).toEqual([])
  })

  test('none that many people say honestly counts as a repeat, though its key is the same', () => {
    expect(labelled('common').filter(({ one, other }) => matchKey(one) !== matchKey(other))).toEqual([])
    expect(labelled('common').filter(isCalledRepeat)).toEqual([])
  })

  test('the shortlist leaves out few of those that are nearly the same', () => {
    const near = labelled('nearly').filter(({ one, other }) => nearlySame(matchKey(one), matchKey(other)))
    const listed = near.filter((pair) => distanceOf(pair) <= shortlistDistance)
    expect(listed.length / near.length).toBeGreaterThan(0.97)
  })

  test('and most of the others', () => {
    const listed = labelled('different').filter((pair) => distanceOf(pair) <= shortlistDistance)
    expect(listed.length / labelled('different').length).toBeLessThan(0.2)
  })
})

describe('two keys are nearly the same', () => {
  const long = matchKey(
    'The evening bus used to leave at half past seven, and nobody in the harbour can catch it any more.',
  )

  test.each([
    ['equal ones, however short', '好', '好', true],
    ['empty ones', '', '', true],
    ['a short one and another', 'iagree', 'iagree2', false],
    ['a long one with a word changed', long, long.replace('seven', 'eight'), true],
    ['a long one with a short one', long, long.slice(0, 30), false],
    ['a short one with a long one', long.slice(0, 30), long, false],
    [
      'long ones of other words',
      long,
      matchKey('Nobody who works in the harbour takes the bus, because the car park is free.'),
      false,
    ],
    ['a long one and a word of it said again and again', long, 'evening'.repeat(20), false],
    [
      'Chinese of 24 characters with one changed',
      matchKey('从河东到火车站的末班车以前是十点半现在改成九点上晚班'),
      matchKey('从河西到火车站的末班车以前是十点半现在改成九点上晚班'),
      true,
    ],
    [
      'Chinese of 12 characters with one changed',
      '从河东到火车站的末班车以',
      '从河西到火车站的末班车以',
      false,
    ],
  ])('or are not: %s', (_, one, other, expected) => {
    expect(nearlySame(one, other)).toBe(expected)
    expect(nearlySame(other, one)).toBe(expected)
  })
})

describe('that a text is repeated tells something', () => {
  test.each([
    ['I agree', false],
    ['Thank you for this great article', false],
    ['沉痛悼念，一路走好', false],
    ['삼가 고인의 명복을 빕니다', false],
    ['ကျေးဇူးတင်ပါတယ်', false],
    ['24/7!', false],
    ['Zalo 0912 345 678', true],
    ['低息贷款当天放款，请加微信联系我', true],
    ['Cheap loans within the hour, just write to Dr Benson', true],
    ['', false],
  ])('or does not: %s', (text, expected) => {
    expect(isTelling(matchKey(text))).toBe(expected)
  })
})

describe('a simhash', () => {
  test('is the same for ever, because it is stored', () => {
    expect(simhash('')).toBe(1286558908n)
    expect(simhash('好')).toBe(-623879230129926345n)
    expect(simhash('theeveningbususedtoleaveathalfpastseven')).toBe(-2610632005328566928n)
  })

  test('does not depend on how often a part is repeated', () => {
    expect(simhash('haha'.repeat(100))).toBe(simhash('haha'.repeat(10)))
  })

  test('reads characters beyond the basic plane whole', () => {
    expect(hammingDistance(simhash('𨋢𨋢𨋢𠮶𠮶𠮶'), simhash('𨋢𨋢𨋢𠮶𠮶𠮶'))).toBe(0)
    expect(simhash('𨋢𠮶')).not.toBe(simhash('𨋢𠮷'))
  })

  test.each(heaviest)('is made and compared soon of 64 KiB of %s', (_, text) => {
    const key = matchKey(text)
    expect(() => simhash(key)).not.toThrow()
    expect(() => nearlySame(key, `${key}a`)).not.toThrow()
  })
})

describe('the distance', () => {
  test.each([
    [0n, 0n, 0],
    [0n, -1n, 64],
    [1n, 2n, 2],
    [-1n, 2n ** 63n - 1n, 1],
    [0xf0f0n << 32n, 0xf0f0n, 16],
  ])('of %d and %d is %d', (one, other, distance) => {
    expect(hammingDistance(one, other)).toBe(distance)
  })

  test('is that of the bits, the same both ways, and none from a simhash to itself', () => {
    const bits = bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n })
    assert(
      property(bits, bits, string(), (one, other, text) => {
        const written = BigInt.asUintN(64, one ^ other).toString(2)
        expect(hammingDistance(one, other)).toBe(written.replaceAll('0', '').length)
        expect(hammingDistance(other, one)).toBe(hammingDistance(one, other))
        expect(hammingDistance(simhash(text), simhash(text))).toBe(0)
      }),
    )
  })
})

function labelled(label: LabelledPair['label']) {
  return labelledPairs.filter((pair) => pair.label === label)
}

function distanceOf({ one, other }: LabelledPair) {
  return hammingDistance(simhash(matchKey(one)), simhash(matchKey(other)))
}
