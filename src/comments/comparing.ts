import { diffArrays } from 'diff'
import { atOnce } from '../http/steps.ts'
import type { Difference } from './difference.ts'
import { chunkOf } from './graphemes.ts'

/**
 * Compares two texts word by word (UAX #29, with dictionaries for scripts without spaces); no piece begins or ends
 * inside a user-perceived character. Where more than 500 words were removed or added, everything between the common
 * beginning and the common end counts as replaced. Never throws.
 */
export function difference(before: string, after: string): Difference {
  return atOnce(comparing(before, after))
}

/** The same in steps of less than 20 milliseconds: two large texts take far longer together. */
export function* comparing(before: string, after: string): Generator<undefined, Difference> {
  const old = yield* words(before)
  const current = yield* words(after)
  const shorter = Math.min(old.length, current.length)
  const start = commonStart(old, current, shorter)
  const end = commonStart(old.toReversed(), current.toReversed(), shorter - start)
  yield
  const changed = changes(old.slice(start, old.length - end), current.slice(start, current.length - end))
  yield
  return joined([
    { value: old.slice(0, start), removed: false, added: false },
    ...changed,
    { value: old.slice(old.length - end), removed: false, added: false },
  ])
}

type Change = { value: string[]; removed: boolean; added: boolean }

function changes(old: string[], current: string[]): Change[] {
  const replaced = [
    { value: old, removed: true, added: false },
    { value: current, removed: false, added: true },
  ]
  return diffArrays(old, current, { maxEditLength: mostEdits }) ?? replaced
}

/** The time grows with its square. */
const mostEdits = 500

/** Between two kept pieces, one removed and one added piece at most. */
function joined(parts: Change[]): Difference {
  const pieces: Difference = []
  let open = { kept: '', removed: '', added: '' }

  function close() {
    for (const kind of ['kept', 'removed', 'added'] as const) {
      if (open[kind] !== '') pieces.push({ kind, text: open[kind] })
    }
    open = { kept: '', removed: '', added: '' }
  }

  for (const { value, removed, added } of parts) {
    const kind = removed ? 'removed' : added ? 'added' : 'kept'
    if (kind === 'kept') close()
    open[kind] += value.join('')
  }
  close()
  return pieces
}

function commonStart(a: string[], b: string[], limit: number) {
  let count = 0
  while (count < limit && a[count] === b[count]) count += 1
  return count
}

const byWord = new Intl.Segmenter('und', { granularity: 'word' })
const byGrapheme = new Intl.Segmenter('und', { granularity: 'grapheme' })

/** UTF-16 units that are segmented at once: ICU's time is quadratic in the length of what it is given. */
const windowUnits = 1000

/** The text in pieces that a word begins or ends at; none splits a grapheme. */
function* words(text: string): Generator<undefined, string[]> {
  const found: string[] = []
  for (let start = 0; start < text.length; ) {
    const { end, boundaries } = nextWindow(text, start)
    const part = text.slice(start, end)
    let from = 0
    for (const { index } of byWord.segment(part)) {
      if (index === 0 || !boundaries.has(index)) continue
      found.push(part.slice(from, index))
      from = index
    }
    found.push(part.slice(from))
    start = end
    yield
  }
  return found
}

/**
 * Where the window that begins at `start` should end: behind white space or the like, so that the words do not
 * depend on windows, otherwise at the last grapheme that is surely whole. Also its grapheme boundaries.
 */
function nextWindow(text: string, start: number, size = windowUnits): Window {
  const part = chunkOf(text, start, size)
  const boundaries = new Set<number>()
  let last = 0
  let pause = 0
  let previous = ''
  for (const { index, segment } of byGrapheme.segment(part)) {
    boundaries.add(index)
    if (wordEnd.test(previous) && !wordEnd.test(segment)) pause = index
    last = index
    previous = segment
  }
  if (start + part.length >= text.length) return { end: text.length, boundaries }
  // A grapheme that fills the window may go on behind it.
  return last > 0 ? { end: start + (pause || last), boundaries } : nextWindow(text, start, size * 2)
}

interface Window {
  end: number
  boundaries: Set<number>
}

/** White space, ZWSP, or punctuation of scripts without spaces: here a word ends whatever follows. */
const wordEnd = /^[\s\u200B\u3000-\u3002\uFF0C\uFF01\uFF1F\uFF1B\u104A\u104B\u17D4\u17D5\u0F0B-\u0F14]/u
