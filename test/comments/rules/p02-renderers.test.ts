import { textToHtml } from '../../../src/comments/html.ts'
import { mailHeader, mailText } from '../../../src/comments/mail.ts'
import { htmlAttribute, logText, terminalText, xmlText } from '../../../src/comments/renderers.ts'
import { csvField } from '../../../src/http/csv.ts'
import { asStored, kept, type Row, submitted } from './rows.ts'

const inHtml: Row[] = [
  {
    why: 'a script is words',
    input: '<script>alert(1)</script>',
    expected: '<p dir="auto">&lt;script&gt;alert(1)&lt;/script&gt;</p>',
  },
  {
    why: 'an image has no handler',
    input: '<img src=x onerror="alert(1)">',
    expected: '<p dir="auto">&lt;img src=x onerror=&quot;alert(1)&quot;&gt;</p>',
  },
  {
    why: 'a paragraph is not ended by the reader',
    input: '</p><h1>',
    expected: '<p dir="auto">&lt;/p&gt;&lt;h1&gt;</p>',
  },
  {
    why: 'an escaped tag stays escaped',
    input: '&lt;b&gt;',
    expected: '<p dir="auto">&amp;lt;b&amp;gt;</p>',
  },
  {
    why: 'full-width brackets never become brackets',
    input: '＜script＞',
    expected: '<p dir="auto">＜script＞</p>',
  },
  {
    why: 'a script’s address is no link',
    input: 'javascript:alert(1)',
    expected: '<p dir="auto">javascript:alert(1)</p>',
  },
  {
    why: 'a data address is no link',
    input: 'data:text/html,x',
    expected: '<p dir="auto">data:text/html,x</p>',
  },
  {
    why: 'a quotation mark does not end a link’s attribute',
    input: 'https://a.example/"onclick="x',
    expected:
      '<p dir="auto"><a href="https://a.example/" rel="nofollow ugc noopener noreferrer">https://a.example/</a>&quot;onclick=&quot;x</p>',
  },
  {
    why: 'each text has its own direction',
    input: 'سالام',
    expected: '<p dir="auto">سالام</p>',
  },
]

const inAttributes: Row[] = [
  {
    why: 'a quotation mark does not end it',
    input: '" onfocus=alert(1) x="',
    expected: '&#34; onfocus=alert(1) x=&#34;',
  },
  { why: 'nor an apostrophe', input: "' x='", expected: '&#39; x=&#39;' },
  { why: 'nor a grave accent, in old browsers', input: '`x`', expected: '&#96;x&#96;' },
  { why: 'an entity is not one', input: '&quot;', expected: '&#38;quot;' },
]

const inXml: Row[] = [
  { why: 'a tag is words', input: '<entry/>', expected: '&#60;entry/&#62;' },
  { why: 'an entity is words', input: '&xxe;', expected: '&#38;xxe;' },
  { why: 'a section does not end', input: ']]>', expected: ']]&#62;' },
  { why: 'an escape, which XML forbids, is left out', input: 'a\u001B[2J', expected: 'a[2J' },
]

const inMail: Row[] = [
  { why: 'a line of a dot does not end it', input: 'a\n.\nb', expected: 'a\r\n.\r\nb' },
  { why: 'a line is not taken for a mailbox’s next mail', input: 'From me', expected: ' From me' },
  { why: 'a lone CR is a line break', input: 'a\rBcc: b', expected: 'a\r\nBcc: b' },
  { why: 'HTML is words', input: '<b>', expected: '<b>' },
]

const inMailHeaders: Row[] = [
  { why: 'no header follows', input: 'Hi\r\nBcc: all@a.example', expected: 'Hi Bcc: all@a.example' },
  { why: 'nor a body', input: 'Hi\n\n<b>', expected: 'Hi <b>' },
  { why: 'nor behind a line break of Unicode', input: 'Hi\u2028x\u0085y', expected: 'Hi x y' },
  { why: 'NUL does not end it', input: 'a\0b', expected: 'ab' },
]

const inCsv: Row[] = [
  { why: 'a formula is text', input: '=cmd|/c calc', expected: `"'=cmd|/c calc"` },
  { why: 'a plus begins no formula', input: '+1', expected: `"'+1"` },
  { why: 'nor a minus', input: '-1', expected: `"'-1"` },
  { why: 'nor an at sign', input: '@a', expected: `"'@a"` },
  { why: 'nor a full-width sign, which some spreadsheets read', input: '＝1', expected: `"'＝1"` },
  { why: 'nor white space before a sign', input: ' \t=1', expected: `"' \t=1"` },
  { why: 'a quotation mark does not end the field', input: 'a","b', expected: '"a"",""b"' },
  { why: 'a line break does not end the record', input: 'a\nb', expected: '"a\nb"' },
]

const inLogs: Row[] = [
  { why: 'no line is forged', input: 'a\nINFO admin in', expected: String.raw`"a\nINFO admin in"` },
  { why: 'nor with a CR', input: 'a\rb', expected: String.raw`"a\rb"` },
  { why: 'nor with a line break of Unicode', input: 'a\u2028b', expected: String.raw`"a\u2028b"` },
  {
    why: 'a terminal that shows it is not steered',
    input: '\u001B]0;x\u0007',
    expected: String.raw`"\u001b]0;x\u0007"`,
  },
  { why: 'what it says is not turned around', input: '\u202Etxt', expected: String.raw`"\u202etxt"` },
  { why: 'its field does not end', input: '"}', expected: String.raw`"\"}"` },
]

const inTerminals: Row[] = [
  { why: 'colours do not change', input: '\u001B[31mx', expected: '\u2068␛[31mx\u2069' },
  {
    why: 'the clipboard is not written',
    input: '\u001B]52;c;eA==\u0007',
    expected: '\u2068␛]52;c;eA==␇\u2069',
  },
  { why: 'a line is not overwritten', input: 'a\rb', expected: '\u2068a␍b\u2069' },
  { why: 'a C1 control is none', input: '\u009B2J', expected: '\u2068\uFFFD2J\u2069' },
  { why: 'what surrounds it is not turned around', input: '\u202Ex', expected: '\u2068x\u2069' },
]

const media: [medium: string, render: (text: string) => string, rows: Row[]][] = [
  ['a page', (text) => textToHtml(text).html, inHtml],
  ['an attribute', htmlAttribute, inAttributes],
  ['a feed', xmlText, inXml],
  ['a mail', mailText, inMail],
  ['a mail’s header', mailHeader, inMailHeaders],
  ['a spreadsheet', csvField, inCsv],
  ['a log', logText, inLogs],
  ['a terminal', terminalText, inTerminals],
]

describe.each(media)('P2 in %s nothing that was typed acts:', (_medium, render, rows) => {
  test.each(rows)('$why', ({ input, expected }) => {
    expect(render(input)).toBe(expected)
  })
})

describe('P2 what is inert where it is shown may be stored as typed:', () => {
  test.each([
    kept('a script', '<script>alert(1)</script>'),
    kept('a handler in an unclosed tag', '<svg/onload=alert(1)'),
    kept('a script’s address', '[click](javascript:alert(1))'),
    kept('an external entity', '<!DOCTYPE x [<!ENTITY xxe SYSTEM "file:///etc/passwd">]>&xxe;'),
    kept('a header of a mail', 'Subject: hi\nBcc: all@a.example'),
    kept('a formula', '=1+1'),
  ])('$why', ({ input, expected }) => {
    expect(submitted(input)).toEqual(asStored(expected))
  })
})
