import { make } from './make.ts'

/** The most that one request may ask for. */
const most = 100

const home = new URL('.', import.meta.url).href

/** `<postbag-count site article>`: how many comments an article shows. All of a page are asked for in one request. */
export class PostbagCount extends HTMLElement {
  connectedCallback(): void {
    if (waiting.size === 0) queueMicrotask(askAll)
    waiting.add(this)
  }
}

const waiting = new Set<PostbagCount>()

function askAll(): void {
  const bySite = new Map<string, PostbagCount[]>()
  for (const one of waiting) {
    const site = `${new URL(one.getAttribute('service') ?? home, document.baseURI).href}v1/sites/${one.getAttribute('site')}`
    bySite.set(site, [...(bySite.get(site) ?? []), one])
  }
  waiting.clear()
  for (const [site, elements] of bySite) void askFor(site, elements)
}

async function askFor(site: string, elements: readonly PostbagCount[]): Promise<void> {
  // In one order, so that every reader of a page asks for the same.
  const articles = [...new Set(elements.map(articleOf))].toSorted()
  for (let at = 0; at < articles.length; at += most) {
    const query = new URLSearchParams(articles.slice(at, at + most).map((article) => ['article', article]))
    try {
      const answer = await fetch(`${site}/counts?${query}`, {
        credentials: 'omit',
        referrerPolicy: 'no-referrer',
      })
      if (!answer.ok) continue
      const { counts } = await answer.json()
      for (const element of elements) tell(element, counts[articleOf(element)])
    } catch {
      // What the page had in there stays.
    }
  }
}

function tell(element: PostbagCount, count: unknown): void {
  if (typeof count !== 'number') return
  const language = element.closest('[lang]')?.getAttribute('lang') || 'en'
  element.replaceChildren(make('span', {}, figure(count, language)))
}

function figure(count: number, language: string): string {
  try {
    return new Intl.NumberFormat([language, 'en']).format(count)
  } catch {
    return String(count)
  }
}

function articleOf(element: PostbagCount): string {
  return element.getAttribute('article') ?? ''
}
