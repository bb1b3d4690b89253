import type { Database } from '../database/client.ts'
import { noAnswer } from './classification.ts'
import type { Classify } from './classifier.ts'
import type { Screen } from './screened.ts'
import {
  postponeUnclassified,
  settleUnclassified,
  type Taken,
  takeUnclassified,
} from './unclassified-store.ts'

/** Asks the classifier about what readers have sent, beside everything else. */
export interface Classifying {
  /** Looks whether something is due. Returns at once and never fails. */
  wake: () => void
  /** Takes nothing more, and waits for what is being asked. */
  stop: () => Promise<void>
}

/** Told of every call that brought nothing: what was wrong, and how often this text was asked about. */
export type OnUnanswered = (fault: string, tries: number) => void

/** Texts that are asked about at once: a slow answer holds up no other text, and a slow classifier is not run over. */
const mostAtOnce = 8

/** Seconds that nobody else asks about a text that was taken: longer than any answer takes. */
const lease = 30

/** Seconds from each call that brought nothing to the next; after the last the text goes without. */
const pauses = [10, 60, 600, 3_600]

/** The same screening, whose texts the classifier is asked about as well. */
export function classifiedLater(screen: Screen): Screen {
  return async (text) => {
    const screened = await screen(text)
    return screened && { ...screened, toClassify: true }
  }
}

/** Several nodes may do this on one database: each text is asked about by one of them. */
export function classifying(
  db: Database,
  classify: Classify,
  onUnanswered: OnUnanswered = () => undefined,
): Classifying {
  const lanes = new Set<Promise<void>>()
  let wokenInVain = false
  let stopped = false

  function wake(): void {
    if (stopped) return
    wokenInVain = lanes.size >= mostAtOnce
    if (wokenInVain) return
    const lane = work()
      // The database is away: what was taken is due again when its lease ends.
      .catch(() => undefined)
      .finally(() => lanes.delete(lane))
    lanes.add(lane)
  }

  async function work(): Promise<void> {
    do {
      wokenInVain = false
      for (let taken = await take(); taken; taken = await take()) {
        // Where one text was due there may be more.
        wake()
        await classifyTaken(db, classify, taken, onUnanswered)
      }
    } while (wokenInVain)
  }

  async function take(): Promise<Taken | undefined> {
    return stopped ? undefined : takeUnclassified(db.desk, lease)
  }

  return {
    wake,
    async stop() {
      stopped = true
      await Promise.all(lanes)
    },
  }
}

async function classifyTaken(
  { desk }: Database,
  classify: Classify,
  taken: Taken,
  onUnanswered: OnUnanswered,
): Promise<void> {
  const { text, tries, webhookId, takenAt } = taken
  if (!text) return settleUnclassified(desk, taken, [])
  // Something ended whoever asked, again and again, before they could write that.
  if (tries > pauses.length + 1) return settleUnclassified(desk, taken, [noAnswer])

  const answered = await classify({ webhookId, at: takenAt, text })
  if ('signals' in answered) return settleUnclassified(desk, taken, answered.signals)
  onUnanswered(answered.fault, tries)
  const pause = pauses[tries - 1]
  if (pause === undefined) return settleUnclassified(desk, taken, [noAnswer])
  return postponeUnclassified(desk, taken, pause)
}
