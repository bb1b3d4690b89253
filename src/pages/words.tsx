import type { ComponentChildren, VNode } from 'preact'
import type { Difference } from '../comments/difference.ts'
import { type HighlightedSegment, highlighting, type Unseen } from '../comments/highlighted.ts'
import { inTurns, turn } from '../http/turns.ts'
import type { Signal, SignalCode } from '../screening/signal.ts'
import { part } from './layout.tsx'

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

/** A signal as the desk tells it: those with places in the text have a number, which stands behind each place. */
export type Numbered = Signal & { number: number | null }

export function numbered(signals: readonly Signal[]): Numbered[] {
  const withPlaces = signals.filter(({ ranges }) => ranges.length > 0)
  return signals.map((signal) => {
    const place = withPlaces.indexOf(signal)
    return { ...signal, number: place < 0 ? null : place + 1 }
  })
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

function Segment({ segment, signals }: { segment: HighlightedSegment; signals: readonly Numbered[] }): VNode {
  const { text, unseen, ends } = segment
  const here = signals.filter(({ code }) => segment.signals.includes(code))
  const named = unseen.map((one) => <Name unseen={one} />)
  if (here.length === 0) {
    return (
      <>
        {text}
        {named}
      </>
    )
  }
  return (
    <>
      <mark class={`found ${strongest(here)}`} title={here.map(told).join(' ')}>
        {text}
        {named}
      </mark>
      {ends.length > 0 && <Key numbers={numbersOf(ends, signals)} />}
    </>
  )
}

/** The number that leads from a place in the text to what is said about it, and stands there too. */
export function Key({ numbers }: { numbers: readonly (number | null)[] }): VNode {
  return (
    <sup class="key" dir="ltr">
      {numbers.join(' ')}
    </sup>
  )
}

/** With a direction of its own, so that the English name turns nothing around it. */
function Name({ unseen: { label, code, count } }: { unseen: Unseen }): VNode {
  return (
    <mark class="unseen" lang="en" dir="ltr" title={code}>
      {count > 1 ? `${label} ×${count}` : label}
    </mark>
  )
}

function told({ number, message }: Numbered): string {
  return `${number}: ${message}`
}

function numbersOf(codes: readonly SignalCode[], signals: readonly Numbered[]): (number | null)[] {
  return signals.filter(({ code }) => codes.includes(code)).map(({ number }) => number)
}

function strongest(signals: readonly Numbered[]): Signal['severity'] {
  const severities = new Set(signals.map(({ severity }) => severity))
  return (['warning', 'notice'] as const).find((one) => severities.has(one)) ?? 'info'
}
