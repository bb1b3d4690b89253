import { normalizeText } from '../../../src/comments/text.ts'
import { screen } from '../../../src/screening/signals.ts'
import { factsOf } from '../../screening/facts.ts'
import { asStored, kept, type Row, submitted, textLimits } from './rows.ts'

const manyMarks: Row[] = [
  {
    why: 'of many marks thirty stay',
    input: `x${'\u0489'.repeat(99)}y`,
    expected: `x${'\u0489'.repeat(30)}y`,
  },
  { why: 'of thirty-one thirty', input: `x${'\u0489'.repeat(31)}y`, expected: `x${'\u0489'.repeat(30)}y` },
  {
    why: 'they are counted before one joins its letter',
    input: `e${'\u0301'.repeat(31)}`,
    expected: `é${'\u0301'.repeat(29)}`,
  },
  {
    why: 'and again behind NFC, where one may have become two',
    input: `x${'\u0344'.repeat(20)}`,
    expected: `\u1E8D${'\u0301\u0308'.repeat(15)}`,
  },
  {
    why: 'joiners between them do not hide them',
    input: `x${'\u0489\u200D'.repeat(31)}y`,
    expected: `x${'\u0489\u200D'.repeat(30)}y`,
  },
  { why: 'they need no letter', input: `${'\u0489'.repeat(31)}a`, expected: `${'\u0489'.repeat(30)}a` },
  {
    why: 'each letter has its own thirty',
    input: `a${'\u0489'.repeat(31)}b${'\u0489'.repeat(31)}`,
    expected: `a${'\u0489'.repeat(30)}b${'\u0489'.repeat(30)}`,
  },
]

const signalled: Row<string[]>[] = [
  {
    why: 'nine marks on a letter are more than any spelling has',
    input: `q${'\u0301'.repeat(9)}`,
    expected: ['stacked_marks'],
  },
  { why: 'eight are not yet', input: `q${'\u0301'.repeat(8)}`, expected: [] },
  { why: 'Tibetan stacks by rule', input: `ཧ${'\u0FB2'.repeat(9)}`, expected: [] },
]

describe('P11 marks are bounded:', () => {
  test.each(manyMarks)('$why', ({ input, expected }) => {
    expect(submitted(input)).toEqual(asStored(expected))
  })
})

describe('P11 marks are kept, because', () => {
  test.each([
    kept('Vietnamese has two on a letter', 'ệ ữ ậ'),
    kept('Hebrew has four', 'ש\u05B8\u05BC\u05C1\u0591'),
    kept('Arabic has a vowel upon a doubling', 'مُحَمَّد'),
    kept('Burmese has four', 'ကျွှို'),
    kept('Khmer has a subscript, a vowel and a sign', 'ស្ត្រី'),
    kept('Tibetan stacks subjoined letters', 'ཧྐྵྨླྺྼྻྂ'),
    kept('thirty are the bound', `x${'\u0489'.repeat(30)}`),
    kept('a base ends a run', `x${'\u0489'.repeat(30)}y${'\u0489'.repeat(30)}`),
    kept('invisible characters are no marks', `x${'\u0489'.repeat(28)}\u200D\u200C\u200D\u200C`),
  ])('$why', ({ input, expected }) => {
    expect(submitted(input)).toEqual(asStored(expected))
  })
})

describe('P11 a moderator is told:', () => {
  test.each(signalled)('$why', ({ input, expected }) => {
    const { text } = normalizeText(input, textLimits)
    expect(screen(factsOf({ text })).map(({ code }) => code)).toEqual(expected)
  })
})
