import type { VNode } from 'preact'
import { useMemo } from 'preact/hooks'
import { highlighted } from '../../comments/highlighted.ts'
import { type Numbered, numbered, Segment } from '../../pages/segments.tsx'
import type { Comment, Difference } from '../api/shapes.ts'

/** What somebody wrote, in its language and the direction of each of its lines; what was noticed is marked and numbered. */
export function Words({
  text,
  language,
  signals = [],
  size,
}: {
  text: string
  language: string
  signals?: readonly Numbered[]
  size?: string
}): VNode {
  const segments = useMemo(() => highlighted(text, signals), [text, signals])
  return (
    <p class={size ? `words ${size}` : 'words'} lang={language} dir="auto">
      {segments.map((segment) => (
        <Segment segment={segment} signals={signals} />
      ))}
    </p>
  )
}

/** A change of words, with what does not show made visible. */
export function Changed({ difference, language }: { difference: Difference; language: string }): VNode {
  return (
    <p class="words" lang={language} dir="auto">
      {difference.map(({ kind, text }) => {
        const words = highlighted(text, []).map((segment) => <Segment segment={segment} signals={[]} />)
        if (kind === 'kept') return words
        return kind === 'removed' ? <del>{words}</del> : <ins>{words}</ins>
      })}
    </p>
  )
}

const known = new WeakMap<Comment, Numbered[]>()

/** The signals of a comment with their numbers, the same list for the same comment. */
export function signalsOf(comment: Comment): Numbered[] {
  const signals = known.get(comment) ?? numbered(comment.signals)
  known.set(comment, signals)
  return signals
}
