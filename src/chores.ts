import type { KeyObject } from 'node:crypto'
import { makeSearchable } from './comments/make-searchable.ts'
import { forgetReporters } from './comments/reports/store.ts'
import { screenLater } from './comments/screen-later.ts'
import { forgetIdempotencyKeys } from './comments/store.ts'
import { forgetProofs, letUnprovenCatchUp } from './comments/submission-store.ts'
import type { Database } from './database/client.ts'
import { carryOnWithClusters } from './moderation/clusters/decide-cluster.ts'
import { eraseOldWords, expireOverdue } from './moderation/expiry/expire.ts'
import { carryOutWishes } from './moderation/holds/place-hold.ts'
import { forgetEntries } from './moderation/ledger/store.ts'
import { writeLedger } from './moderation/ledger/write-ledger.ts'
import { sealLog, signHeads } from './moderation/log/seal.ts'
import { countHandled } from './moderation/statistics/count-handled.ts'
import { countSealedMoves } from './moderation/statistics/count-moves.ts'
import { sumUpChanges } from './reading/changes-store.ts'
import type { Screen } from './screening/screened.ts'
import { forgetDeliveries, replayEvents } from './webhooks/queue-store.ts'
import { keptDays } from './webhooks/schedule.ts'

/** Something that is done again and again, by every process: each takes what no other is at. */
export interface Chore {
  name: string
  /** seconds from the end of one time to the beginning of the next */
  every: number
  run: () => Promise<unknown>
}

export interface ChoreOptions {
  db: Database
  screen: Screen
  /** asks the publisher's classifier for what it was not asked yet */
  classify?: (() => void) | undefined
  /** sends what endpoints are to be told */
  tell: () => void
  /** signs the ends of the log */
  headKey: KeyObject
  /** the file in which erasures are written down */
  ledger: string | undefined
}

/** Days for which it is kept who reported under a law, after the report was resolved. */
const contactDays = 180

/**
 * What came without the proof that its site asks for waits an hour behind the rest; after that so many a minute join it,
 * oldest first: nobody waits for ever, and a flood does not come to the front all at once.
 */
const unprovenSeconds = 3_600
const unprovenAMinute = 10

/** Events that are gathered, and deliveries that are forgotten, at a time. */
const [replayStep, forgetStep] = [500, 5_000]

/** All that happens without anybody asking. */
export function chores({ db, screen, classify, tell, headKey, ledger }: ChoreOptions): Chore[] {
  return [
    { name: 'seal the log', every: 1, run: () => sealLog(db) },
    { name: 'write the ledger', every: 5, run: () => settleLedger(db, ledger) },
    { name: 'tell webhooks', every: 1, run: async () => tell() },
    { name: 'gather what is told again', every: 2, run: () => replayEvents(db.desk, replayStep) },
    { name: 'make texts searchable', every: 2, run: () => makeSearchable(db) },
    { name: 'count for the statistics', every: 5, run: () => countSealedMoves(db) },
    { name: 'count what was handled', every: 5, run: () => countHandled(db) },
    { name: 'sum up what changed', every: 10, run: () => sumUpChanges(db.desk) },
    { name: 'carry on with clusters', every: 10, run: () => carryOnWithClusters(db) },
    { name: 'screen what is not screened', every: 15, run: () => screenLater(db, screen) },
    { name: 'ask the classifier', every: 15, run: async () => classify?.() },
    {
      name: 'let catch up what came without proof',
      every: 60,
      run: () => letUnprovenCatchUp(db.desk, unprovenSeconds, unprovenAMinute),
    },
    { name: 'expire what nobody reviewed', every: 60, run: () => expireOverdue(db) },
    { name: 'erase old words', every: 600, run: () => eraseOldWords(db) },
    { name: 'erase what was held', every: 600, run: () => carryOutWishes(db) },
    { name: 'sign the log', every: 600, run: () => signHeads(db, headKey) },
    { name: 'forget who reported', every: 3_600, run: () => forgetReporters(db.desk, contactDays) },
    { name: 'forget proofs of work', every: 3_600, run: () => forgetProofs(db.desk) },
    { name: 'forget deliveries', every: 600, run: () => forgetDeliveries(db.desk, keptDays, forgetStep) },
    { name: 'forget idempotency keys', every: 3_600, run: () => forgetIdempotencyKeys(db.desk) },
  ]
}

/** What was committed while nobody was there to write it down; without a ledger it is forgotten. */
function settleLedger(db: Database, ledger: string | undefined): Promise<void> {
  return ledger === undefined ? forgetEntries(db.desk) : writeLedger(db, ledger)
}

/**
 * Does each chore now and then, never twice at a time. A fault is told and ends nothing: the next time is tried anew.
 * What comes back stops all, once what is being done is done.
 */
export function keepDoing(
  all: readonly Chore[],
  onFault: (chore: string, fault: unknown) => void,
): () => Promise<void> {
  const timers = new Map<string, NodeJS.Timeout>()
  const running = new Map<string, Promise<void>>()
  let stopped = false

  const plan = (chore: Chore): void => {
    if (stopped) return
    timers.set(
      chore.name,
      setTimeout(() => running.set(chore.name, once(chore)), chore.every * 1_000),
    )
  }
  const once = async (chore: Chore): Promise<void> => {
    try {
      await chore.run()
    } catch (fault) {
      onFault(chore.name, fault)
    }
    plan(chore)
  }

  for (const chore of all) plan(chore)
  return async () => {
    stopped = true
    for (const timer of timers.values()) clearTimeout(timer)
    await Promise.all(running.values())
  }
}
