import { openStage, type Stage, type Visitor } from '../support/browser.ts'
import { foreignInTexts, foreignParts } from '../support/own-parts.ts'
import { survey } from '../support/survey.ts'

describe('what looks for foreign parts of a page', () => {
  let stage: Stage
  let visitor: Visitor

  beforeAll(async () => {
    stage = await openStage()
    visitor = await stage.visitor()
  })
  afterAll(() => stage.close())

  const look = async (body: string) => {
    await visitor.page.setContent(`<!doctype html><html lang="en"><body>${body}</body></html>`)
    return survey(visitor.page, {
      words: { at: '.words', without: 'mark.unseen' },
      fields: { at: 'textarea, input' },
    })
  }

  test.each([
    ['<script></script>', 'script'],
    ['<p onclick="1">x</p>', 'p onclick=1'],
    ['<img>', 'img'],
    ['<svg></svg>', 'foreign svg'],
    ['<script>1</script>', 'script'],
    ['<math></math>', 'foreign math'],
    ['<b>x</b>', 'b'],
    ['<p style="color:red">x</p>', 'p style=color:red'],
    ['<a href="javascript:1">x</a>', 'a href=javascript:1'],
    ['<a href="//evil.example">x</a>', 'a href=//evil.example'],
    ['<a href="/a" target="_blank">x</a>', 'a target=_blank'],
    ['<form action="https://evil.example/"></form>', 'form action=https://evil.example/'],
    ['<button formaction="/x">x</button>', 'button formaction=/x'],
    ['<input type="image">', 'input type=image'],
    ['<!-- x -->', 'a comment of HTML'],
  ])('finds %s', async (html, part) => {
    const { parts } = await look(html)
    expect(foreignParts(parts)).toEqual([part])
  })

  test('finds nothing on a page of ours', async () => {
    const { parts } = await look('<p dir="auto">one<br>two <a href="https://news.example">a link</a></p>')
    expect(foreignParts(parts)).toEqual([])
  })

  test('lets a comment be paragraphs, lines and links', async () => {
    const { inComments } = await look(
      '<ol class="comments"><li><div><p dir="auto">x<br><a href="/x">y</a></p><p class="quiet"><bdi>z</bdi></p></div></li></ol>',
    )
    expect(foreignInTexts(inComments)).toEqual(['a href=/x', 'p class=quiet', 'bdi'])
  })

  test('finds links in comments that lead elsewhere than they say, or hold a login', async () => {
    const links = [
      '<a href="https://evil.example/">https://bank.example/</a>',
      '<a href="https://a:b@evil.example/">https://a:b@evil.example/</a>',
    ]
    const honest = '<a href="https://news.example/?a=1">https://news.example/?a=1</a>'
    const { misleading } = await look(
      `<ol class="comments"><li><div>${links.join('')}${honest}</div></li></ol>`,
    )
    expect(misleading).toEqual(links)
  })

  test('reads texts and fields, and tells what is laid out otherwise, and what is too wide', async () => {
    const { texts, shownOtherwise, sideways } = await look(
      '<p class="words">two  spaces<mark class="unseen">!</mark></p><textarea>\n\nx</textarea><i style="display:inline-block;width:9999px"></i>',
    )
    expect(texts).toEqual({ words: ['two  spaces'], fields: ['\nx'] })
    expect(shownOtherwise).toEqual([])
    expect(sideways).toBeGreaterThan(1_000)
    await visitor.page.setContent('<!doctype html><p class="words">two  spaces</p>')
    const plain = await survey(visitor.page, { words: { at: '.words' } })
    expect(plain.shownOtherwise).toEqual(['two spaces'])
  })
})
