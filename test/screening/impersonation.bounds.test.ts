import { impersonates } from '../../src/screening/impersonation.ts'

describe('a name is taken', () => {
  test.each([
    ['that is short, of two words, with another beside it', 'Li Na Smith', 'Li Na'],
    ['that is one word of five letters, with another beside it', 'Gazet Kim', 'Gazet'],
    ['that has nothing but what dresses others', 'official page', 'Official Page'],
    ['with numbers at its edges and digits for letters', '99Dai1yPost7', 'Daily Post'],
    ['with numbers between its words', 'Jane 7 7 7 Doe', 'Jane Doe'],
    ['in Burmese, inside of another', 'ကိုအောင်မြင့်မြတ်ပါ', 'အောင်မြင့်မြတ်'],
    ['in Khmer, inside of another', 'បងសុខដារ៉ាថ្មី', 'សុខ ដារ៉ា'],
    ['in Korean, inside of another', '김민수팬', '김민수'],
    ['in Han, inside of another', '老陳大文', '陳大文'],
    ['with a word of courtesy behind it', '王伟小姐', '王伟'],
    ['with a Korean one', '민수님', '민수'],
    ['with invisible characters inside', 'Ja\u200Bne D\u2060\u200Boe', 'Jane Doe'],
  ])('%s: %s', (_how, name, other) => {
    expect(impersonates(name, [other])).toBe(other)
  })

  test.each([
    ['of one short word, with another beside it', 'Post Kim', 'Post'],
    ['of two letters, inside of another', '王伟明', '王伟'],
    ['with a word of courtesy before it', '先生王伟', '王伟'],
    ['of two scripts, inside of another', 'Jane大文君', 'Jane 大文'],
    ['of two scripts the other way round, inside of another', '老大文Jane', '大文 Jane'],
    ['of as many letters, others of which are doubled', 'Aana', 'Anna'],
    ['with two more words', 'John Jane Doe Smith', 'Jane Doe'],
    ['of signs alone', '★★', '★'],
    ['of nothing', '', ''],
    ['of nothing, by another name', 'Anna', ''],
  ])('but not %s: %s', (_which, name, other) => {
    expect(impersonates(name, [other])).toBeUndefined()
  })
})

describe('a word for staff is noticed', () => {
  test.each([
    ['in Burmese, inside of a name', 'ကိုအယ်ဒီတာပါ', 'အယ်ဒီတာ'],
    ['in Han, beside a fan of it', '记者的朋友记者', '记者'],
    ['in Han, across a space', 'x编 辑y', '编辑'],
    ['before its end', 'newsrom', 'newsroom'],
  ])('%s: %s', (_how, name, word) => {
    expect(impersonates(name, [])).toBe(word)
  })

  test.each([
    ['a fan of it', '记者的粉丝'],
    ['two slips', 'eidor'],
    ['more behind it that repeats its end', 'editoritor'],
    ['two letters behind it', 'editorxr'],
    ['two letters before it', 'axeditor'],
    ['a slip in two words that were joined', 'Customrservice'],
    ['a slip in two words, the second long', 'Stafwriter'],
    ['more than 1,000 units before it', `${'x '.repeat(500)}editor`],
    ['characters before it that are sentences', `${'\uFDFA'.repeat(60)} editor`],
  ])('but not with %s: %s', (_what, name) => {
    expect(impersonates(name, [])).toBeUndefined()
  })
})
