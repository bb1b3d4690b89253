import { array, assert, asyncProperty, constantFrom, option, record, string } from 'fast-check'
import { turn } from '../../src/http/turns.ts'
import { readPhraseList, writePhraseList } from '../../src/screening/phrase-lists.ts'
import { Phrase, type PhraseList } from '../../src/screening/phrases.ts'

describe('a list is read from CSV', () => {
  test.each([
    [
      'with all columns',
      'phrase,language,note,severity\ncasino*,en,"ads, mostly",warning\n',
      [{ phrase: 'casino*', language: 'en', note: 'ads, mostly', severity: 'warning' }],
    ],
    [
      'with one column',
      'phrase\ncasino\n傻逼\n',
      [
        { phrase: 'casino', severity: 'notice' },
        { phrase: '傻逼', severity: 'notice' },
      ],
    ],
    [
      'with columns in another order, in capitals, with spaces',
      ' Severity ; PHRASE\ninfo;a\n',
      [{ phrase: 'a', severity: 'info' }],
    ],
    [
      'with fields that are not given',
      'phrase,language,note,severity\na,,,\nb\n',
      [
        { phrase: 'a', severity: 'notice' },
        { phrase: 'b', severity: 'notice' },
      ],
    ],
    [
      'with what a spreadsheet would compute',
      `phrase\n'=1\n=2\n`,
      [
        { phrase: '=1', severity: 'notice' },
        { phrase: '=2', severity: 'notice' },
      ],
    ],
    ['without phrases', 'phrase\n', []],
  ])('%s', async (_, csv, phrases) => {
    expect(await readPhraseList(csv)).toEqual({ phrases, faults: [] })
  })

  test('as it was written', async () => {
    const words = string({
      unit: constantFrom('a', '=', '-', '"', ',', "'", '\n', ' ', '好', ';'),
      minLength: 1,
      maxLength: 8,
    })
    const list = array(
      record({
        phrase: words.filter((text) => Phrase.safeParse({ phrase: text }).success),
        note: option(
          words.filter((text) => text.trim() !== ''),
          { nil: undefined },
        ),
        language: option(constantFrom('en', 'zh-Hant', 'my'), { nil: undefined }),
        severity: constantFrom('info', 'notice', 'warning'),
      }).map((row) => Phrase.parse(row)),
    )
    await assert(
      asyncProperty(list, async (phrases: PhraseList) => {
        expect(await readPhraseList(writePhraseList(phrases))).toEqual({ phrases, faults: [] })
      }),
      { numRuns: 300 },
    )
  })

  test('of ten thousand phrases', async () => {
    const phrases: PhraseList = Array.from({ length: 10_000 }, (_, index) => ({
      phrase: `word${index}`,
      severity: 'info',
    }))
    expect(await readPhraseList(writePhraseList(phrases))).toEqual({ phrases, faults: [] })
  })
})

describe('a list that is wrong tells where:', () => {
  test.each([
    [
      'there is nothing',
      '',
      [[1, 1, 'The first line names the columns: phrase, and any of language, note and severity']],
    ],
    [
      'there is no header',
      'casino\n',
      [[1, 1, 'The first line names the columns: phrase, and any of language, note and severity']],
    ],
    [
      'the header has a fault',
      '"phrase',
      [[1, 1, 'The quotation mark that opens this field is never closed']],
    ],
    [
      'an unknown column has forty letters',
      `phrase,${'y'.repeat(40)}\na,red\n`,
      [[1, 8, `There is no column "${'y'.repeat(40)}"`]],
    ],
    ['a column is unknown', 'phrase,colour\na,red\n', [[1, 8, 'There is no column "colour"']]],
    [
      'a column stands there twice',
      'phrase,note,Note\na,b,c\n',
      [[1, 13, 'The column note stands here twice']],
    ],
    [
      'there is no such severity',
      'phrase,severity\na,info\nb,loud\n',
      [[3, 3, 'severity: Invalid option: expected one of "info"|"notice"|"warning"']],
    ],
    [
      'there is no such language',
      'phrase,language\n"a\nb",englisch!\n',
      [[3, 4, 'language: It is a BCP 47 language tag such as en or zh-Hant']],
    ],
    ['a phrase has no word', 'phrase\n...\n', [[2, 1, 'phrase: It has a letter, a digit or a symbol']]],
    ['a phrase is missing', 'note,phrase\nwhy\n', [[2, 1, expect.stringMatching(/^phrase: /)]]],
    ['a phrase is empty', 'note,phrase\nwhy,\n', [[2, 5, expect.stringMatching(/^phrase: /)]]],
    ['a line has more fields than columns', 'phrase,note\na,b,c\n', [[2, 5, 'There are only 2 columns']]],
    [
      'a field is never closed',
      'phrase\na\n"b\n',
      [[3, 1, 'The quotation mark that opens this field is never closed']],
    ],
  ])('%s', async (_, csv, faults) => {
    const { faults: found } = await readPhraseList(csv)
    expect(found.map(({ line, column, detail }) => [line, column, detail])).toEqual(faults)
  })

  test('all faults, in order, and what is right all the same', async () => {
    const { phrases, faults } = await readPhraseList('phrase,severity\n...,loud\na,info\nb,c,d\n"e')
    expect(phrases).toEqual([{ phrase: 'a', severity: 'info' }])
    expect(faults.map(({ line, column }) => [line, column])).toEqual([
      [2, 1],
      [2, 5],
      [4, 3],
      [4, 5],
      [5, 1],
    ])
  })

  test('a hundred faults at most', async () => {
    const files = [
      `phrase\n${'...\n'.repeat(500)}`,
      `phrase${',phrase'.repeat(500)}`,
      `phrase${',a'.repeat(500)}`,
    ]
    for (const file of files) expect((await readPhraseList(file)).faults).toHaveLength(100)
  })

  test('and behind them nothing is read', async () => {
    const { phrases, faults } = await readPhraseList(`phrase\na\n${'...\n'.repeat(100)}b\n`)
    expect(phrases).toEqual([{ phrase: 'a', severity: 'notice' }])
    expect(faults).toHaveLength(100)
  })

  test.each(['"phrase\na\n', 'casino\na\n', 'phrase,colour\na,red\n'])(
    'no phrase of a file with such a first line: %j',
    async (csv) => {
      expect((await readPhraseList(csv)).phrases).toEqual([])
    },
  )

  test('the phrase that is one too many', async () => {
    const { faults } = await readPhraseList(`phrase\n${'a\n'.repeat(10_001)}`)
    expect(faults).toEqual([{ line: 10_002, column: 1, detail: 'A list has at most 10000 phrases' }])
  })
})

describe('a file that is hostile', () => {
  test('keeps nobody else waiting', async () => {
    let turns = 0
    const counter = setInterval(() => (turns += 1), 0)
    await readPhraseList(`phrase,note\n${'word,why\n'.repeat(10_000)}`)
    clearInterval(counter)
    expect(turns).toBeGreaterThan(0)
  })

  test('lets others go first behind each hundred rows', async () => {
    let turns = 0
    const list = { isRead: false }
    const reading = readPhraseList(`phrase\n${'word\n'.repeat(2000)}`).then(() => (list.isRead = true))
    for (; !list.isRead; turns += 1) await turn()
    await reading
    expect(turns).toBeGreaterThan(19)
    expect(turns).toBeLessThan(25)
  })

  test('is read no further than needed', async () => {
    expect(await readPhraseList(`phrase\n${'\r\n'.repeat(200_000)}`)).toEqual({ phrases: [], faults: [] })
    expect((await readPhraseList(`phrase\n${','.repeat(400_000)}`)).faults).toEqual([
      { line: 2, column: 1_001, detail: 'A line has at most 1000 fields' },
    ])
    expect((await readPhraseList(`phrase,${'y'.repeat(400_000)}`)).faults).toEqual([
      { line: 1, column: 8, detail: `There is no column "${'y'.repeat(40)}…"` },
    ])
  })
})

describe('a list is written to CSV', () => {
  test('for spreadsheets', () => {
    expect(writePhraseList([{ phrase: '=a', note: 'say "no"', severity: 'info' }])).toBe(
      '\uFEFF"phrase","language","note","severity"\r\n"\'=a","","say ""no""","info"\r\n',
    )
  })
})
