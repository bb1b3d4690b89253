import { demand } from '../access/auth.ts'
import { type Caller, languagesOf } from '../access/roles.ts'
import { comparing } from '../comments/comparing.ts'
import type { Difference } from '../comments/difference.ts'
import type { Database } from '../database/client.ts'
import { reads } from '../http/language.ts'
import { Problem } from '../http/problems.ts'
import { inTurns } from '../http/turns.ts'
import { appealOf } from './appeals/read-appeals.ts'
import { appealsOn } from './appeals/store.ts'
import type { CommentToJudge } from './decision.ts'
import { converted, moderated } from './moderated.ts'
import { notesOn } from './notes/store.ts'
import { commentToJudge, type JudgedRow } from './store.ts'

/** One comment with what a moderator needs to judge it. */
export async function readToJudge(db: Database, caller: Caller, id: string): Promise<CommentToJudge> {
  const comment = await readable(db, caller, id)
  const { submitted, proposed } = comment
  const rules = comment.rules.map(({ id: _id, ...rule }) => rule)
  return {
    ...moderated(comment),
    rules,
    submitted,
    proposed,
    difference: await changed(submitted?.text, (proposed ?? comment).text),
    converted: converted(comment),
    notes: await notesOn(db.desk, id),
    appeals: (await appealsOn(db.desk, id)).map(appealOf),
  }
}

async function changed(before: string | undefined, after: string | null): Promise<Difference | null> {
  if (before === undefined || after === null || before === after) return null
  return inTurns(comparing(before, after))
}

/** The comment, if the caller may see it: on a site of theirs, in a language that they read. */
export async function readable(db: Database, caller: Caller, id: string): Promise<JudgedRow> {
  return readableBy(caller, await commentToJudge(db.desk, id))
}

/** The comment that was found, if the caller may see it. */
export function readableBy(caller: Caller, comment: JudgedRow | undefined): JudgedRow {
  if (!comment) throw new Problem('comment_not_found')
  demand(caller, 'read_queue', comment.site)
  const languages = languagesOf(caller, comment.site)
  if (languages && !reads(languages, comment.language)) {
    throw new Problem(
      'forbidden',
      `This comment is in a language that you do not read here (${comment.language}).`,
    )
  }
  return comment
}
