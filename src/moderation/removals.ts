import { graphemeEnds } from '../comments/graphemes.ts'

/** What stands in an edited text where a passage was cut. */
const cutMark = '[…]'

/**
 * Whether `after` is `before` with passages cut out, each replaced by the mark: nothing added, nothing reordered, no
 * mark where nothing was cut. A user-perceived character (UAX #29) is cut whole or not at all, because half of one
 * is another character that nobody wrote.
 */
export function isOnlyCuts(before: string, after: string): boolean {
  if (before === after) return true
  const [first = '', ...passages] = after.split(cutMark)
  const last = passages.pop()
  if (last === undefined || !before.startsWith(first) || !before.endsWith(last)) return false

  const isBetweenCharacters = boundariesOf(before)
  const end = before.length - last.length
  if (!isBetweenCharacters(first.length) || !isBetweenCharacters(end)) return false

  /** The end of the earliest place of a passage that leaves something to cut before it; undefined without one. */
  function endOf(passage: string, cutFrom: number): number | undefined {
    for (const at of placesOf(passage, before, cutFrom + 1)) {
      if (isBetweenCharacters(at) && isBetweenCharacters(at + passage.length)) return at + passage.length
    }
    return undefined
  }

  let cutFrom = first.length
  for (const passage of passages) {
    const next = endOf(passage, cutFrom)
    if (next === undefined) return false
    cutFrom = next
  }
  return cutFrom < end
}

function boundariesOf(text: string): (at: number) => boolean {
  const ends = new Set(graphemeEnds(text))
  return (at) => at === 0 || ends.has(at)
}

/**
 * Where `passage` stands in `text`, from `from` on, in order; places may overlap. Linear whatever both are, which
 * `indexOf` is not (Knuth, Morris and Pratt, 1977).
 */
function* placesOf(passage: string, text: string, from: number): Generator<number> {
  const shorter = shorterBeginnings(passage)
  let fits = 0
  for (let at = from; at <= text.length; at += 1) {
    if (fits === passage.length) {
      yield at - fits
      fits = Number(shorter[fits])
    }
    while (fits > 0 && text[at] !== passage[fits]) fits = Number(shorter[fits])
    if (text[at] === passage[fits]) fits += 1
  }
}

/** For each beginning of a passage, by its length, the length of the longest shorter one with which it also ends. */
function shorterBeginnings(passage: string): Int32Array {
  const shorter = new Int32Array(passage.length + 1)
  let fits = 0
  for (let length = 2; length <= passage.length; length += 1) {
    const last = passage[length - 1]
    while (fits > 0 && passage[fits] !== last) fits = Number(shorter[fits])
    if (passage[fits] === last) fits += 1
    shorter[length] = fits
  }
  return shorter
}
