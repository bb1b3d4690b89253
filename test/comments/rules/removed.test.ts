import { normalizeName, normalizeText } from '../../../src/comments/text.ts'
import { nameLimits, type Row, textLimits } from './rows.ts'

const facts: Row<Record<string, number>>[] = [
  { why: 'nothing', input: 'a\r\nb\tc', expected: {} },
  { why: 'controls', input: '\0a\u001B\u009F', expected: { controls: 3 } },
  { why: 'no line breaks, of which each became one', input: 'a\vb\fc\rd\u0085e\u2028f\u2029g', expected: {} },
  { why: 'halves of characters', input: 'a\uD83D\uD83D', expected: { lone_surrogates: 2 } },
  {
    why: 'noncharacters, each once though it has two units',
    input: 'a\uFFFF\u{1FFFE}',
    expected: { noncharacters: 2 },
  },
  { why: 'special code points', input: '\uFEFFa\uFFFC\u206A', expected: { special: 3 } },
  {
    why: 'the last noncharacter of a plane as one',
    input: 'a\u{1FFFF}b',
    expected: { noncharacters: 1 },
  },
  { why: 'the first tag as one', input: 'a\u{E0000}', expected: { tags: 1 } },
  { why: 'stray tags', input: 'a\u{E0061}\u{E0062}', expected: { tags: 2 } },
  { why: 'unbalanced controls of direction', input: 'a\u2066b\u202C', expected: { bidi_controls: 2 } },
  { why: 'overrides', input: '\u202Ea\n\u202Db', expected: { bidi_overrides: 2 } },
  {
    why: 'an override and its closer as one each',
    input: 'a\u202Eb\u202C',
    expected: { bidi_overrides: 1, bidi_controls: 1 },
  },
  { why: 'second selectors', input: 'a\u{E0100}\u{E0101}\uFE0F', expected: { variation_selectors: 2 } },
  { why: 'marks beyond thirty', input: `a${'\u0489'.repeat(35)}`, expected: { marks: 5 } },
  { why: 'marks of which NFC made two each', input: `x${'\u0344'.repeat(20)}`, expected: { marks: 9 } },
  { why: 'zero-width characters of a run', input: 'a\u200B\u200B\u200Bb', expected: { zero_width: 2 } },
  { why: 'blank lines', input: '\n\n\n\na\n\n\n\n\nb\n\n\n\n', expected: { blank_lines: 2 } },
  { why: 'a kind that went in several places, together', input: '\0a\0b\0', expected: { controls: 3 } },
  {
    why: 'each kind by itself',
    input: 'a\0\uFEFF\u202Eb',
    expected: { controls: 1, special: 1, bidi_overrides: 1 },
  },
]

describe('what was removed is kept as facts, for the moderator:', () => {
  test.each(facts)('$why', ({ input, expected }) => {
    expect(normalizeText(input, textLimits).removed).toEqual(expected)
  })

  test('also when nothing is left', () => {
    expect(normalizeText('\0\uFEFF', textLimits).removed).toEqual({ controls: 1, special: 1 })
    expect(normalizeName('\0\uFEFF', nameLimits)).toEqual({ text: '', removed: { controls: 1, special: 1 } })
  })
})
