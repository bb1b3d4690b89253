import { setTimeout as delay } from 'node:timers/promises'
import type { Client } from 'pg'

/** Waits until every comment that was taken in is screened and can be found by its words. */
export async function untilSettled(owner: Client): Promise<void> {
  while (await isBehind(owner)) await delay(50)
}

async function isBehind(owner: Client): Promise<boolean> {
  const { rows } = await owner.query<{ behind: boolean }>(
    `select exists (select from waiting where match_hash is null)
         or exists (select from search_key_missing) as behind`,
  )
  return rows[0]?.behind ?? true
}
