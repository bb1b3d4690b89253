import { z } from 'zod'
import { NextCursor } from '../../http/paging.ts'
import { Instant } from '../../http/times.ts'

const Hash = z
  .string()
  .regex(/^[0-9a-f]{64}$/)
  .meta({ description: 'SHA-256, in hexadecimal.' })

/** A move in a site's log: who did what to which comment under which rules, and no word of anybody's. */
export const SealedMove = z
  .strictObject({
    position: z.int().meta({ description: "Its place in the site's chain." }),
    comment: z.uuid(),
    version: z.int(),
    action: z.string(),
    from: z.string(),
    to: z.string(),
    by: z
      .string()
      .nullable()
      .meta({ description: "A moderator's pseudonym; null for the reader or the service." }),
    at: Instant,
    rules: z.array(z.string()).meta({ description: 'Codes of the rules that it cites.' }),
    source: z.string().optional().meta({ description: 'Of an import: the service from which it came.' }),
    moveHash: Hash,
    hash: Hash,
  })
  .meta({ id: 'SealedMove' })
export type SealedMove = z.infer<typeof SealedMove>

/** A page of a site's log, oldest first. */
export const SiteLog = z
  .strictObject({ moves: z.array(SealedMove), next: NextCursor })
  .meta({ id: 'SiteLog' })
export type SiteLog = z.infer<typeof SiteLog>

/** The end of a site's chain as it was when a day was over, signed (Ed25519). */
export const LogHead = z
  .strictObject({
    site: z.string(),
    day: z.iso.date(),
    position: z.int(),
    hash: Hash,
    signature: z.base64url(),
  })
  .meta({ id: 'LogHead' })
export type LogHead = z.infer<typeof LogHead>

/** Heads to be kept where whoever runs the service cannot change them. */
export const LogHeads = z
  .strictObject({
    publicKey: z.base64url().meta({ description: 'The Ed25519 key that made the signatures.' }),
    heads: z.array(LogHead),
  })
  .meta({ id: 'LogHeads' })
export type LogHeads = z.infer<typeof LogHeads>

/** What a row can be found to be. */
export const Breach = z.enum([
  'missing_seal',
  'missing_move',
  'broken_site_chain',
  'changed_move',
  'broken_comment_chain',
  'changed_words',
  'missing_words',
  'changed_comment',
  'move_outside_the_log',
  'comment_outside_the_log',
  'forged_head',
  'other_head',
])
export type Breach = z.infer<typeof Breach>

/** What a verification found, of the part that it went through. */
export const Verification = z
  .strictObject({
    site: z.string(),
    verified: z.int().meta({ description: 'Moves that were gone through, in this part.' }),
    firstBad: z
      .strictObject({
        breach: Breach,
        position: z.int().nullable(),
        comment: z.uuid().nullable(),
        version: z.int().nullable(),
      })
      .nullable()
      .meta({ description: 'The first row that is not as it was written; null if there is none.' }),
    unsealed: z.strictObject({ moves: z.int(), since: Instant.nullable() }).meta({
      description: 'The tail that is not in the chain yet; seconds old, unless the sealer stands still.',
    }),
    next: NextCursor.meta({ description: 'Give it as `cursor` to go on; null once all is verified.' }),
  })
  .meta({ id: 'Verification' })
export type Verification = z.infer<typeof Verification>
