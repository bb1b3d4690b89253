import { textToHtml } from '../../../src/comments/html.ts'
import { normalizeText } from '../../../src/comments/text.ts'
import { screen } from '../../../src/screening/signals.ts'
import { factsOf } from '../../screening/facts.ts'
import { asStored, kept, type Row, submitted, textLimits } from './rows.ts'

const unbalanced: Row[] = [
  { why: 'an override lies about a name', input: 'a\u202Egpj.exe\u202C b \u202Dc', expected: 'agpj.exe b c' },
  { why: 'an embedding is never closed', input: '\u202Babc', expected: 'abc' },
  { why: 'an isolate is never closed', input: 'a\u2067b', expected: 'ab' },
  { why: 'closers have nothing to close', input: 'a\u2069b\u202C', expected: 'ab' },
  { why: 'an isolate ends with its line', input: 'a\u2067b\nc\u2069d', expected: 'ab\ncd' },
  { why: 'an embedding ends with its line', input: 'a\u202Bb\nc\u202Cd', expected: 'ab\ncd' },
  { why: 'a line ends with LS', input: 'a\u2067b\u2028c\u2069d', expected: 'ab\ncd' },
  { why: 'a line ends with VT', input: 'a\u2067b\u000Bc\u2069d', expected: 'ab\ncd' },
  {
    why: 'an embedding is left open in an isolate',
    input: '\u2066a\u202Bb\u2069c\u202C',
    expected: '\u2066ab\u2069c',
  },
  {
    why: 'a closer in an isolate cannot end an embedding outside of it',
    input: '\u202Ba\u2066\u202C\u2069b\u202C',
    expected: '\u202Ba\u2066\u2069b\u202C',
  },
  { why: 'of two openers one is closed', input: '\u2066a\u2067b\u2069', expected: 'a\u2067b\u2069' },
  { why: 'the text may end with one', input: 'a \u2066', expected: 'a' },
]

const turned: Row<[code: string, severity: string][]>[] = [
  { why: 'an override that was removed', input: 'a\u202Eb\u202C', expected: [['bidi_controls', 'warning']] },
  { why: 'an isolate that was removed', input: 'a\u2067b', expected: [['bidi_controls', 'notice']] },
  {
    why: 'a balanced isolate that stays',
    input: 'a \u2067b\u2069 c',
    expected: [['bidi_controls', 'notice']],
  },
  { why: 'nothing of direction marks beside Hebrew', input: 'שלום\u200F!', expected: [] },
]

describe('P10 controls of direction go, because', () => {
  test.each(unbalanced)('$why', ({ input, expected }) => {
    expect(submitted(input)).toEqual(asStored(expected))
  })
})

describe('P10 controls of direction stay, because', () => {
  test.each([
    kept('LRM, RLM and ALM turn nothing behind them', 'a\u200Eb\u200Fc\u061Cd'),
    kept('a balanced isolate keeps to itself', 'see \u2068شىنجاڭ\u2069 here'),
    kept('all three isolates do', '\u2066a\u2069\u2067b\u2069\u2068c\u2069'),
    kept('balanced embeddings do', '\u202Babc \u202Adef\u202C\u202C'),
    kept('nested isolates and embeddings do', '\u2066a\u202Bb\u2067c\u2069d\u202Ce\u2069'),
    kept('each line has its own', '\u2067a\u2069\n\u202Bb\u202C'),
  ])('$why', ({ input, expected }) => {
    expect(submitted(input)).toEqual(asStored(expected))
  })
})

describe('P10 a moderator is told of', () => {
  test.each(turned)('$why', ({ input, expected }) => {
    const { text, removed } = normalizeText(input, textLimits)
    const signals = screen(factsOf({ text, removed: Object.fromEntries(Object.entries(removed)) }))
    expect(signals.map(({ code, severity }) => [code, severity])).toEqual(expected)
  })
})

test('P10 and the page isolates each paragraph all the same', () => {
  expect(textToHtml('\u2067a').html).toBe('<p dir="auto">\u2067a</p>')
})
