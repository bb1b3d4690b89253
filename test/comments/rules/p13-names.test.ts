import { normalizeName } from '../../../src/comments/text.ts'
import type { Reserved } from '../../../src/screening/facts.ts'
import { screen } from '../../../src/screening/signals.ts'
import { factsOf } from '../../screening/facts.ts'
import { kept, nameLimits, type Row } from './rows.ts'

const reserved: Reserved[] = [
  { name: 'The Harbour Gazette', whose: 'site' },
  { name: 'Juniper', whose: 'moderator' },
  { name: 'Ana Reyes', whose: 'author' },
]

describe('P13 a name is kept as typed, because', () => {
  test.each([
    kept('an apostrophe is part of it', 'O’Brien'),
    kept('markup is characters', '<b>Anna</b> & Co'),
    kept('Han and Latin together are honest', '陳大文 Peter'),
    kept('Hangul and Latin are', '김민수 Min'),
    kept('Han and Kana are', '山田はな'),
    kept('a name all in Cyrillic is', 'Анна Смирнова'),
    kept('an ideographic space parts a Chinese name', '陳　大文'),
    kept('ZWNJ shapes a Persian name', 'علی\u200Cرضا'),
    kept('ZWSP parts a Khmer name', 'សុខ\u200Bចាន់ថា'),
    kept('a name may have an emoji', 'Sokha 🌼'),
    kept('a variation is a person’s own', '葛\u{E0100}城'),
    kept('a name may be the word null', 'null'),
    kept('or a digit', '0'),
    kept('it may be missing', ''),
  ])('$why', ({ input, expected }) => {
    expect(normalizeName(input, nameLimits)).toMatchObject({ text: expected })
    expect(normalizeName(expected, nameLimits)).toEqual({ text: expected, removed: {} })
  })
})

const onOneLine: Row[] = [
  { why: 'a line break is a space', input: 'Anna\r\nMaria', expected: 'Anna Maria' },
  { why: 'a tab is a space', input: 'Anna\tMaria', expected: 'Anna Maria' },
  { why: 'VT and FF are', input: 'Anna\v\fMaria', expected: 'Anna Maria' },
  { why: 'LS is', input: 'Anna\u2028Maria', expected: 'Anna Maria' },
  { why: 'a run of white space is one', input: ' Anna  \n\n\u3000 Maria ', expected: 'Anna Maria' },
  { why: 'two ideographic spaces are one', input: '陳　　大文', expected: '陳 大文' },
  {
    why: 'an override that parted two spaces goes first',
    input: 'Anna \u202E Maria',
    expected: 'Anna Maria',
  },
  { why: 'a name is composed', input: 'Ho\u0302\u0300', expected: 'Hồ' },
  { why: 'controls and overrides are no name', input: '\u202EAn\0na', expected: 'Anna' },
]

describe('P13 a name is one line:', () => {
  test.each(onOneLine)('$why', ({ input, expected }) => {
    expect(normalizeName(input, nameLimits)).toMatchObject({ text: expected })
    expect(normalizeName(expected, nameLimits)).toEqual({ text: expected, removed: {} })
  })
})

const resembling: Row[] = [
  {
    why: 'the site’s, as it is',
    input: 'The Harbour Gazette',
    expected: 'that of this site, “The Harbour Gazette”',
  },
  {
    why: 'in Cyrillic letters of the same shape',
    input: 'Тhе Hаrbоur Gаzеttе',
    expected: 'that of this site, “The Harbour Gazette”',
  },
  {
    why: 'in full width',
    input: 'Ｔｈｅ　Ｈａｒｂｏｕｒ　Ｇａｚｅｔｔｅ',
    expected: 'that of this site, “The Harbour Gazette”',
  },
  { why: 'with accents', input: 'Thé Hárbour Gàzette', expected: 'that of this site, “The Harbour Gazette”' },
  {
    why: 'with invisible characters',
    input: 'Har\u200Bbour Ga\u2060zette',
    expected: 'that of this site, “The Harbour Gazette”',
  },
  { why: 'in mathematical letters', input: '𝓙𝓾𝓷𝓲𝓹𝓮𝓻', expected: 'that of a moderator, “Juniper”' },
  { why: 'with l for i', input: 'JUNlPER', expected: 'that of a moderator, “Juniper”' },
  {
    why: 'an author’s in another order',
    input: 'Reyes, Ana',
    expected: 'that of the article’s author, “Ana Reyes”',
  },
  { why: 'a word for staff in English', input: 'M0derator', expected: 'a word for staff, “moderator”' },
  { why: 'in Burmese', input: 'အယ်ဒီတာ', expected: 'a word for staff, “အယ်ဒီတာ”' },
  { why: 'in traditional Chinese', input: '管理員', expected: 'a word for staff, “管理員”' },
  { why: 'in simplified Chinese', input: '小编', expected: 'a word for staff, “小编”' },
  { why: 'in Khmer', input: 'អ្នកគ្រប់គ្រង', expected: 'a word for staff, “អ្នកគ្រប់គ្រង”' },
  { why: 'in Korean', input: '관리자', expected: 'a word for staff, “관리자”' },
  { why: 'in Lao', input: 'ນັກຂ່າວ', expected: 'a word for staff, “ນັກຂ່າວ”' },
  { why: 'in Tibetan', input: 'རྩོམ་སྒྲིག་པ', expected: 'a word for staff, “རྩོམ་སྒྲིག་པ”' },
  { why: 'in Uyghur', input: 'مۇھەررىر', expected: 'a word for staff, “مۇھەررىر”' },
  {
    why: 'in Vietnamese, without its marks',
    input: 'quan tri vien',
    expected: 'a word for staff, “quản trị viên”',
  },
]

describe('P13 a name like one of the house is accepted, and a moderator is told:', () => {
  test.each(resembling)('$why', ({ input, expected }) => {
    const { text: name, refusal } = normalizeName(input, nameLimits)
    expect(refusal).toBeUndefined()
    expect(screen(factsOf({ name, reserved }))).toContainEqual({
      code: 'impersonation',
      severity: 'warning',
      message: `The name resembles ${expected}.`,
      ranges: [],
    })
  })
})

describe('P13 of an honest name nothing is said:', () => {
  test.each([
    kept('another name', 'Robin Gazer'),
    kept('a part of one', 'Harbour'),
    kept('Han and Latin', '陳大文 Peter'),
    kept('Hangul and Latin', '김민수 Min'),
    kept('Han and Kana', '山田はな'),
    kept('all in Cyrillic', 'Анна Смирнова'),
    kept('all in Greek', 'Γιώργος'),
    kept('with a zero-width space in Khmer', 'សុខ\u200Bចាន់ថា'),
    kept('a readers’ word', 'Edith'),
  ])('$why', ({ input }) => {
    expect(screen(factsOf({ name: input, reserved }))).toEqual([])
  })
})
