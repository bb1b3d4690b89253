import { assert, property } from 'fast-check'
import { mailHeader, mailText } from '../../src/comments/mail.ts'
import { normalizeText } from '../../src/comments/text.ts'
import { heaviest } from '../support/heaviest.ts'
import { hostileText } from './hostile.ts'

const sentence = 'The evening bus used to leave at half past seven, and now it leaves at six.'

const han = '一二三四五六七八九十'.repeat(4).slice(2)

describe('in a mail', () => {
  test.each([
    ['short lines as they are', 'Hello\n\nworld', 'Hello\r\n\r\nworld'],
    ['all kinds of line ends as one', 'a\r\nb\rc\u2028d\u0085e', 'a\r\nb\r\nc\r\nd\r\ne'],
    ['a soft return and the end of a page as line ends, but no letter V', 'aV\vb\fc', 'aV\r\nb\r\nc'],
    [
      'a space before what a mail program would read',
      '>quoted\nFrom me\n  indented',
      ' >quoted\r\n From me\r\n   indented',
    ],
    ['no white space at the ends of lines', 'a  \nb\u3000', 'a\r\nb'],
    ['no controls', 'a\0\u001B[31mb\tc', 'a[31mb\tc'],
    ['no halves of pairs', 'a\uD800', 'a\uFFFD'],
    [
      'a long line broken behind a space',
      `${sentence} ${sentence}`,
      'The evening bus used to leave at half past seven, and now it leaves at six.  \r\nThe evening bus used to leave at half past seven, and now it leaves at six.',
    ],
    [
      'Chinese broken between characters, and not before a full stop',
      `${han}。`,
      `${han.slice(0, 37)} \r\n${han.slice(37)}。`,
    ],
    [
      'a long line broken behind a space of no width',
      `${'a'.repeat(60)}\u200B${'b'.repeat(30)}`,
      `${'a'.repeat(60)}\u200B \r\n${'b'.repeat(30)}`,
    ],
    [
      'marks that take no room',
      `${'a'.repeat(60)} ${'q\u0301'.repeat(15)}`,
      `${'a'.repeat(60)} ${'q\u0301'.repeat(15)}`,
    ],
    [
      'the first of all marks among them',
      `${'a'.repeat(60)} ${'q\u0300'.repeat(15)}`,
      `${'a'.repeat(60)} ${'q\u0300'.repeat(15)}`,
    ],
    [
      'soft hyphens, which a mail program may show, counted',
      `${'a'.repeat(60)} ${'q\u00AD'.repeat(15)}`,
      `${'a'.repeat(60)}  \r\n${'q\u00AD'.repeat(15)}`,
    ],
    [
      'Chinese not broken before an apostrophe that is a letter',
      `${han.slice(0, 38)}ʼ${han}`,
      `${han.slice(0, 37)} \r\n${han[37]}ʼ${han.slice(0, 36)} \r\n${han.slice(36)}`,
    ],
    [
      'nor behind one',
      `${han.slice(0, 37)}ʼ${han}`,
      `${han.slice(0, 36)} \r\n${han[36]}ʼ${han.slice(0, 36)} \r\n${han.slice(36)}`,
    ],
    [
      '240 code points in a line',
      `${marked(58)} `.repeat(3) + marked(59),
      `${marked(58)} `.repeat(3) + marked(59),
    ],
    [
      'not one more',
      `${marked(58)} `.repeat(3) + marked(60),
      `${`${marked(58)} `.repeat(3)} \r\n${marked(60)}`,
    ],
    ['a long Korean word whole', '가'.repeat(60), '가'.repeat(60)],
    ['Han and Hangul in one word whole', '漢가'.repeat(30), '漢가'.repeat(30)],
    ['an address whole', `https://a.example/${'x'.repeat(200)}`, `https://a.example/${'x'.repeat(200)}`],
  ])('a text has %s', (_, text, mailed) => {
    expect(mailText(text)).toBe(mailed)
  })

  test.each([
    ['English', `${sentence} `.repeat(5)],
    ['Chinese', '今日落好大雨，巴士等咗成個鐘都唔嚟。'.repeat(8)],
    ['Khmer', 'ថ្ងៃនេះ\u200Bភ្លៀងខ្លាំងណាស់ផ្លូវលិចទឹក'.repeat(8)],
    ['Burmese', 'ကျွန်မတို့ရွာမှာလည်းကျောင်းအသစ်ဖွင့်ပြီဝမ်းသာပါတယ်'.repeat(6)],
    ['Lao', 'ມື້ນີ້ຝົນຕົກໜັກທາງບ້ານນ້ຳຖ້ວມ'.repeat(12)],
    ['Tibetan', 'དེ་རིང་ཆར་པ་ཆེན་པོ་བབས་སོང་།'.repeat(8)],
    ['Korean', '어제 새 도서관에 다녀왔는데 정말 좋았어요. '.repeat(8)],
  ])('lines of %s are not wide, begin with no mark, and are joined again', (_, text) => {
    const lines = mailText(text).split('\r\n')
    expect(lines.length).toBeGreaterThan(2)
    for (const line of lines) {
      expect(columnsOf(line)).toBeLessThanOrEqual(78)
      expect(line).not.toMatch(/^[\p{M}。，]/u)
    }
    expect(read(lines.join('\r\n'))).toBe(text.trimEnd())
  })

  test('no line is longer than mail allows, and every text is read as it is', () => {
    assert(
      property(hostileText, hostileText, (one, other) => {
        const { text } = normalizeText(`${one.repeat(9)} ${other}`, { graphemes: 5000, bytes: 65_536 })
        const mailed = mailText(text)
        expect(mailed.replaceAll('\r\n', '')).not.toMatch(
          /[\0-\u0008\u000A-\u001F\u007F-\u009F]|\p{Surrogate}/u,
        )
        for (const line of mailed.split('\r\n')) expect(Buffer.byteLength(line)).toBeLessThanOrEqual(998)
        const lines = text.split('\n').map((line) => line.trimEnd())
        expect(read(mailed)).toBe(lines.join('\n'))
      }),
      { numRuns: 500 },
    )
  })

  test('not even with a word that never ends', () => {
    for (const part of ['a', '👩\u200D', '\u0301', '\u200B', 'é', ' x'.repeat(200)]) {
      const text = `x${part.repeat(5000)}x`
      for (const line of mailText(text).split('\r\n'))
        expect(Buffer.byteLength(line)).toBeLessThanOrEqual(998)
      expect(read(mailText(text))).toBe(text)
    }
  })

  test.each(heaviest)('64 KiB of %s are ready soon', (_, text) => {
    expect(() => mailText(text)).not.toThrow()
    expect(() => mailHeader(text)).not.toThrow()
  })
})

describe("in a mail's header", () => {
  test.each([
    ['a name', 'Trần Thị Hương', 'Trần Thị Hương'],
    ['another header', 'me\r\nBcc: all@a.example', 'me Bcc: all@a.example'],
    ['the end of all headers', 'me\n\n<html>', 'me <html>'],
    ['line ends of other kinds', 'a\rb\u2028c\u0085d\te', 'a b c d e'],
    ['a soft return, but no letter V', 'aV\vb\fc', 'aV b c'],
    ['controls', ' \0a\u001B\u007F', 'a'],
    ['half of a pair', '\uD800', '\uFFFD'],
  ])('a text is one line: %s', (_, text, header) => {
    expect(mailHeader(text)).toBe(header)
  })

  test('whatever the text', () => {
    assert(
      property(hostileText, (text) => {
        expect(mailHeader(text)).not.toMatch(/[\0-\u001F\u007F-\u009F\u2028\u2029]|\p{Surrogate}/u)
      }),
      { numRuns: 500 },
    )
  })
})

/** A letter under so many marks. */
function marked(marks: number) {
  return `q${'\u0323'.repeat(marks)}`
}

/** What a mail program makes of format=flowed with delsp=yes (RFC 3676, section 4). */
function read(mailed: string) {
  let text = ''
  const lines = mailed.split('\r\n').map((line) => (line.startsWith(' ') ? line.slice(1) : line))
  for (const [index, line] of lines.entries()) {
    const isSoft = line.endsWith(' ')
    text += isSoft ? line.slice(0, -1) : line
    if (!isSoft && index < lines.length - 1) text += '\n'
  }
  return text
}

function columnsOf(line: string) {
  return Array.from(line.replace(/[\p{Mn}\p{Me}\u200B]/gu, '')).reduce(
    (sum, character) => sum + (/[\p{scx=Han}\p{scx=Hangul}\uFF0C]/u.test(character) ? 2 : 1),
    0,
  )
}
