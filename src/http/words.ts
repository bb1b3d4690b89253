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
      .overwrite((written) =>
        written.replace(turning, '').normalize('NFC').replace(breaksAndRuns, ' ').trim(),
      )
      .min(1)
      .max(most),
  )
}

const turning = /[\u202A-\u202E\u2066-\u2069]/g
const breaksAndRuns = /\s{2,}|[\t\n\r\v\f\u2028\u2029]/g

/** Refuses what PostgreSQL cannot keep (NUL, half a surrogate pair) and nobody types (control characters). */
export function plain(text: z.ZodString) {
  return text.refine((written) => written.isWellFormed() && !controls.test(written), {
    message: 'It has no control characters',
  })
}

// All but TAB and line breaks.
const controls = /[\0-\x08\x0B\x0C\x0E-\x1F\x7F-\x9F]/
