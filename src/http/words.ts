import { z } from 'zod'

/** What publishers and admins write, trimmed: something, of at most so many characters. */
export function words(most: number) {
  return plain(z.string().trim().min(1).max(most))
}

/** The same on one line, as a reader's name is stored: in NFC, without what turns the direction of writing around it. */
export function line(most: number) {
  return plain(
    z
      .string()
      .overwrite((written) => composed(written.replace(turning, ''), most).replace(breaksAndRuns, ' ').trim())
      .min(1)
      .max(most),
  )
}

const turning = /[\u202A-\u202E\u2066-\u2069]/g
const breaksAndRuns = /\s{2,}|[\t\n\r\v\f\u2028\u2029]/g

/**
 * In NFC (UAX #15), for what may have `most` UTF-16 units; what has far more is left as it is, to be refused for that:
 * NFC takes time in proportion to the square of a run of marks, 40 seconds for one as long as a body.
 */
export function composed(written: string, most: number): string {
  return written.length > 4 * most ? written : written.normalize('NFC')
}

/** Refuses what PostgreSQL cannot keep (NUL, half a surrogate pair) and nobody types (control characters). */
export function plain(text: z.ZodString) {
  return text.refine((written) => written.isWellFormed() && !controls.test(written), {
    message: 'It has no control characters',
  })
}

// All but TAB and line breaks.
const controls = /[\0-\x08\x0B\x0C\x0E-\x1F\x7F-\x9F]/
