import type { Page } from 'playwright-core'

/** Where a text stands on a page, and what stands in it without being of it. */
export interface Pick {
  at: string
  without?: string
}

/** What a page holds. */
export interface Survey {
  /** every kind of element with every attribute of its own, and what else is none of ours, once */
  parts: string[]
  /** the same, of what stands in published comments */
  inComments: string[]
  /** links in them that lead elsewhere than they say, or hold a login */
  misleading: string[]
  /** what stands at each pick: values of fields, otherwise words, where `p` begins a paragraph and `br` a line */
  texts: Record<string, string[]>
  /** texts whose layout shows something else, such as one space for two */
  shownOtherwise: string[]
  /** pixels by which the page is wider than its window */
  sideways: number
}

/** What a browser asks for, and sends in a form's body. */
export interface Asking {
  url: string
  body?: Record<string, string>
}

/** What stands on the page that is open. */
export async function survey(page: Page, picks: Record<string, Pick>): Promise<Survey> {
  const [found] = await page.evaluate(look, { picks, askings: null })
  if (!found) throw new Error('no page')
  return found
}

/**
 * What stands on the pages that answer: the open page asks for them, and its browser reads them without showing them.
 * So each of many strings can be alone on its page.
 */
export function surveyAnswers(page: Page, picks: Record<string, Pick>, askings: Asking[]): Promise<Survey[]> {
  return page.evaluate(look, { picks, askings })
}

/** Runs in the browser, and so has with it all that it needs. */
/* oxlint-disable unicorn/consistent-function-scoping */
async function look({
  picks,
  askings,
}: {
  picks: Record<string, { at: string; without?: string }>
  askings: { url: string; body?: Record<string, string> }[] | null
}) {
  function read(node: Node, without: string | undefined): string {
    if (node instanceof HTMLTextAreaElement || node instanceof HTMLInputElement) return node.value
    let text = ''
    for (const child of node.childNodes) {
      if (child instanceof Text) text += child.data
      if (!(child instanceof Element) || (without !== undefined && child.matches(without))) continue
      if (child.localName === 'br') text += '\n'
      text += (child.localName === 'p' && text !== '' ? '\n\n' : '') + read(child, without)
    }
    return text
  }

  function partsOf(elements: Iterable<Element>): string[] {
    const parts = new Set<string>()
    for (const element of elements) {
      const isHtml = element.namespaceURI === 'http://www.w3.org/1999/xhtml'
      const isData = isHtml && element.matches('script[type="application/ld+json"]:not([src])')
      // A program that stands in the page itself is never ours.
      const isProgram = isHtml && element.matches('script[src]')
      const own = isData ? 'ld+json' : isProgram ? 'program' : element.localName
      const name = isHtml ? own : `foreign ${element.localName}`
      parts.add(name)
      for (const { name: attribute, value } of element.attributes) parts.add(`${name} ${attribute}=${value}`)
    }
    return [...parts]
  }

  function misleads(link: Element): boolean {
    if (!(link instanceof HTMLAnchorElement) || link.getAttribute('href') !== link.textContent) return true
    return !/^https?:$/.test(link.protocol) || link.username !== '' || link.password !== ''
  }

  function strangers(page: Document): string[] {
    const comments = page.createNodeIterator(page, NodeFilter.SHOW_COMMENT)
    const found = comments.nextNode() ? ['a comment of HTML'] : []
    return page.compatMode === 'CSS1Compat' ? found : [...found, 'a page in quirks mode']
  }

  function surveyOf(page: Document) {
    const texts: Record<string, string[]> = {}
    const shownOtherwise: string[] = []
    for (const [name, { at, without }] of Object.entries(picks)) {
      const elements = [...page.querySelectorAll(at)]
      texts[name] = elements.map((element) => read(element, without))
      for (const element of elements) {
        const isShown = askings === null && without === undefined && !element.closest('head, select')
        if (!isShown || !(element instanceof HTMLElement) || 'value' in element) continue
        const shown = element.innerText
        if (shown !== read(element, without)) shownOtherwise.push(shown)
      }
    }
    return {
      parts: [...partsOf(page.querySelectorAll('*')), ...strangers(page)],
      inComments: partsOf(page.querySelectorAll('ol.comments > li > div *')),
      misleading: [...page.querySelectorAll('ol.comments > li > div a')]
        .filter(misleads)
        .map(({ outerHTML }) => outerHTML),
      texts,
      shownOtherwise,
      sideways: askings === null ? page.documentElement.scrollWidth - window.innerWidth : 0,
    }
  }

  if (askings === null) {
    for (const details of document.querySelectorAll('details')) details.open = true
    return [surveyOf(document)]
  }
  return Promise.all(
    askings.map(async ({ url, body }) => {
      const answer = await fetch(url, body ? { method: 'POST', body: new URLSearchParams(body) } : {})
      return surveyOf(new DOMParser().parseFromString(await answer.text(), 'text/html'))
    }),
  )
}
