import type { KeyObject } from 'node:crypto'
import type { Database } from '../../database/client.ts'
import { signHead } from './head.ts'
import { insertHead, sealAll, unsignedEnds } from './store.ts'

const atOnce = 1_000

/** Extends the sites' chains by what was decided since; how many moves it was. Called every few seconds. */
export async function sealLog(db: Database): Promise<number> {
  let sealed = 0
  for (;;) {
    const now = await sealAll(db.desk, atOnce)
    sealed += now
    if (now < atOnce) return sealed
  }
}

/** Signs the ends of the chains, once for every day on which something was added. */
export async function signHeads(db: Database, key: KeyObject): Promise<void> {
  for (const head of await unsignedEnds(db.desk)) await insertHead(db.desk, head, signHead(key, head))
}
