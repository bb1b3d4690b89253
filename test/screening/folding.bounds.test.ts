import { eachFolded } from '../../src/screening/folding.ts'
import { folded, foldedAtOnce } from './folded.ts'

/** The first and the last of those that combine, and their neighbours, which do not. */
const bounds = {
  leading: '\u10FF\u1100\u1112\u1113\u3130\u3131\u314E\uFFA0\uFFA1\uFFBE\uFFBF\u325F\u3260\u326D',
  vowels: '\u1160\u1161\u1175\u1176\u314F\u3163\u3164\uFFC2\uFFC7\uFFCA\uFFCF\uFFD2\uFFD7\uFFDA\uFFDC\uFFDD',
  trailing: '\u11A7\u11A8\u11C2\u11C3',
  syllables: '\uABFF\uAC00\uAC01\uD788\uD7A3\uD7A4\u326E\u327B\u327E\u327F',
  vowelsOfKiratRai: '\u{16D63}\u{16D66}\u{16D67}\u{16D68}\u{16D69}\u{16D6A}\u{16D6B}',
  marks: '\u0301\u0323\u3099\uFF9E\uFF9F\uFFA0',
  others: 'aI\u00B7\u00E5\u0130\u1E9E\u03C2\u4E00\u9FFF\u{20000}',
}
const combining = Array.from(Object.values(bounds).join(''))

describe('is the same by pieces as by the whole', () => {
  test.each([
    ['each two that may combine', ''],
    ['with something invisible between', '\u200B'],
    ['with a skin tone between', '\u{1F3FD}'],
    ['with a stroke between', '\u0334'],
    ['with the last stroke between', '\u0338'],
    ['with a sign around it between', '\u20D0'],
    ['with the last of those between', '\u20F0'],
    ['with two of them between', '\u20DD\u200D'],
    ['with an accent between', '\u0301'],
  ])('%s', (_what, between) => {
    const pairs = combining.flatMap((one) => combining.map((other) => one + between + other))
    expect(pairs.filter((pair) => folded(pair) !== foldedAtOnce(pair))).toEqual([])
  })

  test('each three letters of a syllable', () => {
    const { leading, vowels, trailing } = bounds
    const syllables = Array.from(leading).flatMap((one) =>
      Array.from(vowels).flatMap((two) =>
        Array.from(leading + trailing).flatMap((three) => [
          one + two + three,
          `${one}\u200B${two}\u0336${three}`,
        ]),
      ),
    )
    expect(syllables.filter((syllable) => folded(syllable) !== foldedAtOnce(syllable))).toEqual([])
  })

  test('many vowels of Kirat Rai, and many marks', () => {
    const vowels = `\u{16D63}${'\u{16D67}'.repeat(5)}`
    expect(folded(vowels)).toBe(foldedAtOnce(vowels))
    const marks = `a${'\u0323\u200B\u0301'.repeat(20)}`
    expect(folded(marks)).toBe(foldedAtOnce(marks))
  })
})

describe('comes in pieces', () => {
  test.each([
    ['one for each letter', 'ab', ['a', 'b']],
    ['one for a letter and its marks', 'e\u0301\u0323x', ['\u1EB9\u0301', 'x']],
    ['one for a letter and 100 marks, and others for those beyond', `e${'\u0301'.repeat(101)}`, 2],
    ['one for each part of a sign that has several', '⒜', ['(', 'a', ')']],
    ['one for signs that follow each other in it', '…', ['...']],
    ['none for what is invisible', '\u200B\u00AD\u{1F3FD}', []],
  ])('%s', (_what, text, pieces) => {
    const found: string[] = []
    eachFolded(text, (piece) => found.push(piece))
    expect(typeof pieces === 'number' ? found.length : found).toEqual(pieces)
  })
})
