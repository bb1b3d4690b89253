import type { EmbedView } from '../pages/embed/view.ts'
import { discussion } from './discussion.ts'
import { make } from './make.ts'
import { type Place, readView } from './service.ts'
import { sheet } from './style.ts'
import type { EventName } from './talk.ts'

/** Milliseconds after which somebody who sees the list learns whether there is something newer. */
const between = 60_000
/** How far from view it is loaded. */
const margin = '600px'

/** Where this program came from; a page that keeps a copy of its own says where the service is. */
const home = new URL('.', import.meta.url).href

/** `<postbag-comments site article>`: the comments of an article and the form, in a shadow root of its own. */
export class PostbagComments extends HTMLElement {
  static observedAttributes = ['service', 'site', 'article', 'lang', 'order']

  readonly #root = this.attachShadow({ mode: 'open' })
  readonly #inView = new IntersectionObserver((seen) => this.#see(seen.at(-1)?.isIntersecting === true), {
    rootMargin: margin,
  })
  #isInView = false
  #timer: ReturnType<typeof setTimeout> | undefined
  /** changes with every article, so that an answer about another one is told apart */
  #turn = 0
  #refresh: (() => Promise<void>) | undefined

  constructor() {
    super()
    this.#root.adoptedStyleSheets = [sheet()]
    this.#root.append(make('slot'))
  }

  connectedCallback(): void {
    this.#inView.observe(this)
    if (this.getAttribute('loading') === 'eager' || location.hash.length > 30) this.#see(true)
  }

  disconnectedCallback(): void {
    this.#inView.disconnect()
    this.#isInView = false
    clearTimeout(this.#timer)
  }

  attributeChangedCallback(_name: string, before: string | null, now: string | null): void {
    if (before === now || this.#turn === 0) return
    this.#refresh = undefined
    this.#turn += 1
    this.#root.replaceChildren(make('slot'))
    if (this.#isInView) void this.#load()
  }

  /** Looks whether there is something newer. Resolves when that is known. */
  async refresh(): Promise<void> {
    await (this.#refresh ?? (() => this.#load()))()
  }

  #see(isInView: boolean): void {
    const wasInView = this.#isInView
    this.#isInView = isInView
    clearTimeout(this.#timer)
    if (!isInView || wasInView) return
    if (this.#refresh) this.#later()
    else void this.#load()
  }

  /** Looks again after a while, if it is seen then, and the page is. */
  #later(): void {
    clearTimeout(this.#timer)
    if (this.getAttribute('newer') === 'button') return
    this.#timer = setTimeout(() => {
      const isSeen = this.#isInView && document.visibilityState === 'visible'
      const looking = isSeen ? this.refresh() : Promise.resolve()
      void looking.catch(() => undefined).finally(() => this.#later())
    }, between)
  }

  get #place(): Place {
    const given = this.getAttribute('article')
    const canonical = document.querySelector<HTMLLinkElement>('link[rel=canonical]')?.href
    return {
      service: new URL(this.getAttribute('service') ?? home, document.baseURI).href,
      site: this.getAttribute('site') ?? '',
      article: given ?? canonical ?? `${location.origin}${location.pathname}`,
      lang: this.getAttribute('lang'),
    }
  }

  async #load(): Promise<void> {
    const turn = (this.#turn += 1)
    const place = this.#place
    const order = this.getAttribute('order') === 'oldest' ? 'oldest' : 'newest'
    this.setAttribute('aria-busy', 'true')
    try {
      const view = await readView(place, { order })
      if (turn === this.#turn) this.#show(place, order, view)
    } catch {
      if (turn !== this.#turn) return
      // What the page had in here stays; without a language there is nothing else to say.
      if (this.childElementCount === 0) this.#root.replaceChildren(linkTo(place))
      this.#tell('postbag-failed', { code: navigator.onLine ? 'unavailable' : 'offline' })
      this.#later()
    } finally {
      if (turn === this.#turn) this.removeAttribute('aria-busy')
    }
  }

  #show(place: Place, order: string, view: EmbedView): void {
    const shown = discussion(place, order, view, (what, detail) => this.#tell(what, detail))
    this.#refresh = shown.refresh
    this.#root.replaceChildren(shown.element)
    this.#root.getElementById(location.hash.slice(1))?.scrollIntoView()
    this.#tell('postbag-ready', { count: view.article.count })
    this.#later()
  }

  #tell(what: EventName, detail: Record<string, string | number> = {}): void {
    this.dispatchEvent(new CustomEvent(what, { bubbles: true, composed: true, detail }))
  }
}

/** Where the service has the article, in the only words that need no language. */
function linkTo({ service, site, article }: Place): HTMLElement {
  const { href } = new URL(`${site}/articles/${encodeURIComponent(article)}`, service)
  return make('p', {}, make('a', { href }, href))
}
