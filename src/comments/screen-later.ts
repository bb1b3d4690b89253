import type { Database } from '../database/client.ts'
import type { Screen } from '../screening/screened.ts'
import { insertScreening, unscreened } from './store.ts'

/** Texts that are screened in one go. */
const atOnce = 50

/** Screens what waits unscreened, because its screening failed or took too long; how many were done. */
export async function screenLater(db: Database, screen: Screen): Promise<number> {
  let done = 0
  for (const { commentId, seq, ...text } of await unscreened(db.desk, atOnce)) {
    const screened = await screen(text)
    if (!screened) continue
    await insertScreening(db.desk, { commentId, seq, site: text.site, screened })
    done += 1
  }
  return done
}
