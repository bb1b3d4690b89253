import { asStored, kept, type Row, submitted } from './rows.ts'

const scotland = '\u{1F3F4}\u{E0067}\u{E0062}\u{E0073}\u{E0063}\u{E0074}\u{E007F}'

describe('P8 zero-width characters are kept, because', () => {
  test.each([
    kept('ZWSP breaks Khmer lines', 'ខ្ញុំ\u200Bយល់ស្រប'),
    kept('ZWSP breaks Burmese lines', 'မြန်မာ\u200Bနိုင်ငံ'),
    kept('ZWSP breaks Lao lines', 'ຂ້ອຍ\u200Bຢາກ\u200Bຮູ້'),
    kept('ZWNJ shapes Persian', 'می\u200Cخواهم'),
    kept('ZWNJ parts a Burmese stack', 'က္\u200Cက'),
    kept('ZWJ shapes Sinhala', 'ශ්\u200Dරී'),
    kept('a final ZWJ shapes the Arabic letter before it', 'ه\u200D'),
    kept('ZWJ ZWNJ ZWJ joins Arabic letters without a ligature', 'ل\u200D\u200C\u200Dا'),
    kept('the tsheg parts Tibetan syllables', 'བཀྲ་ཤིས་བདེ་ལེགས'),
    kept('a word joiner holds words together', 'a\u2060b'),
    kept('a soft hyphen tells where to break', 'Donau\u00ADdampf'),
    kept('a Mongolian vowel separator parts a suffix', 'ᠬᠣᠲᠠ\u180E'),
    kept('ZWJ makes a family', '👩\u200D👩\u200D👧\u200D👦'),
    kept('VS16 and ZWJ make a burning heart', '❤\uFE0F\u200D🔥'),
    kept('VS15 asks for text style', '☎\uFE0E'),
    kept('a keycap has a selector and a mark', '1\uFE0F\u20E3'),
    kept('a skin tone belongs to its hand', '👍🏽'),
    kept('regional indicators are a flag', '🇰🇭🇻🇳'),
    kept('tags in a flag are Scotland', scotland),
    kept('tags in a flag may be digits', '\u{1F3F4}\u{E0075}\u{E0073}\u{E0031}\u{E0039}\u{E007F}'),
    kept('an ideographic variation sequence is a person’s name', '葛\u{E0100}城'),
    kept('a Mongolian variation selector shapes its letter', 'ᠭ\u180B'),
    kept('a selector on a Burmese mark is the dotted form', 'က\uFE00ေ\uFE00'),
    kept('an unassigned code point may be next year’s emoji', 'new: \u{1FAFF}\u0378'),
    kept('two different ones in a row may both mean something', 'a\u200B\u2060b'),
    kept(
      'eight different ones in a row are no message yet',
      'a\u200B\u200C\u200B\u200C\u200B\u200C\u200B\u200Cb',
    ),
  ])('$why', ({ input, expected }) => {
    expect(submitted(input)).toEqual(asStored(expected))
  })
})

const abused: Row[] = [
  { why: 'a run of ZWSP is one', input: `a${'\u200B'.repeat(50)}b`, expected: 'a\u200Bb' },
  { why: 'two of a kind are one', input: 'a\u200D\u200Db', expected: 'a\u200Db' },
  {
    why: 'a mixed run ends at eight',
    input: `a${'\u200B\u200C'.repeat(50)}b`,
    expected: `a${'\u200B\u200C'.repeat(4)}b`,
  },
  {
    why: 'soft hyphens and marks are of the run',
    input: 'a\u00AD\u00AD\u061C\u061C\u180E\u180Eb',
    expected: 'a\u00AD\u061C\u180Eb',
  },
  {
    why: 'so are invisible operators',
    input: 'f\u2061\u2061(x) 2\u2062\u2062y 3\u2064\u2064',
    expected: 'f\u2061(x) 2\u2062y 3\u2064',
  },
  {
    why: 'joiners are one where marks that stood between them went',
    input: `x${'\u0489'.repeat(30)}\u200D\u0489\u200Dy`,
    expected: `x${'\u0489'.repeat(30)}\u200Dy`,
  },
  { why: 'a base has one selector', input: '❤\uFE0F\uFE0F\uFE0E\u{E0100}!', expected: '❤\uFE0F!' },
  {
    why: 'and no message in its selectors',
    input: `😀${'\u{E0121}\u{E0130}\uFE05'.repeat(9)}`,
    expected: '😀\u{E0121}',
  },
  { why: 'a selector at the start selects nothing', input: '\uFE0Fa', expected: 'a' },
  { why: 'nor behind white space', input: 'a \uFE0Fb\n\uFE0Ec', expected: 'a b\nc' },
  { why: 'nor behind a joiner', input: '❤\u200D\uFE0F🔥', expected: '❤\u200D🔥' },
  {
    why: 'a mark is joined when a second selector goes',
    input: 'a\uFE00\uFE01\u0301',
    expected: 'a\uFE00\u0301',
  },
]

describe('P8 their abuse ends:', () => {
  test.each(abused)('$why', ({ input, expected }) => {
    expect(submitted(input)).toEqual(asStored(expected))
  })
})
