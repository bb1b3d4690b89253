import type { Database } from '../../database/client.ts'
import { countMoves, uncountedSites } from './count-store.ts'

const atOnce = 1_000

/** Counts for the statistics what was sealed since; how many moves it was. Called every few seconds. */
export async function countSealedMoves(db: Database): Promise<number> {
  let counted = 0
  for (const site of await uncountedSites(db.desk)) {
    for (let now = atOnce; now === atOnce; ) {
      now = await countMoves(db.desk, site, atOnce)
      counted += now
    }
  }
  return counted
}
