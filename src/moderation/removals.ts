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
    for (let at = before.indexOf(passage, cutFrom + 1); at > cutFrom; at = before.indexOf(passage, at + 1)) {
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

const byGrapheme = new Intl.Segmenter('und', { granularity: 'grapheme' })

function boundariesOf(text: string): (at: number) => boolean {
  const graphemes = byGrapheme.segment(text)
  return (at) => at === text.length || graphemes.containing(at)?.index === at
}
