import type { ComponentChildren, VNode } from 'preact'
import type { Difference } from '../comments/difference.ts'
import { highlighting } from '../comments/highlighted.ts'
import { inTurns, turn } from '../http/turns.ts'
import { part } from './layout.tsx'
import { type Numbered, Segment } from './segments.tsx'

/** HTML that was rendered before, to be written into a page as it is. */
export interface Rendered {
  __html: string
}

/** What somebody wrote, in their language and in the direction of each of its lines. */
export function Words({ language, children }: { language: string; children: ComponentChildren }): VNode {
  return (
    <p class="words" lang={language} dir="auto">
      {children}
    </p>
  )
}

/** The same, of what was rendered before. */
export function RenderedWords({ language, words }: { language: string; words: Rendered }): VNode {
  return <p class="words" lang={language} dir="auto" dangerouslySetInnerHTML={words} />
}

/** What a change of a text kept, removed and added. */
export function Changed({ difference }: { difference: Difference }): VNode {
  return (
    <>
      {difference.map(({ kind, text }) => {
        if (kind === 'kept') return text
        return kind === 'removed' ? <del>{text}</del> : <ins>{text}</ins>
      })}
    </>
  )
}

/** The same as moderators see it. */
export async function markedChange(difference: Difference): Promise<Rendered> {
  const pieces: string[] = []
  for (const { kind, text } of difference) {
    const { __html: piece } = await marked(text)
    if (kind === 'kept') pieces.push(piece)
    else pieces.push(kind === 'removed' ? `<del>${piece}</del>` : `<ins>${piece}</ins>`)
  }
  return { __html: pieces.join('') }
}

/**
 * A text as moderators see it: what was noticed is marked and numbered, what does not show is named. Thousands of
 * marks take long to render, so that others have their turn in between.
 */
export async function marked(text: string, signals: readonly Numbered[] = []): Promise<Rendered> {
  const segments = await inTurns(highlighting(text, signals))
  const parts: string[] = []
  for (let first = 0; first < segments.length; first += segmentsInAStep) {
    await turn()
    const some = segments.slice(first, first + segmentsInAStep)
    parts.push(part(some.map((segment) => <Segment segment={segment} signals={signals} />)))
  }
  return { __html: parts.join('') }
}

const segmentsInAStep = 100
