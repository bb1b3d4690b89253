import { type Arbitrary, integer, record } from 'fast-check'
import { countGraphemes } from '../../src/comments/graphemes.ts'
import { type Normalized, normalizeName, normalizeText, type TextLimits } from '../../src/comments/text.ts'
import { holds } from '../support/properties.ts'
import { anyText, room } from './generators/any.ts'

const tight: Arbitrary<TextLimits> = record({
  graphemes: integer({ min: 1, max: 80 }),
  bytes: integer({ min: 1, max: 400 }),
})

describe('of any string, by any limits,', () => {
  test('a text is refused if it shows nothing, has too many bytes or too many graphemes, and only then', () => {
    holds(record({ typed: anyText, limits: tight }), ({ typed, limits }) => {
      const whole = normalizeText(typed, room)
      expect(normalizeText(typed, limits)).toEqual(
        refusedUnread('comment', typed, limits) ??
          (whole.refusal ? whole : (refused('comment', whole, limits) ?? whole)),
      )
    })
  })

  test('a name is refused if it has too many bytes or graphemes, and only then', () => {
    holds(record({ typed: anyText, limits: tight }), ({ typed, limits }) => {
      const whole = normalizeName(typed, room)
      expect(normalizeName(typed, limits)).toEqual(
        refusedUnread('name', typed, limits) ?? refused('name', whole, limits) ?? whole,
      )
    })
  })
})

test('graphemes are counted as a segmenter of the whole text counts them, no further than asked', () => {
  holds(record({ typed: anyText, stopAfter: integer({ min: 0, max: 1000 }) }), ({ typed, stopAfter }) => {
    const text = typed.slice(0, 1000)
    const graphemes = graphemesOf(text)
    expect(countGraphemes(text)).toBe(graphemes)
    expect(countGraphemes(text, stopAfter)).toBe(Math.min(graphemes, stopAfter + 1))
  })
})

/** The answer to a string whose very length tells that it is too large. */
function refusedUnread(noun: string, typed: string, limits: TextLimits): Normalized | undefined {
  if (typed.length <= limits.bytes * 2) return undefined
  const detail = `${allowance(noun, limits)}; this one takes more than twice as many.`
  return { text: '', removed: {}, refusal: { code: 'too_large', detail } }
}

/** The answer to a text that is too large or too long; undefined if it is neither. */
function refused(noun: string, { text, removed }: Normalized, limits: TextLimits): Normalized | undefined {
  const bytes = Buffer.byteLength(text)
  if (bytes > limits.bytes) {
    const detail = `${allowance(noun, limits)}; this one takes ${figure(bytes)} bytes.`
    return { text: '', removed, refusal: { code: 'too_large', detail } }
  }
  const graphemes = graphemesOf(text)
  if (graphemes <= limits.graphemes) return undefined
  const most = limits.graphemes * 2
  const length = graphemes > most ? `more than ${figure(most)}` : figure(graphemes)
  const detail = `A ${noun} may have at most ${limits.graphemes} characters; this one has ${length}.`
  return { text: '', removed, refusal: { code: 'too_long', detail } }
}

function allowance(noun: string, { graphemes, bytes }: TextLimits): string {
  return `A ${noun} may have at most ${graphemes} characters and take at most ${bytes} bytes`
}

const segmenter = new Intl.Segmenter('en', { granularity: 'grapheme' })

function graphemesOf(text: string): number {
  return [...segmenter.segment(text)].length
}

function figure(count: number): string {
  return count.toLocaleString('en')
}
