import type { Caller } from '../access/roles.ts'
import { comparing } from '../comments/comparing.ts'
import type { Difference } from '../comments/difference.ts'
import type { Database } from '../database/client.ts'
import { inTurns } from '../http/turns.ts'
import type { LoggedMove } from './decision.ts'
import { logged } from './moderated.ts'
import { readable } from './read-comment.ts'
import { history, type LoggedRow } from './store.ts'

/** Every move of a comment that the caller may see, oldest first, each with what it changed in the text. */
export async function readHistory(db: Database, caller: Caller, id: string): Promise<LoggedMove[]> {
  const { times } = await readable(db, caller, id)
  const rows = await history(db.desk, id)
  const changes = await changesIn(rows)
  return rows.map((row) => logged(row, times, changes.get(row.version) ?? null))
}

/** Of a long history, only the newest changes are compared: so many, and so many UTF-16 units in all; one in any case. */
export const mostCompared = { moves: 8, units: 100_000 }

/**
 * What each move changed in the text that it judged, by version; nothing of moves that changed no text, or whose words
 * are erased. Others get their turn in between, for long texts are compared slowly.
 */
export async function changesIn(rows: readonly LoggedRow[]): Promise<Map<number, Difference>> {
  const texts = new Map(rows.map(({ version, wrote }) => [version, wrote?.text]))
  const changes = new Map<number, Difference>()
  let units = 0
  for (const { version, judged, wrote } of rows.toReversed()) {
    const before = texts.get(judged)
    if (!wrote || before === undefined || before === wrote.text) continue
    units += before.length + wrote.text.length
    const enough = changes.size === mostCompared.moves || units > mostCompared.units
    if (changes.size > 0 && enough) break
    changes.set(version, await inTurns(comparing(before, wrote.text)))
  }
  return changes
}
