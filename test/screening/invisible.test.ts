import { findInvisible } from '../../src/screening/invisible.ts'

test.each([
  ['between Latin letters', 'cas\u200Bino', ['\u200B']],
  ['between Chinese letters', '香\u200B港', ['\u200B']],
  ['a word joiner, wherever', 'ខ\u2060ខ', ['\u2060']],
  ['fillers of Hangul between other letters', 'a\u1160b', ['\u1160']],
  ['a braille blank among letters', 'a\u2800b', ['\u2800']],
  ['a variation selector on a Latin letter, or on nothing', 'a\uFE0F', ['\uFE0F']],
  ['a variation selector on nothing', '\uFE0F', ['\uFE0F']],
  ['bytes behind an emoji', '😀\uFE01\uFE02\uFE03', ['\uFE01\uFE02\uFE03']],
  ['between Latin letters of a Khmer text', 'ខ្មែរ cas\u200Bino', ['\u200B']],
])('no spelling needs them %s', (_where, text, runs) => {
  expect(findInvisible(text).map(({ start, end }) => text.slice(start, end))).toEqual(runs)
})

test.each([
  ['between Khmer letters', 'ខ\u200Bខ'],
  ['beside numbers in a Khmer text', 'ខ 25\u200B%'],
  ['in emoji', '👨‍👩‍👧'],
  ['for the rare form of a character', '葛\u{E0100}'],
  ['in an old Hangul syllable', '\u115F\u1161'],
  ['in braille', '⠓\u2800⠑'],
])('spelling needs them %s', (_where, text) => {
  expect(findInvisible(text)).toEqual([])
})
