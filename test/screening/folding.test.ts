import { assert, pre, property } from 'fast-check'
import { normalizeText } from '../../src/comments/text.ts'
import { eachFolded, isSeparator } from '../../src/screening/folding.ts'
import { hostileText } from '../comments/hostile.ts'
import { folded, foldedAtOnce, isSentence } from './folded.ts'

const equal: [why: string, one: string, other: string][] = [
  ['case', 'Hello ÀÉ Жук', 'hELLO àé жУК'],
  ['a sharp s, small and capital', 'Straße STRAẞE', 'STRASSE strasse'],
  ['the three i of Turkish', 'İstanbul ISTANBUL', 'ıstanbul istanbul'],
  ['a dotted capital I in two characters', 'I\u0307stanbul', 'istanbul'],
  ['a sigma at the end of a word', 'ΟΔΟΣ', 'οδος'],
  ['a sigma inside of it', 'οδος', 'οδοσ'],
  ['Greek with its marks decomposed by capitals', 'ΐ', 'Ϊ\u0301'],
  ['an iota below', 'ᾳ', 'ΑΙ'],
  ['ligatures', 'ﬁle ﬀ', 'FILE ff'],
  ['full-width letters and figures', 'ＡＢＣ１２３', 'abc123'],
  ['half-width Kana with a voicing mark', 'ｶﾞﾊﾟ', 'ガパ'],
  ['circled and superscript figures', '①x²', '1x2'],
  ['Vietnamese, decomposed', 'tiếng Việt'.normalize('NFD'), 'TIẾNG VIỆT'],
  ['Korean, decomposed', '한국어'.normalize('NFD'), '한국어'],
  ['Korean in letters of a keyboard', 'ㅎㅏ', '하'],
  ['Korean in half-width letters', '\uFFBE\uFFC2', '하'],
  ['a circled consonant before a vowel', '㉠ㅏ', '가'],
  ['Uyghur, decomposed', 'ئۇيغۇر'.normalize('NFD'), 'ئۇيغۇر'],
  ['Burmese, decomposed', '\u1025\u102E', '\u1026'],
  ['Kirat Rai vowels of two and three parts', '\u{16D67}\u{16D67} \u{16D63}\u{16D67}', '\u{16D68} \u{16D69}'],
  ['Lao am', 'ນ້ຳ', 'ນ້\u0ECD\u0EB2'],
  ['zero-width spaces', 'ភ្លៀង\u200Bខ្លាំង', 'ភ្លៀងខ្លាំង'],
  ['soft hyphens, joiners, fillers, byte order marks', 'a\u00ADb\u200D\u2060\u3164\uFEFFc', 'abc'],
  ['something invisible between a letter and its mark', 'e\u200B\u200C\u0301', 'é'],
  ['something invisible inside of a Korean syllable', '\u1112\u200B\u1161\u200C\u11AB', '한'],
  ['variation selectors', '葛\u{E0100} ❤\uFE0F', '葛 ❤'],
  ['strokes over letters', 'c̶a̷s̸i̵n̴o̶', 'casino'],
  ['a stroke between a letter and its accent', 'a\u0336\u0301\u20D0', 'á'],
  ['keycaps', '1️⃣2️⃣', '12'],
  ['skin tones', '👍🏽👩🏿', '👍👩'],
]

const unequal: [why: string, one: string, other: string][] = [
  ['tones of Vietnamese', 'ma', 'má'],
  ['a stroke that is part of a sign', 'a = b', 'a ≠ b'],
  ['letters of two alphabets that look alike', 'paypal', 'pаypаl'],
  ['Burmese letters by their marks', 'ကို', 'က'],
  ['laughter of two lengths', 'ㅋㅋ', 'ㅋㅋㅋ'],
  ['Chinese in two scripts', '汉语', '漢語'],
]

describe('texts are compared as the same', () => {
  test.each(equal)('whatever %s', (_, one, other) => {
    expect(folded(one)).toBe(folded(other))
  })

  test.each(unequal)('but not for %s', (_, one, other) => {
    expect(folded(one)).not.toBe(folded(other))
  })

  test('whatever digits they use', () => {
    const written = Intl.supportedValuesOf('numberingSystem')
      .map((system) => new Intl.NumberFormat(`en-u-nu-${system}`, { useGrouping: false }))
      .map((format) => format.format(9876543210))
      .filter((digits) => /^\p{Nd}+$/u.test(digits))
    expect(written.length).toBeGreaterThan(60)
    expect(written.filter((digits) => folded(digits) !== '9876543210')).toEqual([])
  })

  test('and every decimal digit is one of ten', () => {
    const digits = characters((character) => /\p{Nd}/u.test(character))
    const counts = new Map<string, number>()
    for (const digit of digits) counts.set(folded(digit), (counts.get(folded(digit)) ?? 0) + 1)
    expect(Array.from(counts.keys()).toSorted()).toEqual(Array.from('0123456789'))
    expect(new Set(counts.values()).size).toBe(1)
  })
})

describe('a folded text', () => {
  test('is itself when it is folded again', () => {
    const all = characters((character) => !/\p{Cn}|\p{Co}/u.test(character))
    expect(all.filter((character) => folded(folded(character)) !== folded(character))).toEqual([])
  })

  test('is the same by pieces as by the whole, for every character beside those that combine', () => {
    const others = characters((character) => !/[\p{Cn}\p{Co}\p{Unified_Ideograph}]/u.test(character))
    const neighbours = ['a', 'ᄀ', '가', '\u{16D67}', 'ᅡ', 'ᆨ', '\u0301', '\u0323', '\u3099']
    const differing = others.flatMap((character) =>
      neighbours
        .flatMap((neighbour) => [neighbour + character, character + neighbour])
        .filter((pair) => !isSentence(pair) && folded(pair) !== foldedAtOnce(pair)),
    )
    expect(differing).toEqual([])
  }, 60_000)

  test('is the same by pieces as by the whole, for any text', () => {
    assert(
      property(hostileText, (typed) => {
        const { text } = normalizeText(typed, { graphemes: 5000, bytes: 65_536 })
        pre(!isSentence(text))
        expect(folded(text)).toBe(foldedAtOnce(text))
      }),
      { numRuns: 400 },
    )
  })

  test('is the same for all ways to encode one text', () => {
    assert(
      property(hostileText, (typed) => {
        const { text } = normalizeText(typed, { graphemes: 5000, bytes: 65_536 })
        expect(folded(text.normalize('NFD'))).toBe(folded(text))
      }),
      { numRuns: 300 },
    )
  })

  test('comes in pieces that follow each other through any text, none of them empty', () => {
    assert(
      property(hostileText, (text) => {
        let from = 0
        eachFolded(text, (piece, start, end) => {
          expect(piece).not.toBe('')
          expect(start).toBeLessThan(end)
          // What no comparison sees may be left between two pieces; the parts of one piece have its place.
          expect(start < from ? end === from : folded(text.slice(from, start)) === '').toBe(true)
          from = end
        })
        expect(folded(text.slice(from))).toBe('')
      }),
      { numRuns: 300 },
    )
  })

  test('has each sentence that Unicode has as one character as that character', () => {
    expect(folded('صلى \uFDFA \uFDFB\u0301')).toBe('صلى \uFDFA \uFDFB\u0301')
  })

  test('is right again when more pieces were seen than are kept in mind', () => {
    const many = characters((character) => /[\p{L}\p{S}]/u.test(character)).slice(0, 140_000)
    eachFolded(many.join(''), () => {})
    expect(folded('ＡＢＣ Straße')).toBe('abc strasse')
  })
})

describe('a piece parts words', () => {
  test.each([
    ' ',
    '\n',
    '\u3000',
    '.',
    '。',
    '、',
    '་',
    '—',
    '_',
    '…',
    '´',
    '`',
    '^',
    '~',
    '～',
    '\u2800',
    '\0',
  ])('%j', (separator) => {
    const pieces: string[] = []
    eachFolded(separator, (piece) => pieces.push(piece))
    expect(pieces.map(isSeparator)).toEqual([true])
  })

  test.each(['a', '1', '好', '👍', '+', '$', '\u0301', '<'])('or does not: %j', (word) => {
    expect(isSeparator(folded(word))).toBe(false)
  })

  test('and what is of both kinds comes in parts', () => {
    const pieces: string[] = []
    eachFolded('㏂⑴', (piece) => pieces.push(piece))
    expect(pieces).toEqual(['a', '.', 'm', '.', '(', '1', ')'])
  })
})

function characters(filter: (character: string) => boolean) {
  return Array.from({ length: 0x110000 }, (_, code) => code)
    .filter((code) => code < 0xd800 || code > 0xdfff)
    .map((code) => String.fromCodePoint(code))
    .filter(filter)
}
