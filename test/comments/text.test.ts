import { normalizeName, normalizeText } from '../../src/comments/text.ts'
import { defaultLimits } from '../../src/sites/site.ts'

const limits = { graphemes: defaultLimits.textGraphemes, bytes: defaultLimits.textBytes }
const nameLimits = { graphemes: defaultLimits.nameGraphemes, bytes: 2048 }
const scotland = '\u{1F3F4}\u{E0067}\u{E0062}\u{E0073}\u{E0063}\u{E0074}\u{E007F}'

describe('a text is kept as typed, because', () => {
  test.each([
    ['P1 a comparison is not markup', 'if (a<b && c>d)'],
    ['P1 an address in angle brackets is text', 'write to <a@b.org>'],
    ['P1 a type parameter is text', 'List<String> and Map<String, List<Int>>'],
    ['P1 an unclosed bracket is text', '<Oct 20th, 2019 to claim your prize'],
    ['P1 typed tags are characters', '<b>bold</b> <i>and</i> <script>alert(1)</script>'],
    ['P1 an event handler is made inert where it is rendered', '<img src=x onerror=alert(1)>'],
    ['P1 a Vietnamese headline in brackets is text', '<Tin nóng>'],
    ['P1 an ampersand is not an entity', 'AT&T ?a=1&copy=2&lt=3'],
    ['P1 entities are not decoded', '&lt;b&gt; &amp;lt; &#60; &#x3c; &nbsp;'],
    ['P1 percent escapes are not decoded', '100% of %3Cscript%3E and %00 %u003c'],
    ['P1 escapes of programming languages are not decoded', '\\u003c \\x3c \\n \\0 +ADw-'],
    ['P1 quotes and backslashes are characters', `"it's" \`so\` \\ 'quoted'`],
    ['P1 replacement patterns are characters', "$& $' $` $1 $$ $<name>"],
    ['P1 template braces are characters', '{{constructor}} ${1+1} <%= x %> #{y}'],
    ['P1 Markdown is characters', '**bold** [link](javascript:alert(1)) # heading'],
    ['P1 SQL is characters', "'; DROP TABLE comments; -- %_"],
    ['P1 a formula is characters', '=HYPERLINK("http://example.org")'],
    ['P1 null is a word', 'null'],
    ['P1 undefined is a word', 'undefined'],
    ['P1 zero is an answer', '0'],
    ['P1 false is a word', 'false'],
    ['P1 __proto__ is a word', '__proto__'],
    ['P1 [object Object] is text', '[object Object]'],
    ['P4 a tab is typed', 'name\tvalue'],
    ['P5 a superscript means something', 'x² + y² = z²'],
    ['P5 compatibility jamo are laughter', 'ㅋㅋㅋ ㅠㅠ'],
    ['P5 full-width letters stay full-width', '＜script＞ ＡＢＣ １２３'],
    ['P5 the Lao vowel am has no canonical parts', 'ນ້ຳ'],
    ['P5 the Lao digraph ho no has no canonical parts', 'ໜັງສື'],
    ['P5 a ligature is what was typed', 'ﬁnd the ﬂat'],
    ['P5 circled digits and fractions stay', '① ½ ™ ℡'],
    ['P6 two blank lines are a pause', 'one\n\n\ntwo'],
    ['P6 inner indentation is the reader’s', 'a list\n  - one\n    - two'],
    ['P6 inner runs of spaces are the reader’s', 'a    b'],
    ['P6 an ideographic indent inside a Chinese text stays', '第一段。\n　　第二段。'],
    ['P6 a no-break space holds a number together', '10\u00A0000 €'],
    ['P6 spaces before a line break do no harm', 'verse  \nverse'],
    ['P7 one question mark is a comment', '?'],
    ['P7 one ideograph is a comment', '好'],
    ['P7 one emoji is a comment', '👍'],
    ['P7 a mark alone is visible', '\u0301'],
    ['P8 ZWSP breaks Khmer lines', 'ខ្ញុំ\u200Bយល់ស្រប'],
    ['P8 ZWSP breaks Burmese lines', 'မြန်မာ\u200Bနိုင်ငံ'],
    ['P8 ZWNJ shapes Persian', 'می\u200Cخواهم'],
    ['P8 ZWJ shapes Sinhala', 'ශ්\u200Dරී'],
    ['P8 a final ZWJ shapes the Arabic letter before it', 'ه\u200D'],
    ['P8 ZWJ ZWNJ ZWJ joins Arabic letters without a ligature', 'ل\u200D\u200C\u200Dا'],
    ['P8 the tsheg parts Tibetan syllables', 'བཀྲ་ཤིས་བདེ་ལེགས'],
    ['P8 a word joiner holds words together', 'a\u2060b'],
    ['P8 a soft hyphen tells where to break', 'Donau\u00ADdampf'],
    ['P8 ZWJ makes a family', '👩\u200D👩\u200D👧\u200D👦'],
    ['P8 VS16 and ZWJ make a burning heart', '❤\uFE0F\u200D🔥'],
    ['P8 VS15 asks for text style', '☎\uFE0E'],
    ['P8 a keycap has a selector and a mark', '1\uFE0F\u20E3'],
    ['P8 a skin tone belongs to its hand', '👍🏽'],
    ['P8 regional indicators are a flag', '🇰🇭🇻🇳'],
    ['P8 tags in a flag are Scotland', scotland],
    ['P8 an ideographic variation sequence is a person’s name', '葛\u{E0100}城'],
    ['P8 a Mongolian variation selector shapes its letter', 'ᠭ\u180B'],
    ['P8 a selector on a Burmese mark is the dotted form', 'က\uFE00ေ\uFE00'],
    ['P8 an unassigned code point may be next year’s emoji', 'new: \u{1FAFF}\u0378'],
    ['P9 U+FFFD is kept', 'caf\uFFFD'],
    ['P9 private use once held Cantonese words', '\uE000\uF8FF\u{F0000}'],
    ['P10 LRM, RLM and ALM stay', 'a\u200Eb\u200Fc\u061Cd'],
    ['P10 a balanced isolate stays', 'see \u2068شىنجاڭ\u2069 here'],
    ['P10 balanced embeddings stay', '\u202Babc \u202Adef\u202C\u202C'],
    ['P10 nested isolates and embeddings stay', '\u2066a\u202Bb\u2067c\u2069d\u202Ce\u2069'],
    ['P11 Vietnamese has two marks on a letter', 'ệ ữ ậ'],
    ['P11 Hebrew has four', 'ש\u05B8\u05BC\u05C1\u0591'],
    ['P11 Tibetan stacks subjoined letters', 'ཧྐྵྨླྺྼྻྂ'],
    ['P11 thirty marks are the bound', `x${'\u0489'.repeat(30)}`],
    ['P11 a base ends a run', `x${'\u0489'.repeat(30)}y${'\u0489'.repeat(30)}`],
    ['P14 Zawgyi is stored as typed', 'ျမန္မာစာ'],
  ])('%s', (_reason, typed) => {
    expect(normalizeText(typed, limits)).toEqual({ text: typed, removed: {} })
  })
})

describe('a text is stored as', () => {
  test.each([
    ['P4 without NUL', 'a\0b', 'ab'],
    ['P4 without terminal escapes', '\u001B[31mred\u001B[0m', '[31mred[0m'],
    ['P4 without bell and backspace', 'a\u0007b\u0008c', 'abc'],
    ['P4 without vertical tab and form feed', 'a\u000Bb\u000Cc', 'abc'],
    ['P4 without DEL', 'a\u007Fb', 'ab'],
    ['P4 without C1', 'a\u0080b\u009Fc', 'abc'],
    ['P4 an emoji that a control cut in two', '\uD83D\0\uDC4D', '👍'],
    ['P4 a line break that a control cut in two', 'a\r\0\nb', 'a\nb'],
    ['P5 one letter typed in two parts', 'e\u0301', 'é'],
    ['P5 Vietnamese typed in three parts', 'e\u0323\u0302', 'ệ'],
    ['P5 Vietnamese marks in any order', 'e\u0302\u0323', 'ệ'],
    ['P5 Korean as macOS sends it', '한국', '한국'],
    ['P5 the Burmese letter that has two spellings', '\u1025\u102E', '\u1026'],
    ['P5 a letter rejoined after a control goes', 'e\0\u0301', 'é'],
    ['P5 a letter rejoined after an override goes', 'e\u202E\u0301', 'é'],
    ['P5 a letter rejoined after a stray tag goes', 'e\u{E0041}\u0301', 'é'],
    ['P5 a letter that NFC takes apart', '\u0958', '\u0915\u093C'],
    ['P5 the Kelvin sign, which is canonically K', '300 \u212A', '300 K'],
    ['P6 CRLF as one line break', 'a\r\nb', 'a\nb'],
    ['P6 CR as one line break', 'a\rb', 'a\nb'],
    ['P6 NEL as one line break', 'a\u0085b', 'a\nb'],
    ['P6 LS and PS as line breaks', 'a\u2028b\u2029c', 'a\nb\nc'],
    ['P6 CR CR LF as two line breaks', 'a\r\r\nb', 'a\n\nb'],
    ['P6 without white space at its ends', ' \t\n a b \r\n ', 'a b'],
    ['P6 without Unicode spaces at its ends', '\u3000\u00A0中文\u2003\u202F', '中文'],
    ['P6 with at most two blank lines', 'a\n\n\n\n\nb', 'a\n\n\nb'],
    ['P6 with at most two lines of spaces', 'a\n \n\t\n \u3000\nb', 'a\n \n\t\nb'],
    [
      'P6 with at most two lines of invisible characters',
      'a\n\u200B\n\u2800\n\u3164\nb',
      'a\n\u200B\n\u2800\nb',
    ],
    ['P6 no spaces uncovered when a blank line goes', 'a\n\n\u200B  \n\u200B', 'a\n\n\u200B'],
    ['P6 a mark whose space was trimmed', ' \u0301a', '\u0301a'],
    ['P8 one ZWSP for a run of them', `a${'\u200B'.repeat(50)}b`, 'a\u200Bb'],
    ['P8 eight of a mixed run', `a${'\u200B\u200C'.repeat(50)}b`, `a${'\u200B\u200C'.repeat(4)}b`],
    [
      'P8 one joiner where marks stood between two',
      `x${'\u0489'.repeat(30)}\u200D\u0489\u200Dy`,
      `x${'\u0489'.repeat(30)}\u200Dy`,
    ],
    ['P8 one selector on a base', '❤\uFE0F\uFE0F\uFE0E\u{E0100}!', '❤\uFE0F!'],
    ['P8 a base and no message in its selectors', `😀${'\u{E0121}\u{E0130}\uFE05'.repeat(9)}`, '😀\u{E0121}'],
    ['P8 no selector at the start', '\uFE0Fa', 'a'],
    ['P8 no selector after white space', 'a \uFE0Fb\n\uFE0Ec', 'a b\nc'],
    ['P8 no selector after a joiner', '❤\u200D\uFE0F🔥', '❤\u200D🔥'],
    ['P8 a mark joined when a second selector goes', 'a\uFE00\uFE01\u0301', 'a\uFE00\u0301'],
    ['P9 without a byte order mark', '\uFEFFa\uFEFFb', 'ab'],
    ['P9 without annotations', '\uFFF9漢\uFFFAかん\uFFFB', '漢かん'],
    ['P9 without object replacement', 'see \uFFFC here', 'see  here'],
    ['P9 without deprecated formats', 'a\u206Ab\u206Fc', 'abc'],
    ['P9 without noncharacters', 'a\uFFFEb\uFFFFc\uFDD0d\u{1FFFE}e\u{10FFFF}f', 'abcdef'],
    ['P9 without stray tags', 'hi\u{E0068}\u{E0069}\u{E0001}\u{E007F}!', 'hi!'],
    ['P9 without the tags of an unfinished flag', '\u{1F3F4}\u{E0067}\u{E0062}x', '🏴x'],
    ['P9 without a message behind a flag', `\u{1F3F4}${'\u{E0061}'.repeat(40)}\u{E007F}`, '🏴'],
    ['P9 Scotland without what followed it', `${scotland}\u{E0041}\u{E007F}`, scotland],
    ['P9 U+FFFD for the half of an emoji', 'cut \uD83D', 'cut \uFFFD'],
    ['P9 U+FFFD for the other half', '\uDC4D cut', '\uFFFD cut'],
    ['P9 U+FFFD twice for halves in the wrong order', '\uDC4D\uD83D', '\uFFFD\uFFFD'],
    ['P10 without overrides', 'a\u202Egpj.exe\u202C b \u202Dc', 'agpj.exe b c'],
    ['P10 without an unclosed embedding', '\u202Babc', 'abc'],
    ['P10 without an unclosed isolate', 'a\u2067b', 'ab'],
    ['P10 without unopened closers', 'a\u2069b\u202C', 'ab'],
    ['P10 balanced within each line', 'a\u2067b\nc\u2069d', 'ab\ncd'],
    ['P10 balanced within each line, whatever ends it', 'a\u2067b\u2028c\u2069d', 'ab\ncd'],
    [
      'P10 an isolate, without the embedding left open in it',
      '\u2066a\u202Bb\u2069c\u202C',
      '\u2066ab\u2069c',
    ],
    [
      'P10 an embedding that a closer in an isolate cannot end',
      '\u202Ba\u2066\u202C\u2069b\u202C',
      '\u202Ba\u2066\u2069b\u202C',
    ],
    ['P11 thirty marks of many', `x${'\u0489'.repeat(99)}y`, `x${'\u0489'.repeat(30)}y`],
    ['P11 thirty marks, counted before one joins', `e${'\u0301'.repeat(31)}`, `é${'\u0301'.repeat(29)}`],
    [
      'P11 thirty marks, though each was two',
      `x${'\u0344'.repeat(20)}`,
      `\u1E8D${'\u0301\u0308'.repeat(15)}`,
    ],
    [
      'P11 thirty marks, though joiners part them',
      `x${'\u0489\u200D'.repeat(31)}y`,
      `x${'\u0489\u200D'.repeat(30)}y`,
    ],
    ['P11 thirty leading marks', `${'\u0489'.repeat(31)}a`, `${'\u0489'.repeat(30)}a`],
  ])('%s', (_reason, typed, stored) => {
    expect(normalizeText(typed, limits).text).toBe(stored)
    expect(normalizeText(stored, limits).text).toBe(stored)
  })
})

describe('a text is refused as empty when it is', () => {
  test.each([
    ['P7 nothing', ''],
    ['P7 white space', ' \t\r\n\u3000\u00A0\u2028'],
    ['P7 zero-width spaces', '\u200B\u200B'],
    ['P7 joiners', '\u200C\u200D\u2060'],
    ['P7 the Hangul filler', '\u3164'],
    ['P7 the other Hangul fillers', '\u115F\u1160\uFFA0'],
    ['P7 the Braille blank', '\u2800'],
    ['P7 bidi marks', '\u200E\u200F\u061C'],
    ['P7 bidi controls', '\u202B\u202C\u2066\u2069\u202E'],
    ['P7 variation selectors', '\uFE0F\u{E0100}\u180B'],
    ['P7 tags', '\u{E0061}\u{E007F}'],
    ['P7 controls', '\0\u001B\u0085'],
    ['P7 special code points', '\uFEFF\uFFFC\u206A\uFFFF'],
    ['P7 ignorable marks', '\u034F\u17B4\u17B5'],
    ['P7 unassigned ignorables', '\u2065\u{E0FFF}'],
    ['P7 other blanks', '\u{16FE4}\u{13441}\u{1D159}'],
    ['P7 all of these in a mix', ' \u200B\n\u3164\u2800\u200E\0\uFE0F\u{E0061}\u00AD\u2066 \u2069'],
  ])('%s', (_reason, typed) => {
    expect(normalizeText(typed, limits)).toMatchObject({ text: '', refusal: { code: 'empty' } })
    expect(normalizeName(typed, nameLimits).text).toBe('')
    expect(normalizeName(typed, nameLimits).refusal).toBeUndefined()
  })
})

describe('what was removed is counted', () => {
  test.each([
    ['controls', '\0a\u001B\u009F', 3],
    ['lone_surrogates', 'a\uD83D\uD83D', 2],
    ['noncharacters', 'a\uFFFF\u{1FFFE}', 2],
    ['special', '\uFEFFa\uFFFC\u206A', 3],
    ['tags', 'a\u{E0061}\u{E0062}', 2],
    ['bidi_controls', 'a\u2066b\u202C', 2],
    ['bidi_overrides', '\u202Ea\n\u202Db', 2],
    ['variation_selectors', 'a\u{E0100}\u{E0101}\uFE0F', 2],
    ['marks', `a${'\u0489'.repeat(35)}`, 5],
    ['zero_width', 'a\u200B\u200B\u200Bb', 2],
    ['blank_lines', '\n\n\n\na\n\n\n\n\nb\n\n\n\n', 2],
  ])('%s', (kind, typed, count) => {
    expect(normalizeText(typed, limits).removed).toEqual({ [kind]: count })
  })

  test('an override and its closer as one override and one control', () => {
    const { removed } = normalizeText('a\u202Eb\u202C', limits)
    expect(removed).toEqual({ bidi_overrides: 1, bidi_controls: 1 })
  })
})
