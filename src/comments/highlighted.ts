import { atOnce } from '../http/steps.ts'
import type { Range, Signal, SignalCode } from '../screening/signal.ts'
import { graphemeEnds } from './graphemes.ts'
import { visibleText } from './visible.ts'

/** A stretch of a text as moderators see it: whole user-perceived characters. Joined, the texts are the text. */
export interface HighlightedSegment {
  text: string
  /** the signals that noticed it, in the order in which they were given */
  signals: SignalCode[]
  /** those of them that do not go on in the next segment */
  ends: SignalCode[]
  /** the characters at its end that do not show what they are; how many of the same in a row */
  unseen: Unseen[]
}

export interface Unseen {
  /** in English, such as `zero width space` */
  label: string
  /** such as U+200B */
  code: string
  count: number
}

/**
 * A stored text with the places that screening noticed, in UTF-16 units of it; they may overlap, touch, and end inside
 * a user-perceived character or a stack of letters, which is then noticed as a whole, or lie outside of the text. Characters that do not show
 * what they are come with their names. Takes any string, never throws, linear in text and places.
 */
export function highlighted(
  text: string,
  signals: readonly Pick<Signal, 'code' | 'ranges'>[],
): HighlightedSegment[] {
  return atOnce(highlighting(text, signals))
}

/** The same in short steps. */
export function* highlighting(
  text: string,
  signals: readonly Pick<Signal, 'code' | 'ranges'>[],
): Generator<undefined, HighlightedSegment[]> {
  const unseen = unseenIn(text)
  yield
  const places = signals.flatMap(({ code, ranges }) => ranges.map((range) => ({ ...range, code })))
  if (places.length + unseen.length === 0) return text === '' ? [] : [plain(text)]

  const noticedWithin = watch(places)
  const unseenBefore = queueOf(unseen)
  const codes = [...new Set(signals.map(({ code }) => code))]
  const segments: HighlightedSegment[] = []
  let start = 0
  const ends = clusterEnds(text)
  for (const [at, end] of ends.entries()) {
    if (at % clustersInAStep === 0) yield
    const noticed = noticedWithin(start, end)
    const hidden = unseenBefore(end)
    const last = segments.at(-1)
    const onlyHidden = hidden.reduce((units, { length }) => units + length, 0) === end - start
    const goesOn = last?.signals.length === noticed.size && last.signals.every((code) => noticed.has(code))
    if (last && goesOn && (last.unseen.length === 0 || onlyHidden)) {
      last.text += text.slice(start, end)
      addUnseen(last.unseen, hidden)
    } else {
      const signalsHere = codes.filter((code) => noticed.has(code))
      segments.push({ ...plain(text.slice(start, end)), signals: signalsHere, unseen: addUnseen([], hidden) })
    }
    start = end
  }
  return segments.map((segment, index) => ({ ...segment, ends: endingIn(segment, segments[index + 1]) }))
}

const clustersInAStep = 2_000

/** Where the text can be parted without a letter looking like another one. */
function clusterEnds(text: string): number[] {
  return graphemeEnds(text).filter((end) => !stacks(text, end))
}

/** Burmese and Khmer stack a letter on the one before it, which UAX #29 takes for two characters. */
function stacks(text: string, at: number): boolean {
  return stacker.test(text.charAt(at - 1)) && /^\p{L}/u.test(text.slice(at, at + 2))
}

/** The viramas (canonical combining class 9) of the Basic Multilingual Plane that form stacks or conjuncts. */
const stacker =
  /[\u094D\u09CD\u0A4D\u0ACD\u0B4D\u0BCD\u0C4D\u0CCD\u0D4D\u0DCA\u1039\u17D2\u1A60\u1B44\u1BAB\uA9C0\uAAF6]/

function plain(text: string): HighlightedSegment {
  return { text, signals: [], ends: [], unseen: [] }
}

function endingIn({ signals }: HighlightedSegment, next: HighlightedSegment | undefined): SignalCode[] {
  return signals.filter((code) => !next?.signals.includes(code))
}

interface Hidden {
  at: number
  length: number
  label: string
  code: string
}

function unseenIn(text: string): Hidden[] {
  const found: Hidden[] = []
  let at = 0
  for (const segment of visibleText(text)) {
    const { length } = segment.text
    if ('label' in segment) found.push({ at, length, label: segment.label, code: segment.code })
    at += length
  }
  return found
}

/** Gives what begins before a place and was not given yet; places only grow. */
function queueOf(hidden: readonly Hidden[]): (end: number) => readonly Hidden[] {
  let given = 0
  return (end) => {
    const first = given
    while ((hidden[given]?.at ?? Number.POSITIVE_INFINITY) < end) given += 1
    return hidden.slice(first, given)
  }
}

function addUnseen(to: Unseen[], hidden: readonly Hidden[]): Unseen[] {
  for (const { label, code } of hidden) {
    const last = to.at(-1)
    if (last?.code === code && last.label === label) last.count += 1
    else to.push({ label, code, count: 1 })
  }
  return to
}

type Place = Range & { code: SignalCode }

/** Tells of which signals a place overlaps a stretch of the text; stretches come in order and do not overlap. */
function watch(places: readonly Place[]): (start: number, end: number) => ReadonlySet<SignalCode> {
  const real = places.filter(({ start, end }) => start < end)
  const beginning = real.toSorted((one, other) => one.start - other.start)
  const ending = real.toSorted((one, other) => one.end - other.end)
  const open = new Map<SignalCode, number>()
  let begun = 0
  let ended = 0

  function count(place: Place, by: number) {
    const now = (open.get(place.code) ?? 0) + by
    if (now === 0) open.delete(place.code)
    else open.set(place.code, now)
  }

  return (start, end) => {
    for (let next = beginning[begun]; next && next.start < end; next = beginning[begun]) {
      count(next, 1)
      begun += 1
    }
    for (let next = ending[ended]; next && next.end <= start; next = ending[ended]) {
      count(next, -1)
      ended += 1
    }
    return new Set(open.keys())
  }
}
