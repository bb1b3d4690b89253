import type { Copy } from './copies.ts'
import type { Origin } from './page.ts'

/** How readers were answered, but for those who were not. */
type Served = 'fresh' | 'stale' | 'waited'

/** Counts what happens within a window of time, once for each article that the played one stands for. */
export interface Tally {
  /** of which share of all articles what follows is told: an article that stands for `weight` of its kind */
  of(weight: number): void
  served(how: Served, readers: number, from: number, to: number, page: Origin, copy: Copy): void
  failed(readers: number, at: number): void
  /** a point of presence asks */
  atEdges(at: number): void
  /** the origin is asked, and has nothing new to tell */
  atOrigin(at: number, isKnown: boolean): void
  counted(): Counted
}

/** What was counted in a window, in seconds. */
export interface Counted {
  seconds: number
  fresh: number
  stale: number
  waited: number
  failed: number
  /** asked by points of presence */
  asked: number
  origin: { new: number; known: number }
  /** how often the origin is asked for each kind of article, and how many there are of it */
  perArticle: { perSecond: number; weight: number }[]
  /** how many readers were shown something for how long after it had changed, in steps of half a second; the same of what was taken down */
  outdated: number[]
  removed: number[]
  /** in each second: readers, questions of points of presence, and those that reach the origin */
  bySecond: { readers: number; asked: number; origin: number }[]
}

/** Seconds. */
export const step = 0.5

export function tally(from: number, to: number): Tally {
  const counted: Counted = {
    seconds: to - from,
    fresh: 0,
    stale: 0,
    waited: 0,
    failed: 0,
    asked: 0,
    origin: { new: 0, known: 0 },
    perArticle: [],
    outdated: [],
    removed: [],
    bySecond: Array.from({ length: Math.ceil(to - from) }, () => ({ readers: 0, asked: 0, origin: 0 })),
  }
  let weight = 1
  const isWithin = (at: number) => at >= from && at < to
  const secondOf = (at: number) => counted.bySecond[Math.floor(at - from)]

  return {
    of(next) {
      weight = next
      counted.perArticle.push({ perSecond: 0, weight })
    },
    served(how, readers, began, ended, page, copy) {
      const [first, last] = [Math.max(began, from), Math.min(ended, to)]
      if (last < first || (began === ended && !isWithin(began))) return
      const share = ended > began ? (last - first) / (ended - began) : 1
      const many = readers * share * weight
      counted[how] += many
      spread(many, first, last, (at, part) => {
        const second = secondOf(at)
        if (second) second.readers += part
      })
      late(counted.outdated, page.outdatedSince(copy), many, first, last)
      late(counted.removed, page.removedSince(copy), many, first, last)
    },
    failed(readers, at) {
      if (isWithin(at)) counted.failed += readers * weight
    },
    atEdges(at) {
      if (!isWithin(at)) return
      counted.asked += weight
      const second = secondOf(at)
      if (second) second.asked += weight
    },
    atOrigin(at, isKnown) {
      if (!isWithin(at)) return
      counted.origin[isKnown ? 'known' : 'new'] += weight
      const second = secondOf(at)
      if (second) second.origin += weight
      const article = counted.perArticle.at(-1)
      if (article) article.perSecond += 1 / counted.seconds
    },
    counted: () => counted,
  }
}

/** Readers who came evenly between two times, second by second. */
function spread(many: number, first: number, last: number, tell: (at: number, part: number) => void): void {
  if (last - first < 1e-9) return tell(first, many)
  for (let at = first; at < last; at = Math.floor(at + 1)) {
    const until = Math.min(last, Math.floor(at + 1))
    tell(at, (many * (until - at)) / (last - first))
  }
  return undefined
}

/** Which of them were shown something that had changed since `since`, and for how long it had. */
function late(into: number[], since: number, many: number, first: number, last: number): void {
  if (since >= last) return
  if (first === last) return add(into, Math.floor((first - since) / step), many)
  const began = Math.max(first, since)
  for (let at = began - since; at < last - since; ) {
    const bucket = Math.floor(at / step + 1e-9)
    const until = Math.min(last - since, (bucket + 1) * step)
    add(into, bucket, (many * (until - at)) / (last - first))
    if (until <= at) break
    at = until
  }
}

function add(into: number[], bucket: number, many: number): void {
  into[bucket] = (into[bucket] ?? 0) + many
}

/** For how many seconds nobody but this share of those who were shown it late was shown it longer; rounded up. */
export function lateness(histogram: readonly number[], share: number): number {
  const filled = Array.from(histogram, (many) => many ?? 0)
  const all = filled.reduce((sum, many) => sum + many, 0)
  if (all === 0) return 0
  let seen = 0
  for (const [bucket, many] of filled.entries()) {
    seen += many
    if (seen >= all * share) return (bucket + 1) * step
  }
  return filled.length * step
}
