import { assert, property } from 'fast-check'
import { htmlAttribute, logText, terminalText, xmlText } from '../../src/comments/renderers.ts'
import { normalizeText } from '../../src/comments/text.ts'
import { heaviest } from '../support/heaviest.ts'
import { hostileText } from './hostile.ts'

describe('in an HTML attribute', () => {
  test.each([
    ['quotes', `"a" 'b' \`c\``, '&#34;a&#34; &#39;b&#39; &#96;c&#96;'],
    ['tags', '"><img src=x>', '&#34;&#62;&#60;img src=x&#62;'],
    ['entities', 'AT&amp;T', 'AT&#38;amp;T'],
    ['white space that a parser would change', 'a\tb\nc\rd', 'a&#9;b&#10;c&#13;d'],
    ['ordinary text', 'ဒီနေ့ မိုးရွာ 👍🏽', 'ဒီနေ့ မိုးရွာ 👍🏽'],
  ])('a text has %s escaped', (_, text, escaped) => {
    expect(htmlAttribute(text)).toBe(escaped)
  })

  test('no text ends it, and each is read as it is', () => {
    holds((text) => {
      const written = htmlAttribute(text)
      expect(written).not.toMatch(/[<>"'`\n\r\t]/)
      expect(unescaped(written)).toBe(text)
    })
  })
})

describe('in XML', () => {
  test.each([
    ['tags and entities', '<b>&amp;', '&#60;b&#62;&#38;amp;'],
    ['the end of a section of characters', ']]>', ']]&#62;'],
    ['quotes', `"a" 'b'`, '&#34;a&#34; &#39;b&#39;'],
    ['a carriage return', 'a\rb', 'a&#13;b'],
  ])('a text has %s escaped', (_, text, escaped) => {
    expect(xmlText(text)).toBe(escaped)
  })

  test.each([
    ['controls', 'a\0\u0008\u000B\u001Bb', 'ab'],
    ['noncharacters of the basic plane', 'a\uFFFE\uFFFFb', 'ab'],
    ['halves of pairs, which become one that says so', 'a\uD800b', 'a\uFFFDb'],
  ])('a text is without %s', (_, text, without) => {
    expect(xmlText(text)).toBe(without)
  })

  test('it has tabs, line feeds, private use and other planes', () => {
    expect(xmlText('a\tb\n\uE000\u{20000}😀')).toBe('a\tb\n\uE000\u{20000}😀')
  })

  test('no text is anything but characters that XML allows, and each that is stored is read as it is', () => {
    holds((typed) => {
      expect(xmlText(typed)).toMatch(/^[\t\n\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]*$/u)
      expect(xmlText(typed)).not.toMatch(/[<>"']/)
      const stored = normalizeText(typed, { graphemes: 5000, bytes: 65_536 }).text
      expect(unescaped(xmlText(stored))).toBe(stored)
    })
  })
})

describe('in a terminal', () => {
  test.each([
    ['a colour', '\u001B[31mred', '\u2068␛[31mred\u2069'],
    ['a bell, a backspace, a carriage return', 'a\u0007\u0008\r', '\u2068a␇␈␍\u2069'],
    ['a delete', '\u007F', '\u2068␡\u2069'],
    ['the C1 form of an escape', '\u009B31m', '\u2068\uFFFD31m\u2069'],
    ['half of a pair', '\uD800', '\u2068\uFFFD\u2069'],
    ['an override, which is left out', '\u202Eabc', '\u2068abc\u2069'],
    ['an isolate that ends, which stays', '\u2067abc\u2069', '\u2068\u2067abc\u2069\u2069'],
    ['an end of an isolate too many, which is left out', 'a\u2069b', '\u2068ab\u2069'],
    ['several lines', 'a\n\nשלום\tb', '\u2068a\u2069\n\n\u2068שלום\tb\u2069'],
  ])('a text shows without its deeds: %s', (_, text, shown) => {
    expect(terminalText(text)).toBe(shown)
  })

  test('no text has a control but tab and line feed, and each line ends what it begins', () => {
    holds((text) => {
      const shown = terminalText(text)
      expect(shown).not.toMatch(/[\0-\u0008\u000B-\u001F\u007F-\u009F\u2028\u2029]|\p{Surrogate}/u)
      for (const line of shown.split('\n')) expect(isolatesLeftOpen(line)).toBe(0)
    })
  })
})

describe('in a log', () => {
  test.each([
    ['line ends', 'a\nb\r\u2028c', String.raw`"a\nb\r\u2028c"`],
    ['quotation marks and backslashes', 'a"b\\n', String.raw`"a\"b\\n"`],
    ['escapes', '\u001B[31m\u009B', String.raw`"\u001b[31m\u009b"`],
    [
      'what is invisible, private or turns the direction',
      'a\u200B\u202E\uE000\u2800',
      String.raw`"a\u200b\u202e\ue000\u2800"`,
    ],
    ['spaces that are no space', 'a b\u00A0\u3000', String.raw`"a b\u00a0\u3000"`],
    ['halves of pairs', 'a\uD800', String.raw`"a\ud800"`],
    ['tags, in two units', '\u{E0041}', String.raw`"\udb40\udc41"`],
    ['nothing of ordinary text', 'Đồng ý 好 👍', '"Đồng ý 好 👍"'],
  ])('a text is one line with %s escaped', (_, text, logged) => {
    expect(logText(text)).toBe(logged)
  })

  test('no text begins another line or hides one, and each can be read back', () => {
    holds((text) => {
      expect(logText(text)).toMatch(/^"[^\p{C}\p{Zl}\p{Zp}]*"$/u)
      expect(JSON.parse(logText(text))).toBe(text)
    })
  })
})

describe('soon', () => {
  test.each(heaviest)('in every medium: 64 KiB of %s', (_, text) => {
    for (const render of [htmlAttribute, xmlText, terminalText, logText]) {
      expect(() => render(text)).not.toThrow()
    }
  })
})

function holds(claim: (text: string) => void) {
  assert(property(hostileText, claim), { numRuns: 500 })
}

function unescaped(escaped: string) {
  return escaped.replace(/&#(\d+);/g, (_, code: string) => String.fromCharCode(Number(code)))
}

/** How many isolates and embeddings are open at the end of a line, and how many ends had nothing to end. */
function isolatesLeftOpen(line: string) {
  let open = 0
  let wrong = 0
  for (const character of line) {
    if (/[\u2066-\u2068]/.test(character)) open += 1
    if (character === '\u2069') open -= 1
    if (open < 0) wrong += 1
  }
  return open + wrong
}
