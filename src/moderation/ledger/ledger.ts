import { z } from 'zod'

const at = z.iso.datetime()
const comment = z.uuid()

/** One line of the ledger: what happened to which comment or report, and when. Nothing that somebody wrote, and nobody's name. */
export const LedgerEntry = z.discriminatedUnion('kind', [
  z.strictObject({
    // `erased` by its reader, `erased_for` somebody else; `shown` again after something else of these.
    kind: z.enum(['erased', 'erased_for', 'withdrawn', 'taken_down', 'changed', 'shown']),
    comment,
    at,
  }),
  z.strictObject({ kind: z.literal('report_erased'), report: z.uuid(), at }),
])
export type LedgerEntry = z.infer<typeof LedgerEntry>

/** What a ledger says of one comment: the last that happened to it, and for whom its words were erased, if they were. */
export interface Told {
  last: Exclude<LedgerEntry['kind'], 'report_erased'>
  at: string
  erased: 'erased' | 'erased_for' | null
}

/** An entry as it is appended. An empty line goes before the first of several, for what was cut off there before. */
export function written(entries: readonly LedgerEntry[]): string {
  return `\n${entries.map((entry) => `${JSON.stringify(entry)}\n`).join('')}`
}

/** The entry of a line; undefined for an empty one, `torn` for one that was cut off while it was written. */
export function readLine(line: string): LedgerEntry | 'torn' | undefined {
  if (line.trim() === '') return undefined
  try {
    return LedgerEntry.parse(JSON.parse(line))
  } catch {
    return 'torn'
  }
}

/** What is known of a comment after one more entry: entries need not be in order, and what is erased stays erased. */
export function toldBy(
  before: Told | undefined,
  entry: Exclude<LedgerEntry, { kind: 'report_erased' }>,
): Told {
  const erased =
    before?.erased ?? (entry.kind === 'erased' || entry.kind === 'erased_for' ? entry.kind : null)
  if (before && before.at > entry.at) return { ...before, erased }
  return { last: entry.kind, at: entry.at, erased }
}
