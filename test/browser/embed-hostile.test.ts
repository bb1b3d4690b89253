import { type Embedding, openEmbedding, type Site } from '../support/embedding.ts'
import { lotsOf, nothingToRead } from '../support/hostile-strings.ts'
import { eightAtOnce } from '../support/hostile-world.ts'
import { ask } from '../support/house.ts'
import { published } from '../support/people.ts'

/** Several strings to a comment, and each lot's first as the name of whoever wrote it. */
const lots = lotsOf(12).map(({ strings }) => ({
  text: ['Read:', ...strings.map((one) => one.slice(0, 1_000))].join('\n\n'),
  name: Array.from(strings.find((one) => !nothingToRead.has(one)) ?? '')
    .slice(0, 60)
    .join(''),
}))

describe('hostile words in the embed', () => {
  let embedding: Embedding
  let site: Site

  beforeAll(async () => {
    embedding = await openEmbedding()
    site = await embedding.site({
      limits: { textGraphemes: 20_000, textBytes: 65_536, nameGraphemes: 200 },
    })
    await eightAtOnce(lots, (lot) => site.published(lot))
  }, 60_000)
  afterAll(() => embedding.close())

  test('are words: nothing of them runs, is asked for, or leaves its box', async () => {
    const stored: { id: string; name: string | null; text: string }[] = await published(
      embedding.stage.house,
      site.key,
      'news',
      '?limit=100',
    )
    expect(stored.length).toBeGreaterThan(60)
    const { page, complaints, requests, context } = await site.open({
      visitor: { viewport: { width: 320, height: 640 } },
    })
    const older = page.getByRole('button', { name: 'Older comments' })
    while (await older.isVisible()) {
      const before = await page.locator('.words').count()
      await older.click()
      await page.waitForFunction(
        (count) =>
          document.querySelector('postbag-comments')?.shadowRoot?.querySelectorAll('.words').length !== count,
        before,
      )
    }
    const seen = await page.locator('postbag-comments .list > li').evaluateAll((items) =>
      items.map((item) => {
        const words = item.querySelector('.words')
        const elements = [...(words?.querySelectorAll('*') ?? [])]
        const { right } = item.getBoundingClientRect()
        return {
          id: item.id,
          name: item.querySelector('bdi')?.textContent ?? null,
          text: [...(words?.querySelectorAll('p') ?? [])]
            .map((paragraph) =>
              [...paragraph.childNodes]
                .map((node) => (node instanceof HTMLBRElement ? '\n' : node.textContent))
                .join(''),
            )
            .join('\n\n'),
          foreign: elements.filter(
            (one) => !one.matches('p[dir=auto], br, a[rel="nofollow ugc noopener noreferrer"]'),
          ).length,
          misleading: elements.filter(
            (one) => one instanceof HTMLAnchorElement && one.getAttribute('href') !== one.textContent,
          ).length,
          outside: [...item.querySelectorAll('.by, .words, .actions')].filter(
            (one) => one.getBoundingClientRect().right > right + 1,
          ).length,
          clipped: words ? getComputedStyle(words).overflow : '',
        }
      }),
    )
    expect(seen).toEqual(
      stored.map(({ id, name, text }) => ({
        id,
        name,
        text: asShown(text),
        foreign: 0,
        misleading: 0,
        outside: 0,
        clipped: 'clip',
      })),
    )
    expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(
      0,
    )
    expect(complaints).toEqual([])
    const ours = [embedding.stage.baseUrl, embedding.publisher.origin]
    expect(requests.filter((url) => !ours.some((one) => url.startsWith(`${one}/`)))).toEqual([])
    await context.close()
  })

  test('are kept in the form, in its draft, and in what waits, letter for letter', async () => {
    const { page, complaints, context } = await site.open()
    const text = lots[3]?.text ?? ''
    await page.locator('textarea').fill(text)
    await page.locator('input').fill('<img src=x onerror=alert(1)>')
    const kept = await page.locator('textarea').inputValue()
    await page.reload()
    await page.locator('textarea').waitFor()
    expect(await page.locator('textarea').inputValue()).toBe(kept)
    await page.locator('.send').click()
    const receipt = (await page.locator('.receipt code').textContent()) ?? ''
    const { body } = await ask(embedding.stage.house, 'GET', '/v1/receipt', { key: receipt })
    expect(body.submitted.name).toBe('<img src=x onerror=alert(1)>')
    expect(await page.locator('.waiting bdi').textContent()).toBe('<img src=x onerror=alert(1)>')
    expect(await page.locator('.waiting :not(p, br, bdi, div, a)').count()).toBe(0)
    expect(complaints).toEqual([])
    await context.close()
  })

  test('are words in what a publisher writes: the notice, the rules, the texts', async () => {
    const markup = '<img src=x onerror=alert(1)><script>alert(1)</script>'
    const other = await embedding.site({ notice: markup, name: markup })
    const { house } = embedding.stage
    await ask(house, 'PUT', `/v1/sites/${other.key}/texts/en`, {
      key: house.admin,
      body: { 'form.title': "'<img src=x onerror=alert(1)>'" },
    })
    await other.published()
    const { page, complaints, context } = await other.open()
    expect(await page.locator('.notice bdi').textContent()).toBe(markup)
    expect(await page.locator('.write h3').textContent()).toBe('<img src=x onerror=alert(1)>')
    expect(await page.locator('postbag-comments :is(img, script)').count()).toBe(0)
    expect(complaints).toEqual([])
    await context.close()
  })
})

/** Paragraphs as they are shown, whatever was between them. */
function asShown(text: string): string {
  return text
    .replaceAll(/^\s*$/gm, '')
    .replaceAll(/\n{2,}/g, '\n\n')
    .replace(/^\n+|\n+$/g, '')
}
