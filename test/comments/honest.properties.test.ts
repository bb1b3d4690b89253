import { tuple } from 'fast-check'
import { normalizeText } from '../../src/comments/text.ts'
import { holds, triesInOneLanguage } from '../support/properties.ts'
import { anyText, room } from './generators/any.ts'
import { asKept, honestText } from './generators/honest.ts'
import { languages } from './generators/languages.ts'

const rows = Object.entries(languages)

describe('an honest text is kept as typed, with LF, in NFC, and nothing is removed,', () => {
  test.each(rows)('in %s', (_name, language) => {
    holds(honestText(language), isKept, triesInOneLanguage)
  })
})

describe('an honest text stays whole between lines of any text,', () => {
  test.each(rows)('in %s', (_name, language) => {
    holds(tuple(anyText, honestText(language), anyText), staysWhole, triesInOneLanguage)
  })
})

function isKept(typed: string) {
  expect(normalizeText(typed, room)).toEqual({ text: asKept(typed), removed: {} })
}

function staysWhole([before, typed, after]: [string, string, string]) {
  const { text } = normalizeText(`${before}\n${typed.trim()}\n${after}`, room)
  expect(`\n${text}\n`.includes(`\n${asKept(typed)}\n`)).toBe(true)
}
