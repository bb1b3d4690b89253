import { textToHtml } from '../../../src/comments/html.ts'
import { asStored, kept, submitted } from './rows.ts'

const rows = [
  kept('a comparison is not markup', 'if (a<b && c>d)'),
  kept('an address in angle brackets is text', 'write to <a@b.org>'),
  kept('a type parameter is text', 'List<String> and Map<String, List<Int>>'),
  kept('an unclosed bracket is text', '<Oct 20th, 2019 to claim your prize'),
  kept('a heart is text', 'I <3 this paper'),
  kept('arrows are text', 'a -> b <- c <-> d => e'),
  kept('typed tags are characters', '<b>bold</b> <i>and</i> <script>alert(1)</script>'),
  kept('an event handler is made inert where it is rendered', '<img src=x onerror=alert(1)>'),
  kept('a comment of HTML is characters', 'before <!-- not hidden --> after'),
  kept('a Vietnamese headline in brackets is text', '<Tin nóng>'),
  kept('Chinese book titles in brackets are text', '<三国演义>、《紅樓夢》'),
  kept('an ampersand is not an entity', 'AT&T ?a=1&copy=2&lt=3'),
  kept('entities are not decoded', '&lt;b&gt; &amp;lt; &#60; &#x3c; &nbsp;'),
  kept('percent escapes are not decoded', '100% of %3Cscript%3E and %00 %u003c'),
  kept('escapes of programming languages are not decoded', '\\u003c \\x3c \\n \\0'),
  kept('UTF-7 is not decoded', '+ADw-script+AD4-'),
  kept('base64 is not decoded', 'data:text/html;base64,PHNjcmlwdD4='),
  kept('quotes are characters', `"it's" \`so\` 'quoted' “curly” „low“`),
  kept('backslashes are characters', 'C:\\new\\table \\\\server\\share \\'),
  kept('replacement patterns are characters', "$& $' $` $1 $$ $<name>"),
  kept('formats of printf are characters', '%s %d %n %1$s'),
  kept('template braces are characters', '{{constructor}} ${1+1} <%= x %> #{y}'),
  kept('Markdown is characters', '**bold** [link](javascript:alert(1)) # heading'),
  kept('BBCode is characters', '[b]bold[/b] [url=https://a.example]here[/url]'),
  kept('SQL is characters', "'; DROP TABLE comments; -- %_"),
  kept('a shell’s command is characters', '$(reboot); `reboot` | cat && :'),
  kept('a path is characters', '../../etc/passwd'),
  kept('a formula is characters', '=HYPERLINK("http://example.org")'),
  kept('JSON is characters', '{"text":"a","__proto__":{"admin":true}}'),
  kept('null is a word', 'null'),
  kept('undefined is a word', 'undefined'),
  kept('NaN is a word', 'NaN'),
  kept('zero is an answer', '0'),
  kept('false is a word', 'false'),
  kept('__proto__ is a word', '__proto__'),
  kept('[object Object] is text', '[object Object]'),
]

describe('P1 a text is kept as typed, because', () => {
  test.each(rows)('$why', ({ input, expected }) => {
    expect(submitted(input)).toEqual(asStored(expected))
  })
})

describe('P1 a page shows every character that was typed, because', () => {
  test.each(rows)('$why', ({ input }) => {
    expect(shownBy(textToHtml(input).html)).toBe(input)
  })
})

/** What a browser shows of a paragraph: its text without tags, and with characters for what was escaped. */
function shownBy(html: string): string {
  const characters = new Map([
    ['&lt;', '<'],
    ['&gt;', '>'],
    ['&quot;', '"'],
    ['&#39;', "'"],
    ['&amp;', '&'],
  ])
  return html.replace(/<[^>]*>/g, '').replace(/&[^;]*;/g, (escape) => characters.get(escape) ?? '')
}
