import { graphemeEnds } from '../../comments/graphemes.ts'

/** A passage to be removed, in UTF-16 units of the text, and the rule under which. */
export interface Cut {
  start: number
  end: number
  rule: string
}

/** What stands where a passage was cut; the service takes an edit that only cuts by it. */
const mark = '[…]'

/** A selection widened to whole user-perceived characters; undefined where nothing is selected. */
export function passage(text: string, from: number, to: number): Pick<Cut, 'start' | 'end'> | undefined {
  const [low, high] = from <= to ? [from, to] : [to, from]
  if (low === high) return undefined
  const ends = graphemeEnds(text)
  const start = ends.findLast((end) => end <= low) ?? 0
  const end = ends.find((one) => one >= high) ?? text.length
  return { start, end }
}

/** With one more cut, in the order of the text; those that it overlaps or touches become part of it, under its rule. */
export function withCut(cuts: readonly Cut[], cut: Cut): Cut[] {
  const met = cuts.filter(({ start, end }) => start <= cut.end && end >= cut.start)
  const joined = {
    start: Math.min(cut.start, ...met.map(({ start }) => start)),
    end: Math.max(cut.end, ...met.map(({ end }) => end)),
    rule: cut.rule,
  }
  return [...cuts.filter((one) => !met.includes(one)), joined].toSorted(
    (one, other) => one.start - other.start,
  )
}

/** The text with each cut replaced by the mark. */
export function cutText(text: string, cuts: readonly Cut[]): string {
  let from = 0
  const kept: string[] = []
  for (const { start, end } of cuts) {
    kept.push(text.slice(from, start), mark)
    from = end
  }
  return [...kept, text.slice(from)].join('')
}

/** The rules of some cuts, each once. */
export function rulesOf(cuts: readonly Cut[]): string[] {
  return [...new Set(cuts.map(({ rule }) => rule))]
}
