import { array, assert, constantFrom, property, string } from 'fast-check'
import { type CsvFault, type CsvField, csvField, csvRecord, readCsv } from '../../src/http/csv.ts'

const anything = string({
  unit: constantFrom('a', ',', ';', '"', "'", '\n', '\r', '\t', ' ', '=', '-', '＝', '好', '\uFEFF'),
})

describe('a field', () => {
  test.each([
    ['a word', 'plain', '"plain"'],
    ['nothing', '', '""'],
    ['quotation marks', 'say "hi"', '"say ""hi"""'],
    ['separators and line ends', 'a,b;c\r\nd', '"a,b;c\r\nd"'],
    ['a formula', '=1+1', `"'=1+1"`],
    ['a link of a spreadsheet', '=HYPERLINK("http://a.example")', `"'=HYPERLINK(""http://a.example"")"`],
    ['a number with a sign', '-5', `"'-5"`],
    ['a plus', '+18', `"'+18"`],
    ['an at sign', '@SUM(1)', `"'@SUM(1)"`],
    ['a full-width formula', '＝1', `"'＝1"`],
    ['a formula behind spaces', '  =1', `"'  =1"`],
    ['a tab', '\t=1', `"'\t=1"`],
    ['a line end', '\r\nx', `"'\r\nx"`],
    ['a formula with an apostrophe before it', "'=1", `"''=1"`],
    ['an apostrophe before a word', "'tis", `"'tis"`],
    ['a sign inside of a word', 'a=b', '"a=b"'],
  ])('of %s', (_, text, field) => {
    expect(csvField(text)).toBe(field)
  })

  test('never begins as a formula does', () => {
    assert(
      property(anything, (text) => {
        expect(csvField(text)).not.toMatch(/^"\s*[=+\-@＝＋－＠\t\r\n]/)
      }),
      { numRuns: 1000 },
    )
  })

  test('is read as the text that it was made of', () => {
    assert(
      property(array(array(anything, { minLength: 2, maxLength: 4 }), { maxLength: 5 }), (records) => {
        const csv = ['\uFEFF', csvRecord(['one', 'two']), ...records.map(csvRecord)].join('')
        const filled = records.filter((record) => record.some((text) => text !== ''))
        expect(textsOf(csv)).toEqual([['one', 'two'], ...filled])
        expect(whole(csv).fault).toBeUndefined()
      }),
      { numRuns: 1000 },
    )
  })
})

describe('a file is read', () => {
  test.each([
    [
      'with CRLF',
      'a,b\r\n1,2\r\n',
      [
        ['a', 'b'],
        ['1', '2'],
      ],
    ],
    [
      'with LF, and none at the end',
      'a,b\n1,2',
      [
        ['a', 'b'],
        ['1', '2'],
      ],
    ],
    [
      'with CR',
      'a,b\r1,2\r',
      [
        ['a', 'b'],
        ['1', '2'],
      ],
    ],
    ['with a byte order mark', '\uFEFFa,b\n', [['a', 'b']]],
    [
      'with semicolons',
      'a;b\n"1;2";3,4\n',
      [
        ['a', 'b'],
        ['1;2', '3,4'],
      ],
    ],
    [
      'with tabs',
      'a\tb\n1,2\t3\n',
      [
        ['a', 'b'],
        ['1,2', '3'],
      ],
    ],
    ['with a byte order mark inside of a field', 'a,\uFEFFb\n', [['a', '\uFEFFb']]],
    ['with a single column, whatever the lines below have', 'a\nb;c\n', [['a'], ['b;c']]],
    ['with a single column', 'a\n1\n', [['a'], ['1']]],
    ['with line ends and quotation marks in a field', 'a\n"1\r\n""2"""\n', [['a'], ['1\r\n"2"']]],
    [
      'with empty fields',
      'a,b,\n,,1\n',
      [
        ['a', 'b', ''],
        ['', '', '1'],
      ],
    ],
    [
      'without empty lines',
      'a,b\n\n,\n""\n1,2\n\n',
      [
        ['a', 'b'],
        ['1', '2'],
      ],
    ],
    ['with spaces as they are', 'a, b\n', [['a', ' b']]],
    ['with nothing in it', '', []],
  ])('%s', (_, csv, records) => {
    expect(textsOf(csv)).toEqual(records)
    expect(whole(csv).fault).toBeUndefined()
  })

  test('with the place of each field', () => {
    const { records } = whole('\uFEFFa,b\r\n"x\ny",2\n\n好,"3"')
    const places = records.flat().map(({ text, line, column }) => [text, line, column])
    expect(places).toEqual([
      ['a', 1, 1],
      ['b', 1, 3],
      ['x\ny', 2, 1],
      ['2', 3, 4],
      ['好', 5, 1],
      ['3', 5, 3],
    ])
  })

  test.each([
    ['a quotation mark is never closed', 'a,b\n1,"2\n3', 2, 3, /never closed/],
    ['a quotation mark stands inside of a field', 'a,b\n1,2"3', 2, 4, /stands in quotation marks/],
    ['something stands behind a quotation mark', 'a,b\n"1\n2"3,4', 3, 3, /Behind the closing/],
    ['another separator stands behind a quotation mark', 'a,b\n"1";2', 2, 4, /Behind the closing/],
  ])('until %s', (_, csv, line, column, detail) => {
    const { records, fault } = whole(csv)
    expect(records.map((record) => record.map(({ text }) => text))).toEqual([['a', 'b']])
    expect(fault).toEqual({ line, column, detail: expect.stringMatching(detail) })
  })

  test('soon, whatever it is', () => {
    for (const part of ['"', '""', ',', '\n', '",', '"\n', 'a', "'="]) {
      expect(() => whole(`a,b\n${part.repeat(200_000 / part.length)}`)).not.toThrow()
    }
  })
})

/** All records of a file at once, and the fault at its end. */
function whole(csv: string): { records: CsvField[][]; fault: CsvFault | undefined } {
  const reading = readCsv(csv)
  const records: CsvField[][] = []
  for (;;) {
    const { done, value } = reading.next()
    if (done) return { records, fault: value }
    records.push(value)
  }
}

function textsOf(csv: string) {
  return whole(csv).records.map((record) => record.map(({ text }) => text))
}
