import { demand } from '../../access/auth.ts'
import type { Caller } from '../../access/roles.ts'
import { type Database, transaction } from '../../database/client.ts'
import { Problem } from '../../http/problems.ts'
import { insertNote } from '../notes/store.ts'
import { readable } from '../read-comment.ts'
import { type DangerReported, type NewDanger, standardDangerPath } from './danger.ts'
import { dangerPathOf, insertDanger } from './store.ts'

/**
 * Somebody's life is threatened: the comment comes before all others, with a note, and the moderator learns what to do.
 * It decides nothing.
 */
export async function reportDanger(
  db: Database,
  caller: Caller,
  commentId: string,
  { note: text }: NewDanger,
): Promise<DangerReported> {
  const { site } = await readable(db, caller, commentId)
  demand(caller, 'decide', site)
  const { person } = caller
  if (!person) throw new Problem('forbidden', 'Only a person reports danger.')
  const note = await transaction(db.desk, async (tx) => {
    const written = await insertNote(tx, commentId, person.id, text)
    if (!written)
      throw new Problem('illegal_move', 'The words of this comment are erased; nothing is added to it.')
    await insertDanger(tx, commentId, person.id)
    return written
  })
  const path = (await dangerPathOf(db.desk, site)) ?? standardDangerPath
  return { note: { ...note, by: person.pseudonym, text }, path }
}
