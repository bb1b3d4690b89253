import * as fc from 'fast-check'
import { lock, textToHtml, unlockedHtml } from '../../src/comments/html.ts'
import { screen } from '../../src/screening/signals.ts'
import { factsOf } from '../screening/facts.ts'

const rel = 'nofollow ugc noopener noreferrer'

/** The text of each hostile string must come out as it went in, and nothing in it may act. */
const hostile = [
  // markup
  '<script>alert(1)</script>',
  '<SCRIPT SRC=//evil.example/x.js></SCRIPT>',
  '<<b>script>alert(1)<</b>/script>',
  '<img src=x onerror=alert(1)>',
  '<img src=x onerror=alert(1)',
  '<svg/onload=alert(1)>',
  '<svg><style><img src=x onerror=alert(1)></style></svg>',
  '<math><mtext><table><mglyph><style><!--</style><img title="--&gt;&lt;img src=1 onerror=alert(1)&gt;">',
  '<noscript><p title="</noscript><img src=x onerror=alert(1)>">',
  '<textarea><script>alert(1)</script></textarea>',
  '<xmp><p title="</xmp><svg/onload=alert(1)>">',
  '<plaintext>',
  '<!-- a comment --><!--><script>alert(1)</script>-->',
  '<![CDATA[<script>alert(1)</script>]]>',
  '<?php echo 1 ?><%= 1 %>',
  '<iframe srcdoc="<script>alert(1)</script>">',
  '<a href="javascript:alert(1)">x</a>',
  '<p dir="auto"></p></p></p><br /><a>',
  '</p><script>alert(1)</script><p>',
  '<p onclick=alert(1)>x',
  '<a href=https://a.example onclick=alert(1)>x</a>',
  '<br/><br /><BR>',
  '<b>bold</b> <i>italic',
  'a < b && c > d',
  'if (a<b && c>d) return x<y',
  'List<String> <a@b.org> <Tin nóng> <3 <-> <>',
  '<',
  '>',
  '</',
  '<!',
  '&',
  '"',
  "'",
  '`${1}`',
  // entities
  '&lt;script&gt;alert(1)&lt;/script&gt;',
  '&amp;lt;b&amp;gt;',
  '&#60;script&#62; &#x3C;b&#x3e; &#60b',
  '&copy; &copy=2 &notit; &NewLine; &Tab; &colon;',
  'AT&T &amp &; &#; &#x; &0;',
  '&nbsp;&zwnj;&ZeroWidthSpace;',
  // addresses
  'javascript:alert(1)',
  'JaVaScRiPt:alert(1) java\tscript:alert(1)',
  'javascript:alert(1)//http://a.example/',
  'javascript://http://a.example/%0aalert(1)',
  'data:text/html,<script>alert(1)</script> vbscript:x file:///etc/passwd',
  'https://a.example/"onmouseover="alert(1)',
  "https://a.example/'onmouseover='alert(1)",
  'https://a.example/"><script>alert(1)</script>',
  'https://a.example/<b>',
  'https://a.example/&lt;b&gt;?a=1&lt=2&amp;b=3&copy;',
  'https://a.example/`onclick=alert(1)`',
  'https://a.example\\@evil.example/',
  'https://bank.example@evil.example/ https://u:p@evil.example/',
  'http:// https:// http://. http://[ http://[x http://% https://-',
  'http:javascript:alert(1) http:/a.example https:a.example //a.example',
  'https://javascript:alert(1) https://a.example:99999/',
  'https://https://https://https://',
  'https://a.example/\u202Egpj.exe https://a.example/\u200Bx https://a.example/\u0000x',
  'https://a.example/(((( https://a.example/)))) https://a.example/[[]]]',
  // substitution, controls, odd characters
  "$& $' $` $1 $$ $<x>",
  'https://a.example/$&$1 {{b}} {0} %s %00 \\u003cscript\\u003e \\',
  'one\u2028two\u2029three\u0085four',
  'a\rb\r\nc\td\fe\vf',
  'nul \u0000 esc \u001B[31m del \u007F \u009B',
  'lone \uD83D and \uDE00 and \uFFFD \uFFFE',
  '＜script＞alert(1)＜/script＞ ﹤b﹥ ‹b›',
  '+ADw-script+AD4-',
  '\u00A0\u3000 spaces \uFEFF',
  '👨‍👩‍👧‍👦 🏴󠁧󠁢󠁷󠁬󠁳󠁿 1️⃣ ❤️‍🔥',
  'ខ្ញុំ\u200Bអាន မြန်မာ བོད་ཡིག بۈگۈن \u202Egnp.exe\u202C',
  `h${'\u0301'.repeat(40)}`,
  // lines
  '\n\n\n',
  '  \n\t\n  x  \n \n\n  y',
  'a\nb\n\nc\n\n\n\nd\n',
  'null',
  '0',
  '',
  '__proto__ constructor toString',
]

/** What a reader would see, taken from the HTML by a path of its own. */
function seen(html: string) {
  const entities: Record<string, string> = {
    '&amp;': '&',
    '&lt;': '<',
    '&gt;': '>',
    '&quot;': '"',
    '&#39;': "'",
  }
  return html
    .replaceAll('</p><p dir="auto">', '\n\n')
    .replaceAll('<br />', '\n')
    .replaceAll(/<[^>]*>/g, '')
    .replaceAll(/&[^;]*;/g, (entity) => entities[entity] ?? `unknown entity ${entity}`)
}

/** The stored text with its blank lines counted once. */
function lines(text: string) {
  const trimmed = text.split('\n').map((line) => (line.trim() === '' ? '' : line))
  return trimmed
    .join('\n')
    .replaceAll(/^\n+|\n+$/g, '')
    .replaceAll(/\n{2,}/g, '\n\n')
}

function hrefs(html: string) {
  return Array.from(html.matchAll(/ href="([^"]*)"/g), (match) => (match[1] ?? '').replaceAll('&amp;', '&'))
}

/** What is wrong with the HTML of a text; nothing, for every text. */
function faults(text: string) {
  const { html } = textToHtml(text)
  const written = new RegExp(`<p dir="auto">|</p>|<br />|<a href="https?://[^"<>]+" rel="${rel}">|</a>`, 'gi')
  const rest = html.replaceAll(written, '')
  const checks = {
    'the second lock changed it': html === unlockedHtml(text),
    'it does not show what was typed': seen(html) === lines(text),
    'something is left bare': !/[<>"']|&(?!amp;|lt;|gt;|quot;|#39;)/.test(rest),
    'a link opens something else': hrefs(html).every((href) => /^https?:$/.test(new URL(href).protocol)),
  }
  return Object.entries(checks).flatMap(([fault, passed]) => (passed ? [] : [`${fault}: ${html}`]))
}

describe('a text becomes paragraphs', () => {
  test.each([
    ['one line', 'Hello.', '<p dir="auto">Hello.</p>'],
    ['two lines', 'a\nb', '<p dir="auto">a<br />b</p>'],
    ['a blank line', 'a\n\nb', '<p dir="auto">a</p><p dir="auto">b</p>'],
    ['many blank lines, with white space', '\na\n \n\t\n\nb\n', '<p dir="auto">a</p><p dir="auto">b</p>'],
    ['inner spaces and indents', '  a   b', '<p dir="auto">  a   b</p>'],
    ['nothing', '', ''],
    ['all five', `&<>"'`, '<p dir="auto">&amp;&lt;&gt;&quot;&#39;</p>'],
    ['typed entities', '&lt;', '<p dir="auto">&amp;lt;</p>'],
    [
      'an address',
      'see https://a.example/?b=1&c="',
      `<p dir="auto">see <a href="https://a.example/?b=1&amp;c=" rel="${rel}">https://a.example/?b=1&amp;c=</a>&quot;</p>`,
    ],
  ])('%s', (_what, text, html) => {
    expect(textToHtml(text).html).toBe(html)
  })
})

describe('addresses become links', () => {
  test.each([
    ['at a full stop', 'Go to https://a.example/b.', ['https://a.example/b']],
    ['at several marks', 'really https://a.example/b?!…', ['https://a.example/b']],
    ['inside, marks stay', 'https://a.example/b.c,d;e:f!g', ['https://a.example/b.c,d;e:f!g']],
    ['a bracket of the sentence stays outside', '(see https://a.example/b)', ['https://a.example/b']],
    ['a bracket of the address stays inside', 'https://a.example/b_(c)', ['https://a.example/b_(c)']],
    ['both', '(https://a.example/b_(c)).', ['https://a.example/b_(c)']],
    ['square brackets too', '[https://a.example/b]', ['https://a.example/b']],
    ['an IPv6 host', '[http://[2001:db8::1]/]', ['http://[2001:db8::1]/']],
    ['quotes', '"https://a.example" \'https://b.example\'', ['https://a.example', 'https://b.example']],
    ['an apostrophe inside', "https://a.example/Reader's_desk", ["https://a.example/Reader's_desk"]],
    ['angle brackets', '<https://a.example>', ['https://a.example']],
    [
      'Markdown',
      '[x](https://a.example/b) **https://c.example**',
      ['https://a.example/b', 'https://c.example'],
    ],
    [
      'a Chinese stop and comma',
      '看https://a.example/b。https://c.example，好',
      ['https://a.example/b', 'https://c.example'],
    ],
    ['a Japanese bracket', '「https://a.example/b」', ['https://a.example/b']],
    ['a Burmese stop', 'https://a.example/b။', ['https://a.example/b']],
    ['a Khmer stop', 'https://a.example/b។', ['https://a.example/b']],
    ['a Tibetan stroke', 'https://a.example/b།', ['https://a.example/b']],
    ['an Arabic comma', 'https://a.example/b،', ['https://a.example/b']],
    ['Chinese without a space', '请看https://a.example/b这个网站', ['https://a.example/b']],
    ['a Korean particle', 'https://a.example에서', ['https://a.example']],
    ['Khmer without a space', 'https://a.example/bនេះ', ['https://a.example/b']],
    ['a path in another script', 'https://a.example/wiki/香港2019年', ['https://a.example/wiki/香港2019年']],
    ['a path with diacritics', 'https://a.example/Đà_Nẵng', ['https://a.example/Đà_Nẵng']],
    ['a decomposed one', 'https://a.example/cafe\u0301s', ['https://a.example/cafe\u0301s']],
    ['a host in another script', 'http://例え.jp/パス', ['http://例え.jp/パス']],
    ['an emoji behind it', 'https://a.example/b👍', ['https://a.example/b']],
    ['capitals', 'HTTPS://A.EXAMPLE/B', ['HTTPS://A.EXAMPLE/B']],
    ['two in a row', 'https://a.example,https://b.example', ['https://a.example,https://b.example']],
    ['a port and a fragment', 'http://a.example:8080/b?c=d&e=f#g', ['http://a.example:8080/b?c=d&e=f#g']],
    ['no address: no scheme', 'www.a.example a.example //a.example', []],
    ['no address: other schemes', 'ftp://a.example javascript:alert(1) mailto:a@b.example', []],
    ['no address: inside a word', 'xhttp://a.example', []],
    ['no address: hidden host', 'https://bank.example@evil.example', []],
    ['no address: hidden host behind a password', 'https://:p@evil.example', []],
    ['no address: not one', 'http:// http://. http://[ http://%', []],
  ])('%s', (_what, text, expected) => {
    expect(hrefs(textToHtml(text).html)).toEqual(expected)
    expect(faults(text)).toEqual([])
  })

  test('a link shows the address that it opens', () => {
    expect(textToHtml("https://a.example/?a=1&b='c'd").html).toBe(
      `<p dir="auto"><a href="https://a.example/?a=1&amp;b='c'd" rel="${rel}">https://a.example/?a=1&amp;b=&#39;c&#39;d</a></p>`,
    )
  })
})

describe('nothing typed acts', () => {
  test('there are enough hostile strings', () => {
    expect(new Set(hostile).size).toBeGreaterThanOrEqual(60)
  })

  test.each(hostile)('%j', (text) => {
    expect(faults(text)).toEqual([])
    expect(faults(`before ${text} after`)).toEqual([])
    expect(faults(`https://a.example/${text}`)).toEqual([])
  })

  test('all of them in one text', () => {
    expect(faults(hostile.join('\n'))).toEqual([])
    expect(faults(hostile.join(''))).toEqual([])
  })

  const syntax = [
    'https://',
    'http://a.example/',
    '(',
    ')',
    '[',
    ']',
    '.',
    '。',
    '&',
    '<',
    '>',
    '"',
    "'",
    '#39;',
  ]
  const scraps = fc.constantFrom(...hostile, ...syntax, ' ', '\n', '\n\n')

  test('whatever is typed: the lock changes nothing, the text survives, no other tag appears', () => {
    const texts = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 200 }),
      fc.array(scraps, { maxLength: 12 }).map((parts) => parts.join('')),
    )
    fc.assert(
      fc.property(texts, (text) => expect(faults(text)).toEqual([])),
      { numRuns: 3000 },
    )
  })

  test('what becomes a link, screening calls a link', () => {
    const texts = fc.array(scraps, { maxLength: 6 }).map((parts) => parts.join(''))
    fc.assert(
      fc.property(texts, (text) => {
        if (hrefs(textToHtml(text).html).length === 0) return
        expect(screen(factsOf({ text })).map(({ code }) => code)).toContain('links')
      }),
      { numRuns: 500 },
    )
  })
})

describe('the second lock, alone', () => {
  test.each([
    ['a script', '<p dir="auto">a<script>alert(1)</script></p>', '<p dir="auto">a</p>'],
    ['a handler', '<p dir="auto" onclick="alert(1)">a</p>', '<p dir="auto">a</p>'],
    ['a scheme', '<a href="javascript:alert(1)">a</a>', '<a>a</a>'],
    ['an address without a scheme of its own', '<a href="//a.example">a</a>', '<a>a</a>'],
    ['an attribute value', '<p dir="x">a</p>', '<p dir>a</p>'],
    ['another tag', '<b>a</b><img src="https://a.example/x">', 'a'],
  ])('holds %s back', (_what, html, expected) => {
    expect(lock(html).html).toBe(expected)
  })
})

describe('no text is too long or too strange', () => {
  const characters = ['<', '&', '"', 'a', ' ', '\n', ' \n', ')', '.', '\u0301', '</p>']
  const addresses = [
    'http',
    'https://',
    'https://a',
    'https://a ',
    'https://a@',
    'https://a.b/.',
    'https://a.b/香',
  ]
  const brackets = ['https://a.b/(', 'https://a.b/)', '(https://a[']
  test.each([...characters, ...addresses, ...brackets])('%j', (scrap) => {
    const text = `https://a.example/${scrap.repeat(Math.ceil(100_000 / scrap.length))}`
    expect(textToHtml(text).html).toContain('https://a.example/')
  })
})
