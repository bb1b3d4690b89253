import { assert, bigInt, property, string } from 'fast-check'
import { matchKey } from '../../src/screening/match-key.ts'
import {
  hammingDistance,
  isTelling,
  mayBeNearlySame,
  nearlySame,
  nearlySameAs,
  shortlistDistance,
  simhash,
  trigramHashes,
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

describe('a quick look at the hashes of trigrams', () => {
  test('passes over none that are nearly the same', () => {
    const near = labelledPairs.filter(({ one, other }) => nearlySame(matchKey(one), matchKey(other)))
    expect(near.length).toBeGreaterThan(50)
    expect(near.filter((pair) => !quickly(pair))).toEqual([])
  })

  test('and over most of the others', () => {
    const others = labelled('different')
    expect(others.filter(quickly).length / others.length).toBeLessThan(0.2)
  })

  test('sees each hash once, in order, and nothing in common with nothing', () => {
    const hashes = trigramHashes('abcabcabd')
    expect(hashes).toHaveLength(4)
    expect([...hashes]).toEqual([...hashes].toSorted((one, other) => one - other))
    expect(mayBeNearlySame(hashes, hashes)).toBe(true)
    expect(mayBeNearlySame(hashes, trigramHashes('xyz'))).toBe(false)
  })

  test('says of one compared with many what is said of each pair', () => {
    for (const { one, other } of labelledPairs) {
      const isNearlySame = nearlySameAs(matchKey(one))
      expect([isNearlySame(matchKey(other)), isNearlySame(matchKey(one))]).toEqual([
        nearlySame(matchKey(one), matchKey(other)),
        true,
      ])
    }
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
    ['those that share six tenths of their trigrams', differing(0, 102), differing(40, 142), true],
    ['those that share less', differing(0, 102), differing(41, 143), false],
    [
      'very long ones that only their ends tell apart',
      'ab'.repeat(32_768),
      `${'ab'.repeat(32_768)}${differing(0, 100)}`,
      true,
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

  test.each([
    ['forty letters', 'a'.repeat(40), true],
    ['one less', 'a'.repeat(39), false],
    ['ten digits', '0123456789', true],
    ['nine of them', '012345678', false],
    ['ten times the first', '0'.repeat(10), true],
    ['ten times the last', '9'.repeat(10), true],
    ['ten signs that are no digits', '$'.repeat(10), false],
    ['fourteen characters', '好'.repeat(14), true],
    ['thirteen', '好'.repeat(13), false],
    ['twenty syllables', '감'.repeat(20), true],
    ['nineteen', '감'.repeat(19), false],
  ])('by its length: %s', (_, key, expected) => {
    expect(isTelling(key)).toBe(expected)
  })
})

describe('a simhash', () => {
  test('is the same for ever, because it is stored', () => {
    expect(simhash('')).toBe(1286558908n)
    expect(simhash('abcd')).toBe(2013198095018166657n)
    expect(simhash('好')).toBe(-623879230129926345n)
    expect(simhash('theeveningbususedtoleaveathalfpastseven')).toBe(-2610632005328566928n)
  })

  test('is that of what comes first, where a key is very long', () => {
    const key = 'ab'.repeat(32_768)
    expect(simhash(`${key}${differing(0, 100)}`)).toBe(simhash(key))
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

/** Characters that are all different. */
function differing(from: number, to: number): string {
  return Array.from({ length: to - from }, (_, at) => String.fromCharCode(0x4e00 + from + at)).join('')
}

function quickly({ one, other }: LabelledPair): boolean {
  return mayBeNearlySame(trigramHashes(matchKey(one)), trigramHashes(matchKey(other)))
}

function labelled(label: LabelledPair['label']) {
  return labelledPairs.filter((pair) => pair.label === label)
}

function distanceOf({ one, other }: LabelledPair) {
  return hammingDistance(simhash(matchKey(one)), simhash(matchKey(other)))
}
