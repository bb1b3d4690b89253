import { canBeginWord, canEndWord, isUnspaced } from '../../src/screening/word-edges.ts'

/** In each text | is the place that is asked about. */
const begins: [why: string, text: string, expected: boolean][] = [
  ['at the beginning', '|casino', true],
  ['behind a space', 'a |casino', true],
  ['behind a symbol', '$|casino', true],
  ['inside of a word', 'ca|sino', false],
  ['behind a digit', '24|casino', false],
  ['behind a letter outside of the basic plane', '𝼀|casino', false],
  ['behind an emoji', '😡|casino', true],
  ['behind half an emoji', '\uDE21|casino', true],
  ['behind two second halves', '\uDE21\uDE21|casino', true],
  ['inside of a Cyrillic word', 'при|вет', false],
  ['inside of a Korean word', '왕|바보', false],
  ['behind a Chinese character', '是|casino', true],
  ['between Chinese characters', '你真|傻', true],
  ['between rare Chinese characters', '𨋢|𠮶', true],
  ['between Burmese syllables', 'မ|ကောင်း', true],
  ['between a Burmese consonant and its vowel', 'က|ို', false],
  ['below a Burmese consonant', 'န္|ဒ', false],
  ['below a Khmer consonant', 'ស្|រ', false],
  ['between Khmer syllables', 'មិន|ល្អ', true],
  ['between Lao syllables', 'ບໍ່|ດີ', true],
  ['inside of a Tibetan syllable', 'བོ|ད', false],
  ['between a letter and a mark that stays apart', 'x|\u0301', false],
  ['at the beginning, with a mark on nothing', '|\u0301a', true],
  ['behind a space, with a mark on nothing', 'a |\u0301a', true],
  ['behind a letter outside of the basic plane, with another such behind it', '𝼀|a𝼀', false],
  ['behind the letter with the first of all second halves', '𐐀|a', false],
  ['behind the digit with the last of all second halves', '𝟿|a', false],
  ['behind a letter from beyond the second halves', 'a ﬁ|sh', false],
]

const ends: [why: string, text: string, expected: boolean][] = [
  ['at the end', 'casino|', true],
  ['before a space', 'casino| b', true],
  ['before a letter', 'casino|s', false],
  ['before a Chinese character', 'facebook|是', true],
  ['before a Korean particle', 'facebook|은', true],
  ['before a Korean particle behind Korean', '바보|는 또', true],
  ['before a plural and two particles', '바보|들에게만', true],
  ['before the copula', '바보|입니다', true],
  ['before a Korean word', '바보|짓', false],
  ['before a particle that is the beginning of a word', '바보|이상한', false],
  ['before a Tibetan particle', 'བོད|ས', true],
  ['before the Tibetan genitive', 'དགེ|འི', true],
  ['before a Tibetan letter', 'བོད|ལ', false],
  ['before a mark', 'cafe|\u0301', false],
  ['before an emoji', 'casino|😡', true],
  ['at the end, where a Burmese consonant below is missing', 'န္|', true],
  ['before a space, where a Burmese consonant below is missing', 'န္| ဒ', true],
]

describe('a word can begin', () => {
  test.each(begins)('or cannot, %s', (_, text, expected) => {
    expect(canBeginWord(text.replace('|', ''), text.indexOf('|'))).toBe(expected)
  })
})

describe('a word can end', () => {
  test.each(ends)('or cannot, %s', (_, text, expected) => {
    expect(canEndWord(text.replace('|', ''), text.indexOf('|'))).toBe(expected)
  })
})

describe('a script is written without spaces', () => {
  test.each(['汉', 'ひ', 'カ', 'ー', 'ㄅ', 'ท', 'ລ', 'ខ', 'မ', '𠮶'])('as that of %s', (character) => {
    expect(isUnspaced(character)).toBe(true)
  })

  test.each(['a', 'ж', 'α', '한', 'བ', 'ئ', 'अ', '1', '.', '👍'])('or not, as that of %s', (character) => {
    expect(isUnspaced(character)).toBe(false)
  })
})
