import * as fc from 'fast-check'
import { graphemeEnds } from '../../src/comments/graphemes.ts'
import { type HighlightedSegment, highlighted } from '../../src/comments/highlighted.ts'
import { visibleText } from '../../src/comments/visible.ts'
import { type Range, type Signal, SignalCode } from '../../src/screening/signal.ts'
import { heaviest } from '../support/heaviest.ts'
import { hostileText } from './hostile.ts'

type Noticed = Pick<Signal, 'code' | 'ranges'>[]

/** A text with the places of `links` between [ and ], those of `phrase` between { and }, and names between < and >. */
function drawn(text: string, signals: Noticed): string {
  let open: readonly string[] = []
  let drawing = ''
  for (const segment of highlighted(text, signals)) {
    const begins = segment.signals.filter((code) => !open.includes(code))
    drawing += begins.map((code) => (code === 'links' ? '[' : '{')).join('')
    drawing += segment.text
    drawing += segment.unseen.map(({ label, count }) => `<${label}${count > 1 ? ` ${count}` : ''}>`).join('')
    drawing += segment.ends.map((code) => (code === 'links' ? ']' : '}')).join('')
    open = segment.signals
  }
  return drawing
}

function links(...ranges: [start: number, end: number][]): Noticed[number] {
  return { code: 'links', ranges: ranges.map(([start, end]) => ({ start, end })) }
}

function phrase(...ranges: [start: number, end: number][]): Noticed[number] {
  return { ...links(...ranges), code: 'phrase' }
}

describe('a moderator sees in the text', () => {
  test.each<[what: string, text: string, signals: Noticed, drawing: string]>([
    ['nothing where nothing was noticed', 'one two', [], 'one two'],
    ['nothing of a signal without places', 'one two', [links()], 'one two'],
    ['the place that a signal names', 'one two three', [links([4, 7])], 'one [two] three'],
    ['several places', 'one two three', [links([0, 3], [8, 13])], '[one] two [three]'],
    ['the whole text', 'one', [links([0, 3])], '[one]'],
    ['places that touch as one', 'one two', [links([0, 3], [3, 7])], '[one two]'],
    ['places of one signal that overlap as one', 'one two', [links([0, 5], [2, 7], [3, 4])], '[one two]'],
    ['one place in another', 'one two three', [links([0, 13]), phrase([4, 7])], '[one {two} three]'],
    ['two places that overlap', 'one two three', [links([0, 7]), phrase([4, 13])], '[one {two] three}'],
    ['two at the same place', 'one two', [links([4, 7]), phrase([4, 7])], 'one [{two]}'],
    ['two that touch', 'one two', [links([0, 3]), phrase([3, 7])], '[one]{ two}'],
    ['a place that ends behind the text, cut', 'one', [links([2, 99])], 'on[e]'],
    ['no place behind the text, and none without a length', 'one', [links([3, 9], [1, 1], [2, 1])], 'one'],
    ['a whole emoji for a part of it', 'so 👨‍👩‍👧 it is', [links([5, 6])], 'so [👨‍👩‍👧] it is'],
    ['a letter with its mark', 'e\u0301a', [links([0, 1])], '[e\u0301]a'],
    ['a whole stack in Khmer', 'ខ្ញុំ ទៅ', [links([0, 1])], '[ខ្ញុំ] ទៅ'],
    ['a whole stack in Burmese', 'မန္တလေး', [links([1, 2])], 'မ[န္တ]လေး'],
    ['a Burmese letter alone where none is stacked', 'ကခ', [links([0, 1])], '[က]ခ'],
    ['the name of what does not show', 'a\u200Bb', [], 'a\u200B<zero width space>b'],
    [
      'it once for a run, with their number',
      'a\u2060\u2060\u2060\u200Bb',
      [],
      'a\u2060\u2060\u2060\u200B<word joiner 3><zero width space>b',
    ],
    ['it within a place', 'a\u200Bb', [links([0, 3])], '[a\u200B<zero width space>b]'],
    ['it alone as a place', 'a\u200Bb', [links([1, 2])], 'a[\u200B<zero width space>]b'],
    ['it first', '\u200Bb', [links([1, 2])], '\u200B<zero width space>[b]'],
    [
      'it behind the whole letter that it is a part of',
      'e\u200C\u0301a',
      [],
      'e\u200C\u0301<zero width non-joiner>a',
    ],
    ['letters of another alphabet', 'pаypal', [links([0, 6])], '[pа<Cyrillic letter>ypal]'],
  ])('%s', (_what, text, signals, drawing) => {
    expect(drawn(text, signals)).toBe(drawing)
  })

  test('the code of what does not show', () => {
    expect(highlighted('a\u200B', [])).toEqual([
      {
        text: 'a\u200B',
        signals: [],
        ends: [],
        unseen: [{ label: 'zero width space', code: 'U+200B', count: 1 }],
      },
    ])
  })

  test('nothing of an empty text', () => {
    expect(highlighted('', [links([0, 1])])).toEqual([])
  })
})

const anyRange: fc.Arbitrary<Range> = fc
  .tuple(fc.nat(40), fc.nat(20))
  .map(([start, length]) => ({ start, end: start + length }))
const anySignals: fc.Arbitrary<Noticed> = fc.uniqueArray(
  fc.record({
    code: fc.constantFrom(...SignalCode.options),
    ranges: fc.array(anyRange, { maxLength: 6 }),
  }),
  { selector: ({ code }) => code, maxLength: 5 },
)

/** Each segment with the place in the text that it is. */
function placed(segments: HighlightedSegment[]) {
  let at = 0
  return segments.map((segment) => {
    const start = at
    at += segment.text.length
    return { ...segment, start, end: at }
  })
}

describe('whatever the text and the places,', () => {
  test('the segments joined are the text, and none is empty', () => {
    fc.assert(
      fc.property(hostileText, anySignals, (text, signals) => {
        const segments = highlighted(text, signals)
        expect(segments.map((segment) => segment.text).join('')).toBe(text)
        expect(segments.every((segment) => segment.text !== '')).toBe(true)
      }),
      { numRuns: 500 },
    )
  })

  test('no segment ends inside a user-perceived character', () => {
    fc.assert(
      fc.property(hostileText, anySignals, (text, signals) => {
        const lawful = new Set(graphemeEnds(text))
        expect(placed(highlighted(text, signals)).filter(({ end }) => !lawful.has(end))).toEqual([])
      }),
      { numRuns: 500 },
    )
  })

  test('what a signal noticed is marked as its own, and what is far from all of its places is not', () => {
    fc.assert(
      fc.property(hostileText, anySignals, (text, signals) => {
        const segments = placed(highlighted(text, signals))
        for (const { code, ranges } of signals) {
          const real = ranges.filter(({ start, end }) => start < end)
          const overlapping = segments.filter((one) =>
            real.some(({ start, end }) => start < one.end && end > one.start),
          )
          expect(segments.filter((one) => one.signals.includes(code))).toEqual(overlapping)
        }
      }),
      { numRuns: 500 },
    )
  })

  test('every character that does not show is named, in the order of the text', () => {
    fc.assert(
      fc.property(hostileText, anySignals, (text, signals) => {
        const named = highlighted(text, signals).flatMap(({ unseen }) =>
          unseen.flatMap(({ code, count }) => Array.from({ length: count }, () => code)),
        )
        expect(named).toEqual(visibleText(text).flatMap((one) => ('code' in one ? [one.code] : [])))
      }),
      { numRuns: 500 },
    )
  })

  test('what begins, ends, once', () => {
    fc.assert(
      fc.property(hostileText, anySignals, (text, signals) => {
        let open: string[] = []
        for (const segment of highlighted(text, signals)) {
          expect(segment.signals).toEqual(expect.arrayContaining(open))
          open = segment.signals.filter((code) => !segment.ends.includes(code))
        }
        expect(open).toEqual([])
      }),
      { numRuns: 500 },
    )
  })

  test('the ends of user-perceived characters are those of Unicode', () => {
    const segmenter = new Intl.Segmenter('und', { granularity: 'grapheme' })
    fc.assert(
      fc.property(hostileText, (text) => {
        const ends = Array.from(segmenter.segment(text), ({ index, segment }) => index + segment.length)
        expect(graphemeEnds(text)).toEqual(ends)
      }),
      { numRuns: 500 },
    )
  })

  test.each(heaviest)('64 KiB of %s', (_what, text) => {
    const ranges = Array.from({ length: 50 }, (_, at) => ({ start: at * 1_000, end: at * 1_000 + 1_500 }))
    const segments = highlighted(
      text,
      SignalCode.options.map((code) => ({ code, ranges })),
    )
    expect(segments.map((segment) => segment.text).join('')).toBe(text)
  })
})
