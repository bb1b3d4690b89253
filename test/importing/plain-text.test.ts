import * as fc from 'fast-check'
import { normalizeText } from '../../src/comments/text.ts'
import { htmlToText } from '../../src/importing/plain-text.ts'

describe('HTML as plain text', () => {
  test.each([
    ['<p>One</p><p>Two</p>', 'One\n\nTwo'],
    ['<div>One</div><div>Two</div>', 'One\nTwo'],
    ['One<br>two<br/>three', 'One\ntwo\nthree'],
    ['a\n\nb', 'a\n\nb'],
    ['<ul><li>One</li><li>Two</li></ul>', '- One\n- Two'],
    ['<blockquote><p>Said</p></blockquote><p>Answered</p>', '> Said\n\nAnswered'],
    ['<a href="https://example.org/">here</a>', 'here (https://example.org/)'],
    ['<a href="https://example.org/">example.org</a>', 'example.org'],
    ['<a href="javascript:alert(1)">here</a>', 'here'],
    ['<a href="mailto:w@example.org">write</a>', 'write'],
    ['<img src="https://example.org/x.png" alt="a boat">', 'a boat'],
    ['<img src="https://example.org/x.png">', 'https://example.org/x.png'],
    ['before<script>alert("1")</script><style>p{}</style>after', 'beforeafter'],
    ['AT&amp;T &amp;lt;b&amp;gt; &#39;x&#39; &lt;b&gt;', "AT&T &lt;b&gt; 'x' <b>"],
    ['1 < 2 && 3 > 2', '1 < 2 && 3 > 2'],
    ['<p onclick="x" title="a>b">kept</p>', 'kept'],
    ['<b>bo</b><i>ld</i>', 'bold'],
    ['<p>', ''],
  ])('%j is %j', (html, text) => {
    expect(htmlToText(html)).toBe(text)
  })

  const words = fc.string({ unit: 'grapheme' }).filter((text) => text.trim() !== '' && !/\p{Cc}/u.test(text))

  test('whoever escapes a text gets it back, in whatever element it stands', () => {
    fc.assert(
      fc.property(words, fc.constantFrom('p', 'div', 'span', 'b', 'li'), (text, name) => {
        const [expected, got] = [text, htmlToText(`<${name}>${escaped(text)}</${name}>`)].map((one) =>
          one.replace(/^- /, '').trim(),
        )
        expect(got).toBe(name === 'li' ? expected?.replace(/^- /, '') : expected)
      }),
    )
  })

  test('of anything there comes a text, which is not decoded twice, and within reach of the pipeline', () => {
    const html = fc.array(
      fc.oneof(
        fc.string(),
        fc.constantFrom(
          '<p>',
          '</p>',
          '<br>',
          '<a href="https://x/?a=1&b=2">',
          '</a>',
          '<blockquote>',
          '&amp;lt;',
          '<!--',
          ']]>',
          '<script>',
        ),
      ),
    )
    fc.assert(
      fc.property(html, (parts) => {
        const text = htmlToText(parts.join(''))
        expect(typeof text).toBe('string')
        expect(text).not.toMatch(/\n\n\n/)
        const { text: stored } = normalizeText(text, { graphemes: 5_000, bytes: 32_768 })
        expect(normalizeText(stored, { graphemes: 5_000, bytes: 32_768 }).text).toBe(stored)
      }),
    )
  })
})

function escaped(text: string): string {
  return text.replace(
    /[&<>"]/g,
    (sign) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' })[sign] ?? sign,
  )
}
