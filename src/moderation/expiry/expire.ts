import { plainMove, recordMove } from '../../comments/move-store.ts'
import { transitionFrom } from '../../comments/status.ts'
import type { Database } from '../../database/client.ts'
import { eraseKeptWords, keptTooLong, overdue } from './store.ts'

const atOnce = 200

/** Ends the waiting of comments that nobody reviewed in their site's time, so that nobody waits for ever; how many. */
export async function expireOverdue(db: Database): Promise<number> {
  let expired = 0
  for (const comment of await overdue(db.desk, atOnce)) {
    const transition = transitionFrom(comment.status, 'expire')
    if (!transition) continue
    // Somebody may have decided at this moment; then they came first.
    if (await recordMove(db.desk, plainMove(comment, transition))) expired += 1
  }
  return expired
}

/** Erases the words that are kept no longer; how many comments lost theirs. */
export async function eraseOldWords(db: Database): Promise<number> {
  let erased = 0
  // One by one, so that two processes that do this never wait for each other in a circle.
  for (const id of await keptTooLong(db.desk, atOnce)) {
    if (await eraseKeptWords(db.desk, id)) erased += 1
  }
  return erased
}
