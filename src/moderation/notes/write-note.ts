import { demand } from '../../access/auth.ts'
import type { Caller } from '../../access/roles.ts'
import type { Database } from '../../database/client.ts'
import { Problem } from '../../http/problems.ts'
import { readable } from '../read-comment.ts'
import type { NewNote, Note } from './note.ts'
import { insertNote } from './store.ts'

/** Leaves a note on a comment for the other moderators; it decides nothing and changes no version. */
export async function writeNote(
  db: Database,
  caller: Caller,
  commentId: string,
  { text }: NewNote,
): Promise<Note> {
  const { site } = await readable(db, caller, commentId)
  demand(caller, 'decide', site)
  if (!caller.person) throw new Problem('forbidden', 'Only a person writes notes.')
  const note = await insertNote(db.desk, commentId, caller.person.id, text)
  if (!note)
    throw new Problem('illegal_move', 'The words of this comment are erased; nothing is added to it.')
  return { ...note, by: caller.person.pseudonym, text }
}
