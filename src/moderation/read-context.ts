import { type Caller, languagesOf } from '../access/roles.ts'
import type { Database } from '../database/client.ts'
import { reads } from '../http/language.ts'
import { coarse } from '../http/times.ts'
import { turn } from '../http/turns.ts'
import { skeleton } from '../screening/confusables.ts'
import { matchKey } from '../screening/match-key.ts'
import type { Context, ContextComment } from './context.ts'
import { ancestorsOf, type ContextRow, perhapsAlike, readersText } from './context-store.ts'
import { notesOn } from './notes/store.ts'
import { readable } from './read-comment.ts'

/** So many comments that say the same are shown. */
const mostAlike = 10

/** What stands around a comment that the caller may see. */
export async function readContext(db: Database, caller: Caller, id: string): Promise<Context> {
  const { site } = await readable(db, caller, id)
  const languages = languagesOf(caller, site)
  const mayRead = ({ language }: ContextRow) => languages === undefined || reads(languages, language)
  const [notes, ancestors, alike] = await Promise.all([
    notesOn(db.desk, id),
    ancestorsOf(db.desk, id),
    alikeTo(db, id, mayRead),
  ])
  return {
    notes,
    thread: ancestors.map((row) => shown(row, mayRead(row) || row.isPublic)),
    alike: alike.map((row) => shown(row, true)),
  }
}

/** The index finds by a hash, which can be forged, so the texts decide. */
async function alikeTo(
  db: Database,
  id: string,
  mayRead: (row: ContextRow) => boolean,
): Promise<ContextRow[]> {
  const text = await readersText(db.desk, id)
  if (text === undefined) return []
  const key = matchKey(text, skeleton)
  const alike = new Map<string, ContextRow>()
  for (const row of await perhapsAlike(db.desk, id)) {
    if (alike.size === mostAlike) break
    if (!mayRead(row) || alike.has(row.id)) continue
    await turn()
    if (matchKey(row.compared, skeleton) === key) alike.set(row.id, row)
  }
  return [...alike.values()]
}

function shown(row: ContextRow, isToldWords: boolean): ContextComment {
  const { decision } = row
  return {
    id: row.id,
    article: row.article,
    status: row.status,
    language: row.language,
    name: isToldWords ? row.name : null,
    text: isToldWords ? row.text : null,
    submittedAt: coarse(row.submittedAt, row.times),
    decision: decision && {
      action: decision.action,
      by: decision.by,
      at: new Date(decision.at).toISOString(),
      rules: decision.rules,
      ...(decision.proposal !== 'none' && { proposal: decision.proposal }),
    },
  }
}
