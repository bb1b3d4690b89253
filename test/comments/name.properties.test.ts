import { normalizeName } from '../../src/comments/text.ts'
import { holds, triesInOneLanguage } from '../support/properties.ts'
import { anyText, room } from './generators/any.ts'
import { honestName } from './generators/honest.ts'
import { languages } from './generators/languages.ts'
import { invariants } from './invariants.ts'
import { basesOf, marksOf, withoutForbidden } from './oracle.ts'

describe('of any string, the name', () => {
  test.each(invariants)('$what', ({ breaches }) => {
    holds(anyText, (typed) => {
      expect(breaches(normalizeName(typed, room).text)).toEqual([])
    })
  })

  test('is one line, without tabs and runs of white space', () => {
    holds(anyText, (typed) => {
      expect(normalizeName(typed, room).text).not.toMatch(/[\n\t]|\p{White_Space}{2}/u)
    })
  })

  test('is the same when it is submitted again, and nothing more is removed', () => {
    holds(anyText, (typed) => {
      const { text } = normalizeName(typed, room)
      expect(normalizeName(text, room)).toEqual({ text, removed: {} })
    })
  })

  test('has every visible character, in its order, and is never refused as empty', () => {
    holds(anyText, (typed) => {
      const { text, removed, refusal } = normalizeName(typed, room)
      const allowed = withoutForbidden(typed)
      expect(refusal).toBeUndefined()
      expect(basesOf(text)).toBe(basesOf(allowed))
      expect(removed.marks !== undefined || marksOf(text) === marksOf(allowed)).toBe(true)
    })
  })
})

describe('an honest name is kept as typed, in NFC,', () => {
  test.each(Object.entries(languages))('in %s', (_name, language) => {
    holds(honestName(language), isKept, triesInOneLanguage)
  })
})

function isKept(typed: string) {
  expect(normalizeName(typed, room)).toEqual({ text: typed.normalize('NFC'), removed: {} })
}
