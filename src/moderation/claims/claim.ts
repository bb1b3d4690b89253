import { z } from 'zod'
import { demand } from '../../access/auth.ts'
import { type Caller, keyAllows } from '../../access/roles.ts'
import type { Database } from '../../database/client.ts'
import { Problem } from '../../http/problems.ts'
import { Instant } from '../../http/times.ts'
import { ModeratedComment } from '../decision.ts'
import { moderated } from '../moderated.ts'
import { ClaimFilter } from '../queue/lane.ts'
import { lanes } from '../queue/lanes.ts'
import { readable } from '../read-comment.ts'
import { claimNext, heldBy, releaseClaims, renewClaims, skipComment } from './store.ts'

/** A wish for comments: how many, and from where. */
export const ClaimRequest = ClaimFilter.extend({ limit: z.int().min(1).max(10).default(5) }).meta({
  id: 'ClaimRequest',
})
export type ClaimRequest = z.infer<typeof ClaimRequest>

/** What somebody holds, and until when unless they renew it. */
export const Claim = z
  .strictObject({
    comments: z.array(ModeratedComment),
    until: Instant.nullable().meta({ description: 'When the first of them lapses; null if you hold none.' }),
  })
  .meta({ id: 'Claim' })
export type Claim = z.infer<typeof Claim>

/** Leases the next comments to the caller, oldest first within priority. */
export async function claim(
  db: Database,
  caller: Caller,
  { site, languages, signal, limit }: ClaimRequest,
): Promise<Claim> {
  const { id } = demandPerson(caller)
  const rows = await claimNext(db.desk, id, {
    lanes: await lanes(db, caller, { site, languages }),
    signal: signal ?? null,
    limit,
  })
  return claimOf(rows)
}

/** What the caller holds. */
export async function readClaims(db: Database, caller: Caller): Promise<Claim> {
  return claimOf(await heldBy(db.desk, demandPerson(caller).id))
}

/** Prolongs all that the caller still holds. */
export async function renew(db: Database, caller: Caller): Promise<Claim> {
  const { id } = demandPerson(caller)
  await renewClaims(db.desk, id)
  return claimOf(await heldBy(db.desk, id))
}

/** Gives back one comment, or all. Giving back what is not held changes nothing. */
export async function release(db: Database, caller: Caller, commentId: string | null): Promise<void> {
  await releaseClaims(db.desk, demandPerson(caller).id, commentId)
}

/** Passes a comment on to others; the caller is not given it again while it waits. */
export async function skip(db: Database, caller: Caller, commentId: string): Promise<void> {
  const { id } = demandPerson(caller)
  const { site, status } = await readable(db, caller, commentId)
  demand(caller, 'decide', site)
  if (!(await skipComment(db.desk, id, commentId))) {
    throw new Problem(
      'illegal_move',
      `A comment that is ${status} waits for nobody; there is nothing to skip.`,
    )
  }
}

/** A lease is a person's, through a session or a key of theirs that may moderate. */
function demandPerson(caller: Caller) {
  if (!caller.person) throw new Problem('forbidden', 'Only a person claims comments.')
  if (!keyAllows(caller, 'decide')) throw new Problem('forbidden', 'This key is for other things.')
  return caller.person
}

function claimOf(rows: Awaited<ReturnType<typeof heldBy>>): Claim {
  const comments = rows.map(moderated)
  const lapses = comments.flatMap((comment) => comment.claim?.until ?? []).toSorted()
  return { comments, until: lapses[0] ?? null }
}
