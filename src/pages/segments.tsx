import type { VNode } from 'preact'
import type { HighlightedSegment, Unseen } from '../comments/highlighted.ts'
import type { Signal, SignalCode } from '../screening/signal.ts'

/** A signal as the desk tells it: those with places in the text have a number, which stands behind each place. */
export type Numbered = Signal & { number: number | null }

export function numbered(signals: readonly Signal[]): Numbered[] {
  const withPlaces = signals.filter(({ ranges }) => ranges.length > 0)
  return signals.map((signal) => {
    const place = withPlaces.indexOf(signal)
    return { ...signal, number: place < 0 ? null : place + 1 }
  })
}

/** A stretch of a text, with the numbers of the signals that end there. */
export function Segment({
  segment,
  signals,
}: {
  segment: HighlightedSegment
  signals: readonly Numbered[]
}): VNode {
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
