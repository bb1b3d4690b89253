import { type Normalized, normalizeText } from '../../../src/comments/text.ts'
import { defaultLimits } from '../../../src/sites/site.ts'

/** A case of a rule about readers' texts: the reason for it, what is typed, and what becomes of that. */
export interface Row<Expected = string> {
  why: string
  input: string
  expected: Expected
}

export const textLimits = { graphemes: defaultLimits.textGraphemes, bytes: defaultLimits.textBytes }
export const nameLimits = { graphemes: defaultLimits.nameGraphemes, bytes: defaultLimits.nameGraphemes * 32 }

/** A row of what stays as it was typed. */
export function kept(why: string, input: string): Row {
  return { why, input, expected: input }
}

interface Submitted extends Normalized {
  /** What becomes of it when it is submitted again. */
  again: Normalized
}

/** What becomes of an input, but for what was removed. */
export function submitted(input: string): Submitted {
  const { text, refusal } = normalizeText(input, textLimits)
  return { text, removed: {}, ...(refusal && { refusal }), again: normalizeText(text, textLimits) }
}

/** That of a text which is accepted, and stays the same when it is submitted again. */
export function asStored(text: string): Submitted {
  return { text, removed: {}, again: { text, removed: {} } }
}
