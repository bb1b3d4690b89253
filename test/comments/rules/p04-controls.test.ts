import { asStored, kept, type Row, submitted } from './rows.ts'

const removed: Row[] = [
  { why: 'NUL ends no text', input: 'a\0b', expected: 'ab' },
  { why: 'an escape steers no terminal', input: '\u001B[31mred\u001B[0m', expected: '[31mred[0m' },
  { why: 'a bell and a backspace do nothing', input: 'a\u0007b\u0008c', expected: 'abc' },
  { why: 'the first and the last of C0 go', input: 'a\u0001b\u001Fc', expected: 'abc' },
  { why: 'those on both sides of the line breaks go', input: 'a\u0008b\u000Ec', expected: 'abc' },
  { why: 'a separator of records is not typed', input: 'a\u001Eb\u001Cc', expected: 'abc' },
  { why: 'DEL deletes nothing', input: 'a\u007Fb', expected: 'ab' },
  { why: 'the first and the last of C1 go', input: 'a\u0080b\u009Fc', expected: 'abc' },
  { why: 'those on both sides of NEL go', input: 'a\u0084b\u0086c', expected: 'abc' },
  { why: 'the C1 form of an escape sequence goes', input: '\u009B31mred', expected: '31mred' },
  { why: 'a run of them goes whole', input: `a${'\0\u001B\u009B'.repeat(40)}b`, expected: 'ab' },
  { why: 'an emoji that a control cut in two is whole again', input: '\uD83D\0\uDC4D', expected: '👍' },
  { why: 'a line break that a control cut in two is one', input: 'a\r\0\nb', expected: 'a\nb' },
]

describe('P4 controls are removed silently, because', () => {
  test.each(removed)('$why', ({ input, expected }) => {
    expect(submitted(input)).toEqual(asStored(expected))
  })
})

describe('P4 what is typed is kept, because', () => {
  test.each([
    kept('a tab parts a name and a value', 'name\tvalue'),
    kept('tabs at the beginning of a line indent it', 'list\n\tone\n\t\ttwo'),
    kept('a line feed ends a line', 'a\nb'),
    kept('the pictures of controls are characters', '␀ ␛ ␡'),
    kept('what stands beside C0 and C1 is visible', 'a !~\u00A0¡'),
  ])('$why', ({ input, expected }) => {
    expect(submitted(input)).toEqual(asStored(expected))
  })
})
