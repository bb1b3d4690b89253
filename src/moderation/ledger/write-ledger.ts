import { type Database, transaction } from '../../database/client.ts'
import { append } from './ledger-file.ts'
import { isWaiting, takeEntries } from './store.ts'

const atOnce = 1_000

/**
 * Writes down outside of the database whatever was erased or taken from readers' sight until now; when this comes back, the
 * disk has it. A process that ends in the middle leaves it to the next, and may have written it twice.
 */
export async function writeLedger(db: Database, path: string): Promise<void> {
  while (await isWaiting(db.desk)) {
    await transaction(db.desk, async (tx) => {
      const entries = await takeEntries(tx, atOnce)
      if (entries.length > 0) await append(path, entries)
    })
  }
}
