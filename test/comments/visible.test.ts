import { assert, property } from 'fast-check'
import { visibleText } from '../../src/comments/visible.ts'
import { heaviest } from '../support/heaviest.ts'
import { hostileText } from './hostile.ts'

const labels: [character: string, label: string, code: string][] = [
  ['\u00AD', 'soft hyphen', 'U+00AD'],
  ['\u034F', 'combining grapheme joiner', 'U+034F'],
  ['\u061C', 'Arabic letter mark', 'U+061C'],
  ['\u115F', 'Hangul filler', 'U+115F'],
  ['\u17B4', 'Khmer inherent vowel', 'U+17B4'],
  ['\u200B', 'zero width space', 'U+200B'],
  ['\u200C', 'zero width non-joiner', 'U+200C'],
  ['\u200D', 'zero width joiner', 'U+200D'],
  ['\u200E', 'left-to-right mark', 'U+200E'],
  ['\u200F', 'right-to-left mark', 'U+200F'],
  ['\u2028', 'line separator', 'U+2028'],
  ['\u2029', 'paragraph separator', 'U+2029'],
  ['\u202A', 'left-to-right embedding', 'U+202A'],
  ['\u202B', 'right-to-left embedding', 'U+202B'],
  ['\u202C', 'end of embedding or override', 'U+202C'],
  ['\u202D', 'left-to-right override', 'U+202D'],
  ['\u202E', 'right-to-left override', 'U+202E'],
  ['\u2060', 'word joiner', 'U+2060'],
  ['\u2066', 'left-to-right isolate', 'U+2066'],
  ['\u2067', 'right-to-left isolate', 'U+2067'],
  ['\u2068', 'first strong isolate', 'U+2068'],
  ['\u2069', 'end of isolate', 'U+2069'],
  ['\u2800', 'braille blank', 'U+2800'],
  ['\u3164', 'Hangul filler', 'U+3164'],
  ['\uE000', 'private-use character', 'U+E000'],
  ['\u{F0000}', 'private-use character', 'U+F0000'],
  ['\uFE0F', 'variation selector 16', 'U+FE0F'],
  ['\u{E0100}', 'variation selector 17', 'U+E0100'],
  ['\uFEFF', 'byte order mark', 'U+FEFF'],
  ['\uFFA0', 'Hangul filler', 'U+FFA0'],
  ['\uFFF9', 'annotation control', 'U+FFF9'],
  ['\uFFFC', 'place of an object', 'U+FFFC'],
  ['\uFFFD', 'character lost on the way', 'U+FFFD'],
  ['\uD800', 'half of a character', 'U+D800'],
  ['\u{E0041}', 'tag A', 'U+E0041'],
  ['\u{E007F}', 'end of tags', 'U+E007F'],
  ['\u001B', 'control character', 'U+001B'],
  ['\u{1D159}', 'invisible character', 'U+1D159'],
  ['\u2064', 'invisible character', 'U+2064'],
]

const ordinary: [what: string, text: string][] = [
  ['English', 'I agree, “mostly” — 12% of it.\n\tOr not?'],
  ['Burmese', 'ဒီနေ့ မိုးရွာလို့ လမ်းတွေ ရေကြီးနေတယ်။'],
  ['Chinese with Latin words', '今日落好大雨，WhatsApp 都用唔到。'],
  ['Korean with a Latin word', 'KTX는 너무 비싸요 ㅋㅋㅋ'],
  ['Uyghur', 'بۈگۈن يامغۇر قاتتىق ياغدى.'],
  ['Vietnamese, decomposed', 'tiếng Việt'.normalize('NFD')],
  ['Greek and Russian words apart', 'Καλημέρα Доброе утро hello'],
  ['a family', '👨‍👩‍👧‍👦'],
  ['a heart with a selector, a keycap, a hand with a tone', '❤️ 1️⃣ 👍🏽 ❤️‍🔥 ☺︎'],
  ['the flag of Wales', '🏴󠁧󠁢󠁷󠁬󠁳󠁿'],
]

describe('a moderator sees', () => {
  test.each(labels)('%j as a %s, %s', (character, label, code) => {
    expect(visibleText(`a${character}b`)).toEqual([
      { text: 'a' },
      { text: character, label, code },
      { text: 'b' },
    ])
  })

  test.each([
    ['a Cyrillic letter in a Latin word', 'pаypal', [['а', 'Cyrillic letter', 'U+0430']]],
    ['a Latin letter in a Cyrillic word', 'привeт', [['e', 'Latin letter', 'U+0065']]],
    [
      'Greek letters in a Latin word',
      'gοοgle',
      [
        ['ο', 'Greek letter', 'U+03BF'],
        ['ο', 'Greek letter', 'U+03BF'],
      ],
    ],
    ['an Armenian letter', 'bօok', [['օ', 'Armenian letter', 'U+0585']]],
    [
      'letters of three alphabets',
      'aаα',
      [
        ['а', 'Cyrillic letter', 'U+0430'],
        ['α', 'Greek letter', 'U+03B1'],
      ],
    ],
    ['only the strange word among others', 'hello pаy мир', [['а', 'Cyrillic letter', 'U+0430']]],
  ])('%s', (_, text, marked) => {
    const seen = visibleText(text).flatMap((one) => ('label' in one ? [[one.text, one.label, one.code]] : []))
    expect(seen).toEqual(marked)
  })

  test('labels in the order of the text', () => {
    const seen = visibleText('\u200Bpаy\u200B').map((one) => ('label' in one ? one.label : one.text))
    expect(seen).toEqual(['zero width space', 'p', 'Cyrillic letter', 'y', 'zero width space'])
  })

  test('a joiner that joins no emoji', () => {
    expect(visibleText('👩\u200Da')).toContainEqual({
      text: '\u200D',
      label: 'zero width joiner',
      code: 'U+200D',
    })
  })

  test.each(ordinary)('no label in %s', (_, text) => {
    expect(visibleText(text)).toEqual([{ text }])
  })

  test('nothing of an empty text', () => {
    expect(visibleText('')).toEqual([])
  })

  test('every text, unchanged', () => {
    assert(
      property(hostileText, (text) => {
        const segments = visibleText(text)
        expect(segments.map((segment) => segment.text).join('')).toBe(text)
        expect(segments.every((segment) => segment.text !== '')).toBe(true)
        const unlabelled = segments.filter((segment) => !('label' in segment))
        expect(unlabelled.map((segment) => segment.text).join('|')).not.toMatch(unseen)
      }),
      { numRuns: 500 },
    )
  })

  test.each(heaviest)('64 KiB of %s soon', (_, text) => {
    expect(() => visibleText(text)).not.toThrow()
  })
})

/** What no segment without a label may have; joiners and selectors may join and colour emoji. */
const unseen =
  /[\u202A-\u202E\u2066-\u2069\u200B\u200C\u200E\u200F\u2060\u3164\u2800\uFEFF\uFFFD]|\p{Co}|\p{Cs}|(?![\t\n])\p{Cc}/u
