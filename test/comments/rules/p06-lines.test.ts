import { asStored, kept, type Row, submitted } from './rows.ts'

const lineBreaks: Row[] = [
  { why: 'a form sends CR LF', input: 'a\r\nb', expected: 'a\nb' },
  { why: 'old Macs send CR', input: 'a\rb', expected: 'a\nb' },
  { why: 'mainframes send NEL', input: 'a\u0085b', expected: 'a\nb' },
  { why: 'Unicode has LS and PS', input: 'a\u2028b\u2029c', expected: 'a\nb\nc' },
  {
    why: 'VT is Word’s soft return, without which words would run together',
    input: 'a\u000Bb',
    expected: 'a\nb',
  },
  { why: 'FF ends a page of a PDF (UAX #14)', input: 'a\u000Cb', expected: 'a\nb' },
  { why: 'CR LF FF are two', input: 'a\r\n\u000Cb', expected: 'a\n\nb' },
  { why: 'CR CR LF are two', input: 'a\r\r\nb', expected: 'a\n\nb' },
  { why: 'LF CR are two', input: 'a\n\rb', expected: 'a\n\nb' },
  { why: 'a byte order mark between CR and LF parts them', input: 'a\r\uFEFF\nb', expected: 'a\n\nb' },
]

const ends: Row[] = [
  { why: 'spaces, tabs and line breaks', input: ' \t\n a b \r\n ', expected: 'a b' },
  { why: 'spaces of Unicode', input: '\u3000\u00A0中文\u2003\u202F', expected: '中文' },
  { why: 'more lines than two', input: '\n\n\n\na\n\n\n\n', expected: 'a' },
  { why: 'a space before a mark, which stays', input: ' \u0301a', expected: '\u0301a' },
  {
    why: 'a space that the end of a run of blank lines uncovers',
    input: 'a\n\n\u200B  \n\u200B',
    expected: 'a\n\n\u200B',
  },
]

const blankLines: Row[] = [
  { why: 'of five two stay', input: 'a\n\n\n\n\nb', expected: 'a\n\n\nb' },
  { why: 'of three two stay', input: 'a\n\n\n\nb', expected: 'a\n\n\nb' },
  { why: 'lines of spaces are blank', input: 'a\n \n\t\n \u3000\nb', expected: 'a\n \n\t\nb' },
  {
    why: 'lines of invisible characters are',
    input: 'a\n\u200B\n\u2800\n\u3164\nb',
    expected: 'a\n\u200B\n\u2800\nb',
  },
  { why: 'each run is counted by itself', input: 'a\n\n\n\nb\n\n\n\nc', expected: 'a\n\n\nb\n\n\nc' },
]

describe('P6 every line break is LF, because', () => {
  test.each(lineBreaks)('$why', ({ input, expected }) => {
    expect(submitted(input)).toEqual(asStored(expected))
  })
})

describe('P6 white space at the ends goes:', () => {
  test.each(ends)('$why', ({ input, expected }) => {
    expect(submitted(input)).toEqual(asStored(expected))
  })
})

describe('P6 at most two lines in a row are blank:', () => {
  test.each(blankLines)('$why', ({ input, expected }) => {
    expect(submitted(input)).toEqual(asStored(expected))
  })
})

describe('P6 white space inside a text is the reader’s, because', () => {
  test.each([
    kept('one blank line parts paragraphs', 'one\n\ntwo'),
    kept('two blank lines are a pause', 'one\n\n\ntwo'),
    kept('indentation makes a list', 'a list\n  - one\n    - two'),
    kept('runs of spaces make a table', 'a    b'),
    kept('an ideographic indent begins a Chinese paragraph', '第一段。\n　　第二段。'),
    kept('a no-break space holds a number together', '10\u00A0000 €'),
    kept('a narrow no-break space does in French', 'Vraiment\u202F?'),
    kept('spaces before a line break do no harm', 'verse  \nverse'),
    kept('many lines are a poem', Array.from({ length: 200 }, (_, line) => `verse ${line}`).join('\n')),
  ])('$why', ({ input, expected }) => {
    expect(submitted(input)).toEqual(asStored(expected))
  })
})
