import { balanceBidi } from '../../src/comments/bidi.ts'

const LRE = '\u202A'
const RLE = '\u202B'
const PDF = '\u202C'
const LRO = '\u202D'
const RLO = '\u202E'
const LRI = '\u2066'
const RLI = '\u2067'
const FSI = '\u2068'
const PDI = '\u2069'

describe('bidi controls that keep to themselves stay', () => {
  test.each([
    ['none', 'abc'],
    ['marks', 'a\u200Eb\u200Fc\u061C'],
    ['each kind of isolate', `${LRI}a${PDI}${RLI}b${PDI}${FSI}c${PDI}`],
    ['each kind of embedding', `${LRE}a${PDF}${RLE}b${PDF}`],
    ['nested', `${RLI}a${LRE}b${FSI}c${PDI}d${PDF}e${PDI}`],
    ['among letters of high code points', `漢${LRI}한${PDI}${RLE}😀${PDF}가`],
    ['in several lines', `${LRI}a${PDI}\n${RLE}b${PDF}`],
    ['deeper than any renderer looks', `${LRI.repeat(500)}a${PDI.repeat(500)}`],
  ])('%s', (_what, text) => {
    expect(balanceBidi(text)).toEqual({ text, controls: 0, overrides: 0 })
  })
})

describe('bidi controls that would act on what follows go', () => {
  test.each([
    ['an open isolate', `a${LRI}b`, 'ab', 1, 0],
    ['an open embedding', `a${RLE}b`, 'ab', 1, 0],
    ['closers without an opener', `a${PDI}b${PDF}c`, 'abc', 2, 0],
    ['an isolate closed in another line', `${LRI}a\nb${PDI}`, 'a\nb', 2, 0],
    ['an override and its closer', `a${RLO}b${PDF}c`, 'abc', 1, 1],
    ['an open override', `a${LRO}b`, 'ab', 0, 1],
    ['an override within an embedding, which stays', `${LRE}a${RLO}b${PDF}c${PDF}`, `${LRE}abc${PDF}`, 1, 1],
    ['an embedding that the end of its isolate ends', `${LRI}${RLE}a${PDI}${PDF}`, `${LRI}a${PDI}`, 2, 0],
    [
      'a closer in an isolate for an embedding outside',
      `${RLE}${LRI}${PDF}${PDI}${PDF}`,
      `${RLE}${LRI}${PDI}${PDF}`,
      1,
      0,
    ],
    ['a closer of isolates in an embedding', `${RLE}a${PDI}b${PDF}`, `${RLE}ab${PDF}`, 1, 0],
    ['the outer of two openers', `${LRI}a${LRI}b${PDI}`, `a${LRI}b${PDI}`, 1, 0],
    ['the second of two closers', `${LRI}a${PDI}b${PDI}`, `${LRI}a${PDI}b`, 1, 0],
  ])('%s', (_what, typed, text, controls, overrides) => {
    expect(balanceBidi(typed)).toEqual({ text, controls, overrides })
    expect(balanceBidi(text)).toEqual({ text, controls: 0, overrides: 0 })
  })
})
