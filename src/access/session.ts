import { z } from 'zod'
import { Instant } from '../http/times.ts'

/**
 * How long a session lasts (OWASP ASVS 5.0, 7.1.1 and 7.3; NIST SP 800-63B-4 §2.2.3 asks for at most 24 hours, and at most
 * one without any use). Twelve hours are a working day, so that nobody is cut off in the middle of one, and nothing of
 * yesterday is open. An hour idle outlasts a meeting, not an evening.
 */
export const lasts = {
  seconds: 12 * 3_600,
  idleSeconds: 3_600,
  /** use is noted as often as this: what lasts idle for an hour may end five minutes early, and reading writes nothing */
  notedEvery: 300,
  /** what concerns the ways in takes a sign-in as young as this (ASVS 7.5.1, 7.5.2) */
  freshSeconds: 15 * 60,
} as const

/** A session as lists tell of it: without its secret, and without where or by what it is used, which is kept nowhere. */
export const Session = z
  .strictObject({
    id: z.uuid().meta({ description: 'Names the session; no secret.' }),
    createdAt: Instant.meta({ description: 'To the minute.' }),
    lastSeenAt: Instant.meta({ description: 'To the hour.' }),
    current: z.boolean().meta({ description: 'Whether it is the one that you ask with.' }),
  })
  .meta({ id: 'Session' })
export type Session = z.infer<typeof Session>
