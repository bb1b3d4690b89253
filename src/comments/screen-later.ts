import { setTimeout as pause } from 'node:timers/promises'
import type { Database } from '../database/client.ts'
import type { Screen } from '../screening/screened.ts'
import { insertScreenings, type LaterScreened, type Unscreened, unscreened } from './store.ts'

/** Texts that are screened together. */
const atOnce = 32

/** Texts of which nobody else screens the younger ones, in seconds: whoever took them in does, within that time. */
const leftAfter = 60

/**
 * Screens what waits unscreened for longer than it should (`seconds`): because its screening failed, or whoever was to
 * do it is gone. How many were done.
 */
export async function screenLater(db: Database, screen: Screen, seconds = leftAfter): Promise<number> {
  let done = 0
  for (;;) {
    const texts = await unscreened(db.desk, atOnce, seconds)
    const screened = await screenAll(db, screen, texts)
    done += screened
    if (texts.length < atOnce || screened === 0) return done
  }
}

/** What screens texts that are kept already. */
export interface LaterScreening {
  /** whether some are still to be screened */
  isBehind: () => boolean
  /** To be screened after those that were added before; returns at once. */
  add: (text: Unscreened) => void
  /** Waits until all are screened that were added, if that is soon: for a second at most, and not in a crowd. */
  settled: () => Promise<void>
  /** Begins nothing more, and waits for what is under way. What is left is found by `screenLater`. */
  stop: () => Promise<void>
}

export interface LaterScreeningOptions {
  db: Database
  screen: Screen
  /** whether others need the processor more: then it works a fifth of the time */
  isCrowded: () => boolean
  /** told when some were screened and kept; never throws */
  onScreened?: (() => void) | undefined
}

/** Units of all texts that are kept in memory for it, about eight megabytes; more are left to `screenLater`. */
const mostKept = 4_000_000

/** Milliseconds. */
const soon = 1_000

/** Screens texts that were taken in while many came at once, right after and in the order in which they came. */
export function laterScreening({ db, screen, isCrowded, onScreened }: LaterScreeningOptions): LaterScreening {
  const waiting: Unscreened[] = []
  const stopping = new AbortController()
  let kept = 0
  let working: Promise<void> | undefined

  async function work(): Promise<void> {
    while (waiting.length > 0 && !stopping.signal.aborted) {
      const texts = waiting.splice(0, isCrowded() ? atOnce / 4 : atOnce)
      kept -= texts.reduce((sum, { text }) => sum + text.length, 0)
      const began = performance.now()
      // What could not be screened or kept is found by `screenLater`.
      const screened = await screenAll(db, screen, texts).catch(() => 0)
      if (screened > 0) onScreened?.()
      if (isCrowded())
        await pause(4 * (performance.now() - began), undefined, stopping).catch(() => undefined)
    }
    working = undefined
  }

  return {
    isBehind: () => working !== undefined,
    add(text) {
      if (stopping.signal.aborted || kept + text.text.length > mostKept) return
      kept += text.text.length
      waiting.push(text)
      working ??= work()
    },
    async settled() {
      if (working && !isCrowded()) await Promise.race([working, pause(soon, undefined, { ref: false })])
    },
    async stop() {
      stopping.abort()
      await working
    },
  }
}

/** Screens texts together and keeps what was noticed; of how many. */
async function screenAll(db: Database, screen: Screen, texts: readonly Unscreened[]): Promise<number> {
  const all = await Promise.all(
    texts.map(async ({ commentId, seq, ...text }): Promise<LaterScreened[]> => {
      const screened = await screen(text)
      return screened ? [{ commentId, seq, site: text.site, screened }] : []
    }),
  )
  const screened = all.flat()
  if (screened.length > 0) await insertScreenings(db.desk, screened)
  return screened.length
}
