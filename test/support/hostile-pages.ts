import type { Visitor } from './browser.ts'
import { packed, publishable } from './hostile-world.ts'
import { foreignInTexts, foreignParts } from './own-parts.ts'
import { type Pick, type Survey, survey } from './survey.ts'

/** Where a page shows what people wrote. */
export const onTheDesk = {
  names: { at: '.queue > li > .by > bdi' },
  words: { at: '.queue > li > .words', without: 'mark.unseen, sup' },
  fields: { at: '.queue textarea[name=text]' },
  titles: { at: '.queue > li > .by a' },
  rules: { at: '.queue > li:first-child option' },
}
export const onAnArticle = {
  title: { at: 'title' },
  site: { at: 'header bdi' },
  heading: { at: 'h1' },
  names: { at: '.comments > li > .by > bdi' },
  texts: { at: '.comments > li > div' },
  notice: { at: '#notice' },
}
export const inTheForm = { text: { at: '#text' }, name: { at: '#name' } }
export const onOnesOwnPage = {
  words: { at: 'section .words' },
  before: { at: 'section .words:has(ins, del)', without: 'ins' },
  after: { at: 'section .words:has(ins, del)', without: 'del' },
  reason: { at: 'main > section > h2 + p.signal' },
  rules: { at: 'main > section > p:has(> a[href*="/terms#"])' },
  ruleTexts: { at: 'main > section > p:has(> a[href*="/terms#"]) + p' },
  field: { at: '#text' },
}
export const inTheTerms = {
  title: { at: 'title' },
  introduction: { at: 'main > p[dir=auto]' },
  titles: { at: '.rules > li > h2' },
  texts: { at: '.rules > li > p' },
}

/** The texts of a page, on which nothing is that is not ours, and everything looks as it is. */
export function seen({
  parts,
  inComments,
  texts,
  misleading,
  shownOtherwise,
  sideways,
}: Survey): Record<string, string[]> {
  expect(foreignParts(parts)).toEqual([])
  expect(foreignInTexts(inComments)).toEqual([])
  expect(misleading).toEqual([])
  expect(shownOtherwise).toEqual([])
  expect(sideways).toBeLessThanOrEqual(0)
  return texts
}

/** The texts of the page that is open. */
export async function see({ page }: Visitor, picks: Record<string, Pick>): Promise<Record<string, string[]>> {
  return seen(await survey(page, picks))
}

/** Presses what leads to another page; at once, and so without waiting for it to come into view. */
export async function press({ page }: Visitor, selector: string): Promise<void> {
  await Promise.all([
    page.waitForNavigation(),
    page.locator(selector).evaluate((button: HTMLElement) => button.click()),
  ])
}

/** Fills a field in, at once. */
export async function type({ page }: Visitor, selector: string, text: string): Promise<void> {
  await page.locator(selector).evaluate((field: HTMLTextAreaElement, typed) => {
    field.value = typed
  }, text)
}

/** The texts of the page at an address and of those that its last link leads to, one after the other. */
export async function seenOnAll(
  { page }: Visitor,
  address: string,
  picks: Record<string, Pick>,
  further: string,
) {
  const all: Record<string, string[]> = {}
  for (let url: string | null = address; url; ) {
    await page.goto(url)
    for (const [name, texts] of Object.entries(seen(await survey(page, picks)))) {
      all[name] = [...(all[name] ?? []), ...texts]
    }
    const next = page.locator(`a[href^="${further}"]`)
    url = (await next.count()) > 0 ? new URL(`${await next.getAttribute('href')}`, url).href : null
  }
  return all
}

/** As a form brings it back: line breaks are LF, and what HTML cannot hold is U+FFFD. */
export function asTyped(text: string): string {
  return text.replaceAll(/\r\n?/g, '\n').replaceAll('\0', '\uFFFD').toWellFormed()
}

/** As an article shows it: of blank lines, one. */
export function inParagraphs(text: string): string {
  return text
    .split('\n')
    .map((line) => (line.trim() === '' ? '' : line))
    .join('\n')
    .replaceAll(/\n{3,}/g, '\n\n')
}

/** As an article's key: on one line. */
export function asKey(string: string): string {
  return publishable(string).replaceAll(/\p{Cc}/gu, ' ')
}

/** As many of them as a reason has room for; in `{{…}}` stands what is still to be filled in there, and is refused. */
export function reasonOf(strings: readonly string[]): string {
  return packed(
    strings.map(publishable).filter((string) => !string.includes('{{')),
    3_900,
  )
}
