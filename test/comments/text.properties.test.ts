import { assert, property } from 'fast-check'
import { normalizeName, normalizeText } from '../../src/comments/text.ts'
import { hostileText } from './hostile.ts'

const limits = { graphemes: 5000, bytes: 32_768 }

const forbidden = /[\0-\x08\x0B-\x1F\x7F-\x9F\u2028\u2029\u202D\u202E\u206A-\u206F\uFEFF\uFFF9-\uFFFC]/
const strippedControls = /[\0-\x08\x0B\x0C\x0E-\x1F\x7F-\x84\x86-\x9F]/g

function holds(numRuns: number, claim: (typed: string) => void) {
  assert(property(hostileText, claim), { numRuns })
}

describe('of any string', () => {
  test('the text is the same when it is submitted again, and nothing more is removed', () => {
    holds(350, (typed) => {
      const { text } = normalizeText(typed, limits)
      const again = normalizeText(text, limits)
      expect(again.text).toBe(text)
      expect(again.removed).toEqual({})
    })
  })

  test('the name is the same when it is submitted again, and nothing more is removed', () => {
    holds(150, (typed) => {
      const { text } = normalizeName(typed, limits)
      expect(normalizeName(text, limits)).toEqual({ text, removed: {} })
    })
  })

  test('there is a text, or a refusal that says why', () => {
    holds(150, (typed) => {
      const { text, refusal } = normalizeText(typed, limits)
      expect(text === '').toBe(refusal !== undefined)
      expect(refusal?.code ?? 'empty').toBe('empty')
    })
  })

  test('the text is well-formed and in NFC', () => {
    holds(200, (typed) => {
      const { text } = normalizeText(typed, limits)
      expect(text).not.toMatch(/\p{Surrogate}/u)
      expect(text).toBe(text.normalize('NFC'))
    })
  })

  test('the text has no control, no special code point and no noncharacter', () => {
    holds(200, (typed) => {
      const { text } = normalizeText(typed, limits)
      expect(text).not.toMatch(forbidden)
      expect(text).not.toMatch(/\p{Noncharacter_Code_Point}/u)
    })
  })

  test('tags stand only in flags, and one selector only on a base', () => {
    holds(150, (typed) => {
      const { text } = normalizeText(typed, limits)
      const withoutFlags = text.replace(/\u{1F3F4}[\u{E0030}-\u{E007E}]+\u{E007F}/gu, '')
      expect(withoutFlags).not.toMatch(/[\u{E0000}-\u{E007F}]/u)
      expect(text).not.toMatch(/(^|\s|\p{Variation_Selector})\p{Variation_Selector}/u)
    })
  })

  test('bidi controls are balanced in every line', () => {
    holds(150, (typed) => {
      const { text } = normalizeText(typed, limits)
      for (const line of text.split('\n'))
        expect(withoutBidiPairs(line)).not.toMatch(/[\u202A-\u202E\u2066-\u2069]/)
    })
  })

  test('there are never more than thirty marks in a row', () => {
    holds(100, (typed) => {
      const { text } = normalizeText(typed, limits)
      expect(text).not.toMatch(/\p{Mark}{31}/u)
      expect(text.normalize('NFC')).not.toMatch(/\p{Mark}{31}/u)
    })
  })

  test('the ends are not white space, and at most two lines in a row are blank', () => {
    holds(100, (typed) => {
      const { text } = normalizeText(typed, limits)
      expect(text).not.toMatch(/^\s|\s$/)
      expect(text).not.toMatch(/\n[^\S\n]*\n[^\S\n]*\n[^\S\n]*\n/)
    })
  })

  test('the name is one line without runs of white space', () => {
    holds(50, (typed) => {
      expect(normalizeName(typed, limits).text).not.toMatch(/[\n\t]|\s\s|^\s|\s$/)
    })
  })

  test('every visible character survives, in its order', () => {
    holds(200, (typed) => {
      const { text, removed } = normalizeText(typed, limits)
      expect(basesOf(text)).toBe(basesOf(typed))
      expect(removed.marks !== undefined || marksOf(text) === marksOf(typed)).toBe(true)
    })
  })
})

/** What is left when every innermost pair has gone, again and again. */
function withoutBidiPairs(line: string): string {
  const controls = line.replace(/[^\u202A-\u202E\u2066-\u2069]/g, '')
  const fewer = controls.replace(/[\u202A\u202B]\u202C|[\u2066-\u2068]\u2069/g, '')
  return fewer === controls ? fewer : withoutBidiPairs(fewer)
}

/** Letters, numbers, punctuation, symbols and private use, decomposed so that canonical spellings are equal. */
function basesOf(text: string): string {
  return visibleOf(text).replace(/\p{Mark}/gu, '')
}

function marksOf(text: string): string {
  return visibleOf(text).replace(/\P{Mark}/gu, '')
}

function visibleOf(text: string): string {
  return text
    .replace(strippedControls, '')
    .replace(/\p{Surrogate}/gu, '\uFFFD')
    .replace(
      /[\s\u0085\u2800\uFFF9-\uFFFC]|\p{Default_Ignorable_Code_Point}|\p{Noncharacter_Code_Point}/gu,
      '',
    )
    .normalize('NFD')
}
