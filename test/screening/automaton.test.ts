import { array, assert, constantFrom, property, string, uniqueArray } from 'fast-check'
import { atOnce } from '../../src/http/steps.ts'
import { searchFor } from '../../src/screening/automaton.ts'

const alphabet = Array.from('abcdefghijklmnopqrstuvwxyz')

describe('many words are looked for at once', () => {
  test.each([
    ['words that begin alike', ['he', 'her', 'hers', 'his'], 'hershis', ['he@2', 'her@3', 'hers@4', 'his@7']],
    ['words inside of words', ['abcd', 'bc', 'c'], 'abcde', ['bc@3', 'c@3', 'abcd@4']],
    ['words that overlap', ['ab', 'ba'], 'ababa', ['ab@2', 'ba@3', 'ab@4', 'ba@5']],
    ['a word that is what another word fails to become', ['aab', 'ac'], 'aac', ['ac@3']],
    ['characters of two units', ['😡', '\uDE21'], '😡', ['😡@2', '\uDE21@2']],
    ['no words', [], 'text', []],
    ['an empty text', ['a'], '', []],
    [
      'each letter of an alphabet',
      alphabet,
      alphabet.join(''),
      alphabet.map((letter, at) => `${letter}@${at + 1}`),
    ],
  ])('%s', (_, words, text, expected) => {
    expect(found(words, text)).toEqual(expected)
  })

  test('and found wherever they are', () => {
    const units = constantFrom('a', 'b', 'c', '\uD83D')
    const word = string({ unit: units, minLength: 1, maxLength: 5 })
    assert(
      property(
        uniqueArray(word, { maxLength: 12 }),
        string({ unit: units, maxLength: 60 }),
        (words, text) => {
          expect(found(words, text)).toEqual(foundOneByOne(words, text))
        },
      ),
      { numRuns: 1000 },
    )
  })

  test('and found in lists of thousands', () => {
    const word = string({ unit: constantFrom('a', 'b', 'c', 'd', '好', 'é'), minLength: 3, maxLength: 9 })
    assert(
      property(
        uniqueArray(word, { minLength: 1000, maxLength: 2000 }),
        array(word, { maxLength: 30 }),
        (words, parts) => {
          const text = [...parts, ...words.slice(0, 3)].join('')
          expect(found(words, text)).toEqual(foundOneByOne(words, text))
        },
      ),
      { numRuns: 5 },
    )
  })

  test('until somebody has enough', () => {
    const ends: number[] = []
    atOnce(searchFor(new Map([['a', 1]])))('aaaa', (_, end) => ends.push(end) < 2)
    expect(ends).toEqual([1, 2])
  })

  test('of words that end at one place the sixteen longest', () => {
    const words = Array.from({ length: 20 }, (_, index) => 'a'.repeat(index + 1))
    const last = found(words, 'a'.repeat(20)).slice(-16)
    expect(last[0]).toBe(`${'a'.repeat(20)}@20`)
    expect(last.at(-1)).toBe(`${'a'.repeat(5)}@20`)
  })

  test('of which the beginnings of longer words are none', () => {
    const words = Array.from({ length: 16 }, (_, index) => 'a'.repeat(index + 1))
    const longest = `x${'a'.repeat(16)}`
    const last = found([...words, `${longest}y`, `z${longest}y`], `z${longest}`).slice(-16)
    expect(last).toEqual(words.toReversed().map((word) => `${word}@18`))
  })

  test('made ready in a step for each unit of the longest and for each 20,000 beginnings', () => {
    const units = Array.from({ length: 200 }, (_, index) => String.fromCharCode(0x4e00 + index))
    const pairs = units.flatMap((one) => units.map((other) => `${one}${other}`))
    expect([...searchFor(new Map(pairs.map((pair) => [pair, pair])))]).toHaveLength(2 + 2)
  })

  test('in time that depends on the length of the text', () => {
    const words = new Map(
      Array.from({ length: 5000 }, (_, index) => [`${'a'.repeat(index % 90)}b${index}`, index]),
    )
    const search = atOnce(searchFor(words))
    expect(() => search('a'.repeat(65_536), () => true)).not.toThrow()
  })
})

function found(words: string[], text: string) {
  const finds: string[] = []
  const search = atOnce(searchFor(new Map(words.map((word) => [word, word]))))
  search(text, (word, end) => finds.push(`${word}@${end}`) > 0)
  return finds
}

function foundOneByOne(words: string[], text: string) {
  const finds: string[] = []
  for (let end = 1; end <= text.length; end += 1) {
    const here = words.filter((word) => text.slice(0, end).endsWith(word))
    for (const word of here.toSorted((one, other) => other.length - one.length)) finds.push(`${word}@${end}`)
  }
  return finds
}
