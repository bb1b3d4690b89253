import { asStored, kept, type Row, submitted } from './rows.ts'

const composed: Row[] = [
  { why: 'one letter may be typed in two parts', input: 'e\u0301', expected: 'é' },
  { why: 'Vietnamese may be typed in three parts', input: 'e\u0323\u0302', expected: 'ệ' },
  { why: 'its marks may come in any order', input: 'e\u0302\u0323', expected: 'ệ' },
  { why: 'a mark may follow a letter that has one', input: 'ê\u0323', expected: 'ệ' },
  { why: 'macOS sends Korean in letters', input: '\u1112\u1161\u11AB\u1100\u116E\u11A8', expected: '한국' },
  { why: 'a syllable without its last letter is half of one', input: '하\u11AB', expected: '한' },
  { why: 'a Burmese letter has two spellings', input: '\u1025\u102E', expected: '\u1026' },
  { why: 'a Uyghur letter has two spellings', input: '\u064A\u0654', expected: '\u0626' },
  { why: 'a letter is joined again when a control goes', input: 'e\0\u0301', expected: 'é' },
  { why: 'and when an override goes', input: 'e\u202E\u0301', expected: 'é' },
  { why: 'and when a stray tag goes', input: 'e\u{E0041}\u0301', expected: 'é' },
  { why: 'and when a byte order mark goes', input: 'e\uFEFF\u0301', expected: 'é' },
  { why: 'and when a noncharacter goes', input: 'e\uFFFF\u0301', expected: 'é' },
  { why: 'some letters NFC takes apart', input: '\u0958', expected: '\u0915\u093C' },
  { why: 'the Kelvin sign is canonically K', input: '300 \u212A', expected: '300 K' },
  { why: 'the ångström sign is canonically Å', input: '5 \u212B', expected: '5 Å' },
  { why: 'compatibility ideographs are canonically others', input: '\uF914', expected: '樂' },
]

describe('P5 a text is stored in NFC, because', () => {
  test.each(composed)('$why', ({ input, expected }) => {
    expect(submitted(input)).toEqual(asStored(expected))
  })
})

describe('P5 and not in NFKC, because', () => {
  test.each([
    kept('a superscript means something', 'x² + y² = z²'),
    kept('a subscript does', 'H₂O'),
    kept('compatibility jamo are laughter and tears', 'ㅋㅋㅋ ㅠㅠ'),
    kept('full-width letters stay full-width', '＜script＞ ＡＢＣ １２３'),
    kept('half-width katakana is a way to write', 'ｶﾀｶﾅ'),
    kept('the Lao vowel am has no canonical parts', 'ນ້ຳ'),
    kept('the Lao digraph ho no has none', 'ໜັງສື'),
    kept('a ligature is what was typed', 'ﬁnd the ﬂat'),
    kept('circled digits and fractions are signs', '① ½ ™ ℡'),
    kept('an ellipsis is one character', 'well…'),
    kept('a no-break space is not a space', '10\u00A0km'),
    kept('a long s is an old letter', 'Congreſs'),
    kept('an Arabic presentation form is a sign', '\uFDFA'),
    kept('capitals are not small letters', 'ẞ ß İ ı ς'),
  ])('$why', ({ input, expected }) => {
    expect(submitted(input)).toEqual(asStored(expected))
  })
})
