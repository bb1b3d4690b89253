import type { Database } from '../database/client.ts'
import { turn } from '../http/turns.ts'
import { wordsKey } from '../screening/search-key.ts'
import { insertSearchKeys, type MadeKey, settleSearchIndex, unsearchable } from './search-store.ts'

/** Texts whose keys are made in one go. */
const atOnce = 200

/** Milliseconds after which no more are begun: what comes in at the same time is not to wait for it. */
const longest = 250

/**
 * Does what submissions leave for later: makes the search keys of texts that came without one, such as those that many
 * sent at once, or from before there were keys, and settles the index. How many such texts were listed. One that is
 * erased meanwhile fails the whole, and the next time does without it.
 */
export async function makeSearchable(db: Database): Promise<number> {
  const began = performance.now()
  let all = 0
  for (;;) {
    const listed = await makeSomeSearchable(db)
    all += listed
    if (listed < atOnce || performance.now() - began > longest) break
  }
  await settleSearchIndex(db.desk)
  return all
}

async function makeSomeSearchable(db: Database): Promise<number> {
  const listed = await unsearchable(db.desk, atOnce)
  if (listed.length === 0) return 0
  const made: MadeKey[] = []
  for (const { commentId, seq, name, text } of listed) {
    await turn()
    if (text !== null) made.push({ commentId, seq, key: wordsKey({ name, text }) })
  }
  await insertSearchKeys(
    db.desk,
    made,
    listed.map(({ place }) => place),
  )
  return listed.length
}
