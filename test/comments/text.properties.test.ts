import { normalizeText } from '../../src/comments/text.ts'
import { holds } from '../support/properties.ts'
import { anyText, room } from './generators/any.ts'
import { invariants } from './invariants.ts'
import {
  basesOf,
  isBlank,
  marksOf,
  removedBetween,
  solidSize,
  spacedOf,
  withoutControls,
  withoutForbidden,
} from './oracle.ts'

describe('of any string, the text', () => {
  test.each(invariants)('$what', ({ breaches }) => {
    holds(anyText, (typed) => {
      expect(breaches(normalizeText(typed, room).text)).toEqual([])
    })
  })

  test('is the same when it is submitted again, and nothing more is removed', () => {
    holds(anyText, (typed) => {
      const { text } = normalizeText(typed, room)
      const again = normalizeText(text, room)
      expect(again.text).toBe(text)
      expect(again.removed).toEqual({})
      expect(again.refusal?.code).toBe(text === '' ? 'empty' : undefined)
    })
  })

  test('is refused as empty if nothing that may stay is visible, and only then', () => {
    holds(anyText, (typed) => {
      const { text, removed, refusal } = normalizeText(typed, room)
      const allowed = withoutForbidden(typed)
      // Of more than thirty marks on nothing, those that show may be among the ones that went.
      const isEmpty =
        removed.marks === undefined ? isBlank(allowed) : basesOf(allowed) === '' && isBlank(text)
      expect(refusal?.code).toBe(isEmpty ? 'empty' : undefined)
      expect(text === '').toBe(refusal !== undefined)
    })
  })

  test('has every visible character, in its order', () => {
    holds(anyText, (typed) => {
      const { text, removed } = normalizeText(typed, room)
      const allowed = withoutForbidden(typed)
      expect(basesOf(text)).toBe(basesOf(allowed))
      expect(removed.marks !== undefined || marksOf(text) === marksOf(allowed)).toBe(true)
    })
  })
})

describe('of any string, the text, if it lost no marks and no blank lines,', () => {
  test('has the white space between its characters as typed, with LF for every line break', () => {
    holds(anyText, (typed) => {
      const { text, removed, refusal } = normalizeText(typed, room)
      const isShorter =
        refusal !== undefined || removed.marks !== undefined || removed.blank_lines !== undefined
      expect(isShorter || spacedOf(text) === spacedOf(typed)).toBe(true)
    })
  })
})

describe('of any string, what was removed', () => {
  test('is told in numbers, and of no kind that lost nothing', () => {
    holds(anyText, (typed) => {
      const numbers = Object.values(normalizeText(typed, room).removed)
      expect(numbers.filter((number) => !Number.isSafeInteger(number) || number < 1)).toEqual([])
    })
  })

  test('is told by kind, character by character', () => {
    holds(anyText, (typed) => {
      const { text, removed, refusal } = normalizeText(typed, room)
      const told = { ...none, ...removed }
      expect(told).toMatchObject(refusal ? {} : removedBetween(typed, text, removed))
    })
  })

  test('is all that the text lacks', () => {
    holds(anyText, (typed) => {
      const { text, removed, refusal } = normalizeText(typed, room)
      const { controls: _out, lone_surrogates: _replaced, blank_lines: lines, ...characters } = removed
      const told = Object.values(characters).reduce((sum, number) => sum + number, 0)
      const lacking = solidSize(withoutControls(typed)) - solidSize(text)
      // A mark may have been two; blank lines and texts that are, any number of characters that do not show.
      const isAtLeast = refusal !== undefined || removed.marks !== undefined || lines !== undefined
      expect(isAtLeast ? Math.min(lacking, told) : lacking).toBe(told)
    })
  })
})

const none = {
  controls: 0,
  lone_surrogates: 0,
  noncharacters: 0,
  special: 0,
  tags: 0,
  bidi_controls: 0,
  bidi_overrides: 0,
  variation_selectors: 0,
  zero_width: 0,
}
