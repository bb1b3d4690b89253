import { createReadStream } from 'node:fs'
import { open } from 'node:fs/promises'
import { dirname } from 'node:path'
import { createInterface } from 'node:readline'
import { type LedgerEntry, readLine, written } from './ledger.ts'

/**
 * Appends entries and waits until the disk has them. Each time through a file of its own, because one whose `fsync` failed
 * once says nothing true any more; several processes may append at once. Throws where the disk is full or away.
 */
export async function append(path: string, entries: readonly LedgerEntry[]): Promise<void> {
  const file = await open(path, 'a', 0o600)
  try {
    const isNew = (await file.stat()).size === 0
    // In one piece, so that what others append at the same moment stands before or after it.
    const bytes = Buffer.from(written(entries))
    const { bytesWritten } = await file.write(bytes)
    if (bytesWritten < bytes.length) throw new Error('The ledger took only a part.')
    await file.sync()
    if (isNew) await syncDirectory(dirname(path))
  } finally {
    await file.close()
  }
}

/** Sees that the ledger can be appended to, and makes it where there is none. Throws a sentence for the operator. */
export async function checkLedger(path: string): Promise<void> {
  try {
    await (await open(path, 'a', 0o600)).close()
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown'
    throw new Error(`POSTBAG_ERASURE_LEDGER cannot be written to (${code}).`, { cause: error })
  }
}

/** The entries of a ledger, so many at a time; gives how many lines were cut off while they were written. */
export async function readLedger(
  path: string,
  most: number,
  use: (entries: LedgerEntry[]) => Promise<void>,
): Promise<number> {
  let torn = 0
  let entries: LedgerEntry[] = []
  for await (const line of createInterface({ input: createReadStream(path), crlfDelay: Infinity })) {
    const entry = readLine(line)
    if (entry === 'torn') torn += 1
    else if (entry) entries.push(entry)
    if (entries.length >= most) {
      await use(entries)
      entries = []
    }
  }
  if (entries.length > 0) await use(entries)
  return torn
}

async function syncDirectory(path: string): Promise<void> {
  const directory = await open(path, 'r')
  try {
    await directory.sync()
  } finally {
    await directory.close()
  }
}
