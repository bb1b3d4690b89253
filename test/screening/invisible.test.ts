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
  ['with a word joiner before what Khmer needs', 'ខ\u2060\u200Bខ', ['\u2060\u200B']],
  ['with a word joiner behind what Khmer needs', 'ខ\u200B\u2060ខ', ['\u200B\u2060']],
  ['with a space of no width before a filler', '\u1112\u200B\u1160\u11AB', ['\u200B\u1160']],
  ['with a space of no width behind a filler', '\u1112\u1160\u200B\u11AB', ['\u1160\u200B']],
  ['three fillers in a row', '\u1112\u1160\u1160\u1160\u11AB', ['\u1160\u1160\u1160']],
  ['with a space of no width before a braille blank', '⠓\u200B\u2800⠑', ['\u200B\u2800']],
  ['with a space of no width behind a braille blank', '⠓\u2800\u200B⠑', ['\u2800\u200B']],
])('no spelling needs them %s', (_where, text, runs) => {
  expect(findInvisible(text).map(({ start, end }) => text.slice(start, end))).toEqual(runs)
})

test.each([
  ['between Khmer letters', 'ខ\u200Bខ'],
  ['beside numbers in a Khmer text', 'ខ 25\u200B%'],
  ['in emoji', '👨‍👩‍👧'],
  ['for the rare form of a character', '葛\u{E0100}'],
  ['in an old Hangul syllable', '\u115F\u1161'],
  ['two in an old Hangul syllable', '\u115F\u1160\u11AB'],
  ['in braille', '⠓\u2800⠑'],
  ['several in braille', '⠓\u2800\u2800⠑'],
  ['between braille and a letter', '⠓\u2800a'],
  ['twice between Khmer letters', 'ខ\u200B\u200Bខ'],
  ['between a Khmer letter and a Latin one', 'ខ\u200Ba'],
  ['behind a Latin word of a Khmer text', 'ខ abc\u200B.'],
  ['behind a selector in emoji', '❤\uFE0F\u200D🔥'],
  ['in a Tamil word', 'க்\u200Cஷ'],
  ['in a Sinhala word', 'ශ්\u200Dරී'],
])('spelling needs them %s', (_where, text) => {
  expect(findInvisible(text)).toEqual([])
})
