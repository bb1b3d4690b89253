import type { Sql } from '../../database/client.ts'
import type { Note } from './note.ts'

/** Undefined once the comment's words are erased. */
export async function insertNote(
  db: Sql,
  commentId: string,
  personId: string,
  text: string,
): Promise<{ id: string; at: string } | undefined> {
  const { rows } = await db.query<{ id: string; at: Date }>(
    `insert into note (comment_id, person_id, text)
     select $1, $2, $3 where not exists (select from erasure where comment_id = $1)
     returning id, written_at as at`,
    [commentId, personId, text],
  )
  return rows[0] && { id: rows[0].id, at: rows[0].at.toISOString() }
}

/** The notes on a comment, oldest first. */
export async function notesOn(db: Sql, commentId: string): Promise<Note[]> {
  const { rows } = await db.query<Omit<Note, 'at'> & { at: Date }>(
    `select n.id, p.pseudonym as by, n.written_at as at, n.text
       from note n join person p on p.id = n.person_id
      where n.comment_id = $1 order by n.written_at, n.id`,
    [commentId],
  )
  return rows.map((row) => ({ ...row, at: row.at.toISOString() }))
}
