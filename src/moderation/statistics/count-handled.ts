import type { Database } from '../../database/client.ts'
import { countMostHandled } from './count-store.ts'

const atOnce = 1_000

/** Counts for the statistics how long decisions took since, and what was passed on; how much it was. */
export async function countHandled(db: Database): Promise<number> {
  let counted = 0
  for (let now = atOnce; now === atOnce; ) {
    now = await countMostHandled(db.desk, atOnce)
    counted += now
  }
  return counted
}
