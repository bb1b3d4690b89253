import type { Facts } from './facts.ts'
import type { Signal } from './signal.ts'

/** Something stood in the field of the form that people do not see: programs fill in what they find. */
export function honeypot(facts: Facts): Signal | undefined {
  return of(facts, 'honeypot', 'notice', 'The field of the form that people do not see was filled in.')
}

/** People who fill in a form with a keyboard, or paste what they wrote elsewhere, are quick as well. */
export function quick(facts: Facts): Signal | undefined {
  return of(facts, 'quick', 'info', 'It was sent sooner after the form was opened than most people write.')
}

/** Readers without script send none, so that it says nothing of a text. */
export function unproven(facts: Facts): Signal | undefined {
  return of(facts, 'unproven', 'info', 'It came without the proof of work that this site asks for.')
}

function of(
  { arrival }: Facts,
  code: 'honeypot' | 'quick' | 'unproven',
  severity: Signal['severity'],
  message: string,
) {
  return arrival.includes(code) ? { code, severity, message, ranges: [] } : undefined
}
