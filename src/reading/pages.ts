import { LRUCache } from 'lru-cache'
import { type Page, weightOf } from './page.ts'
import type { Change } from './shown.ts'

/** Pages by the address under which they are asked for: as many as find room, and of these what is asked for most lately. */
export interface Pages {
  get(address: string): Page | undefined
  /** the same, or the one that was there until something was added to what it shows */
  last(address: string): Page | undefined
  /** makes a page and keeps it; whoever asks meanwhile gets the same one */
  make(address: string, build: () => Promise<Page>): Promise<Page>
  /**
   * Forgets what hangs on what has changed, also where it is just being made. Where something was only added, it stays for
   * those who cannot be told more; `now` is on the monotonic clock.
   */
  forget(change: Change, now: number): void
  forgetAll(): void
  /** keeps nothing that is being made: who asks from now on gets what is made from now on */
  makeAnew(): void
}

/** `mostBytes` bounds what all pages together may hold. */
export function boundedPages(mostBytes: number): Pages {
  const addressesOf = new Map<string, Set<string>>()
  const kept = new LRUCache<string, Page>({
    maxSize: mostBytes,
    sizeCalculation: weightOf,
    dispose: (page, address) => {
      for (const subject of subjectsOf(page)) {
        const addresses = addressesOf.get(subject)
        addresses?.delete(address)
        if (addresses?.size === 0) addressesOf.delete(subject)
      }
    },
  })
  const beingMade = new Map<string, Promise<Page>>()

  function keep(address: string, page: Page): void {
    kept.set(address, page)
    if (!kept.has(address)) return
    for (const subject of subjectsOf(page)) {
      const addresses = addressesOf.get(subject) ?? new Set()
      addressesOf.set(subject, addresses.add(address))
    }
  }

  return {
    get(address) {
      const page = kept.get(address)
      return page?.outdatedAt === null ? page : undefined
    },
    last: (address) => kept.get(address),
    make(address, build) {
      const already = beingMade.get(address)
      if (already) return already
      const making = build()
        .then((page) => {
          // What changed meanwhile may be missing in it: then it serves those who wait for it, and nobody after.
          if (beingMade.get(address) === making) keep(address, page)
          return page
        })
        .finally(() => {
          if (beingMade.get(address) === making) beingMade.delete(address)
        })
      beingMade.set(address, making)
      return making
    },
    forget(change, now) {
      beingMade.clear()
      // Copies: whatever is deleted leaves the set that is gone through.
      const addresses = subjectsIn(change).flatMap((subject) => [...(addressesOf.get(subject) ?? [])])
      const onlyAdds = change.what === 'article' && change.onlyAdds === true
      for (const address of addresses) {
        const page = kept.peek(address)
        if (page && onlyAdds) page.outdatedAt ??= now
        else kept.delete(address)
      }
    },
    forgetAll() {
      beingMade.clear()
      kept.clear()
    },
    makeAnew: () => beingMade.clear(),
  }
}

/** What a change is a change of. */
function subjectsIn(change: Change): string[] {
  const { what, site } = change
  return what === 'article' ? [`article ${change.article}`, `every article ${site}`] : [`${what} ${site}`]
}

/** What a page hangs on. */
function subjectsOf({ shown: { site, articles, everyArticle = false, lacks } }: Page): string[] {
  return [
    `site ${site}`,
    ...articles.map((article) => `article ${article}`),
    ...(everyArticle ? [`every article ${site}`] : []),
    ...(lacks ? [`absent ${site}`] : []),
  ]
}
