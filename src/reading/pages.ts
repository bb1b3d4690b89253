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
  /** who asks from now on gets what is made from now on; what is being made stays for those who cannot be told more */
  makeAnew(now: number): void
}

/** A page on its way, and what changed since that was begun. */
interface Making {
  page: Promise<Page>
  outdatedAt: number | null
  /** subjects of which something went, or became another */
  gone: Set<string>
  isForgotten: boolean
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
  /** by address, what whoever asks now gets; and all, for those too who asked earlier */
  const beingMade = new Map<string, Making>()
  const underWay = new Set<Making>()

  function keep(address: string, page: Page): void {
    kept.set(address, page)
    if (!kept.has(address)) return
    for (const subject of subjectsOf(page)) {
      const addresses = addressesOf.get(subject) ?? new Set()
      addressesOf.set(subject, addresses.add(address))
    }
  }

  /** What changed meanwhile may be missing in it: then it serves those who wait for it, and whoever cannot be told more. */
  function keepMade(address: string, page: Page, { outdatedAt, gone, isForgotten }: Making): void {
    if (isForgotten || subjectsOf(page).some((subject) => gone.has(subject))) return
    const before = kept.peek(address)
    const isBetter = before === undefined || (before.outdatedAt !== null && before.madeAt < page.madeAt)
    // A copy, because whoever waited for it gets what was made when they asked.
    if (outdatedAt === null) keep(address, page)
    else if (isBetter) keep(address, { ...page, outdatedAt })
  }

  function outdate(now: number): void {
    for (const making of underWay) making.outdatedAt ??= now
    beingMade.clear()
  }

  return {
    get(address) {
      const page = kept.get(address)
      return page?.outdatedAt === null ? page : undefined
    },
    last: (address) => kept.get(address),
    make(address, build) {
      const already = beingMade.get(address)
      if (already) return already.page
      const making = { page: build(), outdatedAt: null, gone: new Set<string>(), isForgotten: false }
      const page = making.page
        .then((made) => {
          keepMade(address, made, making)
          return made
        })
        .finally(() => {
          underWay.delete(making)
          if (beingMade.get(address) === making) beingMade.delete(address)
        })
      making.page = page
      underWay.add(making)
      beingMade.set(address, making)
      return page
    },
    forget(change, now) {
      const onlyAdds = change.what === 'article' && change.onlyAdds === true
      const subjects = subjectsIn(change)
      outdate(now)
      if (!onlyAdds) for (const { gone } of underWay) for (const subject of subjects) gone.add(subject)
      // Copies: whatever is deleted leaves the set that is gone through.
      for (const address of subjects.flatMap((subject) => [...(addressesOf.get(subject) ?? [])])) {
        const page = kept.peek(address)
        if (page && onlyAdds) page.outdatedAt ??= now
        else kept.delete(address)
      }
    },
    forgetAll() {
      for (const making of underWay) making.isForgotten = true
      beingMade.clear()
      kept.clear()
    },
    makeAnew: outdate,
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
