/**
 * The number of user-perceived characters (extended grapheme clusters, UAX #29) in `text`, in linear time
 * for any input. Counts no further than needed: `stopAfter + 1` means "more than `stopAfter`".
 */
export function countGraphemes(text: string, stopAfter = Number.POSITIVE_INFINITY): number {
  if (onlySingles.test(text)) return Math.min(text.length, stopAfter + 1)
  let count = 0
  let start = 0
  while (start < text.length && count <= stopAfter) {
    const finished = finishedGraphemes(chunkOf(text, start, chunkUnits))
    count += Math.max(finished.count, 1)
    start = finished.count > 0 ? start + finished.units : endOfGrapheme(text, start)
  }
  return Math.min(count, stopAfter + 1)
}

/** Where each user-perceived character of `text` ends, in UTF-16 units, in order; in linear time like the count. */
export function graphemeEnds(text: string): number[] {
  const ends: number[] = []
  let start = 0
  while (start < text.length) {
    let end = start
    for (const { index } of segmenter.segment(chunkOf(text, start, chunkUnits))) {
      end = start + index
      if (index > 0) ends.push(end)
    }
    if (end === start) {
      end = endOfGrapheme(text, start)
      ends.push(end)
    }
    start = end
  }
  return ends
}

// Units that combine with none of each other: without CR, marks, joiners and single letters of Hangul. Most texts in
// Latin letters, Han, Kana or Hangul are made of these alone, and are counted at a glance.
const onlySingles =
  /^[\t\n\x20-\x7E\xA0-\u02FF\u1E00-\u1EFF\u2010-\u2027\u2030-\u205E\u20A0-\u20C0\u3000-\u3029\u3041-\u3096\u30A1-\u30FA\u30FC\u4E00-\u9FFF\uAC00-\uD7A3\uFF01-\uFF5E]*$/

// Every step of a segment iterator copies the string that it walks over, so that one walk over a long text is
// quadratic. Short chunks keep the copies short; 64 to 256 UTF-16 units measured fastest.
const chunkUnits = 128

// UAX #29 tailors no grapheme by language, so one segmenter serves all.
const segmenter = new Intl.Segmenter('und', { granularity: 'grapheme' })

/** All graphemes of a chunk but the last, which the text behind the chunk may continue. */
function finishedGraphemes(chunk: string): { count: number; units: number } {
  let count = 0
  let units = 0
  for (const { index } of segmenter.segment(chunk)) {
    if (index === 0) continue
    count += 1
    units = index
  }
  return { count, units }
}

/**
 * Where the grapheme that begins at `start` ends. Only this one grapheme is read from the growing chunks:
 * each doubling costs as much as all before it, so that a grapheme of any length (a chain of joiners) stays
 * linear.
 */
function endOfGrapheme(text: string, start: number): number {
  let size = chunkUnits
  let chunk = chunkOf(text, start, size)
  let units = firstGraphemeUnits(chunk)
  while (units === chunk.length && start + units < text.length) {
    size *= 2
    chunk = chunkOf(text, start, size)
    units = firstGraphemeUnits(chunk)
  }
  return start + units
}

function firstGraphemeUnits(chunk: string): number {
  return Number(segmenter.segment(chunk).containing(0)?.segment.length)
}

/** So many UTF-16 units of a text, or one less: never half a surrogate pair, which would look like a boundary. */
export function chunkOf(text: string, start: number, size: number): string {
  const end = start + size
  const lastUnit = text.charCodeAt(end - 1)
  const endsInsidePair = lastUnit >= 0xd800 && lastUnit <= 0xdbff
  return text.slice(start, endsInsidePair ? end - 1 : end)
}
