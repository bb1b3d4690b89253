import type { Database, Sql } from '../database/client.ts'
import { isDatabaseAway } from '../database/faults.ts'
import type { Known, Replicas } from '../database/replicas.ts'
import { type ChangeRow, type Changes, changesSince } from './changes-store.ts'
import { type Page, pageOf } from './page.ts'
import { boundedPages, type Pages } from './pages.ts'
import type { Body, Change, Shown } from './shown.ts'

/** What everybody may see, kept as bytes, and known to be what the database says. */
export interface PublicMemory {
  /** a page that may be sent without asking anybody; undefined where something has to be asked first */
  held(address: string): Page | undefined
  /** the page at an address: from memory, or built by the database's word, be it the primary's or a replica's */
  read(address: string, build: (reader: Sql) => Promise<Shown<Body>>): Promise<Page>
  /** seconds for which nobody could say whether a page is still what everybody sees; 0 while that is known */
  age(page: Page): number
  /** Something was changed through this process: before anything else is sent, the database is asked what. */
  suspect(): void
  /** Asks the database what has changed, and forgets it. */
  catchUp(): Promise<void>
  /** Forgets everything. */
  forget(): void
}

export interface MemoryOptions {
  /** bytes that all pages together may hold */
  bytes: number
  /** milliseconds for which pages are sent before the database is asked again whether something changed */
  trustFor: number
  /** milliseconds for which pages are sent while the database cannot be asked */
  serveFor: number
  /** from which pages are built where they have seen all that is known here */
  replicas?: Replicas
}

/** As the promise has it, nothing that is gone shows for longer than two seconds, though nobody be told of it. */
export const usualMemory: MemoryOptions = { bytes: 64 * 2 ** 20, trustFor: 2_000, serveFor: 300_000 }

/** Readers of a page that is there wait no longer for a database that does not answer, in milliseconds. */
const patience = 500
/** And no longer than this for a page with what was added to it lately. */
const patienceForNews = 2_000
/** After a failure, or without an answer, nobody waits for one for this long. */
const pause = 1_000
/** A clock that was set makes every time that was computed from it worthless; ordinary ones drift less in a second. */
const tolerance = 1_000

/** What is known is fresh for this long, in milliseconds: whoever builds from a replica asks no sooner again. */
const fresh = 25

export function publicMemory(db: Pick<Database, 'desk' | 'reader'>, options: MemoryOptions): PublicMemory {
  const { replicas } = options
  const pages = boundedPages(options.bytes)
  const follow = follower(pages)
  /** how many changes this process made, and how many of them the database was asked about since */
  let [made, seen] = [0, 0]
  /** on the monotonic clock */
  let [knownAt, failedAt] = [-Infinity, -Infinity]
  let asking: Promise<void> | undefined
  let askingAgain: Promise<void> | undefined
  /** what the primary said when it was asked last */
  let known: Known | undefined

  /** Milliseconds since a page was certainly what everybody sees. */
  const unknownFor = ({ madeAt, outdatedAt }: Page) =>
    performance.now() - (outdatedAt ?? Math.max(knownAt, madeAt))
  const maySend = (page: Page) => unknownFor(page) < options.serveFor
  const isSure = (now: number) => made === seen && now - knownAt < options.trustFor

  /** Every call looks at what was committed before it. */
  function catchUp(): Promise<void> {
    if (!asking) return ask()
    askingAgain ??= asking.catch(() => undefined).then(ask)
    return askingAgain
  }

  function ask(): Promise<void> {
    askingAgain = undefined
    const [began, madeBefore] = [performance.now(), made]
    asking = changesSince(db.desk, follow.position(), replicas !== undefined)
      .then((changes) => {
        follow(changes, { began, ended: performance.now() })
        known = knownOf(changes, began)
        knownAt = began
        seen = madeBefore
        return undefined
      })
      .catch((error: unknown) => {
        failedAt = performance.now()
        throw error
      })
      .finally(() => {
        asking = undefined
      })
    return asking
  }

  /** Whether what is kept is what the database says; false where it cannot be asked, or does not answer soon. */
  async function isKnown(): Promise<boolean> {
    const now = performance.now()
    if (isSure(now)) return true
    if (now - failedAt < pause) return false
    const asked = catchUp().then(
      () => true,
      (error: unknown) => {
        if (isDatabaseAway(error)) return false
        throw error
      },
    )
    const isAnswered = await Promise.race([asked, after(patience)])
    if (!isAnswered) failedAt = performance.now()
    return isAnswered
  }

  /** Asked before a page is begun: what changes while one is made, is not kept. */
  async function freshen(): Promise<void> {
    const now = performance.now()
    if (!replicas || now - failedAt < pause || (made === seen && now - knownAt < fresh)) return
    await Promise.race([catchUp().catch(() => undefined), after(patience)])
  }

  /** Where everything that is known here has to be seen, and a replica has not, the primary is asked. */
  async function buildBy<T>(build: (reader: Sql) => Promise<T>): Promise<T> {
    const found = made === seen && known ? await replicas?.read(known, build) : undefined
    return found ? found.answer : build(db.reader)
  }

  /** What is made now; where the database cannot be asked for it, or not soon, what was there before. */
  async function madeOrLast(make: () => Promise<Page>, last: Page | undefined): Promise<Page> {
    if (!last || !maySend(last)) return make()
    if (performance.now() - failedAt < pause) return last
    const newest = make().catch((error: unknown) => {
      if (!isDatabaseAway(error)) throw error
      return undefined
    })
    const page = await Promise.race([newest, after(patienceForNews)])
    if (page) return page
    failedAt = performance.now()
    return last
  }

  return {
    held(address) {
      const now = performance.now()
      if (!isSure(now)) return undefined
      // Asked before it has to be, so that nobody waits for the answer.
      if (now - knownAt > options.trustFor / 2 && !asking) catchUp().catch(() => undefined)
      const page = pages.get(address)
      return page && now < page.until ? page : undefined
    },
    async read(address, build) {
      const make = async () => {
        await freshen()
        return pages.make(address, async () => pageOf(await buildBy(build), performance.now()))
      }
      const before = pages.get(address)
      if (!before) return madeOrLast(make, pages.last(address))
      if (await isKnown()) {
        const page = pages.get(address)
        return page && performance.now() < page.until ? page : madeOrLast(make, pages.last(address))
      }
      return maySend(before) ? before : make()
    },
    age(page) {
      if (page.outdatedAt !== null) return Math.ceil(unknownFor(page) / 1_000)
      return isSure(performance.now()) ? 0 : Math.floor(unknownFor(page) / 1_000)
    },
    suspect: () => {
      made += 1
      pages.makeAnew(performance.now())
    },
    catchUp,
    forget: () => pages.forgetAll(),
  }
}

/** When the database was asked something and had answered, on the monotonic clock. */
interface Asked {
  began: number
  ended: number
}

interface Follower {
  (changes: Changes, asked: Asked): void
  /** where the next look begins */
  position(): string | null
}

/** Passes on each change once, and everything where something may have been missed. */
function follower(pages: Pick<Pages, 'forget' | 'forgetAll'>): Follower {
  let position: string | null = null
  let passedOn = new Set<string>()
  /** how far the database's clock is before the one here: at least, and at most */
  let clock: { least: number; most: number } | undefined

  function follow({ changes, now, summedUpTo, position: next }: Changes, { began, ended }: Asked): void {
    // It was looked at somewhere between the question and the answer, however long that took.
    const before = { least: now - ended, most: now - began }
    const isSet =
      clock !== undefined && Math.max(before.least - clock.most, clock.least - before.most) > tolerance
    if (position === null || isSet || BigInt(summedUpTo) >= BigInt(position)) pages.forgetAll()
    for (const change of changes) {
      if (!passedOn.has(change.id)) pages.forget(changeIn(change), performance.now())
    }
    passedOn = new Set(changes.map(({ id }) => id))
    clock = before
    position = next
  }
  return Object.assign(follow, { position: () => position })
}

/** Where the log's end was asked for. */
function knownOf({ lsn, now }: Changes, askedAt: number): Known | undefined {
  return lsn === null ? undefined : { lsn, moment: now, askedAt, answeredAt: performance.now() }
}

function changeIn({ what, site, article, published }: ChangeRow): Change {
  return what === 'article' ? { what, article: article ?? '', site, onlyAdds: published > 0 } : { what, site }
}

/** False, after so many milliseconds. */
function after(milliseconds: number): Promise<false> {
  return new Promise((resolve) => {
    setTimeout(() => resolve(false), milliseconds).unref()
  })
}
